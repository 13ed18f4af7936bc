"""Questions people ask: one item, lists of items, what belongs to an item. Changes nothing."""

import sqlite3
from datetime import datetime, timedelta

from assistant.instants import to_text
from assistant.ports.records import Job, JournalLine, Message, Request, Schedule, Slot, Step, Task
from assistant.store.rows import first, read, select
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS: dict[str, type[Value]] = {"task": Task, "schedule": Schedule, "job": Job, "request": Request}
IS_OPEN = {
    "task": "state in ('open', 'waiting')",
    "schedule": "state <> 'ended'",
    "job": "ended_at is null",
    "request": "state = 'open'",
}
# Each kind in the order in which it is listed, read from the index of that name.
INDEXES = {
    "task": ("tasks_to_list", "coalesce(due_at, '9999')"),
    "schedule": ("schedules_to_list", "coalesce(next_at, '')"),
    "job": ("jobs_to_list", "created_at"),
    "request": ("requests_open", "created_at"),
}
WHEN = {
    "task": "coalesce(due_at, '9999')",
    "schedule": "coalesce(next_at, '')",
    "job": "created_at",
    "request": "created_at",
}


class Filter(Value):
    """What a list is narrowed to. None lets everything through; without a state only what is open is listed."""

    __slots__ = ("kinds", "state", "due_until", "project", "tag", "words", "limit")
    kinds: tuple[str, ...] = ("request", "schedule", "task", "job")
    state: str | None = None
    due_until: datetime | None = None
    project: str | None = None
    tag: str | None = None
    words: tuple[str, ...] = ()
    limit: int | None = 50


def kind_of(con: sqlite3.Connection, number: int) -> str | None:
    """What a number stands for."""
    row = con.execute("select kind from number where id = ?", (number,)).fetchone()
    return None if row is None else str(row[0])


def item(con: sqlite3.Connection, number: int) -> "Task | Schedule | Job | Request | None":
    """The row that bears a number."""
    kind = kind_of(con, number)
    if kind is None:
        return None
    column = "number" if kind == "job" else "id"
    return first(con, KINDS[kind], f"where {column} = ?", (number,))  # type: ignore[return-value]


def items(con: sqlite3.Connection, wanted: Filter) -> "list[tuple[str, Any]]":
    """Kind and row of each item that a filter lets through, by their next instant, then number.

    Each kind is read in the order of its own index, and never further than the limit.
    """
    found: list[tuple[str, str, int, Any]] = []
    for kind in wanted.kinds:
        if not _can_hold(kind, wanted):
            continue
        record = KINDS[kind]
        sql, values = _select(kind, wanted)
        number = "number" if kind == "job" else "id"
        for row in con.execute(sql, values):
            value = read(record, row[1:])
            found.append((str(row[0]), kind, getattr(value, number), value))
    found.sort(key=lambda entry: (entry[0], entry[2]))
    return [(kind, value) for _, kind, _, value in found[: wanted.limit]]


def _can_hold(kind: str, wanted: Filter) -> bool:
    if kind in ("job", "request") and (wanted.project or wanted.tag or wanted.due_until):
        return False
    return not (wanted.state and wanted.state not in _states(kind))


def _states(kind: str) -> tuple[str, ...]:
    from assistant.core.states import LEGAL

    return tuple(LEGAL[kind])


def _select(kind: str, wanted: Filter) -> "tuple[str, list[Any]]":
    index, order = INDEXES[kind]
    conditions, values = [], []
    hint = ""
    if wanted.state:
        conditions.append("state = ?")
        values.append(wanted.state)
    else:
        hint = "" if wanted.words else f"indexed by {index}"
        conditions.append(IS_OPEN[kind])
    if kind == "job":
        conditions.append("number is not null")
    if wanted.project:
        conditions.append("project = ?")
        values.append(wanted.project)
    if wanted.tag:
        conditions.append("exists (select 1 from json_each(tags) where value = ?)")
        values.append(wanted.tag)
    if wanted.due_until:
        conditions.append("due_at <= ?" if kind == "task" else f"(next_at <= ? or {_HAS_OPEN_JOB})")
        values.append(to_text(wanted.due_until))
    if wanted.words:
        conditions.append(_words_condition(kind))
        values += [_query(wanted.words)] if kind in ("task", "schedule") else [f"%{' '.join(wanted.words)}%"]
    names = ", ".join(KINDS[kind]._fields)
    limit = -1 if wanted.limit is None else wanted.limit
    number = "number" if kind == "job" else "id"
    sql = (
        f"select {WHEN[kind]}, {names} from {kind} {hint} where {' and '.join(conditions)}"
        f" order by {order}, {number} limit ?"
    )
    return sql, [*values, limit]


# A reminder whose slot has come and is not settled is due, whenever its next slot comes.
_HAS_OPEN_JOB = "exists (select 1 from job where schedule_id = schedule.id and job.ended_at is null)"


def _words_condition(kind: str) -> str:
    if kind in ("task", "schedule"):
        return "id in (select rowid from words where words match ?)"
    return "title like ?"


def _query(words: tuple[str, ...]) -> str:
    """Each word as a quoted prefix, so that no word is read as an operator."""
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words)


