"""Stories of the verbs that change items: done, ack, snooze, cancel, pause, resume, edit, answer, undo."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask


def ringing(ask: "Ask", *flags: str) -> str:
    """A reminder that has just rung and waits for an answer."""
    number = ask.with_file_channel().number("remind", "pill at 18:00", "--until-ack", *flags)
    ask.tick("2026-11-23T18:00:00+01:00")
    return number


def test_done_ends_a_task(ask: "Ask") -> None:
    """The changed items come back as a list."""
    number = ask.number("add", "buy stamps")
    (item,) = ask.json("done", number)
    assert (item["id"], item["state"]) == (int(number), "done")


def test_done_after_the_ring_exits_0(ask: "Ask") -> None:
    """A reminder that rang has ended; saying done then is no error and changes nothing."""
    number = ask.with_file_channel().number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    (item,) = ask.json("done", number)
    assert item["state"] == "ended"


def test_done_before_the_ring_ends_it_and_nothing_rings(ask: "Ask") -> None:
    """Its slot is accounted for: skipped, `done before`."""
    number = ask.with_file_channel().number("remind", "stretch in 10 minutes")
    assert ask.json("done", number)[0]["state"] == "ended"
    (slot,) = ask.json("show", number)["slots"]
    assert (slot["at"], slot["state"], slot["reason"]) == ("2026-11-23T16:30:00+01:00", "skipped", "done before")
    assert ask.tick("2026-11-23T16:30:00+01:00")["messages_sent"] == 0


def test_done_on_a_series_without_an_open_occurrence_says_the_way_out(ask: "Ask") -> None:
    """Exit 4: nothing is open there; ending the series is another verb."""
    number = ask.number("remind", "stand-up", "--every", "weekday at 9:25")
    said = ask.refused(4, "done", number)
    assert f"ask cancel {number}" in said
    assert f"ask pause {number}" in said
    assert "Tue 24 Nov 2026 09:25" in said


def test_done_settles_the_open_occurrence_of_a_series(ask: "Ask") -> None:
    """The series goes on."""
    number = ask.with_file_channel().number("remind", "pill", "--every", "day at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    (item,) = ask.json("done", number)
    assert (item["state"], item["next_at"]) == ("active", "2026-11-24T18:00:00+01:00")
    assert ask.json("inbox") == []


@pytest.mark.parametrize("verb", ["done", "ack"])
def test_a_number_of_the_item_or_of_its_question_means_the_same(ask: "Ask", verb: str) -> None:
    """`ack` and `done` take the number of the request, or of the item whose only open request it is."""
    number = ringing(ask)
    (asked,) = ask.json("inbox")
    ask.ok(verb, str(asked["id"]))
    assert ask.json("show", number)["state"] == "ended"
    assert ask.json("show", str(asked["id"]))["state"] == "acknowledged"
    assert ask.json("show", number)["messages"][0]["state"] == "acknowledged"


def test_ack_of_what_asks_nothing_is_not_possible(ask: "Ask") -> None:
    """Exit 4, with where to look."""
    number = ask.number("remind", "stretch in 10 minutes")
    assert f"ask why {number}" in ask.refused(4, "ack", number)
    assert "already" in ask.refused(4, "ack", _answered(ask))


def _answered(ask: "Ask") -> str:
    ringing(ask)
    (asked,) = ask.json("inbox")
    ask.ok("ack", str(asked["id"]))
    return str(asked["id"])


def test_several_numbers_are_one_change(ask: "Ask") -> None:
    """All of them, in the order given, each once; one undo takes all back."""
    numbers = [ask.number("add", name) for name in "abc"]
    assert [item["state"] for item in ask.json("done", *numbers, numbers[0])] == ["done"] * 3
    ask.ok("undo")
    assert [item["id"] for item in ask.json("list")] == [int(number) for number in numbers]


@pytest.mark.parametrize("verb", ["done", "ack", "cancel", "pause", "resume"])
@pytest.mark.parametrize(("wrong", "code"), [("999", 3), ("x", 2), ("0", 3)])
def test_one_wrong_number_of_several_changes_nothing(ask: "Ask", verb: str, wrong: str, code: int) -> None:
    """Several numbers: one wrong, nothing changes."""
    number = ask.number("remind", "stretch in 10 minutes")
    before = ask.snapshot()
    ask.refused(code, verb, number, wrong)
    assert ask.snapshot() == before


def test_one_number_that_is_not_possible_changes_nothing(ask: "Ask") -> None:
    """The first could be done, the second not: neither is."""
    task, series = ask.number("add", "a"), ask.number("remind", "b", "--every", "day at 9:00")
    before = ask.snapshot()
    ask.refused(4, "done", task, series)
    assert ask.snapshot() == before


def test_numbers_come_from_stdin_as_list_prints_them(ask: "Ask") -> None:
    """`ask list … | ask done -`: the first field of each line counts; numbers before the dash count too."""
    for name in "abc":
        ask.ok("add", name, "--tag", "x")
    lines = ask.ok("list", "--tag", "x").out
    assert len(ask.json("done", "-", stdin=lines)) == 3
    assert ask.ok("list").out == ""
    ask.ok("undo")
    assert [item["id"] for item in ask.json("done", "1", "-", stdin="2\n\n3\n")] == [1, 2, 3]


def test_several_are_snoozed_from_stdin_and_one_number_is_one(ask: "Ask") -> None:
    """`ask list -q … | ask snooze - 1h`; where one number is meant, two are refused."""
    for name in "ab":
        ask.ok("remind", f"{name} in 10 minutes")
    assert [item["next_at"][11:16] for item in ask.json("snooze", "-", "1h", stdin="1\n2\n")] == ["17:20", "17:20"]
    assert ask.json("show", "-", stdin="2\n")["id"] == 2
    for argv in (["show", "-"], ["edit", "-", "c"], ["answer", "-", "yes"]):
        assert "2 were given" in ask.refused(2, *argv, stdin="1\n2\n")
    assert "No number was given" in ask.refused(2, "snooze", "-", "1h")


def test_snooze_moves_a_one_off_before_its_ring(ask: "Ask") -> None:
    """Snooze takes the same words as remind."""
    number = ask.with_file_channel().number("remind", "call the dentist tomorrow at 9:00")
    (item,) = ask.json("snooze", number, "until", "after", "lunch")
    assert (item["id"], item["next_at"]) == (int(number), "2026-11-24T12:00:00+01:00")
    ask.tick("2026-11-24T09:00:00+01:00")
    assert ask.texts == []
    ask.tick("2026-11-24T12:00:00+01:00")
    assert ask.texts == ["call the dentist"]
    assert [(slot["at"][11:16], slot["state"]) for slot in ask.json("show", number)["slots"]] == [
        ("09:00", "skipped"), ("12:00", "ran"),
    ]  # fmt: skip


def test_snooze_revives_a_reminder_that_has_ended_under_its_number(ask: "Ask") -> None:
    """It rings again at the new time."""
    number = ask.with_file_channel().number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    (item,) = ask.json("snooze", number, "1h")
    assert (item["id"], item["state"], item["next_at"]) == (int(number), "active", "2026-11-23T17:30:00+01:00")
    ask.tick("2026-11-23T17:30:00+01:00")
    assert ask.texts == ["stretch", "stretch"]


def test_snooze_of_a_ringing_one_stops_the_ladder_until_then(ask: "Ask") -> None:
    """The open occurrence is put off; the question is withdrawn and asked anew."""
    number = ringing(ask)
    ask.ok("snooze", number, "2h")
    assert ask.json("inbox") == []
    ask.tick("2026-11-23T18:15:00+01:00")
    assert ask.texts == ["pill"]
    ask.tick("2026-11-23T20:00:00+01:00")
    assert ask.texts == ["pill", "pill"]
    assert len(ask.json("inbox")) == 1


def test_snooze_of_a_series_adds_one_ring_and_keeps_the_rule(ask: "Ask") -> None:
    """The occurrence moves; the next one comes by the rule."""
    number = ask.with_file_channel().number("remind", "tea", "--every", "day at 17:00")
    ask.tick("2026-11-23T17:00:00+01:00")
    assert ask.json("snooze", number, "30m")[0]["next_at"] == "2026-11-23T17:30:00+01:00"
    ask.tick("2026-11-23T17:30:00+01:00")
    assert ask.texts == ["tea", "tea"]
    assert ask.json("show", number)["next_at"] == "2026-11-24T17:00:00+01:00"


def test_a_series_that_is_snoozed_twice_rings_once_beside_its_rule(ask: "Ask") -> None:
    """The second snooze moves the ring of the first; no slot of the rule is lost."""
    number = ask.with_file_channel().number("remind", "tea", "--every", "day at 17:00")
    ask.ok("snooze", number, "30m")
    (item,) = ask.json("snooze", number, "tuesday 9:00")
    assert item["next_at"] == "2026-11-23T17:00:00+01:00"
    for now in ("23T16:50", "23T17:00", "24T09:00", "24T17:00"):
        ask.tick(f"2026-11-{now}:00+01:00")
    assert [ring["at"][8:16] for ring in ask.rang] == ["23T16:00", "24T08:00", "24T16:00"]
    assert [(slot["at"][8:16], slot["state"]) for slot in ask.json("show", number)["slots"]] == [
        ("23T17:00", "ran"), ("24T09:00", "ran"), ("24T17:00", "ran"),
    ]  # fmt: skip


def test_snooze_takes_the_number_of_a_question(ask: "Ask") -> None:
    """What is put off is the reminder that asks."""
    number = ringing(ask)
    (asked,) = ask.json("inbox")
    (item,) = ask.json("snooze", str(asked["id"]), "1h")
    assert (item["id"], item["next_at"]) == (int(number), "2026-11-23T19:00:00+01:00")
    assert ask.json("show", str(asked["id"]))["state"] == "withdrawn"


def test_snooze_of_a_task_moves_its_due_date(ask: "Ask") -> None:
    """A task is due later."""
    number = ask.number("add", "taxes", "--due", "friday")
    assert ask.json("snooze", number, "monday 9:00")[0]["due_at"] == "2026-11-30T09:00:00+01:00"
    ask.ok("done", number)
    assert "is done already" in ask.refused(4, "snooze", number, "friday")
    assert "is done already" in ask.refused(4, "cancel", number)


def test_cancel_ends_a_series_and_drops_a_task(ask: "Ask") -> None:
    """`cancel` on a schedule ends the series; nothing rings any more."""
    series = ask.with_file_channel().number("remind", "tea", "--every", "day at 17:00")
    task = ask.number("add", "a")
    assert [item["state"] for item in ask.json("cancel", series, task)] == ["ended", "dropped"]
    ask.tick("2026-11-24T17:00:00+01:00")
    assert ask.texts == []
    assert "ended already" in ask.refused(4, "cancel", series)


def test_cancel_stops_a_ladder(ask: "Ask") -> None:
    """Nothing is sent after it, and the question is withdrawn."""
    number = ringing(ask)
    ask.ok("cancel", number)
    ask.tick("2026-11-23T19:00:00+01:00")
    assert ask.texts == ["pill"]
    assert ask.json("inbox") == []


def test_pause_and_resume_before_the_ring_change_nothing_else(ask: "Ask") -> None:
    """Paused, it says how to go on; resumed in time, it rings."""
    number = ask.with_file_channel().number("remind", "tea", "--every", "day at 17:00")
    assert f"ask resume {number}" in ask.ok("pause", number, "--json").json[0]["why"]
    assert ask.json("pause", number)[0]["state"] == "paused"
    ask.ok("resume", number)
    ask.tick("2026-11-23T17:00:00+01:00")
    assert ask.texts == ["tea"]
    assert "not paused" in ask.refused(4, "resume", number)


def test_edit_changes_what_was_said_of_a_reminder(ask: "Ask") -> None:
    """Title, time, rule, channel, priority; what is not named stays."""
    number = ask.with_file_channel().number("remind", "call tomorrow at 9:00", "--tag", "a")
    (item,) = ask.json("edit", number, "call", "Ada", "--at", "friday 10:00", "--priority", "high", "--project", "p")
    assert (item["title"], item["next_at"], item["tags"]) == ("call Ada", "2026-11-27T10:00:00+01:00", ["a"])
    assert (item["priority"], item["project"]) == ("high", "p")
    (item,) = ask.json("edit", number, "--every", "friday 10:00")
    assert item["rule"] is not None
    ask.tick("2026-11-27T10:00:00+01:00")
    assert ask.texts == ["call Ada"]


def test_edit_changes_what_was_said_of_a_task(ask: "Ask") -> None:
    """`none` empties a field; a task may wait."""
    number = ask.number("add", "taxes", "--due", "friday", "--project", "home", "--tag", "a")
    (item,) = ask.json("edit", number, "--due", "none", "--project", "none", "--tag", "none", "--state", "waiting")
    assert (item["due_at"], item["project"], item["tags"], item["state"]) == (None, None, [], "waiting")
    assert "is for reminders" in ask.refused(2, "edit", number, "--at", "friday")
    assert "Nothing to change" in ask.refused(2, "edit", number)


def test_undo_takes_back_the_latest_command_whole(ask: "Ask") -> None:
    """An undone `add` is dropped, an undone `remind` has ended, a `done` is open again."""
    task = ask.number("add", "a")
    ask.ok("done", task)
    (undone,) = ask.json("undo")
    assert (undone["id"], undone["state"], undone["undone"]) == (int(task), "open", f"done {task}")
    ask.ok("undo")
    assert ask.json("show", task)["state"] == "dropped"
    reminder = ask.number("remind", "b tomorrow at 9:00")
    ask.ok("undo")
    assert ask.json("show", reminder)["state"] == "ended"
    assert ask.tick("2026-11-24T09:00:00+01:00")["slots"] == 0


def test_undo_goes_back_command_by_command(ask: "Ask") -> None:
    """The latest command not yet undone, and undo itself is not undone."""
    number = ask.number("remind", "tea tomorrow at 9:00")
    for line in (f"pause {number}", f"resume {number}", f"edit {number} coffee", f"snooze {number} friday 9:00"):
        ask.ok(*line.split())
    for state, title, day in (
        ("active", "coffee", 24), ("active", "tea", 24), ("paused", "tea", 24), ("active", "tea", 24),
    ):  # fmt: skip
        ask.ok("undo")
        shown = ask.json("show", number)
        assert (shown["state"], shown["title"]) == (state, title)
        assert shown["next_at"] == f"2026-11-{day}T09:00:00+01:00"
    ask.ok("undo")
    assert "nothing to undo" in ask.refused(4, "undo")


def test_undo_covers_preferences_and_channels(ask: "Ask") -> None:
    """Every change is undone by `ask undo`."""
    ask.ok("pref", "set", "quiet_hours", "22:00-07:00")
    ask.ok("pref", "set", "quiet_hours", "23:00-06:00")
    assert ask.json("undo") == [{"id": None, "undone": "pref set quiet_hours 23:00-06:00"}]
    assert ask.json("pref", "get", "quiet_hours")["value"] == "22:00-07:00"
    ask.ok("pref", "unset", "quiet_hours")
    ask.ok("undo")
    assert ask.json("pref", "get", "quiet_hours")["value"] == "22:00-07:00"
    ask.ok("channel", "add", "out", "file:///tmp/never.jsonl")
    ask.ok("undo")
    assert "out" not in ask.ok("channel", "list").out


def test_a_sent_message_cannot_be_undone(ask: "Ask") -> None:
    """Exit 4: something in the world came of it, and it says what."""
    number = ask.with_file_channel().number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    before = ask.snapshot()
    assert f"ask show {number}" in ask.refused(4, "undo")
    assert ask.snapshot() == before


def test_undo_of_done_rings_again(ask: "Ask") -> None:
    """A ladder that was answered by mistake goes on."""
    number = ringing(ask)
    ask.ok("done", number)
    ask.ok("undo")
    assert len(ask.json("inbox")) == 1
    ask.tick("2026-11-23T18:15:00+01:00")
    assert ask.texts == ["pill", "pill"]


def test_an_item_shows_what_happened_to_it_also_after_its_end(ask: "Ask") -> None:
    """Numbers never change and are never reused."""
    first = ask.number("add", "a")
    ask.ok("cancel", first)
    assert int(ask.number("add", "b")) > int(first)
    assert ask.json("show", first)["title"] == "a"
