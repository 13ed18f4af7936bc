"""Days and times of day of one recurrence rule, lazily and from any day on. Knows no zone: all is wall time.

A day is a proleptic ordinal (`date.toordinal`), a time of day is a number of seconds. A rule is never walked from its
start, unless it counts its occurrences: months, intervals and phases are found by arithmetic.
"""

from datetime import date

from assistant.value import Value
from assistant.when.recur import DAILY, HOURLY, MINUTELY, MONTHLY, SECONDLY, WEEKLY, YEARLY, Recur, Weekday
from assistant.when.seconds import DAY, LAST_DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_UNITS = {HOURLY: 3600, MINUTELY: 60, SECONDLY: 1}
# The calendar repeats after 400 years, so that a rule which found nothing in as many days or months finds nothing; the
# months are twice as many because a week of the year may reach into two years.
_BARREN = 146097
_BARREN_MONTHS = 9600
# Days in the largest period of a kind, and the number of periods after which the calendar repeats.
_SIZES = {YEARLY: (371, 400), MONTHLY: (31, 4800), WEEKLY: (7, 20871)}


class Times(Value):
    """The times of one day, ascending and distinct; `seconds` may be a range."""

    __slots__ = ("day", "seconds")
    day: int
    seconds: "Sequence[int]"


def expand(
    recur: Recur,
    start: int,
    from_day: int,
    to_day: int = LAST_DAY,
    keeps: "Callable[[int], bool] | None" = None,
    chooses: "Callable[[int, int], Sequence[int]] | None" = None,
) -> "Iterator[Times]":
    """The days from `from_day` to `to_day` that the rule names, with their times, none before the wall second `start`.

    `keeps` says which days count at all (holidays); it is asked before COUNT is spent. `chooses` names the days of a
    month in place of the rule (business days).
    """
    full = _Expansion(complete(recur, start), start, to_day, chooses)
    first = start // DAY if recur.count is not None else max(from_day, start // DAY)
    days = full.times_from(first)
    if keeps is not None:
        days = _kept(days, keeps)
    left = recur.count
    for times in days:
        if times.day == start // DAY and times.seconds[0] < start % DAY:
            times = times.replace(seconds=[second for second in times.seconds if second >= start % DAY])
            if not times.seconds:
                continue
        if left is not None:
            if len(times.seconds) > left:
                times = times.replace(seconds=times.seconds[:left])
            left -= len(times.seconds)
        if times.day > to_day:
            return
        if times.day >= from_day:
            yield times
        if left == 0:
            return


def _kept(days: "Iterator[Times]", keeps: "Callable[[int], bool]") -> "Iterator[Times]":
    refused = 0
    for times in days:
        if keeps(times.day):
            refused = 0
            yield times
        else:
            refused += 1
            if refused > 60:  # "every Christmas except holidays"
                return


def times_of_every_day(recur: Recur, start: int) -> "Sequence[int] | None":
    """The times of each day of the rule; None where one day differs from the next.

    >>> from assistant.when.recur import read
    >>> list(times_of_every_day(read("FREQ=HOURLY;INTERVAL=6"), DAY + 9 * 3600))
    [10800, 32400, 54000, 75600]
    """
    full = _Expansion(complete(recur, start), start, LAST_DAY)
    return full.times_of_every_day()


