"""Cron expressions mean what crontab(5) says, but for changes of clocks, where our one rule holds."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from cronsim import CronSim
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.when import cron, rule
from assistant.when.values import Conventions

ZONE = "Europe/Berlin"
BERLIN = Conventions(ZONE)
OCTOBER = datetime(2026, 10, 24, 12, tzinfo=UTC)


def slots(expression: str, after: datetime, number: int, zone: str = ZONE) -> list[datetime]:
    return list(islice(rule.slots(f"X-ASK-CRON:{expression}", after, zone, Conventions(zone)), number))


def test_a_time_in_the_repeated_hour_fires_once_where_croniter_fires_twice() -> None:
    """30 2 * * * in Berlin on the last Sunday of October: the first 02:30, as Debian's cron and cronsim have it."""
    ours = slots("30 2 * * *", OCTOBER, 2)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert ours == [first, datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]
    assert [at.astimezone(UTC) for at in islice(CronSim("30 2 * * *", OCTOBER.astimezone(ZoneInfo(ZONE))), 2)] == ours
    twice = croniter("30 2 * * *", OCTOBER.astimezone(ZoneInfo(ZONE)))
    assert [twice.get_next(datetime).astimezone(UTC) for _ in range(2)] == [first, first + timedelta(hours=1)]


def test_a_time_that_clocks_skip_rings_at_the_shifted_time() -> None:
    """02:30 on the last Sunday of March rings at 03:30, as every schedule does; crons differ among themselves here."""
    after = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert slots("30 2 * * *", after, 1) == [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]


def test_a_wild_rule_is_silent_in_the_second_of_two_equal_hours() -> None:
    """Every quarter hour is a wall time too: each fires once. What must never pause is a rule that elapses."""
    found = slots("*/15 * * * *", datetime(2026, 10, 25, 0, 44, tzinfo=UTC), 2)
    assert found == [datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)]


def field(low: int, high: int, *more: str) -> st.SearchStrategy[str]:
    """A field with no star: a number, a list, a range with a step, or one of some names."""
    number = st.integers(low, high)
    span = st.lists(number, min_size=2, max_size=2, unique=True).map(sorted).map(lambda two: f"{two[0]}-{two[1]}")
    stepped = st.tuples(span, st.integers(1, 7)).map(lambda two: f"{two[0]}/{two[1]}")
    listed = st.lists(number, min_size=2, max_size=3).map(lambda some: ",".join(map(str, some)))
    return st.one_of(number.map(str), span, stepped, listed, *([st.sampled_from(more)] if more else []))


days = st.one_of(st.just("*"), field(1, 31, "L", "*/2"))
months = st.one_of(st.just("*"), st.just("*"), field(1, 12, "JAN-MAR", "*/3"))
weekdays = st.one_of(st.just("*"), field(0, 7, "MON-FRI", "5L", "2#3", "SUN,WED", "*/2"))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))
zones = st.sampled_from(("UTC", ZONE, "America/New_York", "Asia/Beirut", "Australia/Lord_Howe"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.tuples(field(0, 59), field(0, 23), days, months, weekdays).map(" ".join), moments, zones)
def test_slots_at_named_hours_are_those_of_cronsim(expression: str, after: datetime, zone: str) -> None:
    """In every zone, also around changes of clocks; cronsim gives up after fifty years without one."""
    try:
        expected = [at.astimezone(UTC) for at in islice(CronSim(expression, after.astimezone(ZoneInfo(zone))), 40)]
    except Exception:  # noqa: BLE001  # cronsim refuses 30 February, which has no slot for us
        assert slots(expression, after, 1, zone) == []
        return
    assert slots(expression, after, len(expected), zone) == expected


wild = st.tuples(st.sampled_from(("*", "*/5", "7", "0-30/10")), st.sampled_from(("*", "*/2")), days, months, weekdays)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(wild.map(" ".join), moments)
def test_slots_of_wild_hours_are_those_of_cronsim_where_clocks_stay(expression: str, after: datetime) -> None:
    """In UTC there is no difference left."""
    try:
        expected = list(islice(CronSim(expression, after), 40))
    except Exception:  # noqa: BLE001  # as above
        return
    assert slots(expression, after, len(expected), "UTC") == expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("30 8 * * 1-5", "30 8 * * 1-5"),
        ("  cron:  0  9 * * mon-fri ", "0 9 * * MON-FRI"),
        ("@daily", "0 0 * * *"),
        ("@Weekly", "0 0 * * 0"),
    ],
)
def test_a_typed_expression_is_kept_in_one_form(typed: str, kept: str) -> None:
    """Single spaces, capitals, no nickname; a person's own zone."""
    assert cron.is_cron(typed)
    assert rule.normal(typed, OCTOBER, BERLIN) == f"X-ASK-CRON:{kept}"
    assert rule.zone_named(typed) is None


@pytest.mark.parametrize(
    "phrase", ["every day at 9", "1 2 3 4 5", "may june", "a * b * c * d", "* * * *", "5 * 3 is 15"]
)
def test_a_phrase_is_no_cron_expression(phrase: str) -> None:
    """Five fields, at least one star, and nothing but what fields may hold."""
    assert not cron.is_cron(phrase)


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        ("cron: 60 * * * *", "'60' is not a minute"),
        ("cron: * 24 * * *", "'24' is not an hour"),
        ("cron: * * 0 * *", "'0' is not a day of the month"),
        ("cron: * * * 13 *", "'13' is not a month"),
        ("cron: * * * * 8", "'8' is not a day of the week"),
        ("cron: * * * * FRI-MON", "runs backwards"),
        ("cron: */0 * * * *", "'0' is not a step"),
        ("cron: * * * *", "has 4 fields"),
        ("cron: 0 * * * * *", "has 6 fields"),
        ("cron: 0 9 15W * *", "'15W'"),
        ("@reboot", "no time"),
        ("cron: 0 9 30 2 *", "never comes"),
    ],
)
def test_a_wrong_expression_is_refused_with_the_field_that_is_wrong(expression: str, part: str) -> None:
    """Every refusal names the value."""
    with pytest.raises(ValueError, match=part):
        rule.normal(expression, OCTOBER, BERLIN)


def test_day_of_month_and_day_of_week_are_alternatives_unless_one_begins_with_a_star() -> None:
    """crontab(5): the 13th or a Friday; but every second day of the month, if it is a Monday."""
    either = slots("0 9 13 * 5", datetime(2026, 11, 24, tzinfo=UTC), 4)
    assert [at.day for at in either] == [27, 4, 11, 13]
    both = slots("0 9 */2 * 1", datetime(2026, 11, 24, tzinfo=UTC), 3)
    assert [(at.day, at.weekday()) for at in both] == [(7, 0), (21, 0), (11, 0)]
