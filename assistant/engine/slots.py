"""Wake the schedules whose slot has come: every due slot gets its row, and the newest may start a job."""

from datetime import datetime, timedelta

from assistant.core.decide import decide
from assistant.core.fates import BRIEF, Due, Fate, fates
from assistant.core.happened import Began, Stopped
from assistant.core.limits import COUNTED
from assistant.core.moves import Move, New, Put, Ref, merged, record
from assistant.core.states import JobState, ScheduleState
from assistant.engine.counts import Counts
from assistant.engine.notice import notice
from assistant.engine.situation import Surroundings, tell_job
from assistant.instants import to_text
from assistant.ports.records import Job, Schedule
from assistant.store import due as store_due
from assistant.store.write import Writing
from assistant.when import rule, say
from assistant.when.values import Conventions

SECOND = timedelta(seconds=1)


def wake_schedule(writing: Writing, around: Surroundings, schedule: Schedule, counts: Counts, jitter: float) -> None:
    """Account for all due slots of one schedule, in the open transaction."""
    now = writing.now
    due = due_slots(schedule, now, around.conventions)
    useless_after = timedelta(seconds=schedule.useless_after) if schedule.useless_after else None
    fate = fates(due, now, schedule.if_late, useless_after, paused=schedule.state == ScheduleState.PAUSED)
    counts.slots += due.count
    counts.late += sum(row.count for row in fate.rows if row.state == "late")
    counts.missed += sum(row.count for row in fate.rows if row.state == "missed")
    moved = _moved(schedule, due.newest, now, around.conventions)
    if fate.ring is None and schedule.rule is not None and COUNTED in schedule.rule:
        # Nothing rang that could be done: the next one is counted from here, or it would never come.
        moved = moved.replace(next_at=rule.after_done(schedule.rule, now, schedule.zone, around.conventions))
    changes: dict[str, object] = {
        "next_at": moved.next_at, "snoozed_to": moved.snoozed_to, "last_slot_at": due.newest,
    }  # fmt: skip
    still_open = store_due.open_jobs(writing.con, schedule.id)
    if fate.ring is None and moved.next_at is None and not still_open:
        changes |= {"state": ScheduleState.ENDED, "ended_at": now, "reason": fate.rows[-1].reason}
    moves: list[Move] = [Put("schedule", schedule.id, changes, "its slots are accounted for")]
    job: Ref | int | None = None
    rows = fate.rows
    if fate.ring is not None and schedule.place is not None:
        from assistant.engine.firing import fire

        fired = fire(writing, around, moved, fate.ring, fate.how, jitter)
        job, skipped = fired.job_id, fired.skipped
        if skipped is not None:
            rows = tuple(_skipped(row, skipped) for row in rows)
        counts.jobs_advanced += skipped is None
    elif fate.ring is not None:
        for open_job in still_open:
            tell_job(writing, around, open_job.id, Stopped(JobState.SUPERSEDED, "a newer slot came"), now, jitter)
        job, began = begin_job(around, moved, fate.ring, fate.late_by, fate.how, now, jitter)
        moves += began
        counts.jobs_advanced += 1
    moves += [move for row in rows for move in _row_moves(writing, schedule, row, job)]
    if any(row.state == "missed" for row in rows):
        moves += _missed_message(around, schedule, due, now)
    writing.apply(moves, item=schedule.id)


def _skipped(row: Fate, why: str) -> Fate:
    """The row of a slot that would have run, and did not."""
    return row.replace(state="skipped", reason=why) if row.state in ("ran", "late") else row


def account_skipped(writing: Writing, around: Surroundings, schedule: Schedule, reason: str) -> None:
    """Give the slots that are due, or else the one to come, their row: a person took them away before they rang."""
    assert schedule.next_at is not None  # noqa: S101 - asked for only where a slot is to come
    due = due_slots(schedule, max(writing.now, schedule.next_at), around.conventions)
    row = Fate(due.first, due.newest, due.count, "skipped", reason)
    writing.apply(_row_moves(writing, schedule, row, None), item=schedule.id)


def due_slots(schedule: Schedule, now: datetime, conventions: Conventions) -> Due:
    """The slots of a schedule up to now: those of its rule since the last recorded one, and those a person placed."""
    first = schedule.next_at
    assert first is not None  # noqa: S101 - only schedules with a next slot wake
    placed = {first}
    if schedule.snoozed_to is not None and schedule.snoozed_to <= now:
        placed.add(schedule.snoozed_to)
    span = _ruled(schedule, first, now, conventions)
    beside = sorted(at for at in placed if span is None or _ruled(schedule, at, at, conventions) is None)
    if span is None:
        return Due(beside[-1], beside[0], beside[-2] if len(beside) > 1 else beside[0], len(beside))
    last_two = [span.last, *beside[-2:]]
    if span.count > 1:
        before = _ruled(schedule, span.first, span.last - SECOND, conventions)
        last_two.append(before.last if before else span.first)
    last_two.sort()
    older = last_two[-2] if len(last_two) > 1 else span.last
    return Due(last_two[-1], min([span.first, *beside]), older, span.count + len(beside))


