"""Ending a job early or after a failure: what is under way is settled, what was done is undone, in reverse."""

from assistant.core import flow
from assistant.core.plan import Plan
from assistant.core.spec import StepSpec, role_of
from assistant.core.states import ENDED_STEP, JobState, RequestState, StepState
from assistant.ports.records import Step
from assistant.value import Value


class ToUndo(Value):
    """A step that was done and can be taken back."""

    __slots__ = ("path", "undo")
    path: str
    undo: StepSpec


def go_on(plan: Plan) -> None:
    """Come nearer to the end: nothing that has not begun begins, what is in doubt holds the job, then it is undone."""
    _drop_what_has_not_begun(plan)
    if any(_is_under_way(plan, step) for step in plan.steps.values()):
        asks = any(request.kind == "unknown" for request in plan.facts.requests)
        plan.be(JobState.AWAITING_INPUT if asks else JobState.IN_PROGRESS)
        return
    while plan.job.ending != JobState.COMPLETED and not plan.job.keep:
        left = to_undo(plan)
        if not left:
            break
        if not _undo(plan, left[0]):
            return
    _end(plan)


def _is_under_way(plan: Plan, step: Step) -> bool:
    """Whether what a step did, or does, is not settled yet."""
    if step.state in (StepState.RUNNING, StepState.UNKNOWN):
        return True
    if step.state == StepState.WAITING and any(child.step_id == step.id for child in plan.facts.children):
        return True
    if step.state == StepState.WAITING and any(_is_under_way(plan, row) for row in _stand_ins(plan, step)):
        return True  # it ends with what stands in for it
    return step.state not in ENDED_STEP and role_of(step.path) == "undo"


def _stand_ins(plan: Plan, step: Step) -> list[Step]:
    """The fallbacks of a step that were begun."""
    head = f"{step.path}/fallback/"
    return [row for path, row in plan.steps.items() if path.startswith(head) and path[len(head) :].isdigit()]


def _drop_what_has_not_begun(plan: Plan) -> None:
    for step in list(plan.steps.values()):
        if step.state in ENDED_STEP or step.state == StepState.UNDOING or _is_under_way(plan, step):
            continue
        if role_of(step.path) == "probe" and plan.steps[step.path.rpartition("/")[0]].state == StepState.UNKNOWN:
            continue
        plan.set_step(step.path, plan.job.reason or "its job ends", state=StepState.CANCELLED)
    for request in plan.facts.requests:
        if request.kind in ("ack", "input", "approval"):
            plan.settle_request(request.id, RequestState.WITHDRAWN, plan.job.reason or "its job ends")


# Undo


def to_undo(plan: Plan) -> list[ToUndo]:
    """What was done by an action, or by a fallback that has an undo of its own, the latest first."""
    found = []
    for spec in reversed(plan.spec.steps):
        if spec.id not in plan.steps:
            continue
        if spec.for_each is not None:
            from assistant.core.lists import items_of

            paths = [row.path for row in reversed(items_of(plan, spec.id))]
        else:
            paths = [spec.id]
        found += [one for path in paths for one in _of(plan, path, spec)]
    return found


def _of(plan: Plan, path: str, spec: StepSpec) -> list[ToUndo]:
    step = plan.steps[path]
    if step.state == StepState.UNDOING and spec.undo is not None:
        return [ToUndo(path, spec.undo)]
    if step.state == StepState.COMPLETED and step.done_by == "action" and spec.undo is not None:
        return [ToUndo(path, spec.undo)]
    found = []
    for number, entry in enumerate(spec.fallback, 1):
        below = f"{path}/fallback/{number}"
        if below in plan.steps:
            found += _of(plan, below, entry)
    return found


def _undo(plan: Plan, one: ToUndo) -> bool:
    """Undo one step: True where it has its end already, since its undo is inline or cannot be begun."""
    path = f"{one.path}/undo"
    if plan.steps[one.path].state != StepState.UNDOING:
        plan.set_step(one.path, "is being undone", state=StepState.UNDOING)
        there = plan.steps.get(path)
        if there is not None:  # an earlier round of the same job was undone too
            plan.set_step(path, "undoes again", state=StepState.PENDING, forgiven=there.attempts, ended_at=None)
        plan.be(JobState.IN_PROGRESS)
        flow.start(plan, path, one.undo)
    return plan.steps[path].state in ENDED_STEP


