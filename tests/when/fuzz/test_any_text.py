"""Any text at all is read without an exception and in bounded time."""

import random
import time
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.when import lexicon
from assistant.when.read import read
from assistant.when.values import Conventions, Reading

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
BERLIN = Conventions("Europe/Berlin")
WORDS = sorted(
    {
        *lexicon.WEEKDAYS, *lexicon.MONTHS, *lexicon.UNITS, *lexicon.SMALL, *lexicon.ORDINALS, *lexicon.PARTS,
        *lexicon.FREQUENCIES, *lexicon.DAYS_FROM_TODAY,
        *lexicon.words("""every each
        at on in of to until from between and , - / . : the a next last this before after for except
        starting christmas easter noon midnight half quarter past ago hence rest end start mid early late o'clock am pm
        utc cet 1 2 3 5 10 12 15 30 31 45 99 2026 2027 1730 09:30 5pm 3rd 21st call mum buy x + ( ) other weekday
        holidays completion through"""),
    }
)  # fmt: skip
MOST_SECONDS = 0.1  # the promise is 0.02; a loaded machine must not fail the test


def check(text: str) -> Reading:
    begin = time.thread_time()
    found = read(text, NOW, BERLIN)
    assert time.thread_time() - begin < MOST_SECONDS, text
    assert found.kind in ("instant", "recurrence", "none")
    assert (found.at is None) == (found.kind == "none")
    assert (found.rule is not None) == (found.kind == "recurrence")
    if found.kind == "none":
        assert found.hint or found.unplaced or not any(char.isalpha() or char in "0123456789" for char in text)
    return found


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=1000))
def test_any_characters_are_read_or_refused(text: str) -> None:
    """Emoji, right-to-left marks and control characters included."""
    check(text)


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(st.lists(st.sampled_from(WORDS), max_size=200))
def test_any_time_words_are_read_or_refused(words: list[str]) -> None:
    """However they are strung together."""
    check(" ".join(words)[:1000])


def strings(seed: int, count: int) -> list[str]:
    dice = random.Random(seed)  # no secret
    made = []
    for turn in range(count):
        if turn % 3 == 0:
            made.append(" ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 12))))
        elif turn % 3 == 1:
            made.append("".join(dice.choice("0123456789 :/-.,abmp+thndry@'\"") for _ in range(dice.randint(1, 40))))
        else:
            glue = " " if dice.random() < 0.7 else ""
            made.append(glue.join(dice.choice(WORDS) for _ in range(dice.randint(12, 250)))[:1000])
    return made


def test_two_thousand_odd_strings_are_read_or_refused() -> None:
    """The short form of the proof."""
    for text in strings(1, 2_000):
        check(text)


@pytest.mark.long
def test_a_hundred_thousand_odd_strings_are_read_or_refused() -> None:
    """The long form of the proof."""
    for text in strings(2, 100_000):
        check(text)
