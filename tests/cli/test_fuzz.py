"""Whatever is typed, `ask` answers as it promises: an exit code of its list, one document, and no fault of its own."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.cli.table import COMMANDS, GLOBAL, Command, Option
from tests.conftest import MEMORY, Ask

if TYPE_CHECKING:
    from collections.abc import Iterator

# What touches the machine, files of any name, or the network stays out.
OUTSIDE = {"install", "uninstall", "doctor", "watch", "backup", "restore", "export", "import", "channel add"}
INSIDE = [known for known in COMMANDS if known.name not in OUTSIDE and known.name != "channel test"]
WORDS = st.one_of(
    st.sampled_from(
        [
            "1", "2", "3", "4", "0", "-1", "99", "1" * 20, "-", "", " ", "tea", "tomorrow", "tomorrow at 9:00",
            "every day",
            "friday", "next friday", "yesterday", "blursday", "every day at 9:00", "in 5 minutes", "1h", "15m,30m",
            "none", "open", "done", "active", "high", "run", "ask", "task", "terminal", "timezone", "Asia/Tokyo",
            "22:00-07:00", "quiet_hours", "yes", "no", "ping", "x" * 1001, "ä📅\u202e", "%",
            "'", '"', "a\tb", "\x1b[0m", "\udcff",
            "{", "{}", "{0}", "%s", "12:30", "2027-02-30", "feb 30", "at", "every", "  tea  tomorrow  ",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip


def _spelled(option: Option, value: str) -> list[str]:
    return [option.name] if option.kind == "flag" else [f"{option.name}={value}"]


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command of the table with words and options that may make sense."""
    known: Command = draw(st.sampled_from(INSIDE))
    words = draw(st.lists(WORDS, max_size=3))
    options = draw(st.lists(st.builds(_spelled, st.sampled_from((*known.options, *GLOBAL)), WORDS), max_size=3))
    return [*known.name.split(), *words, *(part for option in options for part in option)]


def household() -> "Iterator[Ask]":
    """A store with a task, a series, a ringing reminder and its question."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="ask-") as folder:
        ask = Ask(Path(folder))
        ask.ok("add", "taxes", "--due", "friday", "--key", "k")
        ask.ok("remind", "tea", "--every", "day at 17:00")
        ask.ok("remind", "pill at 16:30", "--until-ack")
        ask.tick("2026-11-23T16:30:00+01:00")
        yield ask


def check(lines: list[tuple[list[str], str]]) -> None:
    """Each line is refused or done; no fault, no half document; the store stays whole."""
    for ask in household():
        for argv, stdin in lines:
            result = ask(*argv, "--json", stdin=stdin.encode("utf-8", "surrogateescape"))
            assert "fault" not in result.err, argv
            assert result.code in (0, 2, 3, 4, 5), (argv, result)  # 5: no keyring on this machine
            if result.code == 0:
                assert [json.loads(line) for line in result.lines] if argv[0] == "when" else [result.json], argv
            elif argv[0] == "workflow" and result.out:
                assert (result.code, result.json["ok"]) == (2, False), argv  # the errors of a file are an answer
            else:
                assert result.error.keys() == {"code", "message", "hint"}, argv
        assert ask.snapshot()["meta"]


SESSIONS = st.lists(st.tuples(command_lines(), WORDS), min_size=5, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SESSIONS)
def test_any_command_line_is_answered_as_promised(lines: list[tuple[list[str], str]]) -> None:
    """Refused or done, in a session of many lines."""
    check(lines)


@pytest.mark.long
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SESSIONS)
def test_hundreds_of_sessions_are_answered_as_promised(lines: list[tuple[list[str], str]]) -> None:
    """The long form."""
    check(lines)
