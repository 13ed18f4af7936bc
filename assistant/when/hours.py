"""Which time of day is meant: bare hours, day parts and ranges by the conventions."""

from datetime import time

from assistant.when.scan import Clock, Scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

AFTERNOON_PARTS = ("afternoon", "evening", "tonight")


def time_of(scan: Scan, facts: "Facts") -> time:
    """The time of day: the clock as said, else the day part's preference, else the default."""
    clock: Clock | None = facts.get("clock")
    part: str | None = facts.get("part")
    if clock is None:
        return scan.conventions.day_parts[part] if part is not None else scan.conventions.default_time
    far: Facts = facts.get("to") or {}
    if part is None and "part" in far:
        part = far["part"]
    if not clock.half and part is None and "clock" in far:
        return _near_end(clock, far["clock"], scan)
    return clock_time(clock, part, scan)


def _near_end(near: Clock, far: Clock, scan: Scan) -> time:
    """`from 2:00 to 2:30 pm`: the near end takes the far end's half of the day where that leaves it the earlier one."""
    if far.half in ("am", "pm"):
        shared = clock_time(near.replace(half=far.half), None, scan)
        last = clock_time(far, None, scan)
        if shared < last or (far.midnight or last == time()):
            return shared
        other = "am" if far.half == "pm" else "pm"
        return clock_time(near.replace(half=other), None, scan)
    return clock_time(near, None, scan)


def clock_time(clock: Clock, part: str | None, scan: Scan) -> time:
    """A time as said, with the half of the day that was left out.

    Bare hours: 7 to 11 are before noon, 12 is noon, 1 to 6 are after noon, unless a day part says otherwise.
    """
    hour = clock.hour
    if clock.half == "am":
        hour %= 12
    elif clock.half == "pm":
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif not clock.half or (part in AFTERNOON_PARTS and 0 < hour < 12):
        hour = _bare_hour(hour, part)
    return time(hour % 24, clock.minute, clock.second)


def _bare_hour(hour: int, part: str | None) -> int:
    if part == "morning":
        return hour % 12
    if part in ("afternoon", "evening"):
        return hour if hour == 12 else hour % 12 + 12
    if part == "tonight":
        return 0 if hour == 12 else hour if hour < 6 else hour + 12
    if part == "lunch":
        return hour if hour in (11, 12) else hour % 12 + 12
    return hour + 12 if 1 <= hour <= 6 else hour
