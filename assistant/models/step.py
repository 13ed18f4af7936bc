"""From a `model:` step, as a workflow keeps it once rendered, to the work that it asks for."""

from assistant.errors import UsageError
from assistant.jsontext import dump
from assistant.ports.model import Classify, Draft, Extract, Summarise, Work

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TASKS = ("draft", "summarise", "classify", "extract")


def work_of(action: "dict[str, Any]") -> Work:
    """The work. UsageError where it is none, or lacks what it needs.

    >>> work_of({"classify": "It burns.", "labels": ["urgent", "later"], "max_cost_usd": 0.02})
    Classify(text='It burns.', labels=('urgent', 'later'))
    """
    named = [task for task in TASKS if task in action]
    if len(named) != 1:
        raise UsageError(f"model has {' and '.join(named) or 'no task'}; write exactly one of {', '.join(TASKS)}")
    given = _text(action[named[0]])
    if named[0] == "draft":
        return Draft(given, _text(action.get("material", "")))
    if named[0] == "summarise":
        return Summarise(given, _whole(action.get("sentences", 3)))
    if named[0] == "classify":
        return Classify(given, tuple(_text(label) for label in _many(action.get("labels"))))
    return Extract(given, dict(action.get("fields") or {}), action.get("schema"))


def _text(value: "Any") -> str:
    return value if isinstance(value, str) else dump(value)


def _many(value: "Any") -> "list[Any]":
    if not isinstance(value, list):
        raise UsageError("classify has no labels; write a list such as labels: [urgent, later]")
    return value


def _whole(value: "Any") -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise UsageError(f"sentences is {_text(value)[:40]}; write a number such as 3")
    return value
