"""Ask the person what to do with what they ignore, once a month at most: when one more ring of it ended unanswered.

Nothing is changed by that: it is a question in the inbox, sends no message, and waits for ever.
"""

from assistant.core import evidence
from assistant.core.evidence import CAUSE, MONTH, Heard
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.states import RequestState
from assistant.ports.records import Job, Request, Schedule
from assistant.store import evidence as store
from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

UNANSWERED = (RequestState.EXPIRED, RequestState.WITHDRAWN)


def weigh(writing: Writing, job: Job, schedule: Schedule | None, asked: "Iterable[Request]", moves: list[Move]) -> None:
    """After a decision about a job: for each of its rings that ended without an answer, whether to ask about it."""
    ended = {
        move.row
        for move in moves
        if isinstance(move, Put) and move.table == "request" and move.changes.get("state") in UNANSWERED
    }
    for request in asked:
        if request.kind != "ack" or request.id not in ended:
            continue
        if job.workflow is None and schedule is not None and schedule.rule is not None:
            _weigh_reminder(writing, schedule)
        elif job.workflow is not None and request.cause is not None:
            _weigh_step(writing, job.workflow, request.cause)


def _weigh_reminder(writing: Writing, schedule: Schedule) -> None:
    since = writing.now - MONTH
    month = evidence.heard(store.of_reminder(writing.con, schedule.id, since))
    if schedule.created_at <= since and evidence.is_telling(month):
        name = f"reminder {schedule.id} ({schedule.title})"
        _ask(writing, f"{CAUSE}{schedule.id}", name, month, evidence.proposal_for_reminder(schedule.id))


def _weigh_step(writing: Writing, workflow: str, cause: str) -> None:
    since = writing.now - MONTH
    month = evidence.heard(store.of_step(writing.con, cause, since))
    if store.kept_since(writing.con, workflow) <= since and evidence.is_telling(month):
        step = cause.partition(".")[2]
        name = f"step {step} of workflow {workflow}"
        _ask(writing, f"{CAUSE}{cause}", name, month, evidence.proposal_for_step(workflow, step))


def _ask(writing: Writing, cause: str, name: str, month: Heard, proposal: "dict[str, Any]") -> None:
    """One question at a time, and no other one within a month of it."""
    latest = store.latest_proposal(writing.con, cause)
    if latest is not None and (latest.state == RequestState.OPEN or latest.created_at > writing.now - MONTH):
        return
    number = Ref(f"number:{cause}")
    values = {
        "id": number,
        "kind": "input",
        "title": evidence.question(name, month, proposal["choices"]),
        "state": RequestState.OPEN,
        "proposal": proposal,
        "because": "it gave up, or a newer one took its place, and nobody answered",
        "created_at": writing.now,
        "rank": evidence.RANK,
        "cause": cause,
    }
    ref = Ref(f"request:{cause}")
    number_row = New("number", number, {"kind": "request"}, "request has a number")
    writing.apply([number_row, New("request", ref, values, "asked: input")])
