"""Which message may interrupt now: those that quiet hours or the attention limit hold are put to their time."""

from datetime import datetime

from assistant.core.attention import LIMITED, WINDOWS, AttentionLimit, bundle_text, next_place, read_limit
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.quiet import HELD, held_until
from assistant.core.states import MessageState
from assistant.engine.situation import Surroundings
from assistant.ports.records import Message
from assistant.store import attention, due
from assistant.store.write import Writing


def next_free(writing: Writing, around: Surroundings, channel: str) -> Message | None:
    """The most urgent message that may go out on a channel now; low ones that the limit held go out as one."""
    limit = read_limit(around.kept.get("attention_limit"))
    place: datetime | None = None  # the same for all that the limit holds now
    while (message := due.next_message(writing.con, channel, writing.now)) is not None:
        until, why = held_until(around.quiet, message.severity, writing.now, channel), HELD
        if until <= writing.now and limit is not None and _is_limited(writing, message):
            place = place or _place(writing, limit)
            until, why = place, LIMITED
        if until <= writing.now:
            return _bundled(writing, around, message)
        _hold(writing, message, until, why)
    return None


def _hold(writing: Writing, message: Message, until: datetime, why: str) -> None:
    """Put a message to its time; older rings of its step that wait too give way to it."""
    reason = why if message.attempts == 0 else f"{why}; before: {message.reason}"
    put = Put("message", message.id, {"wake_at": until, "reason": reason}, why, {"state": MessageState.QUEUED})
    moves: list[Move] = [put]
    gone = {"state": MessageState.DEAD, "reason": "a newer ring took its place"}
    for other in due.live_messages(writing.con, message.job_id) if message.step_id and message.job_id else ():
        is_older = other.step_id == message.step_id and other.channel == message.channel and other.at < message.at
        if is_older and other.state == MessageState.QUEUED:
            moves.append(Put("message", other.id, gone, gone["reason"], {"state": MessageState.QUEUED}))
    writing.apply(moves, item=message.item)


def _place(writing: Writing, limit: AttentionLimit) -> datetime:
    """When one more message may go out."""
    return next_place(limit, attention.interruptions(writing.con, writing.now - WINDOWS["d"], writing.now), writing.now)


def _is_limited(writing: Writing, message: Message) -> bool:
    """A reminder that the person set rings when it is due, and what is of severity high breaks through.

    What is looked up, since it may be there already, has its place.
    """
    if message.severity == "high" or message.doubtful:
        return False
    is_own = message.schedule_id is not None and message.job_id is not None and message.severity != "low"
    return not (is_own and due.job(writing.con, message.job_id or 0).workflow is None)


def _bundled(writing: Writing, around: Surroundings, message: Message) -> Message:
    """The message itself, or the one that it and others like it go out as."""
    if message.severity != "low" or not (message.reason or "").startswith(LIMITED):
        return message
    parts = attention.held_low(writing.con, message.channel, writing.now, LIMITED)
    if len(parts) < 2 or message.id not in {part.id for part in parts}:
        return message
    key = f"{around.store_id}/bundle/{parts[0].id}"
    ref = Ref(f"message:{key}")
    values = {
        "key": key, "channel": message.channel, "next_channels": message.next_channels, "severity": "low",
        "text": bundle_text([part.text for part in parts]), "rank": message.rank, "state": MessageState.QUEUED,
        "at": parts[0].at, "wake_at": writing.now, "reason": LIMITED,
    }  # fmt: skip
    moves: list[Move] = [New("message", ref, values, f"stands for {len(parts)} messages")]
    for part in parts:
        gone = {"state": MessageState.DEAD, "reason": f"goes out with {len(parts) - 1} others as {key}"}
        moves.append(Put("message", part.id, gone, "bundled", {"state": MessageState.QUEUED}))
    writing.apply(moves)
    bundle = due.message(writing.con, writing.id_of(ref))
    assert bundle is not None  # noqa: S101 - it was made a moment ago
    return bundle
