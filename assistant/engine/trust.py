"""Trust that is lost: a step that acted unasked and failed is asked about again, and that is said once."""

from datetime import datetime

from assistant.core.keys import cause_of
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.states import StepState
from assistant.core.trust import names_in, names_text
from assistant.engine.notice import notice
from assistant.engine.situation import Surroundings, item_of
from assistant.ports.records import Job, Step
from assistant.store import due
from assistant.store.requests import distrusted_since, newest_number
from assistant.store.write import Writing

NEVER = "approve_never"


def take_back(writing: Writing, around: Surroundings, job: Job, moves: list[Move], now: datetime) -> None:
    """Where a step that is trusted by name acted and failed for good, take its name out of the preference."""
    for move in moves:
        if not isinstance(move, Put) or move.table != "step" or not _is_given_up(move):
            continue
        step = due.step(writing.con, writing.id_of(move.row) if isinstance(move.row, Ref) else int(str(move.row)))
        cause = cause_of(job.workflow, step.path) if step is not None else None
        # What was read in this transaction counts: the preference may have been changed since the tick began.
        kept = writing.con.execute("select value from preference where name = ?", (NEVER,)).fetchone()
        if step is None or cause is None or not step.attempts or kept is None or cause not in names_in(kept[0]):
            continue
        left = tuple(name for name in names_in(kept[0]) if name != cause)
        _ask_again(writing, around, job, step, cause, left, now)


def _is_given_up(move: Put) -> bool:
    """Whether a step has no attempt left: it has failed, or its fallback stands in."""
    state, changes = move.changes.get("state"), move.changes
    if state == StepState.FAILED:
        return True
    return state == StepState.WAITING and changes.get("wake_at", 0) is None and "held" not in changes


def _ask_again(
    writing: Writing, around: Surroundings, job: Job, step: Step, cause: str, left: tuple[str, ...], now: datetime
) -> None:
    if left:
        put = Put(
            "preference", NEVER, {"value": names_text(left), "set_at": now}, f"{cause} failed: it is asked about again"
        )
        writing.apply([put])
        around.kept = {**around.kept, NEVER: names_text(left)}
    else:
        writing.remove_preference(NEVER)
        around.kept = {name: value for name, value in around.kept.items() if name != NEVER}
    name, number = f"distrusted/{cause}", str(newest_number(writing.con))
    there = distrusted_since(writing.con, cause)
    known: Move = Put("meta", name, {"value": number}, "it acted unasked and failed")
    if not there:
        known = New("meta", Ref(name), {"name": name, "value": number}, "it acted unasked and failed")
    text = f"{cause} acted unasked and failed: {step.error}; from now on it asks you again"
    told = notice(around, f"{step.key}/distrusted/{step.attempts}", text, now, job=job)
    writing.apply([known, told], item_of(job))
