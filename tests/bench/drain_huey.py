"""Child of the bench: put tasks that do nothing into Huey's SQLite queue, drain them as its worker does. Prints JSON.

`python drain_huey.py FILE COUNT [--results] [--count-commits]`. With `--results` each task leaves its result, which is
as near as Huey comes to a record of what happened; without, it leaves nothing. `synchronous` is FULL either way.
"""

import json
import sys
import time

from huey import SqliteHuey

file, count, results = sys.argv[1], int(sys.argv[2]), "--results" in sys.argv
huey = SqliteHuey("bench", filename=file, fsync=True, results=results)


@huey.task()
def nothing(number: int) -> int:
    """Do nothing, and say so."""
    return number


con = huey.storage.conn
con.execute("pragma synchronous = off")
for number in range(count):
    nothing(number)
con.execute("pragma synchronous = full")
assert con.execute("pragma synchronous").fetchone()[0] == 2

seen: list[str] = []
if "--count-commits" in sys.argv:
    con.set_trace_callback(lambda sql: seen.append(sql) if sql.lower().startswith("commit") else None)
wall, cpu = time.monotonic(), time.process_time()
done = 0
while (task := huey.dequeue()) is not None:
    huey.execute(task)
    done += 1
wall, cpu = time.monotonic() - wall, time.process_time() - cpu
assert done == count and (huey.result_count() == count) == results
print(json.dumps({"jobs": done, "wall": wall, "cpu": cpu, "commits": len(seen)}))
