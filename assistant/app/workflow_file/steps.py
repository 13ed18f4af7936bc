"""Steps, fallbacks, undos and rungs: an action and its policies, in the form that is kept."""

import re
from typing import Any

from assistant.app.workflow_file.actions import ACTIONS, INLINE
from assistant.app.workflow_file.fields import (
    ABSENT,
    Fields,
    Reader,
    anything,
    condition,
    duration,
    listing,
    one_of,
    seconds,
    template,
    text,
    whole,
    wrong,
)
from assistant.app.workflow_file.findings import Findings, Scope
from assistant.app.workflow_file.nodes import Mapping, Node, Sequence
from assistant.app.workflow_file.policies import approve, limit, retry
from assistant.app.workflow_file.programs import BESIDE, check_stdin

NAMES = frozenset({"inputs", "event", "steps", "job", "key", "now", "prefs", "people"})
ID = re.compile(r"[A-Za-z0-9_]{1,60}")
MOST = 200
PROBES = ("run", "http")
RUNGS = ("notify", "task", "run", "http", "mail", "mail_draft", "emit")
STEP = "{id: greet, text: Hello}"
ENTRY = "{text: Hello}"
DEFAULT_EFFECTS = {"run": "once", "mail": "once", "mail_draft": "once", "model": "once", "brief": "read"}
METHOD_EFFECTS = {"GET": "read", "HEAD": "read", "PUT": "keyed", "DELETE": "keyed"}
ONLY_OF_A_STEP = "it belongs to the step itself"


def steps(node: Node, path: str, findings: Findings) -> Any:
    """All steps, in order."""
    if not isinstance(node, Sequence) or not node.items:
        return wrong(node, path, findings, f"write a list of steps, such as [{STEP}]")
    if len(node.items) > MOST:
        return wrong(node.items[MOST], path, findings, f"write at most {MOST} steps; let one start another workflow")
    found = []
    for place, item in enumerate(node.items):
        findings.scope = Scope(NAMES, place, by_start=True)
        found.append(_step(item, f"{path}[{place}]", findings))
    return found


def _step(node: Node, path: str, findings: Findings) -> dict[str, Any]:
    """What could be read of one step; its place among the others is kept also where it is wrong."""
    if isinstance(node, Mapping) and "for_each" in node.nodes:
        findings.scope = findings.scope.with_names("item", "index")
    made = _acting(node, path, findings, {"id": _id, **WHOLE_STEP}, ("id",), STEP)
    if isinstance(node, Mapping) and "at_once" in node.nodes and "for_each" not in node.nodes:
        findings.fault(
            node.nodes["at_once"].at, f"{path}.at_once", f"{path}.at_once needs for_each; add it, or see limit"
        )
    return made


def _id(node: Node, path: str, findings: Findings) -> Any:
    found = text("write letters, digits and _")(node, path, findings)
    if found is not ABSENT and not ID.fullmatch(found):
        return wrong(node, path, findings, "write at most 60 letters, digits and _")
    return found


def _acting(
    node: Node,
    path: str,
    findings: Findings,
    own: dict[str, Reader],
    needs: tuple[str, ...] = (),
    example: str = ENTRY,
    actions: tuple[str, ...] = tuple(ACTIONS),
    refused: dict[str, str] | None = None,
) -> dict[str, Any]:
    """An action with policies: {"kind", "action", …}."""
    there = [key for key in node.nodes if key in ACTIONS] if isinstance(node, Mapping) else []
    beside = BESIDE if "run" in there else {}
    readers = {**own, **{name: ACTIONS[name] for name in actions}, **beside}
    refused = {
        **{name: f"give one of {', '.join(actions)}" for name in ACTIONS if name not in actions},
        **(refused or {}),
    }
    found = Fields(readers, needs, example, refused)(node, path, findings)
    if not found or not isinstance(node, Mapping):
        return {}
    _check_one_action(node, there, readers, path, findings)
    kind = next((key for key in found if key in ACTIONS), None)
    made = {key: value for key, value in found.items() if key not in ACTIONS and key not in beside}
    if kind is None:
        return made
    action = _with_beside(found[kind], {key: found[key] for key in found if key in beside}, node, path, findings)
    made = {**({"id": made.pop("id")} if "id" in made else {}), "kind": kind, "action": action, **made}
    if kind not in INLINE:
        made.setdefault("effect", default_effect(kind, action))
    return made


