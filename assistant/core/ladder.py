"""Ringing until somebody answers: repeats, rungs, the planned time of each, and giving up. Sends nothing itself."""

from datetime import datetime, timedelta

from assistant.core.limits import MOST_RINGS
from assistant.core.moves import Joined, Put
from assistant.core.people import Reached, reach
from assistant.core.plan import Plan
from assistant.core.quiet import held_until
from assistant.core.render import as_text
from assistant.core.spec import StepSpec, base_of
from assistant.core.states import ENDED_STEP, JobState, MessageState, RequestState, StepState
from assistant.ports.records import Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def begin(plan: Plan, path: str, spec: StepSpec, action: "dict[str, Any]", suffix: str) -> None:
    """The first ring; a message that nobody must answer is done with it."""
    from assistant.core import flow

    if not isinstance(action["text"], str):
        action = {**action, "text": as_text(action["text"])}
    step = plan.open_step(path, spec, action, StepState.WAITING, "step began")
    first = plan.job.slot_at if plan.job.slot_at is not None and len(plan.steps) == 1 else plan.now
    try:
        ring(plan, step, spec, first, suffix)
    except ValueError as fault:
        flow.given_up(plan, path, str(fault))
        return
    if spec.until is None:
        flow.completed(plan, path, {"message": f"{step.key}/1"}, "message queued")
    elif spec.until == "ack":
        plan.ask("ack", _question(plan, path, action), plan.steps[path], because="it rings until somebody answers")
        plan.be(JobState.AWAITING_INPUT)
        if spec.escalate:
            _plan_rung(plan, path, spec, plan.steps[path].planned_at or plan.now)


def _question(plan: Plan, path: str, action: "dict[str, Any]") -> str:
    """A reminder asks by its own title; a step of a workflow by what it said."""
    return plan.job.title if plan.job.workflow is None else plan.title_of(path, action["text"])[:200]


