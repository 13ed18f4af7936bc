"""Child of the storm, for `ask`: `python storm_ask.py store HOME COUNT KIND FILE` puts jobs of one step into a store.

The step adds the line `job N` to the file, in the middle of ten milliseconds at work, one job at once. KIND says how it
is declared: `once`; `probed`, with a program that looks whether the line is there; `keyed`, whose receiver drops a
repeat; `file`, the action that appends and brings its own probe. `python storm_ask.py doubts HOME` prints the numbers
of the jobs of which `ask` says that it does not know, and has asked; `waiting HOME`, how many others have not ended.
"""

import json
import sys
from datetime import UTC, datetime

from kept import Kept

from assistant.store.connection import connect

HEAD = "name: storm\ninputs: {number: {required: true}}\nsteps:\n  - id: line\n"
RETRY = "    retry: {attempts: 50, first: 1s, max: 1s}\n"
SLOW = "    limit: {to: lines, at_once: 1}\n" + RETRY
RUN = """    run: [sh, -c, 'sleep 0.005; ADD; sleep 0.005', sh, 'job {{ inputs.number }}', FILE]
"""
LOOK = "    probe: {run: [grep, -qx, 'job {{ inputs.number }}', FILE]}\n"
STEPS = {
    "once": RUN.replace("ADD", 'echo "$1" >> "$2"') + SLOW,
    "probed": RUN.replace("ADD", 'echo "$1" >> "$2"') + LOOK + SLOW,
    "keyed": RUN.replace("ADD", 'grep -qx "$1" "$2" || echo "$1" >> "$2"') + "    effect: keyed\n" + SLOW,
    "file": "    file: {path: FILE, append: 'job {{ inputs.number }}'}\n" + RETRY,
}


def store(home: str, count: int, kind: str, file: str) -> None:
    """Jobs that begin with the next tick, a thousand a commit."""
    text = HEAD + STEPS[kind].replace("FILE", json.dumps(file))
    kept = Kept(home, text, datetime.now(UTC).replace(microsecond=0))
    kept.make(0, count, together=1000)
    kept.con.close()


def doubts(home: str) -> list[int]:
    """The jobs that hold an unknown step, each with its open request."""
    con = connect(home)
    found = con.execute(
        "select job.key from step join job on job.id = step.job_id where step.state = 'unknown' and exists"
        " (select 1 from request where request.step_id = step.id and request.state = 'open')"
    ).fetchall()
    con.close()
    return [int(key.rpartition("/")[2]) for (key,) in found]


def waiting(home: str) -> int:
    """How many jobs have neither ended nor hold an unknown step."""
    con = connect(home)
    found: int = con.execute(
        "select count(*) from job where ended_at is null and not exists"
        " (select 1 from step where step.job_id = job.id and step.state = 'unknown')"
    ).fetchone()[0]
    con.close()
    return found


if __name__ == "__main__":
    what, folder, *more = sys.argv[1:]
    if what == "store":
        store(folder, int(more[0]), more[1], more[2])
    else:
        print(json.dumps(doubts(folder) if what == "doubts" else waiting(folder)))
