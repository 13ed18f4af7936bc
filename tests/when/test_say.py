"""Times and rules are said in words that a person reads without thinking."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.when import say
from assistant.when.values import Conventions

ZONE = "Europe/Berlin"
BERLIN = Conventions(ZONE, country="DE")
NOW = datetime(2026, 11, 23, 15, 23, tzinfo=UTC)
START = "DTSTART:20261124T090000\n"


def test_an_instant_is_said_in_full_with_its_distance() -> None:
    """Weekday, date, time, zone, and how far off."""
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert say.instant(at, ZONE, NOW) == "Tue 24 Nov 2026 09:00 Europe/Berlin · in 16 h 37 min"
    assert say.instant(NOW + timedelta(seconds=10), ZONE, NOW) == "Mon 23 Nov 2026 16:23:10 Europe/Berlin · in 10 s"


def test_the_second_of_two_equal_times_is_told_apart() -> None:
    """02:30 comes twice on the last Sunday of October."""
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert say.moment(first, ZONE) == "Sun 25 Oct 2026 02:30 Europe/Berlin"
    assert say.moment(second, ZONE) == "Sun 25 Oct 2026 02:30 (the second) Europe/Berlin"


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(0), "now"),
        (timedelta(seconds=59), "in 59 s"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(hours=26), "in 1 d 2 h"),
        (timedelta(days=1, seconds=59), "in 1 d"),
        (timedelta(days=400), "in 400 d"),
        (-timedelta(hours=7, minutes=50), "7 h 50 min ago"),
        (timedelta(microseconds=-1), "now"),
    ],
)
def test_a_distance_has_its_two_largest_units(delta: timedelta, words: str) -> None:
    """Cut off, never rounded up, so that "in 1 h" is not promised a minute early."""
    assert say.from_now(delta) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RRULE:FREQ=DAILY", "every day at 09:00"),
        ("RRULE:FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30", "every day at 09:30 and 17:30"),
        ("RRULE:FREQ=DAILY;INTERVAL=3", "every 3 days at 09:00 starting 24 November 2026"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=25", "every Monday to Friday at 09:25"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday at 09:00"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday at 09:00 starting 24 November 2026"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and 15th at 09:00"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day at 09:00"),
        ("RRULE:FREQ=MONTHLY;BYDAY=2TU,4TU", "every month on the second and fourth Tuesday at 09:00"),
        ("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday at 09:00"),
        ("RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every Friday the 13th at 09:00"),
        ("RRULE:FREQ=MONTHLY\nX-ASK-BUSINESS-DAY:1,-1", "every month on the first and last business day at 09:00"),
        ("RRULE:FREQ=YEARLY", "every year on 24 November at 09:00"),
        ("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25,24", "every year on the 24th and 25th of December at 09:00"),
        ("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday of November at 09:00"),
        ("RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every Monday in week 20 at 09:00"),
        ("RRULE:FREQ=DAILY;BYMONTH=6,7", "every day in June and July at 09:00"),
        ("RRULE:FREQ=HOURLY;BYHOUR=9,10,11,12;BYMINUTE=0", "every hour between 09:00 and 12:00"),
        ("RRULE:FREQ=MINUTELY;INTERVAL=15", "every 15 minutes between 00:00 and 23:45"),
        ("RRULE:FREQ=DAILY;COUNT=10", "every day at 09:00 for 10 times starting 24 November 2026"),
        ("RRULE:FREQ=DAILY;UNTIL=20261224", "every day at 09:00 until 24 December 2026"),
        ("RRULE:FREQ=DAILY;UNTIL=20261224T170000Z", "every day at 09:00 until 24 December 2026 18:00"),
        ("RRULE:FREQ=DAILY\nX-ASK-EXCEPT:HOLIDAYS", "every day at 09:00 except holidays (DE)"),
        ("RRULE:FREQ=DAILY\nEXDATE:20261225", "every day at 09:00 except on 25 December 2026"),
        ("RRULE:FREQ=DAILY\nEXDATE:20261225T090000", "every day at 09:00 except on 25 December 2026"),
        (
            "RRULE:FREQ=DAILY;BYHOUR=9,17\nEXDATE:20261225T090000",
            "every day at 09:00 and 17:00 except on 25 December 2026 09:00",
        ),
        ("RRULE:FREQ=DAILY\nRDATE:20261225T120000", "every day at 09:00 also on 25 December 2026 at 12:00"),
        (
            "RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9\nRRULE:FREQ=WEEKLY;BYDAY=TU;BYHOUR=14",
            "every Monday at 09:00; and every Tuesday at 14:00",
        ),
        ("RRULE:FREQ=DAILY;BYHOUR=9\nRRULE:FREQ=DAILY;BYHOUR=17;BYMINUTE=30", "every day at 09:00 and 17:30"),
        ("X-ASK-AFTER-DONE:P2W", "every 2 weeks after completion at 09:00"),
        ("X-ASK-AFTER-DONE:PT4H", "every 4 hours after completion"),
        ("RRULE:FREQ=DAILY;INTERVAL=1;BYSETPOS=1;BYHOUR=9,10", "at every time of FREQ=DAILY;BYHOUR=9,10;BYSETPOS=1"),
    ],
)
def test_a_rule_is_said_in_words(text: str, words: str) -> None:
    """What has no plain words is said as the rule it is."""
    assert say.rule(START + text, ZONE, BERLIN) == words


def test_a_rule_that_elapses_is_said_with_its_anchor() -> None:
    """In the wall time of the zone."""
    text = "DTSTART:20261124T080000Z\nX-ASK-ELAPSED:PT90M;COUNT=3"
    assert say.rule(text, ZONE, BERLIN) == "every 90 minutes for 3 times starting 24 November 2026 09:00"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("30 8 * * 1-5", "every Monday to Friday at 08:30"),
        ("*/15 8-18 * * 1-5", "every 15 minutes between 08:00 and 18:45 on Monday to Friday"),
        ("0 9 13 * 5", "every month on the 13th at 09:00; and every Friday at 09:00"),
        ("0 9 * * 1#2", "every month on the second Monday at 09:00"),
        ("0 0 L * *", "every month on the last day at 00:00"),
        ("1,2,5,9 */3 * * *", "cron: 1,2,5,9 */3 * * *"),
    ],
)
def test_a_cron_expression_is_said_in_words(expression: str, words: str) -> None:
    """The same words as for the rule it stands for."""
    assert say.rule(f"X-ASK-CRON:{expression}", ZONE, BERLIN) == words


def test_holidays_without_a_country_are_said_to_have_no_effect() -> None:
    """Nobody waits for an exception that cannot come."""
    text = START + "RRULE:FREQ=DAILY\nX-ASK-EXCEPT:HOLIDAYS"
    assert say.rule(text, ZONE, Conventions(ZONE)) == "every day at 09:00 except holidays (no country is set)"


def test_a_first_day_is_said_where_a_reader_would_expect_one_before_it() -> None:
    """Daily from next week on is no usual daily; from tomorrow on is, and so is the next Monday of a Monday rule."""
    assert say.rule("DTSTART:20261201T090000\nRRULE:FREQ=DAILY", ZONE, BERLIN) == "every day at 09:00"
    late = "every day at 09:00 starting 1 December 2026"
    assert say.rule("DTSTART:20261201T090000\nRRULE:FREQ=DAILY", ZONE, BERLIN, NOW) == late
    assert say.rule(START + "RRULE:FREQ=DAILY", ZONE, BERLIN, NOW) == "every day at 09:00"
    assert say.rule("DTSTART:20261130T090000\nRRULE:FREQ=WEEKLY", ZONE, BERLIN, NOW) == "every Monday at 09:00"


def test_how_many_times_are_left_is_said_where_now_is_known() -> None:
    """Ten times from a start four days ago are six from tomorrow; all is over: what it was."""
    text = "DTSTART:20261120T090000\nRRULE:FREQ=DAILY;COUNT={}"
    assert say.rule(text.format(10), ZONE, BERLIN, NOW) == "every day at 09:00 for 6 times starting 24 November 2026"
    assert say.rule(text.format(10), ZONE, BERLIN) == "every day at 09:00 for 10 times starting 20 November 2026"
    assert say.rule(text.format(2), ZONE, BERLIN, NOW) == "every day at 09:00 for 2 times starting 20 November 2026"
    elapsing = "DTSTART:20261123T080000Z\nX-ASK-ELAPSED:PT4H;COUNT=5"
    assert say.rule(elapsing, ZONE, BERLIN, NOW) == "every 4 hours for 3 times starting 23 November 2026 17:00"


def test_changes_of_clocks_ahead_are_said() -> None:
    """For the times they touch, within a year, and not for a rule that elapses."""
    nightly = "DTSTART:20260101T023000\nRRULE:FREQ=DAILY"
    june = datetime(2026, 6, 1, tzinfo=UTC)
    once, skipped = "fires once on 25 Oct, the first 02:30", "rings at 03:30 on 28 Mar (02:30 does not exist)"
    assert say.dst_notes(nightly, ZONE, june, BERLIN) == (once, skipped)
    assert say.dst_notes(START + "RRULE:FREQ=DAILY", ZONE, june, BERLIN) == ()
    assert say.dst_notes("DTSTART:20260101T023000Z\nX-ASK-ELAPSED:PT1H", ZONE, june, BERLIN) == ()
    assert say.dst_notes("X-ASK-CRON:*/30 * * * *", ZONE, june, BERLIN) == (
        "fires once on 25 Oct, the first 02:00 to 02:30",
        "rings at 03:00 to 03:30 on 28 Mar (02:00 to 02:30 do not exist)",
    )
