"""Items as people and scripts see them. Reads the store, changes nothing."""

import sqlite3
from datetime import datetime

from assistant.app.session import Session
from assistant.core.why import Standpoint, why_task
from assistant.errors import NotFound, UsageError
from assistant.ports.records import Job, JournalLine, Message, Request, Schedule, Slot, Step, Task
from assistant.store import find
from assistant.store.connection import translated
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.core.why_job import JobRecords
    from assistant.core.why_schedule import ScheduleRecords
    from assistant.store.workflows import Attempt

    Row = Task | Schedule | Job | Request


class Item(Value):
    """One item: CONTRACT "An item". Keys that do not apply are None."""

    __slots__ = (
        "id", "kind", "title", "state", "next_at", "due_at", "priority", "project", "tags", "rule", "timezone",
        "created_at", "workflow", "why",
    )  # fmt: skip
    id: int | None
    kind: str
    title: str
    state: str
    next_at: datetime | None
    due_at: datetime | None
    priority: str | None
    project: str | None
    tags: list[str] | None
    rule: str | None
    timezone: str | None
    created_at: datetime
    workflow: str | None
    why: str


class Details(Value):
    """An item with all that belongs to it."""

    __slots__ = ("item", "steps", "requests", "slots", "messages", "journal", "attempts", "version")
    item: Item
    steps: list[Step]
    requests: list[Request]
    slots: list[Slot]
    messages: list[Message]
    journal: list[JournalLine]
    attempts: "list[Attempt]" = []  # at the steps of a job
    version: int | None = None  # of the workflow of a job


def no_such(number: int) -> NotFound:
    """The error for a number that nothing bears."""
    return NotFound(
        f"There is no item {number}.", "ask list shows the open ones; ask list --state done, dropped, ended"
    )


def find_row(con: sqlite3.Connection, number: int) -> "Row":
    """The row that bears a number."""
    row = find.item(con, number)
    if row is None:
        raise no_such(number)
    return row


def kind_of(row: "Row") -> str:
    """The kind of a row."""
    return type(row).__name__.lower()


def here(session: Session) -> Standpoint:
    """From where and when this session speaks."""
    return Standpoint(session.now, session.zone, session.conventions)


def item_of(session: Session, row: "Row") -> Item:
    """A row as an item, with its one sentence."""
    if isinstance(row, Task):
        return _task(session, row)
    if isinstance(row, Schedule):
        return _schedule(session, row)
    if isinstance(row, Job):
        return _job(session, row)
    return _request(session, row)


def _task(session: Session, task: Task) -> Item:
    return Item(
        task.id, "task", task.title, task.state, None, task.due_at, task.priority, task.project, task.tags, None,
        task.zone, task.created_at, None, why_task(task, here(session)),
    )  # fmt: skip


def _schedule(session: Session, schedule: Schedule) -> Item:
    if schedule.place is not None:
        return _trigger(session, schedule)
    from assistant.core.why_schedule import why_schedule

    con = session.reading
    records = _records(con, schedule)
    next_at = schedule.next_at
    if records.step is not None and records.step.wake_at is not None:
        next_at = min(next_at, records.step.wake_at) if next_at else records.step.wake_at
    return Item(
        schedule.id, "schedule", schedule.title, schedule.state, next_at, None, schedule.priority, schedule.project,
        schedule.tags, schedule.rule, schedule.zone, schedule.created_at,
        find.workflow_name(con, schedule.workflow_id), why_schedule(records, here(session)),
    )  # fmt: skip


def _trigger(session: Session, schedule: Schedule) -> Item:
    """The schedule of a workflow."""
    from assistant.core.why_trigger import TriggerRecords, why_trigger
    from assistant.store.due import open_jobs

    con = session.reading
    slot = find.last_slot(con, schedule.id)
    jobs = tuple(open_jobs(con, schedule.id))
    records = TriggerRecords(schedule, find.numbered(con, [slot])[0] if slot is not None else None, jobs)
    return Item(
        schedule.id, "schedule", schedule.title, schedule.state, schedule.next_at, None, schedule.priority,
        schedule.project, schedule.tags, schedule.rule, schedule.zone, schedule.created_at, schedule.title,
        why_trigger(records, here(session)),
    )  # fmt: skip


def _records(con: sqlite3.Connection, schedule: Schedule) -> "ScheduleRecords":
    from assistant.core.why_schedule import ScheduleRecords

    requests = find.open_requests_of(con, "schedule", schedule.id)
    step = None
    if requests and requests[0].step_id is not None:
        from assistant.store.due import step as step_row

        step = step_row(con, requests[0].step_id)
    return ScheduleRecords(
        schedule,
        find.last_slot(con, schedule.id),
        find.last_message(con, schedule.id),
        requests[0] if requests else None,
        step,
    )


