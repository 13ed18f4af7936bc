"""Huey on SQLite: `chain FOLDER COUNT`, `store FOLDER COUNT`, `work FOLDER`.

Its best honest settings: WAL (its default), `fsync` on, which is `synchronous=FULL`, and results kept, the one record
that it has of what happened. Its worker's loop (`dequeue`, `execute`) runs here without the consumer's polling sleep.
"""

import os
import sys

import work
from huey import SqliteHuey

what, folder = sys.argv[1:3]
lines = work.Lines(folder)
huey = SqliteHuey("bench", filename=os.path.join(folder, "huey.db"), fsync=True, results=True)


@huey.task()
def add(number: int, place: int) -> tuple[int, int]:
    """One step; what it returns goes to the next one."""
    lines.add(work.key(number, work.STEPS[place]))
    return number, place + 1


@huey.task()
def job(number: int) -> int:
    """A job of the storm."""
    lines.add_slowly(f"job {number}")
    return number


def run_chains(first: int, last: int) -> None:
    """Put the pipelines into the queue, then do them all."""
    for number in range(first, last):
        huey.enqueue(add.s(number, 0).then(add).then(add))
    drain()


def drain() -> None:
    """What a worker does, until there is nothing."""
    while (task := huey.dequeue()) is not None:
        huey.execute(task)


assert huey.storage.conn.execute("pragma synchronous").fetchone()[0] == 2
if what == "chain":
    work.tell(lines, int(sys.argv[3]), run_chains)
elif what == "store":
    for number in range(int(sys.argv[3])):
        job(number)
else:
    drain()
