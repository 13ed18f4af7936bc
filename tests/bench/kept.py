"""Keep a workflow and make jobs of it, as `ask workflow add` and `ask run` do it, but many in one process.

`python kept.py HOME COUNT` makes jobs of one outside step, which is ready.
"""

import sqlite3
import sys
from datetime import UTC, datetime

from assistant.app.workflow_file.check import check_file
from assistant.app.workflow_file.findings import Known
from assistant.core.moves import New, Ref
from assistant.engine.situation import Surroundings
from assistant.engine.starting import Wanted, make_job
from assistant.jsontext import dump
from assistant.ports.records import Workflow
from assistant.store import standing
from assistant.store.connection import connect
from assistant.store.write import Writing
from assistant.when.values import Conventions

CONVENTIONS = Conventions("UTC")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOTHING = "name: nothing\ninputs: {number: {required: true}}\nsteps: [{id: do, run: ['true']}]\n"


class Kept:
    """A store with one workflow in it, from the text of its file."""

    def __init__(self, home: str, text: str, now: datetime) -> None:
        self.home = home
        self.now = now
        self.con: sqlite3.Connection = connect(home)
        document = check_file(text, "bench.yaml", Known(now, CONVENTIONS, frozenset({"terminal"}))).document
        assert document is not None
        self.name: str = document["name"]
        row = {"name": self.name, "version": 1, "spec": document, "hash": dump(document), "state": "active"}
        with Writing(self.con, home, now, command="workflow add") as writing:
            writing.apply([New("workflow", Ref("workflow"), {**row, "created_at": now, "text": text}, "added")])
        self.around = Surroundings(self.con, CONVENTIONS, ("terminal",), None)

    def make(self, first: int, last: int, together: int = 1) -> None:
        """Jobs with the numbers from `first` to before `last` as their input, so many in a commit."""
        workflow: Workflow | None = standing.newest_version(self.con, self.name)
        assert workflow is not None
        for begin in range(first, last, together):
            with Writing(self.con, self.home, self.now, command="run") as writing:
                for number in range(begin, min(begin + together, last)):
                    make_job(writing, self.around, Wanted(workflow, {"number": number}, str(number), ""), 0.5)
                    writing.ids.clear()


if __name__ == "__main__":
    Kept(sys.argv[1], NOTHING, NOW).make(0, int(sys.argv[2]), together=1000)