def _ruled(schedule: Schedule, first: datetime, last: datetime, conventions: Conventions) -> rule.Span | None:
    """The slots of the rule from one instant to another, both included."""
    if schedule.rule is None or COUNTED in schedule.rule:
        return None
    return rule.span(schedule.rule, first - SECOND, last, schedule.zone, conventions)


def _moved(schedule: Schedule, newest: datetime, now: datetime, conventions: Conventions) -> Schedule:
    """The schedule after its slots up to the newest are accounted for; a snooze that is still to come stays."""
    next_at = following(schedule, newest, conventions)
    snoozed = schedule.snoozed_to
    if snoozed is not None and snoozed <= now:
        snoozed = None
    if snoozed is not None:
        next_at = snoozed if next_at is None else min(next_at, snoozed)
    return schedule.replace(next_at=next_at, snoozed_to=snoozed, last_slot_at=newest)


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
        inputs = {**inputs, "channel": "terminal", "severity": "low", "text": f"kept for the brief: {schedule.title}"}
    values = {
        "workflow_id": schedule.workflow_id,
        "schedule_id": schedule.id,
        "slot_at": slot,
        "title": schedule.title,
        "state": JobState.PENDING,
        "key": _key_of(around, schedule, slot),
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


def _key_of(around: Surroundings, schedule: Schedule, slot: datetime) -> str:
    """One job a slot; another one only where a person put the schedule back to that very time."""
    first = key = f"{schedule.id}@{to_text(slot)}"
    number = 1
    while store_due.job_holds_key(around.con, key):
        number += 1
        key = f"{first}/{number}"
    return key


def _row_moves(writing: Writing, schedule: Schedule, row: Fate, job: Ref | int | None) -> list[Move]:
    began = row.state in ("ran", "late") or row.reason == BRIEF
    fate = {"state": row.state, "reason": row.reason, "job_id": job if began else None}
    known = store_due.slot(writing.con, schedule.id, row.at)
    if known is not None:
        # A person put the schedule back to a time that is accounted for already: the row says what came of it now.
        changes = {"last": max(known.last, row.last), "count": max(known.count, row.count), **fate}
        return [Put("slot", (schedule.id, row.at), changes, f"slot {row.state}")]
    last = store_due.last_slot(writing.con, schedule.id)
    if last and row.state == "skipped" and row.reason == "paused" and (last[1], last[2]) == ("skipped", "paused"):
        more = {"last": row.last, "count": last[3] + row.count}
        return [Put("slot", (schedule.id, last[0]), more, "another slot went by paused")]
    values = {
        "schedule_id": schedule.id,
        "at": row.at,
        "last": row.last,
        "count": row.count,
        **fate,
    }
    return [New("slot", Ref(f"slot:{schedule.id}:{to_text(row.at)}"), values, f"slot {row.state}")]


def set_aside(writing: Writing, around: Surroundings, schedule: Schedule, error: Exception) -> None:
    """Let a schedule rest that cannot be woken, and say so: an old or foreign rule, or a fault of ours."""
    assert schedule.next_at is not None  # noqa: S101 - it was due
    reason = f"set aside, it could not be woken: {type(error).__name__}: {error}"
    changes = {"state": ScheduleState.PAUSED, "next_at": None, "snoozed_to": None, "reason": reason}
    moves: list[Move] = [Put("schedule", schedule.id, changes, reason)]
    moves += _row_moves(writing, schedule, Fate(schedule.next_at, schedule.next_at, 1, "missed", reason), None)
    number = schedule.id
    text = f"reminder {number} ({schedule.title}) is {reason} · ask edit {number} --at WHEN, then ask resume {number}"
    if schedule.place is not None:
        text = f"workflow {schedule.title} is {reason} · mend its file, then ask workflow add FILE"
    moves += message_of(around, schedule, f"{to_text(schedule.next_at)}/set-aside", text, "normal", writing.now)
    writing.apply(moves, item=schedule.id)


def _missed_message(around: Surroundings, schedule: Schedule, due: Due, now: datetime) -> list[Move]:
    when = say.moment(due.newest, schedule.zone)
    more = f" (and {due.count - 1} before it)" if due.count > 1 else ""
    useful = say.distance(timedelta(seconds=schedule.useless_after or 0))
    text = f"missed: {schedule.title}, due {when}{more}; it was useful for {useful}"
    return message_of(around, schedule, f"{to_text(due.newest)}/missed", text, "low", now)


def message_of(
    around: Surroundings, schedule: Schedule, about: str, text: str, severity: str, now: datetime
) -> list[Move]:
    """A message of the schedule itself, once for what it is about."""
    key = f"{around.store_id}/{schedule.id}@{about}"
    if store_due.message_holds_key(around.con, key):
        return []
    return [notice(around, key, text, now, severity=severity, schedule=schedule)]
