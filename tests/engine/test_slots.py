"""Slots through whole ticks: sleep, clock jumps, zones, snoozes, pauses and quiet hours."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from assistant.core.happened import Stopped
from assistant.core.moves import Put
from assistant.store.write import Writing
from assistant.when.zone import to_instant, to_wall
from tests import person
from tests.engine.stories import Run, check_all
from tests.person import daily, schedule_of, slots_of
from tests.world import BERLIN, START

AT = START + timedelta(hours=1)


def change(run: Run, number: int, **changes: object) -> None:
    """A person's change of a schedule."""

    def act(con: object) -> None:
        with Writing(run.con, "", run.outside.now, command="change") as writing:
            writing.apply([Put("schedule", number, changes, "changed")])

    run.person(act)


def rings(run: Run) -> list[str]:
    """The texts that rang, in order."""
    return [delivery.text for channel, delivery in run.outside.deliveries if channel == "file"]


def test_nine_days_asleep_are_one_late_ring_and_nine_accounted_slots() -> None:
    """The newest rings and says how late it is; the eight before it are one row."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=daily(AT))
    run.outside.now = AT + timedelta(days=9, hours=2) - timedelta(days=1)
    run.tick()
    assert slots_of(run.con, number) == [("coalesced", 8, "a newer one was due as well"), ("late", 1, None)]
    assert rings(run) == ["call Ada (late by 2 h)"]
    check_all(run)


@pytest.mark.parametrize(
    ("late", "state", "suffix"), [(0, "ran", ""), (120, "ran", ""), (121, "late", " (late by 2 min 1 s)")]
)
def test_late_is_more_than_two_minutes(late: int, state: str, suffix: str) -> None:
    """The line lies at 120 seconds; below it nothing is said."""
    run = Run()
    number = run.person(person.remind, AT, START)
    run.outside.now = AT + timedelta(seconds=late)
    run.tick()
    assert slots_of(run.con, number) == [(state, 1, None)]
    assert rings(run) == [f"call Ada{suffix}"]


def test_a_late_ring_says_days_and_hours() -> None:
    """The words of the contract."""
    run = Run()
    run.person(person.remind, AT, START)
    run.outside.now = AT + timedelta(days=1, hours=2)
    run.tick()
    assert rings(run) == ["call Ada (late by 1 d 2 h)"]


def test_a_clock_that_jumps_back_rings_nothing_twice() -> None:
    """An hour back after each ring: the same wall times come again, and are silent."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=f"DTSTART:{AT:%Y%m%dT%H%M%S}\nRRULE:FREQ=MINUTELY;INTERVAL=10")
    run.until(AT + timedelta(minutes=30))
    assert len(rings(run)) == 4
    run.outside.advance(timedelta(hours=-1))
    run.until(AT + timedelta(minutes=30))
    assert len(rings(run)) == 4
    run.until(AT + timedelta(minutes=40))
    assert len(rings(run)) == 5
    assert slots_of(run.con, number) == [("ran", 1, None)] * 5
    check_all(run)


def test_a_minute_schedule_asleep_for_a_year_is_two_rows_and_quick() -> None:
    """Half a million slots, one row for all but the newest."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=f"DTSTART:{AT:%Y%m%dT%H%M%S}\nRRULE:FREQ=MINUTELY")
    run.outside.now = AT + timedelta(days=365)
    began = monotonic()
    run.tick()
    assert monotonic() - began < 2
    assert slots_of(run.con, number) == [("coalesced", 525600, "a newer one was due as well"), ("ran", 1, None)]
    assert len(rings(run)) == 1


def test_slots_that_go_by_while_paused_are_one_row() -> None:
    """Each tick adds to the same row; after the pause a new one begins."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=daily(AT))
    change(run, number, state="paused")
    run.until(AT + timedelta(days=3, hours=1))
    assert slots_of(run.con, number) == [("skipped", 4, "paused")]
    change(run, number, state="active")
    run.until(AT + timedelta(days=4, hours=1))
    assert slots_of(run.con, number) == [("skipped", 4, "paused"), ("ran", 1, None)]
    check_all(run)


def test_a_wall_time_in_the_spring_gap_rings_once_an_hour_later() -> None:
    """02:30 in Berlin on the last Sunday of March is 03:30 on the clocks; the day after it is 02:30 again."""
    first = to_instant(datetime(2027, 3, 27, 2, 30), BERLIN)
    run = Run()
    run.outside.now = run.began = first - timedelta(hours=3)
    number = run.person(person.remind, first, run.began, rule=daily(first, BERLIN), zone=BERLIN)
    run.until(first + timedelta(days=2, hours=1))
    walls = [to_wall(at, BERLIN) for at in (delivery.at for _, delivery in run.outside.deliveries)]
    assert [f"{wall:%d %H:%M}" for wall in walls] == ["27 02:30", "28 03:30", "29 02:30"]
    assert slots_of(run.con, number) == [("ran", 1, None)] * 3
    check_all(run)


