"""A message of the engine's own, that no step says: the one place where it is put together. Decides nothing."""

from datetime import datetime

from assistant.core.moves import New, Ref
from assistant.core.plan import chain_of
from assistant.core.quiet import HELD, held_until
from assistant.core.states import MessageState
from assistant.engine.situation import Surroundings, item_of
from assistant.ports.records import Job, Schedule
from assistant.store import due
from assistant.store.write import Writing


def notice(
    around: Surroundings,
    key: str,
    text: str,
    now: datetime,
    *,
    severity: str = "normal",
    job: Job | None = None,
    schedule: Schedule | None = None,
    wake_at: datetime | None = None,
    reason: str | None = None,
) -> New:
    """The move that queues a message under a key: to the channel of its schedule, else to the usual ones.

    `job` and `schedule` say what it is about. It goes out at `wake_at`, kept for a `reason`, or once quiet hours allow.
    """
    chain = chain_of(schedule.inputs.get("channel") if schedule is not None else None, around.channels)
    planned = wake_at or now
    heard = held_until(around.quiet, severity, planned, chain[0])
    number = item_of(job) if job is not None else schedule.id if schedule is not None else None
    values = {
        "key": key,
        "channel": chain[0],
        "next_channels": list(chain[1:]),
        "item": number,
        "job_id": job.id if job is not None else None,
        "schedule_id": schedule.id if schedule is not None else None,
        "text": text,
        "severity": severity,
        "rank": 3 if severity == "low" else 2,
        "state": MessageState.QUEUED,
        "at": now,
        "wake_at": heard,
        "reason": HELD if heard > planned else reason,
    }
    return New("message", Ref(f"message:{key}"), values, "message queued")


def say_once(
    writing: Writing, around: Surroundings, key: str, text: str, *, severity: str = "normal", job: Job | None = None
) -> None:
    """Queue a message in the open transaction, unless its key was used before."""
    if not due.message_holds_key(writing.con, key):
        made = notice(around, key, text, writing.now, severity=severity, job=job)
        writing.apply([made], item=item_of(job) if job is not None else None)
