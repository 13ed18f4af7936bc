"""Any text at all is read without an exception, and with work that grows no faster than its length."""

import random
import time
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.when import lexicon
from assistant.when.read import read
from assistant.when.values import Conventions, Reading
from tests.when.work import lines_run

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
SIGNS = (*"0123456789:/-.,+'\"@(é", "ab", "1:", "1/1 ", "-9 ", "9. ", "x ")
# Lines of ours that a reading runs: for any text, and more for each of its characters. A line takes some 20 ns.
FIXED, PER_CHARACTER = 100_000, 1_000
STEEPEST = 3.0  # how much more a text of twice the length may take; what is quadratic takes four times as much
MOST_SECONDS = 0.1  # the promise is 0.02; a loaded machine must not fail the test


def check(text: str) -> Reading:
    """It is read or refused, with work in proportion to its length."""
    found: list[Reading] = []
    lines = lines_run(lambda: found.append(read(text, NOW, BERLIN)))
    assert lines <= FIXED + PER_CHARACTER * len(text), text
    return sensible(found[0], text)


def check_in_time(text: str) -> Reading:
    """It is read or refused before anybody waits for it."""
    begin = time.thread_time()
    found = read(text, NOW, BERLIN)
    assert time.thread_time() - begin < MOST_SECONDS, text
    return sensible(found, text)


def sensible(found: Reading, text: str) -> Reading:
    """What a reading says of itself holds together."""
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


@settings(max_examples=300, deadline=None)
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


@pytest.mark.parametrize("pieces", [WORDS, SIGNS], ids=["words", "signs"])
def test_twice_as_much_of_the_same_takes_about_twice_the_work(pieces: Sequence[str]) -> None:
    """Each word and sign, over and over: a reading that looks back over all that it has read is found."""
    for piece in pieces:
        check_growth(f"{piece} " if piece.isalpha() else piece, longest=320)


def check_growth(piece: str, longest: int) -> None:
    """Texts of this piece alone: each takes at most `STEEPEST` times what half of it takes."""
    counts = [max(1, longest // (parts * len(piece))) for parts in (8, 4, 2, 1)]
    works = [work(piece * count) for count in counts]
    for half, whole in pairwise(works):
        assert whole <= STEEPEST * half + FIXED / 10, f"{piece!r}, {counts} times, takes {works} lines"


def work(text: str) -> int:
    """The lines of ours that its reading runs."""
    return lines_run(lambda: read(text, NOW, BERLIN))


@pytest.mark.long
def test_twice_as_much_of_any_two_words_takes_about_twice_the_work() -> None:
    """The long form: pairs, up to the longest text that is read."""
    dice = random.Random(3)
    for _ in range(2_000):
        check_growth(f"{dice.choice(WORDS)} {dice.choice(WORDS)} ", longest=1000)


@pytest.mark.long
def test_a_hundred_thousand_odd_strings_are_read_or_refused_in_time() -> None:
    """The long form of the proof, by the clock."""
    for text in strings(2, 100_000):
        check_in_time(text)
