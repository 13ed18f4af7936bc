"""What the clock tells of a calendar: about to begin, begins, ends. Pure; each once, in order, also after a sleep."""

from assistant.sources.calendar.cursor import MOST_OCCURRENCES, Known
from assistant.sources.calendar.entry import Entry, Occurrence
from assistant.sources.keys import digest
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

STARTING, STARTED, ENDED = "calendar.starting", "calendar.started", "calendar.ended"
LATE = 86400  # seconds: what is learned so late is still told
STALE = 3600  # seconds after which `reached` is written anew although nothing was told


class Moment(Value):
    """One event of the clock."""

    __slots__ = ("instant", "name", "entry", "occurrence", "mark")
    instant: int
    name: str
    entry: Entry
    occurrence: Occurrence
    mark: str


class Told(Value):
    """What is to be told now, what is known afterwards, whether there is more, and when the next is due."""

    __slots__ = ("moments", "known", "more", "next_at")
    moments: tuple[Moment, ...]
    known: Known
    more: bool
    next_at: int | None


def floor_of(known: Known) -> int:
    """What lies before it is told no more; while it cannot be read, nobody knows what it says of the time since."""
    return max(known.since, min(known.reached, known.read_at) - LATE)


def tell(known: Known, now: int, lead: int, most: int) -> Told:
    """What fell due up to now and was not told yet, as far as it is known what takes place.

    `lead`: seconds before its start at which an event is about to begin.
    """
    until = min(now, known.ahead_until)
    floor = floor_of(known)
    waiting = sorted(_waiting(known, lead, floor), key=_order)
    due = [moment for moment in waiting if moment.instant <= until]
    told = tuple(due[:most])
    reached = told[-1].instant if len(due) > most else max(until, known.reached)
    if told or reached - known.reached >= STALE:
        known = known.replace(reached=max(reached, known.reached))
        floor = floor_of(known)
        kept = {mark: at for mark, at in known.told.items() if at > floor}
        kept.update((moment.mark, moment.instant) for moment in told)
        known = known.replace(told=kept)
    coming = next((moment.instant for moment in waiting[len(told) :]), None)
    return Told(told, known, len(due) > most or known.ahead_until < now, coming)


def ahead(known: Known, occurrences: list[Occurrence], now: int, until: int, lead: int) -> Known:
    """With what takes place up to `until`, as far as there is something to tell of it, and as far as there is room."""
    if known.farthest is not None:
        until = min(until, max(known.farthest, now))
    floor = floor_of(known)
    open_at: dict[Occurrence, int] = {}
    for occurrence in occurrences:
        entry = known.entries.get(occurrence.entry)
        if entry is None:
            continue  # there was no room for it, or its own change is still to be told
        phases = _phases(entry, occurrence, lead)
        instants = [instant for _, instant, mark in phases if instant > floor and mark not in known.told]
        if instants:
            open_at[occurrence] = min(instants)
    nearest = sorted(open_at, key=lambda occurrence: (open_at[occurrence], occurrence.entry))
    if len(nearest) > MOST_OCCURRENCES:
        until = min(until, open_at[nearest[MOST_OCCURRENCES]])
    return known.replace(ahead=tuple(nearest[:MOST_OCCURRENCES]), ahead_until=until)


def _waiting(known: Known, lead: int, floor: int) -> "Iterator[Moment]":
    for occurrence in known.ahead:
        entry = known.entries.get(occurrence.entry)
        if entry is None:
            continue
        for name, instant, mark in _phases(entry, occurrence, lead):
            if instant > floor and mark not in known.told:
                yield Moment(instant, name, entry, occurrence, mark)


def _phases(entry: Entry, occurrence: Occurrence, lead: int) -> "Iterator[tuple[str, int, str]]":
    """Each phase, its instant, and what its key is made of. A whole day is not announced the evening before."""
    times = (str(occurrence.start), str(occurrence.end), str(occurrence.occurrence))
    if lead and not entry.all_day:
        yield STARTING, occurrence.start - lead, digest(entry.uid, STARTING, times[0], times[2])
    yield STARTED, occurrence.start, digest(entry.uid, STARTED, times[0], times[2])
    yield ENDED, occurrence.end, digest(entry.uid, ENDED, *times)


_RANK = {STARTING: 1, STARTED: 2, ENDED: 0}


def _order(moment: Moment) -> tuple[int, int, str]:
    """By the clock; at one instant what ends goes first, unless it begins at that very instant."""
    is_instant = moment.occurrence.start == moment.occurrence.end
    return moment.instant, 3 if moment.name == ENDED and is_instant else _RANK[moment.name], moment.mark
