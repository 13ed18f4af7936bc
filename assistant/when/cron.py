"""Cron expressions as recurrence rules: read, checked, made canonical. Knows no zone and no slots.

Five fields as in crontab(5): day of month and day of week are alternatives when neither begins with a star; `L` is the
last day of the month, `5L` the last Friday and `5#2` the second. Our rule for changes of clocks is the rule of all
schedules: a skipped time rings at the shifted time, a repeated one once.
"""

from assistant.when.recur import DAILY, MONTHLY, Recur, Weekday, whole

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_NICKNAMES = {
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
}  # fmt: skip
_FIELDS = (
    ("a minute", 0, 59, ()), ("an hour", 0, 23, ()), ("a day of the month", 1, 31, ()),
    ("a month", 1, 12, _MONTHS), ("a day of the week", 0, 7, _DAYS),
)  # fmt: skip
_MINUTE, _HOUR, _MONTH_DAY, _MONTH, _WEEKDAY = range(5)


def is_cron(text: str) -> bool:
    """Whether a text is meant as a cron expression: five fields that look the part, a nickname, or `cron:` before it.

    >>> is_cron("30 8 * * 1-5"), is_cron("@daily"), is_cron("every day at 9")
    (True, True, False)
    """
    said = text.strip().lower()
    if said.startswith(("cron:", "@")):
        return said.startswith("cron:") or said in _NICKNAMES or said == "@reboot"
    fields = said.split()
    return (
        len(fields) == 5 and all(_looks_the_part(field) for field in fields) and any("*" in field for field in fields)
    )


def normal(text: str) -> str:
    """The expression with single spaces, names in capitals and no nickname; a ValueError says what is wrong with it.

    >>> normal("cron:  30 8 * *  mon-fri"), normal("@daily")
    ('30 8 * * MON-FRI', '0 0 * * *')
    """
    said = text.strip()
    if said.lower().startswith("cron:"):
        said = said[5:].strip()
    if said.lower() == "@reboot":
        raise ValueError("'@reboot' is no time; write a time such as '0 9 * * *' or @daily.")
    expression = _NICKNAMES.get(said.lower(), " ".join(said.upper().split()))
    compile_(expression)
    return expression


def compile_(expression: str) -> tuple[Recur, ...]:
    """The recurrence rules whose union the expression is.

    >>> [recur.month_days for recur in compile_("0 9 13 * FRI")]
    [(13,), ()]
    """
    fields = expression.upper().split()
    if len(fields) != 5:
        raise ValueError(
            f"{expression[:60]!r} has {len(fields)} fields; a cron expression has five: minute hour day month weekday."
        )
    minutes, hours = _numbers(fields[_MINUTE], _MINUTE), _numbers(fields[_HOUR], _HOUR)
    months = _unless_all(_numbers(fields[_MONTH], _MONTH), 12)
    month_days, weekdays = _month_days(fields[_MONTH_DAY]), _weekdays(fields[_WEEKDAY])
    clock = Recur(DAILY, months=months, hours=hours, minutes=minutes, seconds=(0,))
    if not any(field.startswith(("*", "?")) for field in (fields[_MONTH_DAY], fields[_WEEKDAY])):
        return (clock.replace(month_days=month_days), _by_weekday(clock, weekdays))
    return (_by_weekday(clock.replace(month_days=month_days), weekdays),)


def _by_weekday(clock: Recur, weekdays: tuple[Weekday, ...]) -> Recur:
    return clock.replace(weekdays=weekdays, freq=MONTHLY if any(day.nth for day in weekdays) else DAILY)


def _month_days(field: str) -> tuple[int, ...]:
    days: list[int] = []
    for item in field.split(","):
        days.extend((-1,) if item == "L" else _numbers(item, _MONTH_DAY))
    return _unless_all(tuple(sorted(set(days))), 31)


def _weekdays(field: str) -> tuple[Weekday, ...]:
    days: set[tuple[int, int]] = set()
    for item in field.split(","):
        name, hash_, nth = item.partition("#")
        if hash_:
            days.add((_monday_first(_number(name, _WEEKDAY)), whole(nth, 1, 5, "which weekday of the month")))
        elif item.endswith("L") and len(item) > 1:
            days.add((_monday_first(_number(item[:-1], _WEEKDAY)), -1))
        else:
            days.update((_monday_first(number), 0) for number in _numbers(item, _WEEKDAY))
    if len([day for day, nth in days if not nth]) == 7:
        return ()
    return tuple(Weekday(day, nth) for day, nth in sorted(days, key=lambda pair: (pair[1], pair[0])))


def _monday_first(number: int) -> int:
    return (number + 6) % 7


def _numbers(field: str, which: int) -> tuple[int, ...]:
    numbers: set[int] = set()
    for item in field.split(","):
        numbers.update(_range(item, which))
    return tuple(sorted(numbers))


def _range(item: str, which: int) -> range:
    means, low, high, _names = _FIELDS[which]
    span, slash, step_text = item.partition("/")
    step = whole(step_text, 1, high, "a step") if slash else 1
    if span in ("*", "?"):
        return range(low, (6 if which == _WEEKDAY else high) + 1, step)
    first_text, dash, last_text = span.partition("-")
    first = _number(first_text, which)
    last = _number(last_text, which) if dash else first
    if which == _WEEKDAY and dash and last == 0 and first > 0:
        last = 7  # FRI-SUN
    if last < first:
        raise ValueError(f"{item!r} runs backwards; write {means} range as two, such as {first}-{high},{low}-{last}.")
    return range(first, (high if slash and not dash else last) + 1, step)


def _number(text: str, which: int) -> int:
    means, low, high, names = _FIELDS[which]
    if text in names:
        return names.index(text) + low
    return whole(text, low, high, f"{means} of a cron expression")


def _unless_all(numbers: tuple[int, ...], size: int) -> tuple[int, ...]:
    return () if len([number for number in numbers if number > 0]) == size else numbers


def _looks_the_part(field: str) -> bool:
    return all(item in "0123456789*,-/#?" or item.isalpha() for item in field) and (
        not field.isalpha() or field.upper()[:3] in _MONTHS + _DAYS or field.upper() == "L"
    )
