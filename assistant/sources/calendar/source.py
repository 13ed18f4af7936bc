"""The source `calendar:///path.ics`, `calendar+https://…`: its changes, and what the clock makes of it.

The first poll takes stock and tells nothing; what runs already has begun before. `calendar.starting` comes 15 minutes
before the start, or as `#starting=10m` after the URL says, `#starting=0` for never; a whole day has none. What the
clock tells comes from what the calendar said last, also while it cannot be read. After a sleep all that passed comes
in order, as far as the calendar still has it; what it moved or cancelled meanwhile did not take place at the old time.
"""

import time
from datetime import datetime, tzinfo

from assistant.file_url import path_of
from assistant.ports.source import MOST_EVENTS, Asking, Failed, Polled, SourceEvent
from assistant.sources.calendar import changes, fetch, moments
from assistant.sources.calendar.cursor import Known, bounded, load, save
from assistant.sources.calendar.entry import Entry, Occurrence, at, data_of
from assistant.sources.calendar.url import checked, read_url
from assistant.sources.keys import digest, key_of
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from assistant.sources.calendar.read import Reading

AHEAD_S = 14 * 86400  # how far what takes place is known in advance
SOONEST_S = 900  # a calendar that has not changed is not read anew before
CAUGHT_UP_S = 35 * 86400  # how much of a sleep one poll catches up with
MOST_AT_ONCE = MOST_EVENTS // 2  # of changes, and of what the clock tells
MOST_LISTED = 1000


class Same(Value):
    """The calendar is as it was. `got` has by what the server will know it again, where it sent it all the same."""

    __slots__ = ("got",)
    got: fetch.Got | None = None


class Read(Value):
    """A calendar as it was read: what it says, a mark of its text, and by what the server will know it again."""

    __slots__ = ("reading", "content", "etag", "modified")
    reading: "Reading"
    content: str
    etag: str
    modified: str


class Listing(Value):
    """What takes place within a span, in order, in the form of an event's data. `note`: what could not be read."""

    __slots__ = ("events", "note")
    events: "tuple[dict[str, Any], ...]"
    note: str | None = None


