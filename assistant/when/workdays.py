"""Business days and the public holidays of a country. The package `holidays` is imported only where a country is asked.

Named days that need no country are in `named_days`.
"""

from datetime import date, timedelta

from assistant.when.named_days import easter, is_simple, plain, simple_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions

__all__ = [
    "add_business_days", "business_days_of", "easter", "holiday_in", "holiday_name", "is_business_day", "is_holiday",
    "is_simple", "next_holiday",
]  # fmt: skip

_FURTHEST = 5000  # business days; nobody plans further
_years: dict[tuple[str, int], dict[date, str]] = {}
_months: dict[tuple[object, ...], list[int]] = {}


def is_holiday(day: date, conventions: "Conventions") -> bool:
    """Whether the preferred country rests that day; without a country no day is a holiday.

    >>> from assistant.when.values import Conventions
    >>> is_holiday(date(2026, 12, 25), Conventions("UTC"))
    False
    """
    return conventions.country is not None and holiday_name(day, conventions.country) is not None


def is_business_day(day: date, conventions: "Conventions") -> bool:
    """Whether people work that day: a working day of the week that is no holiday of the preferred country.

    >>> from assistant.when.values import Conventions
    >>> is_business_day(date(2026, 11, 28), Conventions("UTC"))
    False
    """
    return day.weekday() in conventions.working_days and not is_holiday(day, conventions)


def add_business_days(day: date, n: int, conventions: "Conventions") -> date:
    """The n-th business day after a day, before it where n is negative; 0 is the day itself or the next one.

    >>> from assistant.when.values import Conventions
    >>> add_business_days(date(2026, 11, 27), 3, Conventions("UTC")).isoformat()
    '2026-12-02'
    """
    if not conventions.working_days:
        raise ValueError("No day of the week is a working day; set some: ask pref set working_days mon-fri")
    if abs(n) > _FURTHEST:
        raise ValueError(f"{n} business days are too many; {_FURTHEST} is the most.")
    step, left = timedelta(days=-1 if n < 0 else 1), abs(n)
    try:
        if not left and not is_business_day(day, conventions):
            left = 1
        while left:
            day += step
            left -= is_business_day(day, conventions)
    except OverflowError:
        raise ValueError(f"{n} business days from there is beyond the calendar.") from None
    return day


def business_days_of(year: int, month: int, conventions: "Conventions") -> list[int]:
    """The business days of a month, as ordinals.

    >>> from assistant.when.values import Conventions
    >>> len(business_days_of(2026, 11, Conventions("UTC")))
    21
    """
    key = (year, month, conventions.country, tuple(conventions.working_days))
    if key not in _months:
        if len(_months) > 500:
            _months.clear()
        first = date(year, month, 1)
        days = [first + timedelta(days=offset) for offset in range(31)]
        _months[key] = [day.toordinal() for day in days if day.month == month and is_business_day(day, conventions)]
    return _months[key]


def holiday_name(day: date, country: str) -> str | None:
    """What a country (ISO 3166, or with a part such as DE-BE) rests for that day; None for an ordinary day.

    >>> holiday_name(date(2026, 10, 3), "DE")
    'German Unity Day'
    """
    return _holidays_of(country, day.year).get(day)


def next_holiday(name: str, after: date, conventions: "Conventions") -> date | None:
    """The first day of that name after a day: one that everybody reckons, else one of the preferred country.

    >>> from assistant.when.values import Conventions
    >>> next_holiday("Easter", date(2026, 11, 24), Conventions("UTC")).isoformat()
    '2027-03-28'
    """
    for year in range(after.year, min(after.year + 3, 9999)):
        day = holiday_in(name, year, conventions)
        if day is not None and day > after:
            return day
    return None


def holiday_in(name: str, year: int, conventions: "Conventions") -> date | None:
    """The day of that name in a year; None if nobody knows it there.

    >>> from assistant.when.values import Conventions
    >>> holiday_in("Thanksgiving", 2026, Conventions("UTC")).isoformat()
    '2026-11-26'
    """
    day = simple_day(name, year, conventions.country)
    if day is not None or conventions.country is None:
        return day
    said = plain(name)
    for day, known in sorted(_holidays_of(conventions.country, year).items()):
        if said in [plain(one) for one in known.split("; ")]:
            return day
    return None


def _holidays_of(country: str, year: int) -> dict[date, str]:
    """The public holidays of a country in a year, built once: the package takes up to a second for its first year."""
    key = (country, year)
    if key not in _years:
        if len(_years) > 400:
            _years.clear()
        _years[key] = _build(country, year)
    return _years[key]


def _build(country: str, year: int) -> dict[date, str]:
    import holidays

    name, _, part = country.strip().upper().partition("-")
    # Without a language the names follow the locale of the process, and one file would read two ways.
    try:
        known = holidays.country_holidays(name, subdiv=part or None, years=year, observed=True, language="en_US")
    except NotImplementedError:
        raise ValueError(_unknown(country)) from None
    return {day: str(said) for day, said in known.items()}


def _unknown(country: str) -> str:
    from difflib import get_close_matches

    import holidays

    known = holidays.list_supported_countries()
    name, _, part = country.strip().upper().partition("-")
    if name in known:
        return f"{country[:60]!r}: {part!r} is no part of {name}; known are {', '.join(known[name][:20]) or 'none'}."
    near = get_close_matches(name, list(known), n=1)
    fix = f"did you mean {near[0]}?" if near else "write a code of ISO 3166 such as DE, US or GB."
    return f"{country[:60]!r} is not a country whose holidays are known; {fix}"
