"""JSON that a person or a program hands in: bounded, and refused with the place of what is wrong."""

import json

from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST = 1_000_000  # bytes
DEEPEST = 100


def read_json(text: str, what: str) -> "Any":
    """What a JSON text says. UsageError, with line and column, where it is none.

    >>> read_json('{"a": [1, null]}', "the data")
    {'a': [1, None]}
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise UsageError(
            f"{_capital(what)} is larger than {LARGEST:,} bytes.", "hand in the name of a file that holds it"
        )
    try:
        found = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UsageError(
            f"{_capital(what)} is no JSON: {error.msg} at {where}.", 'write JSON, such as {"id": 5}'
        ) from error
    except RecursionError as error:
        raise _too_deep(what) from error
    except ValueError as error:
        raise UsageError(
            f"{_capital(what)} is no JSON that can be kept: {error}.", "write such a value as a text"
        ) from error
    _check(found, what)
    return found


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _check(found: "Any", what: str) -> None:
    """Refuse what the store cannot hold: nesting without end, and halves of characters."""
    level = [found]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += [*value.keys(), *value.values()]
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
                raise UsageError(
                    f"{_capital(what)} holds half a character (\\ud800 to \\udfff).", "write it anew as UTF-8"
                )
        if not below:
            return
        level = below
    raise _too_deep(what)


def _too_deep(what: str) -> UsageError:
    return UsageError(f"{_capital(what)} is nested more than {DEEPEST} deep.", "hand in a flatter one")


def _capital(what: str) -> str:
    return what[0].upper() + what[1:]
