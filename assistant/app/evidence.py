"""The answer to what should become of something that is ignored. What it does is what a verb of its own does."""

from assistant.app.change import Change, cancel_row
from assistant.core.moves import Put
from assistant.core.states import RequestState, ScheduleState
from assistant.errors import UsageError
from assistant.ports.records import Request, Schedule
from assistant.store import evidence as store
from assistant.store import workflows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def is_about(request: Request) -> "dict[str, Any] | None":
    """What a request about something ignored is about; None for every other request."""
    if request.job_id is not None or not isinstance(request.proposal, dict):
        return None
    about: dict[str, Any] | None = request.proposal.get("about")
    return about


def answered(change: Change, request: Request, words: list[str]) -> Request:
    """Do what the person chose, and close the question, in the open transaction."""
    word, _, when = " ".join(words).strip().partition(" ")
    about = is_about(request) or {}
    if "schedule" in about:
        said = _reminder(change, request, change.row(about["schedule"]), word, when.strip())
    else:
        said = _workflow(change, request, about["workflow"], word if not when else f"{word} {when}")
    settle(change, request, RequestState.ANSWERED, said)
    return request


def settle(change: Change, request: Request, state: RequestState, said: str) -> None:
    """Close the question."""
    changes = {"state": state, "ended_at": change.now, "answer": said}
    change.writing.apply([Put("request", request.id, changes, said, {"state": RequestState.OPEN})])


def _reminder(change: Change, request: Request, row: object, word: str, when: str) -> str:
    if word not in ("retire", "bundle", "move", "keep") or (when and word != "move"):
        raise _no_choice(request, f"{word} {when}".strip())
    if word == "move" and not when:
        raise UsageError("move where to?", f"ask answer {request.id} move every friday at 16:00")
    if word == "keep":
        return "keep: nothing is changed"
    if not isinstance(row, Schedule) or row.state == ScheduleState.ENDED:
        return f"{word}: it has ended already"
    if word == "retire":
        cancel_row(change, row)
        return "retire: the series has ended"
    from assistant.app.remind import bundled_workflow, schedule_values

    if word == "bundle":
        low = {"workflow_id": bundled_workflow(change.writing), "inputs": {**row.inputs, "severity": "low"}}
        change.put(row, "bundled", **low)
        return "bundle: it rings once, and low"
    from assistant.app import words as said

    reading = said.recurrence(change.session, when)
    change.put(row, "moved", **schedule_values(change.session, reading))
    return f"move: {reading.reading or when}"


def _workflow(change: Change, request: Request, name: str, word: str) -> str:
    if word not in ("retire", "keep"):
        raise _no_choice(request, word)
    if word == "keep":
        return "keep: nothing is changed"
    from assistant.app.workflow_change import let_rest

    kept = workflows.current(change.con, name)
    if kept is None or kept.state != "active":
        return "retire: it rests already"
    let_rest(change.con, change.writing, kept)
    return f"retire: the workflow rests; ask workflow resume {name}"


def _no_choice(request: Request, word: str) -> UsageError:
    there = " | ".join((request.proposal or {}).get("choices") or [])
    said = f"{word!r} is no answer to: {request.title}" if word else f"Nothing answers: {request.title}"
    return UsageError(said, f"ask answer {request.id} {there}")


def withdraw(change: Change, schedule_id: int) -> None:
    """The person ended the series: what should become of it is no question any more."""
    request = store.latest_proposal(change.con, f"evidence/{schedule_id}")
    if request is not None and request.state == RequestState.OPEN:
        settle(change, request, RequestState.WITHDRAWN, "its series has ended")
