"""Read a calendar's text: what it says of each event, and when these take place within a span. Compares nothing.

icalendar reads each event by itself; recurring-ical-events knows which occurrences a series has. What cannot be read is
named and loses nothing else.
"""

import threading
import time
import warnings
from datetime import UTC, datetime, timedelta, tzinfo

import icalendar
from icalendar.error import GloballyUniqueTZIDGuessed
from icalendar.timezone import tzp

from assistant.sources.calendar.blocks import CLEARANCE, Block, Blocks
from assistant.sources.calendar.entry import Entry, Occurrence
from assistant.sources.calendar.event import (
    entry_of,
    figures,
    goes_on,
    instant,
    own_moment,
    parsed,
    recurs,
    sequence,
    uid_of,
)
from assistant.sources.calendar.rules import series_of
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MOST_READ = 10_000  # events that are read whole; all others in a larger calendar are farther away
MOST_ZONES = 200
SHOWN = 3
AHEAD = (timedelta(days=400), timedelta(days=3000))  # how far the next occurrence of a series is looked for

# icalendar keeps the zones that calendars define by their names, for all calendars of a process.
_one_at_a_time = threading.Lock()


class TooSlow(Exception):
    """The calendar takes longer to read than there is time."""


class Span(Value):
    """What is looked at: occurrences from `first` to `last`. `place` is the person's zone, `now` says what is over."""

    __slots__ = ("place", "now", "first", "last", "until")
    place: tzinfo
    now: int
    first: int
    last: int
    until: float  # by the monotonic clock: when to give up


class Reading(Value):
    """What a calendar says.

    `uids`: all that it names, also of events that are over and were not read. `read`: those that were. `bad`: those
    that could not be. `farthest`: where not all could be looked at, a start beyond which nothing is known.
    """

    __slots__ = ("entries", "occurrences", "uids", "read", "bad", "notes", "farthest")
    entries: dict[str, Entry]
    occurrences: list[Occurrence]
    uids: frozenset[str]
    read: frozenset[str]
    bad: frozenset[str]
    notes: list[str]
    farthest: int | None


def read(blocks: Blocks, span: Span, wanted: "frozenset[str]" = frozenset()) -> Reading:
    """What the pieces of a calendar say. `wanted`: UIDs that are read even where they are over."""
    with _one_at_a_time:
        tzp.use_zoneinfo()  # forgets the zones of other calendars
        warnings.filterwarnings("ignore", category=GloballyUniqueTZIDGuessed)
        return _Reader(blocks, span).read(wanted)


