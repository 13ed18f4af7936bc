"""Which language a text is read in, what that costs, and how near words and odd texts are met."""

import subprocess
import sys
from datetime import datetime

import pytest

from assistant.when.batch import answer
from assistant.when.read import read
from assistant.when.values import Conventions, Reading

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
OTHERS = ("de", "fr", "es", "it", "nl", "pt")


def reading(text: str, language: str) -> Reading:
    return read(text, NOW, Conventions("Europe/Berlin", language=language, date_order="dmy"))


def test_english_is_read_without_loading_any_other_language() -> None:
    """The tables of a language are loaded when it is asked for, and only its own."""
    code = (
        "import sys; from datetime import UTC, datetime; from assistant.when.read import read;"
        "from assistant.when.values import Conventions;"
        "read('call Ada tomorrow at 9', datetime.now(UTC), Conventions('UTC'));"
        "assert not [name for name in sys.modules if 'languages' in name];"
        "read('morgen um 9', datetime.now(UTC), Conventions('UTC', language='de'));"
        "assert 'assistant.when.languages.german' in sys.modules;"
        "assert 'assistant.when.languages.french' not in sys.modules;"
        "assert 'dateparser' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("language", OTHERS)
def test_an_english_phrase_is_read_in_every_language(language: str) -> None:
    """Where its words of time are English ones and none is the language's own."""
    found = reading("call Ada tomorrow at 9:30", language)
    assert found.at is not None
    assert (f"{found.at:%m-%d %H:%M}", found.message) == ("11-25 09:30", "call Ada")


def test_english_is_read_beside_a_language_without_tables() -> None:
    """So that English works for everyone."""
    assert reading("tomorrow at 9", "sv").kind == "instant"


def test_the_locale_of_a_line_names_the_language() -> None:
    """It wins over the preference."""
    line = '{"text": "demain à 9h", "ref": "2026-11-24T10:15:00+01:00", "tz": "Europe/Paris", "locale": "fr-CH"}'
    assert answer(line, NOW, Conventions("UTC"))["at"] == "2026-11-25T09:00:00+01:00"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "uebermorgen um 9", "11-26 09:00"),
        ("de", "am 3. Maerz", "03-03 09:00"),
        ("fr", "apres-demain a 9h", "11-26 09:00"),
        ("es", "manana a las 9", "11-25 09:00"),
        ("it", "lunedi prossimo", "11-30 09:00"),
        ("pt", "amanha as 9h", "11-25 09:00"),
    ],
)
def test_accents_may_be_left_out(language: str, text: str, expected: str) -> None:
    """As people type on a foreign keyboard."""
    found = reading(text, language)
    assert found.at is not None
    assert f"{found.at:%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "um 3", "11-24 15:00"),
        ("de", "um 3 Uhr", "11-24 15:00"),
        ("de", "um 3:30", "11-25 03:30"),
        ("de", "um 3:30 nachmittags", "11-24 15:30"),
        ("fr", "à 3 heures", "11-24 15:00"),
        ("fr", "à 3h", "11-25 03:00"),
        ("fr", "à 3h de l'après-midi", "11-24 15:00"),
        ("it", "alle 8:00 di sera", "11-24 20:00"),
        ("nl", "om 8:15 's avonds", "11-24 20:15"),
        ("pt", "às 8h30 da noite", "11-24 20:30"),
    ],
)
def test_an_hour_in_figures_counts_to_24_and_a_spoken_one_to_12(language: str, text: str, expected: str) -> None:
    """A part of the day beside it says otherwise."""
    found = reading(text, language)
    assert found.at is not None
    assert f"{found.at:%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("language", "text", "hint"),
    [
        ("de", "jeden Montga um 9", "did you mean montag?"),
        ("de", "übermrogen um 9", "did you mean übermorgen?"),
        ("fr", "vendrdi à 9h", "did you mean vendredi?"),
        ("es", "miercles a las 9", "did you mean miércoles?"),
        ("it", "domencia alle 9", "did you mean domenica?"),
        ("nl", "donderag om 9 uur", "did you mean donderdag?"),
        ("pt", "domigno às 9h", "did you mean domingo?"),
    ],
)
def test_a_slip_is_refused_with_the_nearest_word(language: str, text: str, hint: str) -> None:
    """In the language of the text; the hour alone is not taken."""
    found = reading(text, language)
    assert (found.kind, found.hint) == ("none", hint)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("piece", ["9:30 1.1. ", "1 ", "de a um ", "9h30 ", "Mo-Fr lun-ven ", "' ", "12/12 "])
def test_a_heap_of_times_names_none(language: str, piece: str) -> None:
    """It is left alone, whatever its length."""
    assert reading((piece * 500)[:1000], language).kind == "none"
