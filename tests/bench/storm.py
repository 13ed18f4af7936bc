"""The storm: `kill -9` of workers, in `ask` and in its peers: `python tests/bench/storm.py [--kills N] [--jobs N]`.

Each worker has so many jobs stored, each of which adds a line to a file, and is killed so often at random moments of
its work; then one is left to end. Told is what became of the jobs. The whole takes about half an hour.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from killing import AT_WORK_S, Came, Worker, storm
from place import Place

HERE = Path(__file__).resolve().parent
KINDS = {
    "ask, once": "once",
    "ask, once with a probe": "probed",
    "ask, keyed": "keyed",
    "ask, file append": "file",
}
PEERS = {
    "DBOS": ["dbos"],
    "Huey": ["huey"],
    "APScheduler": ["apscheduler"],
    "APScheduler, jobs of no time": ["apscheduler", "--at-once"],
    "APScheduler, debug executor": ["apscheduler", "--one-by-one"],
}
HEADS = ("worker", "jobs", "kills", "lost", "repeated", "unknown", "of them done", "seconds")


def main() -> int:
    """Run the storms that were asked for and print one table."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="ask-storm-", dir=asked.stores) as folder:
        environment = Path(asked.env).resolve() if asked.env else Path(folder) / "environment"
        place = Place(environment, Path(folder))
        place.prepare()
        found: dict[str, Came] = {}
        for name in asked.only or [*KINDS, *PEERS]:
            print(f"{name} …", file=sys.stderr)
            worker = _of_ask(place, name, asked.jobs) if name in KINDS else _of_peer(place, name, asked.jobs)
            found[name] = storm(worker, asked.jobs, asked.kills, random.Random(asked.seed))
            print(_row(name, found[name]), file=sys.stderr)
        about = place.about()
    print(" · ".join(f"{name} {value}" for name, value in about.items()))
    print("\t".join(HEADS))
    for name, came in found.items():
        print(_row(name, came))
    if asked.json:
        document = {"about": about, "storms": {name: asdict(came) for name, came in found.items()}}
        Path(asked.json).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0


def _row(name: str, came: Came) -> str:
    numbers = (came.jobs, came.kills, came.lost, came.repeated, came.unknown, came.unknown_done, round(came.seconds))
    return "\t".join((name, *map(str, numbers)))


def _of_ask(place: Place, name: str, jobs: int) -> Worker:
    """Real `ask run-due` processes."""
    kind = KINDS[name]
    home = place.home(kind)
    file = place.stores / f"{kind}-lines"
    child = [place.python, str(HERE / "storm_ask.py")]
    _child([*child, "store", str(home), str(jobs), kind, str(file)], place)

    def in_doubt() -> set[int]:
        return set(json.loads(_child([*child, "doubts", str(home)], place)))

    def waits() -> bool:
        return json.loads(_child([*child, "waiting", str(home)], place)) != 0

    argv, lasts = [place.ask, "run-due"], 0.001 if kind == "file" else AT_WORK_S
    return Worker(name, argv, place.env(kind), str(file), in_doubt, waits, lasts, takes_children=kind != "file")


def _of_peer(place: Place, name: str, jobs: int) -> Worker:
    script, *more = PEERS[name]
    folder = place.home(name.replace(" ", "-"))
    folder.mkdir()
    argv = [place.peers(), str(HERE / "peers" / f"with_{script}.py")]
    _child([*argv, "store", str(folder), str(jobs)], place)
    lasts = 0.001 if "--at-once" in more else AT_WORK_S
    whole = [*argv, "work", str(folder), *more]
    return Worker(name, whole, place.env("nowhere"), str(folder / "lines"), at_work_s=lasts)


def _child(argv: list[str], place: Place) -> str:
    done = subprocess.run(argv, env=place.env("nowhere"), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(argv)}: {done.stdout}{done.stderr}")
    return done.stdout


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kill workers of ask and of its peers, and count what is lost.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=[*KINDS, *PEERS], help="only this; may be given again")
    parser.add_argument("--json", metavar="FILE", help="write what was counted there as well")
    parser.add_argument("--env", metavar="FOLDER", help="keep the environment there, and use it again the next time")
    parser.add_argument("--stores", metavar="FOLDER", help="where stores are made; a real disk, not tmpfs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
