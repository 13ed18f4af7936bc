"""Values that a person types for what waits: edits of an action, fields of a question. Each gets the type it needs."""

from assistant.errors import UsageError
from assistant.jsontext import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MISSING = object()
MANY = frozenset({"to"})  # a text, or a list of them
A_LIST = 'a list as JSON, such as ["a", "b"]'


def pair(text: str) -> "tuple[str, str]":
    """Name and value of `name=value`."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"{text[:60]!r} is no NAME=VALUE.", "write it as body='a text', or body=@- to read stdin")
    return name.strip(), value


def typed(name: str, text: str, kind: str | None, present: "Any" = MISSING) -> "Any":
    """A value for a name: of the type that is declared, else of the type that stands there, else as YAML reads it.

    >>> typed("n", "5", "number"), typed("t", "5", "text"), typed("l", "a, b", "list"), typed("x", "[1]", None, [2])
    (5, '5', ['a', 'b'], [1])
    """
    if kind == "text" or (kind is None and isinstance(present, str) and not (name in MANY and text[:1] == "[")):
        return text
    if kind == "list":
        return _list(name, text)
    if kind is None and (isinstance(present, list) or (name in MANY and isinstance(present, str))):
        return _structure(name, text, list, A_LIST)
    if kind is None and isinstance(present, dict):
        return _structure(name, text, dict, 'a map as JSON, such as {"a": 1}')
    value = plain(text)
    if (kind == "number" or (kind is None and _is_number(present))) and not _is_number(value):
        _refused(name, text, "a number such as 5")
    if kind is None and isinstance(present, bool) and not isinstance(value, bool):
        _refused(name, text, "true or false")
    return text if kind == "date" else value


def plain(text: str) -> "Any":
    """A list or map as JSON, anything else as YAML 1.2 reads a plain word."""
    if text.lstrip()[:1] in ("[", "{"):
        try:
            return load(text)
        except ValueError:
            return text
    from assistant.app.workflow_file.scalars import resolved

    try:
        return resolved(text.strip())
    except ValueError as error:
        raise UsageError(f"{text[:60]!r} is {error}.", "write it as text in JSON quotes") from None


def _is_number(value: "Any") -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _list(name: str, text: str) -> "Any":
    if text.lstrip().startswith("["):
        return _structure(name, text, list, A_LIST)
    return [part.strip() for part in text.split(",") if part.strip()]


def _structure(name: str, text: str, kind: type, form: str) -> "Any":
    try:
        value = load(text)
    except ValueError:
        value = None
    return value if isinstance(value, kind) else _refused(name, text, form)


def _refused(name: str, text: str, form: str) -> "Any":
    raise UsageError(f"{name} cannot be {text[:60]!r}.", f"write {form}")
