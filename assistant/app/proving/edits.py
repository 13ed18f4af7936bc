"""What a person changes of an action before they approve it. Knows no store and no story."""

from typing import Any

# What a person would change, in this order: a text first, where the thing goes last.
FIELDS = ("body", "text", "append", "write", "json", "argv", "draft", "add", "subject", "path", "url")
MARK = "edited"


def edits_of(values: dict[str, Any]) -> dict[str, Any]:
    """An edit of an action, or of the inputs of a job: a name and its new value. Empty where nothing can be edited.

    >>> edits_of({"argv": ["pay", "5"]}), edits_of({"who": "ada", "n": 1}), edits_of({"n": 1})
    ({'argv': ['pay', '5', 'edited']}, {'who': 'ada edited'}, {})
    """
    for name in (*FIELDS, *values):
        value = values.get(name)
        if isinstance(value, str) and value and name not in ("to", "method"):
            return {name: f"{value}?{MARK}" if name == "url" else f"{value} {MARK}"}
        if isinstance(value, list):
            return {name: [*value, MARK]}
        if isinstance(value, dict) and name in FIELDS:
            return {name: {**value, MARK: True}}
    return {}


def edited(proposal: dict[str, Any], edits: dict[str, Any]) -> dict[str, Any]:
    """The action that was shown, with the edits in it: what must run, byte for byte.

    >>> edited({"action": "run", "argv": ["pay"]}, {"argv": ["pay", "edited"]})
    {'run': {'argv': ['pay', 'edited']}}
    """
    action = {name: value for name, value in proposal.items() if name != "action"}
    return {str(proposal["action"]): {**action, **edits}}
