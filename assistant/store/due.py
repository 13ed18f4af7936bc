"""What is due, and what a decision must know. Questions of the tick only; changes nothing."""

import sqlite3
from datetime import datetime

from assistant.instants import to_text
from assistant.ports.records import Job, Message, Request, Schedule, Slot, Step, Workflow
from assistant.store.rows import first, read, select
from assistant.value import Value


def schedules_due(con: sqlite3.Connection, now: datetime, most: int) -> list[Schedule]:
    """Schedules whose next slot has come, the most urgent first."""
    return select(
        con,
        Schedule,
        "indexed by schedules_due where next_at is not null and state <> 'ended' and next_at <= ?"
        " order by case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end, next_at, id"
        " limit ?",
        (to_text(now), most),
    )


def is_schedule_due(con: sqlite3.Connection, now: datetime) -> bool:
    """Whether the slot of any schedule has come: one look at the index, however many are due."""
    found = con.execute(
        "select exists (select 1 from schedule indexed by schedules_due"
        " where next_at is not null and state <> 'ended' and next_at <= ?)",
        (to_text(now),),
    )
    return bool(found.fetchone()[0])


def steps_to_wake(con: sqlite3.Connection, now: datetime, most: int) -> list[Step]:
    """Waiting steps whose time has come."""
    rest = "where state = 'waiting' and wake_at is not null and wake_at <= ? order by rank, wake_at, id limit ?"
    return select(con, Step, rest, (to_text(now), most))


_ANY_TO_WAKE = """
select exists (select 1 from step indexed by steps_to_wake
    where state = 'waiting' and wake_at is not null and wake_at <= :now)
  or exists (select 1 from event indexed by events_to_route where routed = 0)
  or exists (select 1 from job indexed by jobs_to_start
    where state = 'pending' and starts_at is not null and paused = 0 and starts_at <= :now
      and queued = 0)
  or exists (select 1 from job indexed by jobs_past_deadline
    where ended_at is null and deadline_at is not null and deadline_at <= :now and ending is null)
  or exists (select 1 from request indexed by requests_to_expire
    where state = 'open' and expires_at is not null and expires_at <= :now)
  or exists (select 1 from service indexed by services_to_try where wake_at is not null and wake_at <= :now)
"""


def is_any_to_wake(con: sqlite3.Connection, now: datetime) -> bool:
    """Whether the time of anything but a schedule has come: one look at each index."""
    return bool(con.execute(_ANY_TO_WAKE, {"now": to_text(now)}).fetchone()[0])


def is_ending(con: sqlite3.Connection, job_id: int) -> bool:
    """Whether a job is to end, so that what it has under way is to be stopped."""
    return con.execute("select 1 from job where id = ? and ending is not null", (job_id,)).fetchone() is not None


def requests_to_expire(con: sqlite3.Connection, now: datetime, most: int) -> list[Request]:
    """Open requests that nobody answered in time."""
    rest = "where state = 'open' and expires_at is not null and expires_at <= ? order by expires_at limit ?"
    return select(con, Request, rest, (to_text(now), most))


def next_step(con: sqlite3.Connection) -> Step | None:
    """The most urgent step that may begin."""
    return first(
        con,
        Step,
        "indexed by steps_to_begin where state = 'ready' order by rank, wake_at, id",
    )


def next_message(con: sqlite3.Connection, channel: str, now: datetime) -> Message | None:
    """The most urgent message that may go out on a channel."""
    rest = "indexed by messages_to_send where state = 'queued' and channel <> 'terminal' and channel = ?"
    return first(con, Message, f"{rest} and wake_at <= ? order by rank, wake_at, id", (channel, to_text(now)))


def channels_due(con: sqlite3.Connection, now: datetime) -> list[str]:
    """The channels that have a message to send."""
    found = con.execute(
        "select distinct channel from message indexed by messages_due"
        " where state = 'queued' and channel <> 'terminal' and wake_at <= ? order by channel",
        (to_text(now),),
    )
    return [row[0] for row in found]


def leased_steps(con: sqlite3.Connection) -> list[Step]:
    """Steps that a worker holds, or held when it died."""
    return select(con, Step, "indexed by steps_to_begin where state = 'running' order by id")


def leased_messages(con: sqlite3.Connection) -> list[Message]:
    """Messages that a worker holds, or held when it died."""
    return select(con, Message, "indexed by messages_leased where lease is not null order by id")


def job(con: sqlite3.Connection, job_id: int) -> Job:
    """A job by its row."""
    found = first(con, Job, "where id = ?", (job_id,))
    assert found is not None  # noqa: S101 - rows that name a job hold a foreign key on it
    return found


class Picture(Value):
    """A job and the steps that it has reached, and whether it has open requests or messages that are not dead."""

    __slots__ = ("job", "steps", "asks", "sends")
    job: Job
    steps: tuple[Step, ...]
    asks: bool
    sends: bool


