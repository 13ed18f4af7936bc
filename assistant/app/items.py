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
    from assistant.core.why_schedule import ScheduleRecords

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

    __slots__ = ("item", "steps", "requests", "slots", "messages", "journal")
    item: Item
    steps: list[Step]
    requests: list[Request]
    slots: list[Slot]
    messages: list[Message]
    journal: list[JournalLine]


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

    con = session.reading
    name = find.workflow_name(con, job.workflow_id)
    steps = find.steps_of(con, job.id)
    requests = find.open_requests_of(con, "job", job.id)
    wakes = [step.wake_at for step in steps if step.wake_at is not None and step.state in ("waiting", "ready")]
    return Item(
        job.number, "job", job.title, job.state, min(wakes, default=None), None, job.priority, None, None, None, None,
        job.created_at, name, why_job(job, name, steps, requests[0] if requests else None, here(session)),
    )  # fmt: skip


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
        if isinstance(row, Schedule):
            slots = find.numbered(con, find.slots_of(con, row.id))
            requests = find.requests_of(con, "schedule", row.id)
            messages = find.messages_of(con, "schedule", row.id)
            steps = [step for job in find.jobs_of(con, row.id) for step in find.steps_of(con, job.id)]
        elif isinstance(row, Job):
            steps = find.steps_of(con, row.id)
            requests = find.requests_of(con, "job", row.id)
            messages = find.messages_of(con, "job", row.id)
        elif isinstance(row, Request):
            requests = [row]
        return Details(item_of(session, row), steps, requests, slots, messages, find.journal_of(con, number))
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
