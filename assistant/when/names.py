"""The words for days, months, clock times and positions, as people write them. Knows no rules and no zones."""

from datetime import date, datetime, time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip


def clock(at: datetime | time) -> str:
    """A time of day, with seconds only where there are any.

    >>> clock(time(9)), clock(time(23, 59, 59))
    ('09:00', '23:59:59')
    """
    return f"{at.hour:02d}:{at.minute:02d}" + (f":{at.second:02d}" if at.second else "")


def day_and_month(day: date) -> str:
    """A day without its year, in short.

    >>> day_and_month(date(2026, 10, 25))
    '25 Oct'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def short_date(day: date) -> str:
    """A day with its weekday and year, in short.

    >>> short_date(date(2026, 11, 24))
    'Tue 24 Nov 2026'
    """
    return f"{WEEKDAYS[day.weekday()][:3]} {day_and_month(day)} {day.year}"


def long_date(day: date) -> str:
    """A day with its month in full, as rules name it.

    >>> long_date(date(2026, 11, 24))
    '24 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def joined(words: "Sequence[str]") -> str:
    """Words with commas and a last "and".

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def ordinal(number: int) -> str:
    """A position in figures.

    >>> [ordinal(number) for number in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def position(number: int) -> str:
    """A position from the start, or from the end where it is negative, in words.

    >>> [position(number) for number in (1, 3, -1, -2)]
    ['first', 'third', 'last', 'second to last']
    """
    if number == -1:
        return "last"
    counted = _ORDINALS[abs(number) - 1] if abs(number) <= len(_ORDINALS) else ordinal(abs(number))
    return counted if number > 0 else f"{counted} to last"


def weekdays(days: "Sequence[int]") -> str:
    """Days of the week, Monday 0; three or more in a row are a range.

    >>> weekdays((0, 1, 2, 3, 4)), weekdays((0, 2, 4)), weekdays((0, 1, 2, 6))
    ('Monday to Friday', 'Monday, Wednesday and Friday', 'Monday, Tuesday, Wednesday and Sunday')
    """
    known = sorted(set(days))
    if len(known) > 2 and known[-1] - known[0] == len(known) - 1:
        return f"{WEEKDAYS[known[0]]} to {WEEKDAYS[known[-1]]}"
    return joined([WEEKDAYS[day] for day in known])


def amount(number: int, unit: str) -> str:
    """`every` and a number of units; one goes without its number.

    >>> amount(1, "day"), amount(2, "week")
    ('day', '2 weeks')
    """
    return unit if number == 1 else f"{number} {unit}s"


def counted(number: int, unit: str) -> str:
    """A number of units.

    >>> counted(1, "day"), counted(2, "week")
    ('1 day', '2 weeks')
    """
    return f"{number} {unit}" + ("" if number == 1 else "s")
