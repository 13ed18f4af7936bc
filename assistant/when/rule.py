"""Rules to slots: the instants of a kept rule after a moment, one by one or counted. Reads no clock and no words.

Walls and instants are whole seconds here, counted alike from the proleptic day 0, so that an instant is a wall less the
offset of its zone. A wall time in a gap rings at the shifted time, one that clocks show twice rings the first time, and
what falls on the same instant is one slot.
"""

from datetime import date, datetime, timedelta

from assistant.value import Value
from assistant.when.distance import write_distance
from assistant.when.runs import runs_after
from assistant.when.seconds import (
    DAY,
    LAST_DAY,
    as_wall,
    first_beyond,
    instant_seconds,
    offset_at,
    place_wall,
    to_datetime,
    wall_seconds,
)
from assistant.when.walls import is_holiday
from assistant.when.written import as_typed, parse, zone_named
from assistant.when.zone import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.when.values import Conventions

__all__ = ["Span", "after_done", "next_after", "normal", "parse", "previous", "slots", "span", "zone_named"]

_EARLIEST = 2 * DAY


class Span(Value):
    """A run of slots: the first, the last and how many."""

    __slots__ = ("first", "last", "count")
    first: datetime
    last: datetime
    count: int


def normal(text: str, now: datetime, conventions: "Conventions") -> str:
    """The text to keep for a rule as a person types it: RRULE text with or without its head, or a cron expression.

    A rule without DTSTART begins today, at the default time unless it names its own. A rule that has no slot at all,
    such as one for 30 February, is refused.

    >>> from datetime import UTC
    >>> from assistant.when.values import Conventions
    >>> now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> normal("freq=weekly;byday=mo", now, Conventions("UTC"))
    'DTSTART:20261124T090000\\nRRULE:FREQ=WEEKLY;BYDAY=MO'
    """
    kept = as_typed(text, now, conventions)
    zone = zone_named(text) or conventions.zone
    if next_after(kept, to_datetime(_EARLIEST), zone, conventions) is None:
        raise ValueError(
            f"{' '.join(text.split())[:80]!r} never comes; check its days, and that it ends after it begins."
        )
    return kept


def slots(text: str, after: datetime, zone: str, conventions: "Conventions") -> "Iterator[datetime]":
    """The slots strictly after a moment, in UTC, one by one for as long as somebody asks.

    >>> from itertools import islice
    >>> from datetime import UTC
    >>> from assistant.when.values import Conventions
    >>> text, after = "DTSTART:20260327T023000\\nRRULE:FREQ=DAILY", datetime(2026, 3, 28, 12, tzinfo=UTC)
    >>> [at.isoformat() for at in islice(slots(text, after, "Europe/Berlin", Conventions("Europe/Berlin")), 2)]
    ['2026-03-29T01:30:00+00:00', '2026-03-30T00:30:00+00:00']
    """
    for run in runs_after(text, instant_seconds(after), zone, conventions):
        for moment in run.moments:
            yield to_datetime(run.base + moment)


def next_after(text: str, after: datetime, zone: str, conventions: "Conventions") -> datetime | None:
    """The first slot strictly after a moment, in UTC; None if there is none."""
    return next(slots(text, after, zone, conventions), None)


def span(text: str, after: datetime, until: datetime, zone: str, conventions: "Conventions") -> Span | None:
    """The slots in (after, until]: first, last and their exact number; None without one.

    Whole days are counted at once, so that a minute rule asleep for years costs as little as a daily one.
    """
    first = last = None
    count = 0
    end = instant_seconds(until)
    for run in runs_after(text, instant_seconds(after), zone, conventions, end):
        size = first_beyond(run.moments, end - run.base)
        if size:
            first = run.base + run.moments[0] if first is None else first
            last = run.base + run.moments[size - 1]
            count += size
        if size < len(run.moments):
            break
    if first is None or last is None:
        return None
    return Span(to_datetime(first), to_datetime(last), count)


def previous(text: str, before: datetime, zone: str, conventions: "Conventions") -> datetime | None:
    """The last slot at or before a moment, looked for in spans that grow, back to the first of the rule."""
    start = parse(text).start
    floor = _EARLIEST if start is None else max(_EARLIEST, wall_seconds(as_wall(start, zone)) - 2 * DAY)
    reach = DAY * 2
    while True:
        begin = max(floor, instant_seconds(before) - reach)
        found = span(text, to_datetime(begin), before, zone, conventions)
        if found is not None:
            return found.last
        if begin == floor:
            return None
        reach *= 4


def after_done(text: str, completed_at: datetime, zone: str, conventions: "Conventions") -> datetime:
    """The slot that follows a completion: the distance from its day, at the wall time of day that the rule keeps.

    >>> from datetime import UTC
    >>> from assistant.when.values import Conventions
    >>> text = "DTSTART:20261124T090000\\nX-ASK-AFTER-DONE:P3D"
    >>> after_done(text, datetime(2026, 11, 26, 17, tzinfo=UTC), "UTC", Conventions("UTC")).isoformat()
    '2026-11-29T09:00:00+00:00'
    """
    rule = parse(text)
    distance = rule.after_done
    if distance is None:
        raise ValueError("The rule does not count from completion; X-ASK-AFTER-DONE:P3D would.")
    if distance.seconds:
        at = instant_seconds(completed_at) + distance.seconds
    else:
        begin = as_wall(completed_at, zone)
        day = _add_months(begin.date(), distance.months).toordinal() + distance.days
        start = wall_seconds(as_wall(rule.start, zone) if rule.start is not None else begin)
        at = day * DAY + start % DAY
        at = place_wall(at, load(zone)) if day <= LAST_DAY else at
    if at > LAST_DAY * DAY:
        raise ValueError(f"{write_distance(distance)} after {completed_at:%Y-%m-%d} is beyond the calendar.")
    while rule.except_holidays and is_holiday((at + offset_at(at, load(zone))) // DAY, conventions):
        at += DAY
    return to_datetime(at)


def _add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month.

    >>> _add_months(date(2024, 1, 31), 1).isoformat()
    '2024-02-29'
    """
    if not months:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9998:
        raise ValueError(f"{months} months after {day.isoformat()} is beyond the calendar.")
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return day.replace(year=year, month=month + 1, day=1) + timedelta(
        days=min(day.day, following.toordinal() - date(year, month + 1, 1).toordinal()) - 1
    )
