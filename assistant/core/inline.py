"""Steps without an effect outside: tasks, values, events, waits, questions and child jobs, decided in one commit."""

from datetime import datetime

from assistant.core import flow
from assistant.core.moves import New
from assistant.core.names import event_data
from assistant.core.plan import Plan
from assistant.core.render import as_text
from assistant.core.spec import StepSpec
from assistant.core.states import JobState, StepState
from assistant.ports.records import Event, Step
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LONGEST_TITLE = 500  # of a task


def begin(plan: Plan, path: str, spec: StepSpec, action: "dict[str, Any]") -> None:
    """Do what the action says, or begin to wait."""
    plan.open_step(path, spec, action, StepState.WAITING, "step began")
    try:
        _KINDS[spec.kind](plan, path, spec, action)
    except ValueError as fault:
        flow.given_up(plan, path, str(fault))


def _text(plan: Plan, path: str, _spec: StepSpec, action: "dict[str, Any]") -> None:
    flow.completed(plan, path, {"text": as_text(action["text"])}, "step is done")


def _values(plan: Plan, path: str, _spec: StepSpec, action: "dict[str, Any]") -> None:
    flow.completed(plan, path, action, "step is done")


def _task(plan: Plan, path: str, _spec: StepSpec, action: "dict[str, Any]") -> None:
    title = " ".join(str(action["title"]).split())[:LONGEST_TITLE]
    if not title:
        raise ValueError("the task has no title")
    number = plan.new_number("task", "task has a number")
    values: dict[str, Any] = {"id": number, "title": title, "state": "open", "created_at": plan.now}
    if action.get("due"):
        values |= _due(plan, str(action["due"]))
    for name in ("priority", "project", "tags"):
        if action.get(name):
            values[name] = action[name]
    plan.moves.append(New("task", plan.ref("task"), values, "task added by a job"))
    flow.completed(plan, path, {"id": number, "title": title}, "step is done")


def _due(plan: Plan, words: str) -> "dict[str, Any]":
    from assistant.when import zone

    due_at = _moment(plan, words, whole_day=True)
    place = plan.facts.conventions.zone
    return {"due_at": due_at, "due_wall": zone.to_wall(due_at, place).isoformat("T", "seconds"), "zone": place}


def _moment(plan: Plan, words: str, whole_day: bool = False) -> datetime:
    """The instant that words say, counted from now. ValueError with the words where they say none."""
    from assistant.when.read import read

    found = read(words, plan.now, plan.facts.conventions)
    if found.kind != "instant" or found.at is None or found.message:
        raise ValueError(f"{words!r} says no time; write one such as tomorrow 17:00")
    if not whole_day or found.clock:
        return found.at
    return found.end or _last_second(found.at, plan.facts.conventions.zone)


def _last_second(at: datetime, place: str) -> datetime:
    """The end of the day of an instant: what is due on a day is not late that morning."""
    from assistant.when import zone

    return zone.to_instant(zone.to_wall(at, place).replace(hour=23, minute=59, second=59), place)


def _emit(plan: Plan, path: str, _spec: StepSpec, action: "dict[str, Any]") -> None:
    step = plan.steps[path]
    key = action.get("key") or step.key
    values = {
        "name": str(action["event"]),
        "key": str(key),
        "data": action.get("data") or {},
        "at": plan.now,
        "source": f"job {plan.job.number or plan.job.key}, step {path}",
    }
    plan.moves.append(New("event", plan.ref("event"), values, "event said by a job", unless="key"))
    flow.completed(plan, path, {"event": values["name"], "key": values["key"]}, "step is done")


# Waiting


def _wait(plan: Plan, path: str, _spec: StepSpec, action: "dict[str, Any]") -> None:
    conventions = plan.facts.conventions
    if "event" in action:
        within = later(plan.now, action["within"], conventions) if action.get("within") else None
        plan.set_step(path, f"waits for {action['event']}", awaits=action["event"], wake_at=within)
        for event in plan.facts.events:
            if event.name == action["event"] and take(plan, plan.steps[path], event):
                return
        return
    wake_at = later(plan.now, action["for"], conventions) if "for" in action else _moment(plan, action["until"])
    if wake_at <= plan.now:
        flow.completed(plan, path, {"woke_by": "time", "event": None}, "its time has come already")
        return
    plan.set_step(path, "waits for its time", wake_at=wake_at)


