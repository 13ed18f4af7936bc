"""How steps begin, end, are tried again, are stood in for, and let the next one begin. Performs nothing."""

from datetime import timedelta

from assistant.core import ladder
from assistant.core.keys import outside_key
from assistant.core.moves import Joined
from assistant.core.plan import Plan
from assistant.core.retry import next_try
from assistant.core.spec import INLINE, Retry, StepSpec, parent_of, role_of
from assistant.core.states import ENDED_JOB, ENDED_STEP, JobState, StepState
from assistant.ports.records import Step
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def advance(plan: Plan, late_by: timedelta | None = None) -> None:
    """Begin what comes next, until something has to be waited for, or nothing is left."""
    for spec in plan.spec.steps:
        if plan.job.state in ENDED_JOB:
            return
        if plan.job.ending is not None:
            break
        if plan.job.paused:
            return
        step = plan.steps.get(spec.id)
        if step is None or step.state == StepState.PENDING:
            begin(plan, spec, late_by)
            step = plan.steps[spec.id]
        if plan.job.ending is None and step.state not in ENDED_STEP:
            return
    if plan.job.state in ENDED_JOB:
        return
    if plan.job.ending is None:
        plan.end_job(JobState.COMPLETED, "all steps are done")
        return
    from assistant.core import unwind

    unwind.go_on(plan)


def prime(plan: Plan) -> None:
    """Leave the first step ready where nothing is to be decided first: the next tick begins it, and the job with it."""
    spec = plan.spec.steps[0]
    if spec.kind in INLINE or spec.when is not None or spec.for_each is not None:
        return
    from assistant.core import consent

    try:
        action = plan.rendered(spec.action, spec.id)
        if consent.why_asked(plan, spec.id, spec, action) is not None:
            return
    except ValueError:
        return  # the tick that begins it says so
    plan.set_job("its first step is ready", starts_at=None)
    _begin_outside(plan, spec.id, spec, action)


def begin(plan: Plan, spec: StepSpec, late_by: timedelta | None = None) -> None:
    """A step is reached: it is passed over, or begins."""
    if spec.when is not None and not _is_wanted(plan, spec.id, spec):
        return
    if spec.for_each is not None:
        from assistant.core import lists

        lists.begin(plan, spec)
    else:
        start(plan, spec.id, spec, late_by)


def _is_wanted(plan: Plan, path: str, spec: StepSpec) -> bool:
    """Whether its condition holds; where it does not, or cannot be judged, the step has its end already."""
    assert spec.when is not None  # noqa: S101 - asked only where there is one
    try:
        holds = plan.holds(spec.when, path)
    except ValueError as fault:
        plan.open_step(path, spec, {}, StepState.WAITING, "step began")
        given_up(plan, path, f"when: {fault}")
        return False
    if not holds:
        plan.open_step(path, spec, {}, StepState.SKIPPED, f"not wanted: {spec.when}")
    return holds


def start(plan: Plan, path: str, spec: StepSpec, late_by: timedelta | None = None) -> None:
    """Begin the step of a path: an inline one is decided at once, an outside one is left ready."""
    try:
        action = plan.rendered(spec.action, path)
    except ValueError as fault:
        plan.open_step(path, spec, {}, StepState.WAITING, "step began")
        given_up(plan, path, str(fault))
        return
    if spec.kind == "notify":
        ladder.begin(plan, path, spec, action, f" (late by {say.distance(late_by)})" if late_by else "")
    elif spec.kind in INLINE:
        from assistant.core import inline

        inline.begin(plan, path, spec, action)
    else:
        _begin_outside(plan, path, spec, action)


