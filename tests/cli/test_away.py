"""Stories of coming back: what changed in days away is shown first, once, and old questions say what changed."""

import os
from typing import TYPE_CHECKING

from tests.cli.workflows import keep, run

if TYPE_CHECKING:
    from tests.conftest import Ask

BACK = "2026-11-28T10:00:00+01:00"
PAY = """
name: pay
steps:
  - {id: act, run: ["true"], approve: {expires: 2d}}
"""
BAD = """
name: bad
steps:
  - {id: act, run: ["false"], retry: {attempts: 1}}
"""
OFFER = """
name: offer
on:
  - event: calendar.added
    key: "{{ event.uid }}"
steps:
  - {id: facts, run: [echo, "1"], effect: read}
  - {id: send, run: ["true"], approve: {expires: 9d, recheck: [facts]}}
"""


def seen(ask: "Ask", *argv: str, typed: str = "") -> str:
    """What stands on the screen."""
    return ask.terminal(*argv, typed=typed, NO_COLOR="1").out


def a_week_passes(ask: "Ask") -> None:
    """At the terminal on Monday; a late ring, a missed one, an expiry, a failure, a cancelled event."""
    ask.with_file_channel()
    seen(ask, "list")
    ask.ok("remind", "call Ada", "--at", "2026-11-24 09:00")
    ask.ok("remind", "pills", "--at", "2026-11-25 09:00", "--useless-after", "1h")
    keep(ask, PAY)
    keep(ask, BAD)
    run(ask, "pay")
    ask.ok("run-due")
    ask.tick("2026-11-24T12:00:00+01:00")
    ask.tick("2026-11-25T19:00:00+01:00")
    run(ask, "bad")
    ask.ok("run-due")
    event = '{"uid": "v", "title": "vendor call", "start": "2026-11-30T11:00:00+01:00"}'
    ask.ok("emit", "calendar.cancelled", "--data", event)
    ask.at(BACK)


def test_after_days_away_what_changed_is_shown_first_and_once(ask: "Ask") -> None:
    """Bare `ask`: ran, late, missed, expired with its consequence, failed, cancelled; then the usual."""
    a_week_passes(ask)
    shown = seen(ask)
    assert shown.startswith(
        "  while you were away  since Mon 23 Nov 16:20, for 4 d 17 h\n"
        "    ran        once · 1 late, 1 missed\n"
        "    missed     2  pills: "
    )
    for line in (
        "    late       1  call Ada, due Tue 24 Nov 09:00\n",
        "pay: act · nobody answered: the job is cancelled (job ",
        "bad: step act failed",
        "    cancelled  vendor call, Mon 30 Nov 11:00\n",
    ):
        assert line in shown
    assert shown.index("while you were away") < shown.index("needs you")
    assert "while you were away" not in seen(ask)


def test_inbox_and_brief_show_it_too_and_other_commands_leave_it_for_them(ask: "Ask") -> None:
    """Neither `ask list`, nor what a script reads, uses it up."""
    a_week_passes(ask)
    seen(ask, "list")
    assert "away" not in ask.ok("inbox").out
    ask.json("brief")
    seen(ask, "inbox", "--json")
    seen(ask, "brief", "--install", "8:00")
    assert seen(ask, "inbox").startswith("  while you were away")
    assert "while you were away  since" not in seen(ask, "brief")
    seen(ask.at("2026-12-03T10:00:00+01:00"), "list")
    assert seen(ask, "brief").startswith(
        "  while you were away  since Sat 28 Nov 10:00, for 5 d\n    waiting    the time of one thing came"
    )


def test_less_than_three_days_are_no_absence(ask: "Ask") -> None:
    """And a person who was never at a terminal was not away."""
    ask.ok("add", "stamps")
    assert "away" not in seen(ask)
    assert "away" not in seen(ask.at("2026-11-26T16:19:00+01:00"))
    assert "away" in seen(ask.at("2026-11-29T16:19:00+01:00"))


def test_a_person_at_a_terminal_writes_nothing_into_the_store(ask: "Ask") -> None:
    """The mark is the time of a file, and is written at most once an hour."""
    ask.ok("add", "stamps")
    before = ask.snapshot()
    seen(ask)
    mark = ask.home / "person"
    first = mark.stat().st_mtime
    seen(ask.at("2026-11-23T17:00:00+01:00"))
    assert mark.stat().st_mtime == first
    seen(ask.at("2026-11-23T17:20:00+01:00"))
    assert mark.stat().st_mtime == first + 3600
    assert ask.snapshot() == before
    assert os.stat(mark).st_size == 0


def asked_days_ago(ask: "Ask") -> str:
    """An approval that began with an event of a calendar, which was cancelled since; five days later."""
    keep(ask, OFFER)
    event = '{"uid": "v", "title": "vendor call", "start": "2026-11-30T11:00:00+01:00"}'
    ask.ok("emit", "calendar.added", "--data", event)
    ask.ok("run-due")
    ask.at("2026-11-25T12:00:00+01:00").ok("emit", "calendar.cancelled", "--data", event)
    ask.ok("run-due")
    keep(ask, OFFER.replace('"true"', '"true", now'))
    (asked,) = ask.at(BACK).json("inbox")
    return str(asked["id"])


def test_approving_what_was_asked_days_ago_shows_first_what_changed(ask: "Ask") -> None:
    """At a terminal it is asked once more; without a yes nothing is approved."""
    number = asked_days_ago(ask)
    shown = seen(ask, "approve", number, typed="n\n")
    assert "offer: send was asked 4 d 17 h ago; since then:\n" in shown
    assert "      vendor call was cancelled Wed 25 Nov 2026 12:00 Europe/Berlin\n" in shown
    assert (
        "      the workflow offer was changed Wed 25 Nov 2026 12:00 Europe/Berlin; this job keeps version 1 of 2\n"
        in shown
    )
    assert "      facts, last read 4 d 17 h ago: read again before it is done" in shown
    assert "Nothing was approved" in shown
    assert ask.json("show", number)["state"] == "open"
    seen(ask, "approve", number, typed="y\n")
    assert ask.json("show", number)["state"] == "approved"


def test_a_script_approves_what_it_names_and_is_told_on_stderr(ask: "Ask") -> None:
    """No prompt without a terminal."""
    number = asked_days_ago(ask)
    result = ask.ok("approve", number)
    assert "vendor call was cancelled" in result.err
    assert ask.json("show", number)["state"] == "approved"


def test_a_fresh_question_is_approved_without_more_ado(ask: "Ask") -> None:
    """Days have to pass before it is old."""
    keep(ask, PAY)
    run(ask, "pay")
    ask.ok("run-due")
    (asked,) = ask.json("inbox")
    assert "since then" not in ask.ok("approve", str(asked["id"])).err


def test_times_that_came_and_that_no_tick_saw_are_said(ask: "Ask") -> None:
    """Nothing happened because nothing ticked: that is no good news, and says what to do."""
    number = ask.number("remind", "call mum", "--at", "2026-11-28 12:00")
    seen(ask)
    ask.at("2026-12-03T10:00:00+01:00")
    shown = seen(ask)
    assert "nothing happened" not in shown
    assert "the time of one thing came and no tick did: ask run-due does it now, ask doctor says why" in shown
    assert f"  {number}  Sat 28 Nov 12:00  call mum  due: no tick has come since" in shown
