"""Items as JSON, as plain lines and as text for people."""

from datetime import datetime, tzinfo

from assistant.app.items import Item
from assistant.app.session import Session
from assistant.cli.output import bold, dim
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NO_TICK_S = 180  # a time that came so long ago was seen by no tick


def in_zone(at: datetime | None, place: tzinfo) -> str | None:
    """An instant as JSON shows it: ISO 8601 in the session's zone, whole seconds."""
    return None if at is None else at.astimezone(place).isoformat("T", "seconds")


def jsonable(value: "Any", place: tzinfo) -> "Any":
    """A value as JSON: instants in the zone, records by their fields."""
    if isinstance(value, datetime):
        return in_zone(value, place)
    if isinstance(value, Value):
        return {field: jsonable(getattr(value, field), place) for field in value._fields}
    if isinstance(value, (list, tuple)):
        return [jsonable(part, place) for part in value]
    if isinstance(value, dict):
        return {name: jsonable(part, place) for name, part in value.items()}
    return value


def item_json(item: Item, session: Session) -> "dict[str, Any]":
    """CONTRACT "An item"."""
    shown: dict[str, Any] = jsonable(item, session.tzinfo)
    return shown


def item_row(item: Item, session: Session) -> "list[object]":
    """A plain line: id, kind, title, state, next_at or due_at."""
    at = item.next_at or item.due_at
    return [item.id, item.kind, item.title, item.state, in_zone(at, session.tzinfo) if at is not None else None]


def item_lines(items: list[Item], session: Session) -> list[str]:
    """A list for people: number, when, title, and what stands out."""
    if not items:
        return []
    width = max(len(str(item.id)) for item in items)
    whens = [when_words(item, session) for item in items]
    wide = max(map(len, whens))
    lines = []
    for item, when in zip(items, whens, strict=True):
        marks = [mark for mark in _marks(item, session) if mark]
        tail = dim("  " + " · ".join(marks)) if marks else ""
        lines.append(f"  {item.id!s:>{width}}  {when:<{wide}}  {bold(item.title)}{tail}")
    return lines


def _marks(item: Item, session: Session) -> list[str]:
    overdue = item.kind == "task" and item.due_at is not None and item.due_at < session.now
    return [
        item.kind if item.kind in ("request", "job") else "",
        "" if item.state in ("open", "active") else item.state,
        "overdue" if overdue and item.state in ("open", "waiting") else "",
        "due: no tick has come since" if _waits_for_a_tick(item, session) else "",
        "" if item.priority in (None, "normal") else f"{item.priority} priority",
        item.project or "",
        *(f"#{tag}" for tag in item.tags or ()),
    ]


def _waits_for_a_tick(item: Item, session: Session) -> bool:
    if item.kind != "schedule" or item.state != "active" or item.next_at is None:
        return False
    return (session.now - item.next_at).total_seconds() > NO_TICK_S


def when_words(item: Item, session: Session) -> str:
    """The next instant of an item, short: today's by the clock, others with their day."""
    at = item.next_at or item.due_at
    if at is None:
        return ""
    return short(at, session)


def way_back(session: Session) -> str:
    """The end of a line that tells of a change: how to take it back, or that there was none."""
    return " · undo: ask undo" if session.changed else " · nothing was changed"


def next_words(item: Item, session: Session) -> str:
    """When an item acts next or is due, in full, with its rule; empty where it does nothing by itself."""
    from assistant.when import say

    if item.kind == "task":
        return due_words(item.due_at, session) if item.state in ("open", "waiting") else ""
    if item.next_at is None or item.state in ("ended", "paused"):
        return ""
    zone = item.timezone or session.zone
    at = say.instant(item.next_at, zone, session.now)
    return f"{say.rule(item.rule, zone, session.conventions)} · next: {at}" if item.rule else at


def due_words(at: datetime | None, session: Session) -> str:
    """A due date in full. One without a time of day is kept as the last second of its day, and shown as the day."""
    from assistant.when import say

    if at is None:
        return "no due date"
    if is_end_of_day(at, session):
        return f"due {say.date(at, session.zone)}, by the end of the day · {say.from_now(at - session.now)}"
    return f"due {say.instant(at, session.zone, session.now)}"


def is_end_of_day(at: datetime, session: Session) -> bool:
    """Whether an instant stands for its whole day."""
    local = at.astimezone(session.tzinfo)
    return (local.hour, local.minute, local.second) == (23, 59, 59)


def short(at: datetime, session: Session) -> str:
    """An instant in few words: `Tue 24 Nov 09:00`, with the year where it is another one."""
    from assistant.when.names import clock, short_date

    local = at.astimezone(session.tzinfo)
    day = short_date(local)
    if local.year == session.now.astimezone(session.tzinfo).year:
        day = day.rsplit(" ", 1)[0]
    return day if is_end_of_day(at, session) else f"{day} {clock(local)}"
