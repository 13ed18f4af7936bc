"""One VEVENT as icalendar reads it: what it says, and what of it cannot be relied on. Knows no other event."""

from datetime import UTC, date, datetime, timedelta, tzinfo

import icalendar

from assistant.sources.calendar.blocks import Block
from assistant.sources.calendar.entry import LASTS, TEXT, Entry
from assistant.sources.keys import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DATES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
LONGEST_UID = 255


class Unreadable(Exception):
    """An event that cannot be read."""


def parsed(block: Block) -> icalendar.Event:
    """The event of a block; Unreadable, or what icalendar raises, where its times cannot be relied on."""
    event = icalendar.Event.from_ical(block.text)
    if not isinstance(event, icalendar.Event):
        raise Unreadable("it is no VEVENT")
    for name, said in event.errors:
        if name in DATES:
            raise Unreadable(f"{name}: {said}")
    if "DTSTART" not in event:
        raise Unreadable("it has no DTSTART")
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
        if isinstance(event.get(name), list):
            raise Unreadable(f"it has {name} twice")
    _times(event)
    return event


def entry_of(uid: str, event: icalendar.Event, place: tzinfo, now: int) -> Entry:
    """What it says, dates and floating times read where the person is."""
    start, end = _times(event)
    own = own_moment(event)
    title, location = _text(event.get("SUMMARY")), _text(event.get("LOCATION"))
    organizer, organizer_name = _organizer(event)
    is_series = own is None and recurs(event)
    is_cancelled = _text(event.get("STATUS")).upper() == "CANCELLED"
    told = _zoned if is_series else _exact
    when = digest(told(start), told(end), *_rules(event))
    begins = instant(start, place)
    return Entry(
        id=digest(uid, "" if own is None else _exact(own)),
        uid=uid,
        occurrence=None if own is None else instant(own, place),
        title=title,
        location=location,
        organizer=organizer,
        organizer_name=organizer_name,
        start=begins,
        end=max(begins, instant(end, place)),
        then=0,
        all_day=not isinstance(start, datetime),
        is_series=is_series,
        is_cancelled=is_cancelled,
        when=when,
        mark=digest(when, title, location, organizer, "cancelled" if is_cancelled else ""),
        exceptions=_exceptions(event, start, place, now),
    )


def own_moment(event: icalendar.Event) -> date | None:
    """The RECURRENCE-ID: which occurrence of its series it describes."""
    found: date | None = _moment(event, "RECURRENCE-ID") if "RECURRENCE-ID" in event else None
    return found


def instant(moment: date, place: tzinfo) -> int:
    """Its instant; a date begins, and a floating time is, where the person is."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=place)
    return int(moment.timestamp() // 1)


def recurs(event: icalendar.Event) -> bool:
    """Whether it is a series."""
    return "RRULE" in event or "RDATE" in event


def goes_on(event: icalendar.Event) -> bool:
    """Whether it describes all occurrences from its own on (RFC 5545 §3.2.13)."""
    moved: Any = event.get("RECURRENCE-ID")
    return moved is not None and str(moved.params.get("RANGE", "")).upper() == "THISANDFUTURE"


def sequence(event: icalendar.Event) -> int:
    """Its revision (RFC 5545 §3.8.7.4); of two that say the same thing, the higher one counts."""
    given = event.get("SEQUENCE", -1)
    return int(given) if isinstance(given, int) else -1


def uid_of(block: Block) -> str:
    """Its UID; one without gets one made of what it says, so that it stays the same until it is changed."""
    uid = "".join(char for char in block.uid if char.isprintable())
    if not uid:
        kept = [line for line in block.text.split("\r\n") if line[:7].upper() not in _PASSING]
        return "no-uid-" + digest(*kept)
    return uid if len(uid) <= LONGEST_UID else f"{uid[: LONGEST_UID - 15]}-{digest(uid)}"


def figures(block: Block) -> str:
    """The figures of the day on which it begins; empty where there are none."""
    given = block.properties.get("DTSTART", "")
    return given[:8] if given[:8].isdigit() else ""


_PASSING = ("DTSTAMP", "CREATED", "LAST-MO")  # many calendars write them anew each time


def _times(event: icalendar.Event) -> tuple[date, date]:
    """Start and end, each a date or a time, with a zone or floating (RFC 5545 §3.6.1)."""
    start = _moment(event, "DTSTART")
    if "DTEND" in event:
        return start, _moment(event, "DTEND")
    if "DURATION" in event:
        length: Any = event["DURATION"]
        if not isinstance(length.dt, timedelta):
            raise Unreadable(f"DURATION: {length.dt!r} is no length of time")
        whole = isinstance(start, datetime) or not length.dt.seconds
        return start, (start if whole else datetime.combine(start, datetime.min.time())) + length.dt
    return start, start if isinstance(start, datetime) else start + timedelta(days=1)


def _moment(event: icalendar.Event, name: str) -> date:
    given: Any = event[name]
    if not isinstance(given.dt, date):
        raise Unreadable(f"{name}: {given.dt!r} is no date")
    return given.dt


def _exact(moment: date) -> str:
    """An instant the same in every zone; dates and floating times as they stand."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def _zoned(moment: date) -> str:
    """The wall time with its zone: a series at 10:00 in Berlin is another than one at 9:00 UTC."""
    zone = getattr(moment, "tzinfo", None)
    return f"{moment.isoformat()} {getattr(zone, 'key', '')}"  # one that the calendar defines shows by its offset


def _rules(event: icalendar.Event) -> list[str]:
    rules: list[str] = []
    for name in ("RRULE", "RDATE"):
        given: Any = event.get(name, [])
        for rule in given if isinstance(given, list) else [given]:
            rules.append(f"{name}:{rule.to_ical().decode('utf-8', 'replace')}")
    return sorted(rules)


def _exceptions(event: icalendar.Event, start: date, place: tzinfo, now: int) -> tuple[int, ...]:
    """The coming occurrences that are left out; a date leaves out what its day holds, at the time of the series."""
    given: Any = event.get("EXDATE", [])
    times = [moment.dt for some in (given if isinstance(given, list) else [given]) for moment in some.dts]
    if isinstance(start, datetime):
        times = [time if isinstance(time, datetime) else datetime.combine(time, start.timetz()) for time in times]
    coming = sorted({instant(time, place) for time in times})
    return tuple(time for time in coming if time >= now)[:LASTS]


def _organizer(event: icalendar.Event) -> tuple[str, str]:
    given: Any = event.get("ORGANIZER")
    if given is None:
        return "", ""
    given = given[0] if isinstance(given, list) else given
    address = _text(given)
    if address.lower().startswith("mailto:"):
        address = address[7:]
    return address, _text(getattr(given, "params", {}).get("CN"))


def _text(given: "Any") -> str:
    """A text of one line, bounded: it goes into templates and lists."""
    if isinstance(given, list):
        given = given[0] if given else None
    words = "" if given is None else " ".join(str(given)[: TEXT * 4].split())
    clean = "".join(char for char in words if char.isprintable())
    return clean if len(clean) <= TEXT else clean[: TEXT - 1] + "…"
