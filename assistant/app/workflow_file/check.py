"""Check a workflow file: every fault at once, each with its place and its fix; without faults, the form to keep."""

from dataclasses import dataclass
from typing import Any

from assistant.app.workflow_file.calls import check_calls
from assistant.app.workflow_file.findings import Findings, Known, in_order
from assistant.app.workflow_file.keep import kept
from assistant.app.workflow_file.load import load
from assistant.app.workflow_file.model import read_workflow
from assistant.app.workflow_file.names import check_names, check_people
from assistant.app.workflow_file.needs import check_inputs
from assistant.app.workflow_file.nodes import Fault, Place, Scalar
from assistant.app.workflow_file.sense import check_sense


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `document` is the kept form, None where there are errors."""

    ok: bool
    errors: tuple[Fault, ...]
    document: dict[str, Any] | None


def check_file(text: str, file: str, known: Known) -> Checked:
    """Check the text of a file; `file` is its name in the answer. Never raises, and takes bounded time and memory."""
    loaded = load(text, file)
    findings = Findings(file, known)
    findings.faults += loaded.faults
    root = loaded.root
    if root is None or (isinstance(root, Scalar) and root.value is None):
        if not findings.faults:
            findings.fault(Place(1, 1), "", "the file is empty; begin with name: and steps:")
        return Checked(ok=False, errors=in_order(findings.faults), document=None)
    found = read_workflow(root, findings)
    check_names(found, findings)
    check_people(found, findings)
    check_inputs(found, root, findings)
    check_sense(found, root, findings)
    check_calls(found.get("name"), findings)
    errors = in_order(findings.faults)
    return Checked(not errors, errors, None if errors else kept(found))


__all__ = ["Checked", "Fault", "Known", "check_file"]
