"""Stories of the verbs that only look: list, show, why, inbox, when, and `ask` alone."""

import json
from shutil import which
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

ITEM = {
    "id", "kind", "title", "state", "next_at", "due_at", "priority", "project", "tags", "rule", "timezone",
    "created_at", "workflow", "why",
}  # fmt: skip


@pytest.fixture
def household(ask: "Ask") -> "Ask":
    """A few tasks and reminders."""
    ask.ok("add", "buy stamps", "--due", "today", "--project", "home", "--tag", "post")
    ask.ok("add", "file the taxes", "--due", "friday 10:00", "--priority", "high")
    ask.ok("add", "read Müller's contract")
    ask.ok("remind", "call the dentist tomorrow at 9:00", "--project", "home")
    ask.ok("remind", "stand-up", "--every", "weekday at 9:25", "--tag", "work")
    ask.ok("done", ask.number("add", "old stamps"))
    return ask


def titles(ask: "Ask", *argv: str) -> list[str]:
    """The titles that a list shows."""
    return [item["title"] for item in ask.json("list", *argv)]


def test_a_list_shows_what_is_open_the_next_first(household: "Ask") -> None:
    """By next or due time, tasks without one last; each an item."""
    assert titles(household) == [
        "buy stamps", "call the dentist", "stand-up", "file the taxes", "read Müller's contract",
    ]  # fmt: skip
    assert all(item.keys() >= ITEM for item in household.json("list"))


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        (["--kind", "task", "--project", "home"], ["buy stamps"]),
        (["--kind", "schedule"], ["call the dentist", "stand-up"]),
        (["--project", "home"], ["buy stamps", "call the dentist"]),
        (["--tag", "work"], ["stand-up"]),
        (["--state", "done"], ["old stamps"]),
        (["--state", "ended"], []),
        (["stamps"], ["buy stamps"]),
        (["stamps", "--state", "done"], ["old stamps"]),
        (["muller"], ["read Müller's contract"]),
        (["STAMPS", "BUY"], ["buy stamps"]),
        (["dent"], ["call the dentist"]),
        (["home"], ["buy stamps", "call the dentist"]),
        (['"', "AND", "*"], []),
        (["!!!"], []),
        (["--due", "today"], ["buy stamps"]),
        (["--due", "tomorrow"], ["buy stamps", "call the dentist", "stand-up"]),
        (["--due", "tomorrow 9:00"], ["buy stamps", "call the dentist"]),
        (["--due", "friday 9:59"], ["buy stamps", "call the dentist", "stand-up"]),
        (["--due", "this week"], ["buy stamps", "call the dentist", "stand-up", "file the taxes"]),
        (["--due", "yesterday"], []),
    ],
)  # fmt: skip
def test_a_list_is_narrowed_by_words_and_filters(household: "Ask", argv: list[str], found: list[str]) -> None:
    """Words search in titles, projects and tags; `--due WHEN` takes all due up to the end of WHEN."""
    assert titles(household, *argv) == found