class CalendarSource:
    """Looks at one calendar. `url` is a checked one."""

    def __init__(self, url: str, name: str) -> None:
        asked = read_url(url)
        self.place = asked.place
        self.login = fetch.Login(asked.user, asked.secret)
        self.lead = int(asked.lead.total_seconds())
        self.name = name

    @staticmethod
    def check(url: str) -> str:
        """A URL of a file that is there, or of http or https, with options that mean something."""
        return checked(url)

    def poll(self, cursor: "dict[str, Any] | None", now: datetime, asking: Asking) -> Polled | Failed:
        """Read it where it has changed, and tell the changes and what fell due."""
        before = load(cursor)
        instant = int(now.timestamp())
        known = before or _nothing(instant)
        got = self._read(known, instant, asking)
        if isinstance(got, Failed):
            return got
        if isinstance(got, Same):
            marks = {} if got.got is None else {"etag": got.got.etag, "modified": got.got.modified}
            return self._told(known.replace(**marks), (), cursor, now, asking, read_at=instant)
        if known.zone != asking.zone:
            known = _moved_with(known, got.reading)
        found = changes.changes(known, got.reading, instant) if before is not None else []
        told, left = changes.divided(found, MOST_AT_ONCE)
        known = changes.merged(known, got.reading, told, left, moments.floor_of(known))
        known = self._ahead(known, got, instant, asking)
        if left:  # it must be read again, whether it changes or not
            known = known.replace(content="", etag="", modified="")
        return self._told(known, told, cursor, now, asking, read_at=instant)

    def due(self, cursor: "dict[str, Any] | None", now: datetime, asking: Asking) -> Polled:
        """What fell due by what the calendar said last."""
        known = load(cursor)
        if known is None:
            return Polled((), cursor or {})
        return self._told(known, (), cursor, now, asking, read_at=known.read_at).replace(more=False)

    def events_between(self, start: datetime, end: datetime, asking: Asking) -> "Listing | Failed":
        """All that takes place within a span, read now: for briefs, and for `calendar: {read: {days: 1}}`."""
        first = int(start.timestamp())
        got = self._parsed(self._fetched("", "", asking), Looked(first, first, int(end.timestamp())), asking)
        if isinstance(got, Failed):
            return got
        place, reading = _zone(asking), got.reading
        found = sorted(
            (_at_occurrence(reading.entries[occurrence.entry], occurrence) for occurrence in reading.occurrences),
            key=lambda entry: (entry.start, entry.end, entry.title),
        )
        notes = list(reading.notes)
        if len(found) > MOST_LISTED:
            notes.append(f"only the first {MOST_LISTED:,} events are given")
        data = tuple(data_of(entry, place, self.name) for entry in found[:MOST_LISTED])
        return Listing(data, "; ".join(notes) or None)

    # Reading

    def _read(self, known: Known, now: int, asking: Asking) -> Read | Same | Failed:
        is_fresh = bool(known.content) and now < known.renew_at and known.zone == asking.zone
        got = self._fetched(known.etag, known.modified, asking) if is_fresh else self._fetched("", "", asking)
        if is_fresh and isinstance(got, fetch.Unchanged):
            return Same()
        if is_fresh and isinstance(got, fetch.Got) and digest(_text(got.body)) == known.content:
            return Same(got)
        last = min(now, known.reached + CAUGHT_UP_S) + AHEAD_S
        first = min(now, moments.floor_of(known))  # a clock may have been put back
        return self._parsed(got, Looked(now, first, last, known), asking)

    def _fetched(self, etag: str, modified: str, asking: Asking) -> fetch.Got | fetch.Unchanged | Failed:
        scheme, _, rest = self.place.partition(":")
        if scheme.lower() == "calendar":
            return fetch.from_file(path_of(self.place))
        return fetch.from_web(f"{scheme.lower().removeprefix('calendar+')}:{rest}", asking, self.login, etag, modified)

    def _parsed(self, got: fetch.Got | fetch.Unchanged | Failed, looked: "Looked", asking: Asking) -> "Read | Failed":
        if isinstance(got, Failed):
            return got
        if isinstance(got, fetch.Unchanged):
            return Failed("it answers 304 without having been asked whether it changed")
        from assistant.sources.calendar import blocks, read

        text = _text(got.body)
        pieces = blocks.split(text)
        if pieces is None:
            return Failed(f"it is no calendar; it begins with {text.strip()[:40]!r}" if text.strip() else "it is empty")
        if not pieces.is_whole:
            return Failed("it breaks off before END:VCALENDAR")
        until = time.monotonic() + asking.timeout.total_seconds()
        span = read.Span(_zone(asking), looked.now, looked.first, looked.last, until)
        wanted = frozenset(entry.uid for entry in looked.known.entries.values()) if looked.known else frozenset()
        try:
            reading = read.read(pieces, span, wanted)
        except read.TooSlow:
            return Failed(f"it takes more than {asking.timeout.total_seconds():g} s to read")
        return Read(reading, digest(text), got.etag, got.modified)

    def _ahead(self, known: Known, got: "Read", now: int, asking: Asking) -> Known:
        """With what takes place in the time to come, and when to look again at the latest."""
        reading = got.reading
        last = min(now, known.reached + CAUGHT_UP_S) + AHEAD_S
        unread = [
            kept for kept in known.ahead if kept.entry in known.entries and known.entries[kept.entry].uid in reading.bad
        ]
        known = bounded(known)
        known = moments.ahead(known, [*reading.occurrences, *unread], now, last, self.lead)
        notes = list(reading.notes)
        if known.farthest is not None:
            notes.append("there are more events to come than can be watched; the nearest ones are")
        behind = known.ahead_until < now  # there is more to catch up with
        renew_at = 0 if behind else now + max(SOONEST_S, (known.ahead_until - now) // 2)
        return known.replace(
            zone=asking.zone,
            etag=got.etag,
            modified=got.modified,
            content=got.content,
            renew_at=renew_at,
            notes=tuple(notes),
        )

    # Telling

    def _told(
        self,
        known: Known,
        told: "Sequence[changes.Change]",
        cursor: "dict[str, Any] | None",
        now: datetime,
        asking: Asking,
        *,
        read_at: int,
    ) -> Polled:
        instant, place = int(now.timestamp()), _zone(asking)
        by_clock = moments.tell(known, instant, self.lead, MOST_AT_ONCE)
        events = [self._change(change, now, place) for change in told]
        events += [self._moment(moment, place) for moment in by_clock.moments]
        events.sort(key=lambda event: event.at)
        saved = save(by_clock.known if by_clock.more else _read_by(by_clock.known, read_at))
        wakes = by_clock.next_at
        return Polled(
            tuple(events),
            saved,
            "; ".join(known.notes) or None,
            more=(by_clock.more or not known.content) and saved != cursor,
            wake_at=at(wakes) if wakes is not None and wakes > instant else None,
        )

    def _change(self, change: changes.Change, now: datetime, place: tzinfo) -> SourceEvent:
        data = {**data_of(change.entry, place, self.name), **changes.extra_data(change, place)}
        return SourceEvent(
            change.name, key_of(self.name, change.name, change.mark, str(change.entry.occurrence)), now, data
        )

    def _moment(self, moment: moments.Moment, place: tzinfo) -> SourceEvent:
        data = data_of(_at_occurrence(moment.entry, moment.occurrence), place, self.name)
        return SourceEvent(moment.name, key_of(self.name, moment.name, moment.mark), at(moment.instant), data)


class Looked(Value):
    """What of a calendar is looked at: what is over by `now`, and what takes place from `first` to `last`."""

    __slots__ = ("now", "first", "last", "known")
    now: int
    first: int
    last: int
    known: Known | None = None


def _nothing(now: int) -> Known:
    """What is known before the first poll."""
    return Known(
        zone="", etag="", modified="", content="", since=now, read_at=now, reached=now, told={}, entries={}, gone={},
        ahead=(), ahead_until=now, renew_at=now, farthest=None, notes=(),
    )  # fmt: skip


def _read_by(known: Known, now: int) -> Known:
    """The same, read now. Only each hour, so that an idle poll changes nothing."""
    return known.replace(read_at=now) if now - known.read_at >= moments.STALE else known


def _moved_with(known: Known, reading: "Reading") -> Known:
    """The same after the person has moved to another zone: days and floating times lie elsewhere and did not change."""
    entries = {
        key: entry.replace(exceptions=reading.entries[key].exceptions) if key in reading.entries else entry
        for key, entry in known.entries.items()
    }
    return known.replace(entries=entries)


def _at_occurrence(entry: Entry, occurrence: Occurrence) -> Entry:
    return entry.replace(start=occurrence.start, end=occurrence.end, occurrence=occurrence.occurrence)


def _text(body: bytes) -> str:
    return body.decode("utf-8-sig", "replace")


def _zone(asking: Asking) -> tzinfo:
    from assistant.when.zone import load as zone_of

    return zone_of(asking.zone)
