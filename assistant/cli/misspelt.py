"""What a person is told of a command line that Typer refused: what was wrong, and the form that is nearest to it."""

from typer._click import exceptions

from assistant.cli.parse import first_word
from assistant.cli.table import COMMANDS, GROUPS, Command, command
from assistant.errors import UsageError

NEAR = 0.65  # of 1.0: below it a likeness is chance
SHOWN = 60
FORMS = frozenset(("--json", "-q", "--quiet", "-v", "--verbose", "-y", "--yes"))  # say how, and nothing of what


def told(error: exceptions.UsageError, argv: list[str]) -> UsageError:
    """The refusal in our words, with one fix."""
    words = argv[first_word(argv) :]
    known, depth = _meant(words)
    if isinstance(error, exceptions.MissingParameter) and known is not None:
        needed = known.arg.replace("…", "").split()[-1]
        return UsageError(f"ask {known.name} needs {needed}.", known.examples[0])
    if known is not None and known.name == "secret set" and len([w for w in words if not w.startswith("-")]) > 3:
        return UsageError(
            "The value of a secret is no word of the command line: others see it there, and the shell keeps it.",
            f"{known.examples[0]}, and type it when asked, or give it on stdin",
        )
    if known is not None:
        message = error.format_message().rstrip(".")
        loose = " · words that begin with - come after --" if isinstance(error, exceptions.NoSuchOption) else ""
        return UsageError(f"ask {known.name}: {message}.", f"{known.examples[0]} · all: ask {known.name} --help{loose}")
    if not words or words[0].startswith("-"):
        return UsageError(f"ask: {error.format_message().rstrip('.')}.", "ask --help")
    return _no_such_command([word for word in words if word not in FORMS], depth)


def _meant(words: list[str]) -> tuple[Command | None, int]:
    """The command that the first words name, and how many of them belong to a group."""
    if words and words[0] in GROUPS:
        named = [word for word in words[1:] if not word.startswith("-")]
        return (command(f"{words[0]} {named[0]}") if named else None), 1
    return (command(words[0]) if words else None), 0


def _no_such_command(words: list[str], depth: int) -> UsageError:
    if depth:
        group = words[0]
        names = [known.name.partition(" ")[2] for known in COMMANDS if known.name.startswith(f"{group} ")]
        wrong = words[1] if len(words) > 1 else ""
        if not wrong:
            return UsageError(f"ask {group} needs a command.", f"ask {group} {' | '.join(names)}")
        near = _nearest(wrong, names)
        message = f"There is no command {f'{group} {wrong}'[:SHOWN]!r}."
        if near is None:
            return UsageError(message, f"ask {group} {' | '.join(names)}")
        return UsageError(f"{message} Did you mean {near}?", _shell(["ask", group, near, *words[2:]]))
    names = [known.name for known in COMMANDS if " " not in known.name] + list(GROUPS)
    near = _nearest(words[0], names)
    if near is not None:
        message = f"There is no command {words[0][:SHOWN]!r}. Did you mean {near}?"
        return UsageError(message, _shell(["ask", near, *words[1:]]))
    text = " ".join(words)
    if " " not in text:
        return UsageError(f"There is no command {text[:SHOWN]!r}.", "all commands: ask --help")
    said = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return UsageError(
        f"There is no command in {said!r}.", f'to be reminded: ask remind "{said}" · as a task: ask add "{said}"'
    )


def _nearest(word: str, names: list[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:SHOWN], names, 1, NEAR)), None)


def _shell(words: list[str]) -> str:
    """Words as they can be typed again."""
    from shlex import join

    typed = join(words)
    return typed if len(typed) <= 2 * SHOWN else f"{typed[: 2 * SHOWN - 1]}…"