def _begin_outside(plan: Plan, path: str, spec: StepSpec, action: "dict[str, Any]") -> None:
    if role_of(path) in ("step", "item", "fallback", "rung"):
        from assistant.core import consent

        try:
            why = consent.why_asked(plan, path, spec, action)
        except ValueError as fault:
            plan.open_step(path, spec, action, StepState.WAITING, "step began")
            given_up(plan, path, f"approve: {fault}")
            return
        if why is not None and plan.facts.level > 1 and spec.fallback:
            plan.open_step(path, spec, action, StepState.WAITING, "step began")
            given_up(plan, path, "its error budget is spent, so that it keeps drafts only")
            return
        if why is not None:
            consent.ask(plan, path, spec, action, why)
            return
    plan.open_step(
        path, spec, action, StepState.READY, "step is ready", wake_at=plan.now, service=service_of(spec, action)
    )


def service_of(spec: StepSpec, action: "dict[str, Any]") -> str | None:
    """What the step shares with steps of other jobs, where its policies speak of it: its limit's name, else its host or
    program.
    """
    if spec.limit is not None:
        return spec.limit.to
    if spec.retry.park is None:
        return None
    if spec.kind == "http":
        return str(action.get("url", "")).partition("://")[2].partition("/")[0].rpartition("@")[2] or "http"
    if spec.kind == "run":
        return str(action["argv"][0]).rpartition("/")[2]
    return spec.kind


# How a step ends


def completed(plan: Plan, path: str, output: "Any", what: str, done_by: str = "action") -> None:
    """The step of a path is done, and what hangs on it goes on."""
    role = role_of(path)
    plan.set_step(path, what, state=StepState.COMPLETED, output=output, done_by=done_by)
    if role == "item":
        from assistant.core import lists

        lists.item_ended(plan, path)
    elif role == "fallback":
        owner = parent_of(path)
        assert owner is not None  # noqa: S101 - a fallback stands in for something
        if plan.steps[owner].state in ENDED_STEP:
            return  # stores of the first release cancelled a step while its fallback was under way
        _say_fell_back(plan, owner, path)
        completed(plan, owner, output, "its fallback is done", "fallback")
    elif role == "undo":
        from assistant.core import unwind

        unwind.undone(plan, path)
    elif role == "probe":
        from assistant.core import doubt

        doubt.happened(plan, path)
    elif role == "rung":
        ladder.rung_ended(plan, path)
    elif role == "recheck":
        from assistant.core import recheck

        recheck.rechecked(plan, path)


def try_again(
    plan: Plan, step: Step, error: str, permanent: bool = False, retry_after: timedelta | None = None
) -> None:
    """An attempt is spent: there is another one later, or there is none."""
    policy = plan.spec_of(step.path).retry
    again = None if permanent else next_try(policy, step.attempts - step.forgiven, plan.now, plan.jitter, retry_after)
    if again is None:
        given_up(plan, step.path, error)
        return
    plan.set_step(step.path, "will be tried again", state=StepState.WAITING, wake_at=again, error=error)


def park(plan: Plan, step: Step, error: str) -> None:
    """Its service is down: it waits for it, and the attempt does not count, for as long as its policy allows."""
    if not may_park(plan, step):
        given_up(plan, step.path, f"{error}; it waited as long as its policy allows")
        return
    plan.set_step(
        step.path,
        "waits for its service",
        state=StepState.WAITING,
        wake_at=None,
        error=error,
        forgiven=step.forgiven + 1,
        held="down",
        held_at=step.held_at or plan.now,
    )


def may_park(plan: Plan, step: Step) -> bool:
    """Whether a step may go on waiting for its service."""
    length = plan.spec_of(step.path).retry.park
    if length is None or step.service is None:
        return False
    from assistant.when.lengths import later

    return step.held_at is None or plan.now < later(step.held_at, length, plan.facts.conventions)


def is_helped_at_once(plan: Plan, path: str) -> bool:
    """Whether a step whose service is not there gives way to its fallback with no further try: without a network the
    plain form of a text is better now than the model's later. A `retry` of the step's own says otherwise.
    """
    spec = plan.spec_of(path)
    if spec.kind != "model" or spec.retry != Retry():
        return False
    owner = parent_of(path) if role_of(path) == "fallback" else None
    if owner is None:
        return bool(spec.fallback)
    return int(path.rpartition("/")[2]) < len(plan.spec_of(owner).fallback)


