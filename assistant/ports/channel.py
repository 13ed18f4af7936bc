"""What a channel is given and what it answers. A channel never sees the store."""

from datetime import datetime, timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from assistant.ports.source import Failed

    class Channel(Protocol):
        """Delivers a message under a key.

        `can_tell` says whether the channel can find a key that it was given before; one that can is handed a doubtful
        message again and must then look first.
        """

        can_tell: bool

        def deliver(self, delivery: "Delivery") -> "Sent | NotSent | Doubtful":
            """Send, and say with evidence what came of it. Any exception counts as `Doubtful`."""

    class Listening(Protocol):
        """A channel where answers lie until they are fetched."""

        def answers(self, cursor: "dict[str, Any] | None") -> "Heard | Failed":
            """What lies there since the cursor, the oldest first. Any exception counts as `Failed`."""


class Reply(Value):
    """One answer that can come back: its verb, as a button would say it, and the one-time token that gives it."""

    __slots__ = ("verb", "label", "token")
    verb: str
    label: str
    token: str


class Asked(Value):
    """The question that a message tells of, as it is asked now, and the answers that can come back."""

    __slots__ = ("id", "kind", "title", "because", "proposal", "expires_at", "replies")
    id: int
    kind: str
    title: str
    because: str | None
    proposal: "Any"  # what exactly would be done: an approval is of this, byte for byte
    expires_at: datetime | None
    replies: tuple[Reply, ...]


class Delivery(Value):
    """One message to deliver. `doubtful`: an earlier try was cut off, it may be there already."""

    __slots__ = ("key", "item", "text", "at", "severity", "channel", "doubtful", "asked")
    key: str
    item: int | None
    text: str
    at: datetime
    severity: str
    channel: str
    doubtful: bool = False
    asked: Asked | None = None  # only for a channel that can carry replies


class Sent(Value):
    """The channel confirmed it."""

    __slots__ = ("note",)
    note: str | None = None


class NotSent(Value):
    """It certainly did not go out. `permanent`: nor will it on this channel."""

    __slots__ = ("reason", "permanent", "retry_after")
    reason: str
    permanent: bool = False
    retry_after: timedelta | None = None


class Doubtful(Value):
    """It may have gone out; the channel cannot say."""

    __slots__ = ("reason",)
    reason: str


class Heard(Value):
    """What came back on a channel: texts that claim to be tokens, and a cursor from which to go on."""

    __slots__ = ("texts", "cursor", "more")
    texts: tuple[str, ...]
    cursor: "dict[str, Any]"
    more: bool = False  # there is more to fetch at once


SendOutcome = Sent | NotSent | Doubtful
