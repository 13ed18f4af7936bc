"""Turn what happened to a job into moves. Reads no clock, throws no dice and touches no database.

One walk: what happened changes a step; a step that ended lets the next one begin; the last one ends the job; a job
that ended moves its schedule on. Inline steps are decided on the way; an outside step is left ready, and begun by the
tick, never here.
"""

from datetime import datetime, timedelta

from assistant.core import ladder
from assistant.core.facts import Facts
from assistant.core.happened import (
    Answered,
    Began,
    CutOff,
    Failed,
    Happened,
    MessageSettled,
    Retried,
    Stopped,
    Succeeded,
    Woke,
)
from assistant.core.moves import Joined, Move, New, merged
from assistant.core.plan import Plan
from assistant.core.render import rendered
from assistant.core.retry import next_try
from assistant.core.spec import INLINE, Spec, StepSpec
from assistant.core.states import ENDED_JOB, ENDED_STEP, JobState, MessageState, RequestState, StepState
from assistant.ports.records import Job, Step
from assistant.when import say


def decide(
    spec: Spec,
    job: Job,
    steps: tuple[Step, ...],
    facts: Facts,
    happened: Happened,
    now: datetime,
    jitter: float,
) -> list[Move]:
    """The moves that follow from what happened. `jitter` is in [0, 1)."""
    plan = Plan(spec, job, steps, facts, now, jitter)
    if job.state in ENDED_JOB and not isinstance(happened, Retried):
        _afterwards(plan, happened)
    else:
        _DECISIONS[type(happened)](plan, happened)
    return merged(plan.moves)


def _afterwards(plan: Plan, happened: Happened) -> None:
    """The job has ended. What a worker still brings is written down, and moves nothing."""
    if isinstance(happened, Succeeded):
        plan.close_attempt(plan.steps[happened.path], "succeeded", None, happened.took_ms)
        plan.close_effect(plan.steps[happened.path], "happened")
    elif isinstance(happened, Failed):
        plan.close_attempt(plan.steps[happened.path], "failed", happened.error, happened.took_ms)
        plan.close_effect(plan.steps[happened.path], "did not")


def _began(plan: Plan, happened: Began) -> None:
    plan.be(JobState.IN_PROGRESS)
    if happened.ask_first:
        late = say.distance(happened.late_by or timedelta(0))
        plan.ask(
            "input",
            f"{plan.job.title}: it was due {late} ago; ring now?",
            proposal={"choices": ["yes", "no"]},
            because="the slot was late, and its rule is to ask",
        )
        plan.be(JobState.AWAITING_INPUT)
        plan.send(f"{plan.job.title}: late by {late}; ring now? ask inbox", key=f"{_root(plan)}/late")
        return
    _advance(plan, happened.late_by)


def _advance(plan: Plan, late_by: timedelta | None = None) -> None:
    """Begin what comes next, until something has to be waited for, or nothing is left."""
    for spec in plan.spec.steps:
        step = plan.steps.get(spec.id)
        if step is None:
            step = _begin(plan, spec, late_by)
        if step.state not in ENDED_STEP:
            return
        if step.state in (StepState.FAILED, StepState.CANCELLED):
            return
    plan.end_job(JobState.COMPLETED, "all steps are done")


def _begin(plan: Plan, spec: StepSpec, late_by: timedelta | None) -> Step:
    if spec.kind not in INLINE:
        action = rendered(spec.action, plan.job.inputs)
        return plan.open_step(spec, action, StepState.READY, "step is ready", wake_at=plan.now)
    if spec.kind == "notify":
        return _begin_notify(plan, spec, late_by)
    action = rendered(spec.action, plan.job.inputs)
    step = plan.open_step(spec, action, StepState.WAITING, "step began")
    output: dict[str, object] = dict(action)
    if spec.kind == "task":
        output = {"title": _add_task(plan, action["title"])}
    return plan.set_step(step.path, "step is done", state=StepState.COMPLETED, output=output)


def _begin_notify(plan: Plan, spec: StepSpec, late_by: timedelta | None) -> Step:
    action = rendered(spec.action, plan.job.inputs)
    step = plan.open_step(spec, action, StepState.WAITING, "step began")
    suffix = f" (late by {say.distance(late_by)})" if late_by else ""
    ladder.ring(plan, step, spec, plan.job.slot_at or plan.now, suffix)
    if spec.until is None:
        return plan.set_step(spec.id, "message queued", state=StepState.COMPLETED, output={"message": f"{step.key}/1"})
    if spec.until == "ack":
        plan.ask("ack", plan.job.title, plan.steps[spec.id], because="it rings until somebody answers")
        plan.be(JobState.AWAITING_INPUT)
    return plan.steps[spec.id]


def _add_task(plan: Plan, title: str) -> str:
    number = plan.ref("number")
    plan.moves.append(New("number", number, {"kind": "task"}, "task has a number"))
    values = {"id": number, "title": title, "state": "open", "created_at": plan.now}
    plan.moves.append(New("task", plan.ref("task"), values, "task added by a job"))
    return title


def _woke(plan: Plan, happened: Woke) -> None:
    step = plan.steps[happened.path]
    spec = plan.spec_of(step.path)
    if step.state != StepState.WAITING:
        return
    if spec.kind == "notify":
        ladder.wake(plan, step, spec)
    else:
        plan.set_step(step.path, "its wait is over", state=StepState.READY)


def _succeeded(plan: Plan, happened: Succeeded) -> None:
    step = plan.steps[happened.path]
    plan.close_attempt(step, "succeeded", None, happened.took_ms)
    plan.close_effect(step, "happened")
    plan.set_step(step.path, "step is done", state=StepState.COMPLETED, output=happened.output, error=None)
    _advance(plan)


