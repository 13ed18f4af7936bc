"""The preferred zone moves what floats, and loses no slot on the way."""

from datetime import timedelta

from assistant.app import prefs, remind
from tests.engine.stories import Run, check_messages
from tests.fold import check_fold
from tests.person import schedule_of, slots_of
from tests.session import StoreSession
from tests.world import START


def test_a_floating_reminder_keeps_its_wall_time_in_the_new_zone() -> None:
    """Nine o'clock stays nine o'clock; a pinned one stays where it was."""
    run = Run()
    floating = remind.remind(StoreSession(run), remind.Wish("call", every="day at 9:00")).item.id
    pinned = remind.remind(StoreSession(run), remind.Wish("call", every="day at 9:00 UTC")).item.id
    prefs.set_preference(StoreSession(run, "pref set"), "timezone", "America/New_York")
    assert schedule_of(run.con, floating).next_at == START + timedelta(hours=6)
    assert schedule_of(run.con, pinned).next_at == START + timedelta(hours=1)
    check_fold(run.con)


def test_a_slot_that_was_due_before_the_zone_moved_still_rings() -> None:
    """It was due at nine in the old zone; the person moved the zone before anything ticked."""
    run = Run()
    often = remind.remind(StoreSession(run), remind.Wish("often", every="day at 9:00")).item.id
    once = remind.remind(StoreSession(run), remind.Wish("once", at="in 1 hour")).item.id
    run.outside.advance(timedelta(hours=2))
    prefs.set_preference(StoreSession(run, "pref set"), "timezone", "America/New_York")
    assert slots_of(run.con, often) == [("late", 1, None)]
    run.until(run.outside.now + timedelta(minutes=1))
    assert slots_of(run.con, once) == [("late", 1, None)]
    assert sorted(delivery.text for _, delivery in run.outside.deliveries) == [
        "often (late by 1 h)", "once (late by 1 h)",
    ]  # fmt: skip
    check_messages(run)
    check_fold(run.con)
