"""What follows a send. Sends nothing.

A message that its channel took is sent. One that it did not is tried again with backoff, then dies there with its
reason and goes on, under the same key, to the next channel; the last one is always the terminal. One whose worker died
is looked up where the channel can tell; elsewhere it is unknown, and shown at the terminal instead of sent again. One
that was dropped while it was being sent ends with this send, whatever comes of it.
"""

from datetime import datetime, timedelta

from assistant.core.limits import MESSAGE_TRIES, MOST_LOOK_UPS, TERMINAL
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.retry import next_try
from assistant.core.spec import Retry
from assistant.core.states import MessageState
from assistant.ports.channel import Doubtful, SendOutcome, Sent
from assistant.ports.records import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

IN_DOUBT = 10  # what may be out there already is looked up before anything else goes out, and keeps its place till then
TRIES = Retry(attempts=MESSAGE_TRIES, first=timedelta(seconds=30), factor=2.0, longest=timedelta(hours=1))


def after_send(message: Message, outcome: SendOutcome, now: datetime, jitter: float) -> list[Move]:
    """The moves that follow from what a channel answered."""
    if isinstance(outcome, Sent):
        return [_free(message, "sent", state=MessageState.SENT, sent_at=now, reason=outcome.note)]
    if isinstance(outcome, Doubtful):
        return _unknown(message, outcome.reason, now)
    if message.dropped is not None:
        return _dead(message, message.dropped)
    again = None
    if not outcome.permanent:
        again = next_try(TRIES, message.attempts, now, jitter, outcome.retry_after)
    if again is not None:
        return [_free(message, "will be sent again", state=MessageState.QUEUED, wake_at=again, reason=outcome.reason)]
    return [*_dead(message, outcome.reason), *_goes_on(message, f"{message.channel}: {outcome.reason}", now)]


def cut_off(message: Message, can_tell: bool, now: datetime) -> list[Move]:
    """The worker that was sending is gone. A message that takes one after the other with it is given up in the end."""
    if can_tell and message.dropped is None and message.attempts < MOST_LOOK_UPS:
        what = "cut off while sending; the channel will look it up"
        rank = message.rank if message.rank < 0 else message.rank - IN_DOUBT
        return [_free(message, what, state=MessageState.QUEUED, wake_at=now, doubtful=1, reason=what, rank=rank)]
    return _unknown(message, "cut off while sending", now)


def _unknown(message: Message, reason: str, now: datetime) -> list[Move]:
    if message.channel == TERMINAL:
        return [_free(message, reason, state=MessageState.QUEUED, wake_at=now)]
    unknown = _free(message, reason, state=MessageState.UNKNOWN, reason=reason)
    if message.dropped is not None:
        return [unknown]
    shown = _next_row(message, [TERMINAL], f"may have reached you by {message.channel} already: {reason}", now)
    return [unknown, shown]


def _dead(message: Message, reason: str) -> list[Move]:
    return [_free(message, reason, state=MessageState.DEAD, reason=reason)]


def _goes_on(message: Message, reason: str, now: datetime) -> list[Move]:
    chain = [channel for channel in message.next_channels if channel != message.channel]
    return [_next_row(message, chain or [TERMINAL], reason, now)]


def _next_row(message: Message, chain: list[str], reason: str, now: datetime) -> New:
    values = {
        "key": message.key,
        "channel": chain[0],
        "next_channels": chain[1:],
        "item": message.item,
        "job_id": message.job_id,
        "step_id": message.step_id,
        "schedule_id": message.schedule_id,
        "text": message.text,
        "severity": message.severity,
        "rank": message.rank + IN_DOUBT if message.rank < 0 else message.rank,
        "state": MessageState.QUEUED,
        "reason": reason,
        "at": message.at,
        "wake_at": now,
    }
    return New("message", Ref(f"message:{message.key}:{chain[0]}"), values, "goes on by the next channel")


def _free(message: Message, what: str, **changes: "Any") -> Put:
    expect: dict[str, Any] = {"state": message.state}
    if message.lease is not None:
        expect |= {"lease": message.lease, "attempts": message.attempts}
    return Put("message", message.id, {**changes, "lease": None, "lease_until": None}, what, expect)
