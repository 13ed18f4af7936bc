"""A day of the person, and what their calendars say takes place within a span. Reads of the store only sources."""

from datetime import datetime, timedelta

from assistant.app.session import Session
from assistant.core.brief import LeftOut
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
    from assistant.app.calendars import events_between
    from assistant.app.secrets import SecretReader
    from assistant.ports.source import Asking

    asking = Asking(session.zone, SecretReader(session.environment, session.home), ASKED_FOR)
    listed = events_between(rows, begins, ends + timedelta(seconds=1), asking)
    silent = [LeftOut(f"calendar {name}: {failed.error}", 1, "ask doctor") for name, failed in listed.failed.items()]
    silent += [LeftOut(f"calendar {note}", 1, "ask doctor") for note in listed.notes]
    return [_event(data) for data in listed.events], silent


def _event(data: "dict[str, Any]") -> CalendarEvent:
    begins, ends = (datetime.fromisoformat(str(data[name])) for name in ("start", "end"))
    title = " ".join(str(data.get("title") or "").split()) or "(no title)"
    source = str(data.get("source") or "calendar")
    return CalendarEvent(str(data.get("uid")), title, begins, ends, source, data.get("location") or None)
