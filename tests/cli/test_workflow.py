"""`ask workflow check` as people and scripts use it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

GOOD = "name: w\non: [{schedule: every weekday at 8:30}]\nsteps:\n  - id: greet\n    text: Hello\n"
BAD = "name: w\nsteps:\n  - id: a\n    text: Hi\n    retry:\n      first: soon\n  - id: b\n    notfy: Hi\n"


@pytest.fixture
def bad(ask: "Ask") -> str:
    """A file with two errors."""
    path = ask.folder / "follow-up.yaml"
    path.write_text(BAD)
    return str(path)


def test_errors_are_lines_with_their_place_and_a_count(ask: "Ask", bad: str) -> None:
    """Exit code 2, and nothing is kept."""
    result = ask("workflow", "check", bad)
    assert result.code == 2
    assert result.lines == [
        f"{bad}:6:7\tsteps[0].retry.first is 'soon'; write a duration such as 5m",
        f"{bad}:8:5\tunknown key 'notfy'; did you mean 'notify'?",
    ]
    assert result.err == "  2 errors; nothing was kept\n"
    assert not ask.home.exists()


def test_a_person_sees_the_same_on_a_terminal(ask: "Ask", bad: str) -> None:
    """The lines, then the count."""
    result = ask.terminal("workflow", "check", bad)
    assert result.code == 2
    assert [line.split("  ")[-1] for line in result.lines if line] == [
        "steps[0].retry.first is 'soon'; write a duration such as 5m",
        "unknown key 'notfy'; did you mean 'notify'?",
        "2 errors; nothing was kept",
    ]


def test_a_script_gets_every_error_as_json(ask: "Ask", bad: str) -> None:
    """One document on stdout, and nothing on stderr."""
    result = ask("--json", "workflow", "check", bad)
    assert (result.code, result.err) == (2, "")
    assert result.json == {
        "ok": False,
        "errors": [
            {
                "file": bad, "line": 6, "column": 7, "path": "steps[0].retry.first",
                "message": "steps[0].retry.first is 'soon'; write a duration such as 5m",
            },
            {
                "file": bad, "line": 8, "column": 5, "path": "steps[1].notfy",
                "message": "unknown key 'notfy'; did you mean 'notify'?",
            },
        ],
    }  # fmt: skip


def test_a_good_file_is_said_back(ask: "Ask") -> None:
    """What was understood: steps and starts."""
    assert ask.json("workflow", "check", "-", stdin=GOOD) == {"ok": True, "errors": []}
    assert ask.ok("workflow", "check", "-", stdin=GOOD).lines == ["w\tgreet"]
    path = ask.folder / "w.yaml"
    path.write_text(GOOD)
    shown = ask.terminal("workflow", "check", str(path))
    assert shown.lines[0] == "  w is in order: greet"
    assert "every weekday at 8:30 · next Tue 24 Nov 2026 08:30 Europe/Berlin" in shown.lines[1]


def test_a_file_that_cannot_be_read_is_not_found(ask: "Ask") -> None:
    """A missing file, and a folder."""
    assert "cannot be read" in ask.refused(3, "workflow", "check", str(ask.folder / "none.yaml"))
    assert "cannot be read" in ask.refused(3, "workflow", "check", str(ask.folder))


def test_bytes_that_are_no_text_are_an_error_with_a_place(ask: "Ask") -> None:
    """Broken UTF-8, UTF-16, NUL, and ten megabytes of anything."""
    for data, place, said in [
        (b"name: w\nabout: \xff\n", (2, 8), "0xff is not UTF-8"),
        ("name: w\n".encode("utf-16"), (1, 1), "is not UTF-8"),
        (b"name: w\0\n", (1, 8), "control character"),
        (b"x" * 10_000_000, (1, 1), "larger than 256 KiB"),
    ]:
        result = ask("workflow", "check", "-", "--json", stdin=data)
        assert result.code == 2
        error = result.json["errors"][0]
        assert ((error["line"], error["column"]), error["file"]) == (place, "stdin")
        assert said in error["message"]


def test_channels_and_people_are_those_of_the_store(ask: "Ask") -> None:
    """What is missing is said before anything runs."""
    text = GOOD + "  - id: b\n    notify: {text: Hi, channel: out, to: ada}\n"
    text += "  - id: c\n    run: [ls]\n    env: {PIN: {secret: my-pin}}\n"
    result = ask("workflow", "check", "-", "--json", stdin=text)
    assert [error["path"] for error in result.json["errors"]] == [
        "steps[1].notify.channel", "steps[1].notify.to", "steps[2].env.PIN.secret",
    ]  # fmt: skip
    ask.environment["ASK_SECRET_MY_PIN"] = "1234"
    ask.with_file_channel().ok("pref", "set", "people", '{"ada": {"mail": "ada@example.com"}}')
    assert ask.json("workflow", "check", "-", stdin=text)["ok"]


def test_the_group_alone_lists_what_is_kept(ask: "Ask") -> None:
    """As `pref` and `channel` do."""
    assert ask.json("workflow") == []
    ask.ok("workflow", "add", "-", stdin=GOOD)
    assert [one["name"] for one in ask.json("workflow")] == ["w"]
