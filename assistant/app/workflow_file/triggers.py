"""What starts a job: slots of a schedule, and events."""

from typing import Any

from assistant.app.workflow_file.fields import (
    ABSENT,
    Fields,
    condition,
    duration,
    named,
    one_of,
    seconds,
    structure,
    template,
    text,
    wrong,
)
from assistant.app.workflow_file.findings import Findings, Given, Scope
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, Sequence
from assistant.app.workflow_file.times import cron, rrule, schedule
from assistant.core.template_text import is_template

MOST = 50
STARTS = ("schedule", "cron", "rrule", "event")
BEFORE_INPUTS = frozenset({"now", "prefs", "people"})
EXAMPLE = "{schedule: every weekday at 8:30} or {event: calendar.ended}"
NEEDS_EVENT = "it belongs to an event; a schedule says its own times"
NEEDS_SCHEDULE = "it belongs to a schedule; an event is never late"


def triggers(node: Node, path: str, findings: Findings) -> Any:
    """All triggers, in order."""
    if not isinstance(node, Sequence):
        return wrong(node, path, findings, f"write a list, such as [{EXAMPLE}]")
    if len(node.items) > MOST:
        return wrong(node.items[MOST], path, findings, f"write at most {MOST} triggers")
    return [_trigger(item, f"{path}[{place}]", findings) for place, item in enumerate(node.items)]


def _trigger(node: Node, path: str, findings: Findings) -> dict[str, Any]:
    """What could be read of one trigger."""
    there = [key for key in STARTS if key in node.nodes] if isinstance(node, Mapping) else []
    has_event = "event" in there
    before = BEFORE_INPUTS | ({"event"} if has_event else set())
    findings.scope = Scope(frozenset(before))
    found: Any = (EVENT if has_event else SCHEDULE)(node, path, findings)
    if not found or not isinstance(node, Mapping):
        return {}
    if len(there) != 1:
        said = f"has {' and '.join(there)}" if there else "says not what starts a job"
        if there or all(key in SCHEDULE.readers for key in node.nodes):
            findings.fault(node.at, path, f"{path} {said}; give one of schedule, cron, rrule or event")
    _note_given(node, path, findings)
    slots = next((found.pop(key) for key in ("schedule", "cron", "rrule") if key in found), None)
    return {**found} if has_event else {"schedule": slots, "if_late": "run", **found}


def _note_given(node: Mapping, path: str, findings: Findings) -> None:
    given = node.nodes.get("inputs")
    for entry in given.entries if isinstance(given, Mapping) else ():
        if isinstance(entry.node, Scalar) and not is_template(entry.node.text):
            findings.givens.append(Given(entry.key, entry.node.text, entry.place, f"{path}.inputs.{entry.key}"))


def _schedule(node: Node, path: str, findings: Findings) -> Any:
    """Words, or a map that says which kind of rule it is."""
    if not isinstance(node, Mapping):
        return schedule(node, path, findings)
    found = Fields({"cron": cron, "rrule": rrule}, example='{cron: "30 8 * * 1-5"}')(node, path, findings)
    if len(node.entries) != 1:
        findings.fault(node.at, path, f"{path} has {len(node.entries)} rules; give one")
    return next(iter(found.values()), ABSENT) if found else ABSENT


def _after_inputs(reader: Any) -> Any:
    """A template that is filled when the inputs are known."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        outer = findings.scope
        findings.scope = outer.with_names("inputs")
        found = reader(node, path, findings)
        findings.scope = outer
        return found

    return read


_BOTH = {
    "inputs": named(structure, "write names and values, such as {person: ada}"),
    "key": _after_inputs(template('write a key such as "{{ event.uid }}"')),
    "subject": _after_inputs(template('write a subject such as "{{ inputs.person }}"')),
}
SCHEDULE = Fields(
    {
        "schedule": _schedule,
        "cron": cron,
        "rrule": rrule,
        "event": text("write the name of an event, such as calendar.ended"),
        **_BOTH,
        "if_late": one_of("run", "skip", "brief", "ask"),
        "useless_after": seconds,
    },
    example=EXAMPLE,
    refused={"where": NEEDS_EVENT, "after": NEEDS_EVENT},
)
EVENT = Fields(
    {
        "event": text("write the name of an event, such as calendar.ended"),
        "schedule": _schedule,
        "cron": cron,
        "rrule": rrule,
        **_BOTH,
        "where": condition("write a condition such as 'vendor' in event.title"),
        "after": duration,
    },
    example=EXAMPLE,
    refused={"if_late": NEEDS_SCHEDULE, "useless_after": NEEDS_SCHEDULE},
)
