"""Whether a person is asked before a step acts, and what follows from their answer. Shows nothing itself.

What is approved is the kept action, by its hash: an edit makes it anew, and facts that changed meanwhile ask again.
"""

from assistant.core import flow
from assistant.core.begin import inputs_of
from assistant.core.happened import Answered
from assistant.core.keys import cause_of
from assistant.core.moves import Joined, Put
from assistant.core.plan import Plan
from assistant.core.spec import StepSpec
from assistant.core.states import JobState, RequestState, StepState
from assistant.core.token import BUDGET_SPENT, WORKFLOW_ASKS
from assistant.jsontext import dump
from assistant.ports.records import Request, Step
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EDITED = "approved as edited"
AMOUNTS = ("amount", "total", "price", "sum")  # inputs and fields that a threshold speaks of


def hash_of(action: "dict[str, Any]") -> str:
    """What an approval is bound to: the SHA-256 of the action as canonical JSON, in hex."""
    from hashlib import sha256

    return sha256(dump(action).encode("utf-8", "surrogatepass")).hexdigest()


# Whether to ask


def why_asked(plan: Plan, path: str, spec: StepSpec, action: "dict[str, Any]") -> str | None:
    """Why the person is asked before the step acts; None where it acts by itself.

    The floor cannot be lowered by a workflow file: mail to the outside, HTTP that changes things, and what the person
    listed. A preference of the person can. ValueError where a condition cannot be judged.
    """
    if spec.effect == "read":
        return None
    wishes = plan.facts.consent
    own = cause_of(plan.job.workflow, path) or ""
    named = {spec.kind, plan.job.workflow or "", own, flow.service_of(spec, action) or ""}
    # What the person demands is said before what the file does: by it a channel knows what is grave (core/token).
    if named & wishes.always:
        return f"you want to be asked about {', '.join(sorted(named & wishes.always))}"
    if wishes.over is not None and spec.kind != "model":  # which changes nothing outside; what it may cost is capped
        over = amount_of(action, plan.job.inputs)
        if over is not None and over > wishes.over:
            return f"{over:.15g} is over {wishes.over:.15g}, above which you want to be asked"
    approve = spec.approve
    if approve is not None and own not in wishes.never:  # the person trusts this very step: its file need not ask
        if approve.mode == "always":
            return f"{WORKFLOW_ASKS} before it acts"
        if approve.mode == "when" and approve.when and plan.holds(approve.when, path):
            return f"{WORKFLOW_ASKS} where {approve.when}"
    if spec.kind == "model":
        return None
    if plan.facts.level > 0:
        return f"{BUDGET_SPENT}, so that it asks first"
    if named & wishes.never:
        return None
    if spec.kind == "mail":
        return "mail to the outside is never sent unasked"
    if spec.kind == "http":
        return f"{action.get('method', 'GET')} changes something outside"
    return None


def amount_of(action: "dict[str, Any]", inputs: "dict[str, Any]") -> float | None:
    """The amount that an action, or else its job, is about.

    >>> amount_of({"json": {"amount": 20}}, {"amount": 30}), amount_of({"argv": ["pay"]}, {"total": 5})
    (20.0, 5.0)
    """
    for values in (action, action.get("json"), inputs):
        for name in AMOUNTS:
            value = values.get(name) if isinstance(values, dict) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return float(value)
    return None


def ask(plan: Plan, path: str, spec: StepSpec, action: "dict[str, Any]", because: str) -> None:
    """Show the exact action and wait: no slot, no lease, no worker is held meanwhile."""
    service = flow.service_of(spec, action)
    if path in plan.steps and plan.steps[path].state == StepState.WAITING:
        step = plan.set_step(path, "asks again", action={spec.kind: action}, wake_at=None, approval=None)
    else:
        step = plan.open_step(path, spec, action, StepState.WAITING, "asks first", service=service)
    expires = spec.approve.expires if spec.approve is not None else "7d"
    on_expiry = spec.approve.on_expiry if spec.approve is not None else "deny"
    title = f"{plan.job.title}: {plan.title_of(path, path)}"
    plan.ask(
        "approval",
        title,
        step,
        proposal={"action": spec.kind, **action},
        hash=hash_of({spec.kind: action}),
        because=because,
        expires_at=later(plan.now, expires, plan.facts.conventions),
        on_expiry=on_expiry,
    )
    plan.be(JobState.AWAITING_INPUT)
    number = plan.number_job()
    said = f" ({title}) waits for your approval: {because} · ask inbox"
    plan.send(Joined(("job ", number, said)), key=f"{step.key}/asked/{plan.job.rev}", step=step)


# What the person said


