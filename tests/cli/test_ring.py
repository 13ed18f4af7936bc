"""Stories of rings: on time, late, skipped, missed, repeated until somebody answers, and given up."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

TICKED = {
    "at", "tick", "slots", "jobs_advanced", "steps_run", "retried", "failed", "completed", "messages_sent", "late",
    "missed", "next_at", "elapsed_ms",
}  # fmt: skip
SLOT = {"at", "last", "count", "state", "reason", "job"}
MESSAGE = {"id", "key", "text", "channel", "state", "reason", "at", "sent_at"}


def slots(ask: "Ask", number: str) -> list[tuple[Any, ...]]:
    """State, count and day of each slot."""
    return [(slot["state"], slot["count"], slot["at"][8:16]) for slot in ask.json("show", number)["slots"]]


def test_a_reminder_rings_once_and_ends(ask: "Ask") -> None:
    """A one-off stays active until its message is sent, then it has ended; a second tick rings nothing."""
    number = ask.with_file_channel().number("remind", "stretch in 10 minutes")
    assert ask.json("show", number)["state"] == "active"
    ticked = ask.tick("2026-11-23T16:30:00+01:00")
    assert ticked.keys() == TICKED
    assert (ticked["slots"], ticked["messages_sent"], ticked["late"], ticked["missed"]) == (1, 1, 0, 0)
    assert isinstance(ticked["tick"], int)
    assert ticked["at"] == "2026-11-23T16:30:00+01:00"
    assert ask.texts == ["stretch"]
    shown = ask.json("show", number)
    assert (shown["state"], shown["next_at"]) == ("ended", None)
    (slot,) = shown["slots"]
    assert slot.keys() == SLOT
    assert (slot["at"], slot["last"], slot["count"], slot["state"]) == (
        "2026-11-23T16:30:00+01:00", "2026-11-23T16:30:00+01:00", 1, "ran",
    )  # fmt: skip
    (message,) = shown["messages"]
    assert message.keys() >= MESSAGE
    assert (message["state"], message["sent_at"]) == ("sent", "2026-11-23T16:30:00+01:00")
    assert ask.json("run-due")["messages_sent"] == 0
    assert ask.texts == ["stretch"]


def test_a_one_off_stays_active_while_its_message_waits(ask: "Ask") -> None:
    """Rang is not delivered: with its message queued for the terminal the reminder is active and has no next time."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.tick("2026-11-23T16:30:00+01:00")
    shown = ask.json("show", number)
    assert (shown["state"], shown["next_at"], shown["messages"][0]["state"]) == ("active", None, "queued")


def test_an_idle_tick_wrote_nothing_and_says_when_the_next_work_comes(ask: "Ask") -> None:
    """`tick` is null for a tick that wrote nothing."""
    ask.ok("remind", "stretch in 10 minutes")
    ticked = ask.tick("2026-11-23T16:21:00+01:00")
    assert (ticked["tick"], ticked["slots"], ticked["next_at"]) == (None, 0, "2026-11-23T16:30:00+01:00")


def test_run_due_says_nothing_when_all_is_well(ask: "Ask") -> None:
    """Cron sends no mail about ticks that went well, busy or idle."""
    ask.ok("remind", "stretch in 10 minutes")
    for now in ("2026-11-23T16:21:00+01:00", "2026-11-23T16:30:00+01:00"):
        ran = ask.at(now).ok("run-due")
        assert (ran.out, ran.err) == ("", "")


def test_run_due_says_more_where_it_is_asked_to(ask: "Ask") -> None:
    """`-v`: what was done, and when the next work comes, in the zone that was asked for."""
    ask.ok("remind", "stretch in 10 minutes")
    ask.ok("remind", "tea at 17:00")
    said = ask.at("2026-11-23T16:30:00+01:00").ok("run-due", "-v", "--tz", "UTC").out
    assert "slots 1" in said
    assert "next 2026-11-23T16:00:00+00:00" in said


