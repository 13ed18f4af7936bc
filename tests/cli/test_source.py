"""`ask source`: what a person adds, sees, tries and removes."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.calendars import Calendar, put_file

if TYPE_CHECKING:
    from tests.conftest import Ask

SECRET = "calendar+https://calendar.example.com/ical/private-0a1b2c/basic.ics"


@pytest.fixture
def scans(ask: "Ask") -> Path:
    """A folder that a person watches."""
    folder = ask.folder / "scans"
    folder.mkdir()
    return folder


def test_a_source_is_added_with_its_interval_and_listed(ask: "Ask", scans: Path) -> None:
    """Five minutes unless said; the interval is shown as it is written."""
    made = ask.json("source", "add", "scans", f"folder://{scans}")
    assert (made["name"], made["url"], made["every"], made["stale"]) == ("scans", f"folder://{scans}", "5m", False)
    assert made["events"] == ["folder.new", "folder.changed", "folder.gone"]
    ask.ok("source", "add", "hourly", f"folder://{scans}", "--every", "60m")
    assert [(one["name"], one["every"], one["last_success_at"]) for one in ask.json("source", "list")] == [
        ("hourly", "1h", None), ("scans", "5m", None),
    ]  # fmt: skip


def test_adding_says_what_it_tells_and_how_to_use_it_and_take_it_back(ask: "Ask", scans: Path) -> None:
    """What was understood, when it acts next, and the way back."""
    seen = ask.terminal("source", "add", "scans", f"folder://{scans}").out
    assert "every 5m" in seen
    assert "takes stock at the next tick, then tells folder.new, changed, gone" in seen
    assert "on: [{event: folder.new}]" in seen
    assert "undo: ask undo" in seen
    assert "Nothing ticks yet" in seen


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Scans", "folder:///"], "cannot name a source"),
        (["scans", "folder:///not/there"], "is not there"),
        (["scans", "/etc"], "is a path, not a URL"),
        (["scans", "gopher://example.com"], "No source is called 'gopher'"),
        (["scans", "folder:///", "--every", "30s"], "too often"),
        (["scans", "folder:///", "--every", "soon"], "no length of time"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_source_is_refused_with_the_fix(ask: "Ask", words: list[str], said: str) -> None:
    """Exit 2, and nothing is kept."""
    assert said in ask.refused(2, "source", "add", *words)
    assert ask.json("source", "list") == []


def test_the_same_again_changes_nothing(ask: "Ask", scans: Path) -> None:
    """Neither its interval nor where it stands."""
    ask.ok("source", "add", "scans", f"folder://{scans}", "--every", "10m")
    ask.tick("2026-11-23T16:21:00+01:00")
    again = ask.json("source", "add", "scans", f"folder://{scans}")
    assert (again["changed"], again["every"]) == (False, "10m")
    assert again["last_success_at"] == "2026-11-23T16:21:00+01:00"


def test_another_interval_keeps_what_is_known_and_another_place_begins_anew(ask: "Ask", scans: Path) -> None:
    """The cursor belongs to the place."""
    ask.ok("source", "add", "scans", f"folder://{scans}")
    ask.tick("2026-11-23T16:21:00+01:00")
    sooner = ask.json("source", "add", "scans", f"folder://{scans}", "--every", "1m")
    assert (sooner["every"], sooner["last_success_at"]) == ("1m", "2026-11-23T16:21:00+01:00")
    other = ask.folder / "other"
    other.mkdir()
    (other / "old.pdf").write_text("old")
    moved = ask.json("source", "add", "scans", f"folder://{other}")
    assert (moved["replaced"], moved["last_success_at"], moved["every"]) == (f"folder://{scans}", None, "1m")
    ask.tick("2026-11-23T16:22:00+01:00")
    assert ask.snapshot()["event"] == []


def test_another_way_to_look_at_the_same_calendar_keeps_what_is_known(ask: "Ask") -> None:
    """Options after # say how to look, not where."""
    calendar = Calendar(ask.folder / "work.ics")
    ask.ok("source", "add", "work", calendar.url)
    ask.tick("2026-11-23T16:21:00+01:00")
    changed = ask.json("source", "add", "work", f"{calendar.url}#starting=5m")
    assert (changed["changed"], changed["last_success_at"]) == (True, "2026-11-23T16:21:00+01:00")


