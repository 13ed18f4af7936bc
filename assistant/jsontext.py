"""Canonical JSON text: sorted keys, no spaces. Avoids `json`, which costs a third of the start-up floor.

Both ways are C functions on which `json` itself is built, with what `json` would hand them.
"""

from _json import encode_basestring, make_encoder, make_scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def dump(value: object) -> str:
    """Canonical JSON of plain values: the same value always gives the same text.

    >>> dump({"b": [1, None, True], "a": "é"})
    '{"a":"é","b":[1,null,true]}'
    >>> dump(float("nan"))
    Traceback (most recent call last):
    TypeError: nan has no place in JSON
    """
    try:
        return "".join(_encode(value, 0))
    except ValueError:
        raise _refused(value) from None


def load(text: str) -> "Any":
    """What a JSON text says.

    >>> load('{"a":[1,null,"é"]}')
    {'a': [1, None, 'é']}
    """
    try:
        value, end = _scan(text, 0)
        if end == len(text):
            return value
    except StopIteration:
        pass
    import json  # blanks around it, or no JSON: `json` takes the one and says of the other where

    return json.loads(text)


def _refused(value: object) -> TypeError:
    return TypeError(f"{value!r} has no place in JSON")


def _refuse(value: object) -> object:
    raise _refused(value)


class _Reading:
    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float  # NaN and Infinity, as `json` reads them


# No memory of containers, since ours hold no circles; no indent; sorted; keys of other kinds and NaN are refused.
_encode = make_encoder(None, _refuse, encode_basestring, None, ":", ",", True, False, False)
_scan = make_scanner(_Reading)  # type: ignore[arg-type]  # typeshed has its parameter wrong