def ring(plan: Plan, step: Step, spec: StepSpec, planned: datetime, suffix: str = "") -> None:
    """Send one ring and plan the next one, counted from the planned time of this one, or from when it can be heard.

    ValueError where somebody is named whom no channel reaches.
    """
    action = step.action["notify"]
    number = step.rings + 1
    severity = action.get("severity") or "normal"
    reached = _reached(plan, action)
    usual = plan.facts.channels[0]
    heard = min(held_until(plan.facts.quiet, severity, plan.now, to.channel or usual) for to in reached)
    counted = heard if heard > plan.now else planned
    plan.drop_unseen(step, "a newer ring took its place")
    for place, to in enumerate(reached):
        plan.send(
            action["text"] + suffix + to.note,
            key=f"{step.key}/{number}" + (f"/{place}" if place else ""),
            severity=severity,
            channel=to.channel,
            step=step,
            at=planned,
        )
    wake = None
    if spec.until == "ack" and spec.repeat:
        gap = _gap(spec, number)
        counted += max(0, (plan.now - counted) // gap) * gap  # a late ring stands for those planned up to now
        wake = counted + gap
    plan.set_step(step.path, f"ring {number}", rings=number, planned_at=counted, wake_at=wake)


def _reached(plan: Plan, action: "dict[str, Any]") -> "list[Reached]":
    """Where it goes: to the channel that is named, or to that of each person who is."""
    named = action.get("to")
    if not named:
        return [Reached(action.get("channel"))]
    people, zone = plan.facts.people, plan.facts.conventions.zone
    return [reach(people, name, plan.now, zone) for name in (named if isinstance(named, list) else [named])]


def wake(plan: Plan, step: Step, spec: StepSpec) -> None:
    """The next ring or rung is due: send the latest one that is, and pass over those before it; or give up."""
    if spec.escalate and step.rung_at is not None and step.rung_at <= plan.now:
        _take_rungs(plan, step, spec)
        return
    if step.rings >= MOST_RINGS and not spec.escalate:
        give_up(plan, step)
        return
    planned = step.wake_at
    assert planned is not None  # noqa: S101 - only a step with a wake time wakes
    gap = _gap(spec, step.rings + 1)
    passed = max(0, (plan.now - planned) // gap)
    if passed:
        # After a sleep the rings that were missed are recorded, not sent one after the other.
        plan.set_step(step.path, f"{passed} rings passed while nothing ticked", planned_at=planned + passed * gap)
    ring(plan, plan.steps[step.path], spec, planned + passed * gap)
    if spec.escalate:
        _wake_for_rung(plan, step.path)


# Rungs


def _plan_rung(plan: Plan, path: str, spec: StepSpec, since: datetime) -> None:
    """The next rung counts from the planned time of the one before, so that a late tick does not shift the ladder."""
    from assistant.when.lengths import later

    step = plan.steps[path]
    rung_at = later(since, spec.escalate[step.rung].after, plan.facts.conventions)
    plan.set_step(path, f"rung {step.rung + 1} is planned", rung_at=rung_at)
    _wake_for_rung(plan, path)


def _wake_for_rung(plan: Plan, path: str) -> None:
    """Repeats ring until the first rung; after it only rungs follow."""
    step = plan.steps[path]
    if step.rung_at is None:
        return
    repeats = step.rung == 0 and step.wake_at is not None and step.rings < MOST_RINGS
    wake_at = min(step.wake_at, step.rung_at) if repeats and step.wake_at is not None else step.rung_at
    if wake_at != step.wake_at:
        plan.set_step(path, "wakes for its next rung", wake_at=wake_at)


def _take_rungs(plan: Plan, step: Step, spec: StepSpec) -> None:
    """Take the latest rung that is due; those that passed while nothing ticked are recorded."""
    from assistant.core import flow
    from assistant.when.lengths import later

    number, planned = step.rung, step.rung_at
    assert planned is not None  # noqa: S101 - a rung is due
    while number + 1 < len(spec.escalate):
        following = later(planned, spec.escalate[number + 1].after, plan.facts.conventions)
        if following > plan.now:
            break
        number, planned = number + 1, following
    passed = number - step.rung
    what = f"rung {number + 1}" + (f"; {passed} passed while nothing ticked" if passed else "")
    plan.set_step(step.path, what, rung=number + 1, rung_at=None, wake_at=None)
    if number + 1 < len(spec.escalate):
        _plan_rung(plan, step.path, spec, planned)
    rung = spec.escalate[number]
    flow.start(plan, f"{step.path}/rung/{number + 1}", rung.step)


def rung_ended(plan: Plan, path: str) -> None:
    """After the last rung the step is done, and nothing more is sent."""
    owner = path.rpartition("/rung/")[0]
    step = plan.steps[owner]
    if step.state in ENDED_STEP or step.rung < len(plan.spec_of(owner).escalate):
        return
    give_up(plan, step)


def give_up(plan: Plan, step: Step) -> None:
    """Nobody answered: the job says so, and nothing more is sent."""
    from assistant.core import flow

    rungs = f" and {step.rung} rungs" if step.rung else ""
    reason = f"nobody answered after {step.rings} ring{'s' if step.rings != 1 else ''}{rungs}"
    for request in plan.facts.requests:
        if request.step_id == step.id:
            plan.settle_request(request.id, RequestState.EXPIRED, reason)
    schedule = plan.facts.schedule
    if plan.job.workflow is None:
        plan.set_step(step.path, reason, state=StepState.COMPLETED, output={"acknowledged": False})
        name = f"{schedule.id}  {plan.job.title}" if schedule else plan.job.title
        plan.send(f"{name}: {reason}; it rings no more", key=f"{step.key}/gave-up", severity="low")
        plan.end_job(JobState.COMPLETED, reason, reason)
        return
    if not step.rung:
        number = plan.number_job()
        text = Joined(("job ", number, f" ({plan.job.title}): {base_of(step.path)}: {reason}; it rings no more"))
        plan.send(text, key=f"{step.key}/gave-up", severity="low")
    plan.be(JobState.IN_PROGRESS)
    plan.set_job(reason, reason=reason)
    flow.completed(plan, step.path, {"acknowledged": False}, reason)


def answered(plan: Plan, step: Step, word: str) -> None:
    """Somebody answered: nothing more is sent."""
    from assistant.core import flow

    prefix = f"{step.path}/rung/"
    rungs = [rung for rung in plan.steps.values() if rung.path.startswith(prefix)]
    mine = None if plan.job.workflow is None else {step.id, *(rung.id for rung in rungs)}
    plan.drop_unsent("answered", mine)
    there = [message for message in plan.facts.messages if mine is None or message.step_id in mine]
    sent = [message for message in there if message.state in (MessageState.SENT, MessageState.UNKNOWN)]
    if sent:
        last = max(sent, key=lambda message: message.id)
        plan.moves.append(Put("message", last.id, {"state": MessageState.ACKNOWLEDGED}, word))
    for rung in rungs:
        # A rung that has not begun is part of the ladder that ends here.
        if rung.state in (StepState.READY, StepState.WAITING):
            plan.set_step(rung.path, "answered", state=StepState.CANCELLED)
    flow.completed(plan, step.path, {"acknowledged": True}, word)


def _gap(spec: StepSpec, number: int) -> timedelta:
    return spec.repeat[min(number, len(spec.repeat)) - 1]
