"""Typer's view of the same table: help, completion, and every command line that the dispatcher leaves to it."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer._click import exceptions

from assistant.cli.misspelt import told
from assistant.cli.parse import Parsed
from assistant.cli.table import BARE, COMMANDS, GLOBAL, GROUPS, LARGEST, SMALLEST, Command, Option, command
from assistant.errors import AskError, UsageError

if TYPE_CHECKING:
    from assistant.app.session import Session

MOST_COMPLETED = 200
CONTEXT = {"help_option_names": ["-h", "--help"]}


def parse_with_typer(argv: list[str]) -> Parsed | int:
    """What Typer makes of a command line: a parse, or the exit code of something it did itself, such as help."""
    try:
        result = cast("Any", typer.main.get_command(make_app()))(argv, standalone_mode=False, prog_name="ask")
    except exceptions.UsageError as error:
        raise told(error, argv) from error
    except typer.Abort:
        return 130
    except exceptions.ClickException as error:
        raise UsageError(error.format_message()) from error
    return result if isinstance(result, Parsed) else int(result or 0)


def make_app() -> typer.Typer:
    """The application that the table describes."""
    app = typer.Typer(
        name="ask",
        help=_examples(BARE.examples, "A personal assistant that keeps its commitments."),
        context_settings=CONTEXT,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
    )
    general: dict[str, Any] = {}
    app.callback(invoke_without_command=True)(_start(BARE, general))
    groups = {}
    for name, text in GROUPS.items():
        alone = command(f"{name} list")
        shown = alone or next(known for known in COMMANDS if known.name.startswith(f"{name} "))
        groups[name] = typer.Typer(help=_examples(shown.examples, text), rich_markup_mode=None)
        groups[name].callback(invoke_without_command=alone is not None)(_start(shown, general))
        app.add_typer(groups[name], name=name, context_settings=CONTEXT)
    for known in COMMANDS:
        group_name, _, own = known.name.rpartition(" ")
        target = groups[group_name] if group_name else app
        target.command(own, help=_help(known), short_help=known.summary, context_settings=CONTEXT)(
            _runner(known, general)
        )
    return app


def _start(alone: Command, general: dict[str, Any]) -> Callable[..., Parsed | None]:
    """Take in the options before a command's name; where no name follows, `alone` is meant."""

    def start(**given: Any) -> Parsed | None:
        context = cast("typer.Context", given["context"])
        if context.parent is None:
            general.clear()
        general.update(_given(given))
        return _parsed(alone, {}, general) if context.invoked_subcommand is None else None

    return cast("Callable[..., Parsed | None]", _signed(start, [], (*alone.options, *GLOBAL), with_context=True))


def _runner(known: Command, general: dict[str, Any]) -> Callable[..., Parsed]:
    def run(**given: Any) -> Parsed:
        return _parsed(known, _given(given), general)

    return cast("Callable[..., Parsed]", _signed(run, _arguments(known), (*known.options, *GLOBAL)))


def _parsed(known: Command, given: dict[str, Any], general: dict[str, Any]) -> Parsed:
    both = {**general, **given}
    words: list[str] = []
    for name in _argument_names(known):
        value = both.pop(name, [])
        words += value if isinstance(value, list) else [value]
    names = {option.key for option in GLOBAL}
    own = {key: value for key, value in both.items() if key not in names}
    return Parsed(
        known,
        tuple(words),
        own,
        both.get("json", False),
        both.get("quiet", False),
        both.get("tz"),
        both.get("yes", False),
        both.get("verbose", False),
    )


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed: options that were left out are not there."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if name != "context" and value is not None and value is not False and value != []
    }


def _argument_names(known: Command) -> list[str]:
    return [f"arg_{place}" for place, _ in enumerate(known.arg.split())]


def _arguments(known: Command) -> list[inspect.Parameter]:
    parameters = []
    for name, word in zip(_argument_names(known), known.arg.split(), strict=True):
        required = not word.startswith("[")
        complete = _completion(known, word)
        many = "…" in word
        argument = typer.Argument(metavar=word, show_default=False, autocompletion=complete, hidden=True)
        kind: Any = list[str] if many else str
        if not required:
            kind = kind | None
        parameters.append(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if required else None,
                annotation=Annotated[kind, argument],
            )
        )
    return parameters


