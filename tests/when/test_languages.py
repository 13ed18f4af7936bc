"""Six languages with tables of ours: times, repetitions and texts without a time, each as its table says."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from assistant.when.read import read
from assistant.when.values import Conventions, Reading
from tests.when.languages import dutch, french, german, italian, portuguese, spanish

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
TABLES = {"de": german, "fr": french, "es": spanish, "it": italian, "nl": dutch, "pt": portuguese}


def rows(name: str) -> Iterator[Any]:
    """The lines of a table in every language: the text, then what is expected of it."""
    for language, module in TABLES.items():
        for line in getattr(module, name).strip().splitlines():
            text, *expected = (cell.strip() for cell in line.split(" | "))
            yield pytest.param(language, text, expected, id=f"{language} {text}")


def reading(text: str, language: str) -> Reading:
    """What a text says on that Tuesday in Berlin."""
    return read(text, NOW, Conventions("Europe/Berlin", language=language, date_order="dmy"))


@pytest.mark.parametrize(("language", "text", "expected"), list(rows("TIMES")))
def test_a_time_is_read_and_the_rest_is_the_message(language: str, text: str, expected: list[str]) -> None:
    """A line is the text, the wall time and what is left."""
    found = reading(text, language)
    assert found.kind == "instant", found
    assert found.at is not None
    assert [f"{found.at:%Y-%m-%d %H:%M}", found.message] == [*expected, ""][:2]


@pytest.mark.parametrize(("language", "text", "expected"), list(rows("RULES")))
def test_a_repetition_is_read_and_the_rest_is_the_message(language: str, text: str, expected: list[str]) -> None:
    """A line is the text, the rule, its first time and what is left."""
    found = reading(text, language)
    assert found.kind == "recurrence", found
    assert found.at is not None
    assert found.rule is not None
    rule = found.rule.partition("RRULE:")[2] or found.rule.partition("X-ASK-")[2]
    assert [rule, f"{found.at:%m-%d %H:%M}", found.message] == [*expected, ""][:3]


@pytest.mark.parametrize(("language", "text", "expected"), list(rows("NO_TIMES")))
def test_a_text_without_one_clear_time_is_left_alone(language: str, text: str, expected: list[str]) -> None:
    """Nothing is guessed, and no part of it is taken."""
    found = reading(text, language)
    assert (found.kind, found.at, expected) == ("none", None, [])
