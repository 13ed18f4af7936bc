"""What a person sees, in a pseudo-terminal: calm, exact, short lines that say what was understood and the way back."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

NOT_TICKING = "      ! Nothing ticks yet: `ask install` (or `ask watch` in this window)\n"


def seen(ask: "Ask", *argv: str, typed: str = "") -> str:
    """What stands on the screen, without colour."""
    return ask.terminal(*argv, typed=typed, NO_COLOR="1").out


def test_a_new_reminder_says_all_that_was_understood(ask: "Ask") -> None:
    """Weekday, date, time, zone, distance, channel, lateness, the way back, and that nothing ticks yet."""
    assert seen(ask, "remind", "me", "to", "call", "the", "dentist", "tomorrow", "at", "9:00") == (
        "  1  call the dentist\n"
        "      Tue 24 Nov 2026 09:00 Europe/Berlin · in 16 h 40 min · once · terminal\n"
        "      if late: rings once and says so · undo: ask undo\n" + NOT_TICKING
    )


def test_a_new_series_says_its_next_three_times(ask: "Ask") -> None:
    """The rule in words, the next three, the channel."""
    ask.ok("pref", "set", "country", "DE")
    assert seen(ask, "remind", "stand-up", "every", "weekday", "at", "9:25", "except", "holidays") == (
        "  1  stand-up\n"
        "      every Monday to Friday at 09:25 except holidays (DE) · Europe/Berlin\n"
        "      next: Tue 24 Nov, Wed 25 Nov, Thu 26 Nov · terminal\n"
        "      if late: rings once and says so · undo: ask undo\n" + NOT_TICKING
    )


def test_a_reminder_until_answered_says_how_to_answer(ask: "Ask") -> None:
    """And through which channels it goes."""
    shown = seen(ask.with_file_channel(), "remind", "pill at 18:00", "--until-ack")
    assert "· once · out, then terminal\n" in shown
    assert "rings until answered: ask done 1" in shown


def test_a_new_task_says_when_it_is_due(ask: "Ask") -> None:
    """A day without a time of day is shown as the day."""
    assert seen(ask, "add", "buy stamps", "--due", "friday") == (
        "  1  buy stamps\n"
        "      due Fri 27 Nov 2026, by the end of the day · in 4 d 7 h · done: ask done 1 · undo: ask undo\n"
    )
    assert "no due date" in seen(ask, "add", "read")


def test_snooze_of_a_series_says_whether_a_ring_moved_or_was_added(ask: "Ask") -> None:
    """Before its ring one is added; what rings, or was added before, moves; the series goes on in any case."""
    ask.with_file_channel().ok("remind", "tea", "--every", "day at 17:00")
    goes_on = "the series goes on: next Mon 23 Nov 17:00 · undo: ask undo\n"
    assert seen(ask, "snooze", "1", "30m") == (
        f"  1  tea also rings Mon 23 Nov 2026 16:50 Europe/Berlin · in 30 min; {goes_on}"
    )
    assert seen(ask, "snooze", "1", "1h") == (
        f"  1  tea → Mon 23 Nov 2026 17:20 Europe/Berlin · in 1 h (was Mon 23 Nov 16:50); {goes_on}"
    )
    assert seen(ask, "snooze", "1", "17:00") == (
        "  1  tea → Mon 23 Nov 2026 17:00 Europe/Berlin · in 40 min (was Mon 23 Nov 17:20)"
        ", when the series rings anyway · undo: ask undo\n"
    )
    ask.ok("pause", "1")
    assert seen(ask, "snooze", "1", "1h").endswith("; paused, and skipped until: ask resume 1 · undo: ask undo\n")


def test_snooze_of_a_series_that_rings_moves_this_ring(ask: "Ask") -> None:
    """The next slot of the rule stays where it is."""
    ask.with_file_channel().ok("remind", "pill", "--every", "day at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    assert seen(ask, "snooze", "1", "1h") == (
        "  1  pill → Mon 23 Nov 2026 19:00 Europe/Berlin · in 1 h (was Mon 23 Nov 18:00);"
        " the series goes on: next Tue 24 Nov 18:00 · undo: ask undo\n"
    )


def test_each_change_says_what_comes_next_and_the_way_back(ask: "Ask") -> None:
    """One or two lines, never a bare success."""
    ask.ok("remind", "stand-up", "--every", "weekday at 9:25")
    ask.ok("remind", "call the dentist tomorrow at 9:00")
    nine = "next: Tue 24 Nov 2026 09:25 Europe/Berlin · in 17 h 5 min"
    assert seen(ask, "snooze", "2", "until", "after", "lunch") == (
        "  2  call the dentist → Tue 24 Nov 2026 12:00 Europe/Berlin · in 19 h 40 min (was Tue 24 Nov 09:00)"
        " · undo: ask undo\n"
    )
    assert seen(ask, "pause", "1") == (
        "  1  stand-up\n      paused, and skipped until: ask resume 1 · undo: ask undo\n"
    )
    assert seen(ask, "resume", "1") == (
        f"  1  stand-up\n      goes on · every Monday to Friday at 09:25 · {nine} · undo: ask undo\n"
    )
    assert seen(ask, "edit", "2", "--at", "friday 10:00") == (
        "  2  call the dentist\n      Fri 27 Nov 2026 10:00 Europe/Berlin · in 3 d 17 h · undo: ask undo\n"
    )
    assert seen(ask, "cancel", "1") == "  1  stand-up\n      cancelled; it rings no more · undo: ask undo\n"
    assert seen(ask, "undo") == "  taken back: ask cancel 1\n  1  stand-up · active\n"
    assert seen(ask, "done", "2") == "  2  call the dentist\n      done; it rings no more · undo: ask undo\n"
    assert seen(ask, "pref", "set", "quiet_hours", "22:00-07:00") == ("  quiet_hours is 22:00-07:00 · undo: ask undo\n")


def test_what_changed_nothing_offers_no_undo(ask: "Ask") -> None:
    """An undo then would take back something else."""
    ask.ok("add", "a", "--key", "k")
    ask.ok("done", "1")
    ask.ok("export", str(ask.folder / "all.json"))
    assert seen(ask, "done", "1") == "  1  a\n      done · nothing was changed\n"
    assert seen(ask, "import", str(ask.folder / "all.json")).endswith("0 were here already · nothing was changed\n")
    ask.ok("undo")
    again = seen(ask, "add", "a", "--key", "k")
    assert "known under this key: nothing new was made" in again
    assert "undo" not in again


def test_what_waits_for_the_terminal_is_shown_once_and_then_is_sent(ask: "Ask") -> None:
    """After the command's own lines; marked as sent only once it was written there."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    ask.at("2026-11-23T16:31:00+01:00")
    line = f"  16:30  {number}  stretch   done: ask done {number} · later: ask snooze {number} 1h\n"
    assert seen(ask, "list").endswith(line)
    shown = ask.json("show", number)
    assert (shown["state"], shown["messages"][0]["state"]) == ("ended", "sent")
    assert shown["messages"][0]["sent_at"] == "2026-11-23T16:31:00+01:00"
    assert line not in seen(ask, "list")


