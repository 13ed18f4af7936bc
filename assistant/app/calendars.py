"""What takes place, from the calendars among the sources. Touches no store: it may run beside other work."""

from datetime import datetime, timedelta

from assistant.errors import AskError
from assistant.ports.action import ActionOutcome, Call, Done, NotDone
from assistant.ports.records import SourceRow
from assistant.ports.source import Asking, Failed
from assistant.sources.table import is_calendar, make, redacted
from assistant.value import Value
from assistant.when import zone as zones

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.ports.action import SecretReader

READ_WITHIN = timedelta(seconds=30)


class Listed(Value):
    """What takes place, in order, as an event's data says it; the calendars that failed; what could not be read."""

    __slots__ = ("events", "failed", "notes")
    events: "tuple[dict[str, Any], ...]"
    failed: dict[str, Failed]
    notes: tuple[str, ...]


def calendars(rows: list[SourceRow]) -> list[SourceRow]:
    """The sources that are calendars."""
    return [row for row in rows if is_calendar(row.url)]


def events_between(rows: list[SourceRow], start: datetime, end: datetime, asking: Asking) -> Listed:
    """All that takes place in the calendars within a span, read now. One that fails does not hide the others."""
    events: list[dict[str, Any]] = []
    failed: dict[str, Failed] = {}
    notes: list[str] = []
    for row in calendars(rows):
        got = _listing(row, start, end, asking)
        if isinstance(got, Failed):
            failed[row.name] = got.replace(error=got.error.replace(row.url, redacted(row.url)))
            continue
        events += got.events
        notes += [f"{row.name}: {got.note}"] if got.note else []
    events.sort(key=lambda event: (datetime.fromisoformat(event["start"]), event["title"]))
    return Listed(tuple(events), failed, tuple(notes))


def read_days(
    rows: list[SourceRow], call: Call, secrets: "SecretReader | None", now: datetime, zone: str
) -> ActionOutcome:
    """The action `calendar: {read: {days: 2, calendar: work}}`: whole days from today on, of one calendar or of all."""
    wanted = call.action["read"] or {}
    there, name = calendars(rows), wanted.get("calendar")
    if name is not None:
        there = [row for row in there if row.name == name]
    if not there:
        missing = "no calendar is set up" if name is None else f"there is no calendar {name}"
        return NotDone(f"{missing}: ask source add {name or 'NAME'} calendar:///path.ics", permanent=True)
    first = zones.to_wall(now, zone).replace(hour=0, minute=0, second=0)
    last = first + timedelta(days=int(wanted.get("days", 1)))
    asking = Asking(zone, secrets, min(call.timeout, READ_WITHIN), call.stop)
    found = events_between(there, zones.to_instant(first, zone), zones.to_instant(last, zone), asking)
    if len(found.failed) == len(there):
        return _none_read(found.failed)
    unread = [f"{name} cannot be read: {failed.error}" for name, failed in found.failed.items()]
    notes = "; ".join((*unread, *found.notes))
    return Done({"events": list(found.events), **({"note": notes} if notes else {})})


def _listing(row: SourceRow, start: datetime, end: datetime, asking: Asking) -> "Any":
    try:
        source: Any = make(row.url, row.name)
    except AskError as error:
        return Failed(f"{error.message} {error.hint or ''}".strip(), permanent=True)
    try:
        return source.events_between(start, end, asking)
    except Exception as error:  # noqa: BLE001 - what a calendar holds is foreign; one must not hide the others
        return Failed(f"{type(error).__name__}: {error}")


def _none_read(failed: dict[str, Failed]) -> NotDone:
    """Worth another try where one of them may answer then."""
    said = "; ".join(f"{name}: {one.error}" for name, one in failed.items())
    waits = [one.retry_after for one in failed.values() if one.retry_after is not None]
    is_permanent = all(one.permanent for one in failed.values())
    return NotDone(said, is_permanent, min(waits) if waits else None, down=not is_permanent)
