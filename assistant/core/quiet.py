"""Quiet hours: until when a message is held. Sends nothing."""

from datetime import datetime, time, timedelta

from assistant.value import Value
from assistant.when import zone

HELD = "held by quiet hours"
SEVERITIES = ("low", "normal", "high")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = 24 * 60
MOST = 64  # spans that one message waits through; what is quiet for longer than that holds nothing back


class Span(Value):
    """From a minute of the day to another one, over midnight where `ends` is not later than `begins`.

    It begins on `days`; it holds what goes to `channel`, or everything, up to `severity`.
    """

    __slots__ = ("begins", "ends", "days", "channel", "severity")
    begins: int
    ends: int
    days: frozenset[int] = frozenset(range(7))
    channel: str | None = None
    severity: str = "normal"


class QuietHours(Value):
    """When messages wait, in the zone of the person."""

    __slots__ = ("spans", "zone")
    spans: tuple[Span, ...]
    zone: str


def read_quiet(text: str, zone_key: str) -> QuietHours:
    """The quiet hours that a preference says.

    >>> read_quiet("22:00-07:00", "UTC").spans[0].ends
    420
    >>> weekend, evening = read_quiet("saturday,sunday 00:00-24:00; phone high 20:00-08:00", "UTC").spans
    >>> sorted(weekend.days), evening.channel, evening.severity
    ([5, 6], 'phone', 'high')
    """
    return QuietHours(tuple(_span(part.split()) for part in text.split(";")), zone_key)


def _span(words: list[str]) -> Span:
    begins, ends = (minute_of(clock) for clock in words[-1].split("-"))
    span = Span(begins, ends)
    for word in words[:-1]:
        days = word.split(",")
        if word in SEVERITIES:
            span = span.replace(severity=word)
        elif all(day in DAYS for day in days):
            span = span.replace(days=frozenset(DAYS.index(day) for day in days))
        else:
            span = span.replace(channel=word)
    return span


def minute_of(clock: str) -> int:
    """The minute of the day; 24:00 is the end of it."""
    if clock.strip() == "24:00":
        return DAY
    read = time.fromisoformat(clock.strip())
    return read.hour * 60 + read.minute


def held_until(quiet: QuietHours | None, severity: str, now: datetime, channel: str | None = None) -> datetime:
    """When a message may go out: now, or at the end of the quiet hours. `high` breaks through all that do not name it.

    >>> from datetime import UTC
    >>> night = datetime(2026, 11, 24, 23, 10, tzinfo=UTC)
    >>> held_until(read_quiet("22:00-07:00", "UTC"), "normal", night).isoformat()
    '2026-11-25T07:00:00+00:00'
    >>> held_until(read_quiet("22:00-07:00", "UTC"), "high", night) == night
    True
    >>> held_until(read_quiet("phone 20:00-24:00; 00:00-06:00", "UTC"), "low", night, "phone").isoformat()
    '2026-11-25T06:00:00+00:00'
    """
    if quiet is None:
        return now
    spans = [span for span in quiet.spans if _holds(span, severity, channel)]
    until = now
    for _ in range(MOST):
        wall = zone.to_wall(until, quiet.zone)
        ends = [end for span in spans if (end := _end(span, wall)) is not None]
        if not ends:
            return until
        later = zone.to_instant(max(ends), quiet.zone)
        if later <= until:  # its end is the hour that the clocks repeat
            return until
        until = later
    return now


def is_endless(quiet: QuietHours) -> bool:
    """Whether something would wait for ever: a severity on a channel that is quiet all week.

    >>> is_endless(read_quiet("00:00-12:00; phone 12:00-24:00", "UTC"))
    True
    """
    channels = {None, *(span.channel for span in quiet.spans)}
    return any(_is_all_week(quiet, severity, channel) for severity in SEVERITIES for channel in channels)


def _is_all_week(quiet: QuietHours, severity: str, channel: str | None) -> bool:
    spans = [span for span in quiet.spans if _holds(span, severity, channel)]
    monday = datetime(2026, 6, 1)  # noqa: DTZ001 - a wall time
    walls = [monday + timedelta(days=day, minutes=span.ends % DAY) for day in range(7) for span in spans]
    return bool(spans) and all(any(_end(span, wall) is not None for span in spans) for wall in walls)


def _holds(span: Span, severity: str, channel: str | None) -> bool:
    return SEVERITIES.index(severity) <= SEVERITIES.index(span.severity) and span.channel in (None, channel)


def _end(span: Span, wall: datetime) -> datetime | None:
    """When a span ends that holds at a wall time; None where it does not hold."""
    minute, day = wall.hour * 60 + wall.minute, wall.weekday()
    midnight = datetime.combine(wall.date(), time())
    over = span.ends <= span.begins
    if day in span.days and minute >= span.begins and (over or minute < span.ends):
        return midnight + timedelta(days=int(over), minutes=span.ends)
    if over and (day - 1) % 7 in span.days and minute < span.ends:
        return midnight + timedelta(minutes=span.ends)
    return None
