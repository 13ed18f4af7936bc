"""A calendar's text in pieces: each VEVENT and VTIMEZONE by itself, with the little that is seen without reading it.

So one event that cannot be read loses no other, and the thousands that are long over cost next to nothing.
"""

import re

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

WANTED = frozenset({"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "RECURRENCE-ID"})
CLEARANCE = 3  # days that zones, and an end on the day after, may shift what is read from the figures of a date
_DAYS = re.compile(r"(\d{8})(?:T\d{6}Z?)?\Z")
_LENGTH = re.compile(r"P(?:(\d{1,4})W|(\d{1,5})D)?(?:T(?:\d{1,3}H)?(?:\d{1,4}M)?(?:\d{1,5}S)?)?\Z")
_UNTIL = re.compile(r"(?:^|;)UNTIL=(\d{8})")


class Block(Value):
    """The text of one event, the line at which it begins, and its properties as they stand there."""

    __slots__ = ("line", "text", "properties")
    line: int
    text: str
    properties: dict[str, str]  # the name with its parameters is not kept, only what follows the colon

    @property
    def uid(self) -> str:
        """Its UID; empty where it has none."""
        return self.properties.get("UID", "").strip()

    def last_day(self) -> str | None:
        """The figures of the last day on which anything of it may take place; None where that takes more to know."""
        begins = _DAYS.search(self.properties.get("DTSTART", ""))
        if begins is None or "RDATE" in self.properties:
            return None
        first = begins[1]
        if "RRULE" in self.properties:
            until = _UNTIL.search(self.properties["RRULE"].upper())
            if until is None:
                return None
            first = max(first, until[1])
        return self._end_from(begins[1], first)

    def _end_from(self, begin: str, last: str) -> str | None:
        ends = _DAYS.search(self.properties["DTEND"]) if "DTEND" in self.properties else None
        if ends is not None:
            return max(last, ends[1]) if last == begin else _later(last, _days_between(begin, ends[1]))
        if "DTEND" in self.properties:
            return None
        length = _LENGTH.match(self.properties.get("DURATION", "P"))
        # The part of a duration behind its T is at most 999 hours, 9,999 minutes and 99,999 seconds here.
        return None if length is None else _later(last, int(length[1] or 0) * 7 + int(length[2] or 0) + 51)


class Blocks(Value):
    """A calendar in pieces. `begun`: lines of events that have no end. `is_whole`: it has its own end."""

    __slots__ = ("head", "zones", "events", "begun", "is_whole")
    head: tuple[str, ...]
    zones: tuple[str, ...]
    events: tuple[Block, ...]
    begun: tuple[int, ...]
    is_whole: bool


def split(text: str) -> Blocks | None:
    """The pieces; None where the text is no calendar (RFC 5545 §3.4)."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or lines[first].strip().upper() != "BEGIN:VCALENDAR":
        return None
    pieces = _Pieces()
    for number, line in enumerate(lines[first:], first + 1):
        pieces.take(number, line.rstrip("\r"))
    pieces.lose()
    return Blocks(tuple(pieces.head), tuple(pieces.zones), tuple(pieces.events), tuple(pieces.begun), pieces.is_whole)


class _Pieces:
    def __init__(self) -> None:
        self.head: list[str] = []
        self.zones: list[str] = []
        self.events: list[Block] = []
        self.begun: list[int] = []
        self.is_whole = False
        self._inside = ""  # the component that is being gathered
        self._other = ""  # the component that is passed over
        self._began = 0
        self._lines: list[str] = []

    def take(self, number: int, line: str) -> None:
        upper = line[:16].strip().upper()  # no name of a component that counts is longer
        if self._inside:
            self._gather(number, line, upper)
        elif self._other:
            self._other = "" if upper == self._other else self._other
        elif upper in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            self._begin(number, line, upper)
        elif upper == "END:VCALENDAR":
            self.is_whole = True
        elif upper == "BEGIN:VCALENDAR":
            self.is_whole = False  # several calendars may stand in one stream
        elif upper.startswith("BEGIN:"):
            self._other = "END:" + line.strip()[6:].upper()[:12]
        elif upper.startswith(("X-WR-TIMEZONE", "CALSCALE")):
            self.head.append(line)

    def lose(self) -> None:
        """Give up what has been begun and has no end."""
        if self._inside:
            self.begun.append(self._began)
            self._inside = ""

    def _begin(self, number: int, line: str, upper: str) -> None:
        self._inside, self._began, self._lines = upper[6:], number, [line]

    def _gather(self, number: int, line: str, upper: str) -> None:
        if upper in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE", "END:VCALENDAR"):
            self.lose()
            self.take(number, line)
            return
        self._lines.append(line)
        if upper == "END:" + self._inside:
            text = "\r\n".join(self._lines) + "\r\n"
            if self._inside == "VEVENT":
                self.events.append(Block(self._began, text, _properties(self._lines)))
            else:
                self.zones.append(text)
            self._inside = ""


def _properties(lines: list[str]) -> dict[str, str]:
    """The wanted properties of the event itself, unfolded; those of what stands within it are not its own."""
    found: dict[str, str] = {}
    depth = 0
    last = ""
    for line in lines:
        if line[:1] in (" ", "\t"):
            if last:
                found[last] += line[1:]
            continue
        last = ""
        name = line[: _name_end(line)].upper()
        if name == "BEGIN":
            depth += 1
        elif name == "END":
            depth -= 1
        elif depth == 1 and name in WANTED:
            last = name
            found[last] = line if name not in found else f"{name}:"  # given twice: no figures to rely on
    return {name: _value(line) for name, line in found.items()}


def _name_end(line: str) -> int:
    ends = [end for end in (line.find(":"), line.find(";")) if end >= 0]
    return min(ends) if ends else len(line)


def _value(line: str) -> str:
    """What stands behind the first colon that is not quoted.

    >>> _value('DTSTART;TZID="a:b":20261125T100000')
    '20261125T100000'
    """
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[at + 1 :].strip()
    return ""


def _day(figures: str) -> "date | None":
    from datetime import date

    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return None


def _later(figures: str, days: int) -> str | None:
    """The figures of a day some days on; None beyond the calendar."""
    from datetime import timedelta

    day = _day(figures)
    try:
        return None if day is None else (day + timedelta(days=days)).strftime("%Y%m%d").zfill(8)
    except OverflowError:
        return None


def _days_between(first: str, last: str) -> int:
    one, other = _day(first), _day(last)
    return max(0, (other - one).days) + 1 if one and other else 36525
