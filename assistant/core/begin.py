"""What a job begins with: its inputs, checked against what its workflow declares, and its title."""

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST_TITLE = 200
FORMS = {
    "number": "a number such as 5",
    "list": "a list such as [a, b]",
    "date": "a date such as 2026-12-24",
    "text": "a text",
}


def inputs_of(declared: "dict[str, Any]", given: "dict[str, Any]") -> "dict[str, Any]":
    """The inputs of a job. ValueError, with the name and the fix, where one is missing, unknown or of another type.

    >>> inputs_of({"person": {"required": True}, "topic": {"default": "the call"}}, {"person": "ada"})
    {'person': 'ada', 'topic': 'the call'}
    """
    for name in given:
        if name not in declared:
            there = ", ".join(declared) or "none"
            raise ValueError(f"there is no input {name!r}; its inputs are: {there}")
    made = {}
    for name, one in declared.items():
        if name in given:
            made[name] = _checked(name, given[name], one.get("type"))
        elif one.get("required"):
            raise ValueError(f"the input {name!r} is required; give {name}=…")
        else:
            made[name] = one.get("default")
    return made


def _checked(name: str, value: "Any", kind: str | None) -> "Any":
    fits = {
        None: True,
        "text": isinstance(value, (str, int, float)) and not isinstance(value, bool),
        "number": isinstance(value, (int, float)) and not isinstance(value, bool),
        "list": isinstance(value, list),
        "date": isinstance(value, str) and _is_date(value),
    }
    if not fits.get(kind, True):
        raise ValueError(f"the input {name!r} is {value!r}; write {FORMS[str(kind)]}")
    return str(value) if kind == "text" and not isinstance(value, str) else value


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def title_of(template: str | None, name: str, inputs: "dict[str, Any]", more: "dict[str, Any] | None" = None) -> str:
    """The title of a job: what its workflow says, else the workflow's name. ValueError where it cannot be filled."""
    if template is None:
        return name
    from assistant.core.template import render

    title = " ".join(str(render(template, {"inputs": inputs, **(more or {})})).split())
    return title[:LONGEST_TITLE] or name
