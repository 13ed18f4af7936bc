"""How long a kept duration lasts from an instant: `900s` by the clock, `2d` by wall days, `1b` by business days."""

from datetime import datetime, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions


def later(at: datetime, length: str, conventions: "Conventions") -> datetime:
    """The instant that a length of time after another is. ValueError where that is beyond the calendar.

    Days keep the wall time in the zone of the conventions; business days skip the days off and public holidays.

    >>> from datetime import UTC
    >>> from assistant.when.values import Conventions
    >>> friday = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    >>> [later(friday, length, Conventions("UTC")).day for length in ("7200s", "2d", "1b")]
    [27, 29, 30]
    """
    count, measure = int(length[:-1]), length[-1]
    if measure == "s":
        return at + timedelta(seconds=count)
    from assistant.when import zone

    wall = zone.to_wall(at, conventions.zone)
    if measure == "d":
        return zone.to_instant(wall + timedelta(days=count), conventions.zone)
    from assistant.when.workdays import add_business_days

    day = add_business_days(wall.date(), count, conventions)
    return zone.to_instant(datetime.combine(day, wall.time()), conventions.zone)
