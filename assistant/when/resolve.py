"""What a phrase says about one moment, made into a wall time. The conventions that fill the gaps are applied here."""

from datetime import date, datetime, time, timedelta

from assistant.value import Value
from assistant.when.hours import clock_time, time_of
from assistant.when.scan import Amount, Clock, Scan, Span, add_months, days
from assistant.when.which_day import day_of, moved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

GRAINS = {"week": "week", "weekend": "day", "month": "month", "quarter": "quarter", "year": "year"}


class Moment(Value):
    """A wall time with what was said about it; `problem` says why there is none."""

    __slots__ = ("wall", "grain", "clock", "end", "elapsed", "problem")
    wall: datetime | None
    grain: str = "minute"
    clock: bool = False
    end: datetime | None = None
    elapsed: float | None = None  # seconds from now, where the phrase counts elapsed time
    problem: str = ""


def moment(scan: Scan, facts: "Facts") -> Moment:
    """The wall time that the facts name."""
    try:
        return _moment(scan, facts)
    except (OverflowError, ValueError):
        return Moment(None, problem="that date is beyond the calendar")


def _moment(scan: Scan, facts: "Facts") -> Moment:
    if "window_now" in facts:
        return Moment(scan.now, grain="second", clock=True)
    if "shift" in facts and "feast" not in facts:
        return _shifted(scan, facts)
    if "offset" in facts:
        return _offset(scan, facts)
    day = day_of(scan, facts)
    if isinstance(day, str):
        return Moment(None, problem=day)
    if facts.get("edge") == "end" and "clock" not in facts and not {"span", "month", "year"} & facts.keys():
        facts = {**facts, "clock": Clock(17, half="24")}  # the end of a day is that of its business
    return _at_time(scan, facts, day)


def _shifted(scan: Scan, facts: "Facts") -> Moment:
    distance: Amount = facts["shift"]
    if "month" in facts:  # "march in 1 year"
        reached = add_months(scan.today, distance.months)
        return Moment(
            datetime.combine(date(reached.year, facts["month"], 1), scan.conventions.default_time), grain="month"
        )
    if distance.seconds and not (distance.days or distance.months or distance.workdays) and "clock" not in facts:
        fine = "second" if distance.seconds % 60 else "minute"
        return Moment(scan.now + timedelta(seconds=distance.seconds), grain=fine, clock=True, elapsed=distance.seconds)
    if "now" in facts:
        return Moment(scan.now, grain="second", clock=True, elapsed=0)
    wall = moved(scan, scan.now, distance)
    if "clock" in facts or "part" in facts:
        return _at_time(
            scan,
            {name: facts[name] for name in facts if name != "shift"},
            Span(wall.date(), wall.date() + days(1), "day"),
        )
    return Moment(wall, grain="minute" if distance.seconds else "day", clock=bool(distance.seconds))


def _offset(scan: Scan, facts: "Facts") -> Moment:
    """`two hours before 6:45 tomorrow`."""
    base = moment(scan, facts["anchor"])
    if base.wall is None:
        return base
    distance: Amount = facts["offset"]
    anchor_is_clock = base.clock
    wall = base.wall
    if distance.seconds and not anchor_is_clock:
        wall = datetime.combine(wall.date(), time())
    wall = moved(scan, wall, distance)
    if distance.seconds and anchor_is_clock and not _has_day(facts["anchor"]) and wall <= scan.now:
        wall += days(1)
    if "clock" in facts:
        timed = {name: facts[name] for name in facts if name in ("clock", "zone", "to", "clock_exact")}
        return _at_time(scan, timed, Span(wall.date(), wall.date() + days(1), "day"))
    grain = "minute" if distance.seconds or anchor_is_clock else "day"
    return Moment(wall, grain=grain, clock=grain == "minute")


def _has_day(facts: "Facts") -> bool:
    return any(
        name in facts
        for name in ("day", "feast", "wdays", "month", "mdays", "span", "nths", "shift", "anchor", "workday")
    )


def _at_time(scan: Scan, facts: "Facts", span: Span) -> Moment:
    timed = "clock" in facts or "part" in facts
    at = time_of(scan, facts)
    day = span.start
    if not timed and span.grain == "day" and datetime.combine(day, at) <= scan.now:
        at = _later_today(scan, day, at)
    clock: Clock | None = facts.get("clock")
    if clock is not None and span.grain == "day" and _belongs_to_next_day(scan, facts, datetime.combine(day, at)):
        day += days(1)
    wall = datetime.combine(day, at)
    if timed:
        grain = "second" if clock is not None and clock.second else "minute"
    else:
        grain = GRAINS.get(span.grain, "day")
    end = None if grain in ("minute", "day") and "to" not in facts else datetime.combine(span.end, time())
    if "to" in facts:
        reached = _range_end(scan, facts, wall)
        if isinstance(reached, str):
            return Moment(None, problem=reached)
        end = reached
    return Moment(wall, grain=grain, clock="clock" in facts, end=end)


def _later_today(scan: Scan, day: date, at: time) -> time:
    """`today` after the default time: the next part of the day that is still to come."""
    if day != scan.today:
        return at
    ahead = [part for part in scan.conventions.day_parts.values() if datetime.combine(day, part) > scan.now]
    return min(ahead) if ahead else at


def _belongs_to_next_day(scan: Scan, facts: "Facts", wall: datetime) -> bool:
    """Whether the clock time lies after the midnight that ends the day: `friday at midnight`, `tonight at 2`."""
    clock: Clock = facts["clock"]
    if clock.midnight:
        return _has_day(facts)
    small_hours = facts.get("part") == "tonight" and wall.hour < 6
    return small_hours and (_has_day(facts) or wall <= scan.now)


def _range_end(scan: Scan, facts: "Facts", start: datetime) -> "datetime | str | None":
    """Where the interval ends, or why there is no such day."""
    far: Facts = facts["to"]
    if "clock" in far:
        at = clock_time(far["clock"], far.get("part") or facts.get("part"), scan)
        end = datetime.combine(start.date(), at)
        if _has_day(far):
            later = moment(scan, {**far})
            if later.wall is not None:
                end = datetime.combine(later.wall.date(), at)
        while end <= start:
            end += timedelta(hours=12) if not far["clock"].half else days(1)
        return end
    inherited = dict(far)
    for name in ("month", "span", "year"):
        if name in facts and name not in far and "mdays" in far:
            inherited[name] = facts[name]
    last = day_of(scan, inherited)
    if isinstance(last, str):
        return last
    end = datetime.combine(last.end, time())
    if "wdays" in inherited and end <= start:
        end += days(((start - end).days // 7 + 1) * 7)
    return end if end > start else None
