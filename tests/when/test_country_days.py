"""Public holidays by their names: the preferred country decides what is one, and when."""

from datetime import datetime

import pytest

from assistant.when.read import read
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")


@pytest.mark.parametrize(
    ("country", "text", "at", "message"),
    [
        ("US", "call Ada on memorial day at 10", "2027-05-31T10:00", "call Ada"),
        ("US", "the day before independence day buy charcoal", "2027-07-03T09:00", "buy charcoal"),
        ("DE", "Tag der Deutschen Einheit wandern", "2027-10-03T09:00", "wandern"),
        ("DE", "german unity day", "2027-10-03T09:00", ""),
        ("GB", "boxing day at 11am walk the dog", "2026-12-26T11:00", "walk the dog"),
    ],
)
def test_a_holiday_of_the_country_is_its_next_date(country: str, text: str, at: str, message: str) -> None:
    """Also with a distance, a time of day and a message around it."""
    found = read(text, NOW, Conventions("Europe/Berlin", country=country))
    assert found.at is not None, found
    assert (found.at.isoformat()[:16], found.message, found.text) == (at, message, text)


def test_a_holiday_of_another_country_is_no_time() -> None:
    """Without a country, or in another one, the words are refused."""
    for country in (None, "US"):
        found = read("call Ada on german unity day", NOW, Conventions("Europe/Berlin", country=country))
        assert found.kind == "none"
