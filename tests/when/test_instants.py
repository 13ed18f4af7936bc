"""Phrases for one moment. Read at Tuesday 24 November 2026, 10:15 in Berlin, by the default conventions."""

from datetime import datetime

import pytest

from assistant.when.read import read
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
BERLIN = Conventions("Europe/Berlin")


def wall(text: str, conventions: Conventions = BERLIN) -> str | None:
    found = read(text, NOW, conventions)
    assert found.message == "" or found.kind == "none", f"left over: {found.message!r}"
    return found.at.strftime("%Y-%m-%d %H:%M") if found.at is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-24 10:15"),
        ("in 2 hours", "2026-11-24 12:15"),
        ("in an hour and a half", "2026-11-24 11:45"),
        ("in 1.5 hours", "2026-11-24 11:45"),
        ("in 1h15", "2026-11-24 11:30"),
        ("in 1h 30m", "2026-11-24 11:45"),
        ("in half an hour", "2026-11-24 10:45"),
        ("in a quarter of an hour", "2026-11-24 10:30"),
        ("in a couple of hours", "2026-11-24 12:15"),
        ("90 min", "2026-11-24 11:45"),
        ("+30m", "2026-11-24 10:45"),
        ("5 minutes from now", "2026-11-24 10:20"),
        ("2 days ago", "2026-11-22 10:15"),
        ("in 3 days", "2026-11-27 10:15"),
        ("in two weeks at 15:00", "2026-12-08 15:00"),
        ("in 1 1/2 hours", "2026-11-24 11:45"),
        ("within the hour", "2026-11-24 11:15"),
        ("in a fortnight", "2026-12-08 10:15"),
        ("in 3 business days", "2026-11-27 10:15"),
        ("two hours before 6:45 tomorrow", "2026-11-25 16:45"),
        ("two hours before 6:45am tomorrow", "2026-11-25 04:45"),
        ("30 minutes before 6pm", "2026-11-24 17:30"),
        ("a week from friday", "2026-12-04 09:00"),
        ("two weeks from monday at 10", "2026-12-14 10:00"),
        ("the day before december 5", "2026-12-04 09:00"),
        ("2 weekends from now", "2026-12-05 09:00"),
        ("three fridays from now", "2026-12-11 09:00"),
    ],
)
def test_a_distance_is_counted_from_now_or_from_what_is_named(text: str, expected: str) -> None:
    """Hours and minutes elapse; days, weeks and months keep the time of day."""
    assert wall(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", "2026-11-25 09:00"),
        ("day after tomorrow at noon", "2026-11-26 12:00"),
        ("yesterday", "2026-11-23 09:00"),
        ("friday", "2026-11-27 09:00"),
        ("tuesday", "2026-12-01 09:00"),
        ("tuesday at 11", "2026-11-24 11:00"),
        ("1700 hours", "2026-11-24 17:00"),
        ("tomorrow 0900 hrs", "2026-11-25 09:00"),
        ("tuesday at 10", "2026-12-01 10:00"),
        ("this friday at 17:00", "2026-11-27 17:00"),
        ("next friday", "2026-12-04 09:00"),
        ("friday after next", "2026-12-11 09:00"),
        ("last friday", "2026-11-20 09:00"),
        ("friday week", "2026-12-04 09:00"),
        ("tuesday next week at 9", "2026-12-01 09:00"),
        ("friday the 13th", "2027-08-13 09:00"),
        ("on the 5th at 8", "2026-12-05 08:00"),
        ("the 31st", "2026-12-31 09:00"),
        ("december 5", "2026-12-05 09:00"),
        ("5th of december at 3pm", "2026-12-05 15:00"),
        ("5 december 2027", "2027-12-05 09:00"),
        ("november 1", "2027-11-01 09:00"),
        ("the third of january", "2027-01-03 09:00"),
        ("Sat, 5 Dec 2026 14:00", "2026-12-05 14:00"),
        ("feb 29", "2028-02-29 09:00"),
        ("2026-12-05", "2026-12-05 09:00"),
        ("2026-12-05T15:00", "2026-12-05 15:00"),
        ("20261205T150000", "2026-12-05 15:00"),
        ("12/5", "2026-12-05 09:00"),
        ("12/5/27 9am", "2027-12-05 09:00"),
        ("5.12.2026", "2026-12-05 09:00"),
        ("5.12. 18:00", "2026-12-05 18:00"),
        ("31/12/2026", "2026-12-31 09:00"),
        ("3rd friday of january", "2027-01-15 09:00"),
        ("last friday of next month at 4pm", "2026-12-25 16:00"),
        ("first working day of next month", "2026-12-01 09:00"),
        ("christmas eve at 6pm", "2026-12-24 18:00"),
        ("easter monday", "2027-03-29 09:00"),
    ],
)
def test_a_day_is_the_next_one_of_that_name(text: str, expected: str) -> None:
    """A bare weekday is the next after today; with a clock time still ahead, today counts."""
    assert wall(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next week", "2026-11-30 09:00"),
        ("the week after next", "2026-12-07 09:00"),
        ("week 50 of 2026", "2026-12-07 09:00"),
        ("2026-W50", "2026-12-07 09:00"),
        ("2026-W50-2 14:00", "2026-12-08 14:00"),
        ("next month", "2026-12-01 09:00"),
        ("this weekend", "2026-11-28 09:00"),
        ("end of next month", "2026-12-31 09:00"),
        ("end of june", "2027-06-30 09:00"),
        ("mid december", "2026-12-15 09:00"),
        ("beginning of next month", "2026-12-01 09:00"),
        ("by the end of the week", "2026-11-27 09:00"),
        ("Q1 2027", "2027-01-01 09:00"),
        ("week 50", "2026-12-07 09:00"),
        ("the week of december 16", "2026-12-14 09:00"),
        ("january 2027", "2027-01-01 09:00"),
    ],
)
def test_a_period_is_its_first_day_and_its_end_the_last(text: str, expected: str) -> None:
    """`next week` is its Monday, `next month` the 1st, `this weekend` Saturday, the end of a month its last day."""
    assert wall(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 4", "2026-11-24 16:00"),
        ("at 7", "2026-11-25 07:00"),
        ("tomorrow at 3:30", "2026-11-25 15:30"),
        ("tomorrow at 03:30", "2026-11-25 03:30"),
        ("tomorrow at 12", "2026-11-25 12:00"),
        ("9:52 am", "2026-11-25 09:52"),
        ("half past 4", "2026-11-24 16:30"),
        ("quarter to six", "2026-11-24 17:45"),
        ("20 past 3pm", "2026-11-24 15:20"),
        ("eleven twenty pm", "2026-11-24 23:20"),
        ("tomorrow at seven twenty-seven", "2026-11-25 07:27"),
        ("tomorrow 1730", "2026-11-25 17:30"),
        ("from five to six pm", "2026-11-24 17:00"),
        ("june 2-9 2027", "2027-06-02 09:00"),
        ("11ish", "2026-11-24 11:00"),
        ("twelve noon tomorrow", "2026-11-25 12:00"),
        ("early tomorrow morning", "2026-11-25 08:00"),
        ("at 730 in the evening", "2026-11-24 19:30"),
        ("8h30 tomorrow", "2026-11-25 08:30"),
        ("noon", "2026-11-24 12:00"),
        ("at midnight", "2026-11-25 00:00"),
        ("friday at midnight", "2026-11-28 00:00"),
        ("tomorrow at 24:00", "2026-11-26 00:00"),
        ("eod friday", "2026-11-27 17:00"),
        ("close of business tomorrow", "2026-11-25 17:00"),
        ("tonight", "2026-11-24 20:00"),
        ("tonight at half past nine", "2026-11-24 21:30"),
        ("tomorrow morning", "2026-11-25 08:00"),
        ("tomorrow evening at 8", "2026-11-25 20:00"),
        ("saturday afternoon", "2026-11-28 15:00"),
        ("monday night at 11", "2026-11-30 23:00"),
        ("first thing tomorrow", "2026-11-25 08:00"),
        ("from 2 to 2:30 pm on thursday", "2026-11-26 14:00"),
        ("tomorrow 10-11am", "2026-11-25 10:00"),
        ("between 9 and 5 tomorrow", "2026-11-25 09:00"),
    ],
)
def test_a_bare_hour_is_read_by_the_convention(text: str, expected: str) -> None:
    """7 to 11 are before noon, 12 is noon, 1 to 6 after noon, unless a leading 0 or a day part says otherwise."""
    assert wall(text) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("9pm CET", "Europe/Berlin", "2026-11-24T21:00:00+01:00"),
        ("noon in Tokyo", "Asia/Tokyo", "2026-11-25T12:00:00+09:00"),
        ("tomorrow 9am pacific time", "America/Los_Angeles", "2026-11-25T09:00:00-08:00"),
        ("tomorrow at 14:00 UTC", "UTC", "2026-11-25T14:00:00+00:00"),
        ("10am Europe/London tomorrow", "Europe/London", "2026-11-25T10:00:00+00:00"),
        ("2026-12-05T15:00:00Z", "UTC", "2026-12-05T15:00:00+00:00"),
        ("2026-12-05T15:00:00+09:00", "Etc/GMT-9", "2026-12-05T15:00:00+09:00"),
        ("3pm UTC+2", "Etc/GMT-2", "2026-11-24T15:00:00+02:00"),
    ],
)
def test_a_zone_in_the_text_pins_the_time(text: str, zone: str, expected: str) -> None:
    """The instant is kept in the zone that was said, and does not move with the preference."""
    found = read(text, NOW, BERLIN)
    assert found.at is not None
    assert (found.zone, found.pinned, found.at.isoformat()) == (zone, True, expected)


