"""The trace of a job: what started it, and each step, attempt, wait, stand-in, question and message, with its time."""

from datetime import datetime

from assistant.app.items import find_row
from assistant.app.session import Session
from assistant.core.spec import role_of
from assistant.errors import NotFound
from assistant.ports.records import Job, Message, Request, Schedule, Step
from assistant.store import due, standing
from assistant.store import trace as rows
from assistant.value import Value

KINDS = {"item": "item", "fallback": "fallback", "undo": "undo", "probe": "probe", "rung": "rung", "recheck": "recheck"}


class Span(Value):
    """Something that began, and ended or goes on. `depth` is how far it hangs below the job."""

    __slots__ = ("name", "kind", "depth", "start", "end", "took_s", "attempts", "outcome", "cause")
    name: str
    kind: str
    depth: int
    start: datetime
    end: datetime | None
    took_s: float | None
    attempts: int | None = None
    outcome: str | None = None
    cause: str | None = None


class Trace(Value):
    """A job and its spans, in the order in which they began."""

    __slots__ = ("job", "spans")
    job: Job
    spans: tuple[Span, ...]


def trace(session: Session, number: int) -> Trace:
    """The trace of a job, by its own number or that of its schedule or question."""
    job = _job_of(session, number)
    return Trace(job, tuple(_spans(session, job, 0)))


def _job_of(session: Session, number: int) -> Job:
    con = session.reading
    row = find_row(con, number)
    if isinstance(row, Job):
        return row
    job = None
    if isinstance(row, Schedule):
        job = rows.newest_job_of(con, row.id)
    elif isinstance(row, Request) and row.job_id is not None:
        job = due.job(con, row.job_id)
    if job is None:
        raise NotFound(f"{number} has no job yet, so that there is nothing to trace.", f"ask show {number}")
    return job


def _spans(session: Session, job: Job, depth: int) -> list[Span]:
    con, now = session.reading, session.now
    steps = rows.steps(con, job.id)
    item = job.number if job.number is not None else job.schedule_id
    began = rows.beginnings(con, item, [step.id for step in steps])
    tries = rows.tries(con, job.id)
    spans = [
        _span(job.title, "job", depth, job.created_at, job.ended_at, now, None, job.state, job.reason),
        _trigger(session, job, depth + 1),
    ]
    below: list[Span] = []
    for step in steps:
        first = next((one.began_at for one in tries if one.step_id == step.id), None)
        there = began.get(step.id)
        start = there.at if there is not None else first or job.created_at
        below.append(_step_span(step, depth + 1 + step.path.count("/"), start, now))
        below += [
            _try_span(step, one, depth + 2 + step.path.count("/"), now) for one in tries if one.step_id == step.id
        ]
        for child in rows.children(con, step.id):
            below += _spans(session, child, depth + 2)
    below += [_request_span(request, depth + 1, now) for request in rows.requests(con, job.id)]
    below += [_message_span(message, depth + 1, now) for message in rows.messages(con, job.id)]
    return spans + sorted(below, key=lambda span: span.start)


def _span(
    name: str,
    kind: str,
    depth: int,
    start: datetime,
    end: datetime | None,
    now: datetime,
    attempts: int | None,
    outcome: str | None,
    cause: str | None,
) -> Span:
    took = ((end or now) - start).total_seconds()
    return Span(name, kind, depth, start, end, max(0.0, took), attempts, outcome, cause)


def _trigger(session: Session, job: Job, depth: int) -> Span:
    at, name = job.created_at, "by hand"
    if job.slot_at is not None:
        at, name = job.slot_at, f"slot of {job.schedule_id}"
    elif job.event_id is not None:
        event = standing.event(session.reading, job.event_id)
        if event is not None:
            at, name = event.at, f"event {event.name}"
    elif job.parent_id is not None:
        name = "step of another job"
    return Span(name, "trigger", depth, at, job.created_at, max(0.0, (job.created_at - at).total_seconds()))


def _step_span(step: Step, depth: int, start: datetime, now: datetime) -> Span:
    role = role_of(step.path)
    kind = KINDS.get(role, "step")
    if kind == "step" and next(iter(step.action), "") == "wait":
        kind = "wait"
    attempts = step.attempts or None
    outcome = "done by its fallback" if step.done_by == "fallback" else str.__str__(step.state)
    return _span(step.path, kind, depth, start, step.ended_at, now, attempts, outcome, step.error)


def _try_span(step: Step, one: rows.Try, depth: int, now: datetime) -> Span:
    """An attempt: how long it took was measured by the stopwatch, to the millisecond."""
    took = one.took_ms / 1000 if one.took_ms is not None else ((one.ended_at or now) - one.began_at).total_seconds()
    name = f"{step.path} attempt {one.number}"
    return Span(name, "attempt", depth, one.began_at, one.ended_at, took, None, one.outcome or "running", one.error)


def _request_span(request: Request, depth: int, now: datetime) -> Span:
    name = f"{request.kind} {request.id}"
    return _span(
        name, "request", depth, request.created_at, request.ended_at, now, None, request.state, request.because
    )


def _message_span(message: Message, depth: int, now: datetime) -> Span:
    end = message.sent_at if message.sent_at is not None else message.at if message.state == "dead" else None
    name = f"message by {message.channel}"
    return _span(name, "message", depth, message.at, end, now, message.attempts or None, message.state, message.reason)
