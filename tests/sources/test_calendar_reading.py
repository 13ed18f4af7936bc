"""The source calendar, how it is read: zones, rules and exceptions, and what is broken, hostile or huge."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.ports.source import Asking, Failed
from tests.sources.conftest import BERLIN, NOW, Ics, calendar, event


def starts(ics: Ics, first: str, last: str, zone: str = BERLIN) -> list[str]:
    """When events take place within a span, as the person sees it."""
    return [one["start"] for one in listed(ics, first, last, zone)]


def listed(ics: Ics, first: str, last: str, zone: str = BERLIN) -> tuple[dict[str, Any], ...]:
    got = ics.watched().source.events_between(datetime.fromisoformat(first), datetime.fromisoformat(last), Asking(zone))
    assert not isinstance(got, Failed), got
    events: tuple[dict[str, Any], ...] = got.events
    return events


def test_a_series_keeps_its_wall_time_when_clocks_change(ics):
    """Ten o'clock in Berlin before and after the last Sunday of March."""
    ics.write(event("J", ";TZID=Europe/Berlin:20270322T100000", "", "RRULE:FREQ=WEEKLY"))
    assert starts(ics, "2027-03-20T00:00:00Z", "2027-04-01T00:00:00Z") == [
        "2027-03-22T10:00:00+01:00", "2027-03-29T10:00:00+02:00",
    ]  # fmt: skip


def test_a_wall_time_that_clocks_skip_or_repeat(ics):
    """The gap is read with the offset before it, the repeated hour is the first (RFC 5545 §3.3.5)."""
    ics.write(
        event("Gap", ";TZID=Europe/Berlin:20270328T023000"), event("Twice", ";TZID=Europe/Berlin:20271031T023000")
    )
    assert starts(ics, "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z") == [
        "2027-03-28T03:30:00+02:00", "2027-10-31T02:30:00+02:00",
    ]  # fmt: skip


def test_floating_times_and_days_are_where_the_person_is(ics):
    """Eight o'clock is eight o'clock wherever one wakes up."""
    ics.write(event("Floating", "20261126T080000"), event("Day", ";VALUE=DATE:20261126"))
    span = ("2026-11-25T00:00:00Z", "2026-11-28T00:00:00Z")
    assert starts(ics, *span) == ["2026-11-26T00:00:00+01:00", "2026-11-26T08:00:00+01:00"]
    assert starts(ics, *span, zone="Asia/Tokyo") == ["2026-11-26T00:00:00+09:00", "2026-11-26T08:00:00+09:00"]
    [day, _] = listed(ics, *span)
    assert (day["all_day"], day["end"]) == (True, "2026-11-27T00:00:00+01:00")


