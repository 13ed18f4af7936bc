"""Two parsers, one table: where the dispatcher answers, Typer gives the same."""

from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.cli.parse import Parsed, parse
from assistant.cli.table import COMMANDS, GLOBAL, GROUPS, Command, Option, command
from assistant.cli.typer_app import parse_with_typer
from assistant.errors import UsageError

VALUES = st.one_of(
    st.sampled_from(
        ["", "5", "0", "05", "-3", "+4", "٣", "1e3", "9" * 30, "12", "high", "a=b", "--", "-", "-q", "ä\udc80", "📅"]
    ),
    st.text(max_size=4),
)  # fmt: skip
UNKNOWN = st.sampled_from(
    ["--nope", "--nope=1", "-x", "-qy", "-n5", "--js", "--", "---", "-", "--json=1", "-q=1", "-n=4"]
)


def _spelled(option: Option, value: str, form: str) -> list[str]:
    if option.kind == "flag":
        return [option.name if form != "short" else option.short or option.name]
    if form == "equals":
        return [f"{option.name}={value}"]
    if form == "alone":
        return [option.name]
    return [option.short or option.name if form == "short" else option.name, value]


def _options(options: tuple[Option, ...]) -> st.SearchStrategy[list[str]]:
    forms = st.sampled_from(["name", "equals", "short", "alone"])
    return st.builds(_spelled, st.sampled_from(options), VALUES, forms)


EVERY_OPTION = tuple({option.name: option for known in COMMANDS for option in known.options}.values())


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command line made from the table, with what people and scripts get wrong."""
    known: Command = draw(st.sampled_from(COMMANDS))
    name = known.name.split() if draw(st.integers(0, 9)) else draw(st.lists(VALUES, max_size=2))
    before = draw(st.lists(_options(GLOBAL), max_size=2))
    words = st.lists(VALUES, min_size=1, max_size=1)
    parts = [words, _options((*known.options, *GLOBAL))]
    if not draw(st.integers(0, 4)):
        parts += [_options(EVERY_OPTION), st.lists(UNKNOWN, min_size=1, max_size=1)]
    after = draw(st.lists(st.one_of(parts), max_size=6))
    return [*chain.from_iterable(before), *name, *chain.from_iterable(after)]


def by_typer(argv: list[str]) -> Parsed | int | None:
    """What Typer makes of it; None where it refuses."""
    try:
        return parse_with_typer(argv)
    except UsageError:
        return None


def shown(parsed: Any) -> Any:
    """All that a parse holds, to be compared and read."""
    if not isinstance(parsed, Parsed):
        return parsed
    general = (parsed.json, parsed.quiet, parsed.tz, parsed.yes, parsed.verbose)
    return parsed.command.name, parsed.words, parsed.options, general


def check(argv: list[str]) -> None:
    """Where the dispatcher answers, Typer answers the same."""
    quick = parse(argv)
    if quick is not None:
        assert shown(quick) == shown(by_typer(argv))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(command_lines())
def test_where_the_dispatcher_answers_typer_gives_the_same(argv: list[str]) -> None:
    """The dispatcher is a faster reading of the same table, never another one."""
    check(argv)


@pytest.mark.long
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(command_lines())
def test_it_gives_the_same_for_thousands_of_lines(argv: list[str]) -> None:
    """The long form."""
    check(argv)


@pytest.mark.parametrize(
    "line",
    [
        "add buy stamps", "add buy stamps --due friday --tag a --tag=b", "--json list", "list --limit 5 -q",
        "remind take the pills --every day", "edit 5 --at friday", "edit 5 new title", "done 1 2 3", "done -",
        "when -n 3 every day", "when -", "pref set timezone Europe/Berlin", "channel list --json", "backup", "",
        "--tz Europe/Berlin --json", "add -- --odd title", "answer 3 yes", "why no ring at 23:10",
        "run-due --budget 5s --json", "workflow check follow-up.yaml", "approve 31 --edit subject=x --edit=body=@-",
        "deny 31 --why no", "answer 32 amount=5 to=ada", "retry 30", "resolve 44 --did-not", "inbox -i",
    ],
)  # fmt: skip
def test_the_everyday_lines_are_read_without_typer(line: str) -> None:
    """The hot path does not pay for Typer: the dispatcher answers, and as Typer would."""
    argv = line.split()
    quick = parse(argv)
    assert quick is not None
    assert shown(quick) == shown(by_typer(argv))


@pytest.mark.parametrize("known", COMMANDS, ids=lambda known: known.name)
def test_each_example_of_the_help_is_a_command_line_that_is_understood(known: Command) -> None:
    """What `--help` shows can be typed."""
    import shlex

    for example in known.examples:
        name, *argv = shlex.split(example)
        assert name == "ask"
        parsed = by_typer(argv)
        assert isinstance(parsed, Parsed)
        assert parsed.command == known
        quick = parse(argv)
        assert shown(quick) in (None, shown(parsed))


@pytest.mark.parametrize("group", [group for group in GROUPS if command(f"{group} list")])
def test_a_group_alone_lists_what_it_holds(group: str) -> None:
    """`ask pref` is `ask pref list`, with the options that stand before or after."""
    parsed = by_typer(["--tz", "UTC", group, "--json"])
    assert shown(parsed) == (f"{group} list", (), {}, (True, False, "UTC", False, False))
