"""Days that people call by a name, where no calendar of a country is needed to reckon them. Knows no business days.

A day may move with the country: Mother's Day is in Lent in Britain, Thanksgiving in October in Canada, Labour Day in
September in North America and on 1 May elsewhere. Without a country the United States' day is taken.
"""

from datetime import date, timedelta

_FIXED = {
    "new year": (1, 1), "new years": (1, 1), "epiphany": (1, 6), "groundhog": (2, 2), "valentine": (2, 14),
    "valentines": (2, 14), "saint valentine": (2, 14), "st valentines": (2, 14), "st patricks": (3, 17),
    "saint patricks": (3, 17), "st georges": (4, 23), "april fools": (4, 1), "april fool": (4, 1), "earth": (4, 22),
    "may": (5, 1), "cinco de mayo": (5, 5), "star wars": (5, 4), "juneteenth": (6, 19), "canada": (7, 1),
    "bastille": (7, 14), "halloween": (10, 31), "all hallows eve": (10, 31), "all saints": (11, 1),
    "all souls": (11, 2), "guy fawkes": (11, 5), "veterans": (11, 11), "veteran": (11, 11), "armistice": (11, 11),
    "remembrance": (11, 11), "saint nicholas": (12, 6), "st nicholas": (12, 6), "christmas": (12, 25),
    "xmas": (12, 25), "boxing": (12, 26), "st stephens": (12, 26), "christmas eve": (12, 24), "xmas eve": (12, 24),
    "new years eve": (12, 31), "new year eve": (12, 31),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "easter saturday": -1, "holy saturday": -1,
    "good friday": -2, "holy thursday": -3, "maundy thursday": -3, "palm sunday": -7, "mothering sunday": -21,
    "ash wednesday": -46, "shrove tuesday": -47, "pancake": -47, "pancake tuesday": -47, "mardi gras": -47,
    "shrove monday": -48, "rose monday": -48, "ascension": 39, "pentecost": 49, "whit sunday": 49, "whitsunday": 49,
    "whit monday": 50, "pentecost monday": 50, "trinity sunday": 56, "corpus christi": 60,
}  # fmt: skip
# Month, weekday with Monday 0, and which of them; and what the day of that name is in some countries.
_NTH = {
    "mlk": (1, 0, 3), "martin luther king": (1, 0, 3), "martin luther king jr": (1, 0, 3), "presidents": (2, 0, 3),
    "mothers": (5, 6, 2), "mother": (5, 6, 2), "memorial": (5, 0, -1), "fathers": (6, 6, 3), "father": (6, 6, 3),
    "labor": (9, 0, 1), "labour": (9, 0, 1), "columbus": (10, 0, 2), "thanksgiving": (11, 3, 4),
}  # fmt: skip
_NORTH_AMERICA = ("US", "CA")


def is_simple(name: str) -> bool:
    """Whether a named day needs no country and no package.

    >>> is_simple("Christmas Eve"), is_simple("Diwali")
    (True, False)
    """
    said = plain(name)
    return said in _FIXED or said in _FROM_EASTER or said in _NTH or said in ("black friday", "cyber monday")


def simple_day(name: str, year: int, country: str | None) -> date | None:
    """The day of that name in a year; None if it cannot be reckoned without the calendar of a country.

    >>> simple_day("Mother's Day", 2026, None).isoformat(), simple_day("Mother's Day", 2026, "GB").isoformat()
    ('2026-05-10', '2026-03-15')
    """
    said = plain(name)
    moved = _moved(said, year, (country or "US")[:2].upper())
    if moved is not None:
        return moved
    if said in _FIXED:
        return date(year, *_FIXED[said])
    if said in _FROM_EASTER:
        return easter(year) + timedelta(days=_FROM_EASTER[said])
    if said in ("black friday", "cyber monday"):
        return _nth_weekday(year, 11, 3, 4) + timedelta(days=1 if said == "black friday" else 4)
    return _nth_weekday(year, *_NTH[said]) if said in _NTH else None


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


def plain(name: str) -> str:
    """A name without case, apostrophes, dots and the word day.

    >>> plain("St. Patrick's Day")
    'st patricks'
    """
    words = name.lower().replace("'", "").replace("’", "").replace(".", "").replace("-", " ").split()
    return " ".join(word for word in words if word not in ("day", "the")) or name.lower()


def _moved(said: str, year: int, country: str) -> date | None:
    """The day of a name that means another day in this country."""
    if said in ("mothers", "mother") and country in ("GB", "IE"):
        return easter(year) - timedelta(days=21)
    if said in ("fathers", "father") and country in ("DE", "AT"):
        return easter(year) + timedelta(days=39) if country == "DE" else _nth_weekday(year, 6, 6, 2)
    if said == "thanksgiving" and country == "CA":
        return _nth_weekday(year, 10, 0, 2)
    if said in ("labor", "labour") and country not in _NORTH_AMERICA:
        return date(year, 5, 1)
    return None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (nth + 1))