def test_a_repeated_hour_rings_once_the_first_time() -> None:
    """02:30 in Berlin comes twice on the last Sunday of October."""
    first = to_instant(datetime(2026, 10, 24, 2, 30), BERLIN)
    run = Run()
    run.outside.now = run.began = first - timedelta(hours=3)
    number = run.person(person.remind, first, run.began, rule=daily(first, BERLIN), zone=BERLIN)
    run.until(first + timedelta(days=2, hours=2))
    ats = [delivery.at for _, delivery in run.outside.deliveries]
    assert ats[1] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert slots_of(run.con, number) == [("ran", 1, None)] * 3
    check_all(run)


def test_a_snooze_over_the_next_slot_of_a_rule_still_rings() -> None:
    """The slot of the rule rings in between; the snooze is not forgotten for it."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=daily(AT))
    run.until(AT)
    change(run, number, snoozed_to=AT + timedelta(days=1, hours=1))
    run.until(AT + timedelta(days=1, hours=2))
    assert len(rings(run)) == 3
    run.until(AT + timedelta(days=2))
    assert len(rings(run)) == 4
    assert slots_of(run.con, number) == [("ran", 1, None)] * 4


@pytest.mark.parametrize(
    ("snoozed", "first_count"),
    [
        (timedelta(hours=5), 3),  # before the first of the rule's
        (timedelta(days=1, hours=5), 3),  # between them
        (timedelta(days=3, hours=1), 3),  # after the last: it is the newest
        (timedelta(days=2), 2),  # one of the rule's own: it counts once
    ],
)
def test_a_snooze_among_slots_that_were_slept_over_counts_once(snoozed: timedelta, first_count: int) -> None:
    """Three slots of the rule and one snooze; the newest of all rings."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=daily(AT))
    run.until(AT)
    following = AT + timedelta(days=1)
    change(run, number, snoozed_to=AT + snoozed, next_at=min(following, AT + snoozed))
    run.outside.now = AT + timedelta(days=3, hours=2)
    run.tick()
    states = slots_of(run.con, number)
    assert [state for state, _, _ in states] == ["ran", "coalesced", "late"]
    assert states[1][1] == first_count
    newest = run.value("select max(at) from slot")
    assert newest == run.value("select max(last) from slot")
    assert run.value("select snoozed_to from schedule") is None


def test_a_next_slot_that_its_rule_does_not_hold_is_accounted_for() -> None:
    """A rule that was edited, or a zone that moved, may leave a next slot beside the rule: it still is one."""
    run = Run()
    number = run.person(person.remind, AT + timedelta(minutes=7), START, rule=daily(AT))
    run.outside.now = AT + timedelta(days=1, hours=1)
    run.tick()
    assert slots_of(run.con, number) == [("coalesced", 1, "a newer one was due as well"), ("late", 1, None)]


def test_a_reminder_that_is_put_back_to_a_time_it_had_rings_again() -> None:
    """The clock went back and the person snoozed to the very time of the first ring: one row, two rings, no crash."""
    run = Run()
    number = run.person(person.remind, AT, START)
    other = run.person(person.remind, AT, START, text="other")
    run.until(AT)
    run.outside.advance(timedelta(minutes=-30))
    change(run, number, state="active", next_at=AT, ended_at=None, reason=None)
    change(run, other, state="active", next_at=AT + timedelta(minutes=1), ended_at=None, reason=None)
    run.until(AT + timedelta(minutes=2))
    assert len(rings(run)) == 4
    assert slots_of(run.con, number) == [("ran", 1, None)]
    assert run.column("select key from job where schedule_id = ? order by id", number) == [
        f"{number}@2026-11-24T09:00:00Z", f"{number}@2026-11-24T09:00:00Z/2",
    ]  # fmt: skip
    check_all(run)


COUNTED = f"DTSTART:{AT:%Y%m%dT%H%M%S}\nX-ASK-AFTER-DONE:P3D"


