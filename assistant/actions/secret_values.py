"""`{secret: NAME, prefix: "Bearer "}` in an action: its value when it is needed, and never in what comes back."""

from assistant.errors import Missing
from assistant.jsontext import dump

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.ports.action import SecretReader

HIDDEN = "****"
PIECE = 4  # characters of a secret that was cut in two; fewer say nothing
LONG_LINE = 8  # characters; of a secret of many lines, each line of this length is hidden by itself too


class Unusable(Exception):
    """The action cannot be performed as it is written."""


class SecretValues:
    """The secrets of one call. They live as long as the call, and `hide` takes them out of all that is given back."""

    def __init__(self, reader: "SecretReader | None") -> None:
        self._reader = reader
        self._hidden: dict[str, None] = {}

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
        self._note(secret)
        return plain_text(value.get("prefix", ""), place) + secret

    def hide(self, text: str, *, cut: bool = False) -> str:
        """The text with `****` for each secret; where it was `cut`, also for the piece of one at either end."""
        for form in self._hidden:
            text = text.replace(form, HIDDEN)
        if cut:
            for form in self._hidden:
                text = _without_pieces(text, form)
        return text

    def hide_all(self, value: "Any") -> "Any":
        """The same for a JSON value: its texts, its names, and a number that is a secret."""
        if not self._hidden:
            return value
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, dict):
            return {self.hide(name): self.hide_all(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.hide_all(part) for part in value]
        return HIDDEN if not isinstance(value, bool) and str(value) in self._hidden else value

    def _note(self, secret: str) -> None:
        from base64 import b64encode
        from urllib.parse import quote, quote_plus

        pieces = [secret, secret.strip(), *(line for line in secret.split("\n") if len(line.strip()) >= LONG_LINE)]
        forms: set[str] = set(self._hidden)
        for piece in filter(None, pieces):
            if len(piece) < PIECE:  # its other forms would be found everywhere
                forms.add(piece)
                continue
            raw = piece.encode("utf-8", "replace")
            forms |= {piece, dump(piece)[1:-1], quote(piece), quote(piece, safe=""), quote_plus(piece)}
            forms |= {ascii(piece)[1:-1], b64encode(raw).decode().rstrip("=")}
        self._hidden = dict.fromkeys(sorted(forms, key=lambda form: (-len(form), form)))  # a long one may hold a short


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


def _without_pieces(text: str, form: str) -> str:
    """The text without the beginning of a secret at its end, or the end of one at its beginning.

    >>> _without_pieces("cret and secr", "secret")
    '**** and ****'
    """
    for length in range(min(len(form) - 1, len(text)), PIECE - 1, -1):
        if text.endswith(form[:length]):
            text = text[:-length] + HIDDEN
            break
    for length in range(min(len(form) - 1, len(text)), PIECE - 1, -1):
        if text.startswith(form[-length:]):
            text = HIDDEN + text[length:]
            break
    return text
