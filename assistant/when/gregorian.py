"""Months and weeks of the calendar, in days counted as `date.toordinal` does. Knows no rules.

A year's week 1 is its first week with four days or more in the year; a week begins on `week_start`, Monday 0.
"""

from datetime import date

from assistant.when.recur import Weekday


def year_and_month(day: int) -> "tuple[int, int]":
    """The year and month of a day."""
    known = date.fromordinal(day)
    return known.year, known.month


def first_and_length(year: int, month: int) -> "tuple[int, int]":
    """The first day of a month and the number of its days.

    >>> first_and_length(2024, 2)[1]
    29
    """
    first = date(year, month, 1).toordinal()
    length = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30
    if month == 2:
        length = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return first, length


def first_week(year: int, week_start: int) -> int:
    """The first day of week 1: the first week with four days or more in the year.

    >>> date.fromordinal(first_week(2026, 0)).isoformat()
    '2025-12-29'
    """
    fourth = date(year, 1, 4).toordinal()
    return fourth - (fourth - 1 - week_start) % 7


def week_year(day: int, week_start: int) -> int:
    """The year whose week a day belongs to.

    >>> week_year(date(2025, 12, 29).toordinal(), 0)
    2026
    """
    year = date.fromordinal(day).year
    if year < 9999 and day >= first_week(year + 1, week_start):
        return year + 1
    return year if day >= first_week(year, week_start) else year - 1


def days_of_weeks(year: int, numbers: "tuple[int, ...]", week_start: int) -> "set[int]":
    """The days of numbered weeks of this year and of its neighbours, whose weeks reach into it."""
    days: set[int] = set()
    for counted in (year - 1, year, year + 1):
        if not 0 < counted < 9999:
            continue
        first = first_week(counted, week_start)
        weeks = (first_week(counted + 1, week_start) - first) // 7
        for number in numbers:
            week = number - 1 if number > 0 else weeks + number
            if 0 <= week < weeks:
                days.update(range(first + 7 * week, first + 7 * week + 7))
    return days


def days_of_nth(first: int, length: int, weekdays: "tuple[Weekday, ...]") -> "set[int]":
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
