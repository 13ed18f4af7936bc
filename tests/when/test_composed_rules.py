"""Rules of months, years and intervals with a time of day, a message and a zone, in every order people write."""

from datetime import date, datetime, timedelta
from itertools import pairwise, product

import pytest

from assistant.when.read import read
from assistant.when.rule import slots
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")  # a Tuesday
BERLIN = Conventions("Europe/Berlin")
CLOCKS = {"at 8": (8, 0), "at 7pm": (19, 0), "at 16:45": (16, 45), "at noon": (12, 0)}


def _last_weekday(day: date, weekday: int) -> bool:
    return day.weekday() == weekday and (day + timedelta(days=7)).month != day.month


DAYS = {
    "every month on the 5th": lambda day: day.day == 5,
    "on the 5th of every month": lambda day: day.day == 5,
    "the 1st and 15th of every month": lambda day: day.day in (1, 15),
    "on the 1st and 15th of each month": lambda day: day.day in (1, 15),
    "every first monday of the month": lambda day: day.weekday() == 0 and day.day <= 7,
    "on the first monday of every month": lambda day: day.weekday() == 0 and day.day <= 7,
    "every third thursday": lambda day: day.weekday() == 3 and 15 <= day.day <= 21,
    "the last friday of every month": lambda day: _last_weekday(day, 4),
    "every last friday of the month": lambda day: _last_weekday(day, 4),
    "on the last day of every month": lambda day: (day + timedelta(days=1)).month != day.month,
    "every year on 12 march": lambda day: (day.month, day.day) == (3, 12),
    "every 12 march": lambda day: (day.month, day.day) == (3, 12),
    "every march 12": lambda day: (day.month, day.day) == (3, 12),
    "yearly on march 12": lambda day: (day.month, day.day) == (3, 12),
}
STEPS = {
    "every 2 days": 2,
    "every other day": 2,
    "every three days": 3,
    "every 10 days": 10,
    "every 2 weeks": 14,
    "every other week": 14,
    "every second monday": None,  # of the month, or each other one: a refusal or either is honest
}


