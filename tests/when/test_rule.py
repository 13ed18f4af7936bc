"""A kept rule gives the slots that a person means by it."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from assistant.when import rule
from assistant.when.values import Conventions
from assistant.when.zone import to_instant, to_wall

ZONE = "Europe/Berlin"
BERLIN = Conventions(ZONE, country="DE")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def walls(text: str, after: str, number: int, zone: str = ZONE, conventions: Conventions = BERLIN) -> list[str]:
    """The first slots after a wall time, as clocks of the zone show them."""
    begin = to_instant(datetime.fromisoformat(after), zone)
    found = islice(rule.slots(text, begin, zone, conventions), number)
    return [to_wall(at, zone).isoformat(" ", "minutes") for at in found]


def test_the_start_is_a_slot_and_the_moment_asked_after_is_none() -> None:
    """Slots lie strictly after the moment; DTSTART itself is one."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY"
    assert walls(text, "2026-11-24T08:59:59", 1) == ["2026-11-24 09:00"]
    assert walls(text, "2026-11-24T09:00:00", 1) == ["2026-11-25 09:00"]


def test_a_wall_time_that_clocks_skip_rings_once_at_the_shifted_time() -> None:
    """02:30 on the last Sunday of March is read with the offset before it."""
    text = "DTSTART:20260301T023000\nRRULE:FREQ=DAILY"
    assert walls(text, "2026-03-28T12:00", 2) == ["2026-03-29 03:30", "2026-03-30 02:30"]


def test_a_wall_time_that_clocks_repeat_fires_the_first_time_only() -> None:
    """02:30 on the last Sunday of October is 00:30 in UTC, and 01:30 is no slot."""
    text = "DTSTART:20260301T023000\nRRULE:FREQ=DAILY"
    found = list(islice(rule.slots(text, datetime(2026, 10, 24, 12, tzinfo=UTC), ZONE, BERLIN), 2))
    assert found == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


def test_two_wall_times_that_fall_on_one_instant_are_one_slot() -> None:
    """The shifted 02:30 and the ordinary 03:30 ring once."""
    text = "DTSTART:20260301T000000\nRRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30"
    assert walls(text, "2026-03-29T00:00", 3) == ["2026-03-29 03:00", "2026-03-29 03:30", "2026-03-30 02:00"]


def test_slots_ascend_where_a_skipped_time_lands_among_later_ones() -> None:
    """Twenty-minute slots at 02:10 to 02:50 land between those of the next hour."""
    text = "DTSTART:20260301T021000\nRRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,10,40"
    found = walls(text, "2026-03-29T00:00", 3)
    assert found == ["2026-03-29 03:00", "2026-03-29 03:10", "2026-03-29 03:40"]


def test_a_day_that_a_zone_left_out_rings_with_the_day_after_it() -> None:
    """Samoa had no 30 December 2011; its slot falls on the one of the 31st."""
    text = "DTSTART:20111201T090000\nRRULE:FREQ=DAILY"
    found = walls(text, "2011-12-29T00:00", 3, "Pacific/Apia", Conventions("Pacific/Apia"))
    assert found == ["2011-12-29 09:00", "2011-12-31 09:00", "2012-01-01 09:00"]


def test_what_elapses_keeps_its_distance_across_a_change_of_clocks() -> None:
    """Every six hours stays six hours, whatever clocks show."""
    text = "DTSTART:20261024T220000Z\nX-ASK-ELAPSED:PT6H"
    found = walls(text, "2026-10-24T23:59", 4)
    assert found == ["2026-10-25 00:00", "2026-10-25 05:00", "2026-10-25 11:00", "2026-10-25 17:00"]


