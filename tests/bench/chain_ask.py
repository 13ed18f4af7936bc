"""Child of the bench: the chains of `peers/` in `ask`, in one process.

`python chain_ask.py chain FOLDER COUNT [--once]`

Each job is created in a commit of its own, as `ask run` does it, and a real tick runs them all; its world writes the
lines. Its steps are `keyed`: one that is in doubt is done again under its key, as the peers do theirs again without
one. With `--once` nothing in doubt is ever done again, so that each step is begun in a commit of its own.

`size FOLDER` prints how many rows, and bytes in them, a commit of that store holds on average.
"""

import json
import sys
from datetime import timedelta

from drain_ask import NOW, IdleWorld
from kept import Kept
from peers import work

from assistant.engine.tick import Tick
from assistant.ports.action import ActionOutcome, Call, Done
from assistant.store.connection import connect

TABLES = ("number", "command", "job", "step", "attempt", "journal")
COMMITS = len(work.STEPS) + 2
EFFECT = "once" if "--once" in sys.argv else "keyed"
FILE = "name: chain\ninputs: {number: {required: true}}\nsteps:\n" + "".join(
    f"  - {{id: {step}, effect: {EFFECT}, run: [line, '{{{{ inputs.number }}}}']}}\n" for step in work.STEPS
)


class LineWorld(IdleWorld):
    """A world whose one action adds the line that its step says."""

    def __init__(self, most: int, lines: work.Lines) -> None:
        super().__init__(most)
        self.lines = lines

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        self.left -= 1
        self.lines.add(work.key(int(call.action["argv"][1]), call.step))
        return Done()


class Chains:
    """A store with the workflow of the chains."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.kept = Kept(folder, FILE, NOW)
        self.lines = work.Lines(folder)

    def run(self, first: int, last: int) -> None:
        """Create the jobs, each in its commit; then one tick."""
        self.kept.make(first, last)
        world = LineWorld((last - first) * len(work.STEPS), self.lines)
        Tick(self.kept.con, self.folder, world, timedelta(hours=1), None).run()


def size(folder: str) -> dict[str, float]:
    """Rows and bytes that a commit holds: all rows of chains, over their commits."""
    con = connect(folder)
    rows = found = 0
    for table in TABLES:
        columns = [row[1] for row in con.execute(f"pragma table_info({table})")]
        length = " + ".join(f"coalesce(length(cast({column} as blob)), 0)" for column in columns)
        count, size = con.execute(f"select count(*), sum({length}) from {table}").fetchone()
        rows, found = rows + count, found + size
    commits = con.execute("select count(*) from job").fetchone()[0] * COMMITS
    con.close()
    return {"rows": rows / commits, "bytes": found / commits}


if __name__ == "__main__":
    what, folder = sys.argv[1:3]
    if what == "size":
        print(json.dumps(size(folder)))
    else:
        chains = Chains(folder)
        work.tell(chains.lines, int(sys.argv[3]), chains.run)
        con = chains.kept.con
        assert con.execute("pragma synchronous").fetchone()[0] == 2
        happened = con.execute("select count(*) from attempt where effect = 'happened'").fetchone()[0]
        completed = con.execute("select count(*) from job where state = 'completed'").fetchone()[0]
        assert happened == completed * len(work.STEPS) == len(chains.lines.all())
