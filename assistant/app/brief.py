"""The daily brief: what is found in the store and in calendars, ranked and cut. Reads; `acknowledge` alone writes."""

import sqlite3
from datetime import datetime, timedelta

from assistant.app.day import Day, events_of
from assistant.app.inbox import inbox
from assistant.app.session import Session
from assistant.app.source_rows import is_stale, without_url
from assistant.core import brief as core
from assistant.core.attention import LIMITED
from assistant.core.brief import DAY, IMPORTANCE, LATER, NOW, SECTIONS, SOON, Composed, Finding, LeftOut
from assistant.core.fates import BRIEF
from assistant.core.moves import Move, New, Put, Ref
from assistant.errors import Stale, StoreBusy
from assistant.instants import to_text
from assistant.jsontext import dump, load
from assistant.ports.records import Job, Schedule, Task
from assistant.store import attention
from assistant.store import brief as store
from assistant.store.connection import translated
from assistant.store.find import requests_of
from assistant.store.sources import all_sources
from assistant.value import Value
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.app.inbox import Entry

BACK = timedelta(hours=24)  # how far back what went by is told
SEEN = "brief/seen"
OWN = "daily-brief"  # the workflow that sends briefs: one that comes late need not say so of itself
MOST_SEEN = 1000


class Brief(Value):
    """A brief as it was made at an instant for a day.

    `held`: the messages in it that the attention limit holds, which a brief that reaches the person delivers. `lead`: a
    paragraph on top and the model it is `lead_by`, where one is set up; `no_lead`: why one that is has written none.
    """

    __slots__ = ("at", "day", "sections", "left_out", "held", "lead", "lead_by", "no_lead")
    at: datetime
    day: Day
    sections: tuple[core.Section, ...]
    left_out: tuple[LeftOut, ...]
    held: tuple[int, ...] = ()
    lead: str | None = None
    lead_by: str | None = None
    no_lead: str | None = None


def brief(session: Session, day: Day, with_seen: bool = False) -> Brief:
    """What needs the person, what is due on a day, what went wrong, and what is not shown."""
    con = session.reading
    wanted = sections_of(session)
    unread: list[LeftOut] = []
    try:
        found = [one for name, read in _READ.items() if _is_read(name, wanted) for one in read(session, day, unread)]
        seen = frozenset() if with_seen else frozenset(store.seen(con))
        made: Composed = core.compose(found, wanted, seen, unread)
        held = attention.held_by_limit(con, _messages_in(made), LIMITED)
    except sqlite3.Error as error:
        raise translated(error, session.home) from error
    return Brief(session.now, day, made.sections, made.left_out, tuple(message.id for message in held))


def _messages_in(made: Composed) -> list[int]:
    """The messages that a brief shows, by their rows."""
    shown = (item for section in made.sections for item in section.items if item.kind == "message")
    return [int(item.mark.partition("/")[2]) for item in shown]


def shown_at_terminal(session: Session, made: Brief) -> None:
    """A person has read it at a terminal: what the attention limit held is told with it, and not again.

    It is no command, and not undone; where the store cannot be written, they go out at their time.
    """
    from assistant.engine.attention import shown_at_terminal as settle
    from assistant.store.write import Writing

    if not made.held:
        return
    try:
        with Writing(session.con, session.home, session.now) as writing:
            settle(writing, list(made.held))
    except (StoreBusy, Stale):
        return


def _is_read(name: str, wanted: tuple[str, ...]) -> bool:
    """The questions are read also where only failures are wanted: those are among them."""
    return name in wanted or (name == "needs you" and "failed and recovered" in wanted)


def sections_of(session: Session) -> tuple[str, ...]:
    """The sections that are wanted, in order."""
    kept = session.kept.get("brief_sections")
    if kept is None:
        return SECTIONS
    return tuple(name for name in load(kept) if name in SECTIONS)


def acknowledge(session: Session, shown: Brief) -> int:
    """Let what was shown stay away until it changes; how many items that are."""
    marks = [item.mark for section in shown.sections for item in section.items]
    if not marks:
        return 0
    with session.writing() as writing:
        before = store.seen(writing.con)
        kept = {**before, **dict.fromkeys(marks, to_text(session.now))}
        value = dump(dict(list(kept.items())[-MOST_SEEN:]))
        there = writing.con.execute("select 1 from meta where name = ?", (SEEN,)).fetchone()
        move: Move = Put("meta", SEEN, {"value": value}, "a brief was acknowledged")
        if there is None:
            move = New("meta", Ref(SEEN), {"name": SEEN, "value": value}, "a brief was acknowledged")
        writing.apply([move])
    return len(marks)