def test_what_elapses_ends_by_number_or_by_time() -> None:
    """COUNT counts the anchor; UNTIL takes its own second in."""
    begin = datetime(2026, 11, 24, 7, tzinfo=UTC)
    counted = list(rule.slots("DTSTART:20261124T080000Z\nX-ASK-ELAPSED:PT2H;COUNT=3", begin, ZONE, BERLIN))
    ended = list(rule.slots("DTSTART:20261124T080000Z\nX-ASK-ELAPSED:PT2H;UNTIL=20261124T120000Z", begin, ZONE, BERLIN))
    assert counted == ended == [datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (8, 10, 12)]


def test_what_elapses_can_leave_out_holidays() -> None:
    """Every twelve hours except holidays goes round both days of Christmas."""
    text = "DTSTART:20261224T080000Z\nX-ASK-ELAPSED:PT12H\nX-ASK-EXCEPT:HOLIDAYS"
    assert walls(text, "2026-12-24T08:00", 3) == ["2026-12-24 09:00", "2026-12-24 21:00", "2026-12-27 09:00"]


def test_what_elapses_can_leave_out_and_put_in_moments_and_days() -> None:
    """A moment, a whole day of the zone, a holiday; and a moment put in on a holiday still rings."""
    text = (
        "DTSTART:20261224T080000Z\nX-ASK-ELAPSED:PT7H\nX-ASK-EXCEPT:HOLIDAYS\n"
        "EXDATE:20261224T150000Z,20261227\nRDATE:20261225T120000Z"
    )
    found = walls(text, "2026-12-24T08:00", 5)
    days = ["2026-12-24 09:00", "2026-12-24 23:00", "2026-12-25 13:00", "2026-12-28 04:00", "2026-12-28 11:00"]
    assert found == days


def test_a_minute_that_elapses_is_counted_around_holidays_by_the_day() -> None:
    """Two days of Christmas are left out of four, to the minute."""
    text = "DTSTART:20261223T230000Z\nX-ASK-ELAPSED:PT1M\nX-ASK-EXCEPT:HOLIDAYS"
    begin = datetime(2026, 12, 23, 22, 59, tzinfo=UTC)
    found = rule.span(text, begin, begin + timedelta(days=4), ZONE, BERLIN)
    assert found is not None
    assert found.count == 2 * 1440


def test_several_rules_are_their_union() -> None:
    """Monday at nine and Tuesday at two."""
    text = "DTSTART:20261101T000000\nRRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9\nRRULE:FREQ=WEEKLY;BYDAY=TU;BYHOUR=14"
    assert walls(text, "2026-11-24T12:00", 3) == ["2026-11-24 14:00", "2026-11-30 09:00", "2026-12-01 14:00"]


def test_days_and_moments_can_be_taken_out_and_put_in() -> None:
    """EXDATE takes a moment or a whole day, RDATE adds one."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY\nEXDATE:20261125T090000,20261126\nRDATE:20261127T180000"
    assert walls(text, "2026-11-24T08:00", 3) == ["2026-11-24 09:00", "2026-11-27 09:00", "2026-11-27 18:00"]


def test_an_exception_written_in_utc_takes_out_the_wall_time_it_means() -> None:
    """08:00Z is nine o'clock in Berlin in winter."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY\nEXDATE:20261125T080000Z"
    assert walls(text, "2026-11-24T10:00", 1) == ["2026-11-26 09:00"]


def test_the_number_of_slots_is_spent_from_the_start() -> None:
    """COUNT counts from DTSTART, also when asked later, and EXDATE does not give one back (RFC 5545)."""
    text = "DTSTART:20261120T090000\nRRULE:FREQ=DAILY;COUNT=6\nEXDATE:20261124T090000"
    assert walls(text, "2026-11-23T10:00", 9) == ["2026-11-25 09:00"]


def test_a_holiday_does_not_spend_the_number_of_slots() -> None:
    """Three rings on days of work are three rings, also around Christmas."""
    text = "DTSTART:20261224T090000\nRRULE:FREQ=DAILY;COUNT=3\nX-ASK-EXCEPT:HOLIDAYS"
    assert walls(text, "2026-12-01T00:00", 9) == ["2026-12-24 09:00", "2026-12-27 09:00", "2026-12-28 09:00"]


