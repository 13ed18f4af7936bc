"""Say in one sentence what an item's state is, what happens next and what happens on failure. From records alone."""

from datetime import datetime, timedelta

from assistant.core.ladder import MOST_RINGS
from assistant.core.outbox import TERMINAL, TRIES
from assistant.core.states import JobState, MessageState, RequestState, ScheduleState, StepState, TaskState
from assistant.ports.records import Job, Message, Request, Schedule, Slot, Step, Task
from assistant.value import Value
from assistant.when import say
from assistant.when.values import Conventions


class Standpoint(Value):
    """From where and when it is said."""

    __slots__ = ("now", "zone", "conventions")
    now: datetime
    zone: str
    conventions: Conventions


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


def moment(at: datetime, here: Standpoint) -> str:
    """An instant and how far it is: `Tue 24 Nov 2026 09:00 (in 16 h)`."""
    return f"{say.moment(at, here.zone)} ({say.from_now(at - here.now)})"


def why_task(task: Task, here: Standpoint) -> str:
    """Why a task is as it is."""
    name = f"Task {task.id}"
    if task.state in (TaskState.DONE, TaskState.DROPPED):
        ended = f" since {say.moment(task.ended_at, here.zone)}" if task.ended_at else ""
        return f"{name} is {task.state}{ended}; nothing more happens."
    due = "no due date"
    if task.due_at is not None:
        due = f"{'overdue since' if task.due_at < here.now else 'due'} {moment(task.due_at, here)}"
    return f"{name} is {task.state}, {due}; nothing happens by itself, it waits for you: ask done {task.id}."


def why_schedule(records: ScheduleRecords, here: Standpoint) -> str:
    """Why a schedule is as it is, when it acts next and what happens if it is late."""
    schedule = records.schedule
    name = f"Reminder {schedule.id}"
    if schedule.state == ScheduleState.ENDED:
        ended = f" since {say.moment(schedule.ended_at, here.zone)}" if schedule.ended_at else ""
        return f"{name} has ended{ended}: {schedule.reason or 'no slot is left'}; nothing more happens."
    parts = []
    if records.request is not None:
        parts.append(_open_question(records, here))
    elif records.last_message is not None and records.last_message.state in (
        MessageState.QUEUED,
        MessageState.SENDING,
    ):
        parts.append(_on_its_way(records.last_message, here))
    elif records.last_slot is not None and records.last_slot.state != "ran":
        parts.append(_last_slot(records.last_slot, here))
    parts.append(_next(schedule, here))
    return f"{name} {'; '.join(part for part in parts if part)}."


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
    overdue = "was due" if schedule.next_at < here.now else "rings"
    return f"{overdue} {moment(schedule.next_at, here)}{rule}; if late it {late}"


def _open_question(records: ScheduleRecords, here: Standpoint) -> str:
    request, step = records.request, records.step
    assert request is not None  # noqa: S101 - asked for only where one is open
    number = records.schedule.id
    if request.kind != "ack" or step is None:
        return f"waits for your answer: ask answer {request.id} yes, or no"
    rang = f"rang {step.rings} time{'s' if step.rings != 1 else ''} and waits for an answer"
    if step.wake_at is None:
        return f"{rang} (ask done {number})"
    if step.rings >= MOST_RINGS:
        return f"{rang}; it gives up {moment(step.wake_at, here)}"
    return f"{rang} (ask done {number}); it rings again {moment(step.wake_at, here)}, at most {MOST_RINGS} times"


def _on_its_way(message: Message, here: Standpoint) -> str:
    due = f"was due {say.moment(message.at, here.zone)}"
    if message.channel == TERMINAL:
        before = f" ({message.reason})" if message.reason else ""
        return f"{due}; its message waits to be shown the next time you use ask at a terminal{before}"
    if message.state == MessageState.SENDING:
        return f"{due}; its message is being sent by {message.channel}"
    if message.attempts == 0:
        held = f"{message.reason}, " if message.reason else ""
        return f"{due}; its message waits for {message.channel}: {held}goes out {moment(message.wake_at, here)}"
    then = f"then {message.next_channels[0]}" if message.next_channels else "then the terminal"
    return (
        f"{due}; {message.channel} did not take its message ({message.reason}): attempt {message.attempts + 1} of"
        f" {TRIES.attempts} {moment(message.wake_at, here)}, {then}"
    )


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


