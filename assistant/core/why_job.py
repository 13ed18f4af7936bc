"""Say in one sentence why a job or a request is as it is, and what happens next. From records alone."""

from datetime import UTC, datetime

from assistant.core.spec import Spec, StepSpec, role_of
from assistant.core.states import ENDED_STEP, JobState, RequestState, StepState
from assistant.core.why import Standpoint, moment
from assistant.ports.records import Job, Message, Request, Service, Step
from assistant.value import Value
from assistant.when import say
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# What a fallback does, as the person reads it.
INSTEAD = {
    "mail_draft": "it keeps a draft",
    "task": "it makes a task for you",
    "notify": "it tells you",
    "ask": "it asks you",
    "text": "it goes on with a text of its file",
    "set": "it goes on with values of its file",
    "model": "it asks a model",
    "run": "it runs another program",
    "http": "it sends another request",
    "mail": "it sends a mail",
    "file": "it writes a file",
    "emit": "it says so to others",
    "wait": "it waits",
    "workflow": "it starts another workflow",
    "calendar": "it uses the calendar",
}


class Child(Value):
    """An open job that a step waits for, by the step's row."""

    __slots__ = ("step_id", "number", "workflow")
    step_id: int
    number: int | None
    workflow: str


class JobRecords(Value):
    """What the store holds of one job, as far as its sentence needs it. `spec` is None for one that has ended."""

    __slots__ = ("job", "name", "spec", "steps", "requests", "services", "children", "ahead", "held")
    job: Job
    name: str
    spec: Spec | None = None
    steps: tuple[Step, ...] = ()
    requests: tuple[Request, ...] = ()  # the open ones
    services: "dict[str, Service]" = {}
    children: tuple[Child, ...] = ()
    ahead: int | None = None  # the number of the job that a queued one waits for
    held: Message | None = None  # what it said and what is kept back, the next to go out


def why_job(records: JobRecords, here: Standpoint) -> str:
    """Why a job is as it is, when it acts next, and what follows if that fails."""
    job = records.job
    called = f"Job {job.number} ({records.name})" if job.number else f"The job of {records.name}"
    if job.ended_at is not None:
        reason = f": {job.reason}" if job.reason and job.reason != job.state else ""
        more = f"again: ask retry {job.number}" if job.state == JobState.FAILED else "nothing more happens"
        more += _held_back(records, here)
        return f"{called} is {job.state} since {say.moment(job.ended_at, here.zone)}{reason}; {more}."
    said = _open(records, here)
    if job.deadline_at is not None and job.ending is None:
        said += f"; if it is not done by {moment(job.deadline_at, here)}, it fails and you are told"
    return f"{called} {said}{_held_back(records, here)}."


def _held_back(records: JobRecords, here: Standpoint) -> str:
    """What keeps a message of the job back, and until when."""
    message = records.held
    if message is None:
        return ""
    return f"; its message for {message.channel} is {message.reason}, and goes out {moment(message.wake_at, here)}"


def _open(records: JobRecords, here: Standpoint) -> str:
    job = records.job
    if job.ending is not None:
        return _stopping(records, here)
    if job.paused:
        under_way = [step.path for step in records.steps if step.state == StepState.RUNNING]
        runs = f"; {under_way[0]!r} had begun and runs to its end" if under_way else ""
        return f"is paused, and nothing of it begins until: ask resume {job.number}{runs}"
    if job.state == JobState.PENDING:
        return _pending(records, here)
    asked = [request for request in records.requests if request.kind != "ack"]
    if asked and job.state == JobState.AWAITING_INPUT:
        return asking(asked[0], here)
    step = _acting(records.steps)
    if step is None:
        return f"is {job.state}; the next tick goes on with it"
    return _at(records, step, here)


def _stopping(records: JobRecords, here: Standpoint) -> str:
    job = records.job
    reason = f": {job.reason}" if job.reason else ""
    becomes = f"is stopping, and will be {job.ending}{reason}"
    unknown = next((request for request in records.requests if request.kind == "unknown"), None)
    if unknown is not None:
        return f"{becomes}; first it {asking(unknown, here)}"
    step = _acting(records.steps)
    if step is None:
        return f"{becomes}; the next tick ends it"
    if role_of(step.path) == "undo":
        return f"{becomes}; it is undoing {step.path.rpartition('/')[0]!r}{_tries(records, step, here)}"
    if step.state == StepState.RUNNING:
        return f"{becomes}; {step.path!r} is told to stop, and what it did is settled first"
    return f"{becomes}; first {step.path!r} is settled ({step.state})"


