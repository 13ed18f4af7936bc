"""The days that one complete recurrence rule names, lazily and from any day on. Knows no times of day and no zone.

A rule is never walked from its start: months, intervals and phases are found by arithmetic. A month has one of 28
shapes (its first weekday and its length), so that its days are worked out once a shape.
"""

from datetime import date

from assistant.when.gregorian import (
    days_of_nth,
    days_of_weeks,
    first_and_length,
    first_week,
    week_year,
    year_and_month,
)
from assistant.when.recur import DAILY, MONTHLY, WEEKLY, YEARLY, Recur
from assistant.when.seconds import LAST_DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Chooses = Callable[[int, int], Sequence[int]]  # the days of a year and month, in place of the rule

# The calendar repeats after 400 years, so that a rule which found nothing in as many months finds nothing; twice as
# many, because a week of the year may reach into two years.
_BARREN_MONTHS = 9600


class Days:
    """The days of a complete rule, from `start` up to `last`."""

    def __init__(self, recur: Recur, start: int, last: int, chooses: "Chooses | None" = None) -> None:
        self.recur = recur
        self.start = start
        self.last = last
        self.chooses = chooses
        self.by_year = bool(recur.year_days or recur.week_numbers) or any(
            day.nth and recur.freq == YEARLY and not recur.months for day in recur.weekdays
        )
        self.plain = not (recur.month_days or recur.weekdays)
        self._months: dict[int, Sequence[int]] = {}
        self._year = 0
        self._year_days: set[int] = set()

    def after(self, first: int) -> "Iterator[int]":
        """Days from `first` on that pass all filters and stand in a period of the interval's phase."""
        step = self.recur.interval if self.recur.freq <= DAILY else 1
        phase = self._phase()
        endless = step > 1 and self.recur.freq in (WEEKLY, DAILY)
        barren = 0
        while first <= self.last and (endless or barren < _BARREN_MONTHS):
            if step > 1 and (ahead := self._next_in_phase(first, phase, step)) > first:
                first = ahead
                continue
            year, month = year_and_month(first)
            barren += 1
            for day in self.month(year, month):
                if day >= first and (step == 1 or (self.period(day) - phase) % step == 0):
                    barren = 0
                    yield day
            first, length = first_and_length(year, month)
            first += length

    def _phase(self) -> int:
        """The period from which the interval counts.

        A start in a week of the neighbouring year counts from that year if the rule names it; RFC 5545 leaves open
        what a start counts for that is no occurrence, and it counts from its own year here, as in libical.
        """
        year, month = year_and_month(self.start)
        if self.recur.freq == YEARLY and self.recur.week_numbers and self.start not in self.month(year, month):
            return year
        return self.period(self.start)

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
            return max(first, first_week(year, self.recur.week_start))
        return date(year, month + 1, 1).toordinal()

    def period(self, day: int) -> int:
        """The number of the year, month, week or day that the interval counts."""
        recur = self.recur
        if recur.freq == WEEKLY:
            return (day - 1 - recur.week_start) // 7
        if recur.freq >= DAILY:
            return day
        if recur.freq == YEARLY and recur.week_numbers:
            return week_year(day, recur.week_start)
        year, month = year_and_month(day)
        return year if recur.freq == YEARLY else year * 12 + month - 1

    def begin_of_period(self, day: int) -> int:
        """The first day of the week, month or year that a day belongs to."""
        if self.recur.freq == WEEKLY:
            return self.period(day) * 7 + 1 + self.recur.week_start
        year, month = year_and_month(day)
        if self.recur.freq == MONTHLY:
            return date(year, month, 1).toordinal()
        return date(max(1, year - bool(self.recur.week_numbers)), 1, 1).toordinal()

    def month(self, year: int, month: int) -> "Sequence[int]":
        """The days of one month that pass every filter."""
        recur = self.recur
        if recur.months and month not in recur.months:
            return ()
        if self.chooses is not None:
            return self.chooses(year, month)
        first, length = first_and_length(year, month)
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
                days &= days_of_weeks(year, recur.week_numbers, recur.week_start)
            if recur.freq == YEARLY and not recur.months and any(day.nth for day in recur.weekdays):
                days &= days_of_nth(first, length, recur.weekdays)
            self._year, self._year_days = year, days
        return self._year_days
