"""What a brief asks the store. Each question is answered from an index or from the end of a table, and bounded."""

import sqlite3
from datetime import datetime

from assistant.instants import from_text, to_text
from assistant.ports.records import Job, Message, Schedule, Slot, Task
from assistant.store.rows import first, select
from assistant.value import Value

MOST = 200  # rows of one kind that are ranked
TAIL = 20_000  # lines of the journal that are looked through, and ticks
ENDED = 200  # ended jobs of one workflow that are looked through


class Recovered(Value):
    """A job that completed after a step of it had failed, and at how many attempts."""

    __slots__ = ("job", "path", "attempts")
    job: Job
    path: str
    attempts: int


class Happened(Value):
    """A slot of which no ring came in time, with its schedule."""

    __slots__ = ("slot", "schedule")
    slot: Slot
    schedule: Schedule


def tasks_due(con: sqlite3.Connection, until: datetime) -> list[Task]:
    """Open tasks due up to an instant, the latest first: what is due today is never behind what is long overdue."""
    rest = (
        "indexed by tasks_to_list where state in ('open', 'waiting') and coalesce(due_at, '9999') <= ?"
        " order by coalesce(due_at, '9999') desc, id desc limit ?"
    )
    return select(con, Task, rest, (to_text(until), MOST))


def count_tasks_due(con: sqlite3.Connection, until: datetime) -> int:
    """How many open tasks are due up to an instant."""
    row = con.execute(
        "select count(*) from task indexed by tasks_to_list"
        " where state in ('open', 'waiting') and coalesce(due_at, '9999') <= ?",
        (to_text(until),),
    )
    return int(row.fetchone()[0])


def schedules_due(con: sqlite3.Connection, until: datetime, most: int = MOST) -> list[Schedule]:
    """Active schedules whose next slot comes up to an instant, the next first."""
    rest = "indexed by schedules_due where next_at is not null and state <> 'ended' and next_at <= ?"
    return select(con, Schedule, f"{rest} and state = 'active' order by next_at, id limit ?", (to_text(until), most))


def workflows_with_ended_jobs(con: sqlite3.Connection) -> list[str]:
    """The names of workflows of which a job has ended, by one look at the index for each name."""
    rows = con.execute(
        "with recursive names (name) as ("
        " select min(workflow) from job indexed by jobs_ended_of_workflow"
        "  where workflow is not null and ended_at is not null"
        " union all select (select min(workflow) from job indexed by jobs_ended_of_workflow"
        "  where workflow > name and workflow is not null and ended_at is not null) from names where name is not null)"
        " select name from names where name is not null limit 1000"
    )
    return [row[0] for row in rows]


def ended_jobs(con: sqlite3.Connection, workflow: str, since: datetime) -> list[Job]:
    """The latest jobs of a workflow that ended since an instant."""
    rest = (
        "indexed by jobs_ended_of_workflow where workflow = ? and ended_at is not null and ended_at >= ?"
        " order by ended_at desc limit ?"
    )
    return select(con, Job, rest, (workflow, to_text(since), ENDED))


def count_ended_jobs(con: sqlite3.Connection, workflow: str, since: datetime) -> int:
    """How many jobs of a workflow ended since an instant."""
    row = con.execute(
        "select count(*) from job indexed by jobs_ended_of_workflow"
        " where workflow = ? and ended_at is not null and ended_at >= ?",
        (workflow, to_text(since)),
    )
    return int(row.fetchone()[0])


def count_open_requests(con: sqlite3.Connection) -> int:
    """How many requests are open."""
    return int(con.execute("select count(*) from request indexed by requests_open where state = 'open'").fetchone()[0])


def recovered(con: sqlite3.Connection, jobs: list[Job]) -> list[Recovered]:
    """Those of these jobs that completed at a second or later attempt of a step."""
    by_id = {job.id: job for job in jobs}
    rows = con.execute(
        "select job_id, path, max(attempts) from step where job_id in (select value from json_each(?))"
        " and attempts > 1 and state = 'completed' group by job_id",
        (f"[{','.join(map(str, by_id))}]",),
    )
    return [Recovered(by_id[row[0]], row[1], row[2]) for row in rows]


def held_back(con: sqlite3.Connection, now: datetime) -> list[Message]:
    """Messages that quiet hours or a limit keep back, the next first."""
    rest = "state = 'queued' and wake_at > ? and reason like 'held%' order by wake_at, id limit ?"
    away = select(con, Message, f"indexed by messages_due where channel <> 'terminal' and {rest}", (to_text(now), MOST))
    here = select(
        con, Message, f"indexed by messages_for_terminal where channel = 'terminal' and {rest}", (to_text(now), MOST)
    )
    return [*away, *here]


def gaps(con: sqlite3.Connection, since: datetime) -> list[tuple[datetime, int]]:
    """When a tick came after a long gap, and the gap in seconds; the oldest first."""
    rows = con.execute(
        "select began_at, gap_s from tick where id > (select coalesce(max(id), 0) from tick) - ?"
        " and gap_s is not null and began_at >= ? order by id",
        (TAIL, to_text(since)),
    )
    return [(from_text(row[0]), row[1]) for row in rows]


def slots_out_of_time(con: sqlite3.Connection, since: datetime) -> list[Happened]:
    """Slots that were late, missed, skipped for the brief or joined to a newer one, by the end of the journal."""
    rows = con.execute(
        "select distinct row from journal where id > (select coalesce(max(id), 0) from journal) - ?"
        " and tab = 'slot' and at >= ? and (after ->> 'state' in ('late', 'missed', 'coalesced')"
        " or after ->> 'reason' like 'late: kept for%') order by id desc limit ?",
        (TAIL, to_text(since), MOST),
    )
    found = []
    for (row,) in rows.fetchall():
        number, _, at = row.partition("/")
        slot = first(con, Slot, "where schedule_id = ? and at = ?", (int(number), at))
        schedule = first(con, Schedule, "where id = ?", (int(number),))
        if slot is not None and schedule is not None:
            found.append(Happened(slot, schedule))
    return found


def seen(con: sqlite3.Connection) -> dict[str, str]:
    """The marks of what a person acknowledged in a brief, and when."""
    from assistant.jsontext import load

    row = con.execute("select value from meta where name = 'brief/seen'").fetchone()
    return {} if row is None else load(row[0])