def test_a_list_is_aligned_and_marks_what_stands_out(ask: "Ask") -> None:
    """Number, when, title; priority, project and tags behind it."""
    ask.ok("add", "buy stamps", "--due", "friday", "--priority", "high", "--project", "home", "--tag", "post")
    ask.ok("remind", "tea at 17:00")
    ask.ok("add", "read", "--due", "1 march 2027 9:00")
    assert seen(ask, "list") == (
        "  2  Mon 23 Nov 17:00      tea\n"
        "  1  Fri 27 Nov            buy stamps  high priority · home · #post\n"
        "  3  Mon 1 Mar 2027 09:00  read\n"
    )


def test_ask_alone_in_an_empty_home_says_how_to_begin(ask: "Ask") -> None:
    """No error, no store: the first two commands."""
    assert seen(ask) == (
        "  nothing is open\n"
        "      ask remind me to stretch in 10 minutes · ask add buy stamps\n"
        "  nothing ticks yet: ask install · 0 done today\n"
    )
    assert not ask.home.exists()


def test_ask_alone_shows_how_to_settle_what_needs_the_person(ask: "Ask") -> None:
    """Needs you, next, and whether all is well."""
    ask.with_file_channel().ok("remind", "pill at 18:00", "--until-ack")
    ask.ok("remind", "stand-up", "--every", "weekday at 9:25")
    ask.ok("add", "stamps", "--due", "today 17:00")
    ask.tick("2026-11-23T18:00:00+01:00")
    ask.at("2026-11-23T18:00:21+01:00")
    lines = seen(ask).splitlines()
    assert lines[0] == "  needs you"
    assert "pill" in lines[1]
    assert lines[1].endswith("ask done 4 · ask snooze 4 1h")
    assert "stamps" in lines[2]
    assert lines[2].endswith("ask done 3 · ask snooze 3 1d")
    assert "  next" in lines
    assert lines[-1] == "  all well · last tick 21 s ago · 0 done today"


def test_a_reminder_without_a_time_is_asked_for_it(ask: "Ask") -> None:
    """What is typed is read like any time; a misspelt one is asked for again."""
    shown = seen(ask, "remind", "me", "to", "buy", "milk", typed="blursday\ntomorrow at 9:00\n")
    assert '"buy milk" names no time. When?' in shown
    assert "Did you mean thursday?" in shown
    (made,) = ask.json("list")
    assert (made["title"], made["next_at"]) == ("buy milk", "2026-11-24T09:00:00+01:00")