def test_in_24_hours_elapses_and_in_1_day_is_the_calendars() -> None:
    """Over the last Sunday of March the two differ by an hour."""
    before = datetime.fromisoformat("2026-03-28T10:00:00+01:00")
    hours, day = read("in 24 hours", before, BERLIN).at, read("in 1 day", before, BERLIN).at
    assert hours is not None and day is not None
    assert (hours.isoformat(), day.isoformat()) == ("2026-03-29T11:00:00+02:00", "2026-03-29T10:00:00+02:00")


def test_a_skipped_time_rings_an_hour_later_and_a_repeated_one_the_first_time() -> None:
    """The gap is read with the offset before it."""
    spring = read("tomorrow at 02:30", datetime.fromisoformat("2026-03-28T10:00:00+01:00"), BERLIN).at
    autumn = read("tomorrow at 02:30", datetime.fromisoformat("2026-10-24T10:00:00+02:00"), BERLIN).at
    assert spring is not None and autumn is not None
    assert (spring.isoformat(), autumn.isoformat()) == ("2026-03-29T03:30:00+02:00", "2026-10-25T02:30:00+02:00")


def test_the_order_of_figures_follows_the_preference() -> None:
    """Month first if none is set; what cannot be one order is read in the other."""
    day_first = BERLIN.replace(date_order="dmy")
    assert wall("5/8/2027") == "2027-05-08 09:00"
    assert wall("5/8/2027", day_first) == "2027-08-05 09:00"
    assert wall("8/25/2027", day_first) == "2027-08-25 09:00"


