"""Inputs at triggers: that each is declared, and that every required one is given."""

from typing import Any

from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Sequence, quoted


def check_inputs(found: dict[str, Any], root: Node, findings: Findings) -> None:
    """Check each trigger against the declared inputs."""
    declared: dict[str, Any] = found.get("inputs") or {}
    nodes = root.nodes.get("on") if isinstance(root, Mapping) else None
    for place, node in enumerate(nodes.items if isinstance(nodes, Sequence) else ()):
        if not isinstance(node, Mapping):
            continue
        path = f"on[{place}]"
        given = node.nodes.get("inputs")
        names = given.nodes if isinstance(given, Mapping) else {}
        for entry in given.entries if isinstance(given, Mapping) else ():
            if entry.key not in declared:
                near = findings.nearest(entry.key, declared)
                fix = f"did you mean {quoted(near)}?" if near else "add it to inputs, or take it out"
                own = f"{path}.inputs.{entry.key}"
                findings.fault(entry.place, own, f"{own} is no input of this workflow; {fix}")
        missing = [name for name, one in declared.items() if one.get("required") and name not in names]
        if missing:
            told = " and ".join(quoted(name) for name in missing)
            findings.fault(
                node.at, path, f"{path} does not give {told}, required by inputs; add inputs: {{{missing[0]}: …}}"
            )
