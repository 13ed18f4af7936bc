"""Take in an event that a person or a program hands in: it is kept, and told to waits and triggers, in one commit."""

from assistant.app import words
from assistant.app.remind import SchedulerState, scheduler_state
from assistant.app.session import Session
from assistant.engine.counts import Counts
from assistant.engine.events import keep_event, route
from assistant.errors import UsageError
from assistant.store import workflows
from assistant.value import Value

LONGEST_NAME = 200


class Emitted(Value):
    """An event, whether it was there under its key, and the numbers of the jobs that it woke and started."""

    __slots__ = ("event", "key", "duplicate", "woke", "started", "scheduler")
    event: str
    key: str | None
    duplicate: bool
    woke: list[int]
    started: list[int]
    scheduler: SchedulerState


def emit(session: Session, name: str, data: str | None, key: str | None) -> Emitted:
    """Keep an event and tell all that wait for it. The same key twice is one event, and wakes nothing again."""
    _check_name(name)
    if key is not None:
        words.title(key, "the key")
    given = None
    if data is not None:
        from assistant.app.json_given import read_json

        given = read_json(data, "the data")
    with session.writing() as writing:
        kept = keep_event(writing, name, key, {} if given is None else given, "command line")
        woke: tuple[int, ...] = ()
        started: tuple[int, ...] = ()
        if not kept.duplicate:
            routed = route(writing, session.around(), kept.event, Counts(), session.jitter())
            woke, started = routed.woke, routed.started
        con = session.con
        return Emitted(
            kept.event.name, key, kept.duplicate, workflows.job_numbers(con, woke), workflows.job_numbers(con, started),
            scheduler_state(session),
        )  # fmt: skip


def _check_name(name: str) -> None:
    """Event names are words of letters, digits, dots, `_` and `-`, such as calendar.ended."""
    if not name or len(name) > LONGEST_NAME or not all(c.isalnum() or c in "._-" for c in name):
        raise UsageError(
            f"{name[:80]!r} is no name of an event.", "letters, digits, dots, _ and -, such as ticket.changed"
        )
