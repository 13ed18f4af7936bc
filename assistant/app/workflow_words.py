"""What a kept workflow is, in few words: its steps in a line, its triggers, and how it is run by hand."""

from assistant.app.workflow_graph import said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ASKS = "asks you"
FEW = 12  # steps in a line


def steps_line(document: "dict[str, Any]") -> str:
    """The steps in their order, and where the person is asked.

    >>> steps_line({"steps": [{"id": "draft", "kind": "text"}, {"id": "ok", "kind": "ask"},
    ...     {"id": "send", "kind": "mail", "approve": {"mode": "always"}}]})
    'draft → asks you (ok) → asks you → send'
    """
    words: list[str] = []
    for step in document["steps"]:
        mode = (step.get("approve") or {}).get("mode")
        if step["kind"] == "ask":
            words.append(f"{ASKS} ({step['id']})")
            continue
        if mode == "always" or (step["kind"] == "mail" and mode is None):
            words.append(ASKS)
        elif mode == "when":
            words.append("may ask you")
        words.append(step["id"])
    more = len(words) - FEW
    return " → ".join(words[:FEW]) + (f" → {more} more" if more > 0 else "")


def trigger_line(trigger: "dict[str, Any]") -> str:
    """What starts a job, with its conditions."""
    label, more = said.trigger(trigger)
    return " · ".join((label, *(line for line in more if not line.startswith("zone "))))


def run_line(document: "dict[str, Any]") -> str:
    """The command that runs it by hand, with the inputs it needs.

    >>> run_line({"name": "follow-up", "inputs": {"person": {"required": True}, "topic": {"default": "x"}}})
    'ask run follow-up person=…'
    """
    needed = [name for name, one in (document.get("inputs") or {}).items() if one.get("required")]
    return " ".join(("ask run", document["name"], *(f"{name}=…" for name in needed)))


def nearest(word: str, names: "list[str]") -> str | None:
    """The name that is most like a word."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:80], names, 1)), None)