def test_a_last_date_is_taken_in_whole() -> None:
    """UNTIL with a date lets that day ring."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY;UNTIL=20261126"
    assert walls(text, "2026-11-25T10:00", 9) == ["2026-11-26 09:00"]


def test_a_last_moment_in_utc_is_met_in_the_zone_of_the_rule() -> None:
    """08:00Z is nine in Berlin, so that day still rings; 07:59:59Z would not let it."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY;UNTIL={}"
    assert walls(text.format("20261125T080000Z"), "2026-11-24T10:00", 9) == ["2026-11-25 09:00"]
    assert walls(text.format("20261125T075959Z"), "2026-11-24T10:00", 9) == []


def test_every_second_week_keeps_its_phase_from_the_start() -> None:
    """The week of DTSTART counts, however long ago it was."""
    text = "DTSTART:20000103T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"
    found = walls(text, "2026-11-24T00:00", 3)
    days = [(datetime.fromisoformat(at) - datetime(2000, 1, 3, 9)).days % 14 for at in found]
    assert days in ([4, 0, 4], [0, 4, 0])


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1", ["2026-12-01", "2027-01-04"]),
        ("-1", ["2026-11-30", "2026-12-31"]),
        ("3,-2", ["2026-11-27", "2026-12-03"]),
    ],
)
def test_a_business_day_of_the_month_is_no_weekend_and_no_holiday(numbers: str, expected: list[str]) -> None:
    """New Year of 2027 is a Friday and a holiday, so that January begins on Monday the 4th."""
    text = f"DTSTART:20261101T090000\nRRULE:FREQ=MONTHLY\nX-ASK-BUSINESS-DAY:{numbers}"
    assert walls(text, "2026-11-24T12:00", 2) == [f"{day} 09:00" for day in expected]


def test_without_a_country_no_day_is_a_holiday() -> None:
    """Nothing is guessed about where the person lives."""
    text = "DTSTART:20261225T090000\nRRULE:FREQ=DAILY\nX-ASK-EXCEPT:HOLIDAYS"
    assert walls(text, "2026-12-24T12:00", 1, conventions=Conventions(ZONE)) == ["2026-12-25 09:00"]


def test_a_rule_that_only_names_holidays_and_leaves_them_out_has_no_slot() -> None:
    """The search ends."""
    text = "DTSTART:20261225T090000\nRRULE:FREQ=YEARLY\nX-ASK-EXCEPT:HOLIDAYS"
    assert rule.next_after(text, NOW, ZONE, Conventions(ZONE, country="US")) is None


@pytest.mark.parametrize(
    ("distance", "completed", "expected"),
    [
        ("P3D", "2026-11-26T17:00", "2026-11-29 09:00"),
        ("P2W", "2026-11-26T08:00", "2026-12-10 09:00"),
        ("P1M", "2026-01-31T17:00", "2026-02-28 09:00"),
        ("P1Y", "2028-02-29T17:00", "2029-02-28 09:00"),
        ("PT4H", "2026-10-25T00:30", "2026-10-25 03:30"),
    ],
)
def test_a_repeat_counted_from_completion_keeps_the_time_of_day(distance: str, completed: str, expected: str) -> None:
    """Days are counted from the day it was done; hours are hours that pass."""
    done_at = to_instant(datetime.fromisoformat(completed), ZONE)
    found = rule.after_done(f"DTSTART:20260101T090000\nX-ASK-AFTER-DONE:{distance}", done_at, ZONE, BERLIN)
    assert to_wall(found, ZONE).isoformat(" ", "minutes") == expected


def test_before_it_is_done_a_repeat_from_completion_has_its_first_slot_only() -> None:
    """The rest depends on the person."""
    text = "DTSTART:20261124T090000\nX-ASK-AFTER-DONE:P3D"
    assert walls(text, "2026-11-01T00:00", 9) == ["2026-11-24 09:00"]


