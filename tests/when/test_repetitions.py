"""Phrases that repeat. Read at Tuesday 24 November 2026, 10:15 in Berlin, by the default conventions."""

from datetime import datetime
from itertools import islice

import pytest

from assistant.when.read import read
from assistant.when.rule import slots
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
BERLIN = Conventions("Europe/Berlin")


def rule(text: str) -> str:
    found = read(text, NOW, BERLIN)
    assert found.message == "", f"left over: {found.message!r}"
    return (found.rule or "").replace("\n", " ")


def first_slots(text: str, count: int = 3) -> list[str]:
    found = read(text, NOW, BERLIN)
    assert found.rule is not None and found.at is not None, found
    zone = found.at.tzinfo
    times = [
        at.astimezone(zone).strftime("%a %m-%d %H:%M")
        for at in islice(slots(found.rule, NOW, found.zone, BERLIN), count)
    ]
    assert times[0] == found.at.strftime("%a %m-%d %H:%M"), "`at` is the first slot"
    return times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every day at 8", ["Wed 11-25 08:00", "Thu 11-26 08:00", "Fri 11-27 08:00"]),
        ("every day at 8 and 20", ["Tue 11-24 20:00", "Wed 11-25 08:00", "Wed 11-25 20:00"]),
        ("every day at 9:00 and 17:30", ["Tue 11-24 17:30", "Wed 11-25 09:00", "Wed 11-25 17:30"]),
        ("every morning at 7:30", ["Wed 11-25 07:30", "Thu 11-26 07:30", "Fri 11-27 07:30"]),
        ("weekdays at 9", ["Wed 11-25 09:00", "Thu 11-26 09:00", "Fri 11-27 09:00"]),
        ("every mon, wed and fri at 6:30am", ["Wed 11-25 06:30", "Fri 11-27 06:30", "Mon 11-30 06:30"]),
        ("mon-fri at 9am", ["Wed 11-25 09:00", "Thu 11-26 09:00", "Fri 11-27 09:00"]),
        ("mondays to thursdays at 4:30pm", ["Tue 11-24 16:30", "Wed 11-25 16:30", "Thu 11-26 16:30"]),
        ("tuesdays and thursdays at 5pm", ["Tue 11-24 17:00", "Thu 11-26 17:00", "Tue 12-01 17:00"]),
        ("every other tuesday at 4pm", ["Tue 11-24 16:00", "Tue 12-08 16:00", "Tue 12-22 16:00"]),
        ("every 2 weeks on friday", ["Fri 11-27 09:00", "Fri 12-11 09:00", "Fri 12-25 09:00"]),
        ("every 3 days at 10", ["Wed 11-25 10:00", "Sat 11-28 10:00", "Tue 12-01 10:00"]),
        ("every 2 hours", ["Tue 11-24 12:15", "Tue 11-24 14:15", "Tue 11-24 16:15"]),
        ("every 30 minutes from 9 to 17", ["Tue 11-24 10:30", "Tue 11-24 11:00", "Tue 11-24 11:30"]),
        ("every hour on weekdays from 10am to 4pm", ["Tue 11-24 11:00", "Tue 11-24 12:00", "Tue 11-24 13:00"]),
        ("every noon", ["Tue 11-24 12:00", "Wed 11-25 12:00", "Thu 11-26 12:00"]),
        ("every day but sunday at 8", ["Wed 11-25 08:00", "Thu 11-26 08:00", "Fri 11-27 08:00"]),
        ("every friday the 13th", ["Fri 08-13 09:00", "Fri 10-13 09:00", "Fri 04-13 09:00"]),
        ("every friday in december 2027", ["Fri 12-03 09:00", "Fri 12-10 09:00", "Fri 12-17 09:00"]),
        ("every monday in 2027", ["Mon 01-04 09:00", "Mon 01-11 09:00", "Mon 01-18 09:00"]),
        ("every 4 hours until june from 9 to 17", ["Tue 11-24 13:00", "Tue 11-24 17:00", "Wed 11-25 09:00"]),
        ("every third thursday", ["Thu 12-17 09:00", "Thu 01-21 09:00", "Thu 02-18 09:00"]),
        ("first monday of the month at 10am", ["Mon 12-07 10:00", "Mon 01-04 10:00", "Mon 02-01 10:00"]),
        ("every last friday of the month", ["Fri 11-27 09:00", "Fri 12-25 09:00", "Fri 01-29 09:00"]),
        ("second and fourth tuesday of each month", ["Tue 12-08 09:00", "Tue 12-22 09:00", "Tue 01-12 09:00"]),
        ("on the 1st and 15th of every month", ["Tue 12-01 09:00", "Tue 12-15 09:00", "Fri 01-01 09:00"]),
        ("the last day of every month", ["Mon 11-30 09:00", "Thu 12-31 09:00", "Sun 01-31 09:00"]),
        ("first working day of every month", ["Tue 12-01 09:00", "Fri 01-01 09:00", "Mon 02-01 09:00"]),
        ("every may 3rd", ["Mon 05-03 09:00", "Wed 05-03 09:00", "Thu 05-03 09:00"]),
        ("every christmas at 9", ["Fri 12-25 09:00", "Sat 12-25 09:00", "Mon 12-25 09:00"]),
        ("every sunday at 6pm starting next week", ["Sun 12-06 18:00", "Sun 12-13 18:00", "Sun 12-20 18:00"]),
        ("every day except sunday", ["Wed 11-25 09:00", "Thu 11-26 09:00", "Fri 11-27 09:00"]),
        ("every day at 9 except tomorrow", ["Thu 11-26 09:00", "Fri 11-27 09:00", "Sat 11-28 09:00"]),
        ("every monday at 9 and every friday at 16:00", ["Fri 11-27 16:00", "Mon 11-30 09:00", "Fri 12-04 16:00"]),
        ("last day of every quarter", ["Thu 12-31 09:00", "Wed 03-31 09:00", "Wed 06-30 09:00"]),
        ("twice weekly on monday and thursday", ["Thu 11-26 09:00", "Mon 11-30 09:00", "Thu 12-03 09:00"]),
        ("1st and 3rd mondays at 7pm", ["Mon 12-07 19:00", "Mon 12-21 19:00", "Mon 01-04 19:00"]),
        ("first and last day of the month", ["Mon 11-30 09:00", "Tue 12-01 09:00", "Thu 12-31 09:00"]),
        (
            "monthly on the first and last instance of wed and fri",
            ["Fri 11-27 09:00", "Wed 12-02 09:00", "Wed 12-30 09:00"],
        ),
        ("starting dec 2 every other wednesday", ["Wed 12-02 09:00", "Wed 12-16 09:00", "Wed 12-30 09:00"]),
        ("every 2 weeks on monday starting last monday", ["Mon 12-07 09:00", "Mon 12-21 09:00", "Mon 01-04 09:00"]),
        ("every day from monday to friday at 9", ["Wed 11-25 09:00", "Thu 11-26 09:00", "Fri 11-27 09:00"]),
        ("every day next week at 8", ["Mon 11-30 08:00", "Tue 12-01 08:00", "Wed 12-02 08:00"]),
        ("annually on christmas eve", ["Thu 12-24 09:00", "Fri 12-24 09:00", "Sun 12-24 09:00"]),
        ("30 8 * * 1-5", ["Wed 11-25 08:30", "Thu 11-26 08:30", "Fri 11-27 08:30"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", ["Mon 11-30 09:00", "Mon 12-07 09:00", "Mon 12-14 09:00"]),
    ],
)
def test_a_repetition_has_these_first_slots(text: str, expected: list[str]) -> None:
    """The first slot is the next one after now."""
    assert first_slots(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("every tuesday for 10 times", 10),
        ("every day for 5 days", 5),
        ("every day at 9 until friday", 3),
        ("every day until december", 6),
        ("every 30 minutes for the next 2 hours", 4),
        ("every 45 minutes until 5pm", 9),
        ("every 8 hours starting at 22:00 for 5 days", 15),
        ("from monday to friday next week at 8am", 5),
        ("every 2 hours twice", 2),
        ("every tuesday through december 15", 3),
        ("every monday from january to march", 13),
        ("every tuesday at 9 x5", 5),
        ("tomorrow at 9 and 17:30", 2),
        ("the 5th and 12th of december", 2),
        ("first and third monday in december", 2),
    ],
)
def test_a_repetition_that_is_bounded_ends(text: str, count: int) -> None:
    """`until friday` takes Friday in, `until december` leaves December out."""
    assert len(first_slots(text, 50)) == count


