"""What a person answers to requests: approve, deny, answer, retry, resolve. Each command is one commit.

What is approved is what is shown: the kept action, by its hash. A tick begins it; nothing runs here.
"""

from assistant.app.change import Change, each, the_open_request, ways
from assistant.app.date_given import date_given
from assistant.app.edits import MISSING, pair, typed
from assistant.app.inbox import Entry, entry_of
from assistant.app.items import Item, find_row
from assistant.app.session import Session
from assistant.core.happened import Answered, Retried
from assistant.core.trust import ENOUGH, is_earned, names_in, names_text
from assistant.errors import NotPossible, UsageError
from assistant.ports.records import Job, Request
from assistant.store import due
from assistant.store.requests import distrusted_since, latest_approvals
from assistant.value import Value
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.app.items import Row


class Settled(Value):
    """A number that was answered, and its request as it now is. `again`: a rule wants it seen once more."""

    __slots__ = ("item", "entry", "state", "again", "answer", "offer")
    item: Item
    entry: Entry
    state: str
    again: bool = False
    answer: str | None = None
    offer: str | None = None  # the command by which the person trusts this step from now on


def _settle(session: Session, numbers: list[int], act: "Callable[[Change, Row], Request]") -> list[Settled]:
    """Answer the requests that numbers mean; one wrong, and nothing changes."""
    told: dict[int, int] = {}

    def one(change: Change, row: "Row") -> None:
        told[len(told)] = act(change, row).id

    items = each(session, numbers, one)
    found = []
    for place, item in enumerate(items):
        request = due.request(session.con, told[place])
        assert request is not None  # noqa: S101 - requests are never deleted
        found.append(Settled(item, entry_of(session, request), request.state, request.state == "open", request.answer))
    return found


def _asked(change: Change, row: "Row", kind: str, word: str) -> Request:
    """The open request of a kind that a number means; what it is instead, where it is none."""
    request = the_open_request(change, row)
    number = row.number if isinstance(row, Job) else row.id
    if request is None:
        raise NotPossible(f"Nothing is open at {number} to {word}: it is {row.state}.", f"ask why {number}")
    if request.kind != kind:
        said = f"Request {request.id} is of the kind {request.kind}: it takes no {word}."
        raise NotPossible(said, ways(change, request))
    if request.expires_at is not None and request.expires_at <= change.now:
        at = say.moment(request.expires_at, change.session.zone)
        raise NotPossible(f"Request {request.id} expired {at}.", "the next tick does what was said: ask run-due")
    return request


def _tell(change: Change, request: Request, answered: Answered) -> Request:
    assert request.job_id is not None  # noqa: S101 - what is asked here belongs to a job
    try:
        change.tell(request.job_id, answered)
    except ValueError as error:
        raise UsageError(f"{error}.", f"see what it does: ask show {request.id}") from None
    return request


# Approvals


def approve(session: Session, numbers: list[int], edits: "list[str] | None" = None) -> list[Settled]:
    """What was shown may be done, with the edits that stand there as `name=value`."""
    pairs = dict(pair(text) for text in edits or ())

    def act(change: Change, row: "Row") -> Request:
        request = _asked(change, row, "approval", "approval")
        changed = _typed_edits(session, change, request, pairs) if pairs else None
        return _tell(change, request, Answered(request, "approve", None, changed))

    settled = _settle(session, numbers, act)
    return [one.replace(offer=_offer(session, one)) for one in settled]


def approve_edited(session: Session, number: int, edits: "dict[str, Any]") -> Settled:
    """The same with edits that are values already, such as those of an editor."""

    def act(change: Change, row: "Row") -> Request:
        request = _asked(change, row, "approval", "approval")
        return _tell(change, request, Answered(request, "approve", None, edits or None))

    return _settle(session, [number], act)[0]


def _typed_edits(session: Session, change: Change, request: Request, pairs: dict[str, str]) -> "dict[str, Any]":
    """The edits as values: an input as its workflow declares it, a field as what stands there."""
    assert request.job_id is not None  # noqa: S101 - approvals belong to a job
    step = due.step(change.con, request.step_id) if request.step_id is not None else None
    assert step is not None  # noqa: S101 - approvals belong to a step
    job = due.job(change.con, request.job_id)
    declared = change.around.spec(job.workflow_id).inputs
    (action,) = step.action.values()
    found = {}
    for name, text in pairs.items():
        if name in job.inputs:
            found[name] = _value(session, name, text, declared.get(name) or {}, _present(job.inputs[name]))
        elif name in action:
            found[name] = typed(name, text, None, _present(action[name]))
        else:
            there = ", ".join((*job.inputs, *action))
            raise UsageError(f"{name!r} is neither an input nor a field of the action.", f"there are: {there}")
    return found


def _present(value: "Any") -> "Any":
    return MISSING if value is None else value


def _offer(session: Session, settled: Settled) -> str | None:
    """The command that spares the question from now on, where enough approvals in a row have earned it."""
    cause, kept = settled.entry.cause, session.kept.get("approve_never")
    if settled.again or cause is None or cause in names_in(kept):
        return None
    latest = latest_approvals(session.con, cause, distrusted_since(session.con, cause), ENOUGH)
    return f"ask pref set approve_never {names_text((*names_in(kept), cause))}" if is_earned(latest) else None


def deny(session: Session, numbers: list[int], why: str | None = None) -> list[Settled]:
    """It must not be done."""

    def act(change: Change, row: "Row") -> Request:
        request = _asked(change, row, "approval", "denial")
        return _tell(change, request, Answered(request, "deny", why))

    return _settle(session, numbers, act)


# Questions