def test_a_rule_may_be_the_answer(ask: "Ask") -> None:
    """`every day at 9` makes it a series."""
    seen(ask, "remind", "buy", "milk", typed="every day at 9:00\n")
    (made,) = ask.json("list")
    assert (made["title"], made["rule"] is not None) == ("buy milk", True)


@pytest.mark.parametrize("typed", ["\n", "\x04"])
def test_no_answer_keeps_nothing(ask: "Ask", typed: str) -> None:
    """An empty line, or the end of input: exit 2 as without a terminal."""
    result = ask.terminal("remind", "buy", "milk", typed=typed, NO_COLOR="1")
    assert result.code == 2
    assert "Nothing was kept." in result.out
    assert ask.json("list") == []


def test_ctrl_c_at_a_question_keeps_nothing(ask: "Ask") -> None:
    """Exit 130."""
    result = ask.terminal("remind", "buy", "milk", typed="\x03")
    assert result.code == 130
    assert "Traceback" not in result.out
    assert ask.json("list") == []


@pytest.mark.parametrize(
    ("typed", "day"), [("2\n", "2026-11-27"), ("1\n", "2026-12-04"), ("\n", "2026-12-04")]
)  # fmt: skip
def test_words_with_two_readings_are_asked_about(ask: "Ask", typed: str, day: str) -> None:
    """`next friday` on a Monday: this week's or next week's? Both are shown in full."""
    shown = seen(ask, "remind", "pay", "next", "friday", "at", "9:00", typed=typed)
    assert "can be read in 2 ways" in shown
    assert "    1  Fri 4 Dec 2026 09:00 Europe/Berlin" in shown
    assert "    2  Fri 27 Nov 2026 09:00 Europe/Berlin" in shown
    assert ask.json("list")[0]["next_at"] == f"{day}T09:00:00+01:00"


def test_another_answer_keeps_nothing(ask: "Ask") -> None:
    """There is no third reading."""
    result = ask.terminal("remind", "pay", "next", "friday", typed="3\n")
    assert result.code == 2
    assert "'3' is none of them" in result.out
    assert ask.json("list") == []


@pytest.mark.parametrize("flag", ["--json", "-q", "-y"])
def test_a_script_at_a_terminal_is_asked_nothing(ask: "Ask", flag: str) -> None:
    """The first reading is taken, as in a pipe."""
    assert "Which one?" not in seen(ask, "remind", "pay", "next", "friday", "at", "9:00", flag)
    assert ask.json("list")[0]["next_at"] == "2026-12-04T09:00:00+01:00"


@pytest.mark.parametrize(
    ("typed", "code", "titles"), [("y\n", 0, ["a"]), ("n\n", 0, ["a", "b"]), ("\n", 0, ["a", "b"])]
)
def test_restore_asks_first(ask: "Ask", typed: str, code: int, titles: list[str]) -> None:
    """What undo cannot take back needs a yes."""
    ask.ok("add", "a")
    copy = ask.json("backup")["path"]
    ask.ok("add", "b")
    result = ask.terminal("restore", copy, typed=typed)
    assert result.code == code
    assert [item["title"] for item in ask.json("list")] == titles


def test_colour_is_for_terminals_alone_and_can_be_switched_off(ask: "Ask") -> None:
    """Only on a terminal; NO_COLOR and a dumb one are honoured; it carries nothing that words do not."""
    ask.ok("add", "a")
    coloured = ask.terminal("list")
    assert "\x1b[1ma\x1b[0m" in coloured.out
    plain = [ask.terminal("list", NO_COLOR="1").out, ask.terminal("list", TERM="dumb").out]
    assert plain == [coloured.out.replace("\x1b[1m", "").replace("\x1b[0m", "")] * 2
    assert "\x1b" not in ask.script("list").out


def test_an_error_says_what_and_the_fix(ask: "Ask") -> None:
    """Two lines."""
    assert seen(ask, "remind", "me", "at", "blursday") == (
        '  I can\'t place "blursday". Did you mean thursday? Nothing was kept.\n  Try: ask remind "me at thursday"\n'
    )


def test_watch_rings_in_the_window(ask: "Ask") -> None:
    """The line of a ring: when, what, and what can be done about it."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.at("2026-11-23T16:30:00+01:00")
    assert seen(ask, "watch", "--rings", "1") == (
        "  watching; Ctrl-C ends it\n"
        f"  16:30  {number}  stretch   done: ask done {number} · later: ask snooze {number} 1h\n"
    )
