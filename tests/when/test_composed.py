"""Parts of a phrase mean the same in any order, and none of them is ever dropped: composed phrases, expected values
worked out beside the grammar. A part that cannot be placed must lead to a refusal, never to half a reading."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from assistant.when.read import read
from assistant.when.rule import slots
from assistant.when.values import Conventions, Reading

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")  # a Tuesday
BERLIN = Conventions("Europe/Berlin")

CLOCKS = {
    "at 8": (8, 0),
    "at 7pm": (19, 0),
    "at 16:45": (16, 45),
    "at noon": (12, 0),
    "at half past 9": (9, 30),
    "6:30am": (6, 30),
}
SETS = {
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "every weekday": (0, 1, 2, 3, 4),
    "on weekdays": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "every tuesday": (1,),
    "tuesdays": (1,),
    "on tuesdays": (1,),
    "every monday and thursday": (0, 3),
    "mondays and thursdays": (0, 3),
    "every mon, wed and fri": (0, 2, 4),
    "mon-fri": (0, 1, 2, 3, 4),
    "every weekend": (5, 6),
    "every day except sunday": (0, 1, 2, 3, 4, 5),
    "every weekday except friday": (0, 1, 2, 3),
}
# Words that bound a rule, with the first and the last day that it may ring on.
BOUNDS = {
    "until june": (None, "2027-05-31"),
    "until 20 december": (None, "2026-12-20"),
    "until december 20": (None, "2026-12-20"),
    "starting next month": ("2026-12-01", None),
    "starting 5 december": ("2026-12-05", None),
    "from 5 december until 20 december": ("2026-12-05", "2026-12-20"),
}
MESSAGE = "stand up"


def rings(days: tuple[int, ...], clock: tuple[int, int], first: str | None, last: str | None) -> list[str]:
    """The first rings on those weekdays at that time, worked out day by day."""
    day = NOW.replace(tzinfo=None, hour=0, minute=0)
    found: list[str] = []
    for ahead in range(400):
        at = day + timedelta(days=ahead, hours=clock[0], minutes=clock[1])
        inside = (first is None or at.date().isoformat() >= first) and (last is None or at.date().isoformat() <= last)
        if at.weekday() in days and at > NOW.replace(tzinfo=None) and inside:
            found.append(at.isoformat("T", "minutes"))
    return found[:40]


def check(phrase: str, message: str, expected: list[str], ends: bool = False) -> None:
    found: Reading = read(phrase, NOW, BERLIN)
    assert found.kind == "recurrence", (phrase, found.kind, found.reading, found.message)
    assert found.message == message, (phrase, found.message)
    assert found.rule is not None
    rung = []
    for at in slots(found.rule, NOW, found.zone, BERLIN):
        rung.append(at.astimezone(found.at.tzinfo if found.at else None).replace(tzinfo=None).isoformat("T", "minutes"))
        if len(rung) == len(expected) + 1:
            break
    assert rung[: len(expected)] == expected, (phrase, found.reading)
    if ends and len(expected) < 40:
        assert rung == expected, (phrase, "goes on after its end", found.reading)


@pytest.mark.parametrize(("days", "clock"), list(product(SETS, CLOCKS)))
def test_days_and_clock_in_either_order(days: str, clock: str) -> None:
    """`every tuesday at 8`, `at 8 every tuesday`, and both with a message on either side."""
    expected = rings(SETS[days], CLOCKS[clock], None, None)
    for phrase, message in (
        (f"{days} {clock}", ""),
        (f"{clock} {days}", ""),
        (f"{MESSAGE} {days} {clock}", MESSAGE),
        (f"{MESSAGE} {clock} {days}", MESSAGE),
        (f"{days} {clock} {MESSAGE}", MESSAGE),
        (f"{days} {MESSAGE} {clock}", MESSAGE),
        (f"remind me to {MESSAGE} {days} {clock}", MESSAGE),
    ):
        check(phrase, message, expected)


@pytest.mark.parametrize(("days", "bound"), list(product(SETS, BOUNDS)))
def test_days_clock_and_bound_in_any_order(days: str, bound: str) -> None:
    """`every tuesday at 7pm until june` and `every tuesday until june at 7pm` are one."""
    first, last = BOUNDS[bound]
    for clock in ("at 8", "at 7pm"):
        expected = rings(SETS[days], CLOCKS[clock], first, last)
        for phrase, message in (
            (f"{days} {clock} {bound}", ""),
            (f"{days} {bound} {clock}", ""),
            (f"{MESSAGE} {days} {clock} {bound}", MESSAGE),
            (f"{MESSAGE} {days} {bound} {clock}", MESSAGE),
        ):
            check(phrase, message, expected, ends=last is not None)


DATES = {
    "tomorrow": "2026-11-25",
    "friday": "2026-11-27",
    "next friday": "2026-12-04",
    "on 5 december": "2026-12-05",
    "december 5": "2026-12-05",
    "on the 15th": "2026-12-15",
    "2026-12-24": "2026-12-24",
    "in 3 days": "2026-11-27",
    "in two weeks": "2026-12-08",
    "a week from friday": "2026-12-04",
    "the day after tomorrow": "2026-11-26",
    "on the first monday of january": "2027-01-04",
    "at the end of the month": "2026-11-30",
}


@pytest.mark.parametrize(("day", "clock"), list(product(DATES, CLOCKS)))
def test_day_and_clock_in_either_order(day: str, clock: str) -> None:
    """`tomorrow at 8` and `at 8 tomorrow`, with a message on either side."""
    hour, minute = CLOCKS[clock]
    expected = f"{DATES[day]}T{hour:02d}:{minute:02d}"
    for phrase, message in (
        (f"{day} {clock}", ""),
        (f"{clock} {day}", ""),
        (f"call mum {day} {clock}", "call mum"),
        (f"call mum {clock} {day}", "call mum"),
        (f"{day} {clock} call mum", "call mum"),
        (f"remind me {day} to call mum {clock}", "call mum"),
    ):
        found = read(phrase, NOW, BERLIN)
        assert found.kind == "instant", (phrase, found.kind, found.hint, found.unplaced)
        assert found.at is not None and found.at.isoformat()[:16] == expected, (phrase, found.reading)
        assert found.message == message, (phrase, found.message)


@pytest.mark.parametrize(
    "text",
    [
        "pick up the kids at 3pm every school day",
        "water the plants at 8 every blue moon",
        "every hour on the half hour",
        "M-F 9am",
        "stand up every so often at 9",
        "tomorrow at the same time",
        "call home every leap year on friday",
    ],
)
def test_what_is_only_half_placed_is_refused_or_read_whole(text: str) -> None:
    """Words such as `every` never stay behind in the message of a one-off."""
    found = read(text, NOW, BERLIN)
    leftover = set(found.message.lower().split())
    assert found.kind == "none" or not leftover & {"every", "each", "m-f", "half", "same", "hour"}, found


@pytest.mark.parametrize(
    ("text", "zone", "hour"),
    [
        ("3pm london time", "Europe/London", 15),
        ("3pm London time", "Europe/London", 15),
        ("noon in tokyo", "Asia/Tokyo", 12),
        ("tomorrow 9am new york time", "America/New_York", 9),
    ],
)
def test_a_city_names_its_zone_in_any_case(text: str, zone: str, hour: int) -> None:
    """`noon in tokyo` is noon in Tokyo, however it is written."""
    found = read(text, NOW, BERLIN)
    assert (found.zone, found.at.hour if found.at else None, found.message) == (zone, hour, "")


@pytest.mark.parametrize("text", ["version 2.10 release", "read chapter 7", "flat 4 has a leak", "ticket 1245"])
def test_numbers_that_are_no_times_stay_in_the_message(text: str) -> None:
    """A version, a chapter and a ticket are no time of day."""
    found = read(text, NOW, BERLIN)
    assert (found.kind, found.message) == ("none", text)


@pytest.mark.parametrize(
    "text",
    [
        "send 3 reports to May on the 15th",
        "in a month and a half",
        "weekend of april 10",
        "a walk with June on the 3rd",
    ],
)
def test_a_message_that_lacks_its_last_word_is_refused(text: str) -> None:
    """`to`, `of` and `with` at its end show that a name was taken for a time; half a month is no length."""
    found = read(text, NOW, BERLIN)
    assert found.kind == "none" and found.unplaced and found.hint, found


@pytest.mark.parametrize("text", ["call the bank at 25:00", "25:00", "lunch 12:75"])
def test_a_time_of_day_that_there_is_none_is_named(text: str) -> None:
    """Not the whole text stands in the way, but the figures that are no time."""
    found = read(text, NOW, BERLIN)
    assert (found.kind, found.hint) == ("none", "a time of day is written 9:30 or 21:15")
    assert found.unplaced in (("25:00",), ("12:75",)), found
