"""Questions about requests: which of them come first, what approvals of one step came to. Changes nothing."""

import sqlite3
from datetime import datetime, timedelta

from assistant.instants import to_text
from assistant.ports.records import Request, Step
from assistant.store.rows import first, select
from assistant.value import Value

SOON = timedelta(days=1)  # what expires within that is pressing
FAR = "9999"


class Place(Value):
    """Where a request comes from: its job's number, state and workflow version, and the path of its step."""

    __slots__ = ("job", "title", "workflow", "workflow_id", "state", "path")
    job: int | None
    title: str
    workflow: str | None
    workflow_id: int
    state: str
    path: str | None


def most_pressing(con: sqlite3.Connection, now: datetime, most: int | None) -> list[Request]:
    """The open requests that are not put off: in doubt, then near their expiry, then by rank, then the oldest.

    Each of the two orders is read from its index, and never further than is shown.
    """
    shown = "state = 'open' and (snoozed_to is null or snoozed_to <= ?)"
    at, limit = to_text(now), -1 if most is None else most
    soon = select(
        con,
        Request,
        f"indexed by requests_to_expire where {shown} and expires_at is not null and expires_at <= ?"
        " order by expires_at, id limit ?",
        (at, to_text(now + SOON), limit),
    )
    ranked = select(
        con, Request, f"indexed by requests_by_rank where {shown} order by rank, created_at, id limit ?", (at, limit)
    )
    found = {request.id: request for request in (*soon, *ranked)}
    return sorted(found.values(), key=lambda request: _order(request, now))[:most]


def _order(request: Request, now: datetime) -> tuple[int, str, int, str, int]:
    soon = request.expires_at is not None and request.expires_at <= now + SOON
    pressing = 0 if request.kind == "unknown" else 1 if soon else 2
    until = to_text(request.expires_at) if soon and request.expires_at is not None else FAR
    return pressing, until, request.rank, to_text(request.created_at), request.id


def place_of(con: sqlite3.Connection, request: Request) -> Place | None:
    """Where a request comes from; None for one that belongs to no job."""
    row = con.execute(
        "select job.number, job.title, job.workflow, job.workflow_id, job.state, (select path from step where id = ?)"
        " from job where job.id = ?",
        (request.step_id, request.job_id),
    ).fetchone()
    return None if row is None else Place(*row)


def step_at(con: sqlite3.Connection, job_id: int, path: str) -> Step | None:
    """The step of a job that a path names."""
    return first(con, Step, "where job_id = ? and path = ?", (job_id, path))


def latest_approvals(con: sqlite3.Connection, cause: str, since: int, most: int) -> list[Request]:
    """What the latest settled approvals of a step came to, the newest first; of those numbered above `since`."""
    rest = "indexed by requests_by_cause where cause is not null and cause = ? and id > ? and kind = 'approval'"
    settled = "state in ('approved', 'denied', 'expired')"
    return select(con, Request, f"{rest} and {settled} order by id desc limit ?", (cause, since, most))


def distrusted_since(con: sqlite3.Connection, cause: str) -> int:
    """The newest number when a step that acted unasked failed; 0 where none did."""
    row = con.execute("select value from meta where name = ?", (f"distrusted/{cause}",)).fetchone()
    return 0 if row is None else int(row[0])


def newest_number(con: sqlite3.Connection) -> int:
    """The newest number that anything bears."""
    return int(con.execute("select coalesce(max(id), 0) from number").fetchone()[0])


def was_noted(con: sqlite3.Connection, number: int, tab: str, row: str) -> bool:
    """Whether the journal of a number has a line of this table and row."""
    found = con.execute(
        "select 1 from journal where item is not null and item = ? and tab = ? and row = ? limit 1", (number, tab, row)
    ).fetchone()
    return found is not None
