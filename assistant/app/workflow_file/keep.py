"""The kept form of a workflow: plain values that the engine reads. What is null or the default is left out."""

from typing import Any

ORDER = (
    "id", "title", "kind", "action", "when", "for_each", "at_once", "retry", "timeout", "effect", "probe", "approve",
    "limit", "fallback", "undo", "until", "repeat", "escalate", "sample",
)  # fmt: skip
WHOLE = ("name", "about", "title", "inputs", "on", "subject", "overlap", "priority", "deadline", "budget", "steps")
DEFAULTS = {"overlap": "allow", "priority": "normal"}


def kept(found: dict[str, Any]) -> dict[str, Any]:
    """The canonical document of a file without faults."""
    whole = {**DEFAULTS, "inputs": {}, "on": [], **found}
    whole["inputs"] = {name: _input(one) for name, one in whole["inputs"].items()}
    whole["steps"] = [_step(step) for step in whole["steps"]]
    return {key: whole[key] for key in WHOLE if key in whole}


def _input(one: dict[str, Any]) -> dict[str, Any]:
    return {"required": one.get("required", False), "default": one.get("default"), "type": one.get("type")}


def _step(step: dict[str, Any]) -> dict[str, Any]:
    made = {key: step[key] for key in ORDER if key in step}
    if "fallback" in made:
        made["fallback"] = [_step(entry) for entry in made["fallback"]]
    if "undo" in made:
        made["undo"] = _step(made["undo"])
    return made
