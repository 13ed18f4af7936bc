"""The days, times and distances of a rule in words. Knows nothing of its start, its end or its exceptions."""

from datetime import time

from assistant.when import names
from assistant.when.distance import Distance
from assistant.when.recur import DAILY, HOURLY, MONTHLY, WEEKLY, YEARLY, Recur

_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_MOST_TIMES = 12


def simplest(full: Recur) -> Recur:
    """The same days under the plainest frequency: hours of every day are days, any Monday of a month is weekly."""
    if full.freq >= HOURLY:
        full = full.replace(freq=DAILY, interval=1)
    if full.year_days or full.week_numbers or full.positions or full.interval > 1:
        return full
    nth = any(day.nth for day in full.weekdays)
    if full.freq == DAILY and full.month_days:
        return full.replace(freq=MONTHLY)
    if full.weekdays and not full.month_days and not (nth and full.freq in (YEARLY, MONTHLY)):
        return full.replace(freq=WEEKLY, weekdays=tuple(day.replace(nth=0) for day in full.weekdays))
    if full.freq == YEARLY and full.month_days and not full.weekdays and len(full.months) != 1:
        return full.replace(freq=MONTHLY)
    return full


def days_in_words(full: Recur) -> str | None:
    """Which days repeat, in words; None where there are no plain ones."""
    if full.month_days and full.weekdays:
        return _weekday_on_a_date(full)
    every = f"every {names.amount(full.interval, _UNITS[full.freq])}"
    if full.freq == DAILY:
        return None if full.weekdays or full.month_days else every + in_months(full)
    if full.freq == WEEKLY:
        if full.month_days:
            return None
        days = names.weekdays([day.day for day in full.weekdays])
        if full.interval == 1:
            return ("every day" if len(full.weekdays) == 7 else f"every {days}") + in_months(full)
        return f"{every} on {days}" + in_months(full)
    if full.freq == MONTHLY:
        which = _month_days(full.month_days) if full.month_days else _by_position(full) or _nth_weekdays(full)
        return f"{every} on {which}{in_months(full)}" if which else None
    return _days_of_year(full, every)


def _days_of_year(full: Recur, every: str) -> str | None:
    if full.week_numbers:
        return _days_of_weeks(full)
    if full.year_days and (full.months or full.month_days or full.weekdays):
        return None
    if full.year_days:
        days = names.joined([_counted_day(number) for number in full.year_days])
        return f"{every} on the {days} of the year"
    if full.month_days:
        if len(full.months) != 1 or min(full.month_days) < 0:
            return None
        month = names.MONTHS[full.months[0] - 1]
        if len(full.month_days) == 1:
            return f"{every} on {full.month_days[0]} {month}"
        return (
            f"{every} on the {names.joined([names.ordinal(number) for number in sorted(full.month_days)])} of {month}"
        )
    which = _nth_weekdays(full)
    if not which:
        return None
    months = names.joined([names.MONTHS[month - 1] for month in sorted(full.months)]) or "the year"
    return f"{every} on {which} of {months}"


def _month_days(days: tuple[int, ...]) -> str:
    counted = [names.ordinal(number) for number in sorted(days) if number > 0]
    counted += [f"{'the ' if counted else ''}{names.position(number)} day" for number in sorted(days) if number < 0]
    return f"the {names.joined(counted)}"


def _weekday_on_a_date(full: Recur) -> str | None:
    """`every Friday the 13th`."""
    days = [day for day in full.weekdays if not day.nth]
    plain = full.freq == MONTHLY and full.interval == 1 and not full.positions
    if not plain or len(full.weekdays) != 1 or not days or len(full.month_days) != 1 or full.month_days[0] < 0:
        return None
    return f"every {names.WEEKDAYS[days[0].day]} the {names.ordinal(full.month_days[0])}{in_months(full)}"


