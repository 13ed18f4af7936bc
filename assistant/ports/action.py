"""What an action is given and what it answers. An action never sees the store."""

from datetime import timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class Action(Protocol):
        """Does one step's work outside the store."""

        def perform(self, call: "Call") -> "Done | NotDone | Unsure":
            """Do it, and say with evidence what came of it. Any exception counts as `Unsure`."""


class Call(Value):
    """One attempt at a step. `key` is the same over all attempts; the outside may use it to drop repeats."""

    __slots__ = ("job", "step", "attempt", "key", "action", "timeout")
    job: int
    step: str
    attempt: int
    key: str
    action: "dict[str, Any]"
    timeout: timedelta = timedelta(minutes=10)


class Done(Value):
    """It took effect."""

    __slots__ = ("output",)
    output: "Any" = None


class NotDone(Value):
    """It certainly did not take effect. `permanent`: nor will it next time."""

    __slots__ = ("error", "permanent", "retry_after")
    error: str
    permanent: bool = False
    retry_after: timedelta | None = None


class Unsure(Value):
    """It may have taken effect."""

    __slots__ = ("error",)
    error: str


ActionOutcome = Done | NotDone | Unsure
