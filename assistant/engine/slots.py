"""Wake the schedules whose slot has come: every due slot gets its row, and the newest may start a job."""

from datetime import datetime, timedelta

from assistant.core.decide import decide
from assistant.core.fates import Due, Fate, fates
from assistant.core.happened import Began, Stopped
from assistant.core.limits import COUNTED
from assistant.core.moves import Move, New, Put, Ref, merged, record
from assistant.core.states import JobState, ScheduleState
from assistant.engine.counts import Counts
from assistant.engine.situation import Surroundings, tell_job
from assistant.instants import to_text
from assistant.ports.records import Job, Schedule
from assistant.store import due as store_due
from assistant.store.write import Writing
from assistant.when import rule, say
from assistant.when.values import Conventions


def wake_schedule(writing: Writing, around: Surroundings, schedule: Schedule, counts: Counts, jitter: float) -> None:
    """Account for all due slots of one schedule, in the open transaction."""
    now = writing.now
    due = due_slots(schedule, now, around.conventions)
    useless_after = timedelta(seconds=schedule.useless_after) if schedule.useless_after else None
    fate = fates(due, now, schedule.if_late, useless_after, paused=schedule.state == ScheduleState.PAUSED)
    counts.slots += due.count
    counts.late += sum(row.count for row in fate.rows if row.state == "late")
    counts.missed += sum(row.count for row in fate.rows if row.state == "missed")
    moved = schedule.replace(
        next_at=following(schedule, due.newest, around.conventions), snoozed_to=None, last_slot_at=due.newest
    )
    changes: dict[str, object] = {"next_at": moved.next_at, "snoozed_to": None, "last_slot_at": due.newest}
    if fate.ring is None and moved.next_at is None and schedule.state != ScheduleState.ENDED:
        changes |= {"state": ScheduleState.ENDED, "ended_at": now, "reason": fate.rows[-1].reason}
    moves: list[Move] = [Put("schedule", schedule.id, changes, "its slots are accounted for")]
    job: Ref | None = None
    if fate.ring is not None:
        for open_job in store_due.open_jobs(writing.con, schedule.id):
            tell_job(writing, around, open_job.id, Stopped(JobState.SUPERSEDED, "a newer slot came"), now, jitter)
        job, began = begin_job(around, moved, fate.ring, fate.late_by, fate.how, now, jitter)
        moves += began
        counts.jobs_advanced += 1
    moves += [move for row in fate.rows for move in _row_moves(writing, schedule, row, job)]
    if any(row.state == "missed" for row in fate.rows):
        moves.append(_missed_message(around, schedule, due, now))
    writing.apply(moves, item=schedule.id)


def due_slots(schedule: Schedule, now: datetime, conventions: Conventions) -> Due:
    """The slots of a schedule up to now, derived from its rule and the last recorded slot."""
    first = schedule.next_at
    assert first is not None  # noqa: S101 - only schedules with a next slot wake
    zone = schedule.zone
    snoozed = schedule.snoozed_to
    if schedule.rule is None or COUNTED in schedule.rule:
        return Due(first, first, first, 1)
    span = rule.span(schedule.rule, first - timedelta(seconds=1), now, zone, conventions)
    if span is None:
        return Due(first, first, first, 1)
    if snoozed is not None and snoozed <= now:
        return _with_snoozed(schedule, span.first, span.last, span.count, snoozed, now, conventions)
    return Due(span.last, span.first, _one_before(schedule, span, conventions), span.count)


def _one_before(schedule: Schedule, span: rule.Span, conventions: Conventions) -> datetime:
    if span.count == 1 or schedule.rule is None:
        return span.last
    before = span.last - timedelta(seconds=1)
    older = rule.span(schedule.rule, span.first - timedelta(seconds=1), before, schedule.zone, conventions)
    return older.last if older else span.last


