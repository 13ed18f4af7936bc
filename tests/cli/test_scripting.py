"""What scripts rely on, everywhere: JSON, ids, exit codes, zones, plain lines, no prompts."""

import io
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from assistant.cli.main import main

if TYPE_CHECKING:
    from tests.conftest import Ask

# Every command that changes or shows something, in an order in which each succeeds.
LINES = [
    "remind pill at 18:00 --until-ack", "remind tea --every 'day at 17:00'", "add stamps --due friday", "add taxes",
    "list", "list --due today", "show 1", "why 1", "inbox", "", "pause 2", "resume 2", "edit 3 more stamps",
    "snooze 3 monday", "done 4", "undo", "cancel 4", "when tomorrow", "run-due", "run-due --dry-run",
    "channel add out file:///tmp/out.jsonl", "channel list", "channel remove out", "pref set country DE",
    "pref get country", "pref list", "pref unset country", "backup", "export",
]  # fmt: skip


def split(line: str) -> list[str]:
    """A line as a shell splits it."""
    import shlex

    return shlex.split(line)


@pytest.fixture
def done_lines(ask: "Ask") -> Any:
    """Run the lines up to one that is wanted; the last one is left to the test."""

    def run(line: str) -> "Ask":
        for before in LINES[: LINES.index(line)]:
            ask.ok(*split(before))
        return ask

    return run


def instants(value: Any) -> list[str]:
    """Every text of a document that is an instant, but for the raw rows of the journal."""
    if isinstance(value, dict):
        return [at for key, part in value.items() if key not in ("before", "after", "tables") for at in instants(part)]
    if isinstance(value, list):
        return [at for part in value for at in instants(part)]
    return [value] if isinstance(value, str) and value[:2] == "20" and value[10:11] == "T" else []


@pytest.mark.parametrize("line", LINES)
def test_json_is_one_document_on_stdout_and_nothing_else(done_lines: Any, line: str) -> None:
    """Its instants carry the offset of the zone that was asked for, in whole seconds."""
    result = done_lines(line)("--json", *split(line), "--tz", "Asia/Tokyo")
    assert result.code == 0
    assert result.err in ("", "      ! Nothing ticks yet: `ask install` (or `ask watch` in this window)\n")
    assert result.out.endswith("\n")
    for at in instants(json.loads(result.out)):
        assert at.endswith("+09:00")
        assert datetime.fromisoformat(at).microsecond == 0


@pytest.mark.parametrize("line", LINES)
def test_quiet_prints_ids_alone(done_lines: Any, line: str) -> None:
    """`-q`: only the id, one a line, or nothing; nothing on stderr."""
    result = done_lines(line)("-q", *split(line))
    assert (result.code, result.err) == (0, "")
    if line != "export":
        assert all(" " not in shown and "\t" not in shown for shown in result.lines)


def test_an_id_can_be_kept_in_a_variable(ask: "Ask") -> None:
    """`id=$(ask remind … -q)`."""
    number = ask.ok(
        "remind", "rotate keys", "--every", "first monday of the month at 10:00", "--key", "rotate", "-q"
    ).out
    assert number == "1\n"
    assert ask.ok("remind", "rotate keys tomorrow", "--key", "rotate", "--quiet").out == number


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["--json", "--tz", "UTC"], []),
        ([], ["--json", "--tz", "UTC"]),
        (["--tz=UTC"], ["--json"]),
        (["--json"], ["--tz=UTC"]),
    ],
)
def test_global_flags_stand_before_or_after_the_command(ask: "Ask", before: list[str], after: list[str]) -> None:
    """Both places mean the same."""
    ask.ok("remind", "tea at 17:00")
    assert ask(*before, "list", *after).json[0]["next_at"] == "2026-11-23T16:00:00+00:00"
    assert ask(*before, "pref", "get", "timezone", *after).json["value"] == "UTC"


def test_the_zone_is_the_flag_then_the_preference_then_the_systems(ask: "Ask") -> None:
    """`--tz ZONE`, else `timezone`, else `TZ` or the machine's."""
    ask.ok("remind", "tea at 17:00", "--tz", "Europe/Berlin")
    assert ask.json("list")[0]["next_at"].endswith("T17:00:00+01:00")
    ask.ok("pref", "set", "timezone", "America/New_York")
    assert ask.json("list")[0]["next_at"].endswith("T11:00:00-05:00")
    assert ask.json("list", "--tz", "UTC")[0]["next_at"].endswith("T16:00:00+00:00")


def test_errors_are_an_object_on_stderr(ask: "Ask") -> None:
    """`{"error": {"code", "message", "hint"}}`, and an empty stdout."""
    for argv, code, name in (
        (["show", "9"], 3, "not_found"), (["remind", "x"], 2, "no_time"), (["undo"], 4, "not_possible"),
        (["lst"], 2, "usage"), (["remind", "x at blursday"], 2, "not_understood"),
        (["remind", "x yesterday"], 2, "in_the_past"),
    ):  # fmt: skip
        result = ask(*argv, "--json")
        assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
        assert json.loads(result.err)["error"].keys() == {"code", "message", "hint"}
        assert result.error["code"] == name


