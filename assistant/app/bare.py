"""What `ask` alone shows: what needs the person, what is next, and whether all is well."""

from datetime import datetime, timedelta

from assistant.app.home import OVERDUE_S, read_heartbeat, read_scheduler
from assistant.app.inbox import inbox
from assistant.app.items import Item, find_row, item_of, list_items
from assistant.app.session import Session
from assistant.instants import from_text
from assistant.store.find import Filter, done_since
from assistant.store.sources import all_sources
from assistant.value import Value
from assistant.when import say, zone

SHOWN = 7


class Overview(Value):
    """The answer to a bare `ask`."""

    __slots__ = ("needs_you", "ways", "next", "steps", "last_tick_at", "done_today", "closing")
    needs_you: list[Item]
    ways: dict[int | None, list[str]]  # by number: the commands that settle what needs the person
    next: list[Item]
    steps: dict[int | None, str]  # by number: what the workflow of a schedule will do
    last_tick_at: datetime | None
    done_today: int
    closing: str


def overview(session: Session) -> Overview:
    """What needs the person first, then what comes next."""
    entries = inbox(session, SHOWN)
    requests = [item_of(session, find_row(session.reading, entry.id)) for entry in entries]
    tasks = list_items(session, Filter(kinds=("task",), limit=SHOWN))
    overdue = [task for task in tasks if task.due_at is not None and task.due_at < session.now]
    coming = list_items(session, Filter(kinds=("schedule", "task"), limit=3 * SHOWN))
    late = {item.id for item in overdue}
    following = [
        item for item in coming if item.id not in late and (item.next_at or item.due_at or item.kind == "task")
    ]
    beat = read_heartbeat(session.home)
    done = done_since(session.reading, _midnight(session))
    closing = f"{tick_words(session)} · {done} done today{_stale_words(session)}"
    ways: dict[int | None, list[str]] = {entry.id: entry.actions for entry in entries}
    ways |= {task.id: [f"ask done {task.id}", f"ask snooze {task.id} 1d"] for task in overdue}
    last = from_text(beat.ended_at) if beat else None
    steps = _steps(session, following[:SHOWN])
    return Overview(requests + overdue, ways, following[:SHOWN], steps, last, done, closing)


def _steps(session: Session, items: list[Item]) -> dict[int | None, str]:
    """The steps of those that start a workflow of the person's, in a line each."""
    found: dict[int | None, str] = {}
    for item in items:
        if item.kind == "schedule" and item.workflow not in (None, "reminder"):
            from assistant.app.workflow_words import steps_line
            from assistant.store.workflows import current

            kept = current(session.reading, item.workflow or "")
            found |= {item.id: steps_line(kept.spec)} if kept is not None else {}
    return found


def _midnight(session: Session) -> datetime:
    wall = zone.to_wall(session.now, session.zone).replace(hour=0, minute=0, second=0)
    return zone.to_instant(wall, session.zone)


def _stale_words(session: Session) -> str:
    """The sources of which nothing is heard, for the last line."""
    rows = all_sources(session.reading)
    if not any(row.failures for row in rows):
        return ""
    from assistant.app.source_rows import is_stale

    stale = [row.name for row in rows if is_stale(row, session.now)]
    return f" · stale source: {', '.join(stale)} (ask doctor)" if stale else ""


def tick_words(session: Session) -> str:
    """How long ago the last tick was, and whether that is well."""
    beat = read_heartbeat(session.home)
    installed = read_scheduler(session.home) is not None
    if beat is None:
        return "nothing ticks yet: ask install" if not installed else "no tick has come yet: ask doctor"
    since = session.now - from_text(beat.ended_at)
    ago = f"last tick {say.distance(max(since, timedelta(0)))} ago"
    if since > timedelta(seconds=OVERDUE_S):
        return f"{ago}, overdue: " + ("ask doctor" if installed else "ask install")
    return f"all well · {ago}" if beat.outcome != "failed" else f"the last tick failed, {ago}: ask doctor"


def overdue_note(session: Session) -> str | None:
    """One line where a scheduler is installed and its tick is overdue."""
    if read_scheduler(session.home) is None:
        return None
    beat = read_heartbeat(session.home)
    if beat is not None and session.now - from_text(beat.ended_at) <= timedelta(seconds=OVERDUE_S):
        return None
    return f"  ! {tick_words(session)}"
