"""Actions within the assistant: questions, waits, events, other workflows, values and tasks. None acts outside."""

from typing import Any

from assistant.app.workflow_file.fields import (
    ABSENT,
    Fields,
    condition,
    duration,
    exactly_one,
    listing,
    named,
    one_of,
    structure,
    template,
    text,
)
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.inputs import one_input
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar
from assistant.app.workflow_file.times import moment

EVENT_NAME = "write the name of an event, such as calendar.ended"


def wait(node: Node, path: str, findings: Findings) -> Any:
    """A length of time, a moment, or an event."""
    if isinstance(node, Scalar):
        said = duration(node, path, findings)
        return said if said is ABSENT else {"for": said}
    found = WAIT(node, path, findings)
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    exactly_one(found, node, path, findings, ("for", "until", "event"))
    for key in ("where", "within"):
        if key in node.nodes and "event" not in node.nodes:
            findings.fault(node.nodes[key].at, f"{path}.{key}", f"{path}.{key} needs an event to wait for; add event")
    return found


def _where(node: Node, path: str, findings: Findings) -> Any:
    """A condition on the event that is waited for."""
    outer = findings.scope
    findings.scope = outer.with_own_event()
    found = condition("write a condition such as event.id == inputs.id")(node, path, findings)
    findings.scope = outer
    return found


def workflow(node: Node, path: str, findings: Findings) -> Any:
    """A child job. Its name is no template, so that circles can be seen before anything runs."""
    found = WORKFLOW(node, path, findings)
    if found and "name" in found and isinstance(node, Mapping):
        findings.calls.append((found["name"], node.nodes["name"].at, f"{path}.name"))
    return found


def plain_text(node: Node, path: str, findings: Findings) -> Any:
    """A text that other steps use."""
    said = template("write the text")(node, path, findings)
    return said if said is ABSENT else {"text": said}


def values(node: Node, path: str, findings: Findings) -> Any:
    """Values that other steps use, by name."""
    return named(structure, "write names and values, such as {total: '{{ inputs.a + inputs.b }}'}")(
        node, path, findings
    )


TASK = Fields(
    {
        "title": template("write what is to be done"),
        "due": moment("write a time such as today 17:00"),
        "priority": one_of("low", "normal", "high", "urgent"),
        "project": template("name a project"),
        "tags": listing(template("write a tag"), "write a list such as [home, phone]"),
    },
    ("title",),
    "{title: …, due: tomorrow 17:00}",
)
ASK = Fields(
    {
        "question": template("write the question"),
        "choices": listing(template("write a choice"), "write a list such as [yes, no]", least=1),
        "fields": named(one_input, "write a map of fields, such as {amount: {type: number}}"),
        "expires": duration,
        "on_expiry": one_of("deny", "fallback"),
    },
    ("question",),
    "{question: …, choices: [yes, no], expires: 2d}",
)
WAIT = Fields(
    {
        "for": duration,
        "until": moment("write a time such as next monday 9am"),
        "event": text(EVENT_NAME),
        "where": _where,
        "within": duration,
    },
    example="2h, {until: next monday 9am} or {event: …, within: 2d}",
)
EMIT = Fields(
    {"event": template(EVENT_NAME), "data": structure, "key": template("write the key of the event")},
    ("event",),
    "{event: …, data: {…}}",
)
WORKFLOW = Fields(
    {
        "name": text("name a workflow; ask workflow list shows them"),
        "inputs": named(structure, "write names and values, such as {person: ada}"),
    },
    ("name",),
    "{name: …, inputs: {…}}",
)