def complete(recur: Recur, start: int) -> Recur:
    """What the rule leaves out is taken from its start (RFC 5545 §3.3.10)."""
    day = date.fromordinal(start // DAY)
    changes: dict[str, object] = {}
    if not (recur.week_numbers or recur.year_days or recur.month_days or recur.weekdays):
        if recur.freq == YEARLY:
            changes["months"] = recur.months or (day.month,)
        if recur.freq in (YEARLY, MONTHLY):
            changes["month_days"] = (day.day,)
        elif recur.freq == WEEKLY:
            changes["weekdays"] = (Weekday(day.weekday()),)
    elif recur.freq == YEARLY and recur.week_numbers and not (recur.weekdays or recur.month_days or recur.year_days):
        changes["weekdays"] = (Weekday(day.weekday()),)
    if recur.freq < HOURLY and not recur.hours:
        changes["hours"] = (start % DAY // 3600,)
    if recur.freq < MINUTELY and not recur.minutes:
        changes["minutes"] = (start % 3600 // 60,)
    if recur.freq < SECONDLY and not recur.seconds:
        changes["seconds"] = (start % 60,)
    return recur.replace(**changes) if changes else recur


class _Expansion:
    """The days of a complete rule, by month, and the times of each."""

    def __init__(
        self, recur: Recur, start: int, to_day: int, chooses: "Callable[[int, int], Sequence[int]] | None" = None
    ) -> None:
        self.recur = recur
        # A period must be seen whole before BYSETPOS can choose in it.
        self.last = min(LAST_DAY, to_day + 800 if recur.positions else to_day)
        self.chooses = chooses
        self.start = start
        self.by_year = bool(recur.year_days or recur.week_numbers) or any(
            day.nth and recur.freq == YEARLY and not recur.months for day in recur.weekdays
        )
        self.plain = not (recur.month_days or recur.weekdays)
        self._months: dict[int, Sequence[int]] = {}
        self._year = 0
        self._year_days: set[int] = set()
        self._clock: dict[int, Sequence[int]] = {}

    def times_from(self, first: int) -> "Iterator[Times]":
        recur = self.recur
        if recur.freq >= HOURLY:
            return self._within_days(first)
        clock = self._times_of_day()
        if not recur.positions:
            return (Times(day, clock) for day in self.days(first))
        if recur.freq == DAILY:
            chosen = _choose(recur.positions, clock)
            return (Times(day, chosen) for day in self.days(first)) if chosen else iter(())
        return self._positions(first, clock)

    # -- days ----------------------------------------------------------------------------------------------------------

    def days(self, first: int) -> "Iterator[int]":
        """Days from `first` on that pass all filters and stand in a period of the interval's phase."""
        step = self.recur.interval if self.recur.freq <= DAILY else 1
        phase = self._phase()
        endless = step > 1 and self.recur.freq in (WEEKLY, DAILY)
        barren = 0
        while first <= self.last and (endless or barren < _BARREN_MONTHS):
            if step > 1 and (ahead := self._next_in_phase(first, phase, step)) > first:
                first = ahead
                continue
            year, month = _year_and_month(first)
            barren += 1
            for day in self.month(year, month):
                if day >= first and (step == 1 or (self.period(day) - phase) % step == 0):
                    barren = 0
                    yield day
            first, length = _first_and_length(year, month)
            first += length

    def _phase(self) -> int:
        """The period from which the interval counts.

        A start in a week of the neighbouring year counts from that year if the rule names it; RFC 5545 leaves open
        what a start counts for that is no occurrence, and it counts from its own year here, as in libical.
        """
        start = self.start // DAY
        year, month = _year_and_month(start)
        if self.recur.freq == YEARLY and self.recur.week_numbers and start not in self.month(year, month):
            return year
        return self.period(start)

    def _next_in_phase(self, first: int, phase: int, step: int) -> int:
        """The first day of the next period of the interval's phase, or `first` if it stands in one."""
        period = self.period(first)
        ahead = period + (phase - period) % step
        if ahead == period:
            return first
        if self.recur.freq == DAILY:
            return ahead
        if self.recur.freq == WEEKLY:
            return ahead * 7 + 1 + self.recur.week_start
        year, month = (ahead, 0) if self.recur.freq == YEARLY else divmod(ahead, 12)
        if year >= 9999:
            return LAST_DAY + 1
        if self.recur.freq == YEARLY and self.recur.week_numbers:
            return max(first, _first_week(year, self.recur.week_start))
        return date(year, month + 1, 1).toordinal()

    def period(self, day: int) -> int:
        """The number of the year, month, week or day that the interval counts."""
        recur = self.recur
        if recur.freq == WEEKLY:
            return (day - 1 - recur.week_start) // 7
        if recur.freq >= DAILY:
            return day
        if recur.freq == YEARLY and recur.week_numbers:
            return _week_year(day, recur.week_start)
        year, month = _year_and_month(day)
        return year if recur.freq == YEARLY else year * 12 + month - 1

    def month(self, year: int, month: int) -> "Sequence[int]":
        """The days of one month that pass every filter."""
        recur = self.recur
        if recur.months and month not in recur.months:
            return ()
        if self.chooses is not None:
            return self.chooses(year, month)
        first, length = _first_and_length(year, month)
        if self.plain:
            days: Sequence[int] = range(first, first + length)
        else:
            shape = first % 7 * 100 + length
            if shape not in self._months:
                self._months[shape] = self._offsets(first, length)
            days = [first + offset for offset in self._months[shape]]
        if self.by_year:
            days = [day for day in days if day in self._days_of(year)]
        return days

    def _offsets(self, first: int, length: int) -> "Sequence[int]":
        """Days after the first, in a month that begins on such a weekday: one of 28 shapes."""
        recur = self.recur
        wanted = [number for number in recur.month_days if number > 0]
        wanted += [length + 1 + number for number in recur.month_days if number < 0]
        # The n-th weekday of the whole year is left to `_days_of`; where a frequency has no n-th, n is ignored.
        counted = recur.freq == MONTHLY or (recur.freq == YEARLY and bool(recur.months))
        offsets = []
        for offset in range(length):
            if recur.month_days and offset + 1 not in wanted:
                continue
            if recur.weekdays and not any(
                day.day == (first + offset - 1) % 7
                and (not day.nth or not counted or day.nth in (offset // 7 + 1, -((length - 1 - offset) // 7) - 1))
                for day in recur.weekdays
            ):
                continue
            offsets.append(offset)
        return offsets

    def _days_of(self, year: int) -> "set[int]":
        """The days of one year that pass the filters which count within the year."""
        if self._year != year:
            recur, first = self.recur, date(year, 1, 1).toordinal()
            length = date(year, 12, 31).toordinal() - first + 1
            days = set(range(first, first + length))
            if recur.year_days:
                days &= {first + number - 1 if number > 0 else first + length + number for number in recur.year_days}
            if recur.week_numbers:
                days &= _days_of_weeks(year, recur.week_numbers, recur.week_start)
            if recur.freq == YEARLY and not recur.months and any(day.nth for day in recur.weekdays):
                days &= _days_of_nth(first, length, recur.weekdays)
            self._year, self._year_days = year, days
        return self._year_days

    def _positions(self, first: int, clock: "Sequence[int]") -> "Iterator[Times]":
        """BYSETPOS: of all times of a week, month or year, those at the positions given."""
        most, periods = _SIZES[self.recur.freq]
        if min(abs(position) for position in self.recur.positions) > most * len(clock):
            return
        group: list[int] = []
        barren = 0
        for day in self.days(self._begin_of_period(first)):
            if group and self.period(group[0]) != self.period(day):
                chosen = list(_chosen(group, clock, self.recur.positions))
                yield from (times for times in chosen if times.day >= first)
                barren = 0 if chosen else barren + 1
                if barren > periods:
                    return
                group = []
            group.append(day)
        if group:
            yield from (times for times in _chosen(group, clock, self.recur.positions) if times.day >= first)

    def _begin_of_period(self, day: int) -> int:
        if self.recur.freq == WEEKLY:
            return self.period(day) * 7 + 1 + self.recur.week_start
        year, month = _year_and_month(day)
        if self.recur.freq == MONTHLY:
            return date(year, month, 1).toordinal()
        return date(max(1, year - bool(self.recur.week_numbers)), 1, 1).toordinal()

    # -- times of day --------------------------------------------------------------------------------------------------

    def _times_of_day(self) -> "Sequence[int]":
        recur = self.recur
        return sorted(
            hour * 3600 + minute * 60 + second
            for hour in recur.hours
            for minute in recur.minutes
            for second in recur.seconds
        )

    def times_of_every_day(self) -> "Sequence[int] | None":
        """The times of each day, where all are alike."""
        if self.recur.freq < HOURLY:
            return self._times_of_day()
        unit = _UNITS[self.recur.freq]
        if (DAY // unit) % self.recur.interval:
            return None
        return self._clock_of(self.start // unit % self.recur.interval, unit, self._within_unit())

    def _within_days(self, first: int) -> "Iterator[Times]":
        """The times of an hourly, minutely or secondly rule, day by day."""
        unit = _UNITS[self.recur.freq]
        per_day, step = DAY // unit, self.recur.interval
        phase, within = self.start // unit, self._within_unit()
        if not within:
            return
        barren = 0
        if step > per_day:
            days = self._days_by_steps(first, phase, step, per_day)
        else:
            days = self.days(first)
        for day in days:
            seconds = self._clock_of((phase - day * per_day) % step, unit, within)
            if seconds:
                barren = 0
                yield Times(day, seconds)
            else:
                barren += 1
                if barren > _BARREN:
                    return

    def _days_by_steps(self, first: int, phase: int, step: int, per_day: int) -> "Iterator[int]":
        """The days that a step longer than a day lands on, where they pass the filters."""
        index = phase + max(0, -((phase - first * per_day) // step)) * step
        barren = 0
        while index // per_day <= self.last and barren <= _BARREN:
            day = index // per_day
            barren += 1
            if day in self.month(*_year_and_month(day)):
                barren = 0
                yield day
            index += step

    def _within_unit(self) -> "Sequence[int]":
        """Seconds after the beginning of an hour or minute; BYSETPOS counts among them."""
        recur = self.recur
        within: Sequence[int] = (0,)
        if recur.freq == HOURLY:
            within = sorted(minute * 60 + second for minute in recur.minutes for second in recur.seconds)
        elif recur.freq == MINUTELY:
            within = sorted(recur.seconds)
        return _choose(recur.positions, within) if recur.positions else within

    def _clock_of(self, ahead: int, unit: int, within: "Sequence[int]") -> "Sequence[int]":
        """The times of a day whose first unit of the phase is `ahead` units after midnight."""
        if ahead in self._clock:
            return self._clock[ahead]
        recur, step = self.recur, self.recur.interval
        free = not (recur.hours or (recur.minutes and unit < 3600) or (recur.seconds and unit < 60))
        seconds: Sequence[int]
        if free and len(within) == 1:
            seconds = range(ahead * unit + within[0], DAY, step * unit)
        else:
            seconds = [
                moment + extra
                for moment in range(ahead * unit, DAY, step * unit)
                if (not recur.hours or moment // 3600 in recur.hours)
                and (unit == 3600 or not recur.minutes or moment % 3600 // 60 in recur.minutes)
                and (unit > 1 or not recur.seconds or moment % 60 in recur.seconds)
                for extra in within
            ]
        if len(self._clock) > 64:
            self._clock.clear()
        self._clock[ahead] = seconds
        return seconds


def _choose(positions: "tuple[int, ...]", items: "Sequence[int]") -> "Sequence[int]":
    """Items at positions counted from 1, or from -1 at the end.

    >>> _choose((1, -1), [5, 6, 7])
    [5, 7]
    """
    size = len(items)
    indexes = {position - 1 if position > 0 else size + position for position in positions}
    return [items[index] for index in sorted(indexes) if 0 <= index < size]


def _chosen(days: "Sequence[int]", clock: "Sequence[int]", positions: "tuple[int, ...]") -> "Iterator[Times]":
    size = len(clock)
    picked: dict[int, list[int]] = {}
    for index in _choose(positions, range(len(days) * size)):
        picked.setdefault(days[index // size], []).append(clock[index % size])
    return (Times(day, seconds) for day, seconds in picked.items())


def _year_and_month(day: int) -> "tuple[int, int]":
    known = date.fromordinal(day)
    return known.year, known.month


def _first_and_length(year: int, month: int) -> "tuple[int, int]":
    """The first day of a month and the number of its days.

    >>> _first_and_length(2024, 2)[1]
    29
    """
    first = date(year, month, 1).toordinal()
    length = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30
    if month == 2:
        length = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return first, length


def _first_week(year: int, week_start: int) -> int:
    """The first day of week 1: the first week with four days or more in the year.

    >>> date.fromordinal(_first_week(2026, 0)).isoformat()
    '2025-12-29'
    """
    fourth = date(year, 1, 4).toordinal()
    return fourth - (fourth - 1 - week_start) % 7


def _week_year(day: int, week_start: int) -> int:
    year = date.fromordinal(day).year
    if year < 9999 and day >= _first_week(year + 1, week_start):
        return year + 1
    return year if day >= _first_week(year, week_start) else year - 1


def _days_of_weeks(year: int, numbers: "tuple[int, ...]", week_start: int) -> "set[int]":
    """The days of numbered weeks of this year and of its neighbours, whose weeks reach into it."""
    days: set[int] = set()
    for counted in (year - 1, year, year + 1):
        if not 0 < counted < 9999:
            continue
        first = _first_week(counted, week_start)
        weeks = (_first_week(counted + 1, week_start) - first) // 7
        for number in numbers:
            week = number - 1 if number > 0 else weeks + number
            if 0 <= week < weeks:
                days.update(range(first + 7 * week, first + 7 * week + 7))
    return days


def _days_of_nth(first: int, length: int, weekdays: "tuple[Weekday, ...]") -> "set[int]":
    """The n-th weekdays of a year, counted from either end, and every one where no n is given."""
    days: set[int] = set()
    for weekday in weekdays:
        one = first + (weekday.day - (first - 1)) % 7
        alike = range(one, first + length, 7)
        if not weekday.nth:
            days.update(alike)
        elif weekday.nth > 0 and weekday.nth <= len(alike):
            days.add(alike[weekday.nth - 1])
        elif weekday.nth < 0 and -weekday.nth <= len(alike):
            days.add(alike[weekday.nth])
    return days