def answered(plan: Plan, step: Step, happened: Answered) -> None:
    """Approved, perhaps with edits, or denied."""
    request = happened.request
    if happened.word == "deny":
        plan.settle_request(request.id, RequestState.DENIED, "denied", _said(happened.given))
        _refused(plan, step, f"denied: {happened.given}" if happened.given else "denied")
        return
    if happened.edits:
        again = why_again(plan, step, happened.edits)
        step = _edit(plan, step, request, happened.edits)
        if again is not None:
            changes = {"because": again, "answer": EDITED}
            plan.moves.append(Put("request", request.id, changes, "asks again", {"state": RequestState.OPEN}))
            return
    word = EDITED if happened.edits or request.answer == EDITED else "approved"
    plan.settle_request(request.id, RequestState.APPROVED, word, word)
    spec = plan.spec_of(step.path)
    plan.be(JobState.IN_PROGRESS)
    plan.set_step(step.path, "bound to what was approved", approval=request.id)
    rechecks = spec.approve.recheck if spec.approve is not None else ()
    if not rechecks:
        plan.set_step(step.path, "approved", state=StepState.READY, wake_at=plan.now)
        return
    plan.set_step(step.path, "approved; its facts are read again", wake_at=None)
    from assistant.core import recheck

    for name in rechecks:
        recheck.read_again(plan, step.path, name)


def _said(given: "Any") -> str:
    return str(given) if given else "denied"


def _edit(plan: Plan, step: Step, request: Request, edits: "dict[str, Any]") -> Step:
    """The action made anew with what the person changed: inputs of the job, else fields of the action itself."""
    action, inputs = edited(plan, step, edits)
    if inputs != plan.job.inputs:
        plan.set_job("inputs edited", inputs=inputs)
    (kind,) = step.action
    changes = {"proposal": {"action": kind, **action}, "hash": hash_of({kind: action})}
    plan.moves.append(Put("request", request.id, changes, "edited", {"state": RequestState.OPEN}))
    return plan.set_step(step.path, "edited", action={kind: action})


def why_again(plan: Plan, step: Step, edits: "dict[str, Any]") -> str | None:
    """Why an edited action must be seen once more before it is approved; None where the edit is the approval."""
    ((kind, was),) = step.action.items()
    now, inputs = edited(plan, step, edits)
    if kind == "mail" and was.get("to") != now.get("to"):
        return f"it goes to somebody else than you were asked about: {_people(was)} before"
    limit, amount = plan.facts.consent.over, amount_of(now, inputs)
    if limit is None or amount is None or amount <= limit or amount == amount_of(was, plan.job.inputs):
        return None
    return f"{amount:.15g} is over {limit:.15g}, above which you want to be asked"


def _people(mail: "dict[str, Any]") -> str:
    to = mail.get("to")
    return ", ".join(map(str, to)) if isinstance(to, list) else str(to)


def edited(plan: Plan, step: Step, edits: "dict[str, Any]") -> "tuple[dict[str, Any], dict[str, Any]]":
    """The action and the inputs with edits in them. ValueError, with the names there are, for an unknown one."""
    (kind,) = step.action
    of_inputs = {name: value for name, value in edits.items() if name in plan.job.inputs}
    inputs = {**plan.job.inputs, **of_inputs}
    action = dict(step.action[kind])
    if of_inputs:
        inputs = inputs_of(plan.spec.inputs, inputs)
        before, plan.job = plan.job, plan.job.replace(inputs=inputs)
        action = plan.rendered(plan.spec_of(step.path).action, step.path)
        plan.job = before
    for name, value in edits.items():
        if name in of_inputs:
            continue
        if name not in action:
            there = ", ".join((*plan.job.inputs, *action))
            raise ValueError(f"{name!r} is neither an input nor a field of the action; there are: {there}")
        action[name] = value
    _check_fields(kind, action)
    return action, inputs


def _check_fields(kind: str, action: "dict[str, Any]") -> None:
    """What is edited by hand must still be what its action can do."""
    argv, to = action.get("argv"), action.get("to")
    words = argv if isinstance(argv, list) else []
    if kind == "run" and not (words and all(isinstance(word, (str, int, float)) for word in words)):
        raise ValueError('argv is the program and its arguments, such as ["cp", "a", "b"]')
    if kind in ("mail", "mail_draft"):
        people = to if isinstance(to, list) else [to]
        if not people or not all(isinstance(one, str) and "@" in one for one in people):
            raise ValueError("to is a mail address, or a list of them")


def expired(plan: Plan, request: Request) -> None:
    """Nobody answered in time: what was said beforehand follows."""
    plan.settle_request(request.id, RequestState.EXPIRED, "nobody answered in time", "expired")
    step = next((step for step in plan.steps.values() if step.id == request.step_id), None)
    if step is None:
        plan.end_job(JobState.CANCELLED, "nobody answered in time", "nobody answered in time")
        return
    _refused(plan, step, "nobody answered in time")


def _refused(plan: Plan, step: Step, why: str) -> None:
    """The fallback runs if there is one; else the step and its job are cancelled, and what was done is undone."""
    plan.be(JobState.IN_PROGRESS)
    if plan.spec_of(step.path).fallback:
        flow.given_up(plan, step.path, why)
        return
    number = plan.number_job()
    plan.set_step(step.path, why, state=StepState.CANCELLED, error=why)
    flow.end_as(plan, JobState.CANCELLED, f"step {step.path}: {why}")
    text = Joined(("job ", number, f" ({plan.job.title}) is cancelled: step {step.path}: {why}"))
    plan.send(text, key=f"{step.key}/refused/{plan.job.rev}", severity="low")
