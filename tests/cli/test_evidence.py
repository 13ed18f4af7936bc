"""Stories of what is ignored: a month of rings that nobody answers, and the question what should become of them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.workflows import check_journal, keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ask

FIRST = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
NUDGE = """
name: nudge
on:
  - schedule: every day at 9:00
overlap: supersede
steps:
  - {id: ring, notify: did you water the plants?, until: ack, repeat: [1h]}
"""


def days(ask: "Ask", first: int, last: int, each: "Callable[[int], None] | None" = None) -> None:
    """A tick at nine of each of these days, counted from Tuesday 24 November as 0; and what the person does then."""
    for day in range(first, last + 1):
        ask.tick((FIRST + timedelta(days=day)).isoformat())
        if each is not None:
            each(day)


def proposals(ask: "Ask") -> list[dict[str, Any]]:
    """The questions about what is ignored."""
    return [asked for asked in ask.json("inbox") if (asked["cause"] or "").startswith("evidence/")]


def ignored(ask: "Ask") -> tuple[str, str]:
    """A daily reminder of which one ring in a month was answered: its number, and that of the question."""
    ask.with_file_channel()
    number = ask.number("remind", "pills", "--every", "day at 9:00", "--until-ack")
    days(ask, 0, 31, lambda day: ask.ok("done", number) and None if day == 10 else None)
    (asked,) = proposals(ask)
    return number, str(asked["id"])


def test_a_month_of_rings_that_nobody_answers_becomes_one_question(ask: "Ask") -> None:
    """With the figures, and what each choice does; no message is sent for it, and it is asked once."""
    number, _ = ignored(ask)
    (asked,) = proposals(ask)
    assert asked["title"] == f"reminder {number} (pills) was ignored 29 of 30 times in a month: " + (
        "retire, bundle, move or keep?"
    )
    assert [way.split(" ", 3)[3] for way in asked["actions"]] == ["retire", "bundle", "move WHEN", "keep"]
    shown = ask.terminal("inbox", NO_COLOR="1").out
    assert f"      retire: ends the series, as ask cancel {number} does\n" in shown
    assert not any("ignored" in text for text in ask.texts)
    assert any("ignored" in item["title"] for item in ask.json("brief")["sections"][0]["items"])
    days(ask, 32, 40)
    assert len(proposals(ask)) == 1
    check_journal(ask)


def test_before_a_month_has_passed_nothing_is_asked(ask: "Ask") -> None:
    """However often it was ignored."""
    number = ask.number("remind", "pills", "--every", "day at 9:00", "--until-ack")
    days(ask, 0, 29)
    assert proposals(ask) == []
    assert ask.json("show", number)["state"] == "active"


def test_what_is_answered_now_and_then_is_left_alone(ask: "Ask") -> None:
    """Done, seen and snoozed are answers: every third ring has one."""
    number = ask.number("remind", "pills", "--every", "day at 9:00", "--until-ack")

    def answer(day: int) -> None:
        if day % 3 == 0:
            ask.ok(*(("done", number), ("ack", number), ("snooze", number, "1h"))[day % 9 // 3])

    days(ask, 0, 40, answer)
    assert proposals(ask) == []


def test_retire_ends_the_series_and_undo_brings_it_back(ask: "Ask") -> None:
    """As `ask cancel` does; the question is answered."""
    number, question = ignored(ask)
    ask.ok("answer", question, "retire")
    assert (ask.json("show", number)["state"], proposals(ask)) == ("ended", [])
    ask.ok("undo")
    assert ask.json("show", number)["state"] == "active"
    assert len(proposals(ask)) == 1
    check_journal(ask)


def test_bundle_lets_it_ring_once_and_low(ask: "Ask") -> None:
    """What is low goes out with others where a limit is set, and in the brief."""
    number, question = ignored(ask)
    ask.ok("answer", question, "bundle")
    days(ask, 33, 34)
    latest = [message for message in ask.rang if message["text"] == "pills"][-2:]
    assert [message["severity"] for message in latest] == ["low", "low"]
    ask.tick((FIRST + timedelta(days=34, minutes=20)).isoformat())
    assert ask.rang[-1]["at"] == latest[-1]["at"]
    assert ask.json("inbox") == []
    ask.ok("pref", "set", "attention_limit", "1/d")
    ask.ok("remind", "noise", "--at", "2026-12-29 08:00")
    ask.tick("2026-12-29T08:00:00+01:00")
    days(ask, 35, 35)
    assert ask.json("brief")["held"] == 1
    assert number in ask.terminal("brief", NO_COLOR="1").out
    assert ask.json("brief")["held"] == 0


def test_what_is_bundled_and_cancelled_is_not_sent_any_more(ask: "Ask") -> None:
    """Though its job ended when it handed the message over: the limit held it, and the person wants it no longer."""
    number, question = ignored(ask)
    ask.ok("answer", question, "bundle")
    days(ask, 33, 34)
    ask.ok("pref", "set", "attention_limit", "1/d")
    ask.ok("remind", "noise", "--at", "2026-12-29 08:00")
    ask.tick("2026-12-29T08:00:00+01:00")
    days(ask, 35, 35)
    assert ask.json("brief")["held"] == 1
    rang = len(ask.rang)
    ask.ok("cancel", number)
    assert ask.json("brief")["held"] == 0
    days(ask, 36, 38)
    assert len(ask.rang) == rang
    check_journal(ask)


def test_move_takes_other_times_and_refuses_words_that_are_none(ask: "Ask") -> None:
    """The rule is read as `--every` reads it."""
    number, question = ignored(ask)
    assert "every friday at 16:00" in ask.refused(2, "answer", question, "move")
    ask.refused(2, "answer", question, "move", "to", "blursday")
    assert len(proposals(ask)) == 1
    ask.ok("answer", question, "move", "every", "friday", "at", "18:00")
    assert ask.json("list", "--kind", "schedule")[0]["id"] == int(number)
    assert "FR" in ask.json("show", number)["rule"]


def test_keep_changes_nothing_and_it_is_asked_again_after_another_month(ask: "Ask") -> None:
    """Not a day before."""
    number, question = ignored(ask)
    ask.ok("answer", question, "keep")
    days(ask, 32, 59)
    assert proposals(ask) == []
    days(ask, 60, 62)
    (again,) = proposals(ask)
    assert str(again["id"]) != question
    assert ask.json("show", number)["state"] == "active"


def test_a_question_can_be_put_off_and_goes_with_its_reminder(ask: "Ask") -> None:
    """Who cancels the reminder has answered it; while it is open the reminder's own number still means its ring."""
    number, question = ignored(ask)
    assert "answer" in ask.refused(4, "done", question)
    ask.ok("done", number)
    ask.ok("snooze", question, "2d")
    assert proposals(ask) == []
    ask.ok("cancel", number)
    assert ask.json("show", question)["state"] == "withdrawn"


@pytest.mark.parametrize(("choice", "state"), [("retire", "paused"), ("keep", "active")])
def test_a_step_of_a_workflow_that_nobody_answers_is_asked_about_too(ask: "Ask", choice: str, state: str) -> None:
    """Its file says its times: what can be chosen is to let it rest, and how the rest is done is said."""
    ask.with_file_channel()
    keep(ask, NUDGE)
    days(ask, 0, 32)
    (asked,) = proposals(ask)
    assert asked["title"].startswith("step ring of workflow nudge was ignored ")
    assert "ask workflow show nudge" in asked["proposal"]["does"]["to bundle or move it"]
    ask.ok("answer", str(asked["id"]), choice)
    assert ask.json("workflow", "list")[0]["state"] == state
    assert proposals(ask) == []
    check_journal(ask)
