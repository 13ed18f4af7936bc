"""What comes, day by day: events, reminders, tasks and schedules of workflows. Reads the store, changes nothing."""

import sqlite3
from datetime import datetime

from assistant.app.day import Day, day_at, events_of
from assistant.app.remind import next_slots
from assistant.app.session import Session
from assistant.core.brief import LeftOut
from assistant.errors import UsageError
from assistant.ports.records import Schedule
from assistant.store import brief as store
from assistant.store.connection import translated
from assistant.value import Value
from assistant.when import zone

LONGEST_DAYS = 366
MOST_SLOTS = 50  # of one schedule
MOST_A_DAY = 50


class Entry(Value):
    """One thing that comes. `ends` is there for an event alone."""

    __slots__ = ("at", "kind", "id", "title", "ends", "rule", "where")
    at: datetime
    kind: str
    id: int | None
    title: str
    ends: datetime | None
    rule: str | None
    where: str | None


class AgendaDay(Value):
    """A day and what comes on it, in order."""

    __slots__ = ("day", "items")
    day: Day
    items: tuple[Entry, ...]


class Agenda(Value):
    """The days on which something comes, and what is not shown."""

    __slots__ = ("at", "days", "left_out")
    at: datetime
    days: tuple[AgendaDay, ...]
    left_out: tuple[LeftOut, ...]


def agenda(session: Session, days: int) -> Agenda:
    """What comes from now on, today first."""
    if days > LONGEST_DAYS:
        raise UsageError(f"--days is {days}; an agenda reaches at most {LONGEST_DAYS} days.", "ask agenda --days 30")
    spans = [day_at(session, session.now, later) for later in range(days)]
    left: list[LeftOut] = []
    try:
        found = [*_events(session, spans[-1].ends, left), *_tasks(session, spans[-1].ends, left)]
        found += _rings(session, spans[-1].ends, left)
    except sqlite3.Error as error:
        raise translated(error, session.home) from error
    found.sort(key=lambda entry: (entry.at, entry.kind, entry.id or 0))
    by_date: dict[str, list[Entry]] = {}
    for entry in found:
        by_date.setdefault(f"{zone.to_wall(entry.at, session.zone):%Y-%m-%d}", []).append(entry)
    shown = []
    for span in spans:
        name = f"{zone.to_wall(span.begins, session.zone):%Y-%m-%d}"
        there = by_date.get(name, [])
        if there:
            shown.append(AgendaDay(span, tuple(there[:MOST_A_DAY])))
        if len(there) > MOST_A_DAY:
            left.append(LeftOut(f"more on {name}", len(there) - MOST_A_DAY, "ask list"))
    return Agenda(session.now, tuple(shown), tuple(left))


def _events(session: Session, until: datetime, left: list[LeftOut]) -> list[Entry]:
    events, silent = events_of(session, session.now, until)
    left += silent
    return [
        Entry(max(one.begins, session.now), "event", None, one.title, one.ends, None, one.location or one.source)
        for one in events
        if one.ends >= session.now
    ]


def _tasks(session: Session, until: datetime, left: list[LeftOut]) -> list[Entry]:
    due = [task for task in store.tasks_due(session.reading, until) if task.due_at is not None]
    overdue = sum(task.due_at is not None and task.due_at < session.now for task in due)
    more = store.count_tasks_due(session.reading, until) - len(due)
    if overdue + more:
        left.append(LeftOut("tasks that are overdue or more than fit", overdue + more, "ask list --kind task"))
    return [
        Entry(task.due_at, "task", task.id, task.title, None, None, task.project)
        for task in due
        if task.due_at is not None and task.due_at >= session.now
    ]


def _rings(session: Session, until: datetime, left: list[LeftOut]) -> list[Entry]:
    found: list[Entry] = []
    schedules = store.schedules_due(session.reading, until)
    if len(schedules) == store.MOST:
        left.append(LeftOut("reminders that come later", 1, "ask list --kind schedule"))
    for schedule in schedules:
        slots = [at for at in next_slots(session, schedule, MOST_SLOTS + 1) if at <= until]
        if len(slots) > MOST_SLOTS:
            left.append(LeftOut(f"later times of {schedule.title}", 1, f"ask show {schedule.id}"))
        found += [_ring(schedule, at, session) for at in slots[:MOST_SLOTS]]
    return found


def _ring(schedule: Schedule, at: datetime, session: Session) -> Entry:
    kind = "workflow" if schedule.place is not None else "reminder"
    return Entry(max(at, session.now), kind, schedule.id, schedule.title, None, schedule.rule, schedule.project)
