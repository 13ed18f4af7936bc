"""What the sources of a story tell: realistic data of calendars and folders, in order, from a cursor on.

It remembers nothing of who looked: an answer that was lost is given again, under the same keys.
"""

from datetime import datetime, timedelta
from typing import Any

from assistant.engine.sourcing import Looked, SourceWork
from assistant.ports.source import Failed, Polled, SourceEvent

CALENDAR, FOLDER = "work", "inbox"  # names of the virtual sources
NAMES = {"calendar": CALENDAR, "folder": FOLDER}
URLS = {CALENDAR: "calendar:///work.ics", FOLDER: "folder:///inbox"}
# How long before an event of that name the appointment begins; others tell of one that is a day away.
BEGINS = {"starting": -15, "started": 0, "ended": 60}
DAY = 24 * 60


class Feed:
    """One virtual source. `down_until`: nobody can look before."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.events: list[SourceEvent] = []
        self.down_until: datetime | None = None

    def look(self, work: SourceWork, now: datetime) -> Looked:
        """What happened from the cursor on."""
        cursor = work.source.cursor or {}
        if self.down_until is not None and now < self.down_until:
            return Looked(Polled((), cursor), Failed("it does not answer"))
        told = cursor.get("told", [])
        fresh = [place for place, event in enumerate(self.events) if place not in told and event.at <= now]
        fresh.sort(key=lambda place: self.events[place].at)
        return Looked(Polled(tuple(self.events[place] for place in fresh), {"told": [*told, *fresh]}))

    def said(self, looked: Looked) -> str:
        """An answer in words."""
        if looked.failed is not None:
            return looked.failed.error
        found = looked.polled.events if looked.polled is not None else ()
        return ", ".join(f"{event.name} ({_called(event.data)})" for event in found) or "nothing new"

    def is_told(self, cursor: dict[str, Any] | None) -> bool:
        """Whether all that it has to tell was kept."""
        return len((cursor or {}).get("told", ())) >= len(self.events)


def _called(data: dict[str, Any]) -> str:
    """What tells one event from another: a file's name, or the title and its UID."""
    words = [str(data[name]) for name in ("name", "title", "uid") if data.get(name)]
    return ", ".join(words) or "without data"


def source_of(event: str) -> str | None:
    """The virtual source that tells an event of that name; None where somebody emits it.

    >>> source_of("calendar.ended"), source_of("thing.changed")
    ('work', None)
    """
    return NAMES.get(event.partition(".")[0])


def realistic(event: str, now: datetime, number: int = 1) -> dict[str, Any]:
    """The data of an event of a source, as CONTRACT names it: the first one, or another one like it.

    >>> realistic("folder.new", datetime(2026, 11, 24))
    {'path': '/home/you/inbox/scan-1.pdf', 'name': 'scan-1.pdf', 'size': 48213, 'source': 'inbox'}
    """
    family, _, what = event.partition(".")
    if family == "folder":
        name = f"scan-{number}.pdf"
        return {"path": f"/home/you/inbox/{name}", "name": name, "size": 48213, "source": FOLDER}
    start = now - timedelta(minutes=BEGINS.get(what, -DAY))
    end = start + timedelta(minutes=60)
    return {
        "uid": f"20261120T101500-{number}@example.com", "title": "Call about the offer", "start": start.isoformat(),
        "end": end.isoformat(), "all_day": False, "location": "Room 2", "organizer": "ada@example.com",
        "organizer_name": "Ada", "recurring": False, "recurrence_id": None, "source": CALENDAR,
    }  # fmt: skip