def _signed(
    function: Callable[..., Any],
    arguments: list[inspect.Parameter],
    options: tuple[Option, ...],
    with_context: bool = False,
) -> Callable[..., Any]:
    """Give a function the signature that Typer reads."""
    parameters = [*arguments, *map(_option, options)]
    if with_context:
        parameters.append(inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context))
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return function


def _option(option: Option) -> inspect.Parameter:
    names = [option.name] + ([option.short] if option.short else [])
    complete = _completing(option.choices) if option.choices else None
    declared = typer.Option(
        *names,
        help=option.help,
        show_default=False,
        metavar=option.metavar or "|".join(option.choices) or None,
        autocompletion=complete,
        min=SMALLEST if option.kind == "whole" else None,
        max=LARGEST if option.kind == "whole" else None,
    )
    kinds: dict[str, Any] = {"flag": bool, "text": str | None, "many": list[str] | None, "whole": int | None}
    return inspect.Parameter(
        option.key,
        inspect.Parameter.KEYWORD_ONLY,
        default=False if option.kind == "flag" else None,
        annotation=Annotated[kinds[option.kind], declared],
    )


def _completing(choices: tuple[str, ...]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return complete


def _completion(known: Command, word: str) -> Callable[[str], list[tuple[str, str]]] | None:
    """What an argument is completed with: the numbers of open items, the names of preferences, channels, sources or
    workflows."""
    if word.startswith("ID") or known.name == "why":
        return _complete_numbers
    if word == "WORKFLOW" or (word.startswith("NAME") and known.name.startswith("workflow ")):
        return _complete_workflows
    if word.startswith("NAME") and known.name.startswith("source "):
        return None if known.name == "source add" else _complete_sources
    if word == "NAME" and known.name != "channel add":
        return _complete_preferences if known.name.startswith("pref ") else _complete_channels
    return None


def _complete_numbers(incomplete: str) -> list[tuple[str, str]]:
    """The numbers and titles of what is open."""
    from assistant.store.find import open_numbers

    found = _looked_up(lambda session: open_numbers(session.reading, MOST_COMPLETED))
    return [(str(number), title) for number, title in found if str(number).startswith(incomplete)]


def _complete_preferences(incomplete: str) -> list[tuple[str, str]]:
    from assistant.app.preferences import PREFERENCES

    return [(known.name, known.meaning) for known in PREFERENCES if known.name.startswith(incomplete)]


def _complete_channels(incomplete: str) -> list[tuple[str, str]]:
    from assistant.app.channels import list_channels

    found = _looked_up(list_channels)
    return [(one.name, one.url) for one in found if one.name.startswith(incomplete)]


def _complete_sources(incomplete: str) -> list[tuple[str, str]]:
    from assistant.app.source_rows import list_sources

    return [(one.name, one.url) for one in _looked_up(list_sources) if one.name.startswith(incomplete)]


def _complete_workflows(incomplete: str) -> list[tuple[str, str]]:
    """The workflows that are kept; a shell goes on to files where none of them begins so."""
    from assistant.store.workflows import workflows_there

    found = _looked_up(lambda session: workflows_there(session.reading))
    return [(kept.name, kept.spec.get("about") or "") for kept in found if kept.name.startswith(incomplete)]


def _looked_up(look: "Callable[[Session], list[Any]]") -> list[Any]:
    """What the store says; nothing where it cannot be read, since a shell asks while a person types."""
    import os
    import sqlite3

    from assistant.app.session import Session

    try:
        session = Session(os.environ)
        try:
            return look(session)
        finally:
            session.close()
    except (AskError, sqlite3.Error):
        return []


def _help(known: Command) -> str:
    return _examples(known.examples, known.summary)


def _examples(examples: tuple[str, ...], summary: str) -> str:
    """Examples first, then what it does. The mark keeps Click from joining the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\n{lines}\n\n{summary}"