def _tries(records: JobRecords, step: Step, here: Standpoint) -> str:
    if step.state != StepState.WAITING or step.wake_at is None:
        return ""
    return f", tried again {moment(step.wake_at, here)}: {step.error}"


def _pending(records: JobRecords, here: Standpoint) -> str:
    job = records.job
    if job.queued:
        before = f"job {records.ahead}" if records.ahead is not None else "an older job"
        return f"waits in the queue until {before} of {records.name} has ended"
    if job.starts_at is not None and job.starts_at > here.now:
        return f"begins {moment(job.starts_at, here)}"
    step = _acting(records.steps)
    if step is not None and step.held is not None:
        return _at(records, step, here)
    first = records.spec.steps[0].id if records.spec is not None else "its first step"
    return f"has not begun; the next tick begins it with {first!r}"


def _acting(steps: "tuple[Step, ...]") -> Step | None:
    """The step at which the job is: of those that have not ended, the one that the others wait for."""
    busy = [step for step in steps if step.state not in ENDED_STEP and step.state != StepState.PENDING]
    leaves = [step for step in busy if not any(other.path.startswith(f"{step.path}/") for other in busy)]
    order = {StepState.RUNNING: 0, StepState.UNKNOWN: 1, StepState.READY: 2, StepState.WAITING: 3}
    return min(
        leaves, key=lambda step: (order.get(StepState(step.state), 4), step.wake_at or _FAR, step.id), default=None
    )


_FAR = datetime.max.replace(tzinfo=UTC)


def _at(records: JobRecords, step: Step, here: Standpoint) -> str:
    """What a job does at the step where it is."""
    spec = _spec_of(records, step.path)
    said = _of_state(records, step, spec, here)
    items = _items(records, step)
    return f"{said}{items}"


def _of_state(records: JobRecords, step: Step, spec: StepSpec | None, here: Standpoint) -> str:
    name = f'"{step.path}"'
    if step.state == StepState.RUNNING:
        many = f", attempt {_attempt(step)} of {spec.retry.attempts}" if spec is not None and step.attempts else ""
        return f"runs {name} now{many}"
    if step.state == StepState.UNKNOWN:
        return f"does not know whether {name} happened ({step.error}); it is looked up first"
    if step.state == StepState.READY:
        return f"goes on with {name} at the next tick"
    for says in (_held, _retry, _child, _event, _ladder):
        said = says(records, step, spec, here)
        if said is not None:
            return said
    if step.wake_at is not None:
        return f"waits in {name} until {moment(step.wake_at, here)}"
    return f"waits in {name}"


def _spec_of(records: JobRecords, path: str) -> StepSpec | None:
    try:
        return records.spec.at(path) if records.spec is not None else None
    except (StopIteration, IndexError, AssertionError):
        return None


def _attempt(step: Step) -> int:
    return step.attempts - step.forgiven


def _held(records: JobRecords, step: Step, spec: StepSpec | None, here: Standpoint) -> str | None:
    name = f'"{step.path}"'
    if step.held == "limit":
        limit = spec.limit if spec is not None else None
        bounds = [f"{limit.at_once} at once"] if limit is not None and limit.at_once is not None else []
        bounds += [f"one in {say.distance(limit.per)}"] if limit is not None and limit.per is not None else []
        turn = f" {moment(step.wake_at, here)}" if step.wake_at is not None else ""
        return f"waits for its turn at {step.service}{turn} to begin {name} (limit: {', '.join(bounds) or 'reached'})"
    if step.held == "down":
        service = records.services.get(step.service or "")
        since = f" since {say.moment(service.down_at, here.zone)}" if service is not None and service.down_at else ""
        look = f", looked at again {moment(service.wake_at, here)}" if service is not None and service.wake_at else ""
        until = ""
        if spec is not None and spec.retry.park is not None and step.held_at is not None:
            end = later(step.held_at, spec.retry.park, here.conventions)
            until = f"; without it until {moment(end, here)} {_instead(records, step.path, spec)}"
        why = f" ({step.error})" if step.error else ""
        return (
            f"waits for {step.service}, which is down{since}{look}, to go on with {name}{why};"
            f" no attempt is spent{until}"
        )
    return None


def _retry(records: JobRecords, step: Step, spec: StepSpec | None, here: Standpoint) -> str | None:
    if step.error is None or step.wake_at is None or spec is None:
        return None
    policy = spec.retry
    longest = f", at most {say.distance(policy.longest)} apart" if policy.attempts > 2 else ""
    tries = f"attempt {_attempt(step) + 1} of {policy.attempts}{longest}"
    error = step.error.rstrip(".")
    return (
        f'waits to try "{step.path}" again {moment(step.wake_at, here)} ({tries}): {error};'
        f" after attempt {policy.attempts} {_instead(records, step.path, spec)}"
    )


