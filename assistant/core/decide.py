"""Turn what happened to a job into moves. Reads no clock, throws no dice and touches no database.

One walk: what happened changes a step; a step that ended lets the next one begin; the last one ends the job; a job
that ended moves its schedule on. Inline steps are decided on the way; an outside step is left ready, and begun by the
tick, never here. How a step begins and ends stands in `flow`; doubt, consent, lists, ladders and endings in files of
their own.
"""

from datetime import datetime, timedelta

from assistant.core import flow, ladder
from assistant.core.facts import Facts
from assistant.core.happened import (
    Answered,
    Began,
    ChildEnded,
    CutOff,
    EventCame,
    Expired,
    Failed,
    Happened,
    MessageSettled,
    ParkEnded,
    Paused,
    Primed,
    Refused,
    Resumed,
    Retried,
    Stopped,
    Succeeded,
    Woke,
)
from assistant.core.moves import Joined, Move, merged
from assistant.core.plan import Plan
from assistant.core.spec import Spec, role_of
from assistant.core.states import ENDED_JOB, JobState, RequestState, StepState
from assistant.ports.records import Job, Step
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


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
    if job.state not in ENDED_JOB or _reaches_the_ended(happened):
        _DECISIONS[type(happened)](plan, happened)
    return merged(plan.moves)


def _reaches_the_ended(happened: Happened) -> bool:
    """A failed job can be tried again, and what it left for a person to see is seen after its end."""
    return isinstance(happened, Retried) or (isinstance(happened, Answered) and happened.request.kind == "failure")


def _began(plan: Plan, happened: Began) -> None:
    plan.be(JobState.IN_PROGRESS)
    if happened.ask_first:
        late = say.distance(happened.late_by or timedelta(0))
        plan.ask(
            "input",
            f"{plan.job.title}: it was due {late} ago; {'ring' if plan.job.workflow is None else 'run'} now?",
            proposal={"choices": ["yes", "no"]},
            because="the slot was late, and its rule is to ask",
        )
        plan.be(JobState.AWAITING_INPUT)
        plan.send(f"{plan.job.title}: late by {late}; ring now? ask inbox", key=f"{flow.root(plan)}/late")
        return
    flow.advance(plan, happened.late_by)


def _woke(plan: Plan, happened: Woke) -> None:
    step = plan.steps[happened.path]
    if step.state != StepState.WAITING:
        return
    spec = plan.spec_of(step.path)
    if plan.job.paused:
        plan.set_step(step.path, "its job is paused", wake_at=None, held="paused")
    elif spec.kind == "notify":
        ladder.wake(plan, step, spec)
        flow.advance(plan)
    elif spec.kind == "wait":
        from assistant.core import inline

        inline.wait_is_over(plan, step)
        flow.advance(plan)
    else:
        plan.set_step(step.path, "its wait is over", state=StepState.READY)


def _succeeded(plan: Plan, happened: Succeeded) -> None:
    step = plan.steps[happened.path]
    plan.close_attempt(step, "succeeded", "happened", None, happened.took_ms)
    flow.completed(plan, step.path, happened.output, "step is done")
    flow.advance(plan)


def _failed(plan: Plan, happened: Failed) -> None:
    step = plan.steps[happened.path]
    plan.close_attempt(step, "failed", "did not", happened.error, happened.took_ms)
    if role_of(step.path) == "probe":
        from assistant.core import doubt

        doubt.did_not(plan, step, happened.error)
    elif plan.job.ending is not None and role_of(step.path) != "undo":
        plan.set_step(step.path, "stopped", state=StepState.CANCELLED, error=happened.error)
    elif happened.down and plan.spec_of(step.path).retry.park is not None:
        flow.park(plan, step, happened.error)
    else:
        permanent = happened.permanent or (happened.down and flow.is_helped_at_once(plan, step.path))
        flow.try_again(plan, step, happened.error, permanent, happened.retry_after)
    flow.advance(plan)


def _park_ended(plan: Plan, happened: ParkEnded) -> None:
    step = plan.steps[happened.path]
    if step.held == "down" and step.state == StepState.WAITING:
        flow.given_up(plan, step.path, happened.error)
        flow.advance(plan)


def _refused(plan: Plan, happened: Refused) -> None:
    plan.set_step(happened.path, happened.error, state=StepState.WAITING, wake_at=None)
    flow.given_up(plan, happened.path, happened.error)
    flow.advance(plan)


def _primed(plan: Plan, _happened: Primed) -> None:
    flow.prime(plan)


def _paused(plan: Plan, _happened: Paused) -> None:
    plan.set_job("paused", paused=1)
    for step in list(plan.steps.values()):
        if step.state == StepState.READY:
            plan.set_step(step.path, "its job is paused", state=StepState.READY)


