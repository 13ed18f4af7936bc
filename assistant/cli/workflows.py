"""`ask workflow`."""

import sys

from assistant.app.session import Session
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.workflow_file.check import Checked


def check(parsed: Parsed, session: Session) -> Output:
    """Check a workflow file."""
    from assistant.app.workflows import check_workflow

    return told(check_workflow(session, parsed.words[0], sys.stdin.buffer), parsed)


def told(checked: "Checked", parsed: Parsed) -> Output:
    """What a check found."""
    return Output(
        json=lambda: {"ok": checked.ok, "errors": [_jsonable(error) for error in checked.errors]},
        ids=lambda: [checked.document["name"]] if checked.document else [],
        plain=lambda: _rows(checked),
        human=lambda: _said(checked),
        notes=() if checked.ok or parsed.json else (_counted(len(checked.errors)),),
        code=0 if checked.ok else 2,
    )


def _jsonable(error: "Any") -> "dict[str, Any]":
    return {name: getattr(error, name) for name in ("file", "line", "column", "path", "message")}


def _rows(checked: "Checked") -> "list[list[object]]":
    if checked.document is not None:
        return [[checked.document["name"], *(step["id"] for step in checked.document["steps"])]]
    return [[f"{error.file}:{error.line}:{error.column}", error.message] for error in checked.errors]


def _said(checked: "Checked") -> list[str]:
    if checked.document is not None:
        return _in_order(checked.document)
    return [f"  {error.file}:{error.line}:{error.column}  {error.message}" for error in checked.errors]


def _counted(count: int) -> str:
    return f"  {count} {'error' if count == 1 else 'errors'}; nothing was kept"


def _in_order(document: "dict[str, Any]") -> list[str]:
    """What was understood."""
    steps = " → ".join(step["id"] for step in document["steps"])
    starts = [_start(trigger) for trigger in document["on"]] or ["by hand"]
    return [f"  {document['name']} is in order: {steps}", dim(f"      starts: {' · '.join(starts)}")]


def _start(trigger: "dict[str, Any]") -> str:
    if "event" in trigger:
        return f"event {trigger['event']}"
    from datetime import datetime

    kept = trigger["schedule"]
    at = datetime.fromisoformat(kept["wall"])
    following = "next" if kept["rule"] else "once,"
    return f"{kept['text']} · {following} {at:%a} {at.day} {at:%b %Y %H:%M} {kept['zone']}"
