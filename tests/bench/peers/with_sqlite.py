"""The bound: bare `sqlite3` that keeps as much as `ask` does of the same chains: `chain FOLDER COUNT ROWS BYTES`.

One table and no index beside it, one prepared statement, k + 2 commits for k steps: created, each step begun with the
one before it done, the last one done. ROWS and BYTES are what a commit of `ask` holds on average, as the bench measured
them in its store.
"""

import os
import sqlite3
import sys

import work

what, folder, count, rows, size = sys.argv[1:6]
lines = work.Lines(folder)
con = sqlite3.connect(os.path.join(folder, "raw.db"), isolation_level=None)
con.execute("pragma journal_mode = wal")
con.execute("pragma synchronous = full")
con.execute("create table kept (id integer primary key, chain integer not null, what text not null) strict")
TEXT = "x" * max(1, int(size) // int(rows))


def keep(number: int) -> None:
    """One commit."""
    con.execute("begin immediate")
    con.executemany("insert into kept (chain, what) values (?, ?)", [(number, TEXT)] * int(rows))
    con.execute("commit")


def run_chains(first: int, last: int) -> None:
    """Each begun and ended before the next."""
    for number in range(first, last):
        keep(number)
        keep(number)
        for step in work.STEPS:
            lines.add(work.key(number, step))
            keep(number)


assert what == "chain"
work.tell(lines, int(count), run_chains)
