"""An upgrade in the middle of workflow work: every job that an earlier release had begun comes to its end."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_upgrade import NOON, check
from tests.cli.workflows import run
from tests.released import FILES, rows, schema_number, unpack

if TYPE_CHECKING:
    from tests.conftest import Ask

FIRST = 2  # the first schema with whole workflows
WITH_FLOWS = [file for file in FILES if schema_number(file) >= FIRST]


@pytest.fixture(params=WITH_FLOWS, ids=lambda file: file.stem)
def kept(ask: "Ask", request: pytest.FixtureRequest) -> Path:
    """A released store in the person's folder, five minutes after the last worker died."""
    home = unpack(request.param, ask.folder)
    ask.environment["PATH"] = f"{ask.folder}/bin:{ask.environment['PATH']}"
    ask.at(NOON)
    return home / "ask.db"


def live_until(ask: "Ask", end: str) -> None:
    """Tick whenever something is due, up to an instant."""
    now: str | None = ask.environment["ASK_NOW"]
    idle = 0
    while now is not None and now <= end:
        ticked = ask.tick(now)
        idle = idle + 1 if ticked["tick"] is None else 0
        assert idle < 3, f"something stays due at {now}"
        following = ask.json("run-due")["next_at"]
        now = max(now, following) if following else None


def states(ask: "Ask", name: str) -> list[str]:
    """The states of the jobs of a workflow, by their numbers."""
    sql = "select state from job where workflow = ? order by number"
    return [row[0] for row in rows(ask.home / "ask.db", sql, name)]


def question(ask: "Ask", words: str) -> dict[str, Any]:
    """The open question with these words in its title."""
    (found,) = [asked for asked in ask.json("inbox") if words in asked["title"]]
    assert isinstance(found, dict)
    return found


def did(ask: "Ask", program: str) -> list[str]:
    """The keys with which a program was run."""
    lines = (ask.folder / "did").read_text().splitlines()
    return [line.split()[1] for line in lines if line.startswith(program)]


def test_what_waited_for_nobody_goes_on(ask: "Ask", kept: Path) -> None:
    """An item of a list, an undo, a step whose service is back, a wait, a turn, a start: each ends as it must, once."""
    live_until(ask, "2026-11-06T20:00:00+01:00")
    assert states(ask, "parts") == ["completed"]
    assert states(ask, "move") == ["failed"]
    assert states(ask, "parked") == ["completed"]
    assert states(ask, "slowly") == ["completed", "completed"]
    assert states(ask, "outing") == ["completed", "in_progress"]
    assert states(ask, "door") == ["completed", "completed", "completed"]
    assert states(ask, "spare") == ["completed", "completed"]
    assert states(ask, "owner") == ["completed"]
    for text in ("3 parts are carried", "the ferry runs", "the harp is up", "off on sunday: event", "aired after 3"):
        assert ask.texts.count(text) == 1, text
    assert len(did(ask, "recall")) == 1
    assert max(Counter(did(ask, "carry")).values()) == 1
    check(ask)


def test_an_event_that_an_earlier_release_awaited_wakes_its_job(ask: "Ask", kept: Path) -> None:
    """The version that it began with goes on, though there is a newer one; one that nobody sends runs out."""
    woke = ask.json("emit", "weather.fine", "--data", '{"day": "friday"}')["woke"]
    assert len(woke) == 1
    live_until(ask, "2026-11-06T20:00:00+01:00")
    assert states(ask, "outing") == ["completed", "completed"]
    assert ask.texts.count("off on friday: event") == 1
    number = run(ask, "outing", day="someday")
    ask.ok("run-due")
    assert "no outing on someday" in ask.texts
    assert ask.json("show", str(number))["state"] == "completed"


def test_an_approval_that_was_edited_runs_as_it_was_approved(ask: "Ask", kept: Path) -> None:
    """What was approved after the last tick is read again and then run, byte for byte; what is open still asks."""
    live_until(ask, "2026-11-03T13:30:00+01:00")
    assert ask.texts.count("sent to eva") == 1
    assert question(ask, "letter to ada")["proposal"]["argv"] == ["carry", "ada", "Dear ada"]
    ask.ok("approve", str(question(ask, "letter to ada")["id"]))
    live_until(ask, "2026-11-04T09:30:00+01:00")
    assert ask.texts.count("sent to ada") == 1
    assert question(ask, "letter to zoe")["actions"]  # it started when it was meant to
    assert states(ask, "letter") == [
        "superseded", "completed", "cancelled", "completed", "cancelled", "awaiting_input", "awaiting_input",
        "completed",
    ]  # fmt: skip
    check(ask)


def test_a_child_job_that_asks_tells_its_parent(ask: "Ask", kept: Path) -> None:
    """The answer ends both."""
    ask.ok("answer", str(question(ask, "Which colour")["id"]), "blue")
    live_until(ask, "2026-11-03T13:30:00+01:00")
    assert (states(ask, "colour"), states(ask, "paint")) == (["completed"], ["completed"])
    assert ask.texts.count("the door becomes blue") == 1


def test_a_spent_budget_is_earned_back(ask: "Ask", kept: Path) -> None:
    """What was one level down asked first; approved and done, it acts by itself again."""
    ask.ok("approve", str(question(ask, "shaky: lift")["id"]))
    live_until(ask, "2026-11-03T13:30:00+01:00")
    assert states(ask, "shaky") == ["failed", "completed"]
    assert rows(ask.home / "ask.db", "select level from standing where workflow = 'shaky'") == [(0,)]


def test_a_reminder_bound_to_an_event_still_follows_it(ask: "Ask", kept: Path) -> None:
    """The calendar is read on from where its cursor stood; the event was moved by an hour meanwhile."""
    calendar = ask.folder / "work.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"20261105T14", b"20261105T15"))
    live_until(ask, "2026-11-05T16:00:00+01:00")
    (rang,) = [ring for ring in ask.rang if ring["text"] == "read the deck"]
    assert rang["at"].startswith("2026-11-05T14:30:00+00:00")


def test_in_the_end_nothing_is_left_in_the_middle(ask: "Ask", kept: Path) -> None:
    """A month of ticks, and no answers: what is still open asks a person, and all others have ended."""
    live_until(ask, "2026-11-30T12:00:00+01:00")
    left = rows(
        kept, "select id, title, state from job where workflow is not null and ended_at is null and state <> ?",
        "awaiting_input",
    )  # fmt: skip
    assert left == []
    assert rows(kept, "select path from step where lease is not null") == []
    check(ask)