def test_run_due_refuses_a_wrong_zone_before_it_does_anything(ask: "Ask") -> None:
    """Exit 2, and nothing was rung."""
    number = ask.with_file_channel().number("remind", "stretch in 10 minutes")
    ask.at("2026-11-23T16:30:00+01:00").refused(2, "run-due", "--tz", "Mars")
    assert ask.json("show", number)["slots"] == []


def test_a_dry_run_says_what_is_due_and_does_nothing(ask: "Ask") -> None:
    """`run-due --dry-run` leaves the store as it is."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.at("2026-11-23T16:30:00+01:00")
    before = ask.snapshot()
    (due,) = ask.json("run-due", "--dry-run")
    assert (due["item"], due["at"]) == (int(number), "2026-11-23T16:30:00+01:00")
    assert ask.snapshot() == before


def test_a_spent_budget_leaves_the_rest_to_the_next_tick(ask: "Ask") -> None:
    """`--budget` begins nothing new after its time; what is left is done by the next tick, and nothing twice."""
    ask.with_file_channel()
    for number in range(30):
        ask.ok("remind", f"r{number} in 10 minutes")
    ask.at("2026-11-23T16:30:00+01:00")
    assert ask.json("run-due", "--budget", "1s")["slots"] <= 30
    ask.json("run-due")
    assert sorted(ask.texts) == sorted(f"r{number}" for number in range(30))


@pytest.mark.parametrize(("ticked_at", "text"), [("09:02:00", "call"), ("09:02:01", "call (late by 2 min 1 s)")])
def test_late_is_a_ring_more_than_two_minutes_after_its_slot(ask: "Ask", ticked_at: str, text: str) -> None:
    """CONTRACT: late is more than 120 s after; the text of a late ring says by how much."""
    ask.with_file_channel().ok("remind", "call tomorrow at 9:00")
    ticked = ask.tick(f"2026-11-24T{ticked_at}+01:00")
    assert ask.texts == [text]
    assert ticked["late"] == int("late" in text)


def test_nine_days_asleep_ring_once_and_account_for_nine_slots(ask: "Ask") -> None:
    """The newest rings and says so; all older ones are one coalesced row."""
    number = ask.with_file_channel().number("remind", "water", "--every", "day at 9:00")
    ticked = ask.tick("2026-12-02T11:00:00+01:00")
    assert (ticked["slots"], ticked["messages_sent"]) == (9, 1)
    assert ask.texts == ["water (late by 2 h)"]
    assert slots(ask, number) == [("coalesced", 8, "24T09:00"), ("late", 1, "02T09:00")]
    assert ask.json("show", number)["next_at"] == "2026-12-03T09:00:00+01:00"


def test_if_late_skip_rings_nothing_and_says_why(ask: "Ask") -> None:
    """`--if-late skip`: the late ones are skipped, the next one rings."""
    number = ask.with_file_channel().number("remind", "water", "--every", "day at 9:00", "--if-late", "skip")
    ask.tick("2026-11-25T11:00:00+01:00")
    assert ask.texts == []
    (slot,) = ask.json("show", number)["slots"]
    assert (slot["state"], slot["count"], slot["last"]) == ("skipped", 2, "2026-11-25T09:00:00+01:00")
    assert "late" in slot["reason"]
    ask.tick("2026-11-26T09:00:00+01:00")
    assert ask.texts == ["water"]


def test_if_late_brief_does_not_interrupt(ask: "Ask") -> None:
    """`--if-late brief`: the late ring goes to the next brief, and to no channel."""
    number = ask.with_file_channel().number("remind", "water", "--every", "day at 9:00", "--if-late", "brief")
    ask.tick("2026-11-24T11:00:00+01:00")
    assert ask.texts == []
    assert slots(ask, number)[0][0] == "skipped"
    (message,) = ask.json("show", number)["messages"]
    assert (message["channel"], message["severity"]) == ("terminal", "low")


@pytest.mark.parametrize(("word", "texts"), [("yes", ["water (late by 2 h)"]), ("no", [])])
def test_if_late_ask_rings_only_on_yes(ask: "Ask", word: str, texts: list[str]) -> None:
    """`--if-late ask`: a question is open until the person says yes or no."""
    number = ask.with_file_channel().number("remind", "water tomorrow at 9:00", "--if-late", "ask")
    ask.tick("2026-11-24T11:00:00+01:00")
    assert ask.texts == ["water: late by 2 h; ring now? ask inbox"]
    (asked,) = ask.json("inbox")
    assert (asked["kind"], asked["actions"]) == (
        "input",
        [f"ask answer {asked['id']} yes", f"ask answer {asked['id']} no"],
    )
    assert "maybe" in ask.refused(2, "answer", number, "maybe")
    ask.ok("answer", number, word)
    ask.ok("run-due")
    assert ask.texts[1:] == texts
    assert ask.json("show", number)["state"] == "ended"


def test_past_useless_after_nothing_rings_and_a_low_message_says_so(ask: "Ask") -> None:
    """`--useless-after 1h`: the slot is missed, and the person is told once, quietly."""
    number = ask.with_file_channel().number("remind", "meeting tomorrow at 9:00", "--useless-after", "1h")
    ticked = ask.tick("2026-11-24T10:00:01+01:00")
    assert ticked["missed"] == 1
    assert slots(ask, number) == [("missed", 1, "24T09:00")]
    (message,) = ask.rang
    assert message["severity"] == "low"
    assert message["text"].startswith("missed: meeting")
    assert ask.json("show", number)["state"] == "ended"


def test_within_useless_after_a_late_one_still_rings(ask: "Ask") -> None:
    """The bound itself is not past it."""
    ask.with_file_channel().ok("remind", "meeting tomorrow at 9:00", "--useless-after", "1h")
    ask.tick("2026-11-24T10:00:00+01:00")
    assert ask.texts == ["meeting (late by 1 h)"]


def test_what_comes_while_paused_is_skipped_with_that_reason(ask: "Ask") -> None:
    """Paused slots have one row, reason `paused`, and nothing rings, also not after resuming."""
    number = ask.with_file_channel().number("remind", "water", "--every", "day at 9:00")
    assert ask.json("pause", number)[0]["state"] == "paused"
    for day in (24, 25, 26):
        ask.tick(f"2026-11-{day}T09:00:00+01:00")
    ask.at("2026-11-27T10:00:00+01:00")
    assert ask.json("resume", number)[0]["state"] == "active"
    ask.ok("run-due")
    (slot,) = ask.json("show", number)["slots"]
    assert (slot["state"], slot["reason"], slot["count"]) == ("skipped", "paused", 4)
    assert ask.texts == []
    assert ask.json("show", number)["next_at"] == "2026-11-28T09:00:00+01:00"


def test_until_ack_rings_again_every_quarter_of_an_hour(ask: "Ask") -> None:
    """`--until-ack` alone repeats every 15m; `next_at` is the next ring; acknowledged, it ends."""
    number = ask.with_file_channel().number("remind", "pill at 18:00", "--until-ack")
    ask.tick("2026-11-23T18:00:00+01:00")
    assert ask.json("show", number)["next_at"] == "2026-11-23T18:15:00+01:00"
    ask.tick("2026-11-23T18:15:00+01:00")
    assert ask.texts == ["pill", "pill"]
    assert ask.json("show", number)["state"] == "active"
    assert ask.json("ack", number)[0]["state"] == "ended"
    ask.tick("2026-11-23T18:30:00+01:00")
    assert ask.texts == ["pill", "pill"]


def test_repeat_implies_until_ack_and_counts_from_the_planned_ring(ask: "Ask") -> None:
    """`--repeat 15m,30m`: each from the planned time of the ring before; the last gap goes on."""
    number = ask.with_file_channel().number("remind", "pill at 18:00", "--repeat", "15m,30m")
    rings = ["18:00:40", "18:15:50", "18:45:10", "19:15:00"]
    nexts = ["18:15", "18:45", "19:15", "19:45"]
    for ring, following in zip(rings, nexts, strict=True):
        assert ask.tick(f"2026-11-23T{ring}+01:00")["messages_sent"] == 1
        assert ask.json("show", number)["next_at"] == f"2026-11-23T{following}:00+01:00"


def test_after_twenty_rings_it_gives_up_and_says_so(ask: "Ask") -> None:
    """At most 20 rings; then one low message says that nobody answered, and nothing more is sent."""
    number = ask.with_file_channel().number("remind", "pill at 18:00", "--repeat", "1m")
    for minute in range(25):
        ask.tick(f"2026-11-23T18:{minute:02}:00+01:00")
    assert ask.texts[:-1] == ["pill"] * 20
    assert "nobody answered after 20 rings" in ask.texts[-1]
    assert ask.rang[-1]["severity"] == "low"
    shown = ask.json("show", number)
    assert (shown["state"], shown["next_at"]) == ("ended", None)
    assert "nobody answered" in shown["why"]
    assert ask.json("inbox") == []


def test_a_clock_set_back_rings_nothing_twice(ask: "Ask") -> None:
    """What has been accounted for stays so when the clock jumps back an hour."""
    ask.with_file_channel().ok("remind", "tea", "--every", "day at 17:00")
    ask.tick("2026-11-23T17:00:00+01:00")
    ask.tick("2026-11-23T16:30:00+01:00")
    ask.tick("2026-11-23T17:00:00+01:00")
    assert ask.texts == ["tea"]


def test_a_time_in_the_spring_gap_rings_an_hour_later_by_the_clock(ask: "Ask") -> None:
    """02:30 on 28 March 2027 in Berlin is read with the offset before it: 03:30."""
    made = ask.json("remind", "gap", "--at", "28 march 2027 02:30")
    assert made["next_at"] == "2027-03-28T03:30:00+02:00"


def test_a_repeated_hour_rings_once(ask: "Ask") -> None:
    """02:30 comes twice on 25 October 2026 in Berlin; the reminder rings at the first."""
    number = ask.at("2026-10-24T12:00:00+02:00").with_file_channel().number("remind", "tea", "--every", "day at 02:30")
    for now in ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-25T12:00:00+01:00"):
        ask.tick(now)
    assert ask.texts == ["tea"]
    assert ask.json("show", number)["next_at"] == "2026-10-26T02:30:00+01:00"


def test_quiet_hours_hold_a_ring_and_let_a_high_one_through(ask: "Ask") -> None:
    """Held until the morning, under its own time; severity high breaks through."""
    ask.with_file_channel().ok("pref", "set", "quiet_hours", "22:00-07:00")
    ask.ok("remind", "read at 23:10")
    ask.ok("remind", "alarm at 23:10", "--severity", "high")
    ask.tick("2026-11-23T23:10:00+01:00")
    assert ask.texts == ["alarm"]
    ask.tick("2026-11-24T07:00:00+01:00")
    assert ask.texts == ["alarm", "read"]


def test_counted_from_completion_the_next_one_comes_after_it_was_done(ask: "Ask") -> None:
    """`every 3 days after done`: nothing rings again before it was done; then three days from then."""
    number = ask.with_file_channel().number("remind", "water the cactus", "--every", "3 days after completion")
    first = ask.json("show", number)["next_at"]
    ask.tick(first)
    ask.tick("2026-12-10T09:00:00+01:00")
    assert ask.texts == ["water the cactus"]
    done = ask.at("2026-12-10T10:00:00+01:00").json("done", number)[0]
    assert done["state"] == "active"
    assert done["next_at"].startswith("2026-12-13T")


def test_watch_shows_the_ring_that_comes(ask: "Ask") -> None:
    """`ask watch --rings 1` ticks in the window until one ring was shown."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.at("2026-11-23T16:30:00+01:00")
    seen = ask.ok("watch", "--rings", "1")
    assert seen.out == f"  16:30  {number}  stretch   done: ask done {number} · later: ask snooze {number} 1h\n"
    assert ask.json("show", number)["state"] == "ended"


def test_watch_with_json_prints_one_document(ask: "Ask") -> None:
    """Nothing but the document stands on stdout."""
    number = ask.number("remind", "stretch in 10 minutes")
    ask.at("2026-11-23T16:30:00+01:00")
    assert ask.json("watch", "--rings", "1") == {
        "rings": 1, "shown": [{"item": int(number), "text": "stretch", "at": "2026-11-23T16:30:00+01:00"}],
    }  # fmt: skip
