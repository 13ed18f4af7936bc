"""Business days and holidays of a country. Simple named days are reckoned here, the rest by the package `holidays`."""

from datetime import date, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions

_years: dict[tuple[str, int], dict[date, str]] = {}
_months: dict[tuple[object, ...], list[int]] = {}
# Nobody plans further; a country whose every day is a holiday must end somewhere.
_FURTHEST = 5000


def is_holiday(day: date, conventions: "Conventions") -> bool:
    """Whether the preferred country rests that day; without a country no day is a holiday."""
    return conventions.country is not None and holiday_name(day, conventions.country) is not None


def is_business_day(day: date, conventions: "Conventions") -> bool:
    """Whether people work that day: a working day of the week that is no holiday of the preferred country.

    >>> from assistant.when.values import Conventions
    >>> is_business_day(date(2026, 11, 28), Conventions("UTC"))
    False
    """
    return day.weekday() in conventions.working_days and not is_holiday(day, conventions)


def add_business_days(day: date, n: int, conventions: "Conventions") -> date:
    """The n-th business day after a day, or before it where n is negative; 0 is the day itself or the next one.

    >>> from assistant.when.values import Conventions
    >>> add_business_days(date(2026, 11, 27), 3, Conventions("UTC")).isoformat()
    '2026-12-02'
    """
    if not conventions.working_days:
        raise ValueError("No day of the week is a working day; set one: ask pref set working_days mon-fri")
    if abs(n) > _FURTHEST:
        raise ValueError(f"{n} business days is too far; {_FURTHEST} is the most.")
    step = timedelta(days=1 if n >= 0 else -1)
    left = abs(n)
    try:
        while left or not is_business_day(day, conventions):
            day += step
            if left and is_business_day(day, conventions):
                left -= 1
                if not left:
                    break
    except OverflowError:
        raise ValueError(f"{n} business days from there is beyond the calendar.") from None
    return day


def business_days_of(year: int, month: int, conventions: "Conventions") -> list[int]:
    """The business days of a month, as ordinals."""
    key = (year, month, conventions.country, tuple(conventions.working_days))
    if key not in _months:
        if len(_months) > 500:
            _months.clear()
        first = date(year, month, 1)
        days = [first + timedelta(days=offset) for offset in range(31) if offset < 28 or _is_same_month(first, offset)]
        _months[key] = [day.toordinal() for day in days if is_business_day(day, conventions)]
    return _months[key]


def holiday_name(day: date, country: str) -> str | None:
    """What a country (ISO 3166, or with a part such as DE-BE) rests for that day; None for an ordinary day."""
    return _holidays_of(country, day.year).get(day)


def next_holiday(name: str, after: date, conventions: "Conventions") -> date | None:
    """The first day of that name after a day: one that everybody reckons, else one of the preferred country.

    >>> from assistant.when.values import Conventions
    >>> next_holiday("Easter", date(2026, 11, 24), Conventions("UTC")).isoformat()
    '2027-03-28'
    """
    return next(
        (
            day
            for year in (after.year, after.year + 1, after.year + 2)
            if year < 9999 and (day := holiday_in(name, year, conventions)) is not None and day > after
        ),
        None,
    )


def holiday_in(name: str, year: int, conventions: "Conventions") -> date | None:
    """The day of that name in a year; None if the name is unknown there."""
    said = _plain(name)
    if said in _FIXED:
        return date(year, *_FIXED[said])
    if said in _FROM_EASTER:
        return easter(year) + timedelta(days=_FROM_EASTER[said])
    if said in _NTH:
        month, weekday, nth = _NTH[said]
        if said == "thanksgiving" and conventions.country is not None and conventions.country[:2].upper() == "CA":
            month, weekday, nth = 10, 0, 2
        return _nth_weekday(year, month, weekday, nth)
    if said in ("black friday", "cyber monday"):
        return _nth_weekday(year, 11, 3, 4) + timedelta(days=1 if said == "black friday" else 4)
    if conventions.country is None:
        return None
    return next(
        (
            day
            for day, known in sorted(_holidays_of(conventions.country, year).items())
            if any(_plain(one) == said for one in known.split("; "))
        ),
        None,
    )


