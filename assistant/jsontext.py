"""Canonical JSON text: sorted keys, no spaces. Writing avoids `json`, which costs a third of the start-up floor."""

from _json import encode_basestring as quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def dump(value: object) -> str:
    """Canonical JSON of plain values: the same value always gives the same text.

    >>> dump({"b": [1, None, True], "a": "é"})
    '{"a":"é","b":[1,null,true]}'
    """
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{quote(str(key))}:{dump(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(dump, value)) + "]"
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        return float.__repr__(value)
    raise TypeError(f"{value!r} has no place in JSON")


def load(text: str) -> "Any":
    """What a JSON text says."""
    if text == "[]":
        return []
    if text == "{}":
        return {}
    import json

    return json.loads(text)