def _local(text: str, zone: str, most: int) -> list[datetime]:
    found = []
    for at in slots(text, NOW, zone, BERLIN):
        from zoneinfo import ZoneInfo

        found.append(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        if len(found) == most:
            break
    return found


@pytest.mark.parametrize(("days", "clock"), list(product(DAYS, CLOCKS)))
def test_days_of_months_and_years_with_a_time_in_any_order(days: str, clock: str) -> None:
    """`on the 5th of every month at 8`, `at 8 on the 5th of every month`, with a message on either side."""
    hour, minute = CLOCKS[clock]
    first = datetime(2026, 11, 24)
    expected = [
        at
        for ahead in range(1200)
        if DAYS[days]((day := first + timedelta(days=ahead)).date())
        and (at := day.replace(hour=hour, minute=minute)) > NOW.replace(tzinfo=None)
    ][:3]
    for phrase, message in (
        (f"{days} {clock}", ""),
        (f"{clock} {days}", ""),
        (f"pay the rent {days} {clock}", "pay the rent"),
        (f"pay the rent {clock} {days}", "pay the rent"),
        (f"{days} {clock} pay the rent", "pay the rent"),
        (f"{days} pay the rent {clock}", "pay the rent"),
        (f"remind me {days} to pay the rent {clock}", "pay the rent"),
    ):
        found = read(phrase, NOW, BERLIN)
        assert (found.kind, found.message) == ("recurrence", message), (phrase, found.reading, found.hint)
        assert found.rule is not None
        assert _local(found.rule, found.zone, 3) == expected, (phrase, found.reading)


@pytest.mark.parametrize(("step", "clock"), [pair for pair in product(STEPS, CLOCKS) if STEPS[pair[0]]])
def test_steps_of_days_and_weeks_with_a_time_in_any_order(step: str, clock: str) -> None:
    """`every 2 days at 8` keeps its distance and its time, however it is turned."""
    hour, minute = CLOCKS[clock]
    gap = STEPS[step]
    assert gap is not None
    for phrase, message in (
        (f"{step} {clock}", ""),
        (f"{clock} {step}", ""),
        (f"water the plants {step} {clock}", "water the plants"),
        (f"{step} {clock} water the plants", "water the plants"),
        (f"{step} water the plants {clock}", "water the plants"),
    ):
        found = read(phrase, NOW, BERLIN)
        assert (found.kind, found.message) == ("recurrence", message), (phrase, found.reading, found.hint)
        assert found.rule is not None
        rung = _local(found.rule, found.zone, 4)
        assert {(at.hour, at.minute) for at in rung} == {(hour, minute)}, (phrase, found.reading)
        assert {(later - earlier).days for earlier, later in pairwise(rung)} == {gap}, phrase
        assert NOW.replace(tzinfo=None) < rung[0] <= NOW.replace(tzinfo=None) + timedelta(days=gap + 1), phrase


@pytest.mark.parametrize(
    ("phrase", "hours"),
    [
        ("every day at 9 and 17:30", [(9, 0), (17, 30)]),
        ("at 9 and 17:30 every day", [(9, 0), (17, 30)]),
        ("every weekday at 8, 12 and 18", [(8, 0), (12, 0), (18, 0)]),
        ("stretch every 2 hours between 9 and 17 on weekdays", [(9, 0), (11, 0), (13, 0), (15, 0), (17, 0)]),
        ("on weekdays stretch every 2 hours between 9 and 17", [(9, 0), (11, 0), (13, 0), (15, 0), (17, 0)]),
        ("every weekday from 9 to 17 every 2 hours", [(9, 0), (11, 0), (13, 0), (15, 0), (17, 0)]),
    ],
)
def test_several_times_a_day(phrase: str, hours: list[tuple[int, int]]) -> None:
    """Each of the times rings, and no other."""
    found = read(phrase, NOW, BERLIN)
    assert found.kind == "recurrence" and found.rule is not None, (phrase, found.hint)
    rung = _local(found.rule, found.zone, 4 * len(hours))
    assert sorted({(at.hour, at.minute) for at in rung}) == hours, (phrase, found.reading)


@pytest.mark.parametrize("zone", ["in Tokyo", "Tokyo time", "in new york", "UTC", "CET"])
@pytest.mark.parametrize("day", ["tomorrow", "every weekday", "on friday", "every tuesday"])
def test_a_zone_said_after_the_time_pins_it(zone: str, day: str) -> None:
    """`every weekday at 9 in Tokyo` is nine o'clock there."""
    place = {"in Tokyo": "Asia/Tokyo", "Tokyo time": "Asia/Tokyo", "in new york": "America/New_York", "UTC": "UTC",
             "CET": "Europe/Berlin"}[zone]  # fmt: skip
    for phrase in (f"call home {day} at 9 {zone}", f"call home at 9 {zone} {day}"):
        found = read(phrase, NOW, BERLIN)
        assert (found.zone, found.pinned, found.message) == (place, True, "call home"), (phrase, found)
        assert found.at is not None and found.at.hour == 9, (phrase, found.reading)


@pytest.mark.parametrize(
    ("phrase", "at", "message"),
    [
        ("call mum 2 hours before noon tomorrow", "2026-11-25T10:00", "call mum"),
        ("half an hour before 6pm on friday call the bank", "2026-11-27T17:30", "call the bank"),
        ("leave 20 minutes before 9 tomorrow", "2026-11-25T08:40", "leave"),
        ("a day before christmas buy a tree", "2026-12-24T09:00", "buy a tree"),
        ("two days before the end of the month close the books at 16:00", "2026-11-28T16:00", "close the books"),
        ("in an hour and a half check the oven", "2026-11-24T11:45", "check the oven"),
        ("check the oven in 1 hour and 20 minutes", "2026-11-24T11:35", "check the oven"),
        ("in 3 business days at 10 send the offer", "2026-11-27T10:00", "send the offer"),
        ("send the offer by friday noon", "2026-11-27T12:00", "send the offer"),
        ("tomorrow afternoon at 4 meet Ada", "2026-11-25T16:00", "meet Ada"),
        ("meet Ada this evening at 7", "2026-11-24T19:00", "meet Ada"),
        ("monday morning at quarter past 8 stand-up", "2026-11-30T08:15", "stand-up"),
        ("next week on wednesday at 14:00 review", "2026-12-02T14:00", "review"),
        ("on wednesday next week at 2pm review", "2026-12-02T14:00", "review"),
    ],
)
def test_anchored_and_compound_phrases_with_a_message(phrase: str, at: str, message: str) -> None:
    """The whole phrase counts, wherever the message stands."""
    found = read(phrase, NOW, BERLIN)
    assert found.at is not None, (phrase, found.hint, found.unplaced)
    assert (found.at.isoformat()[:16], found.message, found.kind) == (at, message, "instant"), (phrase, found.reading)