def is_simple(name: str) -> bool:
    """Whether a named day needs no country and no package.

    >>> is_simple("Christmas Eve")
    True
    """
    said = _plain(name)
    return said in _FIXED or said in _FROM_EASTER or said in _NTH or said in ("black friday", "cyber monday")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).

    >>> easter(2026).isoformat()
    '2026-04-05'
    """
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, odd = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


_FIXED = {
    "new year": (1, 1), "new years": (1, 1), "epiphany": (1, 6), "groundhog day": (2, 2), "valentine": (2, 14),
    "valentines": (2, 14), "saint valentine": (2, 14), "st patricks": (3, 17), "saint patricks": (3, 17),
    "april fools": (4, 1), "april fool": (4, 1), "earth": (4, 22), "cinco de mayo": (5, 5), "star wars": (5, 4),
    "juneteenth": (6, 19), "canada": (7, 1), "bastille": (7, 14), "halloween": (10, 31), "all saints": (11, 1),
    "all souls": (11, 2), "guy fawkes": (11, 5), "veterans": (11, 11), "armistice": (11, 11),
    "remembrance": (11, 11), "saint nicholas": (12, 6), "christmas": (12, 25), "xmas": (12, 25), "boxing": (12, 26),
    "christmas eve": (12, 24), "xmas eve": (12, 24), "new years eve": (12, 31), "new year eve": (12, 31),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "holy thursday": -3, "maundy thursday": -3,
    "palm sunday": -7, "ash wednesday": -46, "shrove tuesday": -47, "pancake": -47, "mardi gras": -47,
    "ascension": 39, "pentecost": 49, "whit sunday": 49, "whit monday": 50, "pentecost monday": 50,
    "corpus christi": 60,
}  # fmt: skip
_NTH = {
    "mlk": (1, 0, 3), "martin luther king": (1, 0, 3), "martin luther king jr": (1, 0, 3), "presidents": (2, 0, 3),
    "mothers": (5, 6, 2), "mother": (5, 6, 2), "memorial": (5, 0, -1), "fathers": (6, 6, 3), "father": (6, 6, 3),
    "labor": (9, 0, 1), "labour": (9, 0, 1), "columbus": (10, 0, 2), "thanksgiving": (11, 3, 4),
}  # fmt: skip


def _plain(name: str) -> str:
    """A name without case, apostrophes, dots and the word day.

    >>> _plain("St. Patrick's Day")
    'st patricks'
    """
    words = name.lower().replace("'", "").replace("’", "").replace(".", "").replace("-", " ").split()
    return " ".join(word for word in words if word not in ("day", "the")) or name.lower()


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (nth + 1))


def _is_same_month(first: date, offset: int) -> bool:
    return date.fromordinal(min(first.toordinal() + offset, date.max.toordinal())).month == first.month


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
    try:
        known = holidays.country_holidays(name, subdiv=part or None, years=year, observed=True)
    except (NotImplementedError, AttributeError):
        raise ValueError(_unknown(country)) from None
    return {day: str(said) for day, said in known.items()}


def _unknown(country: str) -> str:
    from difflib import get_close_matches

    import holidays

    known = holidays.list_supported_countries()
    name, _, part = country.strip().upper().partition("-")
    if name in known:
        return f"{country[:60]!r}: {part!r} is no part of {name}; known are {', '.join(known[name][:20])}."
    near = get_close_matches(name, list(known), n=1)
    fix = f"did you mean {near[0]}?" if near else "write a code of ISO 3166 such as DE, US or GB."
    return f"{country[:60]!r} is not a country whose holidays are known; {fix}"
