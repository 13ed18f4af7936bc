"""Child of the storm, for `ask`: `python storm_ask.py store HOME COUNT KIND FILE` puts jobs of one step into a store.

The step adds the line `job N` to the file, in the middle of ten milliseconds at work. KIND says how it is declared:
`once`; `probed`, with a program that looks whether the line is there; `keyed`, whose receiver drops a repeat; `file`,
the action that appends and brings its own probe. `python storm_ask.py doubts HOME` prints the numbers of the jobs of
which `ask` says that it does not know, and has asked.
"""

import json
import sys
from typing import Any

from drain_ask import NOW, IdleWorld, created, kept_workflow

from assistant.engine.situation import Surroundings
from assistant.store.connection import connect
from assistant.store.write import Writing

ADD = 'sleep 0.005; echo "job $1" >> "$2"; sleep 0.005'
ADD_KEYED = 'sleep 0.005; grep -qx "job $1" "$2" || echo "job $1" >> "$2"; sleep 0.005'
NUMBER = "{{ inputs.number }}"


def step(kind: str, file: str) -> dict[str, Any]:
    """The step of a kind."""
    program = ADD_KEYED if kind == "keyed" else ADD
    made: dict[str, Any] = {"id": "line", "run": ["sh", "-c", program, "sh", NUMBER, file]}
    return made


def store(home: str, count: int, kind: str, file: str) -> None:
    """Jobs whose step is ready, a thousand a commit."""
    con = connect(home)
    around = Surroundings(con, IdleWorld.conventions, IdleWorld.channels, None)
    with Writing(con, home, NOW) as writing:
        workflow = kept_workflow(writing, [step(kind, file)])
    for first in range(0, count, 1000):
        with Writing(con, home, NOW) as writing:
            for number in range(first, min(first + 1000, count)):
                writing.apply(created(around, workflow, number, {"number": number}))
            writing.ids.clear()
    con.close()


def doubts(home: str) -> list[int]:
    """The jobs that hold an unknown step, each with its open request."""
    con = connect(home)
    found = con.execute(
        "select job.key from step join job on job.id = step.job_id where step.state = 'unknown' and exists"
        " (select 1 from request where request.step_id = step.id and request.state = 'open')"
    ).fetchall()
    con.close()
    return [int(key.rpartition("/")[2]) for (key,) in found]


if __name__ == "__main__":
    what, folder, *more = sys.argv[1:]
    if what == "store":
        store(folder, int(more[0]), more[1], more[2])
    else:
        print(json.dumps(doubts(folder)))