def _failed(plan: Plan, happened: Failed) -> None:
    step = plan.steps[happened.path]
    plan.close_attempt(step, "failed", happened.error, happened.took_ms)
    plan.close_effect(step, "did not")
    _try_again(plan, step, happened.error, happened.permanent, happened.retry_after)


def _try_again(
    plan: Plan, step: Step, error: str, permanent: bool = False, retry_after: timedelta | None = None
) -> None:
    spec = plan.spec_of(step.path)
    again = (
        None if permanent else next_try(spec.retry, step.attempts - step.forgiven, plan.now, plan.jitter, retry_after)
    )
    if again is not None:
        plan.set_step(step.path, "will be tried again", state=StepState.WAITING, wake_at=again, error=error)
        return
    plan.set_step(step.path, "failed for good", state=StepState.FAILED, error=error)
    number = plan.number_job()
    reason = f"step {step.path} failed after {step.attempts} attempts: {error}"
    plan.end_job(JobState.FAILED, "a step failed for good", reason)
    plan.ask("failure", f"{plan.job.title}: {reason}", step, because=error)
    text = Joined(("job ", number, f" ({plan.job.title}) failed: {reason} · again: ask retry ", number))
    plan.send(text, key=f"{step.key}/failed/{step.attempts}")


def _cut_off(plan: Plan, happened: CutOff) -> None:
    step = plan.steps[happened.path]
    spec = plan.spec_of(step.path)
    plan.close_attempt(step, "cut off", happened.error, happened.took_ms)
    if spec.effect != "once":
        plan.close_effect(step, "unknown")
        _try_again(plan, step, happened.error)
        return
    # It may have taken effect. Nobody repeats it until a person has said whether it did.
    plan.close_effect(step, "unknown")
    plan.set_step(step.path, "it may have taken effect", state=StepState.UNKNOWN, error=happened.error)
    number = plan.number_job()
    plan.ask("unknown", f"did this happen? {plan.job.title}, step {step.path}", step, because=happened.error)
    plan.be(JobState.AWAITING_INPUT)
    text = Joined(
        ("job ", number, f" ({plan.job.title}), step {step.path}: {happened.error}. Did it happen? ask inbox")
    )
    plan.send(text, key=f"{step.key}/unknown/{step.attempts}")


def _settled(plan: Plan, happened: MessageSettled) -> None:
    step = next((s for s in plan.steps.values() if s.id == happened.message.step_id), None)
    if step is None or step.state != StepState.WAITING or happened.state != MessageState.SENT:
        return
    if plan.spec_of(step.path).until == "sent":
        output = {"message": happened.message.key}
        plan.set_step(step.path, "its message was sent", state=StepState.COMPLETED, output=output)
        _advance(plan)


def _answered(plan: Plan, happened: Answered) -> None:
    request = happened.request
    if request.kind == "unknown":
        _resolved(plan, happened)
        return
    if request.kind == "input":
        plan.settle_request(request.id, RequestState.ANSWERED, f"answered: {happened.word}", happened.word)
        if happened.word in ("no", "done", "ack"):
            plan.end_job(JobState.COMPLETED, f"answered: {happened.word}", "the person did not want it rung any more")
            return
        plan.be(JobState.IN_PROGRESS)
        _advance(plan, plan.now - (plan.job.slot_at or plan.now))
        return
    plan.settle_request(request.id, RequestState.ACKNOWLEDGED, happened.word, happened.word)
    step = next(step for step in plan.steps.values() if step.id == request.step_id)
    ladder.answered(plan, step, happened.word)
    plan.be(JobState.IN_PROGRESS)
    _advance(plan)


def _resolved(plan: Plan, happened: Answered) -> None:
    """The person says whether a doubtful step took effect. If it did not, one more attempt is granted."""
    request = happened.request
    step = next(step for step in plan.steps.values() if step.id == request.step_id)
    plan.settle_request(request.id, RequestState.RESOLVED, happened.word, happened.word)
    plan.be(JobState.IN_PROGRESS)
    if happened.word == "happened":
        plan.close_effect(step, "happened")
        plan.set_step(step.path, "a person says it happened", state=StepState.COMPLETED)
        _advance(plan)
        return
    plan.close_effect(step, "did not")
    changes = {"state": StepState.READY, "wake_at": plan.now, "forgiven": step.forgiven + 1}
    plan.set_step(step.path, "a person says it did not happen", **changes)


def _stopped(plan: Plan, happened: Stopped) -> None:
    plan.drop_unsent(happened.reason)
    plan.end_job(JobState(happened.state), happened.reason, happened.reason)


def _retried(plan: Plan, _happened: Retried) -> None:
    """Fresh attempts for the step that failed."""
    for step in list(plan.steps.values()):
        if step.state == StepState.FAILED:
            plan.set_job("tried again", state=JobState.IN_PROGRESS, ended_at=None, reason=None)
            changes = {"state": StepState.READY, "wake_at": plan.now, "ended_at": None, "forgiven": step.attempts}
            plan.set_step(step.path, "fresh attempts", **changes)
            for request in plan.facts.requests:
                plan.settle_request(request.id, RequestState.RESOLVED, "tried again")


def _root(plan: Plan) -> str:
    return f"{plan.facts.store_id}/{plan.job.key}"


_DECISIONS: dict[type, "Callable[[Plan, Any], None]"] = {
    Began: _began,
    Woke: _woke,
    Succeeded: _succeeded,
    Failed: _failed,
    CutOff: _cut_off,
    MessageSettled: _settled,
    Answered: _answered,
    Stopped: _stopped,
    Retried: _retried,
}

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
