"""What can go wrong where a story came by: at the steps, questions, waits and sources that it reached."""

from typing import Any

from assistant.app.proving.edits import edits_of
from assistant.app.proving.feed import source_of
from assistant.app.proving.play import Play
from assistant.app.proving.story import (
    CANNOT_TELL,
    DIFFERS,
    DOWN,
    EDIT,
    EDIT_INPUT,
    GOOD,
    IN_VAIN,
    ONCE,
    RETRY,
    SOURCE_DOWN,
    TIMED_OUT,
    TOLD_AGAIN,
    Fails,
    Lacks,
    NoEvent,
    Says,
    Start,
    Tells,
    Twist,
)
from assistant.app.proving.uses import Uses
from assistant.app.proving.world import service_of
from assistant.core.spec import OUTSIDE, role_of
from assistant.ports.action import Call
from assistant.ports.records import Step
from assistant.store import audit


def twists_of(play: Play) -> list[Twist]:
    """Everything that may go wrong at the steps, questions and waits that a story reached."""
    found: list[Twist] = []
    rows = audit.rows_of(play.con)
    steps = {step.id: step for step in rows.steps}
    inputs = {job.id: job.inputs for job in rows.jobs}
    for step in rows.steps:
        found += _of_step(play, step)
    if play.story.start.how == "source":
        found += _of_source(source_of(play.story.start.event or ""))
    for request in rows.requests:
        step_of = steps.get(request.step_id) if request.step_id is not None else None
        found += _of_question(play, request.kind, step_of)
        if request.kind == "approval" and step_of is not None and edits_of(inputs[step_of.job_id]):
            found.append(Says(request.kind, step_of.path, EDIT_INPUT))
    return list(dict.fromkeys(found))


def _of_step(play: Play, step: Step) -> list[Twist]:
    (kind,) = step.action or {"": None}
    if kind == "wait" and "event" in step.action["wait"]:
        return [NoEvent(step.path), *_of_source(source_of(step.action["wait"]["event"]))]
    if kind not in OUTSIDE or not step.attempts:
        return []
    role = role_of(step.path)
    if role == "probe":
        return [Fails(step.path, CANNOT_TELL)]
    if role == "recheck":
        return [Fails(step.path, DIFFERS), Fails(step.path, GOOD)]
    service = service_of(kind, Call(0, step.path, 1, step.key, step.action[kind]))
    hows = (ONCE, GOOD, TIMED_OUT, IN_VAIN)
    if "/" in step.path and role == "item" and not step.path.endswith("/0"):
        return []
    return [*(Fails(step.path, how) for how in hows), Fails(service, DOWN)]


def _of_source(name: str | None) -> list[Twist]:
    """A source that nobody can read for days, or that tells something twice."""
    return [] if name is None else [Tells(name, SOURCE_DOWN), Tells(name, TOLD_AGAIN)]


def _of_question(play: Play, kind: str, step: Step | None) -> list[Twist]:
    path = step.path if step is not None else ""
    if kind == "approval":
        found = [Says(kind, path, "deny"), Says(kind, path, None)]
        return found + _edits(kind, path, step)
    if kind == "failure":
        return [Says(kind, path, RETRY)]
    if kind == "unknown":
        return [Says(kind, path, None)]
    if kind == "input":
        return [Says(kind, path, None)] if step is not None else [Says(kind, path, "no"), Says(kind, path, None)]
    if kind == "ack" and step is not None:
        spec = play.prepared.specs[play.prepared.document["name"]]
        rungs = len(next((one.escalate for one in spec.steps if one.id == path), ()))
        return [Says(kind, path, None), *(Says(kind, path, "ack", rung) for rung in range(1, rungs + 1))]
    return []


def _edits(kind: str, path: str, step: Step | None) -> list[Twist]:
    """The edits that an approval of this step can have."""
    (action,) = step.action.values() if step is not None else ({},)
    return [Says(kind, path, EDIT)] if edits_of(action) else []


def missing(start: Start, document: dict[str, Any]) -> list[Twist]:
    """Each input, or each part of the event, absent and empty."""
    names = [f"inputs.{name}" for name in start.inputs] if start.how == "hand" else _leaves("event", start.data)
    if start.how == "source":  # it tells much of which nobody asks
        asked = Uses((document["on"] or ())[start.place or 0], document["steps"]).paths
        names = [name for name in names if name in asked]
    return [Lacks(name, is_empty) for name in names for is_empty in (False, True)]


def _leaves(prefix: str, value: object) -> list[str]:
    if isinstance(value, dict) and value:
        return [leaf for name, below in value.items() for leaf in _leaves(f"{prefix}.{name}", below)]
    return [] if prefix == "event" else [prefix]
