"""The sources of a story at work: what they tell first, what comes later, and how they are let go of."""

from typing import TYPE_CHECKING, Any

from assistant.app.proving.feed import Feed, realistic, source_of
from assistant.app.proving.story import SOURCE_DOWN, TOLD_AGAIN, Tells
from assistant.core.moves import Put
from assistant.ports.source import SourceEvent
from assistant.store import sources

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.app.proving.play import Play

MEANWHILE_HOURS = (0, 20, 40)  # when things happen there while nobody can look
AGAIN_AFTER_H = 2


def set_up(play: "Play") -> None:
    """The feeds of the story, and what goes wrong with them."""
    for name in play.prepared.sources:
        play.outside.feeds[name] = feed = Feed(name)
        if Tells(name, SOURCE_DOWN) in play.story.twists:
            from assistant.app.proving.play import OUTAGE

            feed.down_until = play.outside.now + OUTAGE


def start(play: "Play", data: dict[str, Any]) -> None:
    """The source of the trigger tells what starts the story; where it is down, more has happened until it answers."""
    event, now = play.story.start.event or "", play.outside.now
    feed = play.outside.feeds[source_of(event) or ""]
    for number, hours in enumerate(MEANWHILE_HOURS if feed.down_until is not None else (0,), 1):
        tell(play, feed, event, _like(event, data, now, number), hours)


def _like(event: str, data: dict[str, Any], now: "datetime", number: int) -> dict[str, Any]:
    """The data of the first event as another one like it has them."""
    first, other = realistic(event, now), realistic(event, now, number)
    return {name: other.get(name) if value == first.get(name) else value for name, value in data.items()}


def tell(play: "Play", feed: Feed, event: str, data: dict[str, Any], hours: int = 0) -> None:
    """Something happens there, now or so many hours later; the source is looked at from then on."""
    from datetime import timedelta

    at = play.outside.now + timedelta(hours=hours)
    is_first = not feed.events
    feed.events.append(SourceEvent(event, f"{feed.name}/{event}/{len(feed.events) + 1}", at, data))
    if is_first and Tells(feed.name, TOLD_AGAIN) in play.story.twists:
        again(play, feed, AGAIN_AFTER_H)
    look_at(play, feed)


def again(play: "Play", feed: Feed, hours: int = 0) -> None:
    """It tells its first event once more, under the same key."""
    from datetime import timedelta

    first = feed.events[0]
    feed.events.append(first.replace(at=play.outside.now + timedelta(hours=hours)))
    look_at(play, feed)


def look_at(play: "Play", feed: Feed) -> None:
    """The source is there, and looked at now."""
    from assistant.app.proving.person import write

    row, now = sources.source(play.con, feed.name), play.outside.now
    assert row is not None  # noqa: S101 - the prepared store keeps it
    changes = {"removed_at": None, "poll_at": now, "wake_at": now}
    write(play, "source add", lambda w: w.apply([Put("source", feed.name, changes, "source added again")]))


def tend(play: "Play") -> None:
    """A source that has told everything is let go of: it would be looked at for ever."""
    from assistant.app.proving.person import write

    for feed in play.outside.feeds.values():
        row = sources.source(play.con, feed.name)
        if row is None or row.removed_at is not None or row.lease is not None or not feed.is_told(row.cursor):
            continue
        gone = {"removed_at": play.outside.now}
        write(play, "source remove", lambda w, n=feed.name, g=gone: w.apply([Put("source", n, g, "source removed")]))  # type: ignore[misc]