@pytest.mark.parametrize("more", [{"if_late": "skip"}, {"useless_after": 60}, {"state": "paused"}])
def test_a_rule_that_counts_from_completion_survives_a_slot_that_does_not_ring(more: dict[str, object]) -> None:
    """Skipped, missed or paused: nothing can be done, so the next one is counted from there."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=COUNTED, repeat=[], **more)
    run.outside.now = AT + timedelta(hours=1)
    run.tick()
    schedule = schedule_of(run.con, number)
    assert schedule.state != "ended"
    assert schedule.next_at == AT + timedelta(days=3)


def test_a_rule_that_counts_from_completion_goes_on_after_a_cancelled_job() -> None:
    """The job was cancelled, the series was not."""
    run = Run()
    number = run.person(person.remind, AT, START, rule=COUNTED, repeat=[])
    run.until(AT)
    run.person(person.tell, run.world(), 1, Stopped("cancelled", "cancelled by the person"))
    assert schedule_of(run.con, number).next_at == AT + timedelta(days=3)


def test_a_rule_whose_last_slot_is_missed_ends_with_the_occurrence_that_is_open() -> None:
    """The first of two slots still waits for an answer while the second is missed."""
    run = Run()
    rule = daily(AT, more=";COUNT=2")
    number = run.person(person.remind, AT, START, rule=rule, repeat=[], useless_after=600)
    run.until(AT)
    run.outside.now = AT + timedelta(days=1, hours=1)
    run.tick()
    assert schedule_of(run.con, number).state == "active"
    run.person(person.answer, run.world(), "done")
    assert schedule_of(run.con, number).state == "ended"
    assert slots_of(run.con, number) == [("ran", 1, None), ("missed", 1, "useless_after had passed")]
    check_all(run)


def test_overlapping_occurrences_leave_one_question_open() -> None:
    """A daily reminder that nobody answers: each day's ring takes the place of the day before."""
    run = Run()
    run.person(person.remind, AT, START, rule=daily(AT), repeat=[36000])
    run.until(AT + timedelta(days=2, minutes=30))
    assert run.column("select state from request order by id") == ["withdrawn", "withdrawn", "open"]
    assert run.column("select state from job order by id") == ["superseded", "superseded", "awaiting_input"]
    check_all(run)


def test_what_was_missed_at_night_is_said_in_the_morning() -> None:
    """A low message keeps quiet hours, and goes to the reminder's own channel."""
    run = Run()
    run.quiet_hours = "22:00-07:00"
    run.person(person.remind, AT, START, useless_after=60, channel="chat")
    run.outside.now = START.replace(hour=23)
    run.tick()
    assert run.con.execute("select channel, wake_at, reason from message").fetchall() == [
        ("chat", "2026-11-25T07:00:00Z", "held by quiet hours")
    ]


def test_rings_that_are_held_by_quiet_hours_do_not_pile_up() -> None:
    """One ring waits for the morning; the next one is counted from when it can be heard."""
    run = Run()
    run.quiet_hours = "22:00-07:00"
    at = START.replace(hour=22, minute=30)
    run.person(person.remind, at, START, repeat=[900])
    morning = START.replace(day=25, hour=7)
    run.until(morning + timedelta(minutes=20))
    assert run.column("select wake_at from message order by id") == ["2026-11-25T07:00:00Z", "2026-11-25T07:15:00Z"]
    assert len(rings(run)) == 2


def test_rings_that_nobody_saw_at_the_terminal_do_not_pile_up() -> None:
    """Where the terminal is the channel only the newest ring waits there."""
    run = Run()
    run.person(person.remind, AT, START, repeat=[900], channel="terminal")
    run.until(AT + timedelta(hours=2))
    assert run.column("select count(*) from message where state = 'queued'") == [1]
    assert run.value("select rings from step") == 9


def test_a_schedule_kept_for_the_brief_needs_no_text() -> None:
    """A workflow of its own has other inputs."""
    run = Run()
    number = run.person(person.remind, AT, START, if_late="brief")
    run.outside.now = AT + timedelta(hours=1)
    run.tick()
    assert run.column("select text from message") == ["kept for the brief: call Ada"]
    assert slots_of(run.con, number) == [("skipped", 1, "late: kept for the next brief")]


def test_a_message_that_takes_its_worker_with_it_is_given_up() -> None:
    """A channel that kills twenty ticks in a row is not given another one: attempts hold across deaths."""
    run = Run()
    run.person(person.remind, AT, START)
    run.until(AT - timedelta(minutes=1))
    run.outside.now = AT

    def kills(name: str) -> None:
        if name == "before deliver file":
            run.outside.die_at = run.outside.boundary_count

    run.outside.interlope = kills
    run.tick()
    assert run.column("select attempts from message where channel = 'file'") == [20]
    assert run.con.execute("select channel, state from message order by id").fetchall() == [
        ("file", "unknown"), ("terminal", "queued"),
    ]  # fmt: skip
    check_all(run)


def test_a_late_ring_stands_for_the_repeats_that_were_due_with_it() -> None:
    """Two hours late with a repeat each quarter of an hour: one ring now, the next one at the next quarter."""
    run = Run()
    run.person(person.remind, AT, START, repeat=[900])
    run.outside.now = AT + timedelta(hours=2, minutes=5)
    run.tick()
    assert rings(run) == ["call Ada (late by 2 h 5 min)"]
    assert run.column("select wake_at from step") == ["2026-11-24T11:15:00Z"]
