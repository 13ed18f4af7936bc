"""Stories of what is set and kept: preferences, channels, backup and restore, export and import."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask


FIXED = {
    "timezone", "language", "locale", "date_order", "week_start", "default_time", "working_days", "country", "channel",
    "quiet_hours", "attention_limit", "approve_always", "approve_never", "approve_over", "escalation", "model",
    "model_budget_usd_per_day", "brief_time", "brief_sections", "brief_format", "people",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("timezone", "Europe/Berlin", "Europe/Berlin"),
        ("default_time", "8:30", "08:30"),
        ("date_order", "DMY", "dmy"),
        ("week_start", "sun", "sunday"),
        ("quiet_hours", "22:00-7", "22:00-07:00"),
        ("working_days", "sun-thu", "monday,tuesday,wednesday,thursday,sunday"),
        ("country", "de", "DE"),
        ("locale", "en_gb", "en-GB"),
        ("language", "de", "de"),
    ],
)
def test_a_preference_is_kept_in_its_right_form(ask: "Ask", name: str, said: str, kept: str) -> None:
    """`{"name", "value"}`; then get and list show it, and unset goes back to the default."""
    made = ask.json("pref", "set", name, said)
    assert (made["name"], made["value"]) == (name, kept)
    shown = ask.json("pref", "get", name)
    assert shown["value"] == kept
    assert shown["meaning"]
    assert {one["name"]: one["value"] for one in ask.json("pref", "list")}[name] == kept
    ask.ok("pref", "unset", name)
    assert ask.json("pref", "get", name)["value"] in (shown["default"], "Europe/Berlin")


def test_preferences_decide_how_words_are_read(ask: "Ask") -> None:
    """The default time, the order of figures in a date, the working days."""
    ask.ok("pref", "set", "default_time", "07:15")
    ask.ok("pref", "set", "date_order", "dmy")
    assert ask.json("remind", "x", "--at", "3/4/2027")["next_at"] == "2027-04-03T07:15:00+02:00"


def test_every_fixed_preference_is_listed_with_its_meaning(ask: "Ask") -> None:
    """CONTRACT "Preferences with fixed names"."""
    listed = {one["name"]: one["meaning"] for one in ask.json("pref", "list")}
    assert listed.keys() >= FIXED
    assert all(listed.values())


def test_a_channel_is_added_proved_and_removed(ask: "Ask") -> None:
    """`{"name", "url"}`; a test message arrives; `terminal` and `desktop` need no adding."""
    url = f"file://{ask.folder}/out.jsonl"
    assert ask.json("channel", "add", "out", url).items() >= {"name": "out", "url": url}.items()
    assert {one["name"] for one in ask.json("channel", "list")} == {"desktop", "out", "terminal"}
    assert ask.json("channel", "test", "out")["state"] == "sent"
    (line,) = ask.rang
    assert line.keys() == {"id", "item", "key", "text", "at", "severity", "channel"}
    assert ask.json("channel", "remove", "out")["name"] == "out"
    assert "no channel 'out'" in ask.refused(3, "channel", "test", "out")


def test_a_channel_that_does_not_take_its_test_exits_1(ask: "Ask") -> None:
    """With what it said as evidence."""
    ask.ok("channel", "add", "bad", "command:///bin/false")
    result = ask("channel", "test", "bad", "--json")
    assert (result.code, result.json["state"]) == (1, "not sent")
    assert "exit 1" in result.json["evidence"]


def test_the_default_channel_is_not_removed_under_ones_feet(ask: "Ask") -> None:
    """Exit 4 with the way."""
    ask.with_file_channel()
    assert "ask pref set channel" in ask.refused(4, "channel", "remove", "out")


def test_a_backup_is_restored_whole(ask: "Ask") -> None:
    """`{"path", "bytes"}`; what came after it is gone, and kept beside the store."""
    ask.ok("add", "a")
    made = ask.json("backup")
    assert Path(made["path"]).stat().st_size == made["bytes"]
    ask.ok("add", "b")
    put = ask.json("restore", made["path"], "-y")
    assert [item["title"] for item in ask.json("list")] == ["a"]
    assert Path(put["aside"]).exists()


def test_a_backup_goes_where_it_is_told_and_overwrites_nothing_else(ask: "Ask") -> None:
    """A file of another kind is left alone: exit 4."""
    ask.ok("add", "a")
    target = ask.folder / "copy.db"
    assert ask.json("backup", str(target))["path"] == str(target)
    other = ask.folder / "thesis.txt"
    other.write_text("years of work")
    assert str(other) in ask.refused(4, "backup", str(other))
    assert str(ask.folder) in ask.refused(4, "backup", str(ask.folder))
    assert other.read_text() == "years of work"


def test_a_file_that_is_no_backup_is_not_restored(ask: "Ask") -> None:
    """The store is as it was."""
    ask.ok("add", "a")
    other = ask.folder / "thesis.txt"
    other.write_text("years of work")
    before = ask.snapshot()
    result = ask("restore", str(other), "-y", "--json")
    assert result.code in (1, 4)
    assert str(other) in result.error["message"]
    assert ask.snapshot() == before


def test_an_export_is_taken_in_elsewhere_once(ask: "Ask", tmp_path: Path) -> None:
    """Open tasks and reminders move to another home, and a second import makes nothing twice."""
    from tests.conftest import Ask as Another

    ask.ok("add", "stamps", "--due", "friday", "--tag", "post")
    ask.ok("remind", "tea", "--every", "day at 17:00", "--until-ack")
    ask.ok("done", ask.number("add", "old"))
    path = ask.folder / "all.json"
    counted = ask.json("export", str(path))
    assert counted["path"] == str(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()) == json.loads(ask.ok("export").out)
    other = Another(tmp_path / "other")
    (tmp_path / "other").mkdir()
    for tasks, schedules, known in ((1, 1, 0), (0, 0, 2)):
        taken = other.json("import", str(path))
        assert (taken["tasks"], taken["schedules"], taken["known"]) == (tasks, schedules, known)
    assert [item["title"] for item in other.json("list")] == ["tea", "stamps"]
    assert other.tick("2026-11-23T17:00:00+01:00")["slots"] == 1
    assert len(other.json("inbox")) == 1


def test_an_import_is_undone_whole(ask: "Ask") -> None:
    """One command, one undo."""
    for name in "ab":
        ask.ok("add", name)
    path = ask.folder / "all.json"
    ask.ok("export", str(path))
    ask.ok("cancel", "1", "2")
    assert ask.json("import", str(path))["known"] == 2
    (ask.home / "ask.db").unlink()
    assert ask.json("import", str(path))["tasks"] == 2
    ask.ok("undo")
    assert ask.json("list") == []
