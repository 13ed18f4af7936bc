"""Slots are those of python-dateutil, whenever and plain iteration, over rules that nobody chose by hand."""

from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import available_timezones

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import PlainDateTime

from assistant.when import rule
from assistant.when.values import Conventions
from assistant.when.zone import load, next_change, to_instant

UTC_ONLY = Conventions("UTC")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Long enough for several slots of a sparse rule, short enough for dateutil, which walks.
REACH = {"YEARLY": 12000, "MONTHLY": 2500, "WEEKLY": 800, "DAILY": 500, "HOURLY": 40, "MINUTELY": 2, "SECONDLY": 0.02}

starts = st.datetimes(datetime(2018, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(microsecond=0))
zones = st.sampled_from(
    ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Casablanca")
)


def numbers(low: int, high: int, most: int = 3) -> st.SearchStrategy[str]:
    """Some numbers of a part, joined as the part writes them."""
    number = st.integers(low, high).filter(lambda n: n != 0 or low == 0)
    return st.lists(number, min_size=1, max_size=most, unique=True).map(lambda found: ",".join(map(str, found)))


# Which days: parts that always meet somewhere, for dateutil looks for a day that never comes until the year 9999.
DAY_PARTS = {
    "YEARLY": (
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYDAY",
        "BYMONTH BYDAY",
        "BYMONTH BYMONTHDAY",
        "BYMONTHDAY BYDAY",
    ),
    "MONTHLY": ("BYMONTH", "BYMONTHDAY", "BYDAY", "BYMONTH BYDAY", "BYMONTH BYMONTHDAY"),
    "WEEKLY": ("BYDAY", "BYMONTH", "BYMONTH BYDAY"),
    "DAILY": ("BYDAY", "BYMONTH", "BYMONTHDAY", "BYMONTH BYDAY", "BYYEARDAY"),
    "HOURLY": ("BYDAY",),
    "MINUTELY": ("BYDAY",),
    "SECONDLY": (),
}


@st.composite
def recurrences(draw: st.DrawFn) -> str:
    """Text of a rule that dateutil and RFC 5545 read alike: no n-th weekday beside a plain one, no cut first week."""
    freq = draw(st.sampled_from(tuple(REACH)))
    parts = [f"FREQ={freq}"]
    interval = draw(st.sampled_from((1, 1, 5, 11, 13)))
    if interval > 1:
        parts.append(f"INTERVAL={interval}")
    for name in draw(st.sampled_from(("", *DAY_PARTS[freq]))).split():
        parts.append(f"{name}={draw(day_part(name, freq))}")
    for name, high in (("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 59)):
        if draw(st.integers(1, 3)) == 1:
            parts.append(f"{name}={draw(numbers(0, high))}")
    if freq not in ("WEEKLY", "HOURLY", "MINUTELY", "SECONDLY") and len(parts) > 1 and draw(st.integers(1, 5)) == 1:
        parts.append(f"BYSETPOS={draw(st.sampled_from(('1', '-1', '1,-1')))}")
    if draw(st.integers(1, 5)) == 1:
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    ending = draw(st.integers(1, 8))
    if ending == 1:
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    elif ending == 2:
        parts.append(f"UNTIL={draw(starts):%Y%m%dT%H%M%S}")
    return ";".join(parts)


def day_part(name: str, freq: str) -> st.SearchStrategy[str]:
    days = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True)
    if name == "BYDAY" and freq in ("MONTHLY", "YEARLY"):
        nth = st.sampled_from(("", "1", "2", "3", "4", "-1", "-2"))
        return st.tuples(days, nth).map(lambda pair: ",".join(pair[1] + day for day in pair[0]))
    if name == "BYDAY":
        return days.map(",".join)
    return {"BYMONTH": numbers(1, 12), "BYMONTHDAY": numbers(-28, 28, 4), "BYYEARDAY": numbers(-365, 365, 6)}[name]


def by_dateutil(text: str, start: datetime, after: datetime, end: datetime) -> list[datetime] | None:
    """At most forty slots in (after, end] by dateutil; None where it refuses the rule."""
    try:
        known = rrulestr(text, dtstart=start)
    except ValueError:
        return None
    if "COUNT" not in text:
        known = known.replace(until=min(end, known._until or end))
    return [
        at.replace(tzinfo=UTC) for at in islice((at for at in takewhile(lambda at: at <= end, known) if at > after), 40)
    ]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(recurrences(), starts, st.floats(0, 2))
def test_slots_are_those_of_dateutil(text: str, start: datetime, later: float) -> None:
    """Wherever one begins to ask, without walking there."""
    reach = timedelta(days=REACH[text.split(";")[0][5:]])
    after = (start + later * reach).replace(microsecond=0) - timedelta(seconds=1)
    expected = by_dateutil(text, start, after, after + reach)
    if expected is None:
        return
    kept = f"DTSTART:{start:%Y%m%dT%H%M%S}\nRRULE:{text}"
    begin, end = after.replace(tzinfo=UTC), (after + reach).replace(tzinfo=UTC)
    found = takewhile(lambda at: at <= end, rule.slots(kept, begin, "UTC", UTC_ONLY))
    assert list(islice(found, 40)) == expected
    counted = rule.span(kept, begin, end, "UTC", UTC_ONLY)
    if len(expected) < 40:
        assert counted == (rule.Span(expected[0], expected[-1], len(expected)) if expected else None)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(recurrences(), starts, zones, st.integers(0, 40))
def test_a_span_counts_what_slots_give_one_by_one(text: str, start: datetime, zone: str, days: int) -> None:
    """Also across changes of clocks, to the slot; and the last slot before its end is the previous one."""
    conventions = Conventions(zone)
    kept = f"DTSTART:{start:%Y%m%dT%H%M%S}\nRRULE:{text}"
    begin = datetime(start.year, 3, 20, tzinfo=UTC) if start.month < 6 else datetime(start.year, 10, 20, tzinfo=UTC)
    end = begin + timedelta(days=days, hours=7)
    if "SECONDLY" in text:
        begin = end - timedelta(hours=30)
    single = list(takewhile(lambda at: at <= end, rule.slots(kept, begin, zone, conventions)))
    assert single == sorted(set(single))
    counted = rule.span(kept, begin, end, zone, conventions)
    assert counted == (rule.Span(single[0], single[-1], len(single)) if single else None)
    if single:
        assert rule.previous(kept, end, zone, conventions) == single[-1]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(recurrences(), starts, zones)
def test_the_next_slot_is_the_first_one_after(text: str, start: datetime, zone: str) -> None:
    """Asking from slot to slot gives the same as asking once."""
    conventions = Conventions(zone)
    kept = f"DTSTART:{start:%Y%m%dT%H%M%S}\nRRULE:{text}"
    at = begin = start.replace(tzinfo=UTC) - timedelta(days=2)
    for expected in islice(rule.slots(kept, begin, zone, conventions), 12):
        at = rule.next_after(kept, at, zone, conventions) or begin
        assert at == expected


def quarters_around_changes(zone: str) -> set[datetime]:
    """Every quarter hour of wall time, a day around each change of clocks since 2020."""
    walls = set()
    at, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    while (change := next_change(at, end, zone)) is not None:
        at = change
        middle = change.astimezone(load(zone)).replace(tzinfo=None, minute=0, second=0)
        walls |= {middle + timedelta(minutes=15 * step) for step in range(-16, 17)}
    return walls


def by_whenever(wall: datetime, zone: str) -> datetime:
    known = PlainDateTime(wall.year, wall.month, wall.day, wall.hour, wall.minute)
    return known.assume_tz(zone, disambiguation="compatible").to_stdlib().astimezone(UTC)


@pytest.mark.parametrize("letter", sorted({zone[0] for zone in available_timezones()}))
def test_walls_around_every_change_since_2020_are_those_of_whenever(letter: str) -> None:
    """Every zone: single walls, and a rule of quarter hours over all of them."""
    for zone in sorted(name for name in available_timezones() if name[0] == letter):
        walls = quarters_around_changes(zone)
        expected = {wall: by_whenever(wall, zone) for wall in walls}
        assert {wall: to_instant(wall, zone) for wall in walls} == expected, zone
        for wall in sorted(walls)[::33]:
            begin, instants = (
                expected[wall],
                sorted({expected[one] for one in walls if timedelta() <= one - wall <= timedelta(hours=8)}),
            )
            text = f"DTSTART:{wall:%Y%m%dT%H%M%S}\nRRULE:FREQ=MINUTELY;INTERVAL=15"
            found = rule.slots(text, begin - timedelta(seconds=1), zone, Conventions(zone))
            assert list(islice(found, len(instants))) == instants, zone
