"""What changed since an old question was asked, as far as the store knows. A tick reads the facts themselves again."""

from assistant.app.inbox import Inbox
from assistant.app.items import find_row
from assistant.app.presence import AWAY
from assistant.app.session import Session
from assistant.ports.records import Event, Job, Request
from assistant.store import due, find, standing
from assistant.store import meanwhile as store
from assistant.store.rows import first
from assistant.value import Value
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGES = {"calendar": ("calendar.changed", "calendar.cancelled"), "folder": ("folder.changed", "folder.gone")}
FIELDS = {"calendar": "uid", "folder": "path"}


class SinceAsked(Value):
    """An old question: how long ago it was asked, what changed, and the facts that are read again after a yes."""

    __slots__ = ("request", "age", "changes", "facts")
    request: Request
    age: str
    changes: tuple[str, ...]
    facts: tuple[str, ...]


def since_asked(session: Session, numbers: list[int]) -> list[SinceAsked]:
    """Of the approvals that numbers mean, those that were asked days ago."""
    found = []
    for number in numbers:
        request = _approval(session, number)
        if request is not None and session.now - request.created_at >= AWAY:
            facts = Inbox(session).entry(request).facts
            read = tuple(f"{fact.step}{_read(session, fact.read_at)}" for fact in facts)
            age = say.distance(session.now - request.created_at)
            found.append(SinceAsked(request, age, tuple(_changes(session, request)), read))
    return found


def _read(session: Session, at: object) -> str:
    from datetime import datetime

    return f", last read {say.distance(session.now - at)} ago" if isinstance(at, datetime) else ", not read yet"


def _approval(session: Session, number: int) -> Request | None:
    row = find_row(session.reading, number)
    if isinstance(row, Job):
        asked = [one for one in find.open_requests_of(session.reading, "job", row.id) if one.kind == "approval"]
        row = asked[0] if len(asked) == 1 else row
    return row if isinstance(row, Request) and row.state == "open" and row.kind == "approval" else None


def _changes(session: Session, request: Request) -> "Iterator[str]":
    con = session.reading
    assert request.job_id is not None  # noqa: S101 - approvals belong to a job
    job = due.job(con, request.job_id)
    began = first(con, Event, "where id = ?", (job.event_id,)) if job.event_id is not None else None
    family = began.name.partition(".")[0] if began is not None else ""
    if began is not None and family in CHANGES:
        for event in store.later_events(con, CHANGES[family], began, FIELDS[family]):
            yield _said(event, session)
    newest = standing.newest_version(con, job.workflow) if job.workflow is not None else None
    mine = due.workflow(con, job.workflow_id)
    if newest is not None and newest.version > mine.version:
        at = say.moment(newest.created_at, session.zone)
        yield f"the workflow {mine.name} was changed {at}; this job keeps version {mine.version} of {newest.version}"


def _said(event: Event, session: Session) -> str:
    data = event.data if isinstance(event.data, dict) else {}
    what = " ".join(str(data.get("title") or data.get("name") or data.get("path") or "it").split())[:100]
    return f"{what} was {event.name.partition('.')[2]} {say.moment(event.at, session.zone)}"
