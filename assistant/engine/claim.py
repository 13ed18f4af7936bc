"""Take the next piece of work, with its lease, in the open transaction. Performs nothing.

A step is `started` here: the row of its attempt, with its effect, is written before anything outside is touched. What
claims is the worker that will do the work at once, so that no `started` is ever written for a worker that is not there.
"""

from datetime import datetime

from assistant.core.happened import Refused
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.spec import role_of
from assistant.core.states import JobState, MessageState, StepState
from assistant.engine.situation import Seen, Surroundings, item_of, tell_job
from assistant.ports.action import Call
from assistant.ports.channel import Asked, Delivery, Reply
from assistant.ports.records import Job, Message, Step
from assistant.store import due
from assistant.store.due import Picture
from assistant.store.write import Writing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class StepWork(Value):
    """A step that this worker has begun. `probes`: it only finds out whether the step before it took effect."""

    __slots__ = ("step", "kind", "call", "effect", "probes", "stop", "seen")
    step: Step
    kind: str
    call: Call
    effect: str
    probes: bool
    stop: "list[bool]"  # holds something once the work is to be stopped before its time
    seen: Seen  # its job, as the claim left it


class MessageWork(Value):
    """A message that this worker is about to send."""

    __slots__ = ("message", "delivery")
    message: Message
    delivery: Delivery


def effect_of(around: Surroundings, job: Job, step: Step) -> str:
    """What a step may leave outside: as its workflow says, and a probe only looks."""
    return "read" if step.path.endswith("/probe") else around.spec(job.workflow_id).at(step.path).effect


def claim_step(
    writing: Writing, around: Surroundings, picture: Picture, step: Step, effect: str, lease: str, until: datetime
) -> StepWork:
    """Begin a step that is ready, as it and its job were read in this transaction."""
    job = picture.job
    spec = around.spec(job.workflow_id).at(step.path)
    attempt = step.attempts + 1
    changes = {"state": StepState.RUNNING, "lease": lease, "lease_until": until, "attempts": attempt, "wake_at": None}
    moves: list[Move] = [
        Put("step", step.id, changes, f"attempt {attempt} began", {"state": StepState.READY}, known(step, changes)),
    ]
    begun_try = {"step_id": step.id, "number": attempt, "key": step.key, "kind": effect, "began_at": writing.now}
    moves.append(New("attempt", Ref(f"attempt:{step.id}:{attempt}"), {**begun_try, "effect": "started"}, "started"))
    if job.state == JobState.PENDING:
        began = {"state": JobState.IN_PROGRESS}
        was = {"state": job.state, "rev": job.rev}
        moves.append(Put("job", job.id, began, "job is in_progress", {"rev": job.rev}, was))
        job = job.replace(**began, rev=job.rev + 1)
    around.write_of(writing, job.id, moves, item_of(job))
    begun = step.replace(**changes)
    steps = tuple(begun if one.id == step.id else one for one in picture.steps)
    seen = Seen(picture.replace(job=job, steps=steps), around.moment(writing, job.id))
    (kind,) = step.action
    stop: list[bool] = []
    call = Call(
        item_of(job) or job.id,
        step.path,
        attempt,
        _outside_key(step),
        step.action[kind],
        spec.timeout,
        spec.retry.permanent,
        stop=lambda: bool(stop),
    )
    return StepWork(begun, kind, call, effect, step.path.endswith("/probe"), stop, seen)


def refuse_unapproved(writing: Writing, around: Surroundings, step: Step, jitter: float) -> bool:
    """Whether a step is not what a person approved, byte for byte; its job is told, and nothing of it runs then."""
    if step.approval is None or role_of(step.path) in ("probe", "undo"):
        return False
    from assistant.core.consent import hash_of

    request = due.request(writing.con, step.approval)
    if request is not None and request.state == "approved" and request.hash == hash_of(step.action):
        return False
    error = f"what it would do is not what was approved (request {step.approval}); nothing of it was done"
    tell_job(writing, around, step.job_id, Refused(step.path, error), writing.now, jitter)
    return True


def _outside_key(step: Step) -> str:
    """The key that is handed to the outside: a probe and an undo have that of their action."""
    key, path = step.key, step.path
    while path.endswith(("/undo", "/probe")):
        path = path.rpartition("/")[0]
        key = key.rpartition("/")[0]
    return key


def known(row: Value, changes: "Mapping[str, object]") -> "dict[str, object]":
    """What the columns that change hold now, from a row that was read in this transaction."""
    return {column: getattr(row, column) for column in changes}


def claim_message(
    writing: Writing,
    around: Surroundings,
    channel: str,
    lease: str,
    until: datetime,
    reply_key: bytes | None = None,
) -> MessageWork | None:
    """Take the most urgent message that may go out on a channel. `reply_key` signs the answers that may come back."""
    if around.quiet is None and "attention_limit" not in around.kept:
        message = due.next_message(writing.con, channel, writing.now)
    else:
        from assistant.engine.attention import next_free

        message = next_free(writing, around, channel)
    if message is None:
        return None
    attempts = message.attempts + 1
    changes = {"state": MessageState.SENDING, "lease": lease, "lease_until": until, "attempts": attempts}
    expect = {"state": MessageState.QUEUED}
    put = Put("message", message.id, changes, f"attempt {attempts} began", expect, known(message, changes))
    writing.apply([put], item=message.item)
    asked = _asked(writing, message, reply_key) if reply_key is not None else None
    delivery = Delivery(
        message.key, message.item, message.text, message.at, message.severity, channel, bool(message.doubtful), asked
    )
    return MessageWork(message.replace(**changes), delivery)


def _asked(writing: Writing, message: Message, reply_key: bytes) -> Asked | None:
    """The one open question of the step that a message is of, with what can be answered to it as it is asked now."""
    if message.job_id is None:
        return None
    found = [one for one in due.open_requests(writing.con, message.job_id) if one.step_id == message.step_id]
    if len(found) != 1:
        return None
    from assistant.core.token import LABELS, token_of, verbs_of

    (asks,) = found
    verbs = verbs_of(asks, writing.now)
    replies = tuple(Reply(verb, LABELS[verb], token_of(reply_key, asks, verb)) for verb in verbs)
    if not replies:
        return None
    return Asked(asks.id, asks.kind, asks.title, asks.because, asks.proposal, asks.expires_at, replies)
