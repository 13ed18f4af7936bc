"""Run the benches: `python tests/bench/run.py [--short] [--only NAME] [--json FILE] [--strict]`.

The whole takes about ten minutes, `--short` two or three. They are no part of the test suite: what they measure depends
on the machine, and is therefore told as ratios against bare Python, bare `sqlite3` or a peer, in the same run. What
becomes of work under `kill -9` is counted by `storm.py`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import asking
import chaining
import draining
import figures
import flatness
import sleeping
import starting
from place import Place

BENCHES = {
    "idle": starting.idle,
    "hot": starting.hot,
    "syncs": starting.syncs,
    "inbox": asking.inbox,
    "drain": draining.drain,
    "flat": flatness.flat,
    "ring": draining.ring,
    "sleep": sleeping.sleep,
    "chain": chaining.chain,
}


def main() -> int:
    """Run what was asked for and print one table; 1 where a target is missed and `--strict` was given."""
    asked = _asked()
    found: list[figures.Figure] = []
    with tempfile.TemporaryDirectory(prefix="ask-bench-", dir=asked.stores) as folder:
        environment = Path(asked.env).resolve() if asked.env else Path(folder) / "environment"
        place = Place(environment, Path(folder))
        print("installing into an environment of the bench's own; pip compiles what it installs", file=sys.stderr)
        place.prepare()
        about = place.about()
        for name in asked.only or BENCHES:
            print(f"{name} …", file=sys.stderr)
            found += BENCHES[name](place, asked.short)
    print(" · ".join(f"{name} {value}" for name, value in about.items()))
    print(figures.table(found))
    if asked.json:
        figures.keep(found, asked.json, about)
    return int(asked.strict and any(figure.verdict == "MISSES" for figure in found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure ask against bare Python and against its peers.")
    parser.add_argument("--short", action="store_true", help="smaller stores and fewer rounds: some minutes")
    parser.add_argument("--only", action="append", choices=BENCHES, help="only this bench; may be given again")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a target is missed; for a quiet machine")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    parser.add_argument("--env", metavar="FOLDER", help="keep the environment there, and use it again the next time")
    parser.add_argument("--stores", metavar="FOLDER", help="where stores are made; a real disk, not tmpfs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