def _with_snoozed(
    schedule: Schedule,
    first: datetime,
    last: datetime,
    count: int,
    snoozed: datetime,
    now: datetime,
    conventions: Conventions,
) -> Due:
    """A snooze put one more slot among those of the rule."""
    if snoozed in (first, last):
        return Due(last, first, _one_before(schedule, rule.Span(first, last, count), conventions), count)
    if snoozed > last:
        return Due(snoozed, first, last, count + 1)
    before = _one_before(schedule, rule.Span(first, last, count), conventions) if count > 1 else snoozed
    return Due(last, min(first, snoozed), max(before, snoozed), count + 1)


def following(schedule: Schedule, after: datetime, conventions: Conventions) -> datetime | None:
    """The next slot after one that is accounted for."""
    if schedule.rule is None or COUNTED in schedule.rule:
        return None
    return rule.next_after(schedule.rule, after, schedule.zone, conventions)


def begin_job(
    around: Surroundings,
    schedule: Schedule,
    slot: datetime,
    late_by: timedelta | None,
    how: str,
    now: datetime,
    jitter: float,
) -> tuple[Ref, list[Move]]:
    """Make the job of a slot and decide its beginning."""
    ref = Ref(f"job:{schedule.id}:{to_text(slot)}")
    inputs = schedule.inputs
    if how == "brief":
        inputs = {**inputs, "channel": "terminal", "severity": "low", "text": f"kept for the brief: {inputs['text']}"}
    values = {
        "workflow_id": schedule.workflow_id,
        "schedule_id": schedule.id,
        "slot_at": slot,
        "title": schedule.title,
        "state": JobState.PENDING,
        "key": f"{schedule.id}@{to_text(slot)}",
        "inputs": inputs,
        "priority": schedule.priority,
        "created_at": now,
    }
    job: Job = record(Job, {**values, "id": ref, "paused": 0, "rev": 1})
    late = late_by if how != "brief" else None
    began = Began(late if late and late > timedelta(seconds=120) else None, ask_first=how == "ask")
    spec = around.spec(schedule.workflow_id)
    made: list[Move] = [New("job", ref, values, "job made for a slot")]
    return ref, merged(made + decide(spec, job, (), around.facts(schedule, now), began, now, jitter))


def _row_moves(writing: Writing, schedule: Schedule, row: Fate, job: Ref | None) -> list[Move]:
    last = store_due.last_slot(writing.con, schedule.id)
    if last and row.state == "skipped" and row.reason == "paused" and (last[1], last[2]) == ("skipped", "paused"):
        changes = {"last": row.last, "count": last[3] + row.count}
        return [Put("slot", (schedule.id, last[0]), changes, "another slot went by paused")]
    values = {
        "schedule_id": schedule.id,
        "at": row.at,
        "last": row.last,
        "count": row.count,
        "state": row.state,
        "reason": row.reason,
        "job_id": job if row.state in ("ran", "late") or row.reason == "late: kept for the next brief" else None,
    }
    return [New("slot", Ref(f"slot:{schedule.id}:{to_text(row.at)}"), values, f"slot {row.state}")]


def _missed_message(around: Surroundings, schedule: Schedule, due: Due, now: datetime) -> New:
    when = say.moment(due.newest, schedule.zone)
    more = f" (and {due.count - 1} before it)" if due.count > 1 else ""
    useful = say.distance(timedelta(seconds=schedule.useless_after or 0))
    key = f"{around.store_id}/{schedule.id}@{to_text(due.newest)}/missed"
    values = {
        "key": key,
        "channel": around.channels[0],
        "next_channels": list(around.channels[1:]),
        "item": schedule.id,
        "schedule_id": schedule.id,
        "text": f"missed: {schedule.title}, due {when}{more}; it was useful for {useful}",
        "severity": "low",
        "rank": 3,
        "state": "queued",
        "at": now,
        "wake_at": now,
    }
    return New("message", Ref(f"message:{key}"), values, "message queued")
