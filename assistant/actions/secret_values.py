"""`{secret: NAME, prefix: "Bearer "}` in an action: its value when it is needed, and never in what comes back."""

from assistant.errors import Missing
from assistant.jsontext import dump
from assistant.mask import Mask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.ports.action import SecretReader


class Unusable(Exception):
    """The action cannot be performed as it is written."""


class SecretValues(Mask):
    """The secrets of one call. They live as long as the call, and `hide` takes them out of all that is given back."""

    def __init__(self, reader: "SecretReader | None") -> None:
        super().__init__()
        self._reader = reader

    def text(self, value: "Any", place: str) -> str:
        """The text that a value of an action stands for. Missing where it is a secret that is not there.

        >>> SecretValues(None).text(5, "stdin"), SecretValues(None).text({"a": True}, "stdin")
        ('5', '{"a":true}')
        """
        if not is_secret(value):
            return plain_text(value, place)
        if self._reader is None:
            raise Missing(f"{place} takes the secret {value['secret']!r}, and there are none here.")
        secret = self._reader.read(str(value["secret"]))
        self.note(secret)
        return plain_text(value.get("prefix", ""), place) + secret


def is_secret(value: "Any") -> bool:
    """Whether a value of an action names a secret.

    >>> is_secret({"secret": "token", "prefix": "Bearer "}), is_secret({"secret": "a", "b": 1}), is_secret("secret")
    (True, False, False)
    """
    return isinstance(value, dict) and "secret" in value and value.keys() <= {"secret", "prefix"}


def named(value: "Any", place: str) -> "dict[str, Any]":
    """What an action gives by name: headers, or variables."""
    if value is None:
        return {}
    if not isinstance(value, dict) or is_secret(value):
        raise Unusable(f"{place} is no list of names and values")
    return {str(name): part for name, part in value.items()}


def plain_text(value: "Any", place: str) -> str:
    """A value of an action as text: a text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        raise Unusable(f"{place} is empty")
    try:
        return dump(value)
    except TypeError as error:
        raise Unusable(f"{place}: {error}") from error