def _job(session: Session, job: Job) -> Item:
    from assistant.core.why_job import why_job

    records = _job_records(session.reading, job)
    return Item(
        job.number, "job", job.title, job.state, _next_of(records), None, job.priority, None, None, None, None,
        job.created_at, records.name, why_job(records, here(session)),
    )  # fmt: skip


def _next_of(records: "JobRecords") -> datetime | None:
    """When a job acts next by itself."""
    job = records.job
    if job.ended_at is not None or job.paused:
        return None
    if job.state == "pending" and not job.queued and job.starts_at is not None:
        return job.starts_at
    wakes = [step.wake_at for step in records.steps if step.wake_at is not None and step.state in ("waiting", "ready")]
    wakes += [service.wake_at for service in records.services.values() if service.wake_at is not None]
    return min(wakes, default=None)


def _job_records(con: sqlite3.Connection, job: Job) -> "JobRecords":
    from assistant.core.why_job import Child, JobRecords
    from assistant.store.attention import next_held

    name = find.workflow_name(con, job.workflow_id)
    held = next_held(con, job.id)
    if job.ended_at is not None:
        return JobRecords(job, name, held=held)
    from assistant.core.spec import read_spec
    from assistant.store import due, standing, workflows

    steps = tuple(find.steps_of(con, job.id))
    down = {step.service for step in steps if step.held == "down" and step.service is not None}
    services = {name: found for name in down if (found := standing.service(con, name)) is not None}
    ahead = None
    if job.queued:
        older = standing.open_jobs_of(con, job.workflow or "", job.subject)
        ahead = next((one.number for one in older if one.id < job.id), None)
    return JobRecords(
        job,
        name,
        read_spec(due.workflow(con, job.workflow_id).spec),
        steps,
        tuple(find.open_requests_of(con, "job", job.id)),
        services,
        tuple(Child(*row) for row in workflows.children_of(con, job.id)),
        ahead,
        held,
    )


def _request(session: Session, request: Request) -> Item:
    from assistant.core.why_job import why_request

    asleep = request.snoozed_to is not None and request.snoozed_to > session.now and request.state == "open"
    next_at = request.snoozed_to if asleep else request.expires_at
    return Item(
        request.id, "request", request.title, request.state, next_at, None, None, None, None, None, None,
        request.created_at, None, why_request(request, here(session)),
    )  # fmt: skip


def show(session: Session, number: int) -> Details:
    """One item, whole."""
    con = session.reading
    try:
        row = find_row(con, number)
        steps: list[Step] = []
        requests: list[Request] = []
        slots: list[Slot] = []
        messages: list[Message] = []
        attempts: list[Attempt] = []
        version = None
        if isinstance(row, Schedule):
            slots = find.numbered(con, find.slots_of(con, row.id))
            requests = find.requests_of(con, "schedule", row.id)
            messages = find.messages_of(con, "schedule", row.id)
            steps = [step for job in find.jobs_of(con, row.id) for step in find.steps_of(con, job.id)]
        elif isinstance(row, Job):
            steps = find.steps_of(con, row.id)
            requests = find.requests_of(con, "job", row.id)
            messages = find.messages_of(con, "job", row.id)
            if row.workflow is not None:
                from assistant.store import due, workflows

                attempts = workflows.attempts_of(con, row.id)
                version = due.workflow(con, row.workflow_id).version
        elif isinstance(row, Request):
            requests = [row]
        journal = find.journal_of(con, number)
        return Details(item_of(session, row), steps, requests, slots, messages, journal, attempts, version)
    except sqlite3.Error as error:
        raise translated(error, session.home) from error


def list_items(session: Session, wanted: find.Filter) -> list[Item]:
    """The items that a filter lets through: questions first, then by the next instant, tasks without one last."""
    try:
        found = [item_of(session, row) for _, row in find.items(session.reading, wanted)]
    except sqlite3.Error as error:
        raise translated(error, session.home) from error
    found.sort(key=_by_next_instant)
    return found


def _by_next_instant(item: Item) -> tuple[int, float, int]:
    at = item.next_at or item.due_at
    if item.kind in ("request", "job"):
        return 0, 0.0, item.id or 0
    if at is None:
        return 3 if item.kind == "task" else 1, 0.0, item.id or 0
    return 2, at.timestamp(), item.id or 0


def number_in(text: str) -> int:
    """A number that a person typed."""
    plain = text.lstrip("#")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 15:
        raise UsageError(f"{text!r} is no number of an item.", "ask list shows the numbers")
    return int(plain)
