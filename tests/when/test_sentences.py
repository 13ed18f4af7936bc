"""Message and time in one line, in any order, without quotes. Read at Tuesday 24 November 2026, 10:15 in Berlin."""

from datetime import datetime

import pytest

from assistant.when.read import read
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
BERLIN = Conventions("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "message", "expected"),
    [
        ("remind me to call the dentist tomorrow at 9", "call the dentist", "11-25 09:00"),
        ("tomorrow 14:30 send the invoice to Acme", "send the invoice to Acme", "11-25 14:30"),
        ("pick up the car at 3 on friday", "pick up the car", "11-27 15:00"),
        ("tomorrow pick up the car at 3", "pick up the car", "11-25 15:00"),
        ("remind me at noon to eat", "eat", "11-24 12:00"),
        ("remind me on friday that rent is due", "rent is due", "11-27 09:00"),
        ("in 20 minutes remind me to leave", "leave", "11-24 10:35"),
        ("leave for the airport 2 hours before 6:45am tomorrow", "leave for the airport", "11-25 04:45"),
        ("email May about the June report on monday", "email May about the June report", "11-30 09:00"),
        ("march for science on saturday at 10", "march for science", "11-28 10:00"),
        ("watch 24 tonight at 9pm", "watch 24", "11-24 21:00"),
        ("read chapter 5 tonight", "read chapter 5", "11-24 20:00"),
        ("read 1984 tomorrow", "read 1984", "11-25 09:00"),
        ("order 12 eggs and 2 litres of milk saturday at noon", "order 12 eggs and 2 litres of milk", "11-28 12:00"),
        ("book table for two at 8pm friday", "book table for two", "11-27 20:00"),
        ("ask Bob if 3 pm works for him, tomorrow 8am", "ask Bob if 3 pm works for him", "11-25 08:00"),
        ("take the second pill at 9", "take the second pill", "11-25 09:00"),
        ("send Version 2.3 to QA tomorrow", "send Version 2.3 to QA", "11-25 09:00"),
        ("email bob@example.com tomorrow at 9", "email bob@example.com", "11-25 09:00"),
        ("see https://example.com/2026/12/05 tomorrow", "see https://example.com/2026/12/05", "11-25 09:00"),
        ("buy christmas presents on friday", "buy christmas presents", "11-27 09:00"),
        ('"lunch with the second team" next tuesday at 12:30', "lunch with the second team", "12-01 12:30"),
        ("call John - tomorrow 3pm", "call John", "11-25 15:00"),
        ("Friday: send  the   Report", "send  the   Report", "11-27 09:00"),
        ("dinner at 8", "dinner", "11-25 08:00"),
        ("tomorrow at 12:30 lunch at Joe's", "lunch at Joe's", "11-25 12:30"),
        ("watch friday night lights on saturday", "watch friday night lights", "11-28 09:00"),
        ("send invoice 1234 monday", "send invoice 1234", "11-30 09:00"),
        ("meet Anna in Tokyo tomorrow at 9", "meet Anna in Tokyo", "11-25 09:00"),
        ("call mum 2-4pm tomorrow", "call mum", "11-25 14:00"),
        ("send 3 reports to May tomorrow at noon", "send 3 reports to May", "11-25 12:00"),
        ("6 jan - 6:37am feed the cat", "feed the cat", "01-06 06:37"),
        ("fix the 2nd door tomorrow", "fix the 2nd door", "11-25 09:00"),
        (
            "buy tickets for the midnight oil concert on friday",
            "buy tickets for the midnight oil concert",
            "11-27 09:00",
        ),
        ("see Bob the 15th in the morning", "see Bob", "12-15 08:00"),
        ("call mum today", "call mum", "11-24 12:00"),
        ("leave 24 hours before dec 5 at 7:40", "leave", "12-04 07:40"),
        ("gym mon/wed/fri 7am", "gym", "11-25 07:00"),
        ("pay rent on the 1st of every month", "pay rent", "12-01 09:00"),
        ("standup at 9:25 every weekday except fridays", "standup", "11-25 09:25"),
        ("put the bins out every other wednesday 8pm starting dec 2", "put the bins out", "12-02 20:00"),
    ],
)
def test_the_message_is_what_is_left_word_for_word(text: str, message: str, expected: str) -> None:
    """Names, months and numbers inside the message do not win."""
    found = read(text, NOW, BERLIN)
    assert found.at is not None, found
    assert (found.message, found.at.strftime("%m-%d %H:%M")) == (message, expected)


@pytest.mark.parametrize(
    "text",
    [
        "buy milk",
        "remind me to buy 2 by 4 planks",
        "call 555-1234",
        "room 101",
        "May I ask what this is for?",
        "the sun is shining",
        "the monday blues album",
        "fix the 2nd door",
        "weekly review",
        "24/7 support",
        "3/4 cup of flour",
        "version 10.2.3",
        "between us",
        "a day",
        "8/32",
        "I'm at 101 points!",
        "two to four people",
        "",
        "   ",
        "🎂",
    ],
)
def test_a_text_without_a_time_is_left_alone(text: str) -> None:
    """No guess is made, and the message is the text."""
    found = read(text, NOW, BERLIN)
    assert (found.kind, found.at, found.rule) == ("none", None, None)


@pytest.mark.parametrize(
    ("text", "unplaced", "hint"),
    [
        ("blursday", ("blursday",), "did you mean thursday?"),
        ("call Bob blursday at 9", ("blursday",), "did you mean thursday?"),
        ("tomorrow or friday at 9", ("tomorrow",), "two times were named; say one"),
        ("meet at 5 or 6 tomorrow", ("6",), "two times were named; say one"),
        ("tomorrow at 9:75", ("at 9:75",), "a time of day is written 9:30 or 21:15"),
        ("every foo at 9", ("every", "foo"), "say how often, for example: every day at 9"),
        ("on monday and the 5th", ("on monday",), "two times were named; say one"),
        ("not before 9 tomorrow", ("not",), "a time cannot be denied; say the one that is meant"),
        ("9pm IST", ("IST",), "IST is the name of several zones; say the city"),
        ("later today", ("later",), "that is no time yet; say the hour or the day"),
    ],
)
def test_a_refusal_names_the_words_and_the_nearest_known_form(text: str, unplaced: tuple[str, ...], hint: str) -> None:
    """Text that is not understood is never half used."""
    found = read(text, NOW, BERLIN)
    assert (found.kind, found.unplaced, found.hint) == ("none", unplaced, hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("feb 30", "that month has no day 30"),
        ("5th tuesday in february", "that month has no such day"),
        ("tue 2027-01-01", None),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_the_reason(text: str, hint: str | None) -> None:
    """A weekday that contradicts its date is no day either."""
    found = read(text, NOW, BERLIN)
    assert found.kind == "none"
    assert hint is None or found.hint == hint


def test_a_text_over_1000_characters_is_refused() -> None:
    """However much time it holds."""
    assert read("tomorrow " * 112, NOW, BERLIN).kind == "none"