# What each section is made of


def _needs_you(session: Session, _day: Day, unread: list[LeftOut]) -> "Iterator[Finding]":
    entries = inbox(session, store.MOST)
    if len(entries) == store.MOST:
        more = store.count_open_requests(session.reading) - len(entries)
        unread += [LeftOut("questions beyond the most pressing", more, "ask inbox")] if more else []
    for entry in entries:
        until, urgency = entry.expires_at, SOON
        if entry.kind == "failure" and "failed and recovered" in sections_of(session):
            yield _failure(entry, session)
            continue
        reason = _waits(entry.created_at, session.now)
        if entry.kind == "unknown":
            urgency, reason = NOW, f"nobody knows whether it happened; {reason}"
        elif until is not None:
            urgency = NOW if until <= session.now + timedelta(hours=4) else SOON
            reason = f"expires {_clock(until, session)}, then: {entry.on_expiry or entry.instead or 'it is closed'}"
        yield Finding(
            "needs you", "request", entry.id, f"{entry.kind}: {entry.title}", until, reason, urgency, 1,
            entry.created_at, f"request/{entry.id}/{to_text(entry.created_at)}/{entry.hash or ''}",
            tuple(entry.actions[:1]),
        )  # fmt: skip


def _failure(entry: "Entry", session: Session) -> Finding:
    """A job that failed and about which nothing was said yet, however long ago that was."""
    reason = " · ".join(part for part in ("failed", entry.because, _waits(entry.created_at, session.now)) if part)
    return Finding(
        "failed and recovered", "job", entry.job or entry.id, entry.title, entry.created_at, reason, SOON, 1,
        entry.created_at, f"request/{entry.id}/{to_text(entry.created_at)}", tuple(entry.actions[:1]),
    )  # fmt: skip


def _today(session: Session, day: Day, unread: list[LeftOut]) -> "Iterator[Finding]":
    con, now = session.reading, session.now
    events, silent = events_of(session, day.begins, day.ends)
    unread += silent
    for event in events:
        reason = f"until {_clock(event.ends, session)}, {event.source}"
        urgency = SOON if event.ends > now else LATER
        yield Finding(
            "today", "event", None, event.title, event.begins, reason, urgency, 1, event.begins,
            f"event/{event.source}/{event.uid}/{to_text(event.begins)}/{event.title}", (),
        )  # fmt: skip
    tasks = store.tasks_due(con, day.ends)
    for task in tasks:
        yield _task(session, task, day)
    more = store.count_tasks_due(con, day.ends) - len(tasks) if len(tasks) == store.MOST else 0
    if more:
        unread.append(LeftOut("tasks that are overdue for long", more, "ask list --kind task --due today"))
    for schedule in store.schedules_due(con, day.ends):
        at = schedule.next_at
        if at is not None and at >= day.begins:
            yield _ring(session, schedule, at)


def _task(session: Session, task: Task, day: Day) -> Finding:
    at, now = task.due_at, session.now
    assert at is not None  # noqa: S101 - it was found by its due time
    overdue = at < now
    reason = f"overdue by {say.distance(now - at)}" if overdue else f"due {_clock(at, session)}"
    if task.priority != "normal":
        reason += f", {task.priority} priority"
    urgency = NOW if overdue else DAY
    return Finding(
        "today", "task", task.id, task.title, at, reason, urgency, IMPORTANCE[task.priority], task.created_at,
        f"task/{task.id}/{task.rev}/{'overdue' if overdue else 'due'}", (f"ask done {task.id}",),
    )  # fmt: skip


def _ring(session: Session, schedule: Schedule, at: datetime) -> Finding:
    what = f"workflow {schedule.title} starts" if schedule.place is not None else "rings"
    reason = f"{what} {_clock(at, session)}"
    importance = IMPORTANCE[schedule.priority] if schedule.place is None else 3
    return Finding(
        "today", "schedule", schedule.id, schedule.title, at, reason, DAY, importance, schedule.created_at,
        f"schedule/{schedule.id}/{to_text(at)}", (),
    )  # fmt: skip


