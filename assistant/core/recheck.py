"""Facts that are read again after an approval: what did not change goes on as approved, a difference asks again."""

from assistant.core import consent, flow
from assistant.core.plan import Plan
from assistant.core.states import StepState
from assistant.jsontext import dump
from assistant.ports.records import Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_SHOWN = 3  # differences of one fact
LONGEST_SHOWN = 60  # characters of one side of a difference


def read_again(plan: Plan, owner: str, name: str) -> None:
    """Leave a fact ready to be read once more; one that was read again before begins afresh."""
    path = f"{owner}/recheck/{name}"
    spec = plan.spec_of(path)
    (kind,) = plan.steps[name].action
    there = plan.steps.get(path)
    if there is not None:
        plan.set_step(path, "reads again", state=StepState.PENDING, forgiven=there.attempts, ended_at=None, output=None)
    action = plan.steps[name].action[kind]
    plan.open_step(path, spec, action, StepState.READY, "its facts are read again", wake_at=plan.now)


def rechecked(plan: Plan, path: str) -> None:
    """All facts are read again: what did not change goes on as approved, a difference is shown and asked."""
    owner = path.rpartition("/recheck/")[0]
    step, spec = plan.steps[owner], plan.spec_of(owner)
    rows = [plan.steps[f"{owner}/recheck/{name}"] for name in (spec.approve.recheck if spec.approve else ())]
    if step.state != StepState.WAITING or any(row.state in _UNDER_WAY for row in rows):
        return
    changed = [row for row in rows if row.state != StepState.COMPLETED or _differs(plan, row)]
    if not changed:
        plan.set_step(owner, "approved, and nothing changed", state=StepState.READY, wake_at=plan.now)
        return
    why = []
    for row in changed:
        name = row.path.rpartition("/")[2]
        if row.state == StepState.COMPLETED:
            shown = "; ".join(differences(plan.steps[name].output, row.output))
            why.append(f"{name} changed since you were asked: {shown}")
            plan.set_step(name, "read again", output=row.output)
        else:
            why.append(f"{name} could not be read again: {row.error}")
    try:
        action = plan.rendered(spec.action, owner)
    except ValueError as fault:
        flow.given_up(plan, owner, str(fault))
        return
    consent.ask(plan, owner, spec, action, "; ".join(why))


_UNDER_WAY = frozenset({StepState.PENDING, StepState.READY, StepState.RUNNING, StepState.WAITING})


def _differs(plan: Plan, row: Step) -> bool:
    return dump(row.output) != dump(plan.steps[row.path.rpartition("/")[2]].output)


# What is shown of a difference


def differences(was: "Any", now: "Any", at: str = "") -> list[str]:
    """The first places at which a fact differs, each with what it was and what it is.

    >>> differences({"json": {"total": 5}, "stdout": "5"}, {"json": {"total": 7}, "stdout": "7"})
    ['total: 5 → 7']
    """
    if not (isinstance(was, dict) and isinstance(now, dict)):
        return [f"{at}: {_short(was)} → {_short(now)}" if at else f"{_short(was)} → {_short(now)}"]
    if was.get("json") is not None and now.get("json") is not None and was["json"] != now["json"]:
        return differences(was["json"], now["json"], at)  # a program's text says the same once more
    found: list[str] = []
    for name in dict.fromkeys((*was, *now)):
        if dump(was.get(name)) != dump(now.get(name)):
            found += differences(was.get(name), now.get(name), f"{at}.{name}" if at else str(name))
    return found[:MOST_SHOWN] + (["…"] if len(found) > MOST_SHOWN else [])


def _short(value: "Any") -> str:
    text = value.strip() if isinstance(value, str) else dump(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
