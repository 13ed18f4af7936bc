"""Lengths of time in a workflow file. `h, m, s` are elapsed time, `d, w` wall days, business days skip the days off."""

import re
from dataclasses import dataclass

PART = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+)\s*")
BUSINESS = re.compile(r"(\d{1,4})\s*business\s*days?")
SECONDS = {
    "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600,
}  # fmt: skip
DAYS = {"d": 1, "day": 1, "w": 7, "week": 7}
LONGEST_DAYS = 36_600  # a hundred years


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one of three measures: s (elapsed), d (wall days), b (business days)."""

    count: int
    measure: str

    def text(self) -> str:
        """The kept form.

        >>> [read_duration(words).text() for words in ("15m", "1h30m", "2w", "1 business day")]
        ['900s', '5400s', '14d', '1b']
        """
        return f"{self.count}{self.measure}"


def read_duration(words: str) -> Duration:
    """What the words say. ValueError with the fix where they say no length of time.

    >>> read_duration("soon")
    Traceback (most recent call last):
    ValueError: write a duration such as 5m
    """
    said = words.strip().lower()
    business = BUSINESS.fullmatch(said)
    if business is not None:
        return _bounded(Duration(int(business[1]), "b"))
    seconds, days = _counted(said)
    if seconds and days:
        raise ValueError("days count by the calendar and hours by the clock; give one of them")
    if seconds != int(seconds) or days != int(days):
        raise ValueError("write whole numbers, such as 90s or 36h")
    return _bounded(Duration(int(days), "d") if days else Duration(int(seconds), "s"))


def _counted(said: str) -> tuple[float, float]:
    seconds = days = 0.0
    at = 0
    while at < len(said):
        part = PART.match(said, at)
        if part is None:
            raise ValueError("add a unit, such as 30s or 30m" if said.isdigit() else "write a duration such as 5m")
        unit = part[2] if part[2] in SECONDS or part[2] in DAYS else part[2].removesuffix("s")
        if unit in SECONDS:
            seconds += float(part[1]) * SECONDS[unit]
        elif unit in DAYS:
            days += float(part[1]) * DAYS[unit]
        else:
            raise ValueError("write a duration such as 5m; units are s, m, h, d, w and business days")
        at = part.end()
    return seconds, days


def _bounded(found: Duration) -> Duration:
    days = found.count if found.measure in "db" else found.count / 86_400
    if found.count < 1:
        raise ValueError("write one longer than nothing, such as 5m")
    if days > LONGEST_DAYS:
        raise ValueError("write one shorter than a hundred years")
    return found
