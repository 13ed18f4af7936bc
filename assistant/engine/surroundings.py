"""What a decision about a job of a workflow must know beyond the job: events, children, preferences, standing."""

from assistant.core.facts import Called, Child, Consent, Facts
from assistant.core.moves import Ref
from assistant.core.spec import Spec, StepSpec
from assistant.core.trust import names_in
from assistant.jsontext import load
from assistant.ports.records import Job
from assistant.store import standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.engine.situation import Surroundings


def of_workflow(around: "Surroundings", job: Job, spec: Spec, facts: Facts) -> Facts:
    """The facts with what the workflow's steps need."""
    con = around.con
    more: dict[str, Any] = dict(_of_preferences(around))
    if job.event_id is not None:
        more["event"] = standing.event(con, job.event_id)
    if job.workflow is not None:
        found = standing.standing(con, job.workflow)
        more["level"] = found.level if found is not None else 0
    if "wait" in spec.needs and not isinstance(job.id, Ref):
        more["events"] = standing.events_for(con, job, sorted(set(_awaited(spec.steps))))
    if "task" in spec.needs:
        more["next_number"] = _next_number(around)
    if "workflow" in spec.needs:
        more["called"] = {name: called for name in set(_called(spec.steps)) if (called := _read_called(around, name))}
        more["event_mark"] = standing.newest_event(con)
        if not isinstance(job.id, Ref):
            children = standing.children_of(con, job.id)
            more["children"] = tuple(Child(child.id, child.parent_id) for child in children if child.parent_id)
    return facts.replace(**more)


def _of_preferences(around: "Surroundings") -> "dict[str, Any]":
    """What the person's preferences say: read once, and anew where the engine itself took one back."""
    if around.read_from is not around.kept:
        around.read = {"prefs": dict(around.kept), "people": people(around), "consent": consent(around)}
        around.read_from = around.kept
    return around.read


def people(around: "Surroundings") -> "dict[str, Any]":
    """The people of the person, by name."""
    found = load(around.kept["people"]) if around.kept.get("people") else {}
    return found if isinstance(found, dict) else {}


def consent(around: "Surroundings") -> Consent:
    """What the person wants to be asked about."""
    always, never = (frozenset(names_in(around.kept.get(name))) for name in ("approve_always", "approve_never"))
    return Consent(always, never, _number(around.kept.get("approve_over")))


def _number(text: str | None) -> float | None:
    """The amount that a preference says; early stores kept a map of currencies, of which the least counts."""
    if text is None:
        return None
    try:
        return min(map(float, load(text).values())) if text.startswith("{") else float(text.split()[0])
    except (ValueError, IndexError, AttributeError, TypeError):
        return 0.0  # nobody can say what was meant: every amount is asked about


def _next_number(around: "Surroundings") -> int:
    row = around.con.execute("select seq from sqlite_sequence where name = 'number'").fetchone()
    return 1 + (row[0] if row is not None else 0)


def _all(steps: "tuple[StepSpec, ...]") -> "list[StepSpec]":
    found: list[StepSpec] = []
    for step in steps:
        found += [step, *_all(step.fallback), *_all(tuple(rung.step for rung in step.escalate))]
        found += _all((step.undo,)) if step.undo is not None else []
    return found


def _awaited(steps: "tuple[StepSpec, ...]") -> list[str]:
    return [step.action["event"] for step in _all(steps) if step.kind == "wait" and "event" in step.action]


def _called(steps: "tuple[StepSpec, ...]") -> list[str]:
    return [step.action["name"] for step in _all(steps) if step.kind == "workflow"]


def _read_called(around: "Surroundings", name: str) -> Called | None:
    version = standing.newest_version(around.con, name)
    if version is None:
        return None
    spec = around.spec(version.id)
    return Called(version.id, spec.title, spec.priority, spec.inputs, spec.deadline)
