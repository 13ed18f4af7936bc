"""Business days are working days that the preferred country does not rest; named days fall where people keep them."""

from datetime import date

import pytest
from dateutil.easter import easter as easter_by_dateutil

from assistant.when import workdays
from assistant.when.values import Conventions

GERMANY = Conventions("Europe/Berlin", country="DE")
NOWHERE = Conventions("UTC")


def test_a_holiday_of_the_country_is_no_business_day() -> None:
    """3 October 2025 is a Friday, and a working day without a country."""
    assert not workdays.is_business_day(date(2025, 10, 3), GERMANY)
    assert workdays.is_business_day(date(2025, 10, 3), NOWHERE)


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    """8 March is one in Berlin, not in all of Germany."""
    assert workdays.holiday_name(date(2027, 3, 8), "DE-BE") is not None
    assert workdays.holiday_name(date(2027, 3, 8), "DE") is None


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),
        (date(2026, 11, 30), -1, date(2026, 11, 27)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 28), -1, date(2026, 11, 27)),
    ],
)
def test_business_days_are_counted_from_the_next_one(day: date, number: int, expected: date) -> None:
    """Weekends and Christmas are stepped over, in either direction."""
    assert workdays.add_business_days(day, number, GERMANY) == expected


def test_other_working_days_are_counted_as_the_person_works() -> None:
    """Sunday to Thursday."""
    sunday_first = NOWHERE.replace(working_days=(6, 0, 1, 2, 3))
    assert workdays.add_business_days(date(2026, 11, 26), 1, sunday_first) == date(2026, 11, 29)


def test_business_days_without_end_are_refused() -> None:
    """No working day, too many days, or past the calendar."""
    with pytest.raises(ValueError, match="working day"):
        workdays.add_business_days(date(2026, 1, 1), 1, NOWHERE.replace(working_days=()))
    with pytest.raises(ValueError, match="too many"):
        workdays.add_business_days(date(2026, 1, 1), 10**9, NOWHERE)
    with pytest.raises(ValueError, match="beyond the calendar"):
        workdays.add_business_days(date(9999, 12, 31), 1, NOWHERE)


@pytest.mark.parametrize("country", ["XX", "Germany", "", "DE-XX", "a" * 300])
def test_an_unknown_country_is_refused_with_a_fix(country: str) -> None:
    """The value and what may stand there."""
    with pytest.raises(ValueError, match=r"write a code of ISO 3166|known are|did you mean"):
        workdays.is_holiday(date(2026, 1, 1), Conventions("UTC", country=country))


def test_easter_is_that_of_dateutil_for_a_thousand_years() -> None:
    """The Gregorian reckoning."""
    assert all(workdays.easter(year) == easter_by_dateutil(year) for year in range(1583, 4099))


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Thanksgiving", None, date(2026, 11, 26)),
        ("thanksgiving day", "CA", date(2027, 10, 11)),
        ("Christmas", None, date(2026, 12, 25)),
        ("St. Patrick's Day", None, date(2027, 3, 17)),
        ("Good Friday", None, date(2027, 3, 26)),
        ("mother's day", None, date(2027, 5, 9)),
        ("Mothers Day", "GB", date(2027, 3, 7)),
        ("labor day", "US", date(2027, 9, 6)),
        ("Labour Day", "DE", date(2027, 5, 1)),
        ("memorial day", None, date(2027, 5, 31)),
        ("black friday", None, date(2026, 11, 27)),
        ("Independence Day", "US", date(2027, 7, 4)),
    ],
)
def test_a_named_day_falls_where_the_country_keeps_it(name: str, country: str | None, expected: date) -> None:
    """The first one after 24 November 2026."""
    assert workdays.next_holiday(name, date(2026, 11, 24), Conventions("UTC", country=country)) == expected


def test_a_day_that_nobody_knows_is_none() -> None:
    """With a country or without one."""
    assert workdays.next_holiday("blursday", date(2026, 11, 24), NOWHERE) is None
    assert workdays.next_holiday("blursday", date(2026, 11, 24), GERMANY) is None
