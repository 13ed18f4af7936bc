"""When a channel is listened to for answers: from a message that asks until nothing is open that it asked.

Each has a row among the sources, under a name that no person can give, so that it is looked at like one: beside other
work, with a lease, and with more patience the longer it fails. In between it rests, as one that was removed.
"""

from datetime import timedelta

from assistant.core.moves import New, Put, Ref
from assistant.ports.records import SourceRow
from assistant.store import sources
from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

EVERY = timedelta(seconds=30)  # so that each minute's tick looks
LATER = timedelta(seconds=270)  # and each fifth one when
FRESH = timedelta(hours=1)  # so long has passed since the last message that asks


def listen(writing: Writing, channel: str) -> None:
    """A message goes out on a channel that asks something: its answers are fetched from now on."""
    name, now = name_of(channel), writing.now
    at = {"poll_at": now + EVERY, "wake_at": now + EVERY}
    row = sources.source(writing.con, name)
    if row is None:
        values = {"name": name, "url": f"{sources.ANSWERS}{channel}", "every": int(EVERY.total_seconds()), **at}
        writing.apply([New("source", Ref(name), {**values, "added_at": now}, "answers are listened for")])
    elif row.removed_at is not None:
        again = {**at, "removed_at": None, "added_at": now, "failures": 0, "told": 0, "last_error": None}
        writing.apply([Put("source", name, again, "answers are listened for", {"removed_at": row.removed_at})])
    elif row.poll_at > now + EVERY and row.failures == 0 and row.lease is None:
        writing.apply([Put("source", name, at, "answers are listened for", {"lease": None})])


def name_of(channel: str) -> str:
    """The name of its row; no source that a person adds has a stroke in it."""
    return f"{channel}/answers"


def channel_of(row: SourceRow) -> str | None:
    """The channel whose answers a row stands for; None where it is a source of events."""
    return row.url.removeprefix(sources.ANSWERS) if row.url.startswith(sources.ANSWERS) else None


def after_look(writing: Writing, channel: str, looked_at: "datetime", *, deaf: bool) -> "dict[str, Any]":
    """When it is looked at next; it rests where nothing that the channel asked is open, or where it is deaf."""
    asked_at = None if deaf else sources.asked_at(writing.con, channel)
    if asked_at is None:
        return {"removed_at": writing.now}
    pause = EVERY if writing.now - asked_at <= FRESH else LATER
    return {"poll_at": max(looked_at, writing.now + pause)}
