"""Child of the bench: make jobs of one outside step that does nothing, or drain them by a real tick. Prints JSON.

`python drain_ask.py make HOME COUNT [--keyed]` · `python drain_ask.py drain HOME COUNT [--count-commits]`
"""

import json
import resource
import sqlite3
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.core.decide import decide
from assistant.core.happened import Began
from assistant.core.moves import Move, New, Ref, merged, record
from assistant.core.states import JobState
from assistant.engine.situation import Surroundings
from assistant.engine.tick import Tick
from assistant.ports.action import ActionOutcome, Call, Done
from assistant.ports.channel import Delivery, SendOutcome, Sent
from assistant.ports.records import Job
from assistant.store.connection import connect
from assistant.store.write import Writing
from assistant.when.values import Conventions

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
STEP = {"id": "do", "run": ["true"]}


class IdleWorld:
    """A world whose one action does nothing, at once. After so many of them its clock says that the budget is spent."""

    conventions = Conventions("UTC")
    channels = ("terminal",)
    quiet_hours = None
    me = "bench"

    def __init__(self, most: int) -> None:
        self.left = most

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic() + (0 if self.left > 0 else 10_000)

    def jitter(self) -> float:
        return 0.5

    def lease_until(self) -> datetime:
        return NOW + timedelta(minutes=15)

    def is_alive(self, lease: str, until: datetime | None) -> bool:
        return True

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        self.left -= 1
        return Done()

    def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
        return Sent()

    def can_tell(self, channel: str) -> bool:
        return True

    def reply_key(self, channel: str) -> bytes | None:
        return None

    kept: dict[str, str] = {}

    def is_quick_action(self, kind: str) -> bool:
        """It never waits."""
        return True

    def forget(self, kind: str, key: str) -> None:
        """Nothing is noted of what was done."""

    def is_quick(self, name: str) -> bool:
        return True


def make(home: str, count: int, effect: str) -> None:
    """Jobs whose step is ready, a thousand a commit."""
    spec = {"name": "nothing", "steps": [{**STEP, "effect": effect}]}
    con = connect(home)
    con.execute("pragma synchronous = off")
    around = Surroundings(con, IdleWorld.conventions, IdleWorld.channels, None)
    with Writing(con, home, NOW) as writing:
        row = {"name": "nothing", "version": 1, "spec": spec, "hash": effect, "state": "active", "created_at": NOW}
        ref = Ref("workflow")
        writing.apply([New("workflow", ref, row, "made by the bench")])
        workflow = writing.id_of(ref)
    for first in range(0, count, 1000):
        with Writing(con, home, NOW) as writing:
            for number in range(first, min(first + 1000, count)):
                writing.apply(_job(around, workflow, number))
            writing.ids.clear()
    con.execute("pragma wal_checkpoint(truncate)")
    con.close()


def _job(around: Surroundings, workflow: int, number: int) -> list[Move]:
    ref = Ref(f"job:{number}")
    values: dict[str, Any] = {
        "workflow_id": workflow, "title": f"job {number}", "state": JobState.PENDING, "key": f"bench/{number}",
        "inputs": {}, "priority": "normal", "created_at": NOW,
    }  # fmt: skip
    job: Job = record(Job, {**values, "id": ref, "paused": 0, "rev": 1})
    made: list[Move] = [New("job", ref, values, "job made by the bench")]
    began = decide(around.spec(workflow), job, (), around.facts(None, NOW), Began(), NOW, 0.5)
    return merged(made + began)


def drain(home: str, count: int, count_commits: bool) -> dict[str, float]:
    """One tick that does so many steps. Seconds, commits and peak memory in megabytes."""
    con = connect(home)
    seen: list[str] = []
    if count_commits:
        con.set_trace_callback(lambda sql: seen.append(sql) if sql.lower().startswith("commit") else None)
    tick = Tick(con, home, IdleWorld(count), timedelta(hours=1), None)
    wall, cpu = time.monotonic(), time.process_time()
    counts = tick.run()
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    synchronous = con.execute("pragma synchronous").fetchone()[0]
    _check(con, counts.steps_run, count)
    con.close()
    return {
        "jobs": counts.steps_run, "wall": wall, "cpu": cpu, "commits": len(seen), "peak": peak(),
        "synchronous": synchronous,
    }  # fmt: skip


def _check(con: sqlite3.Connection, did: int, wanted: int) -> None:
    """It was real work: as many attempts and effects as steps, all of them ended well."""
    steps = con.execute("select count(*) from step where state = 'completed'").fetchone()[0]
    effects = con.execute("select count(*) from attempt where effect = 'happened'").fetchone()[0]
    attempts = con.execute("select count(*) from attempt where outcome = 'succeeded'").fetchone()[0]
    jobs = con.execute("select count(*) from job where state = 'completed'").fetchone()[0]
    lines = con.execute("select count(distinct row) from journal where tab = 'attempt'").fetchone()[0]
    assert did == wanted <= steps == effects == attempts == jobs == lines, (did, wanted, steps, effects, attempts, jobs)


def peak() -> float:
    """The peak memory of this process alone, in megabytes; rusage may hold that of the one that started it."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


if __name__ == "__main__":
    what, folder, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if what == "make":
        make(folder, size, "keyed" if "--keyed" in sys.argv else "once")
    else:
        print(json.dumps(drain(folder, size, "--count-commits" in sys.argv)))
