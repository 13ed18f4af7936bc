"""Which message may interrupt now: those that quiet hours or the attention limit hold are put to their time."""

from datetime import datetime

from assistant.core.attention import (
    BUNDLED,
    LIMITED,
    TOLD,
    WINDOWS,
    AttentionLimit,
    bundle_text,
    next_place,
    read_limit,
)
from assistant.core.limits import TERMINAL
from assistant.core.moves import Joined, Move, New, Put, Ref
from assistant.core.quiet import HELD, held_until
from assistant.core.states import JobState, MessageState
from assistant.engine.situation import Surroundings
from assistant.ports.records import Message
from assistant.store import attention, due
from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def next_free(writing: Writing, around: Surroundings, channel: str) -> Message | None:
    """The most urgent message that may go out on a channel now; low ones that the limit held go out as one."""
    limit = read_limit(around.kept.get("attention_limit"))
    place: datetime | None = None  # the same for all that the limit holds now
    while (message := due.next_message(writing.con, channel, writing.now)) is not None:
        until, why = held_until(around.quiet, message.severity, writing.now, channel), HELD
        if until <= writing.now and limit is not None and _is_limited(writing, around, message):
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


def _is_limited(writing: Writing, around: Surroundings, message: Message) -> bool:
    """A reminder and a brief that the person set come when they are due, and what is of severity high breaks through.

    What the limit holds is told in the brief: it would wait for itself. What is looked up, since it may be there
    already, has its place.
    """
    if message.severity == "high" or message.doubtful:
        return False
    if message.job_id is None:
        return True
    job = due.job(writing.con, message.job_id)
    if job.workflow is None:
        return message.schedule_id is None or message.severity == "low"
    return "brief" not in around.spec(job.workflow_id).needs


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
        gone = {"state": MessageState.DEAD, "reason": f"{BUNDLED} {len(parts) - 1} others as {key}"}
        moves.append(Put("message", part.id, gone, "bundled", {"state": MessageState.QUEUED}))
    writing.apply(moves)
    bundle = due.message(writing.con, writing.id_of(ref))
    assert bundle is not None  # noqa: S101 - it was made a moment ago
    return bundle


# Told in a brief


def told_by(writing: Writing, output: "Any", moves: list[Move]) -> None:
    """Messages that the limit held, and that a brief shows, go out with the message that carries the brief's text.

    Only where that message is in the outbox by the same commit, and its job is over, so that nothing drops it again.
    """
    text, held = output.get("text"), output.get("held") or []
    is_over = any(isinstance(move, Put) and move.changes.get("state") == JobState.COMPLETED for move in moves)
    key = next((found for move in moves if (found := _carrier(move, text)) is not None), None)
    if key is None or not is_over:
        return
    for message in attention.held_by_limit(writing.con, held, LIMITED):
        gone = {"state": MessageState.DEAD, "reason": f"{TOLD}: {key}"}
        writing.apply([Put("message", message.id, gone, TOLD, {"state": MessageState.QUEUED})], item=message.item)


def _carrier(move: Move, text: "Any") -> str | None:
    """The key of the message that a move makes, where it holds the whole of a text."""
    if not isinstance(move, New) or move.table != "message" or not isinstance(text, str):
        return None
    said = move.values["text"]
    return str(move.values["key"]) if not isinstance(said, Joined) and text in said else None


def shown_at_terminal(writing: Writing, held: "list[int]") -> None:
    """Messages that the limit held, and that a brief at a terminal showed: the terminal delivered them."""
    for message in attention.held_by_limit(writing.con, held, LIMITED):
        sent = {"state": MessageState.SENT, "sent_at": writing.now, "channel": TERMINAL, "reason": TOLD}
        writing.apply([Put("message", message.id, sent, TOLD, {"state": MessageState.QUEUED})], item=message.item)
