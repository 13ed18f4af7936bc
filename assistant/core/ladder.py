"""Ringing until somebody answers: repeats, the planned time of each, and giving up. Sends nothing itself."""

from datetime import datetime, timedelta

from assistant.core.limits import MOST_RINGS
from assistant.core.plan import Plan
from assistant.core.quiet import held_until
from assistant.core.spec import StepSpec
from assistant.core.states import JobState, MessageState, RequestState, StepState
from assistant.ports.records import Step


def ring(plan: Plan, step: Step, spec: StepSpec, planned: datetime, suffix: str = "") -> None:
    """Send one ring and plan the next one, counted from the planned time of this one, or from when it can be heard."""
    action = step.action["notify"]
    number = step.rings + 1
    severity = action.get("severity") or "normal"
    heard = held_until(plan.facts.quiet, severity, plan.now)
    counted = heard if heard > plan.now else planned
    plan.drop_unseen(step, "a newer ring took its place")
    plan.send(
        action["text"] + suffix,
        key=f"{step.key}/{number}",
        severity=severity,
        channel=action.get("channel"),
        step=step,
        at=planned,
    )
    wake = None
    if spec.until == "ack" and spec.repeat:
        gap = _gap(spec.repeat, number)
        counted += max(0, (plan.now - counted) // gap) * gap  # a late ring stands for those planned up to now
        wake = counted + gap
    plan.set_step(step.path, f"ring {number}", rings=number, planned_at=counted, wake_at=wake)


def wake(plan: Plan, step: Step, spec: StepSpec) -> None:
    """The next ring is due: send the latest one that is, and pass over those before it; or give up."""
    if step.rings >= MOST_RINGS:
        give_up(plan, step)
        return
    planned = step.wake_at
    assert planned is not None  # noqa: S101 - only a step with a wake time wakes
    gap = _gap(spec.repeat, step.rings + 1)
    passed = max(0, (plan.now - planned) // gap)
    if passed:
        # After a sleep the rings that were missed are recorded, not sent one after the other.
        plan.set_step(step.path, f"{passed} rings passed while nothing ticked", planned_at=planned + passed * gap)
    ring(plan, plan.steps[step.path], spec, planned + passed * gap)


def give_up(plan: Plan, step: Step) -> None:
    """Nobody answered: the job says so, and nothing more is sent."""
    reason = f"nobody answered after {step.rings} rings"
    for request in plan.facts.requests:
        plan.settle_request(request.id, RequestState.EXPIRED, reason)
    plan.set_step(step.path, reason, state=StepState.COMPLETED, output={"acknowledged": False})
    schedule = plan.facts.schedule
    name = f"{schedule.id}  {plan.job.title}" if schedule else plan.job.title
    plan.send(f"{name}: {reason}; it rings no more", key=f"{step.key}/gave-up", severity="low")
    plan.end_job(JobState.COMPLETED, reason, reason)


def answered(plan: Plan, step: Step, word: str) -> None:
    """Somebody answered: nothing more is sent."""
    plan.drop_unsent("answered")
    sent = [m for m in plan.facts.messages if m.state in (MessageState.SENT, MessageState.UNKNOWN)]
    if sent:
        from assistant.core.moves import Put

        last = max(sent, key=lambda message: message.id)
        plan.moves.append(Put("message", last.id, {"state": MessageState.ACKNOWLEDGED}, word))
    plan.set_step(step.path, word, state=StepState.COMPLETED, output={"acknowledged": True})


def _gap(repeat: tuple[timedelta, ...], number: int) -> timedelta:
    return repeat[min(number, len(repeat)) - 1]
