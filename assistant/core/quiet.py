"""Quiet hours: until when a message is held. Knows no channel and sends nothing."""

from datetime import datetime, time

from assistant.value import Value
from assistant.when import zone

HELD = "held by quiet hours"


class QuietHours(Value):
    """From a wall time to a wall time, over midnight where `ends` is earlier than `begins`."""

    __slots__ = ("begins", "ends", "zone")
    begins: time
    ends: time
    zone: str


def read_quiet(text: str, zone_key: str) -> QuietHours:
    """The quiet hours that a preference says.

    >>> read_quiet("22:00-07:00", "UTC").ends
    datetime.time(7, 0)
    """
    begins, ends = text.split("-")
    return QuietHours(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()), zone_key)


def held_until(quiet: QuietHours | None, severity: str, now: datetime) -> datetime:
    """When a message may go out: now, or at the end of the quiet hours. `high` breaks through.

    >>> from datetime import UTC
    >>> night = datetime(2026, 11, 24, 23, 10, tzinfo=UTC)
    >>> held_until(read_quiet("22:00-07:00", "UTC"), "normal", night).isoformat()
    '2026-11-25T07:00:00+00:00'
    >>> held_until(read_quiet("22:00-07:00", "UTC"), "high", night) == night
    True
    """
    if quiet is None or severity == "high" or quiet.begins == quiet.ends:
        return now
    wall = zone.to_wall(now, quiet.zone)
    clock = wall.time()
    over_midnight = quiet.begins > quiet.ends
    inside = (clock >= quiet.begins or clock < quiet.ends) if over_midnight else quiet.begins <= clock < quiet.ends
    if not inside:
        return now
    day = wall.date()
    if over_midnight and clock >= quiet.begins:
        from datetime import timedelta

        day += timedelta(days=1)
    return zone.to_instant(datetime.combine(day, quiet.ends), quiet.zone)
