"""Everything that can happen to a job, as values. Each is decided in `decide`, and nowhere else."""

from datetime import timedelta

from assistant.ports.records import Event, Message, Request
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
    """A worker saw the step's work fail. What it left outside is nothing. `down`: its service did not answer at all."""

    __slots__ = ("path", "error", "permanent", "retry_after", "took_ms", "down")
    path: str
    error: str
    permanent: bool = False
    retry_after: timedelta | None = None
    took_ms: int = 0
    down: bool = False


class ParkEnded(Value):
    """A step waited for its service as long as its policy allows, and the service is still down."""

    __slots__ = ("path", "error")
    path: str
    error: str


class Refused(Value):
    """A step that is ready may not begin: what it would do is not what a person approved."""

    __slots__ = ("path", "error")
    path: str
    error: str


class Primed(Value):
    """The job was made outside a tick: what can be left ready for one is."""

    __slots__ = ()


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
    """The person answered a request of the job: the word that they said, and what they gave with it.

    `given` is the answer to a question, the output of what happened, or why it was denied; `edits` are the values that
    an approval changes, by name.
    """

    __slots__ = ("request", "word", "given", "edits")
    request: Request
    word: str
    given: "Any" = None
    edits: "dict[str, Any] | None" = None


class Expired(Value):
    """Nobody answered a request of the job in time."""

    __slots__ = ("request",)
    request: Request


class EventCame(Value):
    """Something happened that a wait of the job may be for."""

    __slots__ = ("event",)
    event: Event


class ChildEnded(Value):
    """The job that a step waits for has ended."""

    __slots__ = ("path", "state", "output", "reason")
    path: str
    state: str
    output: "Any" = None
    reason: str | None = None


class Stopped(Value):
    """The job must end before its end: `state` is cancelled, superseded, completed or failed. `keep` undoes nothing."""

    __slots__ = ("state", "reason", "keep")
    state: str
    reason: str
    keep: bool = False


class Paused(Value):
    """The person lets the job rest: nothing of it begins until it is resumed."""

    __slots__ = ()


class Resumed(Value):
    """The person lets the job go on."""

    __slots__ = ()


class Retried(Value):
    """The person asked for fresh attempts of what failed."""

    __slots__ = ()


Happened = (
    Began | Woke | Succeeded | Failed | CutOff | MessageSettled | Answered | Expired | EventCame | ChildEnded | Stopped
    | Retried | ParkEnded | Refused | Primed | Paused | Resumed
)  # fmt: skip
