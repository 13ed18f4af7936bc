"""What needs the person: the open requests, with what each takes as an answer."""

from datetime import datetime

from assistant.app.session import Session
from assistant.core.states import RequestState
from assistant.ports.records import Request
from assistant.store.find import Filter, items
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Entry(Value):
    """One request: CONTRACT `ask inbox`."""

    __slots__ = ("id", "kind", "job", "title", "proposal", "because", "expires_at", "on_expiry", "actions")
    id: int
    kind: str
    job: int | None
    title: str
    proposal: "Any"
    because: str | None
    expires_at: datetime | None
    on_expiry: str | None
    actions: list[str]


def inbox(session: Session, most: int | None = None) -> list[Entry]:
    """The open requests, oldest first."""
    found = items(session.reading, Filter(kinds=("request",), state=RequestState.OPEN, limit=most))
    return [_entry(session, request) for _, request in found]


def _entry(session: Session, request: Request) -> Entry:
    job = None
    if request.job_id is not None:
        row = session.reading.execute("select number from job where id = ?", (request.job_id,)).fetchone()
        job = row[0]
    return Entry(
        request.id, request.kind, job, request.title, request.proposal, request.because, request.expires_at,
        request.on_expiry, actions_of(request),
    )  # fmt: skip


def actions_of(request: Request) -> list[str]:
    """The commands that answer a request."""
    if request.kind == "ack":
        return [f"ask done {request.id}", f"ask snooze {request.id} 1h"]
    if request.kind == "input":
        return [f"ask answer {request.id} {choice}" for choice in (request.proposal or {}).get("choices", ["TEXT"])]
    return [f"ask show {request.id}"]