def test_floating_series_are_where_the_person_is(ics):
    """Rule and exceptions too."""
    ics.write(event("F", "20261124T080000", "", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261126T080000"))
    assert starts(ics, "2026-11-23T00:00:00Z", "2026-12-24T00:00:00Z", "Asia/Tokyo") == [
        "2026-11-24T08:00:00+09:00", "2026-11-25T08:00:00+09:00", "2026-11-27T08:00:00+09:00",
    ]  # fmt: skip


CUSTOM = "\r\n".join([
    "BEGIN:VTIMEZONE", "TZID:{name}", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:{offset}",
    "TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE", "",
])  # fmt: skip


def test_a_zone_that_the_calendar_defines_is_its_own(ics, tmp_path):
    """Two calendars may give one name to two zones."""
    other = Ics(tmp_path / "other.ics")
    ics.write(event("A", ";TZID=Office:20261126T100000"), head=CUSTOM.format(name="Office", offset="+0530"))
    other.write(event("B", ";TZID=Office:20261126T100000"), head=CUSTOM.format(name="Office", offset="-0300"))
    span = ("2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z")
    for _ in range(2):
        assert starts(ics, *span, zone="UTC") == ["2026-11-26T04:30:00+00:00"]
        assert starts(other, *span, zone="UTC") == ["2026-11-26T13:00:00+00:00"]


@pytest.mark.parametrize(("name", "start"), [
    ("W. Europe Standard Time", "2026-11-26T10:00:00+01:00"),
    ("/freeassociation.sourceforge.net/America/New_York", "2026-11-26T16:00:00+01:00"),
    ('"America/New_York"', "2026-11-26T16:00:00+01:00"),
    ("Nowhere/At_All", "2026-11-26T10:00:00+01:00"),
])  # fmt: skip
def test_zones_by_the_names_that_programs_write(name, start, ics):
    """Outlook, Evolution and quoted; one that nobody knows is read where the person is."""
    ics.write(event("A", f";TZID={name}:20261126T100000"))
    assert starts(ics, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z") == [start]


def test_a_calendar_that_names_its_zone_at_its_head(ics):
    """X-WR-TIMEZONE, as Google writes it."""
    ics.write(event("A", "20270322T090000Z", "", "RRULE:FREQ=WEEKLY"), head="X-WR-TIMEZONE:Europe/Berlin\r\n")
    assert starts(ics, "2027-03-20T00:00:00Z", "2027-04-01T00:00:00Z") == [
        "2027-03-22T10:00:00+01:00", "2027-03-29T10:00:00+02:00",
    ]  # fmt: skip


def test_exceptions_and_moved_occurrences(ics):
    """EXDATE, RDATE and RECURRENCE-ID together."""
    ics.write(
        event(
            "S",
            ";TZID=Europe/Berlin:20261123T100000",
            "",
            "RRULE:FREQ=DAILY;COUNT=5",
            "EXDATE;TZID=Europe/Berlin:20261124T100000",
            "RDATE;TZID=Europe/Berlin:20261130T180000",
            uid="s",
        ),
        event(
            "Moved",
            ";TZID=Europe/Berlin:20261128T090000",
            "",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261126T100000",
            uid="s",
        ),
        event(
            "Off",
            ";TZID=Europe/Berlin:20261127T100000",
            "",
            "RECURRENCE-ID:20261127T090000Z",
            "STATUS:CANCELLED",
            uid="s",
        ),
    )
    assert starts(ics, "2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z") == [
        "2026-11-23T10:00:00+01:00",
        "2026-11-25T10:00:00+01:00",
        "2026-11-28T09:00:00+01:00",
        "2026-11-30T18:00:00+01:00",
    ]


def test_an_occurrence_from_which_all_others_follow(ics):
    """RANGE=THISANDFUTURE moves the rest of the series."""
    ics.write(
        event("S", "20261123T090000Z", "", "RRULE:FREQ=DAILY;COUNT=4", uid="s"),
        event("Later", "20261125T110000Z", "", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T090000Z", uid="s"),
    )
    found = listed(ics, "2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z", "UTC")
    assert [(one["title"], one["start"][8:13]) for one in found] == [
        ("S", "23T09"), ("S", "24T09"), ("Later", "25T11"), ("Later", "26T11"),
    ]  # fmt: skip


@pytest.mark.parametrize(("rule", "days"), [
    ("FREQ=WEEKLY;UNTIL=20261207", ["23", "30", "07"]),  # a date counts to its end
    ("FREQ=WEEKLY;UNTIL=20261207T085959Z", ["23", "30"]),
    ("FREQ=WEEKLY;UNTIL=20261207T090000Z", ["23", "30", "07"]),
    ("FREQ=WEEKLY;COUNT=-1;UNTIL=20261130T235959Z", ["23", "30"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=2;WKST=SU", ["23", "07"]),
    ("FREQ=MONTHLY;BYDAY=-1MO;COUNT=2", ["23", "30", "28"]),  # the first day is one although the rule has it not
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;COUNT=1", ["23", "24"]),
])  # fmt: skip
def test_rules_as_calendars_write_them(rule, days, ics):
    """The end by day, by instant, by number."""
    ics.write(event("R", ";TZID=Europe/Berlin:20261123T100000", "", f"RRULE:{rule}"))
    assert [start[8:10] for start in starts(ics, "2026-11-01T00:00:00Z", "2027-01-31T00:00:00Z")] == days


def test_times_by_duration_and_without_an_end(ics):
    """An event may say how long it takes; a day takes a day, a time none."""
    ics.write(
        event("A", "20261126T090000Z", "", "DURATION:PT90M"),
        event("B", "20261126T120000Z"),
        event("C", ";VALUE=DATE:20261127", "", "DURATION:P2D"),
        event("D", "20261129T090000Z", "20261129T080000Z"),
    )
    found = listed(ics, "2026-11-26T00:00:00Z", "2026-11-30T00:00:00Z", "UTC")
    assert [(one["title"], one["end"]) for one in found] == [
        ("A", "2026-11-26T10:30:00+00:00"), ("B", "2026-11-26T12:00:00+00:00"),
        ("C", "2026-11-29T00:00:00+00:00"), ("D", "2026-11-29T09:00:00+00:00"),
    ]  # fmt: skip


def test_a_span_takes_in_what_began_before_it(ics):
    """And nothing that is over, or begins later."""
    ics.write(
        event("Long", "20261120T090000Z", "20261126T090000Z"),
        event("Over", "20261125T070000Z", "20261125T075900Z"),
        event("Later", "20261127T090000Z"),
    )
    assert [one["title"] for one in listed(ics, "2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z")] == ["Long"]


def test_the_last_of_a_series_may_still_run_after_its_end(ics):
    """What is over by the figures of its rule may take days."""
    ics.write(event("Long", "20261106T090000Z", "20261116T090000Z", "RRULE:FREQ=WEEKLY;UNTIL=20261120T090000Z"))
    assert starts(ics, "2026-11-29T00:00:00Z", "2026-12-31T00:00:00Z", "UTC") == ["2026-11-20T09:00:00+00:00"]


# Broken


@pytest.mark.parametrize(
    "bad",
    [
        event("Bad", "nonsense"),
        event("Bad", "20261126T090000Z", "nonsense"),
        event("Bad", "20261399T090000Z"),
        event("Bad", "20261126T090000Z", "", "RRULE:FREQ=SOMETIMES"),
        event("Bad", "20261126T090000Z", "", "RRULE:INTERVAL=2"),
        event("Bad", "20261126T090000Z", "", "RRULE:FREQ=DAILY;BYDAY=XX"),
        event("Bad", "20261126T090000Z", "", "EXDATE:x"),
        event("Bad", "20261126T090000Z", "", "DTSTART:20261127T090000Z"),
        event("Bad", "20261126T090000Z", "", "DURATION:long"),
        event("Bad", "20261126T090000Z", "", "DURATION:P99999999999D"),
        event("Bad", "20261126T090000Z", "", "RECURRENCE-ID:x"),
        "BEGIN:VEVENT\r\nUID:Bad\r\nSUMMARY:no start\r\nEND:VEVENT\r\n",
        "BEGIN:VEVENT\r\nUID:Bad\r\nDTSTART:20261126T090000Z\r\n",
        event("Bad", "20261126T090000Z", "", "RRULE:FREQ=SECONDLY"),
        event("Bad", "00010101T000000Z", "", "RRULE:FREQ=MINUTELY"),
    ],
)
def test_a_bad_event_is_named_and_loses_no_other(bad, ics):
    """With the line at which it begins."""
    good = event("Good", "20261126T100000Z")
    watched = ics.watched()
    watched.poll()
    ics.write(good.replace("Good", "First"), bad, good)
    got = watched.poll()
    assert sorted(one.data["title"] for one in got.events) == ["First", "Good"]
    assert got.note is not None
    assert got.note.startswith("1 event cannot be read: line 9:")


def test_a_line_that_is_none_costs_only_itself(ics):
    """And so does a property that nobody asked for."""
    ics.write(event("A", "20261126T090000Z", "", "no colon here", "GEO:x", "X-ODD;;:y", "PRIORITY:high"))
    assert starts(ics, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z", "UTC") == ["2026-11-26T09:00:00+00:00"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("<!DOCTYPE html><html>log in</html>", "it is no calendar; it begins with '<!DOCTYPE html>"),
        ("BEGIN:VCARD\r\nEND:VCARD\r\n", "it is no calendar"),
        ("BEGIN:VCALENDAR\r\n", "it breaks off before END:VCALENDAR"),
        ("BEGIN:VCALENDAR\r\n" + event("A", "20261126T090000Z"), "it breaks off"),
        ("BEGIN:VCALENDAR\r\n" + event("A", "20261126T090000Z")[:-20], "it breaks off"),
    ],
)
def test_what_is_no_whole_calendar_is_a_failure_and_cancels_nothing(text, why, ics):
    """Half a file would look like a hundred cancellations."""
    watched = ics.write(event("A", "20261126T090000Z"), event("B", "20261126T090000Z")).watched()
    watched.poll()
    ics.path.write_text(text, newline="")
    failed = watched.fail()
    assert failed.error.startswith(why)
    ics.write(event("A", "20261126T090000Z"), event("B", "20261126T090000Z"))
    assert watched.told() == []


def test_a_file_of_other_line_ends_folds_and_marks(ics):
    """Unix lines, a byte order mark, folded values, several calendars in one stream, tasks among the events."""
    folded = event("A long\r\n  title", "20261126T090000Z", uid="a\r\n bc")
    task = "BEGIN:VTODO\r\nUID:t\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VTODO\r\n"
    text = calendar(task, folded) + calendar(event("B", "20261127T090000Z"))
    ics.path.write_bytes("\ufeff".encode() + text.replace("\r\n", "\n").encode())
    found = listed(ics, "2026-11-26T00:00:00Z", "2026-11-28T00:00:00Z")
    assert [(one["title"], one["uid"]) for one in found] == [("A long title", "abc"), ("B", "B")]


def test_texts_are_bounded_and_of_one_line(ics):
    """They go into templates and lists."""
    ics.write(event("a\\n\x07b" + "c" * 9000, "20261126T090000Z", uid="u" * 9000))
    [found] = listed(ics, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z")
    assert found["title"].startswith("a bc")
    assert len(found["title"]) == 500
    assert len(found["uid"]) <= 255


def test_a_file_that_is_away_or_no_file_is_a_failure(ics):
    """A folder in its place, or nothing."""
    watched = ics.watched()
    ics.path.unlink()
    assert watched.fail() == Failed(f"{ics.path} is not there")
    ics.path.mkdir()
    assert watched.fail().permanent


# Hostile and huge


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;COUNT=999999999",
        "FREQ=MINUTELY;INTERVAL=7",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=YEARLY;BYDAY=MO;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
    ],
)
def test_no_rule_takes_long(rule, ics):
    """From the year 1, for ever: each is read, or named as unreadable, in moments."""
    watched = ics.watched()
    watched.poll()
    ics.write(event("Bomb", "00010101T000000Z", "", f"RRULE:{rule}"), event("Good", "20261126T100000Z"))
    began = time.monotonic()
    assert ("added", "Good") in watched.told()
    assert time.monotonic() - began < 10


def test_a_zone_whose_clocks_change_each_second_is_passed_over(ics):
    """icalendar would count all the changes."""
    zone = CUSTOM.format(name="Bomb", offset="+0100").replace("END:STANDARD", "RRULE:FREQ=SECONDLY\r\nEND:STANDARD")
    began = time.monotonic()
    ics.write(event("A", ";TZID=Bomb:20261126T100000"), head=zone)
    assert starts(ics, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z") == ["2026-11-26T10:00:00+01:00"]
    assert time.monotonic() - began < 10


def test_fifty_thousand_events_are_read_in_bounded_time(ics):
    """Those that are over cost next to nothing; of those to come the nearest are read."""
    past = "".join(
        event(f"p{n}", f"20{n % 20 + 5:02}0101T100000Z", f"20{n % 20 + 5:02}0101T110000Z") for n in range(45_000)
    )
    coming = "".join(event(f"c{n}", f"2027{n % 12 + 1:02}01T100000Z") for n in range(5_000))
    watched = ics.write(past, coming).watched()
    began = time.monotonic()
    watched.poll()
    assert time.monotonic() - began < 20
    ics.write(past, coming, event("New", "20261126T100000Z"))
    assert watched.told() == [("added", "New")]


def test_a_file_over_20_mib_is_a_failure(ics):
    """The limit is said."""
    watched = ics.watched()
    with open(ics.path, "wb") as file:
        file.truncate((20 << 20) + 1)
    failed = watched.fail()
    assert failed == Failed(f"{ics.path} is longer than 20 MiB", permanent=True)


def test_a_calendar_that_takes_too_long_is_a_failure(ics):
    """And is read again at the next poll."""
    watched = ics.write(*(event(f"{n}", "20261126T100000Z", "", "RRULE:FREQ=DAILY") for n in range(500))).watched()
    watched.asking = watched.asking.replace(timeout=timedelta(0))
    assert watched.fail().error == "it takes more than 0 s to read"


def test_the_listing_says_what_could_not_be_read(ics):
    """A brief without a word about it would look complete."""
    ics.write(event("A", "20261126T090000Z"), event("Bad", "x"))
    got = ics.watched().source.events_between(NOW, NOW + timedelta(days=2), Asking("UTC"))
    assert len(got.events) == 1
    assert "cannot be read" in (got.note or "")
    many = (event(f"{n}", "20261126T090000Z") for n in range(1200))
    got = ics.write(*many).watched().source.events_between(NOW, NOW + timedelta(days=2), Asking("UTC"))
    assert (len(got.events), got.note) == (1000, "only the first 1,000 events are given")
    ics.path.unlink()
    assert isinstance(
        ics.write().watched().source.events_between(NOW, datetime(2027, 1, 1, tzinfo=UTC), Asking()).events, tuple
    )