def wait_is_over(plan: Plan, step: Step) -> None:
    """The time of a wait has come, or ran out without its event."""
    by = "timeout" if step.awaits is not None else "time"
    flow.completed(plan, step.path, {"woke_by": by, "event": None}, "its wait is over")


def take(plan: Plan, step: Step, event: Event) -> bool:
    """Whether an event is what a wait is for; it is taken then, and no other wait of the job takes it."""
    where = step.action["wait"].get("where")
    data = event_data(event.data)
    if where is not None:
        from assistant.core.template import holds

        try:
            if not holds(where, {**plan.names(step.path), "event": data}):
                return False
        except ValueError as fault:
            # An event that lacks what the condition asks for is another one. It is said, since it may be a misspelling.
            plan.set_step(step.path, "an event could not be judged", error=f"where: {fault}")
            return False
    taken = {"job_id": plan.job.id, "event_id": event.id}
    plan.moves.append(New("event_taken", plan.ref("event_taken"), taken, f"took {event.name}"))
    left = tuple(other for other in plan.facts.events if other.id != event.id)
    plan.facts = plan.facts.replace(events=left)
    flow.completed(plan, step.path, {"woke_by": "event", "event": data}, f"woken by {event.name}")
    return True


def _ask(plan: Plan, path: str, spec: StepSpec, action: "dict[str, Any]") -> None:
    expires = action.get("expires")
    plan.ask(
        "input",
        str(action["question"])[:500],
        plan.steps[path],
        proposal={"choices": action.get("choices") or [], "fields": action.get("fields") or {}},
        because=f"step {path} of {plan.job.title} needs it",
        expires_at=later(plan.now, expires, plan.facts.conventions) if expires else None,
        on_expiry=(action.get("on_expiry") or ("fallback" if spec.fallback else "deny")) if expires else None,
    )
    plan.be(JobState.AWAITING_INPUT)
    number = plan.number_job()
    from assistant.core.moves import Joined

    text = Joined(("job ", number, f" ({plan.job.title}) asks: {str(action['question'])[:200]} · ask inbox"))
    plan.send(text, key=f"{plan.steps[path].key}/asked/{plan.job.rev}", step=plan.steps[path])


# Child jobs


def _workflow(plan: Plan, path: str, _spec: StepSpec, action: "dict[str, Any]") -> None:
    from assistant.core.begin import inputs_of, title_of

    called = plan.facts.called.get(action["name"])
    if called is None:
        raise ValueError(f"there is no workflow {action['name']!r}; ask workflow list shows them")
    step = plan.steps[path]
    inputs = inputs_of(called.inputs, action.get("inputs") or {})
    values = {
        "number": plan.new_number("job", "job has a number"),
        "workflow_id": called.workflow_id,
        "workflow": action["name"],
        "title": title_of(called.title, action["name"], inputs),
        "state": JobState.PENDING,
        "key": f"{action['name']}/{step.key}",
        "inputs": inputs,
        "priority": plan.job.priority,
        "created_at": plan.now,
        "starts_at": plan.now,
        "deadline_at": later(plan.now, called.deadline, plan.facts.conventions) if called.deadline else None,
        "event_mark": plan.facts.event_mark,
        "parent_id": step.id,
    }
    plan.moves.append(New("job", plan.ref("job"), values, f"job made by step {path}"))


_KINDS: "dict[str, Callable[[Plan, str, StepSpec, dict[str, Any]], None]]" = {
    "text": _text,
    "set": _values,
    "task": _task,
    "emit": _emit,
    "wait": _wait,
    "ask": _ask,
    "workflow": _workflow,
}