def answer(session: Session, number: int, words: list[str], ask: "Callable[[str], str] | None" = None) -> Settled:
    """The answer to a question: a choice, fields as `name=value`, or text. `ask` asks a person for what lacks."""
    if words == [] and ask is not None:
        words = _asked_for(session, number, ask)

    def act(change: Change, row: "Row") -> Request:
        request = the_open_request(change, row)
        if request is not None and request.kind == "ack":
            return _tell(change, request, Answered(request, _choice(request, number, ["done", "ack"], words)))
        request = _asked(change, row, "input", "answer")
        if request.job_id is None:
            from assistant.app.evidence import answered

            return answered(change, request, words)
        return _tell(change, request, _answered(session, change, request, number, words, ask))

    return _settle(session, [number], act)[0]


def _asked_for(session: Session, number: int, ask: "Callable[[str], str]") -> list[str]:
    """What a person types who gave no answer yet; a question of fields asks for each of them later."""
    row = find_row(session.con, number)
    found: tuple[Request, ...] = (row,) if isinstance(row, Request) else ()
    if isinstance(row, Job):
        found = due.open_requests(session.con, row.id)
    proposal = found[0].proposal if len(found) == 1 and isinstance(found[0].proposal, dict) else {}
    if len(found) != 1 or proposal.get("fields"):
        return []
    choices = proposal.get("choices") or []
    said = ask(found[0].title + (f" [{' | '.join(map(str, choices))}]" if choices else ""))
    return [said] if said else []


def _answered(
    session: Session,
    change: Change,
    request: Request,
    number: int,
    words: list[str],
    ask: "Callable[[str], str] | None",
) -> Answered:
    proposal = request.proposal if isinstance(request.proposal, dict) else {}
    choices, fields = proposal.get("choices") or [], proposal.get("fields") or {}
    if fields:
        given = _fields(session, number, fields, words, ask)
        from assistant.jsontext import dump

        return Answered(request, dump(given), given)
    if choices:
        word = _choice(request, number, choices, words)
        return Answered(request, word, next(one for one in choices if str(one) == word))
    text = " ".join(words)
    if not text.strip():
        raise UsageError(f"Nothing answers: {request.title}", f"ask answer {number} TEXT")
    return Answered(request, text[:200], text)


def _choice(request: Request, number: int, choices: "list[Any]", words: list[str]) -> str:
    word, there = " ".join(words), [str(choice) for choice in choices]
    if word not in there:
        said = f"{word!r} is no answer to: {request.title}" if word else f"Nothing answers: {request.title}"
        raise UsageError(said, f"ask answer {number} {' | '.join(there)}")
    return word


def _value(session: Session, name: str, text: str, declared: "dict[str, Any]", present: "Any" = MISSING) -> "Any":
    if declared.get("type") == "date":
        return date_given(session, name, text, asks=False)
    return typed(name, text, declared.get("type"), present)


def _fields(
    session: Session,
    number: int,
    fields: "dict[str, Any]",
    words: list[str],
    ask: "Callable[[str], str] | None",
) -> "dict[str, Any]":
    """A value for each field: as typed, else its default, else asked for."""
    given = dict(pair(word) for word in words)
    for name in given:
        if name not in fields:
            raise UsageError(f"There is no field {name!r}.", f"the fields are: {', '.join(fields)}")
    declared = {name: one if isinstance(one, dict) else {} for name, one in fields.items()}
    lacks = [name for name, one in declared.items() if name not in given and _must_be_given(one)]
    if lacks and ask is not None:
        given |= {name: ask(f"{name} ({declared[name].get('type') or 'any value'})") for name in lacks}
    elif lacks:
        raise UsageError(
            f"It lacks: {', '.join(lacks)}.", f"ask answer {number} {' '.join(f'{name}=…' for name in lacks)}"
        )
    from assistant.core.begin import inputs_of

    values = {name: _value(session, name, text, declared[name]) for name, text in given.items()}
    try:
        return inputs_of({name: {**one, "required": False} for name, one in declared.items()}, values)
    except ValueError as error:
        raise UsageError(f"{error}.", f"ask answer {number} NAME=VALUE") from None


def _must_be_given(field: "dict[str, Any]") -> bool:
    """A question asks for its fields; what has a default, or is said not to be required, may be left out."""
    return bool(field.get("required", field.get("default") is None))


# What failed, and what nobody knows


def retry(session: Session, numbers: list[int]) -> list[Item]:
    """Fresh attempts for a failed job, from the step that failed."""

    again: set[int] = set()

    def act(change: Change, row: "Row") -> None:
        job = _job_of(change, row)
        if job is not None and job.id in again:
            return  # two questions about one job: it is tried again once
        if job is None or job.state != "failed":
            number = row.number if isinstance(row, Job) else row.id
            what = f"Job {job.number} is {job.state}" if job is not None else f"{number} is no job"
            raise NotPossible(f"{what}: only a failed job can be tried again.", f"ask why {number}")
        change.tell(job.id, Retried())
        again.add(job.id)

    return each(session, numbers, act)


def _job_of(change: Change, row: "Row") -> Job | None:
    if isinstance(row, Job):
        return row
    if not isinstance(row, Request):
        return None
    request = the_open_request(change, row)
    if request is not None and request.kind != "failure":
        raise NotPossible(f"Request {request.id} is of the kind {request.kind}: nothing failed.", ways(change, request))
    return due.job(change.con, request.job_id) if request is not None and request.job_id is not None else None


def resolve(session: Session, number: int, happened: bool, output: "Any" = None) -> Settled:
    """Whether what may have taken effect did. `output` is what it gave, for the steps after it."""

    def act(change: Change, row: "Row") -> Request:
        request = _asked(change, row, "unknown", "resolution")
        return _tell(change, request, Answered(request, "happened" if happened else "did not", output))

    return _settle(session, [number], act)[0]
