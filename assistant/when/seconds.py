"""Wall times and instants as whole seconds, counted alike from the proleptic day 0. Knows no rules.

So an instant is a wall time less the offset of its zone, and a day is 86,400 of them.
"""

from datetime import UTC, datetime, timedelta, tzinfo

from assistant.when.zone import to_wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 86400
LAST_DAY = 3652057  # two days before the end of the calendar, so that every offset has room
_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def wall_seconds(wall: datetime) -> int:
    """The number of a wall time.

    >>> wall_seconds(datetime(1, 1, 1, 0, 1))
    86460
    """
    return wall.toordinal() * DAY + wall.hour * 3600 + wall.minute * 60 + wall.second


def instant_seconds(instant: datetime) -> int:
    """The number of an aware instant, cut off to its second."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no zone; an instant needs one.")
    try:
        return wall_seconds(instant.astimezone(UTC))
    except OverflowError:  # the first and the last day of the calendar have no room for an offset
        return wall_seconds(instant)


def to_datetime(instant: int) -> datetime:
    """The instant of a number, in UTC."""
    return _FIRST + timedelta(seconds=instant - DAY)


def as_wall(moment: datetime, key: str) -> datetime:
    """A wall time as it is; an instant as clocks of the zone show it."""
    return to_wall(moment, key) if moment.tzinfo else moment


def place_wall(wall: int, place: tzinfo) -> int:
    """The instant of a wall time: out of a gap by the offset before it, of a repeated hour the first."""
    return wall - offset(wall, place)


def offset(wall: int, place: tzinfo) -> int:
    """The offset at a wall time: in a gap the one before it, in a repeated hour the first."""
    return _in_seconds(to_datetime(wall).replace(tzinfo=place).utcoffset())


def offset_at(instant: int, place: tzinfo) -> int:
    """The offset at an instant."""
    return _in_seconds(to_datetime(instant).astimezone(place).utcoffset())


def first_beyond(moments: "Sequence[int]", limit: int) -> int:
    """The index of the first moment after the limit, as `bisect.bisect_right` would say it.

    >>> first_beyond([1, 3, 3, 5], 3)
    3
    """
    low, high = 0, len(moments)
    while low < high:
        middle = (low + high) // 2
        if moments[middle] > limit:
            high = middle
        else:
            low = middle + 1
    return low


def _in_seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else offset.days * DAY + offset.seconds