def test_a_business_day_is_no_holiday_of_the_preferred_country() -> None:
    """Counted from tomorrow, Monday to Friday, less the holidays."""
    before_christmas = datetime.fromisoformat("2026-12-23T10:00:00+01:00")
    german = read("in 2 business days", before_christmas, BERLIN.replace(country="DE")).at
    plain = read("in 2 business days", before_christmas, BERLIN).at
    assert german is not None and plain is not None
    assert (german.day, plain.day) == (28, 25)


def test_a_reading_says_grain_clock_end_and_what_decided() -> None:
    """What was not said is filled by a convention, and the convention is named."""
    tomorrow = read("tomorrow", NOW, BERLIN)
    assert (tomorrow.grain, tomorrow.clock) == ("day", False)
    assert tomorrow.notes == ("no time of day was said: 09:00",)
    five = read("tomorrow at 5", NOW, BERLIN)
    assert (five.grain, five.clock) == ("minute", True)
    assert five.notes == ("5 without am or pm is 17:00",)
    meeting = read("tomorrow 2-4pm", NOW, BERLIN)
    assert meeting.end is not None and meeting.end.strftime("%H:%M") == "16:00"
    assert read("in 2 hours", NOW, BERLIN).clock


def test_next_friday_is_asked_about_while_this_weeks_is_ahead() -> None:
    """Both readings are given, the convention's first."""
    found = read("next friday at 9", NOW, BERLIN)
    assert [one.at.strftime("%m-%d") for one in found.choices if one.at] == ["12-04", "11-27"]
    assert read("next monday at 9", NOW, BERLIN).choices == ()
