"""What a source is given and what it answers. A source never sees the store.

A source is asked again and again, each time with the cursor that came of the last answer which was kept. Events and
cursor are kept in one transaction. An answer that is lost before that is given again, and as far as nothing has changed
outside under the same keys: who drops known keys has each event once.
"""

from datetime import datetime, timedelta

from assistant.value import Value

CURSOR_BYTES = 1 << 20  # of its JSON; a source that cannot do with so much fails and says why
MOST_EVENTS = 1000  # of one poll; where there are more, the answer says so and the next poll goes on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from assistant.ports.action import SecretReader

    Cursor = dict[str, Any]

    class Source(Protocol):
        """Tells what happened outside, from where the cursor stands.

        With no cursor, or with one that it cannot read, it takes stock: what is there already is no event.
        """

        def poll(self, cursor: "Cursor | None", now: datetime, asking: "Asking") -> "Polled | Failed":
            """Look outside, and say what happened since. Any exception counts as `Failed`."""

        def due(self, cursor: "Cursor | None", now: datetime, asking: "Asking") -> "Polled":
            """What falls due by the clock alone, from what is known; looks at nothing and never fails.

            To be asked after a `Failed`, and at `wake_at` where no poll is due.
            """


class Asking(Value):
    """How a source may look: the person's zone, where secrets are read, and the time it may take.

    `stop` says, while it looks, whether it is to be stopped before its time.
    """

    __slots__ = ("zone", "secrets", "timeout", "stop")
    zone: str = "UTC"
    secrets: "SecretReader | None" = None
    timeout: timedelta = timedelta(seconds=30)
    stop: "Callable[[], bool] | None" = None


class SourceEvent(Value):
    """Something that happened. `key` is the same however often it is told; `data` is plain JSON and untrusted."""

    __slots__ = ("name", "key", "at", "data")
    name: str
    key: str
    at: datetime
    data: "dict[str, Any]"


class Polled(Value):
    """The source answered. The events stand in the order in which they happened, or were seen to have happened.

    `cursor` is plain JSON of at most CURSOR_BYTES; an equal one need not be written. `note`: what a person should know,
    such as an event that cannot be read. `more`: poll again at once, there is more to tell. `wake_at`: when it will
    have something to tell by the clock alone.
    """

    __slots__ = ("events", "cursor", "note", "more", "wake_at")
    events: tuple[SourceEvent, ...]
    cursor: "Cursor"
    note: str | None = None
    more: bool = False
    wake_at: datetime | None = None


class Failed(Value):
    """It could not be looked at; the cursor stands. `permanent`: nor will it be until a person changes something."""

    __slots__ = ("error", "permanent", "retry_after")
    error: str
    permanent: bool = False
    retry_after: timedelta | None = None
