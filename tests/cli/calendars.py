"""Files that sources look at in stories, written as a program on the same machine would write them."""

import os
from datetime import datetime
from pathlib import Path

BERLIN = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE"""


class Calendar:
    """An .ics file whose events are put, moved and taken away."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.events: dict[str, str] = {}
        self.write()

    @property
    def url(self) -> str:
        """Its URL."""
        return f"calendar://{self.path}"

    def put(self, uid: str, title: str, start: str, end: str, *lines: str, part: str = "") -> None:
        """An event, by its wall times in Berlin; `part` keeps an occurrence of a series apart."""
        times = (f"DTSTART;TZID=Europe/Berlin:{_wall(start)}", f"DTEND;TZID=Europe/Berlin:{_wall(end)}")
        said = ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *times, f"SUMMARY:{title}", *lines)
        self.events[uid + part] = "\n".join((*said, "END:VEVENT"))
        self.write()

    def remove(self, uid: str) -> None:
        """The event is gone."""
        del self.events[uid]
        self.write()

    def write(self, text: str | None = None) -> None:
        """Write the file, or something else in its place."""
        body = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//stories//EN", BERLIN, *self.events.values()))
        whole = f"{body}\nEND:VCALENDAR\n" if text is None else text
        self.path.write_text(whole.replace("\n", "\r\n"))


def _wall(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y%m%dT%H%M%S}"


def recurrence_id(wall: str) -> str:
    """The line that says which occurrence of its series an event is."""
    return f"RECURRENCE-ID;TZID=Europe/Berlin:{_wall(wall)}"


def put_file(path: Path, text: str, at: str) -> None:
    """A file that was written at an instant of the story."""
    path.write_text(text)
    seconds = datetime.fromisoformat(at).timestamp()
    os.utime(path, (seconds, seconds))
