"""Days and times of day of one recurrence rule, lazily and from any day on. Knows no zone: all is wall time.

A day is a proleptic ordinal (`date.toordinal`), a time of day is a number of seconds. A rule is never walked from its
start, unless it counts its occurrences: months, intervals and phases are found by arithmetic.
"""

from datetime import date

from assistant.value import Value
from assistant.when.gregorian import year_and_month
from assistant.when.recur import DAILY, HOURLY, MINUTELY, MONTHLY, SECONDLY, WEEKLY, YEARLY, Recur, Weekday
from assistant.when.rule_days import Days
from assistant.when.seconds import DAY, LAST_DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.when.rule_days import Chooses

_UNITS = {HOURLY: 3600, MINUTELY: 60, SECONDLY: 1}
# The calendar repeats after 400 years, so that a rule which found nothing in as many days finds nothing.
_BARREN = 146097
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
    chooses: "Chooses | None" = None,
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
    """The times of a complete rule, on the days that `Days` finds."""

    def __init__(self, recur: Recur, start: int, to_day: int, chooses: "Chooses | None" = None) -> None:
        self.recur = recur
        self.start = start
        # A period must be seen whole before BYSETPOS can choose in it.
        self.days = Days(recur, start // DAY, min(LAST_DAY, to_day + 800 if recur.positions else to_day), chooses)
        self._clock: dict[int, Sequence[int]] = {}

    def times_from(self, first: int) -> "Iterator[Times]":
        recur = self.recur
        if recur.freq >= HOURLY:
            return self._within_days(first)
        clock = self._times_of_day()
        if not recur.positions:
            return (Times(day, clock) for day in self.days.after(first))
        if recur.freq == DAILY:
            chosen = _choose(recur.positions, clock)
            return (Times(day, chosen) for day in self.days.after(first)) if chosen else iter(())
        return self._positions(first, clock)

    def _positions(self, first: int, clock: "Sequence[int]") -> "Iterator[Times]":
        """BYSETPOS: of all times of a week, month or year, those at the positions given."""
        most, periods = _SIZES[self.recur.freq]
        if min(abs(position) for position in self.recur.positions) > most * len(clock):
            return
        group: list[int] = []
        barren = 0
        for day in self.days.after(self.days.begin_of_period(first)):
            if group and self.days.period(group[0]) != self.days.period(day):
                chosen = list(_chosen(group, clock, self.recur.positions))
                yield from (times for times in chosen if times.day >= first)
                barren = 0 if chosen else barren + 1
                if barren > periods:
                    return
                group = []
            group.append(day)
        if group:
            yield from (times for times in _chosen(group, clock, self.recur.positions) if times.day >= first)

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
            days = self.days.after(first)
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
        while index // per_day <= self.days.last and barren <= _BARREN:
            day = index // per_day
            barren += 1
            if day in self.days.month(*year_and_month(day)):
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
