"""Wall times to instants: attaches the zone to whole days at once. Knows no kind of rule but the one that elapses."""

from datetime import datetime, tzinfo

from assistant.value import Value
from assistant.when.expand import Times
from assistant.when.seconds import (
    DAY,
    LAST_DAY,
    first_beyond,
    instant_seconds,
    offset,
    offset_at,
    place_wall,
    wall_seconds,
)
from assistant.when.walls import is_holiday, wall_days
from assistant.when.written import Elapsed, Rule, parse
from assistant.when.zone import load, to_instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.when.values import Conventions

_LAST = LAST_DAY * DAY


class Run(Value):
    """Instants `base + moment`, ascending and distinct; each run lies after the one before it."""

    __slots__ = ("base", "moments")
    base: int
    moments: "Sequence[int]"


def runs_after(text: str, after: int, key: str, conventions: "Conventions", until: int = _LAST) -> "Iterator[Run]":
    """The runs of a rule after a moment; with `until` none that begin more than some days beyond it."""
    for run in _runs(parse(text), after, until, key, conventions):
        if run.base + run.moments[-1] <= after:
            continue
        skipped = first_beyond(run.moments, after - run.base)
        yield run if not skipped else Run(run.base, run.moments[skipped:])


def _runs(rule: Rule, after: int, until: int, key: str, conventions: "Conventions") -> "Iterator[Run]":
    if rule.elapsed is not None:
        return _elapsing(rule, rule.elapsed, after, key, conventions)
    # A day of clearance on either side covers every offset, and Samoa, which left out a whole day.
    first = min(max(after // DAY - 2, 1), LAST_DAY)
    last = min(until // DAY + 2, LAST_DAY)
    return _in_zone(wall_days(rule, first, last, key, conventions), load(key))


def _in_zone(days: "Iterator[Times]", place: tzinfo) -> "Iterator[Run]":
    """Attach the zone: a day on which clocks stay is one subtraction, one on which they change is cut in two."""
    shifted: list[int] = []  # out of a gap, until their place among the walls after it is known
    for times in days:
        begin = times.day * DAY
        before = offset(begin, place)
        end = begin + DAY - before
        later = offset_at(end, place)
        if before == later:
            runs = [Run(begin - before, times.seconds)]
        else:
            change = _first_changed(begin - before - DAY, end, before, place)
            cut = first_beyond(times.seconds, change + before - begin - 1)
            again = max(cut, first_beyond(times.seconds, change + later - begin - 1))
            shifted += [begin + second - before for second in times.seconds[cut:again]]
            runs = [Run(begin - before, times.seconds[:cut]), Run(begin - later, times.seconds[again:])]
        for run in runs:
            if shifted and run.moments:
                shifted, placed_runs = _merge(shifted, run)
                yield from placed_runs
            elif run.moments:
                yield run
        if shifted and (ready := first_beyond(shifted, begin + DAY - later - 1)):
            yield Run(0, shifted[:ready])
            shifted = shifted[ready:]
    if shifted:
        yield Run(0, shifted)


def _first_changed(low: int, high: int, before: int, place: tzinfo) -> int:
    """The first second in (low, high] whose offset is no longer `before`."""
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(middle, place) == before:
            low = middle
        else:
            high = middle
    return high


def _merge(shifted: list[int], run: Run) -> tuple[list[int], list[Run]]:
    """Put the shifted instants that fall before the end of a run in their place; equal ones are one slot.

    >>> _merge([5, 9], Run(0, [4, 5, 6, 7]))
    ([9], [Run(base=0, moments=[4, 5]), Run(base=0, moments=[6, 7])])
    """
    due = first_beyond(shifted, run.base + run.moments[-1])
    if not due:
        return shifted, [run]
    cut = first_beyond(run.moments, shifted[due - 1] - run.base)
    mixed = sorted({*shifted[:due], *(run.base + moment for moment in run.moments[:cut])})
    rest = [Run(run.base, run.moments[cut:])] if cut < len(run.moments) else []
    return shifted[due:], [Run(0, mixed), *rest]


def _elapsing(rule: Rule, elapsed: Elapsed, after: int, key: str, conventions: "Conventions") -> "Iterator[Run]":
    """Equal steps from the anchor; one run, or one a day where some may be left out."""
    if rule.start is None:
        raise ValueError("X-ASK-ELAPSED needs DTSTART in UTC, such as DTSTART:20261124T080000Z.")
    start, step = instant_seconds(rule.start), elapsed.seconds
    end = _LAST
    if elapsed.count is not None:
        end = min(end, start + (elapsed.count - 1) * step)
    if elapsed.until is not None:
        until = elapsed.until if elapsed.until.tzinfo else to_instant(elapsed.until, key)
        end = min(end, instant_seconds(until))
    first = start + max(0, (after - start) // step + 1) * step
    ticks = range(first, end + 1, step)
    if not (rule.removed or rule.removed_days or rule.added or (rule.except_holidays and conventions.country)):
        return iter([Run(0, ticks)] if ticks else [])
    return _elapsing_with_gaps(rule, ticks, key, conventions)


def _elapsing_with_gaps(rule: Rule, ticks: range, key: str, conventions: "Conventions") -> "Iterator[Run]":
    """The ticks of each day of the zone, less the days and moments taken out, and those put in."""
    place = load(key)
    removed = {_instant(moment, place) for moment in rule.removed}
    added = sorted(_instant(moment, place) for moment in rule.added)
    at = kept = ticks.start
    patience = max(90 * DAY, 60 * ticks.step)
    while at < ticks.stop and at - kept <= patience:  # a step may meet holidays only
        day = (at + offset_at(at, place)) // DAY
        today = range(at, min(max(place_wall((day + 1) * DAY, place), at + 1), ticks.stop), ticks.step)
        at = today[-1] + ticks.step
        moments: Sequence[int] = today
        if day in rule.removed_days or (rule.except_holidays and is_holiday(day, conventions)):
            moments = ()
        else:
            kept = at
        if removed:
            moments = [tick for tick in moments if tick not in removed]
        if added and added[0] < at:
            due = first_beyond(added, at - 1)
            moments, added = sorted({*moments, *added[:due]}), added[due:]
        if moments:
            yield Run(0, moments)
    if added:
        yield Run(0, added)


def _instant(moment: datetime, place: tzinfo) -> int:
    return instant_seconds(moment) if moment.tzinfo else place_wall(wall_seconds(moment), place)
