"""What jobs share beyond one job: events, services, the standing of workflows, and jobs by workflow. Reads only."""

import sqlite3
from datetime import datetime

from assistant.instants import to_text
from assistant.ports.records import Event, Job, Service, Standing, Step, Workflow
from assistant.store.rows import first, select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


# Events


def event(con: sqlite3.Connection, event_id: int) -> Event | None:
    """An event by its row."""
    return first(con, Event, "where id = ?", (event_id,))


def event_by_key(con: sqlite3.Connection, key: str) -> Event | None:
    """The event that holds a key."""
    return first(con, Event, "where key is not null and key = ?", (key,))


def events_to_route(con: sqlite3.Connection, most: int) -> list[Event]:
    """Events that waits and triggers were not told of yet, the oldest first."""
    return select(con, Event, "indexed by events_to_route where routed = 0 order by id limit ?", (most,))


def newest_event(con: sqlite3.Connection) -> int:
    """The row of the newest event, 0 where there is none."""
    return int(con.execute("select coalesce(max(id), 0) from event").fetchone()[0])


def events_for(con: sqlite3.Connection, job: Job, names: "Iterable[str]") -> tuple[Event, ...]:
    """The events of some names that came after a job was made and that no wait of it took, the oldest first."""
    found: list[Event] = []
    for name in names:
        found += select(
            con,
            Event,
            "indexed by events_by_name where name = ? and id > ? and not exists ("
            "select 1 from event_taken where job_id = ? and event_id = event.id) order by id limit 1000",
            (name, job.event_mark or 0, job.id),
        )
    return tuple(sorted(found, key=lambda event: event.id))


def jobs_awaiting(con: sqlite3.Connection, name: str) -> list[int]:
    """The jobs with a step that waits for an event of that name, the oldest first."""
    rows = con.execute(
        "select distinct job_id from step indexed by steps_awaiting"
        " where state = 'waiting' and awaits is not null and awaits = ? order by job_id",
        (name,),
    )
    return [row[0] for row in rows]


# Jobs


def jobs_to_start(con: sqlite3.Connection, now: datetime, most: int) -> list[Job]:
    """Pending jobs whose time has come and that wait for no other one, the most urgent first."""
    rest = (
        "indexed by jobs_to_start where state = 'pending' and starts_at is not null and paused = 0 and starts_at <= ?"
        " and queued = 0"
    )
    order = "case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end, starts_at, id"
    return select(con, Job, f"{rest} order by {order} limit ?", (to_text(now), most))


def jobs_past_deadline(con: sqlite3.Connection, now: datetime, most: int) -> list[Job]:
    """Open jobs whose deadline has passed and that are not ending yet."""
    rest = "indexed by jobs_past_deadline where ended_at is null and deadline_at is not null and deadline_at <= ?"
    return select(con, Job, f"{rest} and ending is null order by id limit ?", (to_text(now), most))


def open_jobs_of(con: sqlite3.Connection, workflow: str, subject: str | None, most: int = -1) -> list[Job]:
    """The jobs of a workflow and a subject that have not ended, those that wait for another one last."""
    rest = "indexed by jobs_open_of_workflow where ended_at is null and workflow is not null and workflow = ?"
    return select(con, Job, f"{rest} and subject is ? order by queued, id limit ?", (workflow, subject, most))


def children_of(con: sqlite3.Connection, job_id: int) -> list[Job]:
    """The jobs that steps of a job started and that have not ended."""
    rest = "indexed by jobs_of_parent where parent_id in (select id from step where job_id = ?) and ended_at is null"
    return select(con, Job, f"{rest} order by id", (job_id,))


def job_by_key(con: sqlite3.Connection, key: str) -> Job | None:
    """The job that holds a key."""
    return first(con, Job, "where key = ?", (key,))


def failures_since(con: sqlite3.Connection, workflow: str, since: datetime) -> int:
    """How many jobs of a workflow failed since an instant."""
    row = con.execute(
        "select count(*) from job indexed by jobs_ended_of_workflow"
        " where workflow = ? and ended_at is not null and ended_at > ? and state = 'failed'",
        (workflow, to_text(since)),
    )
    return int(row.fetchone()[0])


# Workflows


def newest_version(con: sqlite3.Connection, name: str) -> Workflow | None:
    """The version of a workflow that new jobs get; None where there is none, or it was removed."""
    return first(con, Workflow, "where name = ? and state <> 'removed' order by version desc", (name,))


def active_workflows(con: sqlite3.Connection) -> list[Workflow]:
    """The newest version of each workflow that is active."""
    newest = "select max(version) from workflow as w where w.name = workflow.name and w.state <> 'removed'"
    rest = f"where state = 'active' and version = ({newest})"
    return select(con, Workflow, f"{rest} order by name")


def standing(con: sqlite3.Connection, workflow: str) -> Standing | None:
    """How far a workflow is trusted to act, where that is less than wholly."""
    return first(con, Standing, "where workflow = ?", (workflow,))


# Services


def service(con: sqlite3.Connection, name: str) -> Service | None:
    """What is known of a service."""
    return first(con, Service, "where name = ?", (name,))


def services_to_try(con: sqlite3.Connection, now: datetime) -> list[Service]:
    """Services that are down and may be back."""
    rest = "indexed by services_to_try where wake_at is not null and wake_at <= ? order by wake_at"
    return select(con, Service, rest, (to_text(now),))


def steps_held(con: sqlite3.Connection, name: str, most: int) -> list[Step]:
    """The steps that wait for a service, in the order in which they will begin."""
    rest = "indexed by steps_held where service = ? and state = 'waiting' and held in ('limit', 'down')"
    return select(con, Step, f"{rest} order by rank, id limit ?", (name, most))


def running_of(con: sqlite3.Connection, name: str) -> int:
    """How many steps of a service are under way."""
    rows = con.execute(
        "select count(*) from step indexed by steps_to_begin where state = 'running' and service = ?", (name,)
    )
    return int(rows.fetchone()[0])
