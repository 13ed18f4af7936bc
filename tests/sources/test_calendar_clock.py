"""The source calendar, what the clock tells: starting, started and ended, each once, in order, whatever happens."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.sources.conftest import NOW, event

CALL = event("Call", ";TZID=Europe/Berlin:20261125T100000", ";TZID=Europe/Berlin:20261125T110000")


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    """An instant by the clocks of Berlin, which stand an hour ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def test_a_meeting_is_about_to_begin_begins_and_ends(ics):
    """Fifteen minutes before; each once, at its own instant."""
    watched = ics.write(CALL).watched()
    assert watched.poll(at(9)).wake_at == at(9, 45)
    told = [
        (one.name, one.at)
        for minute in range(0, 180, 5)
        for one in watched.poll(at(9) + timedelta(minutes=minute)).events
    ]
    assert told == [("calendar.starting", at(9, 45)), ("calendar.started", at(10)), ("calendar.ended", at(11))]


def test_it_says_when_it_will_have_something_to_tell(ics):
    """So that a tick need not wait for the next poll."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    assert [watched.poll(at(hour, minute)).wake_at for hour, minute in ((9, 45), (10, 0), (11, 0))] == [
        at(10), at(11), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "first"), [("#starting=1h", at(9)), ("#starting=90s", at(9, 58) + timedelta(seconds=30))]
)
def test_how_long_before_is_said_in_the_url(options, first, ics):
    """As a length of time behind #."""
    watched = ics.write(CALL).watched(options)
    watched.poll(at(8, 30))
    assert watched.poll(at(10)).events[0].at == first


def test_nothing_is_announced_where_nobody_wants_it(ics):
    """#starting=0 says so; what begins and ends is told all the same."""
    watched = ics.write(CALL).watched("#starting=0")
    watched.poll(at(9))
    assert watched.told(at(12)) == [("started", "Call"), ("ended", "Call")]


def test_a_whole_day_begins_and_ends_at_midnight_where_the_person_is(ics):
    """And is not announced the evening before."""
    watched = ics.write(event("Birthday", ";VALUE=DATE:20261126")).watched()
    watched.poll(at(9))
    told = watched.poll(at(9, day=27)).events
    assert [(one.name, one.at) for one in told] == [
        ("calendar.started", at(0, day=26)),
        ("calendar.ended", at(0, day=27)),
    ]
    assert told[0].data["all_day"] is True
    assert told[0].data["start"] == "2026-11-26T00:00:00+01:00"


def test_what_runs_when_stock_is_taken_has_begun_before(ics):
    """It still ends."""
    watched = ics.write(CALL).watched()
    assert watched.told(at(10, 30)) == []
    assert watched.told(at(11)) == [("ended", "Call")]


def test_after_a_sleep_all_that_passed_comes_in_order(ics):
    """Each once, the series too."""
    standup = event(
        "Stand-up", ";TZID=Europe/Berlin:20261102T092500", ";TZID=Europe/Berlin:20261102T093000", "RRULE:FREQ=DAILY"
    )
    watched = ics.write(CALL, standup).watched()
    watched.poll(at(9))
    told = watched.poll(at(9, 26, day=26)).events
    assert [(one.name.partition(".")[2], one.data["title"], one.at) for one in told] == [
        ("starting", "Stand-up", at(9, 10)), ("started", "Stand-up", at(9, 25)), ("ended", "Stand-up", at(9, 30)),
        ("starting", "Call", at(9, 45)), ("started", "Call", at(10)), ("ended", "Call", at(11)),
        ("starting", "Stand-up", at(9, 10, day=26)), ("started", "Stand-up", at(9, 25, day=26)),
    ]  # fmt: skip
    assert told[-1].data["recurrence_id"] == "2026-11-26T09:25:00+01:00"