def test_what_is_ringing_now_is_due(ask: "Ask") -> None:
    """A reminder that rang and waits for an answer is due, whenever it rings next."""
    number = ask.with_file_channel().number("remind", "pill", "--every", "day at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    assert [item["id"] for item in ask.json("list", "--due", "today")] == [int(number)]
    assert ask.json("list", "--kind", "schedule", "--state", "ended", "--due", "today") == []


def test_a_list_shows_fifty_unless_told_otherwise(ask: "Ask") -> None:
    """The first 50 for people; `--all`, `--limit N`; with `--json` all, unless `--limit`."""
    for number in range(53):
        ask.ok("add", f"t{number}")
    shown = ask("list")
    assert len(shown.lines) == 50
    assert "ask list --all" in shown.err
    assert len(ask("list", "--all").lines) == 53
    assert len(ask("list", "--limit", "7").lines) == 7
    assert len(ask.json("list")) == 53
    assert len(ask.json("list", "--limit", "7")) == 7
    assert len(ask("list", "-q").lines) == 50


def test_an_empty_list_is_no_error(ask: "Ask") -> None:
    """Exit 0, and no store is made by looking."""
    assert ask.json("list") == []
    assert ask("list").code == 0
    assert ask.json("inbox") == []
    assert not ask.home.exists()


def test_show_has_all_that_belongs_to_an_item(ask: "Ask") -> None:
    """The item with steps, requests, slots, messages and journal, in their shapes."""
    number = ask.with_file_channel().number("remind", "pill at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    shown = ask.json("show", number)
    assert shown.keys() >= ITEM | {"steps", "requests", "slots", "messages", "journal"}
    (step,), (request,), (slot,), (message,) = (shown[name] for name in ("steps", "requests", "slots", "messages"))
    assert step.keys() >= {"path", "state", "attempts", "wake_at", "key"}
    assert (step["path"], step["wake_at"]) == ("ring", "2026-11-23T18:15:00+01:00")
    assert (request["kind"], request["state"]) == ("ack", "open")
    assert slot.keys() >= {"at", "last", "count", "state", "reason", "job"}
    assert message.keys() >= {"id", "key", "text", "channel", "state", "reason", "at", "sent_at"}
    assert {"at", "what"} <= shown["journal"][0].keys()
    assert [line["at"] for line in shown["journal"]] == sorted(line["at"] for line in shown["journal"])


def test_show_of_a_task_and_of_a_request(ask: "Ask") -> None:
    """Each kind of item shows the same keys; what does not apply is null or empty."""
    task = ask.json("show", ask.number("add", "a"))
    assert (task["slots"], task["messages"], task["next_at"], task["rule"]) == ([], [], None, None)
    ask.with_file_channel().ok("remind", "pill at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    (asked,) = ask.json("inbox")
    request = ask.json("show", str(asked["id"]))
    assert (request["kind"], request["state"], request["requests"][0]["id"]) == ("request", "open", asked["id"])


def test_why_is_one_sentence_by_number(ask: "Ask") -> None:
    """`{"id", "why"}`: state, next action, what happens if late."""
    number = ask.number("remind", "pill at 18:00", "--until-ack")
    assert ask.json("why", number) == {
        "id": int(number),
        "why": f"Reminder {number} rings Mon 23 Nov 2026 18:00 Europe/Berlin (in 1 h 40 min);"
        " if late it rings once and says so.",
    }
    assert ask.json("show", number)["why"] == ask.json("why", f"#{number}")["why"]


def test_why_tells_the_retry_of_a_channel_that_does_not_answer(ask: "Ask") -> None:
    """The attempt, how many there are, when it is tried again, and what comes then."""
    ask.ok("channel", "add", "phone", f"command://{which('false')}")
    number = ask.number("remind", "stretch in 10 minutes", "--channel", "phone")
    ask.tick("2026-11-23T16:30:00+01:00")
    why = ask.json("why", number)["why"]
    assert "phone did not take its message (exit 1)" in why
    assert "attempt 2 of 5" in why
    assert "then terminal" in why


def test_why_answers_words_about_a_ring_that_did_not_come(ask: "Ask") -> None:
    """`no ring at 23:10`: quiet hours held it, until when; afterwards, that it rang in the morning."""
    ask.with_file_channel().ok("pref", "set", "quiet_hours", "22:00-07:00")
    number = ask.number("remind", "read at 23:10")
    ask.tick("2026-11-23T23:10:00+01:00")
    ask.at("2026-11-23T23:30:00+01:00")
    held = ask.json("why", "no ring at 23:10")
    assert held["id"] == int(number)
    assert "was due Mon 23 Nov 2026 23:10" in held["why"]
    assert "held by quiet hours" in held["why"]
    assert "Tue 24 Nov 2026 07:00" in held["why"]
    ask.tick("2026-11-24T07:00:00+01:00")
    ask.at("2026-11-24T08:00:00+01:00")
    rang = ask.json("why", "no", "ring", "at", "23:10")["why"]
    assert "Quiet hours held it (severity normal); it rang Tue 24 Nov 2026 07:00" in rang
    assert "7 h 50 min after its time" in rang


def test_why_says_what_became_of_a_skipped_slot(ask: "Ask") -> None:
    """Also why something did not happen, from the records."""
    ask.with_file_channel().ok("remind", "tea", "--every", "day at 17:00", "--if-late", "skip")
    ask.tick("2026-11-23T18:00:00+01:00")
    assert "was skipped (late, and its rule is to skip)" in ask.json("why", "no ring at 17:00")["why"]


def test_why_of_what_was_never_due_says_so(ask: "Ask") -> None:
    """Exit 3, with where to look."""
    assert "Nothing was due" in ask.refused(3, "why", "no ring at 23:10")
    assert "neither a number nor a time" in ask.refused(3, "why", "hello there")
    assert "There is no item 12" in ask.refused(3, "why", "12")


def test_why_follows_a_task_and_an_ended_reminder(ask: "Ask") -> None:
    """Each state has its sentence."""
    task = ask.number("add", "a", "--due", "today")
    assert f"ask done {task}" in ask.json("why", task)["why"]
    ask.at("2026-11-25T09:00:00+01:00")
    assert "overdue since" in ask.json("why", task)["why"]
    ask.ok("done", task)
    assert "is done since" in ask.json("why", task)["why"]
    number = ask.with_file_channel().number("remind", "tea at 17:00")
    ask.tick("2026-11-25T17:00:00+01:00")
    assert "rang Wed 25 Nov 2026 17:00 Europe/Berlin by out" in ask.json("why", number)["why"]


def test_when_reads_a_phrase_and_shows_the_next_times(ask: "Ask") -> None:
    """CONTRACT `ask when`, with its keys."""
    read = ask.json("when", "first", "monday", "of", "the", "month", "at", "10am", "-n", "3")
    assert read.keys() >= {"text", "kind", "at", "rule", "occurrences", "timezone", "message", "reading"}
    assert read["kind"] == "recurrence"
    assert read["occurrences"] == [
        "2026-12-07T10:00:00+01:00", "2027-01-04T10:00:00+01:00", "2027-02-01T10:00:00+01:00",
    ]  # fmt: skip
    assert ask.json("when", "every day at 9:00")["occurrences"].__len__() == 5
    instant = ask.json("when", "remind me to call Ada tomorrow at 9:00")
    assert (instant["kind"], instant["message"], instant["occurrences"]) == ("instant", "call Ada", [])


def test_when_that_is_not_understood_exits_2_and_still_prints_its_answer(ask: "Ask") -> None:
    """Kind none on stdout, the error object on stderr."""
    result = ask("when", "blursday", "--json")
    assert result.code == 2
    assert (result.json["kind"], result.json["at"]) == ("none", None)
    assert result.error["code"] == "not_understood"
    assert "thursday" in result.error["message"]


def test_when_reads_a_phrase_a_line(ask: "Ask") -> None:
    """`ask when -`: an object a line in the same order, with or without `--json`, exit 0, no store needed."""
    lines = [
        "tomorrow at 9:00", "blursday", "",
        json.dumps({"text": "3/4/2027 at 9:00", "locale": "en-GB", "tz": "Asia/Tokyo", "ref": "2026-11-23T16:20Z"}),
        json.dumps({"text": "3/4/2027 at 9:00", "locale": "en-US"}), "x" * 2000, "every day at 9:00",
    ]  # fmt: skip
    for flags in ([], ["--json"]):
        result = ask("when", "-", *flags, stdin="\n".join(lines) + "\n")
        assert result.code == 0
        read = [json.loads(line) for line in result.lines]
        assert [one["kind"] for one in read] == [
            "instant", "none", "none", "instant", "instant", "none", "recurrence",
        ]  # fmt: skip
        assert read[3]["at"] == "2027-04-03T09:00:00+09:00"
        assert read[4]["at"] == "2027-03-04T09:00:00+01:00"
    assert not ask.home.exists()


def test_a_phrase_over_a_thousand_characters_is_refused(ask: "Ask") -> None:
    """With its length, and what can be read."""
    assert "1,001 characters; 1,000 can be read" in ask.refused(2, "when", "x" * 1001)


def test_ask_alone_shows_what_needs_the_person_and_what_is_next(ask: "Ask") -> None:
    """Open questions and overdue tasks first, then what comes, then whether all is well."""
    ask.with_file_channel().ok("remind", "pill at 18:00", "--until-ack")
    ask.ok("add", "stamps", "--due", "today")
    ask.ok("remind", "stand-up", "--every", "weekday at 9:25")
    ask.tick("2026-11-23T18:00:00+01:00")
    seen = ask.at("2026-11-24T08:00:00+01:00").json()
    assert [item["title"] for item in seen["needs_you"]] == ["pill", "stamps"]
    assert "stand-up" in [item["title"] for item in seen["next"]]
    assert seen["last_tick_at"] == "2026-11-23T18:00:00+01:00"
    assert seen["done_today"] == 0


def test_the_inbox_lists_what_is_asked_and_how_to_answer(ask: "Ask") -> None:
    """CONTRACT `ask inbox`, with its keys."""
    ask.with_file_channel().ok("remind", "pill at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    (asked,) = ask.json("inbox")
    assert asked.keys() >= {
        "id", "kind", "job", "title", "proposal", "because", "expires_at", "on_expiry", "actions",
    }  # fmt: skip
    assert (asked["kind"], asked["title"]) == ("ack", "pill")
    assert asked["actions"] == [f"ask done {asked['id']}", f"ask snooze {asked['id']} 1h"]
    assert ask.ok("inbox").out == f"{asked['id']}\tack\tpill\t\n"


def test_the_inbox_shows_fifty_unless_told_otherwise(ask: "Ask") -> None:
    """The first page for people, all for scripts."""
    ask.with_file_channel()
    for number in range(52):
        ask.ok("remind", f"r{number} at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    first = ask("inbox")
    assert (len(first.lines), "ask inbox --all" in first.err) == (50, True)
    assert len(ask("inbox", "--all").lines) == len(ask.json("inbox")) == 52
    assert len(ask.json("inbox", "--limit", "3")) == 3