def _by_position(full: Recur) -> str | None:
    """`the last weekday`: BYSETPOS among the working days, which RFC 5545 itself gives as its example."""
    days = tuple(sorted(day.day for day in full.weekdays if not day.nth))
    if not full.positions or days != (0, 1, 2, 3, 4):
        return None
    return f"the {names.joined([names.position(number) for number in full.positions])} weekday"


def _days_of_weeks(full: Recur) -> str | None:
    """`every Monday in week 20`."""
    if full.interval > 1 or full.months or full.year_days or len(full.week_numbers) != 1 or full.week_numbers[0] < 0:
        return None
    return f"every {names.weekdays([day.day for day in full.weekdays])} in week {full.week_numbers[0]}"


def _nth_weekdays(full: Recur) -> str | None:
    """`the first and third Monday`: one weekday with its positions, or one position with its weekdays."""
    days = sorted({day.day for day in full.weekdays})
    positions = list(dict.fromkeys(day.nth for day in full.weekdays))
    if 0 in positions or len(full.weekdays) != len(days) * len(positions) or min(len(days), len(positions)) != 1:
        return None
    which = names.joined([names.position(number) for number in positions])
    return f"the {which} {names.joined([names.WEEKDAYS[day] for day in days])}"


def _counted_day(number: int) -> str:
    return f"{names.ordinal(number)} day" if number > 0 else f"{names.position(number)} day"


def in_months(full: Recur) -> str:
    """The months that a rule keeps to, with a blank before them; nothing where it keeps to none."""
    return f" in {names.joined([names.MONTHS[month - 1] for month in sorted(full.months)])}" if full.months else ""


# -- times -------------------------------------------------------------------------------------------------------------


def grouped(recurs: tuple[Recur, ...]) -> list[list[Recur]]:
    """Rules that differ in their times of day only, together."""
    groups: dict[Recur, list[Recur]] = {}
    for one in recurs:
        alone = one.freq >= HOURLY or one.count is not None or one.positions
        key = one if alone else one.replace(hours=(), minutes=(), seconds=())
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def with_times(days: str, seconds: list[int], full: Recur) -> str | None:
    """Days and the times of each: a few one by one, many in equal steps as a ladder."""
    if full.positions and (len(seconds) > 1 or "weekday" not in days):
        return None
    if len(seconds) > 3:
        step = seconds[1] - seconds[0]
        if seconds == list(range(seconds[0], seconds[-1] + 1, step)):
            size, unit = unit_of(step)
            often = f"every {names.amount(size, unit)}"
            ladder = f"between {_time(seconds[0])} and {_time(seconds[-1])}"
            if days.startswith("every day"):
                return f"{often}{days.removeprefix('every day')} {ladder}"
            if full.freq == WEEKLY and full.interval == 1:
                return f"{often} {ladder} on {days.removeprefix('every ')}"
            return f"{days} {often} {ladder}"
    if len(seconds) > _MOST_TIMES:
        return None
    return f"{days} at {names.joined([_time(second) for second in seconds])}"


def _time(second: int) -> str:
    return names.clock(time(second // 3600, second % 3600 // 60, second % 60))


def unit_of(seconds: int) -> tuple[int, str]:
    """The largest unit of which this is a whole number.

    >>> unit_of(5400), unit_of(7200)
    ((90, 'minute'), (2, 'hour'))
    """
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return seconds // size, unit
    return seconds, "second"


def distance_in_words(distance: Distance) -> str:
    """A distance in words."""
    years, months = divmod(distance.months, 12)
    weeks, days = divmod(distance.days, 7)
    if days:
        weeks, days = 0, distance.days
    parts = [(years, "year"), (months, "month"), (weeks, "week"), (days, "day")]
    if distance.seconds:
        parts.append(unit_of(distance.seconds))
    return names.joined([names.counted(number, unit) for number, unit in parts if number])


def times_over(count: int | None) -> str:
    """How many times, or nothing."""
    if count is None:
        return ""
    return f" for {names.counted(count, 'time')}"