def test_after_months_of_sleep_it_catches_up_in_several_polls(ics):
    """In order, and with an end."""
    watched = ics.write(event("Day", "20261125T090000Z", "20261125T100000Z", "RRULE:FREQ=DAILY")).watched("#starting=0")
    watched.poll(NOW)
    woke = NOW + timedelta(days=200)
    first = watched.poll(woke)
    assert first.more
    told = [one.at for one in first.events]
    while first.more:
        first = watched.poll(woke)
        told += [one.at for one in first.events]
    assert told == sorted(told)
    assert len(told) == len(set(told)) == 400


def test_a_dense_calendar_catches_up_without_loss(ics):
    """Hundreds of meetings a day, more than one poll tells and one cursor holds."""
    many = [
        event(f"{n}", f"20261125T{9 + n % 10:02}{n // 10 % 60:02}00Z", f"20261125T{10 + n % 10:02}{n // 10 % 60:02}00Z")
        for n in range(1500)
    ]
    watched = ics.write(*many).watched("#starting=0")
    watched.poll(NOW)
    told = [name for name, _ in watched.all_told(NOW + timedelta(days=2))]
    assert (told.count("started"), told.count("ended"), len(told)) == (1500, 1500, 3000)
    assert len(watched.taken) == 3000


def test_while_it_cannot_be_read_the_clock_goes_on(ics):
    """From what it said last."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    ics.path.unlink()
    watched.fail(at(10))
    told = watched.source.due(watched.cursor, at(10), watched.asking)
    assert [one.name for one in told.events] == ["calendar.starting", "calendar.started"]
    assert told.wake_at == at(11)
    assert watched.source.due(told.cursor, at(10), watched.asking).events == ()
    watched.cursor = told.cursor
    ics.write(CALL)
    assert watched.told(at(11)) == [("ended", "Call")]


def test_what_fell_due_while_it_was_down_comes_once_it_is_back(ics):
    """Also where nobody asked in between."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    ics.path.write_text("gone")
    watched.fail(at(10))
    ics.write(CALL)
    assert [name for name, _ in watched.told(at(12))] == ["starting", "started", "ended"]


def test_a_meeting_that_was_moved_begins_at_its_new_time_only(ics):
    """What the calendar says last counts, also of the time that was slept."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    ics.write(CALL.replace("T10", "T14").replace("T11", "T15"))
    assert watched.told(at(12)) == [("changed", "Call")]
    assert [name for name, _ in watched.told(at(14))] == ["starting", "started"]


def test_a_meeting_that_was_cancelled_does_not_begin(ics):
    """Nor does one that was taken out while asleep."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    ics.write(CALL.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT"))
    assert watched.told(at(9, 30)) == [("cancelled", "Call")]
    assert watched.told(at(12)) == []


def test_a_meeting_that_was_moved_after_it_began_begins_again(ics):
    """The same meeting at another time is another beginning, under another key."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    watched.poll(at(10, 5))
    ics.write(CALL.replace("T10", "T14").replace("T11", "T15"))
    watched.poll(at(10, 10))
    assert [name for name, _ in watched.told(at(16))] == ["starting", "started", "ended"]
    assert len(watched.taken) == 6


def test_what_is_learned_late_is_told_late(ics):
    """Somebody enters a meeting that has begun; up to a day later it still counts."""
    watched = ics.watched()
    watched.poll(at(9))
    watched.poll(at(10, 30))
    ics.write(CALL)
    told = watched.poll(at(10, 40)).events
    assert [one.name for one in told] == ["calendar.starting", "calendar.started", "calendar.added"]
    assert told[1].at == at(10)


def test_a_meeting_that_is_shortened_ends_when_it_ended(ics):
    """Its end lies before the last poll, and has not been told."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    watched.poll(at(10, 50))
    ics.write(CALL.replace("T110000", "T104500"))
    told = watched.poll(at(10, 55)).events
    assert [(one.name, one.at) for one in told if one.name == "calendar.ended"] == [("calendar.ended", at(10, 45))]


