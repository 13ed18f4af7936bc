"""Say in one sentence what the schedule of a workflow does next, and what came of its last slot. From records alone."""

from datetime import timedelta

from assistant.core.states import ScheduleState
from assistant.core.why import Standpoint, moment
from assistant.ports.records import Job, Schedule, Slot
from assistant.value import Value
from assistant.when import say

IF_LATE = {
    "run": "it starts one job that says how late",
    "skip": "it is skipped",
    "brief": "it goes into the next brief",
    "ask": "it asks first",
}


class TriggerRecords(Value):
    """What the store holds of the schedule of a workflow, as far as its sentence needs it."""

    __slots__ = ("schedule", "last_slot", "jobs")
    schedule: Schedule
    last_slot: Slot | None = None
    jobs: tuple[Job, ...] = ()  # those of it that have not ended


def why_trigger(records: TriggerRecords, here: Standpoint) -> str:
    """Why the schedule of a workflow is as it is, and when it starts a job next."""
    schedule = records.schedule
    name = f"Schedule {schedule.id} ({schedule.title})"
    if schedule.state == ScheduleState.ENDED:
        ended = f" since {say.moment(schedule.ended_at, here.zone)}" if schedule.ended_at else ""
        return f"{name} has ended{ended}: {schedule.reason or 'no slot is left'}; nothing more happens."
    parts = [_next(schedule, here), *_open_jobs(records.jobs)]
    if records.last_slot is not None and (records.last_slot.state != "ran" or not records.jobs):
        parts.append(f"before that, {last_slot(records.last_slot, here)}")
    return f"{name} {'; '.join(part for part in parts if part)}."


def _next(schedule: Schedule, here: Standpoint) -> str:
    if schedule.state == ScheduleState.PAUSED:
        if schedule.next_at is None:
            return f"was {schedule.reason}: mend its file, then ask workflow add FILE"
        by_its_workflow = schedule.reason is not None
        way = f"ask workflow resume {schedule.title}" if by_its_workflow else f"ask resume {schedule.id}"
        reason = f" ({schedule.reason})" if by_its_workflow else ""
        return f"is paused{reason}, its slots go by as skipped until: {way}"
    if schedule.next_at is None:
        return "has no slot left"
    rule = f", {say.rule(schedule.rule, schedule.zone, here.conventions)}" if schedule.rule else ""
    late = IF_LATE[schedule.if_late]
    if schedule.useless_after:
        late += f", up to {say.distance(timedelta(seconds=schedule.useless_after))}"
    if schedule.next_at <= here.now:
        return f"was due {moment(schedule.next_at, here)}{rule}: the next tick starts its job; if late {late}"
    return f"starts a job {moment(schedule.next_at, here)}{rule}; if late {late}"


def _open_jobs(jobs: tuple[Job, ...]) -> list[str]:
    if not jobs:
        return []
    numbers = ", ".join(str(job.number) for job in jobs if job.number is not None)
    more = "s" if len(jobs) > 1 else ""
    return [f"job{more} {numbers} of it {'are' if more else 'is'} open (ask why {jobs[0].number})"]


def last_slot(slot: Slot, here: Standpoint) -> str:
    """What became of a slot; `job_id` holds the number of its job."""
    several = f"{slot.count} slots up to" if slot.count > 1 else "the slot of"
    when = say.moment(slot.last, here.zone)
    job = f" job {slot.job_id}" if slot.job_id is not None else " a job"
    reason = f" ({slot.reason})" if slot.reason else ""
    were = "were" if slot.count > 1 else "was"
    what = {
        "ran": f"started{job}",
        "late": f"started{job} late",
        "skipped": f"{were} skipped",
        "coalesced": f"{were} taken together with a newer one",
        "missed": f"{were} missed",
    }
    return f"{several} {when} {what[slot.state]}{reason}"


def why_slot_of(slot: Slot, schedule: Schedule, here: Standpoint) -> str:
    """What became of one due time of a workflow; `job_id` holds the number of its job."""
    see = f" See: ask why {slot.job_id}." if slot.job_id is not None else ""
    said = last_slot(slot, here)
    return f"Schedule {schedule.id} ({schedule.title}): {said}.{see}"
