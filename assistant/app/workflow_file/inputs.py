"""The inputs that a workflow or a question declares."""

from datetime import date
from typing import Any

from assistant.app.workflow_file.fields import ABSENT, Fields, anything, flag, one_of, wrong
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, scalars
from assistant.core.template_text import is_template

_INPUT = Fields(
    {"required": flag, "default": anything, "type": one_of("text", "number", "date", "list")},
    example="{required: true} or {default: …}",
)


def one_input(node: Node, path: str, findings: Findings) -> Any:
    """One input: whether it must be given, what it is else, and of what type it is."""
    if isinstance(node, Scalar) and node.value is None:
        return {}
    found = _INPUT(node, path, findings)
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    default = node.nodes.get("default")
    if default is not None:
        if found.get("required"):
            findings.fault(default.at, f"{path}.default", f"{path} is required and has a default; keep one of them")
        _check_default(default, found.get("type"), f"{path}.default", findings)
        if found.get("type") == "text" and isinstance(default, Scalar) and default.value is not None:
            found["default"] = default.text
    return found


def _check_default(node: Node, kind: str | None, path: str, findings: Findings) -> None:
    if any(isinstance(one.value, str) and is_template(one.text) for one in scalars(node)):
        wrong(node, path, findings, "a default is kept as written and is no template; give templates at a trigger")
        return
    value = node.value if isinstance(node, Scalar) else None
    if value is None and isinstance(node, Scalar):
        return
    fits = {
        None: True,
        "text": isinstance(node, Scalar),
        "number": isinstance(value, (int, float)) and not isinstance(value, bool),
        "list": not isinstance(node, (Scalar, Mapping)),
        "date": isinstance(value, str) and _is_date(value),
    }
    if not fits[kind]:
        form = {"number": "a number such as 5", "list": "a list such as [a, b]", "date": "a date such as 2026-12-24"}
        wrong(node, path, findings, f"its type is {kind}; write {form.get(kind or '', 'a text')}")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