def why_job(job: Job, name: str, steps: list[Step], request: Request | None, here: Standpoint) -> str:
    """Why a job is as it is."""
    called = f"Job {job.number} ({name})" if job.number else f"The job of {name}"
    if job.ended_at is not None:
        reason = f": {job.reason}" if job.reason else ""
        return f"{called} is {job.state} since {say.moment(job.ended_at, here.zone)}{reason}; nothing more happens."
    if job.paused:
        return f"{called} is paused: ask resume {job.number}."
    if request is not None and job.state == JobState.AWAITING_INPUT:
        return f"{called} waits for you: {request.title} (ask show {request.id})."
    step = next((step for step in steps if step.state not in (StepState.COMPLETED, StepState.SKIPPED)), None)
    if step is None:
        return f"{called} is {job.state}; the next tick goes on with it."
    if step.state == StepState.WAITING and step.wake_at is not None and step.error:
        return (
            f"{called} waits to try {step.path!r} again {moment(step.wake_at, here)}"
            f" (attempt {step.attempts + 1}): {step.error}."
        )
    if step.state == StepState.WAITING and step.wake_at is not None:
        return f"{called} waits in {step.path!r} until {moment(step.wake_at, here)}."
    if step.state == StepState.RUNNING:
        return f"{called} runs {step.path!r}, attempt {step.attempts}."
    return f"{called} is at {step.path!r} ({step.state}); the next tick goes on with it."


def why_request(request: Request, here: Standpoint) -> str:
    """Why a request is as it is."""
    name = f"Request {request.id} ({request.kind})"
    if request.state != RequestState.OPEN:
        ended = f" since {say.moment(request.ended_at, here.zone)}" if request.ended_at else ""
        answer = f" ({request.answer})" if request.answer else ""
        return f"{name} is {request.state}{answer}{ended}; nothing more happens."
    expires = ""
    if request.expires_at is not None:
        expires = f"; without an answer by {moment(request.expires_at, here)}: {request.on_expiry}"
    because = f", because {request.because}" if request.because else ""
    return f"{name} waits for you: {request.title}{because}{expires}."


def why_slot(slot: Slot, schedule: Schedule, messages: list[Message], here: Standpoint) -> str:
    """What became of one due time: also why nothing rang."""
    due = f"Reminder {schedule.id} was due {say.moment(slot.last, here.zone)}"
    if slot.state in ("skipped", "missed", "coalesced"):
        reason = f" ({slot.reason})" if slot.reason else ""
        return f"{due}. It was {slot.state}{reason}."
    parts = [_message_fate(message, here) for message in messages]
    return f"{due}. {' '.join(parts)}" if parts else f"{due}. It {slot.state}, and its message was not made."


def _message_fate(message: Message, here: Standpoint) -> str:
    if message.state in (MessageState.SENT, MessageState.ACKNOWLEDGED) and message.sent_at is not None:
        late = message.sent_at - message.at
        how = f', {say.distance(late)} after its time' if late > timedelta(minutes=2) else ""
        return f"It rang {say.moment(message.sent_at, here.zone)} by {message.channel}{how}."
    if message.state == MessageState.DEAD:
        return f"{message.channel} did not take it: {message.reason}."
    if message.state == MessageState.UNKNOWN:
        return f"{message.channel} may have taken it: {message.reason}."
    held = f" ({message.reason})" if message.reason else ""
    if message.channel == TERMINAL:
        return f"Its message waits to be shown the next time you use ask at a terminal{held}."
    return f"Its message waits for {message.channel} until {moment(message.wake_at, here)}{held}."
