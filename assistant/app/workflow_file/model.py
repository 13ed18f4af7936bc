"""The whole file: its keys, read into the form that is kept."""

import re
from typing import Any

from assistant.app.workflow_file.fields import ABSENT, Fields, duration, named, one_of, template, text, wrong
from assistant.app.workflow_file.findings import Findings, Given, Scope
from assistant.app.workflow_file.inputs import one_input
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar
from assistant.app.workflow_file.policies import BUDGET
from assistant.app.workflow_file.steps import steps
from assistant.app.workflow_file.triggers import triggers

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
BUILT_IN = frozenset({"reminder", "brief"})
AT_START = Scope(frozenset({"inputs", "event", "now", "prefs", "people"}), by_start=True)


def read_workflow(node: Node, findings: Findings) -> dict[str, Any]:
    """What could be read; faults and everything to check later are in the findings."""
    found = WORKFLOW(node, "", findings)
    return {} if found is ABSENT else found


def _name(node: Node, path: str, findings: Findings) -> Any:
    found = text("write a name such as vendor-follow-up")(node, path, findings)
    if found is ABSENT:
        return found
    if not NAME.fullmatch(found):
        return wrong(node, path, findings, "write at most 60 letters, digits, - and _, such as vendor-follow-up")
    if found in BUILT_IN:
        return wrong(node, path, findings, "this name is built in; choose another one")
    return found


def _at_start(node: Node, path: str, findings: Findings) -> Any:
    """A template that is filled when a job starts."""
    findings.scope = AT_START
    return template("write a text")(node, path, findings)


def _inputs(node: Node, path: str, findings: Findings) -> Any:
    found = named(one_input, "write a map such as {person: {required: true}}")(node, path, findings)
    for entry in node.entries if isinstance(node, Mapping) else ():
        default = entry.node.nodes.get("default") if isinstance(entry.node, Mapping) else None
        if isinstance(default, Scalar) and default.value is not None:
            findings.givens.append(Given(entry.key, default.text, default.at, f"{path}.{entry.key}.default"))
    return found


WORKFLOW = Fields(
    {
        "name": _name,
        "about": text("write what it is for"),
        "title": _at_start,
        "inputs": _inputs,
        "on": triggers,
        "subject": _at_start,
        "overlap": one_of("skip", "queue", "supersede", "allow"),
        "priority": one_of("low", "normal", "high", "urgent"),
        "deadline": duration,
        "budget": BUDGET,
        "steps": steps,
    },
    ("name", "steps"),
    "{name: …, steps: […]}",
    {"key": "it belongs to a trigger", "schedule": "it belongs to a trigger: on: [{schedule: …}]"},
)
