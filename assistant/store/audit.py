"""All rows, for whoever proves that a store keeps its promises. Reads only."""

import sqlite3

from assistant.ports.records import Event, Job, Message, Request, Schedule, Slot, Step
from assistant.store.rows import select
from assistant.value import Value


class EffectRow(Value):
    """What is known of one try at an effect."""

    __slots__ = ("key", "number", "step_id", "kind", "state")
    key: str
    number: int
    step_id: int
    kind: str
    state: str


class Rows(Value):
    """Everything that a story left behind."""

    __slots__ = ("jobs", "steps", "requests", "messages", "schedules", "slots", "effects")
    jobs: list[Job]
    steps: list[Step]
    requests: list[Request]
    messages: list[Message]
    schedules: list[Schedule]
    slots: list[Slot]
    effects: list[EffectRow]


class Turn(Value):
    """The journal lines at which a job began and ended first, where it did."""

    __slots__ = ("job_id", "began", "ended")
    job_id: int
    began: int | None
    ended: int | None


class Line(Value):
    """A journal line, as a story is told."""

    __slots__ = ("id", "at", "tab", "row", "what")
    id: int
    at: str
    tab: str
    row: str
    what: str


def rows_of(con: sqlite3.Connection) -> Rows:
    """All rows, in the order in which they were made."""
    effects = con.execute("select key, number, step_id, kind, state from effect order by key, number")
    return Rows(
        jobs=select(con, Job, "order by id"),
        steps=select(con, Step, "order by id"),
        requests=select(con, Request, "order by id"),
        messages=select(con, Message, "order by id"),
        schedules=select(con, Schedule, "order by id"),
        slots=select(con, Slot, "order by schedule_id, at"),
        effects=[EffectRow(*row) for row in effects],
    )


def open_jobs_of_all(con: sqlite3.Connection) -> list[Job]:
    """The jobs that have not ended and that no step of another one started."""
    return select(con, Job, "where ended_at is null and parent_id is null order by id")


def events_of(con: sqlite3.Connection, source: str) -> list[Event]:
    """The events that a source told, in the order in which they were kept."""
    return select(con, Event, "where source = ? order by id", (source,))


def events_named(con: sqlite3.Connection, name: str) -> list[Event]:
    """The events of a name, in the order in which they were kept."""
    return select(con, Event, "where name = ? order by id", (name,))


def waiting_for_events(con: sqlite3.Connection) -> list[Step]:
    """The steps that wait for an event."""
    return select(con, Step, "where state = 'waiting' and awaits is not null order by id")


def open_questions(con: sqlite3.Connection) -> list[Request]:
    """What the person is asked."""
    return select(con, Request, "where state = 'open' order by id")


def newest_line(con: sqlite3.Connection) -> int:
    """The newest line of the journal."""
    return int(con.execute("select coalesce(max(id), 0) from journal").fetchone()[0])


def lines_after(con: sqlite3.Connection, line: int) -> list[Line]:
    """The lines of the journal after one."""
    found = con.execute("select id, at, tab, row, what from journal where id > ? order by id", (line,))
    return [Line(*row) for row in found]


def turns_of(con: sqlite3.Connection) -> list[Turn]:
    """When jobs began and ended, in the order in which they were made, by lines of the journal."""
    found = con.execute(
        "select cast(row as integer), min(case when json_extract(after, '$.state') = 'in_progress' then id end),"
        " min(case when json_extract(after, '$.ended_at') is not null then id end)"
        " from journal where tab = 'job' group by 1 order by 1"
    )
    return [Turn(*row) for row in found]


def begun_after(con: sqlite3.Connection, job_id: int, line: int) -> list[str]:
    """The paths of the steps of a job of which an attempt began after a line of the journal, in that order."""
    found = con.execute(
        "select step.path from journal join step on step.id = cast(substr(row, 1, instr(row, '/') - 1) as integer)"
        " where journal.id > ? and tab = 'attempt' and before is null and job_id = ? order by journal.id",
        (line, job_id),
    )
    return [row[0] for row in found]


def settled_twice(con: sqlite3.Connection) -> list[str]:
    """The attempts whose outcome was written more than once, as step and number."""
    found = con.execute(
        "select row from journal where tab = 'attempt' and before is not null and after ->> 'outcome' is not null"
        " group by row having count(*) > 1"
    )
    return [row[0] for row in found]