class _Reader:
    def __init__(self, blocks: Blocks, span: Span) -> None:
        self.blocks = blocks
        self.span = span
        self.bad: set[str] = set()
        self.unread: list[str] = []
        self.entries: dict[str, Entry] = {}
        self.occurrences: list[Occurrence] = []
        self.standard = any(line.upper().startswith("X-WR-TIMEZONE") for line in blocks.head)

    def read(self, wanted: frozenset[str]) -> Reading:
        for line in self.blocks.begun:
            self.unread.append(f"line {line}: it has no END")
        for text in self.blocks.zones[:MOST_ZONES]:
            self._read_zone(text)
        by_uid: dict[str, list[Block]] = {}
        for block in self.blocks.events:
            by_uid.setdefault(uid_of(block), []).append(block)
        chosen, farthest = self._chosen(by_uid, wanted)
        for uid in chosen:
            if time.monotonic() > self.span.until:
                raise TooSlow
            self._read_group(uid, by_uid[uid])
        self.occurrences.sort(key=lambda occurrence: (occurrence.start, occurrence.entry))
        return Reading(
            self.entries, self.occurrences, frozenset(by_uid), frozenset(chosen), frozenset(self.bad), self._notes(),
            farthest,
        )  # fmt: skip

    def _chosen(self, by_uid: dict[str, list[Block]], wanted: frozenset[str]) -> tuple[list[str], int | None]:
        """The UIDs of which something may be to come, and where not all could be taken, up to which start."""
        floor = min(self.span.first, self.span.now)
        floor_day = (datetime.fromtimestamp(floor, UTC) - timedelta(days=CLEARANCE)).strftime("%Y%m%d")
        chosen: list[tuple[str, str]] = []
        for uid, blocks in by_uid.items():
            lasts = [block.last_day() for block in blocks]
            if uid in wanted or any(last is None or last >= floor_day for last in lasts):
                # A series without an end is near at all times.
                first = min(
                    figures(block) if last is not None else "" for block, last in zip(blocks, lasts, strict=True)
                )
                chosen.append(("" if uid in wanted else first, uid))
        if len(chosen) <= MOST_READ:
            return [uid for _, uid in chosen], None
        chosen.sort()
        first_left = chosen[MOST_READ][0]
        farthest = datetime.strptime(first_left, "%Y%m%d").replace(tzinfo=UTC) if first_left else None
        beyond = floor if farthest is None else int((farthest - timedelta(days=CLEARANCE)).timestamp())
        return [uid for _, uid in chosen[:MOST_READ]], beyond

    def _read_zone(self, text: str) -> None:
        rules = [line.upper() for line in text.split("\r\n") if line[:5].upper() == "RRULE"]
        if any("FREQ=YEARLY" not in rule for rule in rules):
            return  # no zone on earth changes its clocks more often, and icalendar would count all changes
        try:
            icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n")
        except Exception as error:  # noqa: BLE001 - whatever it is, the events are read without that zone
            self.unread.append(f"a VTIMEZONE: {_said(error)}")

    def _read_group(self, uid: str, blocks: list[Block]) -> None:
        events: list[icalendar.Event] = []
        for block in blocks:
            try:
                events.append(parsed(block))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one event, the others count
                self._lose(uid, block, error)
        if not events:
            return
        try:
            events = self._in_standard(events)
            entries, occurrences = self._group(uid, events)
        except Exception as error:  # noqa: BLE001 - the same
            self._lose(uid, blocks[0], error)
            return
        self.entries.update((entry.id, entry) for entry in entries)
        self.occurrences.extend(occurrences)

    def _lose(self, uid: str, block: Block, error: Exception) -> None:
        self.bad.add(uid)
        self.unread.append(f"line {block.line}: {_said(error)}")

    def _in_standard(self, events: list[icalendar.Event]) -> list[icalendar.Event]:
        """The events of a calendar that names its zone by X-WR-TIMEZONE, as RFC 5545 would have them."""
        if not self.standard:
            return events
        import x_wr_timezone  # type: ignore[import-untyped]

        calendar = icalendar.Calendar.from_ical(
            "BEGIN:VCALENDAR\r\n" + "\r\n".join(self.blocks.head) + "\r\nEND:VCALENDAR\r\n"
        )
        for event in events:
            calendar.add_component(event)
        return [part for part in x_wr_timezone.to_standard(calendar).subcomponents if isinstance(part, icalendar.Event)]

    def _group(self, uid: str, events: list[icalendar.Event]) -> tuple[list[Entry], list[Occurrence]]:
        """The entries of one UID, and its occurrences within the span."""
        masters = [event for event in events if "RECURRENCE-ID" not in event]
        own = sorted((event for event in events if "RECURRENCE-ID" in event), key=sequence)
        master = max(masters, key=sequence) if masters else None
        if master is not None and not own and not recurs(master):
            entry = entry_of(uid, master, self.span.place, self.span.now)
            taken = self._touches(entry) and not entry.is_cancelled
            return [entry], [Occurrence(entry.id, entry.start, entry.end, None)] if taken else []
        series = series_of(([master] if master is not None else []) + own)
        entries = {id(event): entry_of(uid, event, self.span.place, self.span.now) for event in own}
        if master is not None:
            entries[id(master)] = self._next_of(entry_of(uid, master, self.span.place, self.span.now), master, series)
        found = [
            Occurrence(entries[id(event)].id, start, end, occurs)
            for event, start, end, occurs in self._between(series, self.span.first, self.span.last)
            if not entries[id(event)].is_cancelled
        ]
        return list(_distinct(entries.values())), found

    def _next_of(self, entry: Entry, master: icalendar.Event, series: "Any") -> Entry:
        """The entry of a series at its next two occurrences; as it stands where none is to come."""
        if not entry.is_series:
            return entry
        now = self.span.now
        first, coming = now, list[tuple[int, int]]()
        for last in (self.span.last, *(now + int(ahead.total_seconds()) for ahead in AHEAD)):
            if last <= first:
                continue
            for event, start, end, _ in self._between(series, first, last):
                by_rule = event is master or goes_on(event)
                if by_rule and max(start, end) > now and (start, end) not in coming:
                    coming.append((start, end))
            if len(coming) > 1:
                break
            first = last
        coming.sort()
        if not coming:  # it is over, and may have been for long
            coming = [(start, end) for _, start, end, _ in self._between(series, self.span.first, now + 1)][-1:]
            return entry.replace(start=coming[0][0], end=coming[0][1]) if coming else entry
        return entry.replace(start=coming[0][0], end=coming[0][1], then=coming[1][0] if coming[1:] else 0)

    def _between(
        self, series: "Any", first: int, last: int
    ) -> "Iterator[tuple[icalendar.Event, int, int, int | None]]":
        """Each occurrence: the event that describes it, when it begins and ends, and when the rule has it."""
        place = self.span.place
        begin, end = (datetime.fromtimestamp(at, UTC).astimezone(place) for at in (first, last))
        for found in series.between(begin, end):
            event = found._adapter._component
            start, stop = instant(found.start, place), instant(found.end, place)
            own = own_moment(event)
            yield event, start, max(start, stop), start if own is None or goes_on(event) else instant(own, place)

    def _touches(self, entry: Entry) -> bool:
        return entry.start < self.span.last and (entry.end > self.span.first or entry.start >= self.span.first)

    def _notes(self) -> list[str]:
        if not self.unread:
            return []
        more = len(self.unread) - SHOWN
        said = "; ".join(self.unread[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
        count = len(self.unread)
        return [f"{count} event{'s' if count > 1 else ''} cannot be read: {said}"]


def _distinct(entries: "Iterable[Entry]") -> "Iterator[Entry]":
    """One entry an id; of several for the same occurrence, the last stands."""
    return iter({entry.id: entry for entry in entries}.values())


def _said(error: Exception) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__)[:160]
