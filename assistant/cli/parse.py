"""The dispatcher: reads the everyday words without Typer. What it does not know for certain it leaves to Typer.

A property test feeds both the same words: where this one answers, Typer gives the same.
"""

from assistant.cli.table import BARE, GLOBAL, LARGEST, SMALLEST, Command, Option, command
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Parsed(Value):
    """A command line that was understood. `options` holds what was given, by key; `words` the rest, in order."""

    __slots__ = ("command", "words", "options", "json", "quiet", "tz", "yes", "verbose")
    command: Command
    words: tuple[str, ...]
    options: "dict[str, Any]"
    json: bool = False
    quiet: bool = False
    tz: str | None = None
    yes: bool = False
    verbose: bool = False

    def text(self) -> str:
        """The words as one text."""
        return " ".join(self.words)

    def get(self, key: str, default: "Any" = None) -> "Any":
        """An option, or a default where it was not given."""
        return self.options.get(key, default)


def parse(argv: list[str]) -> Parsed | None:
    """The command line, or None where only Typer can say what it means."""
    found: dict[str, Any] = {}
    at = _read_options(argv, 0, GLOBAL, found, words=None)
    if at is None:
        return None
    if at == len(argv):
        return _parsed(BARE, [], found)
    known, at = _command_at(argv, at)
    if known is None:
        return None
    words: list[str] = []
    end = _read_options(argv, at, (*known.options, *GLOBAL), found, words)
    if end is None or len(words) < known.least or (known.most is not None and len(words) > known.most):
        return None
    return _parsed(known, words, found)


def with_verb(argv: list[str]) -> list[str]:
    """The words, with `do` before a sentence that stands where a command would: no command's name has a blank.

    >>> with_verb(["-q", "call mum tomorrow"]), with_verb(["add", "buy stamps"])
    (['-q', 'do', 'call mum tomorrow'], ['add', 'buy stamps'])
    """
    at = _read_options(argv, 0, GLOBAL, {}, words=None)
    return argv if at is None or at == len(argv) or " " not in argv[at] else [*argv[:at], "do", *argv[at:]]


def first_word(argv: list[str]) -> int:
    """Where the options before the command end: the place of its name, or of what nobody knows."""
    for at in range(len(argv), 0, -1):
        if _read_options(argv[:at], 0, GLOBAL, {}, words=None) == at:
            return at
    return 0


def _command_at(argv: list[str], at: int) -> tuple[Command | None, int]:
    one = command(argv[at])
    if one is not None:
        return one, at + 1
    if at + 1 < len(argv):
        return command(f"{argv[at]} {argv[at + 1]}"), at + 2
    return None, at


def _read_options(
    argv: list[str], at: int, options: tuple[Option, ...], found: "dict[str, Any]", words: list[str] | None
) -> int | None:
    """Read options into `found` and words into `words`; without a list for words, stop before the first one."""
    while at < len(argv):
        word = argv[at]
        if word == "--":
            if words is None:
                return None
            words += argv[at + 1 :]
            return len(argv)
        if not word.startswith("-") or word == "-":
            if words is None:
                return at
            words.append(word)
            at += 1
            continue
        name, equals, value = word.partition("=")
        option = next((option for option in options if name in (option.name, option.short)), None)
        if option is None or (equals and (option.kind == "flag" or not name.startswith("--"))):
            return None
        at += 1
        if option.kind == "flag":
            found[option.key] = True
            continue
        if not equals:
            if at == len(argv) or argv[at].startswith("-"):
                return None
            value = argv[at]
            at += 1
        if not _keep(option, value, found):
            return None
    return at


def _keep(option: Option, value: str, found: "dict[str, Any]") -> bool:
    if option.kind == "many":
        found.setdefault(option.key, []).append(value)
    elif option.kind == "whole":
        if not (value.isascii() and value.isdigit() and len(value) < 10 and SMALLEST <= int(value) <= LARGEST):
            return False
        found[option.key] = int(value)
    else:
        found[option.key] = value
    return True


def _parsed(known: Command, words: list[str], found: "dict[str, Any]") -> Parsed:
    general = {option.key: found.pop(option.key) for option in GLOBAL if option.key in found}
    return Parsed(
        known,
        tuple(words),
        found,
        general.get("json", False),
        general.get("quiet", False),
        general.get("tz"),
        general.get("yes", False),
        general.get("verbose", False),
    )