def test_plain_lines_are_tab_separated_when_piped(ask: "Ask") -> None:
    """id, kind, title, state, next_at or due_at; no colour; tabs and newlines in a title cannot break a line."""
    assert ask.ok("add", "buy\tstamps\nnow", "--due", "friday").out == (
        "1\ttask\tbuy stamps now\topen\t2026-11-27T23:59:59+01:00\n"
    )
    ask.ok("remind", "tea at 17:00")
    assert ask.ok("list").lines == [
        "2\tschedule\ttea\tactive\t2026-11-23T17:00:00+01:00",
        "1\ttask\tbuy stamps now\topen\t2026-11-27T23:59:59+01:00",
    ]
    assert ask.ok("done", "1").out == "1\ttask\tbuy stamps now\tdone\t2026-11-27T23:59:59+01:00\n"
    assert ask.ok("why", "2").out.startswith("Reminder 2 rings")


def test_nothing_is_asked_without_a_terminal(ask: "Ask") -> None:
    """A reminder without a time, two readings, a yes that is needed: refused or decided, never waited for."""
    ask.refused(2, "remind", "buy", "milk", stdin="tomorrow at 9\n")
    assert ask.json("remind", "x next friday at 9:00")["next_at"] == "2026-12-04T09:00:00+01:00"
    copy = ask.json("backup")["path"]
    assert "-y" in ask.refused(2, "restore", copy, stdin="y\n")
    ask.ok("restore", copy, "-y")
    ask.ok("--yes", "restore", copy)


def test_the_store_is_private(ask: "Ask") -> None:
    """0600 in a 0700 folder."""
    ask.ok("add", "a")
    assert ask.home.stat().st_mode & 0o777 == 0o700
    assert (ask.home / "ask.db").stat().st_mode & 0o777 == 0o600


def test_the_journal_stands_still_at_ask_now(ask: "Ask") -> None:
    """What the program calls now is `ASK_NOW`: creation, slots, journal."""
    number = ask.number("add", "a")
    ask.at("2026-11-24T09:00:00Z").ok("done", number)
    assert [line["at"] for line in ask.json("show", number)["journal"]] == [
        "2026-11-23T16:20:00+01:00", "2026-11-24T10:00:00+01:00",
    ]  # fmt: skip


def test_messages_for_the_terminal_wait_while_output_is_piped(ask: "Ask") -> None:
    """A pipe is no terminal: nothing is shown there and nothing marked as sent."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    for argv in (["list"], [], ["show", number]):
        assert "ask done" not in ask.ok(*argv).err
    assert ask.json("show", number)["messages"][0]["state"] == "queued"


def test_the_hint_about_the_scheduler_stands_on_stderr(ask: "Ask") -> None:
    """Without a scheduler, `remind` says the one command that fixes it, and JSON says the same."""
    made = ask("remind", "tea at 17:00")
    assert "ask install" in made.err
    ask.tick("2026-11-23T16:21:00+01:00")
    assert ask.json("remind", "tea at 18:00")["scheduler"] == {
        "installed": False, "last_tick_at": "2026-11-23T16:21:00+01:00",
    }  # fmt: skip
    (ask.home / "scheduler").write_text("kind cron\nentry * * * * * ask run-due\n")
    assert ask.json("remind", "tea at 19:00")["scheduler"]["installed"] is True
    assert ask("remind", "tea at 20:00").err == ""


def test_every_command_says_so_when_the_last_tick_is_overdue(ask: "Ask") -> None:
    """With a scheduler installed and no tick for over three minutes, on stderr."""
    ask.ok("add", "a")
    (ask.home / "scheduler").write_text("kind cron\nentry * * * * * ask run-due\n")
    ask.ok("run-due")
    for now, said in (("2026-11-23T16:23:00+01:00", ""), ("2026-11-23T16:24:01+01:00", "overdue")):
        for argv in (["list"], ["add", "b"], ["show", "1"]):
            err = ask.at(now).ok(*argv).err
            assert said in err
            assert bool(err) == bool(said)


def test_text_in_a_narrow_encoding_is_shown_as_far_as_it_goes(ask: "Ask") -> None:
    """A terminal that is not UTF-8 gets escapes, not a traceback."""
    ask.ok("add", "Müller 📅")
    shown = ask.script("list", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("1\ttask\tM\\xfcller \\U0001f4c5\topen")


def test_a_message_is_sent_only_once_the_terminal_took_it(ask: "Ask", monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that is gone takes nothing: the message waits for the next one."""

    class Gone(io.StringIO):
        """A terminal whose line was cut."""

        def isatty(self) -> bool:
            return True

        def flush(self) -> None:
            raise OSError(5, "Input/output error")

    number = ask.number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    with monkeypatch.context() as patch:
        for name, value in ask.environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stderr", Gone())
        patch.setattr(sys, "stdout", io.StringIO())
        assert main(["list"]) == 0
    assert ask.json("show", number)["messages"][0]["state"] == "queued"
    assert "stretch" in ask.terminal("list").out
    assert ask.json("show", number)["messages"][0]["state"] == "sent"


def test_the_version_can_be_asked_for(ask: "Ask") -> None:
    """`ask --version`, for people and for scripts; it needs no store."""
    version = ask("--version", "--json").json["version"]
    assert ask.ok("--version").out == f"  ask {version}\n"
    assert not ask.home.exists()
