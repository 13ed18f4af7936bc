"""From one home to another: what a person set up comes along with what is open, and no secret does."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.calendars import Calendar
from tests.cli.keeping import REPORT, keep, simple
from tests.conftest import Ask

SECOND = REPORT.replace("about: Collect, draft, send.", "about: Collect and send.")
BIWEEKLY = "on:\n  - schedule: every 2 weeks on friday at 16:00\n"
CHILD = "{id: go, workflow: {name: backup}}"
TOKEN = "tgram://123456789:abcdefg_hijklmnop/12315544/"
SETTINGS = {
    "timezone": "America/New_York", "quiet_hours": "22:00-07:00", "channel": "out", "brief_time": "07:30",
    "people": '{"ada": {"mail": "ada@example.com", "channel": "out"}}', "model": "ollama/llama3",
}  # fmt: skip


@pytest.fixture
def there(ask: Ask) -> Ask:
    """A home that has been lived in."""
    ask.ok("channel", "add", "out", f"file://{ask.folder}/out.jsonl")
    ask.ok("channel", "add", "phone", TOKEN)
    for name, value in SETTINGS.items():
        ask.ok("pref", "set", name, value)
    calendar = Calendar(ask.folder / "work.ics")
    calendar.put("1", "vendor call", "2026-12-24 11:00", "2026-12-24 12:00")
    calendar.write()
    ask.ok("source", "add", "work", calendar.url, "--every", "10m")
    ask.ok("source", "add", "hidden", "calendar+https://calendar.example.com/private-0a1b2c/x.ics")
    keep(ask, REPORT)
    keep(ask, SECOND)
    keep(ask, simple("all", CHILD.replace("backup", "saved")).replace("saved", "weekly-report").replace(
        "name: weekly-report}", "name: weekly-report, inputs: {person: ada}}"
    ))  # fmt: skip
    keep(ask, simple("rests", "{id: go, run: ['true']}", BIWEEKLY))
    ask.ok("workflow", "pause", "rests")
    keep(ask, simple("gone", "{id: go, run: ['true']}"))
    ask.ok("workflow", "remove", "gone")
    ask.ok("add", "stamps")
    return ask


@pytest.fixture
def other(there: Ask, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """An empty home, to which an export is brought."""
    there.ok("export", str(there.folder / "all.json"))
    return Ask(tmp_path_factory.mktemp("other"))


def bring(there: Ask, other: Ask) -> Any:
    """What an import says."""
    return other.json("import", str(there.folder / "all.json"))


def set_up(ask: Ask) -> dict[str, Any]:
    """What a person sees of what they set up, but for numbers and for when it was done."""
    known = [ask.json("workflow", "show", one["name"]) for one in ask.json("workflow", "list")]
    return {
        "preferences": ask.json("pref", "list"),
        "workflows": [
            {
                "name": one["name"], "state": one["state"], "version": one["version"],
                "triggers": [(t["schedule"], t["state"], t["next"]) for t in one["triggers"] if t.get("schedule")],
                "text": (ask.home / "workflows" / f"{one['name']}.yaml").read_text(),
            }
            for one in known
        ],
        "versions": sorted((row["name"], row["version"], row["hash"]) for row in ask.snapshot()["workflow"]
                           if row["name"] != "gone"),
    }  # fmt: skip


def test_what_was_set_up_is_the_same_in_an_empty_home(there: Ask, other: Ask) -> None:
    """Preferences, workflows with their versions, and schedules: whether they rest, and when each is next."""
    taken = bring(there, other)
    assert [taken[name] for name in ("tasks", "workflows", "preferences", "channels", "sources")] == [1, 3, 6, 1, 1]
    assert set_up(other) == set_up(there)
    assert [one["name"] for one in other.json("channel", "list")] == ["desktop", "out", "terminal"]
    assert [(one["name"], one["every"]) for one in other.json("source", "list")] == [("work", "10m")]
    assert other.ok("run", "weekly-report", "person=ada").code == 0


def test_a_second_import_makes_nothing_twice_and_what_is_here_stands(there: Ask, other: Ask) -> None:
    """Also where it is another value."""
    other.ok("pref", "set", "brief_time", "09:00")
    taken = bring(there, other)
    assert (taken["preferences"], taken["known"]) == (5, 1)
    before = {name: rows for name, rows in other.snapshot().items() if name not in ("command", "journal")}
    again = bring(there, other)
    assert [again[name] for name in ("tasks", "workflows", "preferences", "channels", "sources")] == [0] * 5
    assert {name: rows for name, rows in other.snapshot().items() if name not in ("command", "journal")} == before
    assert other.json("pref", "get", "brief_time")["value"] == "09:00"


def test_what_holds_a_secret_is_told_and_not_made(there: Ask, other: Ask) -> None:
    """With the command that adds it; the export itself has none of it."""
    text = (there.folder / "all.json").read_text()
    assert "abcdefg_hijklmnop" not in text
    assert "private-0a1b2c" not in text
    told = "\n".join(bring(there, other)["left_out"])
    assert "ask channel add phone URL" in told
    assert "ask source add hidden URL" in told


def test_a_workflow_that_lacks_something_here_is_left_out_with_the_reason(there: Ask, other: Ask) -> None:
    """And taken in by the next import, when it is there."""
    file = simple("loud", "{id: go, notify: {text: Hi, channel: phone}}")
    keep(there, file)
    there.ok("export", str(there.folder / "all.json"))
    assert [one for one in bring(there, other)["left_out"] if one.startswith("workflow loud") and "phone" in one]
    other.ok("channel", "add", "phone", TOKEN)
    assert bring(there, other)["workflows"] == 1


def test_an_import_of_what_was_set_up_is_undone_whole(there: Ask, other: Ask) -> None:
    """One command, one undo."""
    bring(there, other)
    other.ok("undo")
    assert (other.json("workflow", "list"), other.json("list"), other.json("source", "list")) == ([], [], [])
    assert other.json("pref", "get", "quiet_hours")["value"] is None
    assert [one["name"] for one in other.json("channel", "list")] == ["desktop", "terminal"]
    assert not list(Path(other.home / "workflows").glob("*.yaml"))


def test_a_version_that_was_tampered_with_is_what_its_file_says(there: Ask, other: Ask) -> None:
    """The kept form is made anew from the file, as a check of it makes it."""
    path = there.folder / "all.json"
    path.write_text(path.read_text().replace('\\"argv\\": [\\"true\\"]', '\\"argv\\": [\\"evil\\"]'))
    path.write_text(path.read_text().replace('\\"argv\\":[\\"true\\"]', '\\"argv\\":[\\"evil\\"]'))
    assert '\\"evil\\"' in path.read_text()
    bring(there, other)
    assert "evil" not in "".join(row["spec"] for row in other.snapshot()["workflow"])
