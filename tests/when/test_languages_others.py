"""Languages without a table of ours: dateparser, pinned, and little of it believed."""

from datetime import datetime

import pytest

from assistant.when.read import read
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")


@pytest.mark.parametrize(
    ("language", "text", "at", "message"),
    [
        ("pl", "jutro kup mleko", "2026-11-25T09:00", "kup mleko"),
        ("pl", "kup mleko za 2 godziny", "2026-11-24T12:15", "kup mleko"),
        ("pl", "call mum tomorrow at 9", "2026-11-25T09:00", "call mum"),
    ],
)
def test_one_find_at_an_end_of_the_text_is_read(language: str, text: str, at: str, message: str) -> None:
    """The words and who read them are said; English is still understood."""
    found = read(text, NOW, Conventions("Europe/Berlin", language=language))
    assert found.at is not None
    assert (found.at.isoformat()[:16], found.message) == (at, message)


@pytest.mark.parametrize("text", ["kup 2 bilety", "nic tu nie ma", "jutro zebranie, a w piątek obiad"])
def test_what_is_no_time_or_more_than_one_is_refused(text: str) -> None:
    """A number, no time at all, two times: never a guess."""
    assert read(text, NOW, Conventions("Europe/Berlin", language="pl")).kind == "none"


def test_half_a_time_of_another_language_is_never_read_as_english() -> None:
    """`pojutrze o 15:30` is not 15:30 today."""
    found = read("pojutrze o 15:30 zebranie", NOW, Conventions("Europe/Berlin", language="pl"))
    assert found.kind == "none" or (found.at is not None and found.at.isoformat()[:10] == "2026-11-26"), found