_PICTURE = f"""select {", ".join(Job._fields)},
  exists (select 1 from request indexed by requests_of_job
    where job_id is not null and job_id = job.id and state = 'open'),
  exists (select 1 from message indexed by messages_of_job
    where job_id is not null and job_id = job.id and state <> 'dead'),
  exists (select 1 from step where step.job_id = job.id and step.id <> ?)
  from job where id = ?"""


def picture(con: sqlite3.Connection, job_id: int, step: Step | None = None) -> Picture:
    """A job by its row, with what else must be known of it. `step`: one that was read already in this transaction."""
    found = con.execute(_PICTURE, (step.id if step is not None else 0, job_id)).fetchone()
    *row, asks, sends, more = found
    steps = (step,) if step is not None and not more else steps_of(con, job_id)
    return Picture(read(Job, row), steps, bool(asks), bool(sends))


def steps_of(con: sqlite3.Connection, job_id: int) -> tuple[Step, ...]:
    """The steps that a job has reached."""
    return tuple(select(con, Step, "where job_id = ? order by id", (job_id,)))


def open_requests(con: sqlite3.Connection, job_id: int) -> tuple[Request, ...]:
    """What a job still asks."""
    rest = "indexed by requests_of_job where job_id is not null and job_id = ? and state = 'open' order by id"
    return tuple(select(con, Request, rest, (job_id,)))


def live_messages(con: sqlite3.Connection, job_id: int) -> tuple[Message, ...]:
    """The messages of a job that are not dead."""
    rest = "indexed by messages_of_job where job_id is not null and job_id = ? and state <> 'dead' order by id"
    return tuple(select(con, Message, rest, (job_id,)))


def unsent_rings(con: sqlite3.Connection, schedule_id: int) -> list[Message]:
    """The messages of the jobs of a schedule that have not gone out."""
    rest = "indexed by messages_of_schedule where schedule_id is not null and schedule_id = ? and state = 'queued'"
    return select(con, Message, f"{rest} and job_id is not null order by id", (schedule_id,))


def open_jobs(con: sqlite3.Connection, schedule_id: int) -> list[Job]:
    """The jobs of a schedule that have not ended."""
    rest = "indexed by jobs_open_of_schedule where ended_at is null and schedule_id is not null and schedule_id = ?"
    return select(con, Job, f"{rest} order by id", (schedule_id,))


def schedule(con: sqlite3.Connection, schedule_id: int) -> Schedule | None:
    """A schedule by its number."""
    return first(con, Schedule, "where id = ?", (schedule_id,))


def request(con: sqlite3.Connection, number: int) -> Request | None:
    """A request by its number."""
    return first(con, Request, "where id = ?", (number,))


def step(con: sqlite3.Connection, step_id: int) -> Step | None:
    """A step by its row; a store that was restored meanwhile may not have it."""
    return first(con, Step, "where id = ?", (step_id,))


def message(con: sqlite3.Connection, message_id: int) -> Message | None:
    """A message by its row; a store that was restored meanwhile may not have it."""
    return first(con, Message, "where id = ?", (message_id,))


def workflow(con: sqlite3.Connection, workflow_id: int) -> Workflow:
    """A workflow version by its row."""
    found = first(con, Workflow, "where id = ?", (workflow_id,))
    assert found is not None  # noqa: S101 - versions are never deleted
    return found


def slot(con: sqlite3.Connection, schedule_id: int, at: datetime) -> Slot | None:
    """The slot row that begins at an instant."""
    return first(con, Slot, "where schedule_id = ? and at = ?", (schedule_id, to_text(at)))


def job_holds_key(con: sqlite3.Connection, key: str) -> bool:
    """Whether a job has this key, now or ever."""
    return con.execute("select 1 from job where key = ?", (key,)).fetchone() is not None


def message_holds_key(con: sqlite3.Connection, key: str) -> bool:
    """Whether a message has this key, on any channel."""
    return con.execute("select 1 from message where key = ? limit 1", (key,)).fetchone() is not None


def last_slot(con: sqlite3.Connection, schedule_id: int) -> tuple[str, str, str | None, int] | None:
    """The latest slot row of a schedule: at, state, reason, count."""
    row = con.execute(
        "select at, state, reason, count from slot where schedule_id = ? order by at desc limit 1", (schedule_id,)
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2], row[3])


def store_id(con: sqlite3.Connection) -> str:
    """The name by which keys of this store differ from those of every other."""
    return str(con.execute("select value from meta where name = 'store_id'").fetchone()[0])


def terminal_messages(con: sqlite3.Connection, now: datetime) -> list[Message]:
    """Messages that wait to be shown at the terminal."""
    rest = "indexed by messages_for_terminal where state = 'queued' and channel = 'terminal' and wake_at <= ?"
    found = con.execute(
        f"select {', '.join(Message._fields)} from message {rest} order by at, id",
        (to_text(now),),
    )
    return [read(Message, row) for row in found]
