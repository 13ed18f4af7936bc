"""What may stand beside an action: when and how often it is tried, who approves it, what limits it."""

from typing import Any

from assistant.app.workflow_file.fields import (
    ABSENT,
    Fields,
    condition,
    duration,
    listing,
    number,
    one_of,
    seconds,
    text,
    whole,
    wrong,
)
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar

LONGEST_APPROVAL = "7d"
RETRY = Fields(
    {
        "attempts": whole(1, 1_000, "5"),
        "first": seconds,
        "factor": number(1, 100, "2"),
        "max": seconds,
        "permanent": listing(whole(1, 599, "2"), "write a list of exit codes or statuses, such as [2]"),
        "park": duration,
    },
    example="{attempts: 5, first: 30s}",
)
LIMIT = Fields(
    {"to": text("name what is limited, such as mail"), "at_once": whole(1, 1_000, "1"), "per": seconds},
    ("to",),
    "{to: mail, at_once: 1}",
)
BUDGET = Fields(
    {"failures": whole(1, 1_000, "3"), "window": duration}, ("failures", "window"), "{failures: 3, window: 7d}"
)
APPROVE = Fields(
    {
        "when": condition("write a condition such as inputs.amount > 50"),
        "expires": duration,
        "on_expiry": one_of("deny", "fallback"),
        "recheck": listing(text("write the id of a step"), "write a list of ids of read steps", least=1),
    },
    example="{expires: 2d, on_expiry: deny}",
)


def retry(node: Node, path: str, findings: Findings) -> Any:
    """The policy, with its defaults."""
    found = RETRY(node, path, findings)
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    made = {"attempts": 3, "first": 30, "factor": 2, "max": 3600, "permanent": [], **found}
    if "first" in found and "max" not in found:
        made["max"] = max(made["first"], made["max"])
    if made["first"] > made["max"]:
        key = "first" if "first" in node.nodes else "max"
        wrong(node.nodes[key], f"{path}.{key}", findings, "first is longer than max; make max the longer one")
    return made


def limit(node: Node, path: str, findings: Findings) -> Any:
    """How much at once, and how often."""
    found = LIMIT(node, path, findings)
    if found is not ABSENT and isinstance(node, Mapping) and not ({"at_once", "per"} & node.nodes.keys()):
        findings.fault(node.at, path, f"{path} limits nothing; add at_once: 1 or per: 10s")
    return found


def approve(node: Node, path: str, findings: Findings) -> Any:
    """Whether a person is asked before the step acts."""
    if isinstance(node, Scalar):
        mode = one_of("always", "never")(node, path, findings)
        return mode if mode is ABSENT else _approval(mode, {})
    found = APPROVE(node, path, findings)
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    return _approval("when" if "when" in node.nodes else "always", found)


def _approval(mode: str, found: dict[str, Any]) -> dict[str, Any]:
    if mode == "never":
        return {"mode": "never"}
    return {"mode": mode, "expires": LONGEST_APPROVAL, "on_expiry": "deny", "recheck": [], **found}
