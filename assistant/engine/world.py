"""What the tick needs of the world. The wiring gives a real one; proofs give one with a virtual clock and faults."""

from datetime import datetime

from assistant.ports.action import ActionOutcome, Call
from assistant.ports.channel import Delivery, SendOutcome
from assistant.when.values import Conventions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from assistant.engine.sourcing import Looked, SourceWork

    class World(Protocol):
        """Clock, dice, and everything outside the store."""

        conventions: Conventions
        channels: tuple[str, ...]  # the default channel, then where its messages go when it fails
        quiet_hours: str | None
        kept: dict[str, str]  # the preferences that are set
        me: str  # this worker, as its leases name it

        def now(self) -> datetime:
            """The instant that counts as now: aware, UTC, whole seconds."""

        def monotonic(self) -> float:
            """Seconds for measuring how long something takes."""

        def jitter(self) -> float:
            """A number in [0, 1)."""

        def lease_until(self) -> datetime:
            """When a lease that is taken now runs out for workers who cannot see whether its holder lives."""

        def is_alive(self, lease: str, until: datetime | None) -> bool:
            """Whether the holder of a lease may still be at work."""

        def perform(self, kind: str, call: Call) -> ActionOutcome:
            """Do an outside step."""

        def probe(self, kind: str, call: Call) -> ActionOutcome:
            """Find out whether an outside step that was cut off took effect."""

        def forget(self, kind: str, key: str) -> None:
            """What came of an outside step is kept: what the action noted of it may go."""

        def look(self, work: "SourceWork") -> "Looked":
            """Ask a source what happened."""

        def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
            """Hand a message to a channel."""

        def can_tell(self, channel: str) -> bool:
            """Whether a channel can look up a key that it was given before."""

        def reply_key(self, channel: str) -> bytes | None:
            """The key that signs answers from a channel; None where it can carry none."""

        def listens(self, channel: str) -> bool:
            """Whether answers to a channel's messages lie somewhere until they are fetched."""

        def is_quick(self, name: str) -> bool:
            """Whether a channel never waits for anything, so that it needs no thread."""

        def is_quick_action(self, kind: str) -> bool:
            """Whether an action never waits for anything."""
