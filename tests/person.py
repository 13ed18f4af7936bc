"""What a person does, written into a store as the use cases write it, for tests that need no command line."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from assistant.core.decide import decide
from assistant.core.happened import Answered, Began, Happened
from assistant.core.moves import Move, New, Ref, merged, record
from assistant.engine.situation import Surroundings, tell_job
from assistant.jsontext import dump
from assistant.ports.records import Job, Request, Schedule
from assistant.store import due
from assistant.store.rows import select
from assistant.store.write import Writing
from assistant.when import rule as rules
from assistant.when.values import Conventions
from tests.world import VirtualWorld


def keep_workflow(writing: Writing, name: str, steps: list[dict[str, Any]]) -> int:
    """A version of a workflow; the same steps give the same version."""
    spec = {"name": name, "steps": steps}
    known = writing.con.execute("select id from workflow where hash = ?", (dump(spec),)).fetchone()
    if known:
        return int(known[0])
    ref = Ref("workflow")
    count = writing.con.execute("select count(*) from workflow").fetchone()[0]
    values = {
        "name": name, "version": count + 1, "spec": spec, "hash": dump(spec), "state": "active",
        "created_at": writing.now,
    }  # fmt: skip
    writing.apply([New("workflow", ref, values, "kept")])
    return writing.id_of(ref)


def remind(
    con: sqlite3.Connection,
    at: datetime,
    now: datetime,
    rule: str | None = None,
    zone: str = "UTC",
    repeat: list[int] | None = None,
    channel: str | None = None,
    text: str = "call Ada",
    **columns: Any,
) -> int:
    """A reminder: its number. `repeat` makes it ring until somebody answers."""
    step: dict[str, Any] = {
        "id": "ring",
        "notify": {
            "text": "{{ inputs.text }}",
            "channel": "{{ inputs.channel }}",
            "severity": "{{ inputs.severity }}",
        },
        "until": "sent" if repeat is None else "ack",
    }
    if repeat:
        step["repeat"] = repeat
    with Writing(con, "", now, command="remind") as writing:
        number = Ref("number")
        values = {
            "id": number, "workflow_id": keep_workflow(writing, "reminder", [step]), "title": text, "state": "active",
            "rule": rule, "wall": None, "zone": zone, "floating": 0, "next_at": at,
            "inputs": {"text": text, "channel": channel, "severity": "normal"}, "if_late": "run", "tags": [],
            "created_at": now, **columns,
        }  # fmt: skip
        made = Ref("schedule")
        writing.apply([New("number", number, {"kind": "schedule"}, ""), New("schedule", made, values, "made")])
        return writing.id_of(made)


def daily(at: datetime, zone: str = "UTC", more: str = "") -> str:
    """A rule: each day at a time, from a day on."""
    from assistant.when.zone import to_wall

    return f"DTSTART:{to_wall(at, zone):%Y%m%dT%H%M%S}\nRRULE:FREQ=DAILY{more}"


def start_job(
    con: sqlite3.Connection, world: VirtualWorld, steps: list[dict[str, Any]], key: str = "job", name: str = "flow"
) -> int:
    """A job of a workflow of these steps, as a person would start it."""
    around = surroundings(con, world)
    with Writing(con, "", world.now(), command="run") as writing:
        workflow = keep_workflow(writing, name, steps)
        ref, number = Ref("job"), Ref("job number")
        values = {
            "number": number, "workflow_id": workflow, "title": key, "state": "pending", "key": key, "inputs": {},
            "priority": "normal", "created_at": writing.now,
        }  # fmt: skip
        job: Job = record(Job, {**values, "id": ref, "paused": 0, "rev": 1})
        moves: list[Move] = [New("number", number, {"kind": "job"}, ""), New("job", ref, values, "made by a person")]
        moves += decide(around.spec(workflow), job, (), around.facts(None, writing.now), Began(), writing.now, 0.5)
        writing.apply(merged(moves))
        return writing.id_of(ref)


def surroundings(con: sqlite3.Connection, world: VirtualWorld) -> Surroundings:
    """The same surroundings as a tick of this world has."""
    return Surroundings(con, world.conventions, world.channels, world.quiet_hours)


def tell(con: sqlite3.Connection, world: VirtualWorld, job_id: int, happened: Happened) -> None:
    """Tell a job what happened, as one command."""
    with Writing(con, "", world.now(), command="tell") as writing:
        tell_job(writing, surroundings(con, world), job_id, happened, world.now(), 0.5)


def open_requests(con: sqlite3.Connection) -> list[Request]:
    """The questions that wait for an answer."""
    return select(con, Request, "where state = 'open' order by id")


def answer(con: sqlite3.Connection, world: VirtualWorld, word: str) -> None:
    """Answer the only open question."""
    (request,) = open_requests(con)
    assert request.job_id is not None
    tell(con, world, request.job_id, Answered(request, word))


def schedule_of(con: sqlite3.Connection, number: int) -> Schedule:
    """A reminder as it now is."""
    found = due.schedule(con, number)
    assert found is not None
    return found


def slots_of(con: sqlite3.Connection, number: int) -> list[tuple[str, int, str | None]]:
    """State, count and reason of each slot row, oldest first."""
    found = con.execute("select state, count, reason from slot where schedule_id = ? order by at", (number,))
    return [(row[0], row[1], row[2]) for row in found]


def slots_between(rule: str, after: datetime, until: datetime, zone: str) -> int:
    """How many slots a rule has in (after, until]."""
    found = rules.span(rule, after, until, zone, Conventions(zone))
    return found.count if found else 0


def in_hours(hours: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=hours)
