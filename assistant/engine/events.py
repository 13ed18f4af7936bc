"""Take in events: each is kept once, wakes the waits that are for it, and starts the jobs that its triggers say."""

from assistant.core.happened import EventCame
from assistant.core.moves import New, Put, Ref
from assistant.core.names import event_data
from assistant.engine.counts import Counts
from assistant.engine.situation import Surroundings, tell_job
from assistant.engine.starting import Wanted, make_job, why_not
from assistant.instants import to_text
from assistant.ports.records import Event, Workflow
from assistant.store import standing
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Routed(Value):
    """What came of an event: jobs that it woke, and those that it started, by their rows."""

    __slots__ = ("woke", "started")
    woke: tuple[int, ...]
    started: tuple[int, ...]


class Kept(Value):
    """An event that was kept, or that was there under its key."""

    __slots__ = ("event", "duplicate")
    event: Event
    duplicate: bool


def keep_event(writing: Writing, name: str, key: str | None, data: "Any", source: str | None = None) -> Kept:
    """Write an event. The same key twice is one event, for ever."""
    if key is not None:
        there = standing.event_by_key(writing.con, key)
        if there is not None:
            return Kept(there, duplicate=True)
    ref = Ref("event")
    values = {"name": name, "key": key, "data": data, "at": writing.now, "source": source}
    writing.apply([New("event", ref, values, "event came")])
    made = standing.event(writing.con, writing.id_of(ref))
    assert made is not None  # noqa: S101 - it was made in this transaction
    return Kept(made, duplicate=False)


def route(writing: Writing, around: Surroundings, event: Event, counts: Counts, jitter: float) -> Routed:
    """Tell waits and triggers of an event, in the open transaction. One that cannot follow must not stop the others."""
    if event.source is not None and event.name.startswith("calendar."):
        _move_bound(writing, around, event)
    woke = []
    for job_id in standing.jobs_awaiting(writing.con, event.name):
        if _wake(writing, around, job_id, event, counts, jitter):
            woke.append(job_id)
    started: list[int] = []
    for workflow in standing.active_workflows(writing.con):
        for place, trigger in enumerate(workflow.spec.get("on") or ()):
            if trigger.get("event") == event.name:
                started += _trigger(writing, around, workflow, place, trigger, event, jitter)
    writing.apply([Put("event", event.id, {"routed": 1}, "told to all that wait for it", {"routed": 0})])
    counts.jobs_advanced += len(woke) + len(started)
    return Routed(tuple(woke), tuple(started))


def _move_bound(writing: Writing, around: Surroundings, event: Event) -> None:
    """Reminders whose time is that of what changed in a calendar."""
    from assistant.engine.bound import follow

    error = writing.or_nothing(lambda: follow(writing, around, event))
    if error is not None:
        writing.note(f"no reminder could follow {event.name}: {why_not(error)}", tab="event", row=str(event.id))


def _wake(writing: Writing, around: Surroundings, job_id: int, event: Event, counts: Counts, jitter: float) -> bool:
    """Whether a job took the event."""

    def tell() -> None:
        counts.see(tell_job(writing, around, job_id, EventCame(event), writing.now, jitter))

    error = writing.or_nothing(tell)
    if error is not None:
        writing.note(f"could not be woken by {event.name}: {why_not(error)}", tab="job", row=str(job_id))
        return False
    taken = "select 1 from event_taken where job_id = ? and event_id = ?"
    return writing.con.execute(taken, (job_id, event.id)).fetchone() is not None


def _trigger(
    writing: Writing,
    around: Surroundings,
    workflow: Workflow,
    place: int,
    trigger: "dict[str, Any]",
    event: Event,
    jitter: float,
) -> list[int]:
    """The job that a trigger starts, if it is wanted. What cannot be started is said once, in the journal and to the
    person.
    """
    made: list[int] = []

    def make() -> None:
        wanted = _wanted(around, workflow, place, trigger, event)
        if wanted is None:
            return
        job = make_job(writing, around, wanted, jitter)
        if job.skipped:
            writing.note(f"{event.name} skipped: job {job.job.number} of {workflow.name} still runs")
        elif not job.duplicate:
            made.append(job.job.id)

    error = writing.or_nothing(make)
    if error is not None:
        made.clear()
        writing.note(f"{workflow.name} could not be started by {event.name}: {why_not(error)}", tab="workflow")
        _tell(writing, around, workflow, event, why_not(error))
    return made


def _wanted(
    around: Surroundings, workflow: Workflow, place: int, trigger: "dict[str, Any]", event: Event
) -> Wanted | None:
    """The job that a trigger asks for; None where its condition does not hold."""
    from assistant.core.template import holds, render
    from assistant.engine.surroundings import people

    data = event_data(event.data)
    names = {"event": data, "now": to_text(event.at), "prefs": dict(around.kept), "people": people(around)}
    if trigger.get("where") and not holds(trigger["where"], names):
        return None
    inputs = render(trigger.get("inputs") or {}, names)
    names["inputs"] = {
        **{name: one.get("default") for name, one in (workflow.spec.get("inputs") or {}).items()}, **inputs
    }  # fmt: skip
    after = trigger.get("after")
    return Wanted(
        workflow=workflow,
        inputs=inputs,
        key=str(render(trigger["key"], names)) if trigger.get("key") else None,
        own_key=f"{to_text(event.at)}/event-{event.id}" + (f"/{place}" if place else ""),
        subject=str(render(trigger["subject"], names)) if trigger.get("subject") else None,
        starts_at=later(event.at, after, around.conventions) if after else None,
        event=event,
        overlap=workflow.spec.get("overlap", "allow"),
    )


def _tell(writing: Writing, around: Surroundings, workflow: Workflow, event: Event, why: str) -> None:
    from assistant.engine.notice import say_once

    text = f"workflow {workflow.name} could not be started by {event.name}: {why}"
    say_once(writing, around, f"{around.store_id}/{workflow.name}/not-started/{event.id}", text)
