"""The work that `ask` and every peer do alike: lines in a file, and how a child of the bench tells what it took.

A line is written by one `write` to a file opened for appending, and is not synced: what is compared is what it costs
to remember the work, not the work.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable

STEPS = ("a", "b", "c")
WARM = 5  # chains before those that are measured: imports, caches and plans are paid for by nobody
BEFORE_S, AFTER_S = 0.005, 0.005  # how long a job of the storm is at work before its line and after it


class Lines:
    """The file that stands for the world outside."""

    def __init__(self, folder: str) -> None:
        self.path = os.path.join(folder, "lines")
        self._handle = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def add(self, text: str) -> None:
        """Add a line."""
        os.write(self._handle, text.encode() + b"\n")

    def add_slowly(self, text: str) -> None:
        """Add a line in the middle of ten milliseconds at work, so that a kill falls before it as often as after it."""
        time.sleep(BEFORE_S)
        self.add(text)
        time.sleep(AFTER_S)

    def all(self) -> list[str]:
        """What stands there."""
        with open(self.path, encoding="ascii") as file:
            return file.read().splitlines()


def key(chain: int, step: str) -> str:
    """What the line of a step says."""
    return f"bench/{chain}/{step}"


def tell(lines: Lines, count: int, run: Callable[[int, int], object]) -> None:
    """Run chains by `run(first, last)`, prove from their lines that they are done, and print what they took as JSON."""
    run(-WARM, 0)
    wall, cpu = time.monotonic(), time.process_time()
    run(0, count)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    written = lines.all()
    assert sorted(written) == sorted(key(chain, step) for chain in range(-WARM, count) for step in STEPS)
    place = {line: number for number, line in enumerate(written)}
    for chain in range(-WARM, count):
        places = [place[key(chain, step)] for step in STEPS]
        assert places == sorted(places), f"the steps of chain {chain} did not follow one another"
    print(json.dumps({"chains": count, "wall": wall, "cpu": cpu}))


def make_wal(file: str) -> None:
    """Make a database in WAL mode, which stays with the file; connections are at synchronous=FULL unasked."""
    con = sqlite3.connect(file)
    assert con.execute("pragma journal_mode = wal").fetchone() == ("wal",)
    assert con.execute("pragma synchronous").fetchone() == (2,)
    con.close()