def by_key(con: sqlite3.Connection, kind: str, key: str) -> "Task | Schedule | None":
    """The open item that holds a key."""
    states = {"task": "state in ('open', 'waiting')", "schedule": "state <> 'ended'"}[kind]
    return first(con, KINDS[kind], f"where key = ? and {states}", (key,))  # type: ignore[return-value]


def open_requests_of(con: sqlite3.Connection, kind: str, row_id: int) -> list[Request]:
    """The open requests of a schedule or of a job."""
    column = {"schedule": "schedule_id", "job": "job_id"}[kind]
    return select(
        con, Request, f"where {column} is not null and {column} = ? and state = 'open' order by id", (row_id,)
    )


def jobs_of(con: sqlite3.Connection, schedule_id: int, most: int = 20) -> list[Job]:
    """The newest jobs of a schedule."""
    rest = "where schedule_id is not null and schedule_id = ? order by id desc limit ?"
    return select(con, Job, rest, (schedule_id, most))


def steps_of(con: sqlite3.Connection, job_id: int) -> list[Step]:
    """The steps of a job."""
    return select(con, Step, "where job_id = ? order by id", (job_id,))


def requests_of(con: sqlite3.Connection, kind: str, row_id: int) -> list[Request]:
    """All requests of a schedule or of a job."""
    column = {"schedule": "schedule_id", "job": "job_id"}[kind]
    return select(con, Request, f"where {column} is not null and {column} = ? order by id", (row_id,))


def slots_of(con: sqlite3.Connection, schedule_id: int) -> list[Slot]:
    """All slots of a schedule, oldest first."""
    return select(con, Slot, "where schedule_id = ? order by at", (schedule_id,))


def numbered(con: sqlite3.Connection, slots: list[Slot]) -> list[Slot]:
    """The same slots with the numbers of their jobs; None for a job that nobody needed to name."""
    numbers = dict(
        con.execute("select id, number from job where id in (select value from json_each(?))", (
            "[" + ",".join(str(slot.job_id) for slot in slots if slot.job_id is not None) + "]",
        ))
    )  # fmt: skip
    return [slot.replace(job_id=numbers.get(slot.job_id)) for slot in slots]


def last_slot(con: sqlite3.Connection, schedule_id: int) -> Slot | None:
    """The latest slot of a schedule."""
    return first(con, Slot, "where schedule_id = ? order by at desc", (schedule_id,))


def messages_of(con: sqlite3.Connection, kind: str, row_id: int) -> list[Message]:
    """All messages of a schedule or of a job."""
    column = {"schedule": "schedule_id", "job": "job_id"}[kind]
    return select(con, Message, f"where {column} is not null and {column} = ? order by id", (row_id,))


def last_message(con: sqlite3.Connection, schedule_id: int) -> Message | None:
    """The latest message of a schedule."""
    rest = "where schedule_id is not null and schedule_id = ? order by id desc"
    return first(con, Message, rest, (schedule_id,))


def journal_of(con: sqlite3.Connection, number: int) -> list[JournalLine]:
    """What happened to an item, oldest first."""
    return select(con, JournalLine, "where item is not null and item = ? order by id", (number,))


def held_messages(con: sqlite3.Connection, number: int) -> frozenset[int]:
    """The messages of an item that quiet hours kept back at first, by what the journal says of them."""
    rows = con.execute(
        "select row from journal where item is not null and item = ? and tab = 'message'"
        " and after ->> 'reason' like 'held by quiet hours%'",
        (number,),
    )
    return frozenset(int(row[0]) for row in rows)


def open_numbers(con: sqlite3.Connection, most: int) -> "list[tuple[int, str]]":
    """Numbers and titles of what is open, for completion."""
    return [
        (getattr(value, "number", None) or value.id, value.title)
        for _, value in items(con, Filter(limit=most))
    ]  # fmt: skip


def workflow_name(con: sqlite3.Connection, workflow_id: int) -> str:
    """The name of a workflow version."""
    return str(con.execute("select name from workflow where id = ?", (workflow_id,)).fetchone()[0])


def done_since(con: sqlite3.Connection, since: datetime) -> int:
    """How many tasks, and reminders that a person settled, are done since an instant."""
    text = to_text(since)
    tasks = con.execute("select count(*) from task where state = 'done' and ended_at >= ?", (text,)).fetchone()[0]
    answers = con.execute(
        "select count(*) from request where state in ('acknowledged', 'answered') and ended_at >= ?", (text,)
    ).fetchone()[0]
    return int(tasks) + int(answers)


def slot_near(
    con: sqlite3.Connection, at: datetime, within: timedelta
) -> "tuple[Slot, Schedule, list[Message]] | None":
    """The slot that lies nearest to an instant, with its schedule and the messages of its job."""
    early, late = to_text(at - within), to_text(at + within)
    slots = select(con, Slot, "where last between ? and ?", (early, late))
    if not slots:
        return None
    slot = min(slots, key=lambda found: abs(found.last - at))
    schedule = first(con, Schedule, "where id = ?", (slot.schedule_id,))
    assert schedule is not None  # noqa: S101 - a slot holds a foreign key on it
    messages = select(con, Message, "where job_id is not null and job_id = ? order by id", (slot.job_id,))
    return slot, schedule, messages
