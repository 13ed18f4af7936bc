"""Times and rules to words. Reads no clock: distances are from the `now` that is handed in."""

from datetime import datetime, timedelta

from assistant.when.names import clock, short_date
from assistant.when.zone import load, to_wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions

__all__ = ["clock", "date", "distance", "dst_notes", "from_now", "instant", "moment", "rule"]


def instant(at: datetime, zone: str, now: datetime) -> str:
    """An instant in full: weekday, date, time, zone, and how far off it is.

    >>> from datetime import UTC
    >>> instant(datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/Berlin", datetime(2026, 11, 23, 15, 23, tzinfo=UTC))
    'Tue 24 Nov 2026 09:00 Europe/Berlin · in 16 h 37 min'
    """
    return f"{moment(at, zone)} · {from_now(at - now)}"


def moment(at: datetime, zone: str) -> str:
    """An instant as date, time and zone; the second of two equal clock times says so.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin")
    'Sun 25 Oct 2026 02:30 (the second) Europe/Berlin'
    """
    local = at.astimezone(load(zone))
    second = " (the second)" if local.fold else ""
    return f"{short_date(local)} {clock(local)}{second} {zone}"


def rule(text: str, zone: str, conventions: "Conventions", now: datetime | None = None) -> str:
    """A kept rule in words; with `now`, a first day that lies ahead is said as well. Loaded when first asked for."""
    from assistant.when import wording

    return wording.rule(text, zone, conventions, now)


def dst_notes(text: str, zone: str, now: datetime, conventions: "Conventions") -> tuple[str, ...]:
    """What changes of clocks within a year do to the slots of a rule, in words. Loaded when first asked for."""
    from assistant.when import changes

    return changes.dst_notes(text, zone, now, conventions)


def date(at: datetime, zone: str) -> str:
    """The day of an instant.

    >>> from datetime import UTC
    >>> date(datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "Europe/Berlin")
    'Wed 25 Nov 2026'
    """
    return short_date(to_wall(at, zone))


def from_now(delta: timedelta) -> str:
    """How far ahead or how long ago.

    >>> from_now(timedelta(seconds=10)), from_now(-timedelta(hours=7, minutes=50)), from_now(timedelta(0))
    ('in 10 s', '7 h 50 min ago', 'now')
    """
    if abs(delta) < timedelta(seconds=1):
        return "now"
    return f"in {distance(delta)}" if delta > timedelta(0) else f"{distance(-delta)} ago"


def distance(delta: timedelta) -> str:
    """A distance in its two largest units, cut off, never rounded up; days alone from ten days on.

    >>> [distance(timedelta(seconds=seconds)) for seconds in (10, 61, 3600, 94000, 864000)]
    ['10 s', '1 min 1 s', '1 h', '1 d 2 h', '10 d']
    """
    seconds = abs(delta) // timedelta(seconds=1)
    days, rest = divmod(seconds, 86400)
    if days >= 10:
        return f"{days} d"
    parts = [(days, "d"), (rest // 3600, "h"), (rest % 3600 // 60, "min"), (rest % 60, "s")]
    while len(parts) > 1 and not parts[0][0]:
        del parts[0]
    return " ".join(f"{number} {unit}" for number, unit in parts[:2] if number) or "0 s"
