"""Benches of single commands: each a start of the installed console script, against bare Python with `sqlite3`."""

import sqlite3
from collections.abc import Callable
from itertools import count

import filling
import measuring
from figures import Figure
from measuring import Run
from place import Place

ONE_OFF = ["remind", "me", "to", "call", "mum", "tomorrow", "at", "6pm"]
RULE = ["remind", "stand-up", "every", "weekday", "at", "9:25"]
MODULES = "import sys; print(' '.join(sys.modules))"
LOADED = """
import sys
from assistant.cli.main import main
main(['run-due'])
files = {name: getattr(module, '__file__', None) or '' for name, module in sys.modules.items()}
print(*(name for name, file in files.items() if 'site-packages' in file and not name.startswith('assistant')))
"""


def floor(place: Place) -> Callable[[], Run]:
    """What no command that opens a store can be faster than."""
    return lambda: measuring.run([place.python, "-c", "import sqlite3"], place.env("nowhere"))


def idle(place: Place, short: bool) -> list[Figure]:
    """An idle `run-due`: with a small store and with a million reminders to come."""
    many = 100_000 if short else 1_000_000
    filling.reminders(place, "idle", 1)
    filling.reminders(place, "idle-many", many)
    for name in ("idle", "idle-many"):
        place.do(name, "run-due")
    subjects = {
        "floor": floor(place),
        "idle": lambda: measuring.run([place.ask, "run-due"], place.env("idle")),
        "idle-many": lambda: measuring.run([place.ask, "run-due"], place.env("idle-many")),
    }
    runs = measuring.in_turns(subjects, 15 if short else 60)
    base = measuring.median_cpu(runs["floor"])
    figures = [
        Figure("idle", "floor: python -c 'import sqlite3'", base * 1000, "ms CPU", note=_noise(runs["floor"])),
        Figure("idle", "run-due, 1 reminder to come", measuring.median_cpu(runs["idle"]) / base, "floors", most=1.6),
        Figure("idle", f"run-due, {many:,} to come", measuring.median_cpu(runs["idle-many"]) / base, "floors", 1.6),
        Figure("idle", "third-party modules loaded", len(_third_party(place)), "modules", most=0),
        Figure("idle", "run-due beside an open write transaction", _beside_a_writer(place), "s wall", most=1.0,
               note="it needs no write lock"),
    ]  # fmt: skip
    if measuring.has_strace():
        scratch = str(place.stores / "strace")
        found = measuring.syncs([place.ask, "run-due"], place.env("idle-many"), scratch)
        figures.append(Figure("idle", "fdatasync and fsync calls", found, "calls", most=0))
    return figures


def _noise(runs: list[Run]) -> str:
    return f"machine noise ±{measuring.spread(runs):.0%} (half the distance of the quartiles)"


def _third_party(place: Place) -> list[str]:
    """What an idle tick loads from installed packages, beside what Python itself loads at its start from there."""
    bare = set(place.say(MODULES).split())
    return [name for name in place.say(LOADED).split() if name not in bare]


def _beside_a_writer(place: Place) -> float:
    con = sqlite3.connect(place.home("idle") / "ask.db", isolation_level=None)
    con.execute("begin immediate")
    try:
        return measuring.run([place.ask, "run-due"], place.env("idle")).wall
    finally:
        con.execute("rollback")
        con.close()


def hot(place: Place, short: bool) -> list[Figure]:
    """The everyday commands with 10,000 tasks stored, and what 100,000 change of that."""
    sizes = (1_000, 10_000) if short else (10_000, 100_000)
    for size in sizes:
        filling.tasks(place, f"tasks-{size}", size)
    subjects = {"floor": floor(place)}
    for size in sizes:
        for name, subject in _commands(place, f"tasks-{size}").items():
            subjects[f"{name}/{size}"] = subject
    runs = measuring.in_turns(subjects, 10 if short else 40)
    base = measuring.median_cpu(runs["floor"])
    figures = [Figure("hot", "floor: python -c 'import sqlite3'", base * 1000, "ms CPU", note=_noise(runs["floor"]))]
    for name in _commands(place, ""):
        few, many = (measuring.median_cpu(runs[f"{name}/{size}"]) for size in sizes)
        figures.append(Figure("hot", f"{name}, {sizes[0]:,} stored", few / base, "floors", most=3))
        figures.append(Figure("hot", f"{name}, {sizes[1]:,} stored change that by", many / few - 1, "share", most=0.1))
    return figures


def _commands(place: Place, name: str) -> dict[str, Callable[[], Run]]:
    """Each everyday command on a store. `done` takes another task each time."""
    numbers = count(1)
    env = place.env(name)
    plain = {
        "add": ["add", "buy", "stamps"],
        "remind, one-off": ONE_OFF,
        "remind, rule": RULE,
        "why": ["why", "500"],
        "when": ["when", "tomorrow", "at", "9"],
        "list of 50": ["list"],
    }
    found: dict[str, Callable[[], Run]] = {
        command: lambda words=words: measuring.run([place.ask, *words], env)  # type: ignore[misc]
        for command, words in plain.items()
    }
    found["done"] = lambda: measuring.run([place.ask, "done", str(next(numbers))], env)
    return found


def syncs(place: Place, short: bool) -> list[Figure]:
    """How often each everyday command waits for the disk, and how many commits it makes."""
    if not measuring.has_strace():
        return [Figure("syncs", "strace is not installed: nothing was counted", 0, "")]
    filling.tasks(place, "syncs", 100)
    scratch = str(place.stores / "strace")
    figures = []
    everyday = {
        "run-due, idle": ["run-due"], "list": ["list"], "why": ["why", "5"], "when": ["when", "tomorrow at 9"],
        "add": ["add", "buy stamps"], "remind, one-off": ONE_OFF, "remind, rule": RULE, "done": ["done", "7"],
    }  # fmt: skip
    for name, words in everyday.items():
        writes = name.startswith(("add", "remind", "done"))
        waited = measuring.syncs([place.ask, *words], place.env("syncs"), scratch)
        figures.append(Figure("syncs", name, waited, "syncs", most=5 if writes else 0))
        commits = int(place.say(_COUNT_COMMITS.format(words=words, home=str(place.home("syncs")))))
        figures.append(Figure("syncs", name, commits, "commits", most=1 if writes else 0))
    return figures


# `done` is counted on another task, since the first one is done by then.
_COUNT_COMMITS = """
import os, sqlite3, sys
os.environ['ASK_HOME'] = {home!r}
words = [word if word != '7' else '8' for word in {words!r}]
seen = []
plain = sqlite3.connect
def connect(*args, **named):
    con = plain(*args, **named)
    con.set_trace_callback(lambda sql: seen.append(sql.strip().lower()))
    return con
sqlite3.connect = connect
from assistant.cli.main import main
out, sys.stdout, sys.stderr = sys.stdout, open(os.devnull, 'w'), open(os.devnull, 'w')
main(words)
print(sum(sql.startswith('commit') for sql in seen), file=out)
"""
