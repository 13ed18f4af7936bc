"""What changed while the person was away: what ran and what did not, expired questions, failures, cancellations."""

import sqlite3
from datetime import datetime

from assistant.app.inbox import entry_of
from assistant.app.session import Session
from assistant.ports.records import Event, Request
from assistant.store import brief as store_brief
from assistant.store import meanwhile as store
from assistant.store.connection import translated
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 6  # of one kind
CANCELLED = "calendar.cancelled"


class Told(Value):
    """Something that happened: missed, late, expired, failed, recovered or cancelled; its number; when; in words."""

    __slots__ = ("what", "number", "at", "text")
    what: str
    number: int | None
    at: datetime | None
    text: str


class Meanwhile(Value):
    """What happened since an instant. `slots`: how many by their state. `left`: how many of a kind are not told.

    `waiting`: how many reminders and workflows have a time that came and that no tick has seen.
    """

    __slots__ = ("since", "slots", "told", "left", "cut", "waiting")
    since: datetime
    slots: dict[str, int]
    told: tuple[Told, ...]
    left: dict[str, int]
    cut: bool  # more happened than was looked through
    waiting: int


def meanwhile(session: Session, since: datetime) -> Meanwhile:
    """What changed since an instant, some of each kind."""
    con = session.reading
    try:
        found = [*_slots(con, since), *_expired(session, since), *_jobs(con, since), *_cancelled(con, since)]
        counted, cut = store.slots(con, since), store.is_cut(con, since)
        waiting = store.waiting(con, session.now)
    except sqlite3.Error as error:
        raise translated(error, session.home) from error
    told: list[Told] = []
    left: dict[str, int] = {}
    for one in found:
        if sum(other.what == one.what for other in told) < SHOWN:
            told.append(one)
        else:
            left[one.what] = left.get(one.what, 0) + 1
    return Meanwhile(since, counted, tuple(told), left, cut, waiting)


def _slots(con: sqlite3.Connection, since: datetime) -> "Iterator[Told]":
    found = store_brief.slots_out_of_time(con, since)
    for state in ("missed", "late"):
        for one in reversed(found):
            if one.slot.state == state:
                times = f", {one.slot.count} times" if one.slot.count > 1 else ""
                why = f": {one.slot.reason}" if one.slot.reason else ""
                yield Told(state, one.schedule.id, one.slot.last, f"{one.schedule.title}{times}{why}")


def _expired(session: Session, since: datetime) -> "Iterator[Told]":
    for request in store.expired(session.reading, since):
        yield Told("expired", request.id, request.ended_at, f"{request.title} · {_consequence(session, request)}")


def _consequence(session: Session, request: Request) -> str:
    if request.kind == "ack":
        return "nobody answered, and it rings no more"
    entry = entry_of(session, request)
    job = f" (job {entry.job})" if entry.job is not None else ""
    return f"nobody answered: {entry.instead or 'the job is cancelled'}{job}"


def _jobs(con: sqlite3.Connection, since: datetime) -> "Iterator[Told]":
    names = store_brief.workflows_with_ended_jobs(con)
    ended = [job for name in names for job in store_brief.ended_jobs(con, name, since)]
    for job in reversed(ended):
        if job.state == "failed":
            yield Told("failed", job.number, job.ended_at, f"{job.title}: {job.reason or 'no reason was given'}")
    for one in store_brief.recovered(con, [job for job in ended if job.state == "completed"]):
        text = f"{one.job.title}: step {one.path} worked at attempt {one.attempts}"
        yield Told("recovered", one.job.number, one.job.ended_at, text)


def _cancelled(con: sqlite3.Connection, since: datetime) -> "Iterator[Told]":
    for event in store.events(con, CANCELLED, since):
        title = event.data.get("title") if isinstance(event.data, dict) else None
        yield Told("cancelled", None, _start_of(event), str(title or "an event"))


def _start_of(event: Event) -> datetime | None:
    start = event.data.get("start") if isinstance(event.data, dict) else None
    try:
        found = datetime.fromisoformat(str(start))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