def _ended(session: Session, _day: Day, unread: list[LeftOut]) -> "Iterator[Finding]":
    con, since = session.reading, session.now - BACK
    for name in store.workflows_with_ended_jobs(con):
        jobs = store.ended_jobs(con, name, since)
        if len(jobs) == store.ENDED:
            more = store.count_ended_jobs(con, name, since) - len(jobs)
            unread += [LeftOut(f"earlier jobs of {name}, not looked at", more, "ask stats --since 1d")] if more else []
        for job in jobs:
            if job.state == "failed" and not _was_asked(con, job):
                yield _job(session, job, f"failed: {job.reason or 'no reason was given'}", SOON)
        for made_good in store.recovered(con, [job for job in jobs if job.state == "completed"]):
            reason = f"recovered: step {made_good.path} worked at attempt {made_good.attempts}"
            yield _job(session, made_good.job, reason, LATER)


def _was_asked(con: sqlite3.Connection, job: Job) -> bool:
    """Whether a question about its failure stands elsewhere, or was settled by the person."""
    return any(
        request.kind == "failure" and request.state not in ("expired", "withdrawn")
        for request in requests_of(con, "job", job.id)
    )


def _job(session: Session, job: Job, reason: str, urgency: int) -> Finding:
    ways = (f"ask retry {job.number}",) if job.state == "failed" and job.number is not None else ()
    return Finding(
        "failed and recovered", "job", job.number, job.title, job.ended_at, reason, urgency, IMPORTANCE[job.priority],
        job.created_at, f"job/{job.id}/{job.state}/{job.rev}", ways,
    )  # fmt: skip


def _held_back(session: Session, _day: Day, unread: list[LeftOut]) -> "Iterator[Finding]":
    for message in store.held_back(session.reading, session.now):
        reason = f"{message.reason}, goes out {_clock(message.wake_at, session)}"
        yield Finding(
            "held back", "message", message.item, message.text, message.wake_at, reason, LATER,
            {"high": 1, "normal": 2, "low": 3}[message.severity], message.at, f"message/{message.id}", (),
        )  # fmt: skip


def _away(session: Session, _day: Day, unread: list[LeftOut]) -> "Iterator[Finding]":
    con, since = session.reading, session.now - BACK
    for at, gap in store.gaps(con, since):
        length = timedelta(seconds=gap)
        span = f"{_clock(at - length, session)} to {_clock(at, session)}"
        yield Finding(
            "while you were away", "gap", None, "nothing ticked", at, f"{span}, for {say.distance(length)}", LATER, 2,
            at - length, f"gap/{to_text(at)}", (),
        )  # fmt: skip
    for one in store.slots_out_of_time(con, since):
        slot, schedule = one.slot, one.schedule
        if schedule.place is not None and schedule.title == OWN:
            continue
        times = f"{slot.count} times" if slot.count > 1 else "once"
        kept = slot.reason == BRIEF
        said = "kept for the brief" if kept else f"{slot.state} {times}" + (f": {slot.reason}" if slot.reason else "")
        reason = f"{said}, due {_clock(slot.last, session)}"
        yield Finding(
            "while you were away", "schedule", schedule.id, schedule.title, slot.last, reason,
            SOON if kept or slot.state == "missed" else LATER, IMPORTANCE[schedule.priority], slot.at,
            f"slot/{schedule.id}/{to_text(slot.at)}/{slot.state}", (),
        )  # fmt: skip


def _stale(session: Session, _day: Day, unread: list[LeftOut]) -> "Iterator[Finding]":
    for row in all_sources(session.reading):
        since = row.last_success_at or row.added_at
        if is_stale(row, session.now):
            reason = f"no answer for {say.distance(session.now - since)}: {without_url(row.last_error, row.url)}"
            yield Finding(
                "stale sources", "source", None, row.name, since, reason, SOON, 2, since,
                f"source/{row.name}/{to_text(since)}", (),
            )  # fmt: skip


def _waits(since: datetime, now: datetime) -> str:
    return f"waits for {say.distance(max(now - since, timedelta(0)))}"


def _clock(at: datetime, session: Session) -> str:
    """A time of today by the clock, another one with its day; the last second of a day stands for that day."""
    from assistant.when.names import clock, short_date

    local = at.astimezone(session.tzinfo)
    if (local.hour, local.minute, local.second) == (23, 59, 59):
        return short_date(local).rsplit(" ", 1)[0]
    if local.date() == session.now.astimezone(session.tzinfo).date():
        return clock(local)
    return f"{short_date(local).rsplit(' ', 1)[0]} {clock(local)}"


_READ = {
    "needs you": _needs_you, "today": _today, "failed and recovered": _ended, "held back": _held_back,
    "while you were away": _away, "stale sources": _stale,
}  # fmt: skip
