"""Secrets taken out of texts, in the forms in which they come back: plain, escaped, quoted or in base64."""

from assistant.jsontext import dump

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HIDDEN = "****"
PIECE = 4  # characters of a secret that was cut in two; fewer say nothing
LONG_LINE = 8  # characters; of a secret of many lines, each line of this length is hidden by itself too


class Mask:
    """Hides the secrets that it was told."""

    def __init__(self) -> None:
        self._hidden: dict[str, None] = {}

    def note(self, secret: str) -> None:
        """Hide this one from now on.

        >>> mask = Mask()
        >>> mask.note("to ken")
        >>> mask.hide("it was to%20ken, or dG8ga2Vu")
        'it was ****, or ****'
        """
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
