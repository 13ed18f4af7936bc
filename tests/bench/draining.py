"""Benches of the tick at work: jobs of one outside step against Huey, a million stored, and reminders to a file."""

import json
import shutil
import statistics
import subprocess
from pathlib import Path

import filling
import measuring
from figures import Figure
from place import Place

HERE = Path(__file__).resolve().parent


def drain(place: Place, short: bool) -> list[Figure]:
    """Drain jobs: commits a job, throughput beside Huey in turns, and peak memory with a million stored."""
    count, rounds = (1_000, 3) if short else (10_000, 3)
    ask(place, "make", "jobs", count, "--keyed")
    ask(place, "make", "once", count)
    found: dict[str, list[dict[str, float]]] = {"ask": [], "once": [], "huey": [], "huey with results": []}
    for turn in range(rounds):
        for kind, name in (("ask", "jobs"), ("once", "once")):
            shutil.copytree(place.home(name), place.home(f"{name}-{turn}"))
            found[kind].append(ask(place, "drain", f"{name}-{turn}", count))
        found["huey"].append(_huey(place, f"huey-{turn}", count))
        found["huey with results"].append(_huey(place, f"huey-results-{turn}", count, "--results"))
    assert all(one["synchronous"] == 2 for one in (*found["ask"], *found["once"]))
    rates = {name: statistics.median(one["jobs"] / one["wall"] for one in runs) for name, runs in found.items()}
    ratios = {
        (kind, name): statistics.median(
            ours["jobs"] / ours["wall"] / (its["jobs"] / its["wall"])
            for ours, its in zip(found[kind], found[name], strict=True)
        )
        for kind in ("ask", "once")
        for name in ("huey", "huey with results")
    }
    slow = _on_a_slow_disk(place, 200 if short else 1_000) if measuring.has_strace() else []
    cpu = {name: statistics.median(one["cpu"] / one["jobs"] for one in runs) for name, runs in found.items()}
    ask(place, "make", "counted", 200)
    ours = ask(place, "drain", "counted", 200, "--count-commits")
    its = _huey(place, "huey-counted", 200, "--count-commits")
    its_results = _huey(place, "huey-counted-results", 200, "--results", "--count-commits")
    return [
        Figure("drain", "commits a job", ours["commits"] / 200, "commits", most=2,
               note=f"Huey {its['commits'] / 200:.2f}, with results {its_results['commits'] / 200:.2f}; one is empty"),
        Figure("drain", f"{count:,} jobs", rates["ask"], "jobs/s", note=f"CPU {cpu['ask'] * 1000:.2f} ms a job"),
        Figure("drain", "Huey, which keeps nothing", rates["huey"], "jobs/s",
               note=f"CPU {cpu['huey'] * 1000:.2f} ms a job"),
        Figure("drain", "Huey, which keeps results", rates["huey with results"], "jobs/s",
               note=f"CPU {cpu['huey with results'] * 1000:.2f} ms a job"),
        Figure("drain", "ask beside Huey with results", ratios["ask", "huey with results"], "times", least=1,
               note="steps that may be repeated without harm: some are claimed in one commit"),
        Figure("drain", "ask beside Huey that keeps nothing", ratios["ask", "huey"], "times"),
        Figure("drain", "the same, steps that are `once`", ratios["once", "huey with results"], "times", least=1,
               note="each is claimed alone; one commit a job"),
        *slow,
        *_memory(place, short, count),
    ]  # fmt: skip


def _on_a_slow_disk(place: Place, count: int) -> list[Figure]:
    """The same where each sync takes a millisecond longer: here the number of syncs counts, not what is computed."""
    ratios: dict[str, list[float]] = {"huey": [], "huey with results": []}
    ask(place, "make", "slow", count)
    for turn in range(3):
        shutil.copytree(place.home("slow"), place.home(f"slow-{turn}"))
        ours = ask(place, "drain", f"slow-{turn}", count, slow=1000)
        for name, more in (("huey", ()), ("huey with results", ("--results",))):
            its = _huey(place, f"slow-{name}-{turn}", count, *more, slow=1000)
            ratios[name].append(its["wall"] / ours["wall"])
    return [
        Figure("drain", f"ask beside {name}, a sync 1 ms longer", statistics.median(found), "times",
               least=1 if name == "huey with results" else None)
        for name, found in ratios.items()
    ]  # fmt: skip


def _memory(place: Place, short: bool, count: int) -> list[Figure]:
    many = 100_000 if short else 1_000_000
    name = "idle-many"
    if not place.home(name).exists():
        filling.reminders(place, name, many)
    ask(place, "make", name, count)
    ran = ask(place, "drain", name, count)
    return [Figure("drain", f"peak memory, {many:,} stored", ran["peak"], "MB", most=60)]


def ring(place: Place, short: bool) -> list[Figure]:
    """Due reminders to a file, by real `ask run-due` processes."""
    count = 300 if short else 3_000
    filling.reminders(place, "ring", count, channel=f"file://{place.stores}/rings.jsonl")
    filling.make_due(place.home("ring"), count, seconds_ago=1)
    shutil.copytree(place.home("ring"), place.home("ring-again"))
    ran = measuring.run([place.ask, "run-due"], place.env("ring"))
    lines = (place.stores / "rings.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["key"] for line in lines}) == len(lines) == count, (len(lines), count)
    (place.stores / "rings.jsonl").unlink()
    peak = float(place.say(_PEAK.format(home=str(place.home("ring-again")))))
    figures = [
        Figure("ring", f"{count:,} due reminders to a file", count / ran.wall, "rings/s",
               note=f"CPU {ran.cpu / count * 1000:.2f} ms a ring"),
        Figure("ring", "peak memory", peak, "MB", most=60),
    ]  # fmt: skip
    if measuring.has_strace():
        some = 100
        filling.reminders(place, "ring-some", some, channel=f"file://{place.stores}/some.jsonl")
        filling.make_due(place.home("ring-some"), some, seconds_ago=1)
        waited = measuring.syncs([place.ask, "run-due"], place.env("ring-some"), str(place.stores / "strace"))
        figures.append(Figure("ring", "syncs a ring, those of the file included", waited / some, "syncs"))
    return figures


# The tick in a process that says its own peak: what the system tells of a child may be the peak of its parent.
_PEAK = """
import os, sys
os.environ['ASK_HOME'] = {home!r}
from assistant.cli.main import main
main(['run-due'])
with open('/proc/self/status') as lines:
    print(*(int(line.split()[1]) / 1024 for line in lines if line.startswith('VmHWM')))
"""


def ask(place: Place, what: str, name: str, count: int, *more: str, slow: int = 0) -> dict[str, float]:
    """Make or drain jobs of `ask`."""
    return child(place, slow, "drain_ask.py", what, str(place.home(name)), str(count), *more)


def _huey(place: Place, name: str, count: int, *more: str, slow: int = 0) -> dict[str, float]:
    return child(place, slow, "drain_huey.py", str(place.stores / f"{name}.db"), str(count), *more)


def child(place: Place, slow: int, script: str, *words: str) -> dict[str, float]:
    """What a child of the bench prints."""
    argv = [place.python, str(HERE / script), *words]
    if slow:
        argv = measuring.with_slow_disk(argv, slow)
    done = subprocess.run(argv, env=place.env("nowhere"), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(argv)}: {done.stderr}")
    found: dict[str, float] = json.loads(done.stdout or "{}")
    return found
