"""What an action is given and what it answers. An action never sees the store."""

from datetime import timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from assistant.ports.model import Attempt

    class Action(Protocol):
        """Does one step's work outside the store."""

        def perform(self, call: "Call") -> "Done | NotDone | Unsure":
            """Do it, and say with evidence what came of it. Any exception counts as `Unsure`."""

        def probe(self, call: "Call") -> "Done | NotDone | Unsure":
            """Find out whether a call that was cut off took effect: Done, it did; NotDone, it did not."""

    class SecretReader(Protocol):
        """Where an action gets the value of a secret, at the moment it needs it."""

        def read(self, name: str) -> str:
            """The value. Missing where there is none; Locked where it cannot be read now but may be later."""


class Call(Value):
    """One attempt at a step. `key` is the same over all attempts; the outside may use it to drop repeats.

    `permanent`: exit codes after which no other try helps. `home`: where an action may note what it is about to do.
    `stop` says, while the action is at work, whether it is to be stopped before its time.
    """

    __slots__ = ("job", "step", "attempt", "key", "action", "timeout", "permanent", "home", "secrets", "stop")
    job: int
    step: str
    attempt: int
    key: str
    action: "dict[str, Any]"
    timeout: timedelta = timedelta(minutes=10)
    permanent: tuple[int, ...] = ()
    home: str = ""
    secrets: "SecretReader | None" = None
    stop: "Callable[[], bool] | None" = None


class Done(Value):
    """It took effect. `asked`: the questions to models that it took, each with its cost."""

    __slots__ = ("output", "asked")
    output: "Any" = None
    asked: "tuple[Attempt, ...]" = ()


class NotDone(Value):
    """It certainly did not take effect. `permanent`: nor will it next time. `down`: its service did not answer."""

    __slots__ = ("error", "permanent", "retry_after", "down", "asked")
    error: str
    permanent: bool = False
    retry_after: timedelta | None = None
    down: bool = False
    asked: "tuple[Attempt, ...]" = ()


class Unsure(Value):
    """It may have taken effect."""

    __slots__ = ("error",)
    error: str


ActionOutcome = Done | NotDone | Unsure