def given_up(plan: Plan, path: str, error: str) -> None:
    """There is no further attempt: the fallback stands in, or the step has failed."""
    role = role_of(path)
    if role == "probe":
        from assistant.core import doubt

        plan.set_step(path, "failed for good", state=StepState.FAILED, error=error)
        doubt.nobody_knows(plan, path, error)
    elif role in ("step", "item", "fallback") and plan.spec_of(path).fallback:
        plan.set_step(path, "its fallback stands in", state=StepState.WAITING, wake_at=None, error=error)
        _stand_in(plan, path, 1)
    else:
        plan.set_step(path, "failed for good", state=StepState.FAILED, error=error)
        _failed_for_good(plan, path, error)


def _failed_for_good(plan: Plan, path: str, error: str) -> None:
    role = role_of(path)
    if role == "fallback":
        owner, number = parent_of(path), int(path.rpartition("/")[2])
        assert owner is not None  # noqa: S101 - a fallback stands in for something
        _stand_in(plan, owner, number + 1)
    elif role == "item":
        from assistant.core import lists

        lists.item_ended(plan, path)
    elif role == "undo":
        from assistant.core import unwind

        unwind.not_undone(plan, path)
    elif role == "rung":
        ladder.rung_ended(plan, path)
    elif role == "recheck":
        from assistant.core import recheck

        recheck.rechecked(plan, path)
    else:
        fail_job(plan, path, error)


def _stand_in(plan: Plan, owner: str, number: int) -> None:
    """Begin the fallback of that number, or the next one that is wanted; without one the step has failed."""
    entries = plan.spec_of(owner).fallback
    for place in range(number, len(entries) + 1):
        path, entry = f"{owner}/fallback/{place}", entries[place - 1]
        if entry.when is None or _is_wanted(plan, path, entry):
            start(plan, path, entry)
            return
        if plan.steps[path].state != StepState.SKIPPED:
            return  # its condition could not be judged: the fallback after it was begun there
    error = plan.steps[owner].error or "it failed"
    plan.set_step(owner, "failed for good", state=StepState.FAILED, error=error)
    _failed_for_good(plan, owner, error)


def _say_fell_back(plan: Plan, owner: str, path: str) -> None:
    """Told once: what happened and what was done instead."""
    step, what = plan.steps[owner], plan.title_of(path, plan.spec_of(path).kind)
    number = plan.number_job()
    tried = f" after {step.attempts} attempt{'s' if step.attempts > 1 else ''}" if step.attempts else ""
    said = f" ({plan.job.title}): {owner} did not work{tried}: {step.error}. Done instead: {what} · see: ask show "
    plan.send(Joined(("job ", number, said, number)), key=f"{step.key}/fell-back/{plan.job.rev}", severity="low")


def fail_job(plan: Plan, path: str, error: str) -> None:
    """A step failed and nothing stands in for it: what was done is undone, and the job ends as failed."""
    step = plan.steps[path]
    times = f" after {step.attempts} attempts" if step.attempts else ""
    reason = f"step {path} failed{times}: {error}"
    number = plan.number_job()
    undo = " · what was done is undone" if any_to_undo(plan) else ""
    text = Joined(("job ", number, f" ({plan.job.title}) failed: {reason}{undo} · again: ask retry ", number))
    plan.send(text, key=f"{step.key}/failed/{plan.job.rev}")
    end_as(plan, JobState.FAILED, reason)


def end_as(plan: Plan, state: JobState, reason: str, keep: bool = False) -> None:
    """The job will end so, as soon as what it did is settled and undone."""
    plan.set_job(f"will be {state}", ending=state, reason=reason, keep=int(keep))


def any_to_undo(plan: Plan) -> bool:
    """Whether anything that was done will be taken back."""
    from assistant.core import unwind

    return not plan.job.keep and bool(unwind.to_undo(plan))


def root(plan: Plan) -> str:
    """What the keys of the job's own messages begin with."""
    return f"{plan.facts.store_id}/{outside_key(plan.job.key)}"
