"""What a calendar says now against what it said before: added, changed, cancelled. Pure; reads no text and no clock.

What is over is of no interest, before and after. A series is one event, not one a week; an occurrence is told by itself
where the calendar speaks of it by itself: moved, left out, put back.
"""

from assistant.sources.calendar.cursor import Known
from assistant.sources.calendar.entry import LASTS, Entry, written
from assistant.sources.keys import digest
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from typing import Any

    from assistant.sources.calendar.read import Reading

ADDED, CHANGED, CANCELLED = "calendar.added", "calendar.changed", "calendar.cancelled"
FIELDS = ("title", "location", "organizer", "start", "end", "all_day")


class Change(Value):
    """One thing that changed. `id`: whose it is; `before`: how it stood; `mark`: what its key is made of."""

    __slots__ = ("id", "name", "entry", "before", "fields", "mark")
    id: str
    name: str
    entry: Entry
    before: Entry | None
    fields: tuple[str, ...]
    mark: str


def changes(known: Known, seen: "Reading", now: int) -> "list[Change]":
    """All changes, by the time at which what they are about takes place."""
    found = [*_of_those_there(known, seen, now), *_of_those_away(known, seen, now)]
    return sorted(found, key=lambda change: (change.entry.start, change.id))


def divided(found: "list[Change]", most: int) -> "tuple[list[Change], list[Change]]":
    """The changes to tell now, about so many, and those left for later; all of one entry go together."""
    by_id: dict[str, list[Change]] = {}
    for change in found:
        by_id.setdefault(change.id, []).append(change)
    told: list[Change] = []
    left: list[Change] = []
    for group in by_id.values():
        (told if not told or len(told) + len(group) <= most else left).extend(group)
    return told, left


def merged(known: Known, seen: "Reading", told: "list[Change]", left: "list[Change]", floor: int) -> Known:
    """What is known afterwards, with all that was told; what is `left` for the next poll stays as it was.

    What was over by `floor` is forgotten: until then the clock may have something to tell of it.
    """
    entries: dict[str, Entry] = {}
    gone = dict(known.gone)
    waiting = {change.id for change in left}
    marks = _marks(told)
    for key, entry in seen.entries.items():
        if key in waiting:
            if key in known.entries:
                entries[key] = known.entries[key]
        elif not entry.is_over(floor):
            entries[key] = entry.replace(history=marks.get(key) or _history(key, known))
            gone.pop(key, None)
    for key, before in known.entries.items():
        if key in seen.entries:
            continue
        if key in waiting or before.uid in seen.bad or (seen.farthest is not None and before.start > seen.farthest):
            entries[key] = before
        elif key in marks:
            gone[key] = marks[key]
    return known.replace(entries=entries, gone=gone, farthest=seen.farthest)


def extra_data(change: Change, place: "tzinfo") -> "dict[str, Any]":
    """What an event says beside the entry itself: which fields changed, and what stood there before."""
    if change.name != CHANGED or change.before is None:
        return {}
    before = change.before
    return {
        "changed": list(change.fields),
        "old_title": before.title,
        "old_start": written(before.start, place),
        "old_end": written(before.end, place),
        "old_location": before.location,
    }


def _of_those_there(known: Known, seen: "Reading", now: int) -> "Iterator[Change]":
    for key, entry in seen.entries.items():
        before = known.entries.get(key)
        if before is not None:
            yield from _against(before.rolled(now), entry, known, now)
        elif entry.occurrence is not None and (master := _master(entry, seen)) is not None:
            if (old := known.entries.get(master.id)) is not None and not old.is_cancelled:
                yield from _own(master, entry, known, now)
        elif not entry.is_cancelled and not entry.is_over(now) and _is_near(entry, known):
            yield _change(ADDED, entry, None, known)


def _against(before: Entry, entry: Entry, known: Known, now: int) -> "Iterator[Change]":
    """One that was known and is there."""
    if entry.is_over(now) and before.is_over(now):
        return
    if before.is_cancelled or entry.is_cancelled:
        if before.is_cancelled != entry.is_cancelled:
            yield _change(CANCELLED if entry.is_cancelled else ADDED, entry, before, known)
        return
    history = before.history
    if before.mark != entry.mark:
        change = _change(CHANGED, entry, before, known)
        history = change.mark
        yield change
    yield from _exceptions(before, entry, history, known, now)


