"""The frozen values of a calendar: what it says of an event, and when it takes place. Instants are whole seconds.

An entry is one VEVENT: an event, a series, or what one occurrence of a series has of its own (RECURRENCE-ID).
"""

from datetime import UTC, datetime

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo
    from typing import Any

TEXT = 500  # characters of a text in an event
KEPT = 100  # characters of a text in the cursor
LASTS = 60  # exceptions of a series that are remembered


class Entry(Value):
    """What the calendar says of an event. `start` and `end` are those of the next occurrence of a series.

    `then`: the start of the occurrence after that, 0 without one. `when`: a mark of its times and rules, `mark` of all
    that counts as a change. `exceptions`: coming occurrences that the series leaves out. `history` is made of all its
    marks so far, so that going back and forth gives new keys.
    """

    __slots__ = (
        "id", "uid", "occurrence", "title", "location", "organizer", "organizer_name", "start", "end", "then",
        "all_day", "is_series", "is_cancelled", "when", "mark", "exceptions", "history",
    )  # fmt: skip
    id: str
    uid: str
    occurrence: int | None  # the instant that the rule gives to the occurrence whose own entry this is
    title: str
    location: str
    organizer: str
    organizer_name: str
    start: int
    end: int
    then: int
    all_day: bool
    is_series: bool
    is_cancelled: bool
    when: str
    mark: str
    exceptions: tuple[int, ...]
    history: str = ""

    def is_over(self, now: int) -> bool:
        """Whether nothing more of it is to come. An occurrence without length is over once it has begun."""
        return max(self.end, self.start) <= now and not self.then

    def rolled(self, now: int) -> "Entry":
        """The same at its next occurrence, where the one it stands at is over."""
        if self.end > now or not self.then:
            return self
        return self.replace(start=self.then, end=self.then + self.end - self.start)

    def cut(self) -> "Entry":
        """The same with the texts that the cursor keeps."""
        texts = {name: _cut(getattr(self, name)) for name in ("title", "location", "organizer", "organizer_name")}
        return self.replace(**texts)


class Occurrence(Value):
    """One time at which an event takes place. `occurrence`: the instant that the rule gives it, where there is one."""

    __slots__ = ("entry", "start", "end", "occurrence")
    entry: str
    start: int
    end: int
    occurrence: int | None


def data_of(entry: Entry, place: "tzinfo", source: str) -> "dict[str, Any]":
    """What an event of ours says of it, instants with the offset of a zone."""
    return {
        "uid": entry.uid,
        "title": entry.title,
        "start": written(entry.start, place),
        "end": written(entry.end, place),
        "all_day": entry.all_day,
        "location": entry.location,
        "organizer": entry.organizer,
        "organizer_name": entry.organizer_name,
        "recurring": entry.is_series or entry.occurrence is not None,
        "recurrence_id": None if entry.occurrence is None else written(entry.occurrence, place),
        "source": source,
    }


def at(instant: int) -> datetime:
    """The instant as UTC."""
    return datetime.fromtimestamp(instant, UTC)


def written(instant: int, place: "tzinfo") -> str:
    """ISO 8601 with the offset of the zone."""
    try:
        return at(instant).astimezone(place).isoformat()
    except OverflowError:  # the last day of the calendar has no room for an offset
        return at(instant).isoformat()


def _cut(text: str) -> str:
    return text if len(text) <= KEPT else text[: KEPT - 1] + "…"


def by_id(entries: "Iterable[Entry]") -> dict[str, Entry]:
    """Entries by their id."""
    return {entry.id: entry for entry in entries}