def undone(plan: Plan, path: str) -> None:
    """The compensation of a step is done."""
    owner = path.rpartition("/")[0]
    plan.set_step(owner, "undone", state=StepState.UNDONE)
    while "/" in owner:
        # What it stood in for, or was an item of, is not done any more either.
        words = owner.split("/")
        owner = "/".join(words[:-2] if words[-2] == "fallback" else words[:-1])
        if plan.steps[owner].state == StepState.COMPLETED:
            plan.set_step(owner, "undone", state=StepState.UNDONE)


def not_undone(plan: Plan, path: str) -> None:
    """The compensation of a step failed for good: the person is told when the job ends; the others go on."""
    owner, step = path.rpartition("/")[0], plan.steps[path]
    plan.set_step(owner, "could not be undone", state=StepState.FAILED, error=f"not undone: {step.error}")


def _end(plan: Plan) -> None:
    state = JobState(plan.job.ending or JobState.CANCELLED)
    reason = plan.job.reason
    plan.end_job(state, reason or state, reason)
    number = None
    for step in list(plan.steps.values()):
        if role_of(step.path) == "undo" and step.state == StepState.FAILED:
            number = number or plan.number_job()
            owner = plan.steps[step.path.rpartition("/")[0]]
            title = f"{plan.job.title}: step {owner.path} could not be undone: {step.error}"
            plan.ask("failure", title, step, because=step.error, proposal=step.action)
            plan.send(f"{title} · ask inbox", key=f"{step.key}/not-undone/{plan.job.rev}")
    if state == JobState.FAILED:
        failed = next(
            (s for s in plan.steps.values() if s.state == StepState.FAILED and role_of(s.path) == "step"), None
        )
        plan.ask("failure", f"{plan.job.title}: {reason}", failed, because=reason)


# Once more


def begin_again(plan: Plan) -> None:
    """Fresh attempts for what failed; what was undone runs again, under new keys."""
    plan.set_job("tried again", state=JobState.IN_PROGRESS, ended_at=None, reason=None, ending=None, keep=0)
    for request in plan.facts.requests:
        plan.settle_request(request.id, RequestState.RESOLVED, "tried again")
    for step in list(plan.steps.values()):
        _reset(plan, step)
    for spec in plan.spec.steps:
        if spec.for_each is not None and spec.id in plan.steps and plan.steps[spec.id].state == StepState.WAITING:
            from assistant.core import lists

            lists.go_on(plan, spec.id)


def _reset(plan: Plan, step: Step) -> None:
    role = role_of(step.path)
    if role in ("undo", "probe", "rung", "recheck"):
        return
    undo = plan.steps.get(f"{step.path}/undo")
    if step.state == StepState.FAILED and undo is not None and undo.state == StepState.FAILED:
        plan.set_step(step.path, "it was done, and not undone", state=StepState.COMPLETED, error=None)
    elif step.state == StepState.UNDONE:
        changes = {
            "key": _next_key(step.key),
            "forgiven": step.attempts,
            "output": None,
            "done_by": None,
            "ended_at": None,
        }
        plan.set_step(step.path, "will run again", state=StepState.PENDING, **changes)
    elif step.state in (StepState.FAILED, StepState.CANCELLED):
        _begin_afresh(plan, step, role)


def _next_key(key: str) -> str:
    """The key of the next round: the outside has seen this one.

    >>> _next_key("a1/30/send"), _next_key("a1/30/send~2")
    ('a1/30/send~2', 'a1/30/send~3')
    """
    first, mark, number = key.rpartition("~")
    return f"{first}~{int(number) + 1}" if mark and number.isdigit() else f"{key}~2"


def _begin_afresh(plan: Plan, step: Step, role: str) -> None:
    """An action that failed is tried as it was kept; what had not begun, or stood in, is made anew when reached."""
    spec = plan.spec_of(step.path)
    fresh = {"forgiven": step.attempts, "ended_at": None, "error": None, "done_by": None}
    is_kept = step.attempts > 0 and role in ("step", "item")
    if is_kept and step.state == StepState.FAILED:
        plan.set_step(step.path, "fresh attempts", state=StepState.READY, wake_at=plan.now, **fresh)
    elif role == "step" and spec.for_each is not None:
        plan.set_step(step.path, "goes on with its items", state=StepState.WAITING, **fresh)
    else:
        # A child that failed keeps its key for ever; the next one needs another.
        key = _next_key(step.key) if spec.kind == "workflow" else step.key
        plan.set_step(step.path, "will begin again", state=StepState.PENDING, key=key, **fresh)
