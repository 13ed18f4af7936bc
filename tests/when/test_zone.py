"""Wall time and zone make an instant, and words for zones mean one zone or none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from assistant.when import zone


def test_a_skipped_wall_time_is_read_with_the_offset_before_the_gap() -> None:
    """02:30 becomes 03:30, in Berlin as in New York."""
    assert zone.to_instant(datetime(2026, 3, 29, 2, 30), "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert zone.to_instant(datetime(2026, 3, 8, 2, 30), "America/New_York") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert zone.is_skipped(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    assert not zone.is_skipped(datetime(2026, 3, 29, 3, 0), "Europe/Berlin")


def test_a_repeated_wall_time_is_the_first_of_the_two() -> None:
    """A `fold` that came along from elsewhere changes nothing."""
    expected = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert zone.to_instant(datetime(2026, 10, 25, 2, 30), "Europe/Berlin") == expected
    assert zone.to_instant(datetime(2026, 10, 25, 2, 30, fold=1), "Europe/Berlin") == expected
    assert zone.is_repeated(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")
    assert not zone.is_repeated(datetime(2026, 10, 25, 3, 0), "Europe/Berlin")


def test_a_change_of_clocks_is_found_to_the_second() -> None:
    """Berlin changes on 25 October at 01:00 UTC; UTC never does."""
    begin = datetime(2026, 7, 1, tzinfo=UTC)
    assert zone.next_change(begin, begin + timedelta(days=366), "Europe/Berlin") == datetime(
        2026, 10, 25, 1, tzinfo=UTC
    )
    assert zone.next_change(begin, datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), "Europe/Berlin") is None
    assert zone.next_change(begin, begin + timedelta(days=3660), "UTC") is None


def test_a_pause_of_summer_time_for_ramadan_is_not_overlooked() -> None:
    """Morocco changes twice within a month."""
    at, found = datetime(2026, 1, 1, tzinfo=UTC), []
    while (change := zone.next_change(at, datetime(2027, 1, 1, tzinfo=UTC), "Africa/Casablanca")) is not None:
        at = change
        found.append(change.date().isoformat())
    assert found == ["2026-02-15", "2026-03-22"]


def test_what_a_change_does_to_a_wall_time_is_said_in_words() -> None:
    """Nothing is said of an ordinary time."""
    assert zone.fold_note(datetime(2026, 10, 25, 2, 30), "Europe/Berlin") == "fires once on 25 Oct, the first 02:30"
    skipped = zone.fold_note(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    assert skipped == "rings at 03:30 on 29 Mar (02:30 does not exist)"
    assert zone.fold_note(datetime(2026, 3, 30, 2, 30), "Europe/Berlin") is None


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("CET", "Europe/Berlin"), ("pst", "America/Los_Angeles"), ("EDT", "America/New_York"), ("UTC", "UTC"),
        ("Tokyo", "Asia/Tokyo"), ("new york", "America/New_York"), ("New_York", "America/New_York"),
        ("san francisco", "America/Los_Angeles"), ("europe/berlin", "Europe/Berlin"), ("Munich", "Europe/Berlin"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"), ("Pacific", "America/Los_Angeles"), ("Z", "UTC"),
    ],
)  # fmt: skip
def test_a_word_for_a_zone_means_the_zone_people_mean(word: str, key: str) -> None:
    """Abbreviations, cities and keys, in any case."""
    assert zone.from_word(word) == key
    zone.load(key)


@pytest.mark.parametrize("word", ["IST", "xyz", "", "monday", "may", "north", "west coast", "a" * 500])
def test_a_word_that_means_several_zones_or_none_is_no_zone(word: str) -> None:
    """IST is India, Israel or Ireland: nobody guesses."""
    assert zone.from_word(word) is None


def test_every_word_leads_to_a_zone_that_exists() -> None:
    """The tables hold no key that the zone database lacks."""
    keys = set(zone._ABBREVIATIONS.values()) | set(zone._CITIES.values()) | set(zone._known_places().values())
    assert keys <= available_timezones()


@pytest.mark.parametrize(
    ("key", "fix"),
    [
        ("Europe/Berln", "did you mean Europe/Berlin"),
        ("europe/berlin", "did you mean Europe/Berlin"),
        ("CEST", "did you mean Europe/Berlin"),
        ("Mars/Olympus", "write an IANA name"),
        ("", "write an IANA name"),
        ("../../etc/passwd", "write an IANA name"),
        ("/etc/localtime", "write an IANA name"),
        ("Europe", "write an IANA name|did you mean"),
        ("x\x00y", "write an IANA name"),
        ("z" * 5000, "write an IANA name"),
    ],
)
def test_an_unknown_zone_is_refused_with_a_fix(key: str, fix: str) -> None:
    """The value is named, and a near one where there is one."""
    with pytest.raises(ValueError, match=fix):
        zone.load(key)
