"""One recurrence rule of RFC 5545 §3.3.10 as a value: its text read, checked and written. Expands nothing."""

from datetime import UTC, datetime

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeVar

    T = TypeVar("T")

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY = range(7)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Weekday(Value):
    """A day of the week, Monday 0, and which of its kind: 0 every one, 2 the second, -1 the last."""

    __slots__ = ("day", "nth")
    day: int
    nth: int = 0


class Recur(Value):
    """The parts of a rule as written; an empty tuple is a part that was not given."""

    __slots__ = (
        "freq", "interval", "count", "until", "months", "week_numbers", "year_days", "month_days", "weekdays",
        "hours", "minutes", "seconds", "positions", "week_start",
    )  # fmt: skip
    freq: int
    interval: int = 1
    count: int | None = None
    until: datetime | None = None  # naive: wall time; aware: an instant
    months: tuple[int, ...] = ()
    week_numbers: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


class _Part(Value):
    """A part that holds numbers: the field it fills, its bounds, and whether it counts from the end as well."""

    __slots__ = ("field", "low", "high", "signed", "means")
    field: str
    low: int
    high: int
    signed: bool
    means: str


_NUMBERS = {
    "BYMONTH": _Part("months", 1, 12, False, "a month"),
    "BYWEEKNO": _Part("week_numbers", 1, 53, True, "a week of the year"),
    "BYYEARDAY": _Part("year_days", 1, 366, True, "a day of the year"),
    "BYMONTHDAY": _Part("month_days", 1, 31, True, "a day of the month"),
    "BYHOUR": _Part("hours", 0, 23, False, "an hour"),
    "BYMINUTE": _Part("minutes", 0, 59, False, "a minute"),
    "BYSECOND": _Part("seconds", 0, 59, False, "a second"),
    "BYSETPOS": _Part("positions", 1, 366, True, "a position"),
}


def read(value: str) -> Recur:
    """The rule that the text after `RRULE:` means; a ValueError names the part that is wrong and what it may be.

    >>> read("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9").weekdays
    (Weekday(day=4, nth=-1),)
    """
    parts = _split(value)
    if "FREQ" not in parts:
        raise ValueError(f"{_short(value)!r} has no FREQ; begin with FREQ=DAILY, FREQ=WEEKLY or another.")
    freq = parts.pop("FREQ").upper()
    if freq not in FREQUENCIES:
        raise ValueError(f"FREQ={_short(freq)} is unknown; write one of {', '.join(FREQUENCIES)}.")
    recur = Recur(FREQUENCIES.index(freq), **{_field(name): _read_part(name, part) for name, part in parts.items()})
    if recur.count is not None and recur.until is not None:
        raise ValueError("COUNT and UNTIL exclude each other (RFC 5545 §3.3.10); leave one out.")
    return recur


def write(recur: Recur) -> str:
    """The text after `RRULE:`, in a fixed order of parts.

    >>> write(read("byday=mo,1tu;freq=weekly;interval=1"))
    'FREQ=WEEKLY;BYDAY=MO,1TU'
    """
    parts = [f"FREQ={FREQUENCIES[recur.freq]}"]
    if recur.interval != 1:
        parts.append(f"INTERVAL={recur.interval}")
    if recur.count is not None:
        parts.append(f"COUNT={recur.count}")
    if recur.until is not None:
        parts.append(f"UNTIL={write_moment(recur.until)}")
    for name in (
        "BYMONTH",
        "BYWEEKNO",
        "BYYEARDAY",
        "BYMONTHDAY",
        "BYDAY",
        "BYHOUR",
        "BYMINUTE",
        "BYSECOND",
        "BYSETPOS",
    ):
        if name == "BYDAY":
            written = [f"{day.nth or ''}{DAYS[day.day]}" for day in recur.weekdays]
        else:
            written = [str(number) for number in getattr(recur, _NUMBERS[name].field)]
        if written:
            parts.append(f"{name}={','.join(written)}")
    if recur.week_start:
        parts.append(f"WKST={DAYS[recur.week_start]}")
    return ";".join(parts)


