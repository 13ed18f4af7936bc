"""Say in one sentence what a reminder's state is, what happens next and what happens on failure. From records alone."""

from datetime import timedelta

from assistant.core.limits import BOUND, MESSAGE_TRIES, MOST_RINGS, TERMINAL
from assistant.core.states import JobState, MessageState, ScheduleState
from assistant.core.why import Standpoint, moment
from assistant.ports.records import Message, Request, Schedule, Slot, Step
from assistant.value import Value
from assistant.when import say


class ScheduleRecords(Value):
    """What the store holds of one schedule, as far as its sentence needs it."""

    __slots__ = ("schedule", "last_slot", "last_message", "request", "step")
    schedule: Schedule
    last_slot: Slot | None = None
    last_message: Message | None = None
    request: Request | None = None  # the open one
    step: Step | None = None  # of the open occurrence


IF_LATE = {
    "run": "rings once and says so",
    "skip": "is skipped",
    "brief": "goes into the next brief",
    "ask": "asks first",
}


def why_schedule(records: ScheduleRecords, here: Standpoint) -> str:
    """Why a schedule is as it is, when it acts next and what happens if it is late."""
    schedule = records.schedule
    name = f"Reminder {schedule.id}"
    if schedule.state == ScheduleState.ENDED:
        return f"{name} {_ended(records, here)}; nothing more happens."
    parts = []
    if records.request is not None:
        parts.append(_open_question(records, here))
    elif records.last_message is not None and _is_ring_on_its_way(records.last_message):
        parts.append(_on_its_way(records.last_message, here))
    parts.append(_next(schedule, here))
    if len(parts) == 1 and records.last_slot is not None and _is_news(records.last_slot):
        parts.append(f"before that, {_last_slot(records.last_slot, here)}")
    return f"{name} {'; '.join(part for part in parts if part)}."


def _is_ring_on_its_way(message: Message) -> bool:
    """What the engine says beside the rings, such as that a slot was missed, belongs to no job."""
    return message.job_id is not None and message.state in (MessageState.QUEUED, MessageState.SENDING)


def _ended(records: ScheduleRecords, here: Standpoint) -> str:
    schedule, message = records.schedule, records.last_message
    if schedule.reason == JobState.COMPLETED and message is not None and message.sent_at is not None:
        seen = " and was answered" if message.state == MessageState.ACKNOWLEDGED else ""
        return f"rang {say.moment(message.sent_at, here.zone)} by {message.channel}{seen}; it has ended"
    ended = f" since {say.moment(schedule.ended_at, here.zone)}" if schedule.ended_at else ""
    return f"has ended{ended}: {schedule.reason or 'no slot is left'}"


def _next(schedule: Schedule, here: Standpoint) -> str:
    if schedule.state == ScheduleState.PAUSED:
        return f"is paused, its slots go by as skipped until: ask resume {schedule.id}"
    if schedule.next_at is None:
        if schedule.rule:
            return "comes again when this one is done" if "AFTER-DONE" in schedule.rule else "has no slot left"
        return ""
    rule = ""
    if schedule.rule:
        rule = f", {say.rule(schedule.rule, schedule.zone, here.conventions)}"
    late = IF_LATE[schedule.if_late]
    if schedule.useless_after:
        late += f", up to {say.distance(timedelta(seconds=schedule.useless_after))}"
    if BOUND in schedule.inputs:
        rule = _bound(schedule)
    overdue = "was due" if schedule.next_at < here.now else "rings"
    return f"{overdue} {moment(schedule.next_at, here)}{rule}; if late it {late}"


def _bound(schedule: Schedule) -> str:
    """The event of a calendar that it follows, unless a person moved it since."""
    from assistant.core.bound import binding_of

    binding = binding_of(schedule.inputs)
    if binding is None or binding.at != schedule.next_at:
        return ""
    return f", with {binding.words()} (source {binding.source}): it moves when that moves"


