"""What a calendar source keeps between two polls, as plain JSON and back. Decides nothing.

It holds what is needed to see changes, and what takes place in the next two weeks, so that this is told on time also
while the calendar cannot be read. It is bounded: the nearest entries and occurrences are kept.
"""

from assistant.jsontext import dump
from assistant.ports.source import CURSOR_BYTES
from assistant.sources.calendar.entry import Entry, Occurrence, by_id
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1
MOST_ENTRIES = 2000
MOST_OCCURRENCES = 1000
MOST_TOLD = 5000
MOST_GONE = 1000


class Known(Value):
    """What is known of a calendar.

    `since`: when stock was taken. `read_at`: when it was read, to the hour. `reached`: up to where the clock's events
    were told; `told`: their keys, from a day before both on, since what is learned late is told late. `ahead`:
    occurrences up to `ahead_until`. `renew_at`: when it must be read anew even if it has not changed. `farthest`: where
    not all entries are kept, the last start that is. `gone`: the histories of what was cancelled.
    """

    __slots__ = (
        "zone", "etag", "modified", "content", "since", "read_at", "reached", "told", "entries", "gone", "ahead",
        "ahead_until", "renew_at", "farthest", "notes",
    )  # fmt: skip
    zone: str
    etag: str
    modified: str
    content: str
    since: int
    read_at: int
    reached: int
    told: dict[str, int]
    entries: dict[str, Entry]
    gone: dict[str, str]
    ahead: tuple[Occurrence, ...]
    ahead_until: int
    renew_at: int
    farthest: int | None
    notes: tuple[str, ...]


def load(cursor: "dict[str, Any] | None") -> Known | None:
    """What a cursor says; None where it says nothing that can be read."""
    try:
        if cursor is None or cursor["v"] != VERSION:
            return None
        fields = {name: cursor[name] for name in Known.__slots__}
        fields["entries"] = {row[0]: _entry(row) for row in cursor["entries"]}
        fields["ahead"] = tuple(Occurrence(*row) for row in cursor["ahead"])
        fields["notes"] = tuple(cursor["notes"])
        return Known(**fields)
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def save(known: Known) -> "dict[str, Any]":
    """The cursor; the farthest entries are left out where it would be too large."""
    most = MOST_ENTRIES
    while True:
        cursor = _written(bounded(known, most))
        if most < 2 or len(dump(cursor).encode("utf-8", "replace")) <= CURSOR_BYTES:
            return cursor
        most //= 2


def bounded(known: Known, most: int = MOST_ENTRIES) -> Known:
    """With the nearest entries, and the newest of what was told."""
    told = sorted(known.told.items(), key=lambda item: item[1])
    forgotten = told[:-MOST_TOLD]
    since = max([known.since, *(at for _, at in forgotten)])  # what is forgotten must not be told again
    gone = dict(list(known.gone.items())[-MOST_GONE:])
    known = known.replace(told=dict(told[-MOST_TOLD:]), since=since, gone=gone)
    if len(known.entries) <= most:
        return known
    nearest = sorted(known.entries.values(), key=lambda entry: (entry.start, entry.id))[:most]
    last = nearest[-1].start - 1  # others may begin with the last one that is kept
    farthest = last if known.farthest is None else min(last, known.farthest)
    entries = by_id(nearest)
    ahead = tuple(occurrence for occurrence in known.ahead if occurrence.entry in entries)
    until = known.ahead_until if len(ahead) == len(known.ahead) else min(known.ahead_until, farthest)
    return known.replace(entries=entries, farthest=farthest, ahead=ahead, ahead_until=until)


def _written(known: Known) -> "dict[str, Any]":
    fields: dict[str, Any] = dict(zip(Known.__slots__, known.as_tuple(), strict=True))
    fields["entries"] = [_row(entry) for entry in known.entries.values()]
    fields["ahead"] = [list(occurrence.as_tuple()) for occurrence in known.ahead]
    fields["notes"] = list(known.notes)
    return {"v": VERSION, **fields}


def _row(entry: Entry) -> "list[Any]":
    fields = [list(field) if isinstance(field, tuple) else field for field in entry.cut().as_tuple()]
    return [int(field) if isinstance(field, bool) else field for field in fields]


def _entry(row: "list[Any]") -> Entry:
    entry = Entry(*row)
    return entry.replace(
        all_day=bool(entry.all_day),
        is_series=bool(entry.is_series),
        is_cancelled=bool(entry.is_cancelled),
        exceptions=tuple(entry.exceptions),
    )