def _resumed(plan: Plan, _happened: Resumed) -> None:
    plan.set_job("resumed", paused=0)
    for step in list(plan.steps.values()):
        if step.held == "paused":
            plan.set_step(step.path, "its job goes on", held=None, wake_at=plan.now)
    if plan.job.state != JobState.PENDING:
        flow.advance(plan)


def _cut_off(plan: Plan, happened: CutOff) -> None:
    from assistant.core import doubt

    doubt.cut_off(plan, plan.steps[happened.path], happened)
    flow.advance(plan)


def _settled(plan: Plan, happened: MessageSettled) -> None:
    step = next((s for s in plan.steps.values() if s.id == happened.message.step_id), None)
    if step is None or step.state != StepState.WAITING:
        return
    if plan.spec_of(step.path).until == "sent":
        output = {"message": happened.message.key}
        flow.completed(plan, step.path, output, "its message was sent")
        flow.advance(plan)


def _answered(plan: Plan, happened: Answered) -> None:
    request = happened.request
    step = next((step for step in plan.steps.values() if step.id == request.step_id), None)
    if request.kind == "ack" and step is not None:
        plan.settle_request(request.id, RequestState.ACKNOWLEDGED, happened.word, happened.word)
        ladder.answered(plan, step, happened.word)
        plan.be(JobState.IN_PROGRESS)
        flow.advance(plan)
    elif request.kind == "input" and step is None:
        _answered_late(plan, happened)
    elif request.kind == "input" and step is not None:
        plan.settle_request(request.id, RequestState.ANSWERED, f"answered: {happened.word}", happened.word)
        plan.be(JobState.IN_PROGRESS)
        flow.completed(plan, step.path, happened.given, "answered")
        flow.advance(plan)
    elif request.kind == "approval" and step is not None:
        from assistant.core import consent

        consent.answered(plan, step, happened)
        flow.advance(plan)
    elif request.kind == "unknown" and step is not None:
        from assistant.core import doubt

        doubt.resolved(plan, step, happened)
        flow.advance(plan)
    elif request.kind == "failure":
        plan.settle_request(request.id, RequestState.RESOLVED, happened.word, happened.word)


def _answered_late(plan: Plan, happened: Answered) -> None:
    """The answer to whether a late slot is still wanted."""
    plan.settle_request(happened.request.id, RequestState.ANSWERED, f"answered: {happened.word}", happened.word)
    if happened.word in ("no", "done", "ack"):
        plan.end_job(JobState.COMPLETED, f"answered: {happened.word}", "the person did not want it any more")
        return
    plan.be(JobState.IN_PROGRESS)
    flow.advance(plan, plan.now - (plan.job.slot_at or plan.now))


def _expired(plan: Plan, happened: Expired) -> None:
    from assistant.core import consent

    consent.expired(plan, happened.request)
    flow.advance(plan)


def _event_came(plan: Plan, happened: EventCame) -> None:
    from assistant.core import inline

    for step in list(plan.steps.values()):
        if (
            step.state == StepState.WAITING
            and step.awaits == happened.event.name
            and inline.take(plan, step, happened.event)
        ):
            break
    flow.advance(plan)


def _child_ended(plan: Plan, happened: ChildEnded) -> None:
    step = plan.steps[happened.path]
    plan.facts = plan.facts.replace(children=tuple(c for c in plan.facts.children if c.step_id != step.id))
    if step.state == StepState.WAITING:
        if happened.state == JobState.COMPLETED:
            flow.completed(plan, step.path, happened.output, "its job is done")
        elif plan.job.ending is not None:
            plan.set_step(step.path, "its job has ended", state=StepState.CANCELLED)
        else:
            reason = f": {happened.reason}" if happened.reason else ""
            flow.given_up(plan, step.path, f"its job is {happened.state}{reason}")
    flow.advance(plan)


def _stopped(plan: Plan, happened: Stopped) -> None:
    plan.drop_unsent(happened.reason)
    if plan.job.ending is None:
        flow.end_as(plan, JobState(happened.state), happened.reason, keep=happened.keep)
        if happened.state == JobState.FAILED:
            number = plan.number_job()
            text = Joined(("job ", number, f" ({plan.job.title}) failed: {happened.reason} · see: ask show ", number))
            plan.send(text, key=f"{flow.root(plan)}/failed/{plan.job.rev}")
    flow.advance(plan)


def _retried(plan: Plan, _happened: Retried) -> None:
    from assistant.core import unwind

    unwind.begin_again(plan)
    flow.advance(plan)


_DECISIONS: dict[type, "Callable[[Plan, Any], None]"] = {
    Began: _began,
    Woke: _woke,
    Succeeded: _succeeded,
    Failed: _failed,
    CutOff: _cut_off,
    MessageSettled: _settled,
    Answered: _answered,
    Expired: _expired,
    EventCame: _event_came,
    ChildEnded: _child_ended,
    Stopped: _stopped,
    Retried: _retried,
    ParkEnded: _park_ended,
    Refused: _refused,
    Primed: _primed,
    Paused: _paused,
    Resumed: _resumed,
}
