"""What needs the person: the open requests, the most pressing first, with what each asks and takes as an answer."""

from datetime import datetime

from assistant.app.proposal import Shown, shown
from assistant.app.session import Session
from assistant.core.spec import StepSpec, read_spec
from assistant.core.template_text import is_template
from assistant.ports.records import Request
from assistant.store import due
from assistant.store.requests import Place, most_pressing, place_of, step_at
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

INSTEAD = {
    "mail_draft": "kept as a draft",
    "task": "a task is made instead",
    "notify": "you are told instead",
    "run": "a program runs instead",
    "ask": "you are asked something else",
}


class Fact(Value):
    """A step that is read again after the approval, and when it was read last."""

    __slots__ = ("step", "read_at")
    step: str
    read_at: datetime | None


class Entry(Value):
    """One request: CONTRACT `ask inbox`, with the step that asks, what it is based on, and others of the same cause."""

    __slots__ = (
        "id", "kind", "job", "title", "proposal", "because", "expires_at", "on_expiry", "actions", "workflow", "step",
        "cause", "facts", "created_at", "instead", "hash",
    )  # fmt: skip
    id: int
    kind: str
    job: int | None
    title: str
    proposal: "Any"
    because: str | None
    expires_at: datetime | None
    on_expiry: str | None
    actions: list[str]
    workflow: str | None
    step: str | None
    cause: str | None
    facts: list[Fact]
    created_at: datetime
    instead: str | None  # what happens without a yes
    hash: str | None

    def shown(self, most: int = 12) -> Shown | None:
        """What exactly will happen, or may have."""
        named = action_in(self.kind, self.proposal)
        return None if named is None else shown(named[0], named[1], self.id, most)


def action_in(kind: str, proposal: "Any") -> "tuple[str, dict[str, Any]] | None":
    """The kind of action that a request is about, and the action itself."""
    if not isinstance(proposal, dict):
        return None
    if kind == "approval" and isinstance(proposal.get("action"), str):
        return proposal["action"], {name: value for name, value in proposal.items() if name != "action"}
    if kind in ("unknown", "failure") and len(proposal) == 1:
        ((named, action),) = proposal.items()
        return (named, action) if isinstance(action, dict) else None
    return None


class Inbox:
    """Makes entries of requests; each workflow version is read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.con = session.reading
        self._specs: dict[int, Any] = {}

    def entry(self, request: Request) -> Entry:
        """A request as a person sees it."""
        place = place_of(self.con, request)
        step = self._step(place)
        return Entry(
            request.id, request.kind, place.job if place else None, request.title, request.proposal, request.because,
            request.expires_at, request.on_expiry, actions_of(request, place, self.session.now),
            place.workflow if place else None, place.path if place else None, request.cause,
            self._facts(request, step), request.created_at,
            instead_of(request, step), request.hash,
        )  # fmt: skip

    def _step(self, place: Place | None) -> StepSpec | None:
        if place is None or place.path is None or place.workflow is None:
            return None
        if place.workflow_id not in self._specs:
            self._specs[place.workflow_id] = read_spec(due.workflow(self.con, place.workflow_id).spec)
        found: StepSpec = self._specs[place.workflow_id].at(place.path)
        return found

    def _facts(self, request: Request, step: StepSpec | None) -> list[Fact]:
        if request.kind != "approval" or step is None or step.approve is None or request.job_id is None:
            return []
        found = []
        for name in step.approve.recheck:
            # The step itself, or what was read of it since, whichever is newer.
            rows = [step_at(self.con, request.job_id, path) for path in (name, f"{step.id}/recheck/{name}")]
            read_at = [row.ended_at for row in rows if row is not None and row.ended_at is not None]
            found.append(Fact(name, max(read_at, default=None)))
        return found


def inbox(session: Session, most: int | None = None) -> list[Entry]:
    """The open requests that are not put off, the most pressing first."""
    make = Inbox(session)
    return [make.entry(request) for request in most_pressing(session.reading, session.now, most)]


def entry_of(session: Session, request: Request) -> Entry:
    """One request as a person sees it."""
    return Inbox(session).entry(request)


def instead_of(request: Request, step: StepSpec | None) -> str | None:
    """What follows where nobody says yes."""
    if request.kind not in ("approval", "input") or step is None:
        return None
    if not step.fallback:
        return "the job is cancelled"
    first = step.fallback[0]
    plain = first.title if first.title is not None and not is_template(first.title) else None
    return plain or INSTEAD.get(first.kind, f"{first.kind} is done instead")


def ways(session: Session, request: Request) -> list[str]:
    """The commands that answer a request, each of which works as things are."""
    return actions_of(request, place_of(session.reading, request), session.now)


def actions_of(request: Request, place: Place | None, now: datetime) -> list[str]:
    """The commands that answer a request: what expired is settled by a tick, and only a failed job is tried again."""
    number, proposal = request.id, request.proposal if isinstance(request.proposal, dict) else {}
    if request.expires_at is not None and request.expires_at <= now:
        return ["ask run-due"]
    if request.kind == "approval":
        return [f"ask approve {number}", f"ask approve {number} --edit {_edit(proposal)}", f"ask deny {number}"]
    if request.kind == "unknown":
        return [f"ask resolve {number} --happened", f"ask resolve {number} --did-not"]
    if request.kind == "failure":
        again = [f"ask retry {number}"] if place is not None and place.state == "failed" else []
        return [*again, f"ask done {number}"]
    if request.kind == "ack":
        return [f"ask done {number}", f"ask snooze {number} 1h"]
    if proposal.get("fields"):
        return [f"ask answer {number} {' '.join(f'{name}=…' for name in proposal['fields'])}"]
    return [f"ask answer {number} {choice}" for choice in proposal.get("choices") or ["TEXT"]]


def _edit(proposal: "dict[str, Any]") -> str:
    """What can be edited, for example: a text by stdin, a list as JSON."""
    for name in ("body", "write", "append"):
        if name in proposal:
            return f"{name}=@-"
    return "argv='[…]'" if "argv" in proposal else "NAME=VALUE"
