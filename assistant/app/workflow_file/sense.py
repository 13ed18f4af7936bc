"""What cannot be meant: steps that are never reached, effects and probes that say nothing, policies without ground."""

import re
from typing import Any

from assistant.app.workflow_file.actions import INLINE
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Place, Sequence, quoted
from assistant.app.workflow_file.steps import default_effect
from assistant.core.template_text import is_template

CHANGING = ("mail", "mail_draft", "file")
BY_FALLBACK = re.compile(r"\s*steps\.(\w+)\.by\s*==\s*(?:'fallback'|\"fallback\")\s*")
NAMES = re.compile(r"\b(?!(?:true|false|none|True|False|None|not|and|or|in|is|if|else)\b)[A-Za-z_]")


def check_sense(found: dict[str, Any], root: Node, findings: Findings) -> None:
    """Check each step against the others and against itself."""
    nodes = root.nodes.get("steps") if isinstance(root, Mapping) else None
    steps = found.get("steps")
    if not isinstance(nodes, Sequence) or not steps:
        return
    _check_ids(steps, nodes, findings)
    earlier: dict[str, dict[str, Any]] = {}
    for place, (step, node) in enumerate(zip(steps, nodes.items, strict=True)):
        if isinstance(node, Mapping):
            path = f"steps[{place}]"
            _check_reached(step, node, path, findings, earlier)
            _check_approval(step, node, path, findings, earlier)
            _check_acting(step, node, path, findings)
        if "id" in step:
            earlier.setdefault(step["id"], step)


def _check_ids(steps: list[dict[str, Any]], nodes: Sequence, findings: Findings) -> None:
    first: dict[str, Place] = {}
    for place, (step, node) in enumerate(zip(steps, nodes.items, strict=True)):
        if "id" not in step or not isinstance(node, Mapping):
            continue
        at = node.nodes["id"].at
        if step["id"] in first:
            line = first[step["id"]].line
            path = f"steps[{place}].id"
            findings.fault(
                at, path, f"{path} is {quoted(step['id'])}, as is the step in line {line}; give each its own id"
            )
        first.setdefault(step["id"], at)


def _check_reached(
    step: dict[str, Any], node: Mapping, path: str, findings: Findings, earlier: dict[str, dict[str, Any]]
) -> None:
    when = step.get("when")
    if when is None:
        return
    at = node.nodes["when"].at
    by_fallback = BY_FALLBACK.fullmatch(when)
    if by_fallback and by_fallback[1] in earlier and "fallback" not in earlier[by_fallback[1]]:
        findings.fault(
            at, f"{path}.when",
            f"{path} is never reached: {quoted(by_fallback[1])} has no fallback; give it one, or take this step out",
        )  # fmt: skip
    elif _is_never(when):
        findings.fault(
            at, f"{path}.when", f"{path} is never reached: {quoted(when)} is always false; take the step out"
        )


def _is_never(condition: str) -> bool:
    """Whether a condition without any name is false."""
    from assistant.core.template import TemplateFault, holds
    from assistant.core.template_text import without_strings

    if "*" in condition or NAMES.search(without_strings(condition)):  # a product may take long
        return False
    try:
        return not holds(condition, {})
    except TemplateFault:
        return False


def _check_approval(
    step: dict[str, Any], node: Mapping, path: str, findings: Findings, earlier: dict[str, dict[str, Any]]
) -> None:
    approve, where = step.get("approve"), node.nodes.get("approve")
    if approve is None or not isinstance(where, Mapping):
        return
    if approve.get("on_expiry") == "fallback" and "fallback" not in node.nodes:
        at = where.nodes["on_expiry"].at
        findings.fault(
            at, f"{path}.approve.on_expiry", f"{path} has no fallback to expire to; add fallback, or write deny"
        )
    rechecks = where.nodes.get("recheck")
    for number, one in enumerate(approve.get("recheck", ())):
        own = f"{path}.approve.recheck[{number}]"
        at = rechecks.items[number].at if isinstance(rechecks, Sequence) and number < len(rechecks.items) else where.at
        if one not in earlier:
            findings.fault(at, own, f"{own} is {quoted(one)}, which is no earlier step; name a step with effect: read")
        elif earlier[one].get("effect") != "read":
            findings.fault(at, own, f"{own} is {quoted(one)}, which does not only read; name a step with effect: read")


def _check_acting(step: dict[str, Any], node: Mapping, path: str, findings: Findings) -> None:
    """The step itself, its fallbacks and its undo."""
    _check_effect(step, node, path, findings)
    _check_ladder(step, node, path, findings)
    undo, fallbacks = node.nodes.get("undo"), node.nodes.get("fallback")
    if isinstance(undo, Mapping) and step.get("undo"):
        _check_effect(step["undo"], undo, f"{path}.undo", findings)
    entries = step.get("fallback", [])
    if not isinstance(fallbacks, Sequence) or len(entries) != len(fallbacks.items):
        return
    chain = [(step, path), *((entry, f"{path}.fallback[{place}]") for place, entry in enumerate(entries))]
    for place, (entry, part) in enumerate(zip(entries, fallbacks.items, strict=True)):
        before, told = chain[place]
        if _cannot_fail(before):
            own = f"{path}.fallback[{place}]"
            findings.fault(part.at, own, f"{own} is never reached: {told} is a text that cannot fail; take it out")
        if isinstance(part, Mapping):
            _check_acting(entry, part, f"{path}.fallback[{place}]", findings)


def _cannot_fail(one: dict[str, Any]) -> bool:
    fixed = one.get("kind") == "text" and not is_template(one["action"]["text"])
    return fixed and not {"when", "for_each", "approve"} & one.keys()


def _check_effect(one: dict[str, Any], node: Mapping, path: str, findings: Findings) -> None:
    kind, effect = one.get("kind"), one.get("effect")
    if kind is None:
        return
    said = node.nodes.get("effect")
    if said is not None and kind in INLINE:
        findings.fault(
            said.at, f"{path}.effect", f"{path}.effect says nothing: {kind} changes nothing outside; take it out"
        )
    changes = kind in CHANGING or (kind == "calendar" and "add" in one["action"])
    if effect == "read" and changes:
        usual = default_effect(kind, one["action"])
        findings.fault(said.at if said else node.at, f"{path}.effect",
                       f"{path}.effect is 'read', but {kind} changes something; write {usual}")  # fmt: skip
    probe = node.nodes.get("probe")
    if probe is not None and kind in INLINE:
        findings.fault(
            probe.at, f"{path}.probe", f"{path}.probe finds out nothing: {kind} changes nothing outside; take it out"
        )
    elif probe is not None and effect in ("read", "keyed", "repeatable"):
        why = f"{path}.probe is not used with effect: {effect}; write effect: once, or take it out"
        findings.fault(probe.at, f"{path}.probe", why)


def _check_ladder(one: dict[str, Any], node: Mapping, path: str, findings: Findings) -> None:
    for key in ("until", "repeat", "escalate"):
        there = node.nodes.get(key)
        if there is None:
            continue
        if one.get("kind") not in ("notify", None):
            findings.fault(there.at, f"{path}.{key}", f"{path}.{key} belongs to notify; only a message is answered")
        elif key != "until" and "until" not in node.nodes:
            findings.fault(
                there.at, f"{path}.{key}", f"{path}.{key} needs until: ack; add it, so that an answer ends it"
            )
