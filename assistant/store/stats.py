"""Figures of a window of time, counted by SQLite: CONTRACT "stats". Changes nothing."""

import sqlite3
from datetime import datetime

from assistant.instants import to_text
from assistant.value import Value

ANSWERED = "('approved', 'denied', 'answered', 'acknowledged', 'resolved')"


class Ended(Value):
    """How jobs of one workflow ended; `workflow` is None for reminders. `taken_s`: of the completed ones, together."""

    __slots__ = ("workflow", "ended", "completed", "failed", "taken_s")
    workflow: str | None
    ended: int
    completed: int
    failed: int
    taken_s: float


def ended_by_workflow(con: sqlite3.Connection, since: datetime, until: datetime) -> list[Ended]:
    """How the jobs that ended within a window ended, by workflow."""
    rows = con.execute(
        "select workflow, count(*), total(state = 'completed'), total(state = 'failed'),"
        " total(case when state = 'completed' then unixepoch(ended_at) - unixepoch(created_at) end)"
        " from job where ended_at between ? and ? group by workflow order by workflow",
        (to_text(since), to_text(until)),
    )
    return [Ended(row[0], row[1], int(row[2]), int(row[3]), row[4]) for row in rows]


def retried(con: sqlite3.Connection, since: datetime, until: datetime) -> tuple[int, int]:
    """Steps that began a second or later attempt within a window, and those that one of these completed."""
    row = con.execute(
        "select count(distinct step_id), count(distinct case when outcome = 'succeeded' then step_id end)"
        " from attempt where number > 1 and began_at between ? and ?",
        (to_text(since), to_text(until)),
    ).fetchone()
    return int(row[0]), int(row[1])


def effects(con: sqlite3.Connection, since: datetime, until: datetime) -> tuple[int, int]:
    """Effect keys that were performed within a window, and those performed more than once. Reading changes nothing."""
    row = con.execute(
        "select count(*), total(times > 1) from ("
        " select count(*) as times from effect"
        " where state = 'happened' and kind <> 'read' and ended_at between ? and ? group by key)",
        (to_text(since), to_text(until)),
    ).fetchone()
    return int(row[0]), int(row[1])


def answered(con: sqlite3.Connection, since: datetime, until: datetime) -> int:
    """How many requests a person answered within a window."""
    row = con.execute(
        f"select count(*) from request where state in {ANSWERED} and ended_at between ? and ?",
        (to_text(since), to_text(until)),
    ).fetchone()
    return int(row[0])


def missed(con: sqlite3.Connection, since: datetime, until: datetime) -> int:
    """How many slots whose row ends within a window were missed."""
    row = con.execute(
        "select total(count) from slot where state = 'missed' and last between ? and ?",
        (to_text(since), to_text(until)),
    ).fetchone()
    return int(row[0])


def lateness(con: sqlite3.Connection, since: datetime, until: datetime) -> list[int]:
    """How many seconds after its time the work of each slot began that ran or was late, the shortest first."""
    rows = con.execute(
        "select max(0, unixepoch(job.created_at) - unixepoch(slot.last)) as late from slot"
        " join job on job.id = slot.job_id"
        " where slot.state in ('ran', 'late') and slot.last between ? and ? order by late",
        (to_text(since), to_text(until)),
    )
    return [int(row[0]) for row in rows]


def model_cost(con: sqlite3.Connection, since: datetime, until: datetime) -> float:
    """What models cost within a window, in US dollars, as far as it is known; 0 where no store keeps it."""
    if con.execute("select 1 from sqlite_master where type = 'table' and name = 'spend'").fetchone() is None:
        return 0.0
    row = con.execute(
        "select total(cost_usd) from spend where at between ? and ?", (to_text(since), to_text(until))
    ).fetchone()
    return float(row[0])


def failures(con: sqlite3.Connection, workflow: str, since: datetime, until: datetime) -> int:
    """How many jobs of a workflow failed after an instant."""
    row = con.execute(
        "select count(*) from job indexed by jobs_ended_of_workflow"
        " where workflow = ? and ended_at is not null and ended_at > ? and ended_at <= ? and state = 'failed'",
        (workflow, to_text(since), to_text(until)),
    ).fetchone()
    return int(row[0])
