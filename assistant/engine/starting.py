"""Make jobs of workflows: by hand, by an event, by a slot; and start the pending ones whose time has come.

A job that is made has begun nothing: a tick begins it.
"""

from datetime import datetime

from assistant.core.begin import inputs_of, title_of
from assistant.core.happened import Began, Primed, Stopped
from assistant.core.moves import Move, New, Ref
from assistant.core.names import event_data
from assistant.core.spec import Spec
from assistant.core.states import JobState
from assistant.engine.situation import Surroundings, tell_job
from assistant.errors import AskError
from assistant.ports.records import Event, Job, Workflow
from assistant.store import due, standing
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LATE_S = 120  # a job that begins so much after its time is late


class Wanted(Value):
    """A job that is to be made. `key` is what the person or the trigger gave, None for one that is like no other."""

    __slots__ = (
        "workflow", "inputs", "key", "own_key", "subject", "starts_at", "event", "schedule_id", "slot_at", "priority",
        "overlap",
    )  # fmt: skip
    workflow: Workflow
    inputs: "dict[str, Any]"
    key: str | None
    own_key: str  # what makes it one of a kind where no key was given
    subject: str | None = None
    starts_at: datetime | None = None
    event: Event | None = None
    schedule_id: int | None = None
    slot_at: datetime | None = None
    priority: str | None = None
    overlap: str = "allow"


class Made(Value):
    """The job that was made, or the one that was there: `duplicate` by its key, `skipped` since another one runs."""

    __slots__ = ("job", "duplicate", "skipped")
    job: Job
    duplicate: bool = False
    skipped: bool = False


def make_job(writing: Writing, around: Surroundings, wanted: Wanted, jitter: float) -> Made:
    """Make a job, in the open transaction, as its key and the overlap of its workflow allow.

    ValueError, with the fix, where its inputs, subject or title cannot be had.
    """
    name, now = wanted.workflow.name, writing.now
    spec = around.spec(wanted.workflow.id)
    # The key of a job is held for ever, among the jobs of its workflow.
    key = f"{name}/{wanted.key}" if wanted.key is not None else f"{name}@{wanted.own_key}"
    there = standing.job_by_key(writing.con, key)
    if there is not None:
        return Made(there, duplicate=True)
    inputs = inputs_of(spec.inputs, wanted.inputs)
    names = _names(around, wanted, inputs)
    subject = wanted.subject if wanted.subject is not None else _subject(spec, names)
    most = {"allow": 0, "supersede": -1}.get(wanted.overlap, 1)
    older = standing.open_jobs_of(writing.con, name, subject, most) if most else []
    if older and wanted.overlap == "skip":
        return Made(older[0], skipped=True)
    if wanted.overlap == "supersede":
        for job in older:
            tell_job(writing, around, job.id, Stopped(JobState.SUPERSEDED, "a newer one came"), now, jitter)
        older = [job for job in older if due.job(writing.con, job.id).ended_at is None]
    values = {
        "workflow_id": wanted.workflow.id,
        "workflow": name,
        "schedule_id": wanted.schedule_id,
        "slot_at": wanted.slot_at,
        "title": title_of(spec.title, name, inputs, names),
        "state": JobState.PENDING,
        "key": key,
        "inputs": inputs,
        "priority": wanted.priority or spec.priority,
        "created_at": now,
        "subject": subject,
        "starts_at": None if older and not wanted.starts_at else wanted.starts_at or now,
        "queued": int(bool(older)),
        "deadline_at": later(max(now, wanted.starts_at or now), spec.deadline, around.conventions)
        if spec.deadline
        else None,
        "event_id": wanted.event.id if wanted.event is not None else None,
        "event_mark": standing.newest_event(writing.con),
    }
    made = _write(writing, values)
    if values["starts_at"] == now and not values["queued"]:
        tell_job(writing, around, made.id, Primed(), now, jitter)
        made = due.job(writing.con, made.id)
    return Made(made)


def _write(writing: Writing, values: "dict[str, Any]") -> Job:
    number, ref = Ref("number"), Ref("job")
    moves: list[Move] = [
        New("number", number, {"kind": "job"}, "job has a number"),
        New("job", ref, {**values, "number": number}, "job made"),
    ]
    writing.apply(moves, item=values["schedule_id"])
    return due.job(writing.con, writing.id_of(ref))


def _names(around: Surroundings, wanted: Wanted, inputs: "dict[str, Any]") -> "dict[str, Any]":
    from assistant.engine.surroundings import people

    names: dict[str, Any] = {"inputs": inputs, "prefs": dict(around.kept), "people": people(around)}
    if wanted.event is not None:
        names["event"] = event_data(wanted.event.data)
    return names


def _subject(spec: Spec, names: "dict[str, Any]") -> str | None:
    if spec.subject is None:
        return None
    from assistant.core.template import render

    return str(render(spec.subject, names))


def start_job(writing: Writing, around: Surroundings, job: Job, jitter: float) -> None:
    """Begin a pending job whose time has come; one that its slot or its start made late says so."""
    planned = job.slot_at or job.starts_at or writing.now
    late = writing.now - planned
    began = Began(late if late.total_seconds() > LATE_S else None)
    tell_job(writing, around, job.id, began, writing.now, jitter)


def why_not(error: Exception) -> str:
    """Why a job could not be made, for the journal and the person."""
    return error.message if isinstance(error, AskError) else f"{error}"
