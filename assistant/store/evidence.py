"""What became of rings that ask for an answer, by reminder and by step of a workflow. Changes nothing."""

import sqlite3
from datetime import datetime

from assistant.core.evidence import Ended
from assistant.instants import from_text, to_text
from assistant.ports.records import Request
from assistant.store.rows import first

_ENDED = "select request.state, job.state, job.reason from request {hint} join job on job.id = request.job_id where"


def of_reminder(con: sqlite3.Connection, schedule_id: int, since: datetime) -> list[Ended]:
    """How the rings of a reminder ended since an instant."""
    text = _ENDED.format(hint="indexed by requests_of_schedule")
    rows = con.execute(
        f"{text} request.schedule_id is not null and request.schedule_id = ? and request.kind = 'ack'"
        " and request.ended_at >= ?",
        (schedule_id, to_text(since)),
    )
    return [Ended(*row) for row in rows]


def of_step(con: sqlite3.Connection, cause: str, since: datetime) -> list[Ended]:
    """How the rings of a step of a workflow ended since an instant."""
    text = _ENDED.format(hint="indexed by requests_by_cause")
    rows = con.execute(
        f"{text} request.cause is not null and request.cause = ? and request.kind = 'ack' and request.ended_at >= ?",
        (cause, to_text(since)),
    )
    return [Ended(*row) for row in rows]


def latest_proposal(con: sqlite3.Connection, cause: str) -> Request | None:
    """The newest question about something that is ignored."""
    rest = "indexed by requests_by_cause where cause is not null and cause = ? order by id desc"
    return first(con, Request, rest, (cause,))


def kept_since(con: sqlite3.Connection, workflow: str) -> datetime:
    """When the first version of a workflow was kept."""
    row = con.execute("select min(created_at) from workflow where name = ?", (workflow,)).fetchone()
    return from_text(row[0])
