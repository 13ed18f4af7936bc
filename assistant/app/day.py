"""A day of the person, and what their calendars say takes place within a span. Reads of the store only sources."""

from datetime import datetime, timedelta

from assistant.app.session import Session
from assistant.core.brief import LeftOut
from assistant.errors import AskError
from assistant.instants import from_text
from assistant.store.sources import all_sources
from assistant.value import Value
from assistant.when import zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ASKED_FOR = timedelta(seconds=5)  # a calendar that is slower is left out: nobody waits longer for a brief


class Day(Value):
    """A day where the person is: its first second and its last."""

    __slots__ = ("begins", "ends")
    begins: datetime
    ends: datetime


class CalendarEvent(Value):
    """What takes place, by a calendar. Its title is untrusted."""

    __slots__ = ("uid", "title", "begins", "ends", "source", "location")
    uid: str
    title: str
    begins: datetime
    ends: datetime
    source: str
    location: str | None


def day_of(session: Session, text: str | None = None) -> Day:
    """The day that words name; today without any."""
    at = session.now
    if text is not None:
        from assistant.app import words

        reading = words.instant(session, text, "--day", kept="")
        assert reading.at is not None  # noqa: S101 - an instant has one
        at = reading.at
    return day_at(session, at)


def day_at(session: Session, at: datetime, later: int = 0) -> Day:
    """The day of an instant, or so many days later; a day of a change of clocks is shorter or longer."""
    wall = zone.to_wall(at, session.zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=later)
    begins = zone.to_instant(wall, session.zone)
    return Day(begins, zone.to_instant(wall + timedelta(days=1), session.zone) - timedelta(seconds=1))


def events_of(session: Session, begins: datetime, ends: datetime) -> tuple[list[CalendarEvent], list[LeftOut]]:
    """What takes place within a span by the calendars that are kept, and the calendars that did not answer."""
    rows = [row for row in all_sources(session.reading) if row.url.startswith("calendar")]
    if not rows:
        return [], []
    from assistant.app.secrets import SecretReader
    from assistant.ports.source import Asking, Failed
    from assistant.sources.table import make

    asking = Asking(session.zone, SecretReader(session.environment, session.home), ASKED_FOR)
    found: list[CalendarEvent] = []
    silent: list[LeftOut] = []
    for row in rows:
        try:
            source: Any = make(row.url, row.name)
            listing = source.events_between(begins, ends + timedelta(seconds=1), asking)
        except AskError as error:
            listing = Failed(error.message)
        except Exception as error:  # noqa: BLE001 - what a calendar holds must not take the whole brief away
            listing = Failed(f"{type(error).__name__}: {error}")
        if isinstance(listing, Failed):
            silent.append(LeftOut(f"calendar {row.name}: {listing.error}", 1, "ask doctor"))
            continue
        if listing.note:
            silent.append(LeftOut(f"calendar {row.name}: {listing.note}", 1, "ask doctor"))
        found += [_event(data, row.name) for data in listing.events]
    return sorted(found, key=lambda event: (event.begins, event.title)), silent


def _event(data: "dict[str, Any]", source: str) -> CalendarEvent:
    begins, ends = (_instant(str(data[name])) for name in ("start", "end"))
    title = " ".join(str(data.get("title") or "").split()) or "(no title)"
    return CalendarEvent(str(data.get("uid")), title, begins, ends, source, data.get("location") or None)


def _instant(text: str) -> datetime:
    return from_text(text) if text.endswith("Z") else datetime.fromisoformat(text)
