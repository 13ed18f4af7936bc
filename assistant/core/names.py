"""What templates and conditions of a job may name. Renders nothing."""

from assistant.core.spec import base_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.core.plan import Plan


def names_at(plan: "Plan", path: str, key: str) -> "dict[str, Any]":
    """The names that the step of a path may use: WORKFLOW "Names"."""
    from assistant.when import zone

    job = plan.job
    names: dict[str, Any] = {
        "inputs": job.inputs,
        "steps": {spec.id: _step(plan, spec.id) for spec in plan.spec.steps if spec.id in plan.steps},
        "job": {
            "id": job.number if isinstance(job.number, int) else None,
            "key": plain_key(job.key, job.workflow),
            "title": job.title,
        },
        "key": key,
        "now": plan.now.astimezone(zone.load(plan.facts.conventions.zone)).isoformat("T", "seconds"),
        "prefs": plan.facts.prefs,
        "people": plan.facts.people,
    }
    if plan.facts.event is not None:
        names["event"] = event_data(plan.facts.event.data)
    item = _item_at(plan, path)
    if item is not None:
        names["index"], names["item"] = item
    return names


def plain_key(key: str, workflow: str | None) -> str:
    """A job's key as the person or the trigger gave it: within the store it stands behind the name of its workflow.

    >>> plain_key("bill-run/2026-11", "bill-run")
    '2026-11'
    """
    return key.removeprefix(f"{workflow}/") if workflow else key


def event_data(data: "Any") -> "Any":
    """What `event` names: the data of the event, an empty map where it has none."""
    return {} if data is None else data


def _step(plan: "Plan", path: str) -> "dict[str, Any]":
    step = plan.steps[path]
    return {"state": str.__str__(step.state), "output": step.output, "by": step.done_by}


def _item_at(plan: "Plan", path: str) -> "tuple[int, Any] | None":
    words = path.split("/")
    if len(words) < 2 or not words[1].isdigit():
        return None
    row = plan.steps.get(f"{base_of(path)}/{words[1]}")
    return None if row is None or not row.about else (int(words[1]), row.about[0])
