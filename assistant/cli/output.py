"""What a command gives back, and the one place that prints it: JSON, numbers, plain lines or text for people."""

import os
import sys

from assistant.cli.parse import Parsed
from assistant.errors import AskError
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TextIO


class Output(Value):
    """The forms of one result, each made only when it is shown. `notes` go to stderr, for people.

    `after` is done once a person at a terminal has the whole of it before them.
    """

    __slots__ = ("json", "ids", "plain", "human", "notes", "code", "after")
    json: "Callable[[], Any]"
    ids: "Callable[[], Sequence[int | str | None]]" = lambda: ()
    plain: "Callable[[], Sequence[Sequence[object]]] | None" = None
    human: "Callable[[], Sequence[str]]" = lambda: ()
    notes: tuple[str, ...] = ()
    code: int = 0
    after: "Callable[[], None] | None" = None


def print_output(output: Output, parsed: Parsed) -> None:
    """Print one result in the form that was asked for."""
    if parsed.json:
        import json

        # Characters are written as they are; a lone half of one, as JSON writes it.
        text = json.dumps(output.json(), ensure_ascii=False)
        _write(sys.stdout, (text.encode("utf-8", "backslashreplace").decode() if not _encodable(text) else text) + "\n")
    elif parsed.quiet:
        _write(sys.stdout, "".join(f"{number}\n" for number in output.ids() if number is not None))
    elif output.plain is not None and not sys.stdout.isatty():
        lines = ("\t".join(_field(value) for value in row) for row in output.plain())
        _write(sys.stdout, "".join(f"{line}\n" for line in lines))
    else:
        _write(sys.stdout, "".join(f"{clean(line)}\n" for line in output.human()))
    sys.stdout.flush()
    if output.notes and not parsed.quiet:
        talk(*output.notes)
    if output.after is not None and not (parsed.json or parsed.quiet) and sys.stdout.isatty():
        output.after()


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _write(stream: "TextIO", text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def say(*lines: str) -> None:
    """Print lines of a result at once, on stdout."""
    _write(sys.stdout, "".join(f"{clean(line)}\n" for line in lines))
    sys.stdout.flush()


def talk(*lines: str) -> None:
    """Say something to people, on stderr."""
    _write(sys.stderr, "".join(f"{clean(line)}\n" for line in lines))
    sys.stderr.flush()


def print_error(error: AskError, as_json: bool) -> None:
    """Say what was wrong and the fix, on stderr."""
    if as_json:
        import json

        document = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
        _write(sys.stderr, json.dumps(document, ensure_ascii=True) + "\n")
        return
    talk(f"  {error.message}")
    if error.hint:
        talk(f"  Try: {error.hint}")


def _field(value: object) -> str:
    return "" if value is None else clean(str(value)).replace("\t", " ").replace("\n", " ")


def clean(text: str) -> str:
    """Text that cannot steer the terminal: control characters are shown, not obeyed. Our own colours pass.

    >>> clean("a\\x1b]0;x\\x07b")
    'a\\\\x1b]0;x\\\\x07b'
    """
    if text.isprintable():
        return text
    parts = text.split("\x1b[")
    shown = [_shown(parts[0])]
    for part in parts[1:]:
        code, mark, rest = part.partition("m")
        if mark and code in STYLES and colour_is_on():
            shown.append(f"\x1b[{code}m{_shown(rest)}")
        else:
            shown.append(_shown(f"\x1b[{part}"))
    return "".join(shown)


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)


STYLES = {"0": "reset", "1": "bold", "2": "dim", "31": "red", "33": "yellow"}


def colour_is_on() -> bool:
    """Whether colour may be used: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def dim(text: str) -> str:
    """Text in the background, where colour is on. Colour carries nothing that words do not."""
    return f"\x1b[2m{_shown(text)}\x1b[0m" if colour_is_on() else text


def bold(text: str) -> str:
    """Text in front, where colour is on."""
    return f"\x1b[1m{_shown(text)}\x1b[0m" if colour_is_on() else text
