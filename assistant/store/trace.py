"""Everything that belongs to one job, for its trace. Reads only."""

import sqlite3
from datetime import datetime

from assistant.instants import from_text
from assistant.ports.records import Job, Message, Request, Step
from assistant.store.rows import first, select
from assistant.value import Value


class Try(Value):
    """One attempt at a step."""

    __slots__ = ("step_id", "number", "began_at", "ended_at", "took_ms", "outcome", "error")
    step_id: int
    number: int
    began_at: datetime
    ended_at: datetime | None
    took_ms: int | None
    outcome: str | None
    error: str | None


class Began(Value):
    """When a step was reached, and why, as the journal says."""

    __slots__ = ("at", "what")
    at: datetime
    what: str


def steps(con: sqlite3.Connection, job_id: int) -> list[Step]:
    """The steps of a job, in the order in which they were reached."""
    return select(con, Step, "where job_id = ? order by id", (job_id,))


def tries(con: sqlite3.Connection, job_id: int) -> list[Try]:
    """All attempts at the steps of a job."""
    found = con.execute(
        """
        select step_id, number, began_at, attempt.ended_at, took_ms, outcome, attempt.error
        from attempt join step on step.id = step_id
        where job_id = ?
        order by began_at, step_id, number
        """,
        (job_id,),
    )
    return [
        Try(step_id, number, from_text(began), from_text(ended) if ended else None, took_ms, outcome, error)
        for step_id, number, began, ended, took_ms, outcome, error in found
    ]


def beginnings(con: sqlite3.Connection, item: int | None, step_ids: list[int]) -> dict[int, Began]:
    """When each of some steps was reached. `item` is the number under which the journal has them."""
    wanted = {str(step_id): step_id for step_id in step_ids}
    rows = con.execute(
        "select row, at, what from journal where item = ? and tab = 'step' and before is null order by id", (item,)
    )
    return {wanted[row]: Began(from_text(at), what) for row, at, what in rows if row in wanted}


def requests(con: sqlite3.Connection, job_id: int) -> list[Request]:
    """All that a job ever asked."""
    rest = "indexed by requests_of_job where job_id is not null and job_id = ? order by created_at, id"
    return select(con, Request, rest, (job_id,))


def messages(con: sqlite3.Connection, job_id: int) -> list[Message]:
    """All messages of a job."""
    rest = "indexed by messages_of_job where job_id is not null and job_id = ? order by at, id"
    return select(con, Message, rest, (job_id,))


def children(con: sqlite3.Connection, step_id: int) -> list[Job]:
    """The jobs that a step started."""
    return select(con, Job, "where parent_id is not null and parent_id = ? order by id", (step_id,))


def newest_job_of(con: sqlite3.Connection, schedule_id: int) -> Job | None:
    """The latest job of a schedule."""
    rest = "indexed by jobs_of_schedule where schedule_id is not null and schedule_id = ? order by id desc"
    return first(con, Job, rest, (schedule_id,))