def _check_one_action(node: Mapping, there: list[str], known: dict[str, Reader], path: str, findings: Findings) -> None:
    if not there and all(key in known for key in node.nodes):  # an unknown key may be the action, misspelt
        findings.fault(node.at, path, f"{path} has no action; give one of {', '.join(ACTIONS)}")
    if len(there) > 1:
        second = next(entry for entry in node.entries if entry.key == there[1])
        told = f"{', '.join(there[:-1])} and {there[-1]}"
        findings.fault(second.place, path, f"{path} has {len(there)} actions, {told}; give each a step of its own")


def _with_beside(action: Any, beside: dict[str, Any], node: Mapping, path: str, findings: Findings) -> Any:
    """cwd, env and stdin may stand beside `run` or in it."""
    for key in beside:
        if key in action:
            findings.fault(node.nodes[key].at, f"{path}.{key}", f"{path}.{key} stands in run too; keep one of them")
    if "stdin" in beside and isinstance(action, dict):
        check_stdin({**action, **beside}, node, path, findings)
    return {**action, **beside} if beside else action


def default_effect(kind: str, action: dict[str, Any]) -> str:
    """What a repetition of an action may do, where the file does not say.

    >>> default_effect("http", {"method": "PUT"}), default_effect("file", {"append": "x"})
    ('keyed', 'once')
    """
    if kind == "http":
        return METHOD_EFFECTS.get(action.get("method", "GET"), "once")
    if kind == "file":
        return "keyed" if "write" in action else "once"
    if kind == "calendar":
        return "read" if "read" in action else "once"
    return DEFAULT_EFFECTS[kind]


def _fallback(node: Node, path: str, findings: Findings) -> Any:
    return listing(_entry, f"write a list, such as [{ENTRY}]", least=1)(node, path, findings)


def _entry(node: Node, path: str, findings: Findings) -> dict[str, Any]:
    return _acting(
        node, path, findings, POLICIES, refused=dict.fromkeys(("id", "for_each", "approve", "at_once"), ONLY_OF_A_STEP)
    )


def _undo(node: Node, path: str, findings: Findings) -> dict[str, Any]:
    """What takes the step's effect back; it may use what the step gave."""
    outer = findings.scope
    findings.scope = Scope(outer.names, outer.step, own=True, by_start=True)
    refused = (*WHOLE_STEP, "id", *POLICIES)
    made = _acting(node, path, findings, UNDO, refused=dict.fromkeys(refused, ONLY_OF_A_STEP))
    findings.scope = outer
    return made


def _probe(node: Node, path: str, findings: Findings) -> dict[str, Any]:
    made = _acting(node, path, findings, {}, example="{run: [was-it-sent, '{{ key }}']}", actions=PROBES)
    if made.get("kind") == "http" and made["effect"] != "read":
        findings.fault(node.at, path, f"{path} changes something; a probe only asks, by GET or HEAD")
    return {key: made[key] for key in ("kind", "action") if key in made}


def _rung(node: Node, path: str, findings: Findings) -> dict[str, Any]:
    made = _acting(node, path, findings, {"after": duration}, ("after",), "{after: 2h, notify: …}", RUNGS)
    return {key: made[key] for key in ("after", "kind", "action", "effect") if key in made}


def _outside_items(reader: Reader) -> Reader:
    """A value that is judged once for the step, before there are items."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        outer = findings.scope
        findings.scope = outer.without("item", "index")
        found = reader(node, path, findings)
        findings.scope = outer
        return found

    return read


UNDO: dict[str, Reader] = {
    "retry": retry,
    "limit": limit,
    "timeout": seconds,
    "effect": one_of("read", "keyed", "once", "repeatable"),
    "probe": _probe,
    "sample": anything,
    "title": template("write a title"),
}
POLICIES: dict[str, Reader] = {
    **UNDO,
    "when": _outside_items(condition("write a condition such as inputs.amount > 50")),
    "fallback": _fallback,
    "undo": _undo,
    "until": one_of("ack"),
    "repeat": listing(seconds, "write a list such as [15m, 30m]", least=1),
    "escalate": listing(_rung, "write a list such as [{after: 2h, notify: …}]", least=1),
}
WHOLE_STEP: dict[str, Reader] = {
    **POLICIES,
    "for_each": _outside_items(condition("write an expression that gives a list, such as inputs.people")),
    "at_once": whole(1, 100, "4"),
    "approve": approve,
}
