"""What may have happened and nobody knows: it is probed, or the person is asked; it is never silently repeated."""

from assistant.core import flow
from assistant.core.happened import Answered, CutOff
from assistant.core.moves import Joined
from assistant.core.plan import Plan
from assistant.core.spec import StepSpec, role_of
from assistant.core.states import JobState, RequestState, StepState
from assistant.ports.records import Step

# Actions that can look for themselves what they did. A model's answer that was lost changed nothing outside.
SELF_PROBING = frozenset({"file", "mail", "mail_draft", "model"})


def cut_off(plan: Plan, step: Step, happened: CutOff) -> None:
    """A worker ended without a word. What may be repeated is; what may not is in doubt."""
    spec = plan.spec_of(step.path)
    plan.close_attempt(step, "cut off", "unknown", happened.error, happened.took_ms)
    if spec.effect == "once" and role_of(step.path) != "probe":
        plan.set_step(step.path, "it may have taken effect", state=StepState.UNKNOWN, error=happened.error)
        if spec.probe is not None or spec.kind in SELF_PROBING:
            _probe(plan, step.path, spec)
        else:
            nobody_knows(plan, f"{step.path}/probe", happened.error)
    elif plan.job.ending is not None and role_of(step.path) not in ("probe", "undo"):
        plan.set_step(step.path, "stopped", state=StepState.CANCELLED, error=happened.error)
    else:
        flow.try_again(plan, step, happened.error)


def _probe(plan: Plan, owner: str, spec: StepSpec) -> None:
    """Leave the probe ready; one that asked before begins afresh."""
    path = f"{owner}/probe"
    probe = spec.probe
    there = plan.steps.get(path)
    if there is not None and there.attempts:
        plan.set_step(path, "looks again", state=StepState.PENDING, forgiven=there.attempts, ended_at=None)
    if probe is None:
        action = plan.steps[owner].action[spec.kind]
        plan.open_step(path, spec, action, StepState.READY, "will look whether it happened", wake_at=plan.now)
        return
    try:
        action = plan.rendered(probe.action, owner)
    except ValueError as fault:
        nobody_knows(plan, path, f"probe: {fault}")
        return
    plan.open_step(path, probe, action, StepState.READY, "will look whether it happened", wake_at=plan.now)


def happened(plan: Plan, path: str) -> None:
    """The probe says that it happened. What it gave is not known."""
    owner = path.rpartition("/")[0]
    _withdraw(plan, owner, "a probe says that it happened")
    step = plan.steps[owner]
    if step.state == StepState.UNKNOWN:
        plan.settle_effect(step, "happened")
        flow.completed(plan, owner, None, "a probe says that it happened")


def did_not(plan: Plan, probe: Step, error: str) -> None:
    """The probe says that it did not happen: it is tried again, if an attempt is left."""
    plan.set_step(probe.path, "it did not happen", state=StepState.COMPLETED, output={"happened": False}, error=error)
    owner = probe.path.rpartition("/")[0]
    step = plan.steps[owner]
    if step.state != StepState.UNKNOWN:
        return
    plan.settle_effect(step, "did not")
    if plan.job.ending is not None and role_of(owner) != "undo":
        plan.set_step(owner, "stopped", state=StepState.CANCELLED)
    else:
        flow.try_again(plan, step, f"{step.error}; a probe says that it did not happen")


def nobody_knows(plan: Plan, path: str, error: str) -> None:
    """The person is asked. `path` is that of the probe."""
    owner = path.rpartition("/")[0]
    step = plan.steps[owner]
    number = plan.number_job()
    because = step.error or error
    plan.ask("unknown", f"did this happen? {plan.job.title}, step {owner}", step, because=because, proposal=step.action)
    plan.be(JobState.AWAITING_INPUT)
    text = Joined(("job ", number, f" ({plan.job.title}), step {owner}: {because}. Did it happen? ask inbox"))
    plan.send(text, key=f"{step.key}/unknown/{step.attempts}", step=step)


def resolved(plan: Plan, step: Step, happened: Answered) -> None:
    """The person says whether a doubtful step took effect. If it did not, one more attempt is granted."""
    plan.settle_request(happened.request.id, RequestState.RESOLVED, happened.word, happened.word)
    _stop_probe(plan, step.path)
    if step.state != StepState.UNKNOWN:
        return
    plan.be(JobState.IN_PROGRESS)
    if happened.word == "happened":
        plan.settle_effect(step, "happened")
        flow.completed(plan, step.path, happened.given, "a person says it happened")
        return
    plan.settle_effect(step, "did not")
    if plan.job.ending is not None and role_of(step.path) != "undo":
        plan.set_step(step.path, "a person says it did not happen", state=StepState.CANCELLED)
        return
    changes = {"state": StepState.READY, "wake_at": plan.now, "forgiven": step.forgiven + 1}
    plan.set_step(step.path, "a person says it did not happen", **changes)


def _stop_probe(plan: Plan, owner: str) -> None:
    probe = plan.steps.get(f"{owner}/probe")
    if probe is not None and probe.state in (StepState.READY, StepState.WAITING):
        plan.set_step(probe.path, "a person knows", state=StepState.CANCELLED)


def _withdraw(plan: Plan, owner: str, why: str) -> None:
    step = plan.steps[owner]
    for request in plan.facts.requests:
        if request.kind == "unknown" and request.step_id == step.id:
            plan.settle_request(request.id, RequestState.WITHDRAWN, why)
