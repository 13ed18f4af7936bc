"""Stories of the ladder that a person prefers: what must be answered goes on by it, where it has none of its own."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.workflows import check_journal, keep, run

if TYPE_CHECKING:
    from tests.conftest import Ask

PEOPLE = '{"eve": {"channel": "hers"}, "bob": {"mail": "bob@example.com"}}'
LADDER = "10m, 20m; 1h tell eve; 1 business day task"
NUDGE = """
name: nudge
steps:
  - {{id: ring, notify: did you send it?, until: ack{more}}}
"""


def prepared(ask: "Ask", ladder: str = LADDER) -> "Ask":
    """A person with a manager on a channel of her own, and a ladder that reaches her."""
    ask.with_file_channel().ok("channel", "add", "hers", f"file://{ask.folder}/hers.jsonl")
    ask.ok("pref", "set", "people", PEOPLE)
    ask.ok("pref", "set", "country", "DE")
    ask.ok("pref", "set", "escalation", ladder)
    return ask


def hers(ask: "Ask") -> list[str]:
    """The lines that reached the manager."""
    path = ask.folder / "hers.jsonl"
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("15m,30m,1h", "15m, 30m, 1h"),
        (" 15m ;2h  tell  eve", "15m; 2h tell eve"),
        ("ONCE; 1 business day TASK", "once; 1 business day task"),
        ("1h; 2d on out; 3 business days tell eve", "1h; 2d on out; 3 business days tell eve"),
    ],
)
def test_a_ladder_is_kept_in_its_form(ask: "Ask", said: str, kept: str) -> None:
    """And it is used: no note says that it were not."""
    prepared(ask)
    assert ask.json("pref", "set", "escalation", said)["value"] == kept
    assert "nothing uses it" not in ask.json("pref", "get", "escalation")["meaning"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "15m,30m,1h"),
        ("often", "15m,30m,1h"),
        ("15m; tell eve", "2h tell eve"),
        ("15m; soon tell eve", "2h tell eve"),
        ("15m; 2h tell", "tell NAME"),
        ("15m; 2h task now", "tell NAME"),
        ("15m; 2h shout eve", "tell NAME"),
        ("; 2h tell eve", "once: no repeats"),
        ("15m; 0d task", "tell NAME"),
        ("15m; 2h tell ada", "'ada' is none of your people (bob, eve)"),
        ("15m; 2h tell bob", "bob has no channel"),
        ("15m; 2h on pigeon", "pigeon"),
    ],
)
def test_what_is_no_ladder_is_refused_with_the_form(ask: "Ask", said: str, told: str) -> None:
    """Nothing is kept."""
    prepared(ask, "5m")
    result = ask("pref", "set", "escalation", said, "--json")
    assert result.code in (2, 3), result
    assert told in f"{result.error['message']} | {result.error['hint']}"
    assert ask.json("pref", "get", "escalation")["value"] == "5m"


def test_a_reminder_goes_up_the_ladder_until_nobody_has_answered(ask: "Ask") -> None:
    """Repeats until the first rung; the manager; a task on the next business day; then it says so and ends."""
    prepared(ask)
    number = ask.number("remind", "send the offer", "--at", "2026-11-27 16:00", "--until-ack")
    for at in ("16:00", "16:10", "16:30", "16:50", "17:00"):
        ask.tick(f"2026-11-27T{at}:00+01:00")
    assert ask.texts == ["send the offer"] * 4
    assert "its ladder goes on Mon 30 Nov 2026 17:00" in ask.json("why", number)["why"]
    (line,) = hers(ask)
    assert '"nobody answered: send the offer"' in line
    ask.tick("2026-11-30T16:59:00+01:00")
    assert ask.json("list", "--kind", "task") == []
    ask.tick("2026-11-30T17:00:00+01:00")
    (task,) = ask.json("list", "--kind", "task")
    assert (task["title"], task["priority"]) == ("send the offer", "high")
    assert ask.json("show", number)["state"] == "ended"
    assert "nobody answered after 4 rings and 2 rungs" in ask.texts[-1]
    ask.tick("2026-12-02T17:00:00+01:00")
    assert (len(ask.texts), len(hers(ask))) == (5, 1)
    check_journal(ask)


def test_an_answer_ends_the_whole_ladder(ask: "Ask") -> None:
    """Nobody else is told."""
    prepared(ask)
    number = ask.number("remind", "send the offer", "--at", "2026-11-27 16:00", "--until-ack")
    ask.tick("2026-11-27T16:00:00+01:00")
    ask.ok("done", number)
    ask.tick("2026-12-02T17:00:00+01:00")
    assert (ask.texts, hers(ask), ask.json("list", "--kind", "task")) == (["send the offer"], [], [])


def test_a_reminder_with_repeats_of_its_own_keeps_to_them(ask: "Ask") -> None:
    """And so does what was made before the preference was set."""
    ask.with_file_channel()
    ask.ok("remind", "before", "--at", "2026-11-27 16:00", "--until-ack")
    prepared(ask)
    ask.ok("remind", "own", "--at", "2026-11-27 16:00", "--repeat", "15m")
    for at in ("16:00", "16:10", "16:15", "17:00"):
        ask.tick(f"2026-11-27T{at}:00+01:00")
    assert sorted(ask.texts) == ["before"] * 3 + ["own"] * 3
    assert hers(ask) == []


def test_edit_until_ack_takes_the_preferred_ladder(ask: "Ask") -> None:
    """As a new reminder does."""
    prepared(ask, "once; 1h tell eve")
    number = ask.number("remind", "send the offer", "--at", "2026-11-27 16:00")
    ask.ok("edit", number, "--until-ack")
    for at in ("16:00", "16:30", "17:00"):
        ask.tick(f"2026-11-27T{at}:00+01:00")
    assert (ask.texts[0], len(hers(ask))) == ("send the offer", 1)
    assert ask.json("show", number)["state"] == "ended"


@pytest.mark.parametrize(("more", "rings", "told"), [("", 3, 1), (", repeat: [15m]", 4, 0)])
def test_a_step_of_a_workflow_without_a_ladder_goes_by_the_preferred_one(
    ask: "Ask", more: str, rings: int, told: int
) -> None:
    """Where its file says how it repeats, that counts."""
    prepared(ask, "10m, 30m; 1h tell eve")
    keep(ask, NUDGE.format(more=more))
    job = run(ask, "nudge")
    for minute in range(20, 60, 5):
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    for at in ("17:00", "17:20"):
        ask.tick(f"2026-11-23T{at}:00+01:00")
    assert sum(text == "did you send it?" for text in ask.texts) == rings
    assert len(hers(ask)) == told
    assert ask.json("show", str(job))["state"] == ("awaiting_input" if more else "completed")
    check_journal(ask)


def test_a_file_that_is_added_again_under_another_ladder_is_another_version(ask: "Ask") -> None:
    """The preference holds for what is kept from then on; the same file under the same ladder is the same."""
    prepared(ask, "10m")
    keep(ask, NUDGE.format(more=""))
    keep(ask, NUDGE.format(more=""))
    assert ask.json("workflow", "show", "nudge")["version"] == 1
    ask.ok("pref", "set", "escalation", "20m")
    keep(ask, NUDGE.format(more=""))
    assert ask.json("workflow", "show", "nudge")["version"] == 2