def test_the_last_slot_before_a_moment_is_found_without_walking_from_the_start() -> None:
    """A yearly rule reaches back years, a rule that has not begun has none."""
    text = "DTSTART:20200229T090000\nRRULE:FREQ=YEARLY"
    assert rule.previous(text, NOW, ZONE, BERLIN) == datetime(2024, 2, 29, 8, tzinfo=UTC)
    assert rule.previous(text, datetime(2020, 2, 29, 7, 59, tzinfo=UTC), ZONE, BERLIN) is None


def test_a_slot_asked_for_a_thousand_years_ahead_is_as_near_as_the_next() -> None:
    """A rule is not walked from its start."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=MINUTELY;INTERVAL=15"
    assert rule.next_after(text, datetime(3026, 1, 1, tzinfo=UTC), ZONE, BERLIN) == datetime(
        3026, 1, 1, 0, 15, tzinfo=UTC
    )


def test_a_minute_rule_asleep_for_years_is_counted_to_the_minute() -> None:
    """Ten years of minutes, less the twenty hours a change of clocks hides or repeats."""
    text = "DTSTART:20200101T000000\nRRULE:FREQ=MINUTELY"
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    found = rule.span(text, begin, end, ZONE, BERLIN)
    assert found is not None
    assert found.count == 3652 * 1440 - 10 * 60
    assert (found.first, found.last) == (begin + timedelta(minutes=1), end)


def test_a_span_without_a_slot_is_none() -> None:
    """The interval is open at its beginning and closed at its end."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY"
    at = to_instant(datetime(2026, 11, 24, 9), ZONE)
    assert rule.span(text, at, at + timedelta(hours=23), ZONE, BERLIN) is None
    found = rule.span(text, at - timedelta(seconds=1), at, ZONE, BERLIN)
    assert found == rule.Span(at, at, 1)


def test_rules_typed_by_a_person_are_kept_in_one_form() -> None:
    """With or without its head, in any case, folded as iCalendar files fold; a zone is named apart."""
    typed = "dtstart;tzid=America/New_York:20261124T090000\r\nrrule:freq=weekly;byday=mo,\r\n we;wkst=su;\r\n"
    kept = rule.normal(typed, NOW, BERLIN)
    assert kept == "DTSTART:20261124T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU"
    assert rule.zone_named(typed) == "America/New_York"
    assert rule.zone_named("DTSTART:20261124T090000Z\nRRULE:FREQ=DAILY") == "UTC"
    assert rule.zone_named("RRULE:FREQ=DAILY") is None


def test_lines_on_one_line_are_lines() -> None:
    """As a shell hands them over, with blanks or with a written line break."""
    kept = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY\nEXDATE:20261125"
    assert rule.normal("DTSTART:20261124T090000 RRULE:FREQ=DAILY EXDATE:20261125", NOW, BERLIN) == kept
    assert rule.normal("DTSTART:20261124T090000\\nRRULE:FREQ=DAILY\\nEXDATE;VALUE=DATE:20261125", NOW, BERLIN) == kept


def test_an_exception_with_a_zone_of_its_own_is_an_instant() -> None:
    """Nine in Berlin is three in New York."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=DAILY\nEXDATE;TZID=America/New_York:20261125T030000"
    assert rule.normal(text, NOW, BERLIN).endswith("EXDATE:20261125T080000Z")
    assert walls(text, "2026-11-24T10:00", 1) == ["2026-11-26 09:00"]


def test_a_day_put_in_without_a_time_rings_at_the_usual_time() -> None:
    """RDATE as a date takes the time of day of DTSTART."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=YEARLY\nRDATE:20261130"
    assert walls(text, "2026-11-24T10:00", 1) == ["2026-11-30 09:00"]


