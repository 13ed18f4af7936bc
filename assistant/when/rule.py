"""Rules to slots: the instants of a kept rule after a moment, one by one or counted. Reads no clock and no words.

Walls and instants are whole seconds here, counted alike from the proleptic day 0, so that an instant is a wall less the
offset of its zone. A wall time in a gap rings at the shifted time, one that clocks show twice rings the first time, and
what falls on the same instant is one slot.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

from assistant.value import Value
from assistant.when.cron import compile_
from assistant.when.expand import DAY, LAST_DAY, Times, expand
from assistant.when.written import Elapsed, Rule, normal, parse, write_distance, zone_named
from assistant.when.zone import load, to_instant, to_wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.when.values import Conventions

__all__ = ["Span", "after_done", "next_after", "normal", "parse", "previous", "slots", "span", "zone_named"]

_FIRST = datetime(1, 1, 1, tzinfo=UTC)
_EARLIEST, _LAST = 2 * DAY, LAST_DAY * DAY


class Span(Value):
    """A run of slots: the first, the last and how many."""

    __slots__ = ("first", "last", "count")
    first: datetime
    last: datetime
    count: int


class _Batch(Value):
    """Instants `base + moment`, ascending and distinct; each batch lies after the one before it."""

    __slots__ = ("base", "moments")
    base: int
    moments: "Sequence[int]"


def slots(text: str, after: datetime, zone: str, conventions: "Conventions") -> "Iterator[datetime]":
    """The slots strictly after a moment, in UTC, one by one for as long as somebody asks.

    >>> from itertools import islice
    >>> from assistant.when.values import Conventions
    >>> text, after = "DTSTART:20260327T023000\\nRRULE:FREQ=DAILY", datetime(2026, 3, 28, 12, tzinfo=UTC)
    >>> [at.isoformat() for at in islice(slots(text, after, "Europe/Berlin", Conventions("Europe/Berlin")), 2)]
    ['2026-03-29T01:30:00+00:00', '2026-03-30T00:30:00+00:00']
    """
    for batch in _batches_after(text, _seconds(after), zone, conventions):
        for moment in batch.moments:
            yield _instant(batch.base + moment)


def next_after(text: str, after: datetime, zone: str, conventions: "Conventions") -> datetime | None:
    """The first slot strictly after a moment, in UTC; None if there is none."""
    return next(slots(text, after, zone, conventions), None)


def span(text: str, after: datetime, until: datetime, zone: str, conventions: "Conventions") -> Span | None:
    """The slots in (after, until]: first, last and their exact number; None without one.

    Whole days are counted at once, so that a minute rule asleep for years costs as little as a daily one.
    """
    first = last = None
    count = 0
    end = _seconds(until)
    for batch in _batches_after(text, _seconds(after), zone, conventions, end):
        size = _first_beyond(batch.moments, end - batch.base)
        if size:
            first = batch.base + batch.moments[0] if first is None else first
            last = batch.base + batch.moments[size - 1]
            count += size
        if size < len(batch.moments):
            break
    if first is None or last is None:
        return None
    return Span(_instant(first), _instant(last), count)


def previous(text: str, before: datetime, zone: str, conventions: "Conventions") -> datetime | None:
    """The last slot at or before a moment, looked for in spans that grow, back to the first of the rule."""
    start = parse(text).start
    floor = _EARLIEST if start is None else max(_EARLIEST, _count(_wall(start, zone)) - 2 * DAY)
    reach = DAY * 2
    while True:
        begin = max(floor, _seconds(before) - reach)
        found = span(text, _instant(begin), before, zone, conventions)
        if found is not None:
            return found.last
        if begin == floor:
            return None
        reach *= 4


def after_done(text: str, completed_at: datetime, zone: str, conventions: "Conventions") -> datetime:
    """The slot that follows a completion: the distance from its day, at the wall time of day that the rule keeps.

    >>> from assistant.when.values import Conventions
    >>> text = "DTSTART:20261124T090000\\nX-ASK-AFTER-DONE:P3D"
    >>> after_done(text, datetime(2026, 11, 26, 17, tzinfo=UTC), "UTC", Conventions("UTC")).isoformat()
    '2026-11-29T09:00:00+00:00'
    """
    rule = parse(text)
    distance = rule.after_done
    if distance is None:
        raise ValueError("The rule does not count from completion; X-ASK-AFTER-DONE:P3D would.")
    begin = _wall(completed_at, zone)
    if distance.seconds and not (distance.days or distance.months):
        return (completed_at.astimezone(UTC) + timedelta(seconds=distance.seconds)).replace(microsecond=0)
    day = _add_months(begin.date(), distance.months).toordinal() + distance.days
    if day > LAST_DAY:
        raise ValueError(f"{write_distance(distance)} after {begin:%Y-%m-%d} is beyond the calendar.")
    while rule.except_holidays and _is_holiday(day, conventions):
        day += 1
    start = _wall(rule.start, zone) if rule.start is not None else begin
    return _instant(_to_instant(day * DAY + start.hour * 3600 + start.minute * 60 + start.second, load(zone)))


# -- batches -----------------------------------------------------------------------------------------------------------


def _batches_after(
    text: str, after: int, key: str, conventions: "Conventions", until: int = _LAST
) -> "Iterator[_Batch]":
    """The batches of a rule after a moment; with `until` none that begin more than some days beyond it."""
    for batch in _batches(parse(text), after, until, key, conventions):
        if batch.base + batch.moments[-1] <= after:
            continue
        skipped = _first_beyond(batch.moments, after - batch.base)
        yield batch if not skipped else _Batch(batch.base, batch.moments[skipped:])


def _batches(rule: Rule, after: int, until: int, key: str, conventions: "Conventions") -> "Iterator[_Batch]":
    if rule.elapsed is not None:
        return _elapsing(rule, rule.elapsed, after, key, conventions)
    # A day of clearance on either side covers every offset, and Samoa, which left out a whole day.
    first = min(max(after // DAY - 2, 1), LAST_DAY)
    last = min(until // DAY + 2, LAST_DAY)
    return _in_zone(_days(rule, first, last, key, conventions), load(key))


def _in_zone(days: "Iterator[Times]", place: tzinfo) -> "Iterator[_Batch]":
    """Attach the zone: a day on which clocks stay is one subtraction, one on which they change is cut in two."""
    shifted: list[int] = []  # out of a gap, until their place among the walls after it is known
    for times in days:
        begin = times.day * DAY
        before = _offset(begin, place)
        end = begin + DAY - before
        later = _offset_at(end, place)
        if before == later:
            batches = [_Batch(begin - before, times.seconds)]
        else:
            change = _first_changed(begin - before - DAY, end, before, place)
            cut = _first_beyond(times.seconds, change + before - begin - 1)
            again = max(cut, _first_beyond(times.seconds, change + later - begin - 1))
            shifted += [begin + second - before for second in times.seconds[cut:again]]
            batches = [_Batch(begin - before, times.seconds[:cut]), _Batch(begin - later, times.seconds[again:])]
        for batch in batches:
            if shifted and batch.moments:
                shifted, batches_in_order = _merge(shifted, batch)
                yield from batches_in_order
            elif batch.moments:
                yield batch
        if shifted and (ready := _first_beyond(shifted, begin + DAY - later - 1)):
            yield _Batch(0, shifted[:ready])
            shifted = shifted[ready:]
    if shifted:
        yield _Batch(0, shifted)


def _first_changed(low: int, high: int, before: int, place: tzinfo) -> int:
    """The first second in (low, high] whose offset is no longer `before`."""
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_at(middle, place) == before:
            low = middle
        else:
            high = middle
    return high


def _merge(shifted: list[int], batch: _Batch) -> tuple[list[int], list[_Batch]]:
    """Put the shifted instants that fall before the end of a batch in their place; equal ones are one slot.

    >>> _merge([5, 9], _Batch(0, [4, 5, 6, 7]))
    ([9], [_Batch(base=0, moments=[4, 5]), _Batch(base=0, moments=[6, 7])])
    """
    due = _first_beyond(shifted, batch.base + batch.moments[-1])
    if not due:
        return shifted, [batch]
    cut = _first_beyond(batch.moments, shifted[due - 1] - batch.base)
    mixed = sorted({*shifted[:due], *(batch.base + moment for moment in batch.moments[:cut])})
    rest = [_Batch(batch.base, batch.moments[cut:])] if cut < len(batch.moments) else []
    return shifted[due:], [_Batch(0, mixed), *rest]


def _elapsing(rule: Rule, elapsed: Elapsed, after: int, key: str, conventions: "Conventions") -> "Iterator[_Batch]":
    """Equal steps from the anchor; one batch, or one a day where some may be left out."""
    if rule.start is None:
        raise ValueError("X-ASK-ELAPSED needs DTSTART in UTC, such as DTSTART:20261124T080000Z.")
    start, step = _seconds(rule.start), elapsed.seconds
    end = _LAST
    if elapsed.count is not None:
        end = min(end, start + (elapsed.count - 1) * step)
    if elapsed.until is not None:
        until = elapsed.until if elapsed.until.tzinfo else to_instant(elapsed.until, key)
        end = min(end, _seconds(until))
    first = start + max(0, (after - start) // step + 1) * step
    ticks = range(first, end + 1, step)
    if not (rule.removed or rule.removed_days or rule.added or (rule.except_holidays and conventions.country)):
        return iter([_Batch(0, ticks)] if ticks else [])
    return _elapsing_with_gaps(rule, ticks, key, conventions)


def _elapsing_with_gaps(rule: Rule, ticks: range, key: str, conventions: "Conventions") -> "Iterator[_Batch]":
    place = load(key)
    removed = {_seconds(moment) if moment.tzinfo else _to_instant(_count(moment), place) for moment in rule.removed}
    added = sorted(_seconds(moment) if moment.tzinfo else _to_instant(_count(moment), place) for moment in rule.added)
    refused = 0
    for tick in ticks:
        while added and added[0] <= tick:
            if added[0] != tick:
                yield _Batch(0, (added[0],))
            del added[0]
        day = (tick + _offset_at(tick, place)) // DAY
        if tick in removed or day in rule.removed_days or (rule.except_holidays and _is_holiday(day, conventions)):
            refused += 1
            if refused > DAY:
                return
            continue
        refused = 0
        yield _Batch(0, (tick,))
    if added:
        yield _Batch(0, added)


# -- days --------------------------------------------------------------------------------------------------------------


def _days(rule: Rule, first: int, last: int, key: str, conventions: "Conventions") -> "Iterator[Times]":
    """The wall times of a rule day by day: all its sources in one, less what is taken out."""
    start = _count(_wall(rule.start, key)) if rule.start is not None else DAY
    keeps = _keeps(rule, conventions)
    chooses = _business_days(rule.business_days, conventions) if rule.business_days else None
    sources = [_limited(expand(one, start, first, last, keeps, chooses), one.until, key) for one in rule.recurs]
    sources += [expand(one, start, first, last, keeps) for text in rule.crons for one in compile_(text)]
    if rule.after_done is not None and start // DAY >= first:
        sources.append(iter([Times(start // DAY, (start % DAY,))]))
    if rule.added:
        sources.append(_moments(rule, first, start, key))
    days = sources[0] if len(sources) == 1 else _union(sources)
    if rule.removed or rule.removed_days:
        days = _without(days, rule, key)
    return days


def _limited(days: "Iterator[Times]", until: datetime | None, key: str) -> "Iterator[Times]":
    """The days up to UNTIL, which takes its own second in."""
    if until is None:
        yield from days
        return
    last = _count(_wall(until, key))
    for times in days:
        if times.day * DAY + times.seconds[-1] > last:
            kept = times.seconds[: _first_beyond(times.seconds, last - times.day * DAY)]
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
        day, second = divmod(_count(_wall(moment, key)), DAY)
        removed.setdefault(day, set()).add(second)
    for times in days:
        if times.day in rule.removed_days:
            continue
        if times.day in removed:
            times = times.replace(seconds=[second for second in times.seconds if second not in removed[times.day]])
        if times.seconds:
            yield times


def _moments(rule: Rule, first: int, start: int, key: str) -> "Iterator[Times]":
    """The single moments that RDATE adds."""
    days: dict[int, set[int]] = {}
    for moment in rule.added:
        day, second = divmod(_count(_wall(moment, key)), DAY)
        days.setdefault(day, set()).add(second)
    return (Times(day, sorted(days[day])) for day in sorted(days) if day >= first)


def _keeps(rule: Rule, conventions: "Conventions") -> "Callable[[int], bool] | None":
    if not rule.except_holidays or conventions.country is None:
        return None
    return lambda day: not _is_holiday(day, conventions)


def _is_holiday(day: int, conventions: "Conventions") -> bool:
    from assistant.when.workdays import is_holiday

    return is_holiday(date.fromordinal(day), conventions)


def _business_days(numbers: tuple[int, ...], conventions: "Conventions") -> "Callable[[int, int], Sequence[int]]":
    """Which days of a month are its n-th and n-th last business days."""
    from assistant.when.workdays import business_days_of

    def chosen(year: int, month: int) -> "Sequence[int]":
        days = business_days_of(year, month, conventions)
        size = len(days)
        indexes = {number - 1 if number > 0 else size + number for number in numbers}
        return [days[index] for index in sorted(indexes) if 0 <= index < size]

    return chosen


# -- seconds -----------------------------------------------------------------------------------------------------------


def _first_beyond(moments: "Sequence[int]", limit: int) -> int:
    """The index of the first moment after the limit, as `bisect.bisect_right` would say it.

    >>> _first_beyond([1, 3, 3, 5], 3)
    3
    """
    low, high = 0, len(moments)
    while low < high:
        middle = (low + high) // 2
        if moments[middle] > limit:
            high = middle
        else:
            low = middle + 1
    return low


def _count(moment: datetime) -> int:
    """The whole seconds of a clock face."""
    return moment.toordinal() * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


def _seconds(instant: datetime) -> int:
    return _count(instant.astimezone(UTC))


def _instant(seconds: int) -> datetime:
    return _FIRST + timedelta(seconds=seconds - DAY)


def _wall(moment: datetime, key: str) -> datetime:
    return to_wall(moment, key) if moment.tzinfo else moment


def _to_instant(wall: int, place: tzinfo) -> int:
    return wall - _offset(wall, place)


def _offset(wall: int, place: tzinfo) -> int:
    """The offset at a wall time: in a gap the one before it, in a repeated hour the first."""
    offset = place.utcoffset(_instant(wall).replace(tzinfo=place))
    return 0 if offset is None else offset.days * DAY + offset.seconds


def _offset_at(instant: int, place: tzinfo) -> int:
    offset = _instant(instant).astimezone(place).utcoffset()
    return 0 if offset is None else offset.days * DAY + offset.seconds


def _add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month.

    >>> _add_months(date(2024, 1, 31), 1).isoformat()
    '2024-02-29'
    """
    if not months:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9998:
        raise ValueError(f"{months} months after {day.isoformat()} is beyond the calendar.")
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return day.replace(year=year, month=month + 1, day=1) + timedelta(
        days=min(day.day, following.toordinal() - date(year, month + 1, 1).toordinal()) - 1
    )