def read_moment(text: str, *, end_of_day: bool = False) -> datetime:
    """A DATE or DATE-TIME of RFC 5545: aware where it ends in Z, naive otherwise; a bare date is its start or end.

    >>> read_moment("20261124T090000Z").isoformat(), read_moment("20261124", end_of_day=True).isoformat()
    ('2026-11-24T09:00:00+00:00', '2026-11-24T23:59:59')
    """
    said = text.strip().upper()
    utc = said.endswith("Z")
    digits = said[:-1] if utc else said
    day, _, clock = digits.partition("T")
    if "T" not in digits:
        clock = "235959" if end_of_day else "000000"
    if not (len(day) == 8 and len(clock) == 6 and (day + clock).isascii() and (day + clock).isdigit()):
        raise ValueError(f"{_short(text)!r} is not a date of RFC 5545; write one such as 20261124T090000.")
    numbers = [int(day[:4]), int(day[4:6]), int(day[6:]), int(clock[:2]), int(clock[2:4]), int(clock[4:])]
    numbers[5] = min(numbers[5], 59)  # a leap second is the end of its minute
    try:
        moment = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # wall time, until Z says otherwise
    except ValueError:
        raise ValueError(f"{_short(text)!r} is not a day of the calendar or a time of the clock.") from None
    return moment.replace(tzinfo=UTC) if utc else moment


def write_moment(moment: datetime) -> str:
    """The DATE-TIME of RFC 5545 for a naive wall time or an aware instant.

    >>> write_moment(datetime(2026, 11, 24, 9, tzinfo=UTC))
    '20261124T090000Z'
    """
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    text = f"{utc.year:04d}{utc.month:02d}{utc.day:02d}T{utc.hour:02d}{utc.minute:02d}{utc.second:02d}"
    return text + ("Z" if moment.tzinfo else "")


def whole(text: str, low: int, high: int, means: str) -> int:
    """A whole number between two bounds; a ValueError names the value and the bounds.

    >>> whole("7", 0, 23, "an hour")
    7
    """
    digits = text.lstrip("+-") if len(text) < 12 else ""
    if not (digits.isascii() and digits.isdigit() and len(text) - len(digits) <= 1 and low <= int(text) <= high):
        raise ValueError(f"{_short(text)!r} is not {means}; write a number from {low} to {high}.")
    return int(text)


def _split(value: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in value.strip().split(";"):
        if not part.strip():
            continue  # a trailing semicolon, seen in the wild
        name, equals, text = part.partition("=")
        name = name.strip().upper()
        if not equals:
            raise ValueError(f"{_short(part)!r} is no part of a rule; a part is NAME=VALUE.")
        if name in parts:
            raise ValueError(f"{_short(name)} stands twice in the rule; join its values with commas.")
        parts[name] = text.strip()
    return parts


def _field(name: str) -> str:
    fields = {"INTERVAL": "interval", "COUNT": "count", "UNTIL": "until", "WKST": "week_start", "BYDAY": "weekdays"}
    if name in fields:
        return fields[name]
    if name in _NUMBERS:
        return _NUMBERS[name].field
    known = ", ".join(["FREQ", *fields, *_NUMBERS])
    raise ValueError(f"{_short(name)} is not a part of a rule that is known here; known are {known}.")


def _read_part(name: str, text: str) -> "Any":
    if name in ("INTERVAL", "COUNT"):
        return whole(text, 1, 10**9, f"a value of {name}")
    if name == "UNTIL":
        return read_moment(text, end_of_day=True)
    if name == "WKST":
        return _read_day(text)
    if name == "BYDAY":
        return tuple(_unique(_read_weekday(item.strip().upper()) for item in text.split(",")))
    return tuple(_unique(_read_number(name, item.strip()) for item in text.split(",")))


def _read_number(name: str, text: str) -> int:
    part = _NUMBERS[name]
    number = whole(text, -part.high if part.signed else part.low, part.high, f"{part.means} ({name})")
    if number == 0 and part.low:
        raise ValueError(f"{name}=0 is not {part.means}; count from 1, or from -1 at the end.")
    return number


def _read_weekday(text: str) -> Weekday:
    nth = text[:-2]
    return Weekday(_read_day(text[-2:]), whole(nth, -53, 53, "which weekday of its kind (BYDAY)") if nth else 0)


def _read_day(text: str) -> int:
    if text.upper() not in DAYS:
        raise ValueError(f"{_short(text)!r} is not a weekday; write one of {', '.join(DAYS)}.")
    return DAYS.index(text.upper())


def _unique(items: "Iterable[T]") -> "list[T]":
    return list(dict.fromkeys(items))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