def test_a_cursor_that_was_not_kept_tells_the_same_keys(ics):
    """Each beginning is one event, however often it is told."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    before = watched.cursor
    watched.poll(at(10, 5))
    watched.cursor = before
    watched.poll(at(12))
    assert sorted(one.name for one in watched.taken.values()) == [
        "calendar.ended",
        "calendar.started",
        "calendar.starting",
    ]


def test_an_event_that_cannot_be_read_any_more_stays_as_it_was(ics):
    """A broken line is no cancellation; the clock goes by what was known."""
    watched = ics.write(CALL).watched()
    watched.poll(at(9))
    ics.write(CALL.replace("DTSTART;TZID=Europe/Berlin:20261125T100000", "DTSTART:tomorrow"))
    got = watched.poll(at(9, 30))
    assert got.events == ()
    assert got.note is not None
    assert "line 4: DTSTART" in got.note
    assert [name for name, _ in watched.told(at(12))] == ["starting", "started", "ended"]
    assert "DTSTART" in (watched.poll(at(12)).note or "")


def test_an_occurrence_that_was_moved_begins_there_and_only_there(ics):
    """The rule's own time is none any more."""
    series = event(
        "Jour fixe",
        ";TZID=Europe/Berlin:20261124T100000",
        ";TZID=Europe/Berlin:20261124T110000",
        "RRULE:FREQ=DAILY;COUNT=3",
        uid="s",
    )
    moved = event("Moved", ";TZID=Europe/Berlin:20261125T150000", ";TZID=Europe/Berlin:20261125T160000",
                  "RECURRENCE-ID;TZID=Europe/Berlin:20261125T100000", uid="s")  # fmt: skip
    watched = ics.write(series, moved).watched("#starting=0")
    watched.poll(at(9))
    told = watched.poll(at(12, day=27)).events
    assert [(one.name, one.data["title"], one.at) for one in told] == [
        ("calendar.started", "Moved", at(15)), ("calendar.ended", "Moved", at(16)),
        ("calendar.started", "Jour fixe", at(10, day=26)), ("calendar.ended", "Jour fixe", at(11, day=26)),
    ]  # fmt: skip
    assert told[0].data["recurrence_id"] == "2026-11-25T10:00:00+01:00"


def test_a_clock_that_is_put_back_tells_nothing_twice(ics):
    """And makes no series unreadable."""
    series = event("Daily", "20261125T090000Z", "20261125T100000Z", "RRULE:FREQ=DAILY")
    watched = ics.write(CALL, series).watched("#starting=0")
    watched.poll(at(9))
    assert len(watched.told(at(12))) == 4
    ics.write(CALL, series, event("New", "20261225T090000Z"))
    got = watched.poll(at(9) - timedelta(days=60))
    assert ([one.name for one in got.events], got.note) == (["calendar.added"], None)
    assert watched.told(at(12)) == []


def test_one_meeting_ends_before_the_next_begins(ics):
    """At one instant; one without length begins before it ends."""
    next_one = event("Next", ";TZID=Europe/Berlin:20261125T110000", ";TZID=Europe/Berlin:20261125T120000")
    watched = ics.write(next_one, CALL, event("Point", ";TZID=Europe/Berlin:20261125T130000")).watched("#starting=0")
    watched.poll(at(9))
    assert watched.told(at(14)) == [
        ("started", "Call"),
        ("ended", "Call"),
        ("started", "Next"),
        ("ended", "Next"),
        ("started", "Point"),
        ("ended", "Point"),
    ]


def test_the_calendar_is_read_anew_before_what_is_known_runs_out(ics):
    """Two weeks are known ahead; a file that never changes is read again within that time."""
    watched = ics.write(event("Weekly", "20261127T090000Z", "20261127T100000Z", "RRULE:FREQ=WEEKLY")).watched(
        "#starting=0"
    )
    watched.poll(NOW)
    told = [one.at for day in range(60) for one in watched.poll(NOW + timedelta(days=day)).events]
    assert len(told) == len(set(told)) == 18
