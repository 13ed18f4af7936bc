"""Rules to words that a person reads and that `read` takes back. Makes no slots and reads no clock.

A rule is said as what repeats ("every Monday to Friday"), when in the day ("at 09:25"), and its tails: exceptions, its
first day where that matters, its end. What has no plain words is said honestly as the rule it is.
"""

from datetime import date, datetime, time, timedelta

from assistant.when import names, recur
from assistant.when.cron import compile_
from assistant.when.expand import complete, times_of_every_day
from assistant.when.recur import DAILY, HOURLY, MONTHLY, WEEKLY, YEARLY, Recur
from assistant.when.seconds import DAY, LAST_DAY, wall_seconds
from assistant.when.walls import wall_days
from assistant.when.written import Distance, Elapsed, Rule, parse
from assistant.when.zone import to_wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions

_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_MOST_TIMES = 12


def rule(text: str, zone: str, conventions: "Conventions", now: datetime | None = None) -> str:
    """A kept rule in words; with `now`, a first day that lies ahead is said as well.

    >>> from assistant.when.values import Conventions
    >>> rule("DTSTART:20261124T092500\\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "UTC", Conventions("UTC"))
    'every Monday to Friday at 09:25'
    """
    return _Words(parse(text), zone, conventions, now).all()


class _Words:
    """The parts of one rule in words."""

    def __init__(self, rule: Rule, zone: str, conventions: "Conventions", now: datetime | None) -> None:
        self.rule = rule
        self.zone = zone
        self.conventions = conventions
        self.now = now
        start = rule.start
        self.start = datetime(1, 1, 1) if start is None else self._wall(start)  # noqa: DTZ001  # wall time

    def all(self) -> str:
        return self._series() + self._exceptions() + self._also()

    def _series(self) -> str:
        if self.rule.elapsed is not None:
            return self._elapsed(self.rule.elapsed)
        if self.rule.after_done is not None:
            return self._after_done(self.rule.after_done)
        parts = [self._alike(alike) for alike in _grouped(self.rule.recurs)]
        parts += [self._cron(text) for text in self.rule.crons]
        return "; and ".join(parts)

    def _cron(self, text: str) -> str:
        said = [self._said([one]) for one in compile_(text)]
        return "; and ".join(one for one in said if one) if all(said) else f"cron: {text}"

    def _alike(self, alike: list[Recur]) -> str:
        one = alike[0].replace(until=None, count=None)
        return (self._said(alike) or f"at every time of {recur.write(one)}") + self._bounds(alike)

    def _said(self, alike: list[Recur]) -> str | None:
        """Rules that differ in their times only, in words; None where there are no plain ones."""
        begin = wall_seconds(self.start)
        times = [times_of_every_day(one, begin) for one in alike]
        if not all(times):
            return None
        full = _simplest(complete(alike[0], begin))
        days = self._business_days(full) if self.rule.business_days else _days(full)
        return days and _with_times(days, sorted({second for one in times if one for second in one}), full)

    def _business_days(self, full: Recur) -> str:
        which = names.joined([names.position(number) for number in self.rule.business_days])
        return f"every {names.amount(full.interval, 'month')} on the {which} business day{_in_months(full)}"

    def _elapsed(self, elapsed: Elapsed) -> str:
        size, unit = _unit_of(elapsed.seconds)
        said = f"every {names.amount(size, unit)}{_times_over(elapsed.count)}"
        if self.rule.start is not None:
            said += f" starting {self._moment(self._first_tick(self.rule.start, elapsed))}"
        if elapsed.until is not None:
            said += f" until {self._moment(elapsed.until)}"
        return said

    def _first_tick(self, start: datetime, elapsed: Elapsed) -> datetime:
        """The anchor, or the first tick to come if now is known and none are counted."""
        if self.now is None or elapsed.count is not None or start > self.now:
            return start
        step = timedelta(seconds=elapsed.seconds)
        return start + ((self.now - start) // step + 1) * step

    def _after_done(self, distance: Distance) -> str:
        said = f"every {_distance(distance)} after completion"
        if distance.days or distance.months:
            said += f" at {names.clock(self.start)}"
        return said

    def _bounds(self, alike: list[Recur]) -> str:
        one = alike[0]
        said = _times_over(one.count)
        ahead = self.now is not None and self.start.date() > to_wall(self.now, self.zone).date()
        # Hours that come alike every day have told their phase already.
        phased = one.interval > 1 and (one.freq < HOURLY or times_of_every_day(one, wall_seconds(self.start)) is None)
        if phased or one.count is not None or ahead:
            said += f" starting {names.long_date(self._first_day(alike))}"
        if one.until is not None:
            said += f" until {self._end(one.until)}"
        return said

    def _first_day(self, alike: list[Recur]) -> date:
        """The day of the first slot, of those to come if now is known and none are counted: it tells the phase."""
        after = wall_seconds(self.start) - 1
        if self.now is not None and alike[0].count is None:
            after = max(after, wall_seconds(to_wall(self.now, self.zone)))
        part = self.rule.replace(recurs=tuple(alike), crons=(), added=())
        for times in wall_days(part, after // DAY, LAST_DAY, self.zone, self.conventions):
            if times.day * DAY + times.seconds[-1] > after:
                return date.fromordinal(times.day)
        return self.start.date()

    def _end(self, until: datetime) -> str:
        """The last day, with its clock time only where the end falls inside the day."""
        wall = self._wall(until)
        if wall.time() == time(23, 59, 59):
            return names.long_date(wall)
        return f"{names.long_date(wall)} {names.clock(wall)}"

    def _exceptions(self) -> str:
        said = ""
        if self.rule.except_holidays:
            country = self.conventions.country
            said += f" except holidays ({country})" if country else " except holidays (no country is set)"
        removed = [date.fromordinal(day) for day in self.rule.removed_days]
        days = [names.long_date(day) for day in removed]
        days += [self._moment(moment) for moment in self.rule.removed]
        return said + (f" except on {names.joined(days)}" if days else "")

    def _also(self) -> str:
        if not self.rule.added:
            return ""
        days = names.joined(
            [f"{names.long_date(wall)} at {names.clock(wall)}" for wall in map(self._wall, self.rule.added)]
        )
        alone = not (self.rule.recurs or self.rule.crons or self.rule.elapsed or self.rule.after_done)
        return f"on {days}" if alone else f" also on {days}"

    def _moment(self, moment: datetime) -> str:
        wall = self._wall(moment)
        return f"{names.long_date(wall)} {names.clock(wall)}"

    def _wall(self, moment: datetime) -> datetime:
        return to_wall(moment, self.zone) if moment.tzinfo else moment


# -- days --------------------------------------------------------------------------------------------------------------


def _simplest(full: Recur) -> Recur:
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


def _days(full: Recur) -> str | None:
    """Which days repeat, in words; None where there are no plain ones."""
    if full.month_days and full.weekdays:
        return _weekday_on_a_date(full)
    every = f"every {names.amount(full.interval, _UNITS[full.freq])}"
    if full.freq == DAILY:
        return None if full.weekdays or full.month_days else every + _in_months(full)
    if full.freq == WEEKLY:
        if full.month_days:
            return None
        days = names.weekdays([day.day for day in full.weekdays])
        if full.interval == 1:
            return ("every day" if len(full.weekdays) == 7 else f"every {days}") + _in_months(full)
        return f"{every} on {days}" + _in_months(full)
    if full.freq == MONTHLY:
        which = _month_days(full.month_days) if full.month_days else _by_position(full) or _nth_weekdays(full)
        return f"{every} on {which}{_in_months(full)}" if which else None
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
    return f"every {names.WEEKDAYS[days[0].day]} the {names.ordinal(full.month_days[0])}{_in_months(full)}"


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


def _in_months(full: Recur) -> str:
    return f" in {names.joined([names.MONTHS[month - 1] for month in sorted(full.months)])}" if full.months else ""


# -- times -------------------------------------------------------------------------------------------------------------


def _grouped(recurs: tuple[Recur, ...]) -> list[list[Recur]]:
    """Rules that differ in their times of day only, together."""
    groups: dict[Recur, list[Recur]] = {}
    for one in recurs:
        alone = one.freq >= HOURLY or one.count is not None or one.positions
        key = one if alone else one.replace(hours=(), minutes=(), seconds=())
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _with_times(days: str, seconds: list[int], full: Recur) -> str | None:
    """Days and the times of each: a few one by one, many in equal steps as a ladder."""
    if full.positions and (len(seconds) > 1 or "weekday" not in days):
        return None
    if len(seconds) > 3:
        step = seconds[1] - seconds[0]
        if seconds == list(range(seconds[0], seconds[-1] + 1, step)):
            size, unit = _unit_of(step)
            ladder = f"every {names.amount(size, unit)} between {_time(seconds[0])} and {_time(seconds[-1])}"
            if days.startswith("every day"):
                return ladder + days.removeprefix("every day")
            if full.freq == WEEKLY and full.interval == 1:
                return f"{ladder} on {days.removeprefix('every ')}"
            return f"{days} {ladder}"
    if len(seconds) > _MOST_TIMES:
        return None
    return f"{days} at {names.joined([_time(second) for second in seconds])}"


def _time(second: int) -> str:
    return names.clock(time(second // 3600, second % 3600 // 60, second % 60))


def _unit_of(seconds: int) -> tuple[int, str]:
    """The largest unit of which this is a whole number.

    >>> _unit_of(5400), _unit_of(7200)
    ((90, 'minute'), (2, 'hour'))
    """
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return seconds // size, unit
    return seconds, "second"


def _distance(distance: Distance) -> str:
    years, months = divmod(distance.months, 12)
    weeks, days = divmod(distance.days, 7)
    if days:
        weeks, days = 0, distance.days
    parts = [(years, "year"), (months, "month"), (weeks, "week"), (days, "day")]
    if distance.seconds:
        parts.append(_unit_of(distance.seconds))
    return names.joined([names.counted(number, unit) for number, unit in parts if number])


def _times_over(count: int | None) -> str:
    if count is None:
        return ""
    return f", {names.counted(count, 'time')},"