def test_a_test_shows_what_would_be_told_and_keeps_nothing(ask: "Ask", scans: Path) -> None:
    """It goes from where the source stands, and the next tick tells it all the same."""
    ask.ok("source", "add", "scans", f"folder://{scans}", "--every", "1m")
    assert ask.json("source", "test", "scans")["first"] is True
    ask.tick("2026-11-23T16:21:00+01:00")
    put_file(scans / "bill.pdf", "42", "2026-11-23T16:21:10+01:00")
    before = ask.snapshot()
    for now in ("2026-11-23T16:21:30+01:00", "2026-11-23T16:21:40+01:00"):
        tried = ask.at(now).json("source", "test", "scans")
        told = [(event["event"], event["data"]["name"]) for event in tried["events"]]
        assert told == [("folder.new", "bill.pdf")]
    assert ask.snapshot() == before


def test_a_source_that_cannot_be_read_fails_its_test(ask: "Ask", scans: Path) -> None:
    """Exit 1, with the reason."""
    ask.ok("source", "add", "scans", f"folder://{scans}")
    scans.rmdir()
    tried = ask("source", "test", "scans", "--json")
    assert (tried.code, tried.json["ok"]) == (1, False)
    assert "is no folder any more" in tried.json["error"]


def test_an_unknown_name_is_refused_with_the_nearest(ask: "Ask", scans: Path) -> None:
    """Exit 3."""
    ask.ok("source", "add", "scans", f"folder://{scans}")
    assert "did you mean scans?" in ask.refused(3, "source", "remove", "scan")
    assert "There is no source" in ask.refused(3, "source", "test", "elsewhere")


def test_a_removed_source_is_looked_at_no_more_and_undo_brings_it_back(ask: "Ask", scans: Path) -> None:
    """With all that was known of it."""
    ask.ok("source", "add", "scans", f"folder://{scans}", "--every", "1m")
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.ok("source", "remove", "scans")
    assert ask.json("source", "list") == []
    assert ask.tick("2026-11-23T16:25:00+01:00")["next_at"] is None
    ask.ok("undo")
    (back,) = ask.json("source", "list")
    assert back["last_success_at"] == "2026-11-23T16:21:00+01:00"


def test_an_added_source_is_undone_also_after_a_tick_has_looked_at_it(ask: "Ask", scans: Path) -> None:
    """Looking is nothing that came of it in the world."""
    ask.ok("source", "add", "scans", f"folder://{scans}")
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.ok("undo")
    assert ask.json("source", "list") == []
    ask.ok("source", "add", "scans", f"folder://{scans}")
    assert ask.json("source", "list")[0]["last_success_at"] is None


@pytest.mark.parametrize(
    "words",
    [
        ["source", "list"], ["source", "list", "--json"], ["log"], ["log", "--json"], ["export"], ["doctor", "--json"],
        ["source", "add", "work", SECRET, "--json"], ["source", "remove", "work", "--json"], ["undo", "--json"],
    ],
)  # fmt: skip
def test_no_command_shows_the_secret_path_of_a_calendar(ask: "Ask", words: list[str]) -> None:
    """Who knows the path of a private calendar reads it: also not from the journal's images, or one replaced."""
    ask.ok("source", "add", "work", SECRET.replace("0a1b2c", "9z8y7x"))
    ask.ok("source", "add", "work", SECRET)
    result = ask(*words)
    assert result.code in (0, 1), result
    for secret in ("0a1b2c", "9z8y7x"):
        assert secret not in result.out + result.err


def test_a_source_that_fails_is_told_by_doctor_and_one_that_is_stale_by_ask_alone(ask: "Ask", scans: Path) -> None:
    """Failing at once; stale when the last success is more than three intervals old. Both end by themselves."""
    ask.ok("source", "add", "scans", f"folder://{scans}", "--every", "1m")
    ask.tick("2026-11-23T16:21:00+01:00")
    scans.rmdir()
    ask.tick("2026-11-23T16:22:00+01:00")
    assert _check(ask)["ok"] is False
    assert "is no folder any more" in _check(ask)["detail"]
    assert "ask source test scans" in _check(ask)["fix"]
    assert ask.json("source", "list")[0]["stale"] is False
    assert "stale" not in ask.terminal().out
    ask.at("2026-11-23T16:25:00+01:00")
    assert ask.json("source", "list")[0]["stale"] is True
    assert "stale source: scans" in ask.terminal().out.splitlines()[-1]
    scans.mkdir()
    ask.tick("2026-11-23T17:30:00+01:00")
    assert _check(ask)["ok"] is True
    assert "stale" not in ask.terminal().out


def _check(ask: "Ask") -> dict[str, str | bool]:
    checks = ask("doctor", "--json").json["checks"]
    found: dict[str, str | bool] = next(check for check in checks if check["name"] == "source scans")
    return found


def test_names_of_sources_are_completed(ask: "Ask", scans: Path) -> None:
    """`ask source test s<TAB>`."""
    ask.ok("source", "add", "scans", f"folder://{scans}")
    seen = ask.script(_ASK_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="ask source test s")
    assert "scans" in seen.out