def _exceptions(before: Entry, entry: Entry, history: str, known: Known, now: int) -> "Iterator[Change]":
    """Occurrences that a series leaves out now, or no longer."""
    old, new = set(before.exceptions), set(entry.exceptions)
    bound = min((some[-1] for some in (before.exceptions, entry.exceptions) if some), default=0)
    complete = max(len(old), len(new)) < LASTS
    differing = sorted(at for at in old ^ new if at > now and (complete or at <= bound))
    if not differing:
        return
    told_by_itself = {kept.occurrence for kept in known.entries.values() if kept.uid == entry.uid}
    for at in differing:
        if at in new and at in told_by_itself:
            continue  # its own entry goes with it, and that is told
        one = entry.replace(start=at, end=at + entry.end - entry.start, occurrence=at)
        name = CANCELLED if at in new else ADDED
        yield Change(entry.id, name, one, None, (), digest(history, name, str(at)))


def _own(master: Entry, entry: Entry, known: Known, now: int) -> "Iterator[Change]":
    """An occurrence that gets an entry of its own: it was as the series has it."""
    at = entry.occurrence or 0
    regular = master.replace(start=at, end=at + master.end - master.start, occurrence=at)
    if entry.is_cancelled:
        if max(regular.end, at) > now:
            yield _change(CANCELLED, entry.replace(start=at, end=regular.end), regular, known)
    elif _differing(regular, entry) and (not entry.is_over(now) or regular.end > now):
        yield _change(CHANGED, entry, regular, known)


def _of_those_away(known: Known, seen: "Reading", now: int) -> "Iterator[Change]":
    for key, kept in known.entries.items():
        if key in seen.entries or kept.uid in seen.bad or (kept.uid in seen.uids and kept.uid not in seen.read):
            continue
        if seen.farthest is not None and kept.start > seen.farthest:
            continue
        before = kept.rolled(now)
        if before.is_cancelled or before.is_over(now):
            continue
        if before.occurrence is None:
            yield _change(CANCELLED, before, before, known)
            continue
        master = _master(before, seen)
        if master is None:
            if not _had_master(before, known):
                yield _change(CANCELLED, before, before, known)
        elif before.occurrence in master.exceptions or master.is_cancelled:
            if not master.is_cancelled:
                yield _change(CANCELLED, before, before, known)
        else:
            at = before.occurrence
            regular = master.replace(start=at, end=at + master.end - master.start, occurrence=at, id=before.id)
            if _differing(before, regular):
                yield _change(CHANGED, regular, before, known)


def _change(name: str, entry: Entry, before: Entry | None, known: Known) -> Change:
    mark = digest(_history(entry.id, known), name, entry.id, entry.mark)
    return Change(entry.id, name, entry, before, _differing(before, entry) if before else (), mark)


def _history(key: str, known: Known) -> str:
    """What the entry went through, also where it was gone in between."""
    return known.entries[key].history if key in known.entries else known.gone.get(key, "")


def _marks(told: "list[Change]") -> dict[str, str]:
    """The history of each entry of which something is told."""
    marks: dict[str, set[str]] = {}
    for change in told:
        marks.setdefault(change.id, set()).add(change.mark)
    return {key: some.pop() if len(some) == 1 else digest(*sorted(some)) for key, some in marks.items()}


def _differing(before: Entry, entry: Entry) -> tuple[str, ...]:
    """The names of the fields that differ, as the events bear them; `rule` for when a series takes place."""
    old, new = before.cut(), entry.cut()
    found = tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
    return (*found, "rule") if before.is_series and entry.is_series and before.when != entry.when else found


def _master(entry: Entry, seen: "Reading") -> Entry | None:
    return seen.entries.get(digest(entry.uid, ""))


def _had_master(entry: Entry, known: Known) -> bool:
    return digest(entry.uid, "") in known.entries


def _is_near(entry: Entry, known: Known) -> bool:
    """Whether it would have been known: what lies beyond the farthest that was kept comes near without being new."""
    return known.farthest is None or entry.start <= known.farthest
