"""The wall times of a kept rule, day by day: all its sources in one, less what is taken out. Attaches no zone."""

from datetime import date, datetime

from assistant.when.cron import compile_
from assistant.when.expand import Times, expand
from assistant.when.seconds import DAY, as_wall, first_beyond, wall_seconds
from assistant.when.written import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.when.values import Conventions


def wall_days(rule: Rule, first: int, last: int, key: str, conventions: "Conventions") -> "Iterator[Times]":
    """The wall times of a rule day by day: all its sources in one, less what is taken out."""
    start = wall_seconds(as_wall(rule.start, key)) if rule.start is not None else DAY
    keeps = _keeps(rule, conventions)
    chooses = _business_days(rule.business_days, conventions) if rule.business_days else None
    sources = [_limited(expand(one, start, first, last, keeps, chooses), one.until, key) for one in rule.recurs]
    sources += [expand(one, start, first, last, keeps) for text in rule.crons for one in compile_(text)]
    if rule.after_done is not None and start // DAY >= first:
        sources.append(iter([Times(start // DAY, (start % DAY,))]))
    if rule.added:
        sources.append(_moments(rule, first, last, key))
    days = sources[0] if len(sources) == 1 else _union(sources)
    if rule.removed or rule.removed_days:
        days = _without(days, rule, key)
    return days


def _limited(days: "Iterator[Times]", until: datetime | None, key: str) -> "Iterator[Times]":
    """The days up to UNTIL, which takes its own second in."""
    if until is None:
        yield from days
        return
    last = wall_seconds(as_wall(until, key))
    for times in days:
        if times.day * DAY + times.seconds[-1] > last:
            kept = times.seconds[: first_beyond(times.seconds, last - times.day * DAY)]
            if kept:
                yield times.replace(seconds=kept)
            return
        yield times


def _union(sources: "list[Iterator[Times]]") -> "Iterator[Times]":
    """Several sources in one, day by day."""
    heads = [(head, source) for source in sources if (head := next(source, None)) is not None]
    while heads:
        day = min(head.day for head, _source in heads)
        today = [head for head, _source in heads if head.day == day]
        seconds = today[0].seconds if len(today) == 1 else sorted({one for head in today for one in head.seconds})
        yield Times(day, seconds)
        ahead = [(next(source, None) if head.day == day else head, source) for head, source in heads]
        heads = [(head, source) for head, source in ahead if head is not None]


def _without(days: "Iterator[Times]", rule: Rule, key: str) -> "Iterator[Times]":
    removed: dict[int, set[int]] = {}
    for moment in rule.removed:
        day, second = divmod(wall_seconds(as_wall(moment, key)), DAY)
        removed.setdefault(day, set()).add(second)
    for times in days:
        if times.day in rule.removed_days:
            continue
        if times.day in removed:
            times = times.replace(seconds=[second for second in times.seconds if second not in removed[times.day]])
        if times.seconds:
            yield times


def _moments(rule: Rule, first: int, last: int, key: str) -> "Iterator[Times]":
    """The single moments that RDATE adds."""
    days: dict[int, set[int]] = {}
    for moment in rule.added:
        day, second = divmod(wall_seconds(as_wall(moment, key)), DAY)
        days.setdefault(day, set()).add(second)
    return (Times(day, sorted(days[day])) for day in sorted(days) if first <= day <= last)


def _keeps(rule: Rule, conventions: "Conventions") -> "Callable[[int], bool] | None":
    if not rule.except_holidays or conventions.country is None:
        return None
    return lambda day: not is_holiday(day, conventions)


def _business_days(numbers: tuple[int, ...], conventions: "Conventions") -> "Callable[[int, int], Sequence[int]]":
    """Which days of a month are its n-th and n-th last business days."""
    from assistant.when.workdays import business_days_of

    def chosen(year: int, month: int) -> "Sequence[int]":
        days = business_days_of(year, month, conventions)
        size = len(days)
        indexes = {number - 1 if number > 0 else size + number for number in numbers}
        return [days[index] for index in sorted(indexes) if 0 <= index < size]

    return chosen


def is_holiday(day: int, conventions: "Conventions") -> bool:
    from assistant.when.workdays import is_holiday

    return is_holiday(date.fromordinal(day), conventions)