def test_a_rule_without_a_start_begins_today_at_the_default_time() -> None:
    """Hours that the rule names itself win."""
    assert rule.normal("FREQ=DAILY", NOW, BERLIN) == "DTSTART:20261124T090000\nRRULE:FREQ=DAILY"
    named = rule.normal("RRULE:FREQ=DAILY;BYHOUR=17,8", NOW, BERLIN)
    assert named == "DTSTART:20261124T080000\nRRULE:FREQ=DAILY;BYHOUR=17,8"
    assert rule.normal("FREQ=HOURLY", NOW, BERLIN) == "DTSTART:20261124T130000\nRRULE:FREQ=HOURLY"


def test_times_of_a_start_that_is_a_date_are_left_out() -> None:
    """RFC 5545 ignores BYHOUR and its like where DTSTART is a date."""
    text = "DTSTART:20261124\nRRULE:FREQ=DAILY;BYHOUR=9;COUNT=1"
    assert walls(text, "2026-11-23T12:00", 1) == ["2026-11-24 00:00"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("FREQ=FORTNIGHTLY", "FORTNIGHTLY"),
        ("FREQ=DAILY;INTERVAL=0", "'0'"),
        ("FREQ=DAILY;BYHOUR=25", "'25'"),
        ("FREQ=DAILY;BYDAY=XX", "'XX'"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL"),
        ("FREQ=DAILY;BYEASTER=0", "BYEASTER"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ stands twice"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes"),
        ("DTSTART:20261124T090000\nRRULE:FREQ=DAILY;UNTIL=20261123", "never comes"),
        ("DTSTART:20261324T090000\nRRULE:FREQ=DAILY", "20261324T090000"),
        ("DTSTART;TZID=Europe/Berlim:20261124T090000\nRRULE:FREQ=DAILY", "Europe/Berlin"),
        ("EXRULE:FREQ=DAILY", "EXRULE"),
        ("RRULE", "RRULE"),
        ("", "no RRULE"),
        ("X-ASK-ELAPSED:P1M", "month"),
        ("X-ASK-EXCEPT:SUNDAYS", "SUNDAYS"),
        ("DTSTART:20261124T090000\nRRULE:FREQ=DAILY\nX-ASK-BUSINESS-DAY:1", "MONTHLY"),
        ("DTSTART:20261124T090000\nRRULE:FREQ=DAILY\nX-ASK-AFTER-DONE:P3D", "keep one"),
    ],
)
def test_a_rule_that_is_wrong_is_refused_with_the_part_that_is_wrong(text: str, part: str) -> None:
    """Every refusal names the value."""
    with pytest.raises(ValueError, match=part):
        rule.normal(text, NOW, BERLIN)


def test_an_unknown_zone_is_refused_with_a_near_one() -> None:
    """A rule is never put into another zone silently."""
    with pytest.raises(ValueError, match="did you mean Europe/Berlin"):
        rule.next_after("DTSTART:20261124T090000\nRRULE:FREQ=DAILY", NOW, "Europe/Berln", BERLIN)


def test_what_is_kept_can_be_written_and_read_again() -> None:
    """The text and its value are two forms of one rule."""
    from assistant.when.written import write

    text = (
        "DTSTART:20261124T090000\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;BYSETPOS=1;WKST=SU\n"
        "X-ASK-BUSINESS-DAY:1,-1\nX-ASK-EXCEPT:HOLIDAYS\nEXDATE:20261225T090000,20261226\nRDATE:20270101T120000Z"
    )
    assert write(rule.parse(text)) == text


def test_slots_are_in_utc_and_of_whole_seconds() -> None:
    """A moment with microseconds is asked after, too."""
    text = "DTSTART:20261124T090000\nRRULE:FREQ=SECONDLY"
    at = rule.next_after(text, NOW.replace(microsecond=999_999), ZONE, BERLIN)
    assert at is not None
    assert (at, at.tzinfo) == (NOW + timedelta(seconds=1), UTC)
