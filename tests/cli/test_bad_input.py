"""What people and machines get wrong: a message with value, fix and exit code; nothing lost or half written."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

WRONG = [
    # phrases
    (2, ["remind", "me", "at", "blursday"], ["blursday", "Did you mean thursday?", 'ask remind "me at thursday"']),
    (2, ["remind", "x", "--at", "tuesdey 9:00"], ["tuesdey", "tuesday"]),
    (2, ["remind", "x", "--at", "soonish"], ["soonish"]),
    (2, ["remind", "x", "--at", ""], ["--at is empty"]),
    (2, ["remind", "x", "--at", "every day"], ["every day", "--every"]),
    (2, ["remind", "x", "--at", "tomorrow and buy milk"], ["buy milk"]),
    (2, ["remind", "x", "--every", ""], ["--every is empty"]),
    (2, ["remind", "x", "--every", "tomorrow"], ["tomorrow"]),
    (2, ["remind", "buy", "milk"], ['"buy milk" names no time', 'ask add "buy milk"']),
    (2, ["remind", "tomorrow", "at", "9"], ["says nothing of what"]),
    (2, ["remind", "x" * 1000, "tomorrow"], ["1,009 characters", "1,000 can be read", "--at"]),
    (2, ["add", "x", "--due", "someday"], ["someday"]),
    (2, ["list", "--due", "blursday"], ["blursday", "thursday"]),
    (2, ["snooze", "1", "blursday"], ["blursday", "thursday"]),
    # the past
    (2, ["remind", "x", "--at", "yesterday 9:00"], ["Sun 22 Nov 2026 09:00 Europe/Berlin has gone by", "1 d 7 h ago"]),
    (2, ["remind", "call Ada yesterday at 9:00"], ["has gone by"]),
    (2, ["add", "x", "--due", "yesterday"], ["has gone by"]),
    (2, ["snooze", "1", "today 9:00"], ["has gone by"]),
    (2, ["edit", "1", "--at", "1 january 2020"], ["has gone by"]),
    # texts
    (2, ["add", ""], ["empty"]),
    (2, ["add", "  \t "], ["empty"]),
    (2, ["remind", "", "--at", "tomorrow"], ["empty"]),
    (2, ["add", "x" * 10_001], ["10,001 characters", "10,000"]),
    (2, ["add", "a\x1b[31mb"], ["control character 0x1b"]),
    (2, ["add", "x", "--project", ""], ["project is empty"]),
    (2, ["remind", "x", "--at", "tomorrow", "--project", " "], ["project is empty"]),
    (2, ["add", "x", "--tag", ""], ["tag is empty"]),
    (2, ["add", "x", "--key", ""], ["key is empty"]),
    # numbers
    (3, ["show", "0"], ["no item 0", "ask list"]),
    (3, ["show", "999"], ["no item 999"]),
    (2, ["show", "9" * 30], ["no number"]),
    (2, ["show", "١"], ["no number"]),
    (2, ["show", "1.5"], ["'1.5' is no number"]),
    (2, ["done", "milk"], ["'milk' is no number"]),
    (2, ["done", "-1"], ["-1"]),
    (3, ["why", "999"], ["no item 999"]),
    # flags
    (2, ["remind", "x tomorrow", "--if-late", "maybe"], ["--if-late cannot be 'maybe'", "run, skip, brief, ask"]),
    (2, ["remind", "x tomorrow", "--severity", "huge"], ["low, normal, high"]),
    (2, ["remind", "x tomorrow", "--repeat", "5x"], ["5x", "--repeat 15m"]),
    (2, ["remind", "x tomorrow", "--repeat", ""], ["no length of time"]),
    (2, ["remind", "x tomorrow", "--repeat", "15m,,1h"], ["no length of time"]),
    (2, ["remind", "x tomorrow", "--useless-after", "never"], ["never"]),
    (2, ["remind", "x tomorrow", "--useless-after", ""], ["no length of time"]),
    (2, ["remind", "x tomorrow", "--useless-after", "0m"], ["0m"]),
    (3, ["remind", "x tomorrow", "--channel", "phone"], ["no channel 'phone'", "ask channel add phone"]),
    (2, ["add", "x", "--priority", "1"], ["low, normal, high, urgent"]),
    (2, ["add", "x", "--at", "friday"], ["--at", "ask add --help"]),
    (2, ["list", "--kind", "thing"], ["request, schedule, task, job"]),
    (2, ["list", "--state", "bogus"], ["bogus", "open"]),
    (2, ["list", "--kind", "task", "--state", "active"], ["open, waiting, done, dropped"]),
    (2, ["list", "--limit", "0"], ["--limit"]),
    (2, ["list", "--limit", "-3"], ["--limit"]),
    (2, ["list", "--limit", "many"], ["many"]),
    (2, ["run-due", "--budget", "soon"], ["soon"]),
    (2, ["edit", "1"], ["Nothing to change"]),
    # zones, URLs, preferences
    (2, ["list", "--tz", "Mars/Olympus"], ["Mars/Olympus", "Europe/Berlin"]),
    (2, ["list", "--tz", "../../etc/passwd"], ["passwd"]),
    (2, ["list", "--tz", ""], ["--tz"]),
    (2, ["channel", "add", "x", "not a url"], ["not a url"]),
    (2, ["channel", "add", "x", "gopher://example.com"], ["gopher"]),
    (2, ["channel", "add", "X Y", "file:///tmp/x"], ["X Y"]),
    (3, ["channel", "test", "phone"], ["no channel 'phone'"]),
    (3, ["channel", "remove", "phone"], ["no channel 'phone'"]),
    (4, ["channel", "remove", "terminal"], ["built in"]),
    (3, ["pref", "set", "timezon", "UTC"], ["timezon", "did you mean timezone?"]),
    (3, ["pref", "get", "nope"], ["nope"]),
    (2, ["pref", "set", "timezone", "Nowhere"], ["Nowhere"]),
    (2, ["pref", "set", "quiet_hours", "late"], ["late", "22:00-07:00"]),
    (2, ["pref", "set", "default_time", "25:00"], ["25:00", "HH:MM"]),
    (2, ["pref", "set", "date_order", "dym"], ["mdy, dmy, ymd"]),
    (2, ["pref", "set", "country", "XX"], ["XX"]),
    (2, ["pref", "set", "working_days", "mon-blah"], ["blah"]),
    (3, ["pref", "set", "channel", "phone"], ["no channel 'phone'"]),
    (2, ["pref", "set", "people", "{oops"], ["{oops"]),
    # files
    (3, ["import", "/no/such/file.json"], ["/no/such/file.json"]),
    (3, ["restore", "/no/such/file.db", "-y"], ["/no/such/file.db"]),
    (1, ["export", "/no/such/folder/all.json"], ["/no/such/folder/all.json"]),
    # commands
    (2, ["lst"], ["'lst'. Did you mean list?", "ask list"]),
    (2, ["remnd", "me", "tomorrow"], ["remnd", "ask remind me tomorrow"]),
    (2, ["remnd", "x", "--at", "friday"], ["ask remind x --at friday"]),
    (2, ["pref", "ste", "timezone"], ["pref ste", "Did you mean set?", "ask pref set timezone"]),
    (2, ["chanel", "list"], ["ask channel list"]),
    (2, ["frobnicate"], ["frobnicate", "ask --help"]),
    (2, ["remind"], ["needs TEXT", "ask remind me to call mum"]),
    (2, ["snooze", "1"], ["needs WHEN", "ask snooze 12 1h"]),
    (2, ["done"], ["needs ID"]),
    (2, ["show", "1", "2"], ["ask show 12"]),
    (2, ["undo", "5"], ["ask undo"]),
    (5, ["buy milk on my way home"], ['ask remind "buy milk on my way home"', 'ask add "buy milk on my way home"']),
]  # fmt: skip


@pytest.mark.parametrize(("code", "argv", "says"), WRONG, ids=[" ".join(argv)[:40] for _, argv, _ in WRONG])
def test_what_cannot_be_used_is_refused_and_nothing_changes(
    ask: "Ask", code: int, argv: list[str], says: list[str]
) -> None:
    """The message names the value, the hint the fix; the store is as it was."""
    ask.ok("remind", "tea tomorrow at 17:00")
    before = ask.snapshot()
    said = ask.refused(code, *argv)
    for part in says:
        assert part in said
    assert ask.snapshot() == before
    plain = ask(*argv)
    assert (plain.code, plain.out) == (code, "")
    assert plain.err.startswith("  ")
    assert "\n  Try: " in plain.err


def test_words_after_two_dashes_are_no_options(ask: "Ask") -> None:
    """`ask add -- --due` keeps a task of that name."""
    assert ask.ok("add", "-q", "--", "--due").out == "1\n"
    assert ask.json("show", "1")["title"] == "--due"


@pytest.mark.parametrize("size", [10_001, 1_000_000])
def test_a_text_that_is_too_long_is_refused_with_its_length(ask: "Ask", size: int) -> None:
    """1 MB of text on stdin: the length, the limit, and what to do instead."""
    assert f"{size:,} characters; 10,000 can be kept" in ask.refused(2, "add", "-", stdin="x" * size)
    assert not ask.home.exists()


@pytest.mark.parametrize("stdin", [b"a\0b", b"a\x07b", b"", b"\n\n"])
def test_control_characters_and_empty_texts_on_stdin_are_refused(ask: "Ask", stdin: bytes) -> None:
    """NUL bytes and the like can be neither shown nor searched."""
    ask.refused(2, "add", "-", stdin=stdin)
    assert not ask.home.exists()


def test_broken_utf_8_on_stdin_is_refused(ask: "Ask") -> None:
    """With the byte, for a text and for numbers."""
    assert "0xff" in ask.refused(2, "add", "-", stdin=b"caf\xff")
    assert "no number" in ask.refused(2, "done", "-", stdin=b"\xff\n")


@pytest.mark.parametrize(
    "argv", [[b"add", b"caf\xe9"], [b"list", b"\xff"], [b"done", b"\xff"], [b"list", b"--tz", b"\xff"]]
)
def test_broken_utf_8_in_the_command_line_is_refused(ask: "Ask", argv: list[bytes]) -> None:
    """By the real script, with the bytes as a shell would hand them over."""
    result = ask.script(*argv)
    assert result.code == 2
    assert "is not UTF-8: it holds the byte 0x" in result.err
    assert not ask.home.exists()


def test_an_instant_without_an_offset_cannot_be_now(ask: "Ask") -> None:
    """`ASK_NOW` without offset, or none at all: exit 2 with the right form."""
    ask.at("2026-11-23T09:00:00")
    assert "without an offset" in ask.refused(2, "list")
    assert "2026-11-23T09:00:00+00:00" in ask.refused(2, "run-due")
    ask.at("yesterday")
    assert "'yesterday'" in ask.refused(2, "add", "x")
    ask.at("0001-01-01T00:00:00+14:00")
    assert "beyond the calendar" in ask.refused(2, "list")


def test_a_store_of_a_newer_version_is_left_alone(ask: "Ask") -> None:
    """Exit 1 and the fix; not a byte is changed."""
    ask.ok("add", "a")
    _sql(ask, "pragma user_version = 99")
    before = (ask.home / "ask.db").read_bytes()
    for argv in (["list"], ["add", "b"], ["run-due"], ["done", "1"]):
        said = ask.refused(1, *argv)
        assert "newer ask (schema 99" in said
        assert "upgrade ask" in said
    assert (ask.home / "ask.db").read_bytes() == before


@pytest.mark.parametrize("damage", ["flipped", "no database", "cut"])
def test_a_damaged_store_is_refused_with_the_way_back(ask: "Ask", damage: str) -> None:
    """Exit 1 and the newest good backup; restoring it brings everything back."""
    for number in range(200):
        ask.ok("add", f"task {number}")
    copy = ask.json("backup")["path"]
    path = ask.home / "ask.db"
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        for at in range(2000, len(data), 7):
            data[at] ^= 0xFF
    elif damage == "cut":
        del data[len(data) // 3 :]
    else:
        data[:100] = b"x" * 100
    path.write_bytes(bytes(data))
    for argv in (["list"], ["add", "b"]):
        said = ask.refused(1, *argv)
        assert "damaged" in said
        assert f"ask restore {copy}" in said
    ask.ok("restore", copy, "-y")
    assert len(ask.json("list")) == 200


def test_an_empty_file_in_the_stores_place_becomes_a_store(ask: "Ask") -> None:
    """As an editor or `touch` may have left it."""
    ask.home.mkdir()
    (ask.home / "ask.db").touch()
    assert ask.json("add", "a")["id"] == 1


def test_a_store_that_cannot_be_opened_says_where(ask: "Ask") -> None:
    """A folder in its place, for reading and for writing."""
    (ask.home / "ask.db").mkdir(parents=True)
    for argv in (["list"], ["add", "a"], ["run-due"]):
        assert f"{ask.home}/ask.db" in ask.refused(1, *argv)


def test_a_home_that_cannot_be_made_says_where(ask: "Ask") -> None:
    """`ASK_HOME` below a file: nothing can be written there, and reading finds nothing."""
    ask.home.write_text("a file")
    said = ask.refused(1, "add", "a")
    assert f"{ask.home}/ask.db" in said
    assert "ASK_HOME" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root; the next test shows the same to everybody else")
def test_a_read_only_disk_says_so(ask: "Ask") -> None:
    """Reading still works where it can; writing is refused with the place, and nothing is half written."""
    ask.ok("add", "a")
    if subprocess.run(["mount", "--bind", "-o", "ro", ask.home, ask.home], capture_output=True, check=False).returncode:
        pytest.skip("this system does not mount")
    subprocess.run(["mount", "-o", "remount,ro,bind", ask.home], check=True)
    try:
        result = ask("add", "b", "--json")
        assert (result.code, result.error["code"]) == (1, "store_read_only")
        assert str(ask.home) in result.error["message"]
    finally:
        subprocess.run(["umount", ask.home], check=True)
    assert [item["title"] for item in ask.json("list")] == ["a"]


def test_a_missing_store_is_empty_for_those_who_look(ask: "Ask") -> None:
    """Looking makes nothing; numbers are not there; a backup has nothing to copy."""
    assert ask.json("list") == []
    assert ask.json("run-due")["tick"] is None
    assert "no item 1" in ask.refused(3, "show", "1")
    assert "no store to back up" in ask.refused(3, "backup")
    assert not ask.home.exists()


def test_a_full_disk_loses_nothing_that_was_there(ask: "Ask") -> None:
    """The write that does not fit is refused whole; the store stays good, and works once there is room."""
    for number in range(20):
        ask.ok("add", f"task {number}", "--tag", "x" * 200)
    before = ask.snapshot()
    child = ask.start("add", "y" * 9000, "--json", preexec_fn=_limit(40_000))
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out) == (1, b"")
    error = json.loads(err)["error"]
    assert error["code"] == "store_full"
    assert "ask.db" in error["message"]
    assert ask.snapshot() == before
    assert ask.json("add", "z")["title"] == "z"


def _limit(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_full_disk_at_the_answer_says_that_the_change_is_kept(ask: "Ask") -> None:
    """`ask add x > /dev/full`: exit 1, and the task is there."""
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [ask.path, "add", "a"], stdout=full, stderr=subprocess.PIPE, env=ask.environment, check=False
        )
    assert ran.returncode == 1
    assert b"What the command did is kept" in ran.stderr
    assert [item["title"] for item in ask.json("list")] == ["a"]


def test_a_busy_store_exits_75_after_waiting(ask: "Ask") -> None:
    """Another process holds the lock: after its patience `ask` says so, keeps nothing, and reading still works."""
    ask.ok("add", "a")
    con = sqlite3.connect(ask.home / "ask.db", isolation_level=None)
    con.execute("begin immediate")
    try:
        said = ask.refused(75, "add", "b")
        assert "busy" in said
        assert "try again" in said
        assert [item["title"] for item in ask.json("list")] == ["a"]
    finally:
        con.execute("rollback")
        con.close()


def test_a_reader_that_leaves_early_is_no_error(ask: "Ask") -> None:
    """`ask list --all | head -1`: exit 0 and no complaint, as other commands of the system do."""
    for number in range(3):
        ask.ok("add", f"task {number} " + "x" * 9000)
    child = ask.start("list", "--all", "--json")
    assert child.stdout is not None and child.stderr is not None
    child.stdout.close()
    assert child.wait(20) == 0
    assert child.stderr.read() == b""
    child.stderr.close()


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_is_no_fault(ask: "Ask", closed: int) -> None:
    """`<&-`, `>&-`, `2>&-`: the change is made, or refused, as with an open one."""
    child = ask.start("add", "a", preexec_fn=lambda: os.close(closed))
    out, err = child.communicate(timeout=20)
    assert child.returncode == 0, (out, err)
    assert b"fault" not in err
    assert [item["title"] for item in ask.json("list")] == ["a"]


def test_ctrl_c_exits_130_without_a_traceback(ask: "Ask") -> None:
    """Interrupted while it watches, `ask` leaves quietly."""
    ask.ok("remind", "tea tomorrow at 9:00")
    child = ask.start("watch")
    assert child.stdout is not None and child.stderr is not None
    assert child.stderr.readline() == b"  watching; Ctrl-C ends it\n"
    _wait_for(lambda: (ask.home / "tick").exists())
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (130, b"", b"")


def _wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < until
        os.sched_yield()


@pytest.mark.parametrize(
    "document",
    [
        "", "[]", "{}", "\udcff", '{"format": "ask-export", "version": 1}',
        '{"format": "ask-export", "version": 9, "tables": {}}',
        '{"format": "ask-export", "version": 1, "tables": {"task": [{"id": 1}]}}',
        '{"format": "ask-export", "version": 1, "tables": {"task": 5}}',
    ],
)  # fmt: skip
def test_an_import_of_something_else_takes_in_nothing(ask: "Ask", document: str) -> None:
    """Exit 2 with the name of the file; the store is as it was."""
    ask.ok("add", "a")
    before = ask.snapshot()
    path = ask.folder / "other.json"
    path.write_bytes(document.encode("utf-8", "surrogateescape"))
    assert str(path) in ask.refused(2, "import", str(path))
    assert ask.snapshot() == before


def test_a_message_cannot_steer_the_terminal(ask: "Ask") -> None:
    """Control characters that came into the store by another way are shown, not obeyed."""
    number = ask.number("add", "harmless")
    _sql(ask, "update task set title = 'a' || char(27) || ']0;owned' || char(7)")
    assert "\x1b" not in ask.ok("show", number).out
    assert "\\x1b]0;owned\\x07" in ask.terminal("list").out


def _sql(ask: "Ask", *statements: str) -> Any:
    con = sqlite3.connect(ask.home / "ask.db", isolation_level=None)
    try:
        return [con.execute(statement).fetchall() for statement in statements]
    finally:
        con.close()