def _open_question(records: ScheduleRecords, here: Standpoint) -> str:
    request, step = records.request, records.step
    assert request is not None  # noqa: S101 - asked for only where one is open
    number = records.schedule.id
    if request.kind != "ack" or step is None:
        return f"waits for your answer: ask answer {request.id} yes, or no"
    rang = f"rang {step.rings} time{'s' if step.rings != 1 else ''} and waits for an answer"
    if step.wake_at is None:
        return f"{rang} (ask done {number})"
    if step.rings >= MOST_RINGS and step.rung_at is None:
        return f"{rang}; it gives up {moment(step.wake_at, here)}"
    again = f"it rings again {moment(step.wake_at, here)}"
    if step.rung_at is None:
        return f"{rang} (ask done {number}); {again}, at most {MOST_RINGS} times"
    goes_on = f"its ladder goes on {moment(step.rung_at, here)}"
    return f"{rang} (ask done {number}); " + (goes_on if step.wake_at >= step.rung_at else f"{again}, and {goes_on}")


def _on_its_way(message: Message, here: Standpoint) -> str:
    due = f"was due {say.moment(message.at, here.zone)}"
    if message.channel == TERMINAL:
        before = f" ({message.reason})" if message.reason else ""
        until = f" from {moment(message.wake_at, here)}" if message.wake_at > here.now else ""
        return f"{due}; its message waits to be shown the next time you use ask at a terminal{until}{before}"
    if message.state == MessageState.SENDING:
        return f"{due}; its message is being sent by {message.channel}"
    if message.attempts == 0:
        held = f"{message.reason}, " if message.reason else ""
        return f"{due}; its message waits for {message.channel}: {held}goes out {moment(message.wake_at, here)}"
    then = f"then {message.next_channels[0]}" if message.next_channels else "then the terminal"
    return (
        f"{due}; {message.channel} did not take its message ({message.reason}): attempt {message.attempts + 1} of"
        f" {MESSAGE_TRIES} {moment(message.wake_at, here)}, {then}"
    )


def _is_news(slot: Slot) -> bool:
    """Whether the sentence should say what became of a slot: not where it rang, or where the person put it off."""
    return slot.state != "ran" and not (slot.reason or "").startswith("snoozed")


def _last_slot(slot: Slot, here: Standpoint) -> str:
    reason = f" ({slot.reason})" if slot.reason else ""
    several = f"{slot.count} slots up to " if slot.count > 1 else "the slot of "
    states = {
        "late": "rang late",
        "skipped": "was skipped",
        "coalesced": "was taken together with a newer one",
        "missed": "was missed",
    }
    what = states[slot.state].replace("was", "were") if slot.count > 1 else states[slot.state]
    return f"{several}{say.moment(slot.last, here.zone)} {what}{reason}"


def why_slot(
    slot: Slot, schedule: Schedule, messages: list[Message], here: Standpoint, held: frozenset[int] = frozenset()
) -> str:
    """What became of one due time: also why nothing rang. `held`: the messages that quiet hours kept back."""
    due = f"Reminder {schedule.id} was due {say.moment(slot.last, here.zone)}"
    if slot.state in ("skipped", "missed", "coalesced"):
        reason = f" ({slot.reason})" if slot.reason else ""
        return f"{due}. It was {slot.state}{reason}."
    parts = [_message_fate(message, here, was_held=message.id in held) for message in messages]
    return f"{due}. {' '.join(parts)}" if parts else f"{due}. It {slot.state}, and its message was not made."


def _message_fate(message: Message, here: Standpoint, *, was_held: bool) -> str:
    if message.state in (MessageState.SENT, MessageState.ACKNOWLEDGED) and message.sent_at is not None:
        late = message.sent_at - message.at
        how = f", {say.distance(late)} after its time" if late > timedelta(minutes=2) else ""
        rang = f"it rang {say.moment(message.sent_at, here.zone)} by {message.channel}{how}."
        return f"Quiet hours held it (severity {message.severity}); {rang}" if was_held else f"I{rang[1:]}"
    if message.state == MessageState.DEAD:
        from assistant.core.attention import BUNDLED, TOLD

        reason = message.reason or ""
        if reason.startswith((TOLD, BUNDLED)):
            return f"It {'was ' if reason.startswith(TOLD) else ''}{reason}."
        return f"{message.channel} did not take it: {message.reason}."
    if message.state == MessageState.UNKNOWN:
        return f"{message.channel} may have taken it: {message.reason}."
    held = f": {message.reason}" if message.reason else ""
    if message.channel == TERMINAL:
        until = f" from {moment(message.wake_at, here)}" if message.wake_at > here.now else ""
        return f"Its message waits to be shown the next time you use ask at a terminal{until}{held}."
    return f"Its message waits for {message.channel} until {moment(message.wake_at, here)}{held}."