def test_a_day_with_another_date_each_year_makes_no_rule() -> None:
    """Christmas is the 25th for ever, Easter is not."""
    assert "another date each year" in (read("every easter", NOW, BERLIN).hint or "")


def test_a_pinned_rule_is_kept_and_said_in_its_zone() -> None:
    """Noon in Tokyo does not move with the person."""
    found = read("every day at noon in Tokyo", NOW, BERLIN)
    assert (found.zone, found.pinned, found.reading) == ("Asia/Tokyo", True, "every day at 12:00 Asia/Tokyo")


def test_every_n_from_completion_is_kept_as_such() -> None:
    """The next slot is counted from when it was done, so that no calendar is kept."""
    assert rule("every 3 days after completion") == "DTSTART:20261127T090000 X-ASK-AFTER-DONE:P3D"
    assert rule("every! 2 weeks").endswith("X-ASK-AFTER-DONE:P2W")


def test_holidays_are_left_to_the_rule() -> None:
    """Which days they are is known only when the slots are made."""
    assert rule("every weekday at 9 except holidays").endswith("BYDAY=MO,TU,WE,TH,FR X-ASK-EXCEPT:HOLIDAYS")


def test_monthly_from_the_31st_falls_on_the_last_day_of_a_shorter_month() -> None:
    """A month without a 31st is not left out."""
    found = read("every month", datetime.fromisoformat("2026-12-31T10:00:00+01:00"), BERLIN)
    assert found.rule is not None
    days = [at.day for at in islice(slots(found.rule, NOW, "Europe/Berlin", BERLIN), 3)]
    assert days == [31, 28, 31]


def test_every_second_tuesday_is_asked_about() -> None:
    """It may be the second of each month or every other one."""
    rules = [one.rule or "" for one in read("every second tuesday", NOW, BERLIN).choices]
    assert ["BYDAY=2TU" in rules[0], "INTERVAL=2" in rules[1]] == [True, True]


@pytest.mark.parametrize(
    "text", ["twice a day", "every first week of the month", "every 0 days", "every day until yesterday"]
)
def test_a_repetition_that_makes_no_rule_is_refused_with_the_reason(text: str) -> None:
    """Nothing is made of half of it."""
    found = read(text, NOW, BERLIN)
    assert (found.kind, found.rule) == ("none", None)
    assert found.hint or found.unplaced
