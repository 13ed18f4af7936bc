"""What the next tick would do. Reads the store and writes nothing."""

from datetime import timedelta

from assistant.app.session import Session
from assistant.core.fates import fates
from assistant.engine.slots import due_slots
from assistant.store import due

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 1000


def what_is_due(session: Session) -> "list[dict[str, Any]]":
    """One entry for each thing that is due now: item, what, at."""
    con, now = session.reading, session.now
    found: list[dict[str, Any]] = []
    for schedule in due.schedules_due(con, now, MOST):
        slots = due_slots(schedule, now, session.conventions)
        useless = timedelta(seconds=schedule.useless_after) if schedule.useless_after else None
        fate = fates(slots, now, schedule.if_late, useless, paused=schedule.state == "paused")
        what = ", ".join(f"{row.count} {row.state}" for row in fate.rows)
        found.append({"item": schedule.id, "what": f"{schedule.title}: {what}", "at": slots.newest})
    for step in due.steps_to_wake(con, now, MOST):
        job = due.job(con, step.job_id)
        found.append(
            {"item": job.number or job.schedule_id, "what": f"{job.title}: {step.path} wakes", "at": step.wake_at}
        )
    for channel in due.channels_due(con, now):
        message = due.next_message(con, channel, now)
        if message is not None:
            found.append({"item": message.item, "what": f"send by {channel}: {message.text}", "at": message.wake_at})
    return found
