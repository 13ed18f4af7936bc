"""Everything that can happen to a job, as values. Each is decided in `decide`, and nowhere else."""

from datetime import timedelta

from assistant.ports.records import Message, Request
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Began(Value):
    """The job was made, by a slot that was so much late."""

    __slots__ = ("late_by", "ask_first")
    late_by: timedelta | None = None
    ask_first: bool = False


class Woke(Value):
    """A step's wake time came."""

    __slots__ = ("path",)
    path: str


class Succeeded(Value):
    """A worker did the step's work and saw it done."""

    __slots__ = ("path", "output", "took_ms")
    path: str
    output: "Any" = None
    took_ms: int = 0


class Failed(Value):
    """A worker saw the step's work fail. What it left outside is nothing."""

    __slots__ = ("path", "error", "permanent", "retry_after", "took_ms")
    path: str
    error: str
    permanent: bool = False
    retry_after: timedelta | None = None
    took_ms: int = 0


class CutOff(Value):
    """A worker ended without a word, or cannot say whether its work took effect."""

    __slots__ = ("path", "error", "took_ms")
    path: str
    error: str
    took_ms: int = 0


class MessageSettled(Value):
    """A message of the job was sent, or died on its last channel."""

    __slots__ = ("message", "state")
    message: Message
    state: str


class Answered(Value):
    """The person answered a request of the job; `word` is what they said."""

    __slots__ = ("request", "word")
    request: Request
    word: str


class Stopped(Value):
    """The job must end before its end: `state` is cancelled or superseded."""

    __slots__ = ("state", "reason")
    state: str
    reason: str


class Retried(Value):
    """The person asked for fresh attempts of what failed."""

    __slots__ = ()


Happened = Began | Woke | Succeeded | Failed | CutOff | MessageSettled | Answered | Stopped | Retried
