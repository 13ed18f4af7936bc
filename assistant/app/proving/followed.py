"""Judge whether the person was followed: in what they approved, in what they kept, and in what they tried again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.app.proving.finding import BROKEN, OURS, Finding
from assistant.app.proving.story import DIFFERS, GOOD, RETRY, Fails, Says
from assistant.core.consent import hash_of
from assistant.core.spec import role_of
from assistant.core.states import ENDED_JOB
from assistant.jsontext import dump
from assistant.ports.action import Done, NotDone
from assistant.store import audit

if TYPE_CHECKING:
    from assistant.app.proving.judge import Judge
    from assistant.app.proving.world import Tried
    from assistant.ports.records import Request, Step


def findings(judge: "Judge") -> Iterator[Finding]:
    """Everything that was not done as the person said."""
    yield from _approved(judge)
    yield from _read_again(judge)
    yield from _kept(judge)
    yield from _tried_again(judge)


# What was approved


def _approved(judge: "Judge") -> Iterator[Finding]:
    """What was asked about runs as it was approved, byte for byte, or not at all."""
    asked: dict[int, list[Request]] = {}
    for request in judge.rows.requests:
        if request.kind == "approval" and request.step_id is not None:
            asked.setdefault(request.step_id, []).append(request)
    for step_id, requests in asked.items():
        step = judge.steps[step_id]
        allowed = {request.hash for request in requests if request.state == "approved"}
        for one in _calls_of(judge, step):
            action = {one.kind: one.call.action}
            if hash_of(action) not in allowed:
                what = f"{step.path} did what nobody approved"
                yield Finding(BROKEN, step.path, what, f"it did {dump(action)[:200]}", OURS)
        for request in requests:
            yield from _edited(judge, request, step)


def _calls_of(judge: "Judge", step: "Step") -> "list[Tried]":
    """What was tried of a step, in the round that its key stands for."""
    return [one for one in judge.play.outside.calls if one.call.step == step.path and one.call.key == step.key]


def _edited(judge: "Judge", request: "Request", step: "Step") -> Iterator[Finding]:
    """An edit that was approved is in the request as the person made it, and its hash is that of it."""
    wanted = judge.play.edited.get(request.id)
    if wanted is None or request.state != "approved":
        return
    if request.hash != hash_of(wanted):
        yield Finding(BROKEN, step.path, f"the edit of {step.path} is not what is approved", str(request.hash), OURS)


def _read_again(judge: "Judge") -> Iterator[Finding]:
    """Facts that differ after the approval, or cannot be read, ask again before anything is done."""
    for twist in judge.story.twists:
        if not isinstance(twist, Fails) or twist.how not in (DIFFERS, GOOD) or role_of(twist.path) != "recheck":
            continue
        owner = twist.path.rpartition("/recheck/")[0]
        if _went_on(judge, owner, twist):
            what = f"{owner} went on with facts that are not those of its approval"
            yield Finding(BROKEN, owner, what, "what was read again differs, and nobody was asked again", OURS)


def _went_on(judge: "Judge", owner: str, twist: Fails) -> bool:
    """Whether the step acted on the first answer although a fact differed, or right after one could not be read."""
    steps = judge.steps
    asked = [r for r in judge.rows.requests if r.kind == "approval" and r.step_id and steps[r.step_id].path == owner]
    last: Tried | None = None
    for one in judge.play.outside.calls:
        if one.call.step == twist.path and isinstance(one.outcome, NotDone if twist.how == GOOD else Done):
            last = one
        elif one.call.step == twist.path:
            last = None
        elif one.call.step == owner and last is not None:
            return twist.how == GOOD or len(asked) < 2
    return False


# What was kept, and what was tried again


def _kept(judge: "Judge") -> Iterator[Finding]:
    """Cancelled with --keep: nothing of what was done is undone."""
    for job_id, line in judge.play.kept.items():
        for path in audit.begun_after(judge.play.con, job_id, line):
            if role_of(path) == "undo":
                yield Finding(BROKEN, path, f"{path} undid what was to be kept", "it was cancelled with --keep", OURS)


def _tried_again(judge: "Judge") -> Iterator[Finding]:
    """A step that failed for good, was mended and tried again, brings its job to its end."""
    twists = judge.story.twists
    if len(twists) != 2 or judge.story.ticks > 1 or RETRY not in judge.play.acted:
        return
    first, second = twists
    if not (isinstance(first, Fails) and first.how == GOOD and isinstance(second, Says) and second.word == RETRY):
        return
    if any(job.parent_id is not None for job in judge.jobs.values()):
        return  # a child that is tried again does not bring its parent back
    for job in judge.jobs.values():
        if job.state in ENDED_JOB and job.state != "completed":
            what = "tried again, it does not complete"
            yield Finding(BROKEN, first.path, what, job.reason or job.state, OURS)