def _instead(records: JobRecords, path: str, spec: StepSpec) -> str:
    """What follows when a step is given up."""
    if spec.fallback:
        return f"{INSTEAD.get(spec.fallback[0].kind, 'its fallback runs')} and tells you"
    role = role_of(path)
    if role == "fallback":
        owner = path.rpartition("/fallback/")[0]
        there = _spec_of(records, owner)
        number = int(path.rpartition("/")[2])
        if there is not None and number < len(there.fallback):
            return INSTEAD.get(there.fallback[number].kind, "its next fallback runs")
    if role == "undo":
        return "you are told that it could not be undone"
    if role == "rung":
        return "the next rung of its ladder comes"
    undoes = records.spec is not None and any(one.undo is not None for one in records.spec.steps)
    return f"the job fails, {'what was done is undone, ' if undoes else ''}and you are told"


def _child(records: JobRecords, step: Step, _spec: StepSpec | None, _here: Standpoint) -> str | None:
    child = next((child for child in records.children if child.step_id == step.id), None)
    if child is None:
        return None
    number = f"job {child.number}" if child.number is not None else "a job"
    see = f" (ask why {child.number})" if child.number is not None else ""
    return f'waits in "{step.path}" for {number} of {child.workflow}{see}'


def _event(_records: JobRecords, step: Step, _spec: StepSpec | None, here: Standpoint) -> str | None:
    if step.awaits is None:
        return None
    action: dict[str, Any] = next(iter(step.action.values()), {})
    where = f" where {action['where']}" if isinstance(action, dict) and action.get("where") else ""
    until = f", at most until {moment(step.wake_at, here)}, and goes on then" if step.wake_at is not None else ""
    return f'waits in "{step.path}" for the event {step.awaits}{where}{until}'


def _ladder(records: JobRecords, step: Step, spec: StepSpec | None, here: Standpoint) -> str | None:
    if spec is None or spec.kind != "notify" or spec.until is None:
        return None
    if spec.until == "sent":
        return f'waits in "{step.path}" until its message is sent'
    request = next((request for request in records.requests if request.step_id == step.id), None)
    number = request.id if request is not None else records.job.number
    times = f"rang {step.rings} time{'' if step.rings == 1 else 's'}"
    said = f'waits for your answer in "{step.path}": it {times} (ask done {number})'
    if step.wake_at is not None:
        said += f"; it rings again or goes on {moment(step.wake_at, here)}"
    if step.rung_at is not None and step.rung < len(spec.escalate):
        rung = spec.escalate[step.rung].step
        said += (
            f"; step {step.rung + 1} of {len(spec.escalate)} of its ladder ({rung.kind}) {moment(step.rung_at, here)}"
        )
    return said


def _items(records: JobRecords, step: Step) -> str:
    """How far a list is, where the step is of one."""
    owner = step.path.partition("/")[0]
    whole = _spec_of(records, owner)
    if whole is None or whole.for_each is None:
        return ""
    items = [one for one in records.steps if one.path.startswith(f"{owner}/") and role_of(one.path) == "item"]
    done = sum(one.state in ENDED_STEP for one in items)
    return f"; {done} of {len(items)} items of {owner!r} are done"


# Requests


def asking(request: Request, here: Standpoint) -> str:
    """What a request asks of the person, how it is answered, and what follows without an answer."""
    says: Callable[[Request], str] = _ASKS.get(request.kind, _asks)
    return f"{says(request)}{_without_answer(request, here)}"


def _asks(request: Request) -> str:
    return f"waits for you: {request.title} (ask show {request.id})"


def _approval(request: Request) -> str:
    because = f", since {request.because}" if request.because else ""
    return f"waits for your approval of {request.title}{because} (ask approve {request.id} · ask deny {request.id})"


def _input(request: Request) -> str:
    choices = (request.proposal or {}).get("choices") or ["…"]
    return f"waits for your answer: {request.title} (ask answer {request.id} {' | '.join(map(str, choices))})"


def _unknown(request: Request) -> str:
    number = request.id
    because = f" ({request.because})" if request.because else ""
    return (
        f"waits for you: {request.title}{because}; yes: ask resolve {number} --happened ·"
        f" no: ask resolve {number} --did-not"
    )


_ASKS = {"approval": _approval, "input": _input, "unknown": _unknown}


def _without_answer(request: Request, here: Standpoint) -> str:
    if request.expires_at is None:
        return ""
    then = {"deny": "it is denied", "fallback": "its fallback runs"}.get(request.on_expiry or "", request.on_expiry)
    return f"; without an answer by {moment(request.expires_at, here)} {then or 'it expires'}"


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
