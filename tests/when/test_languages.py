"""Common times and repetitions in six more languages. Read at Tuesday 24 November 2026, 10:15 in Berlin."""

from datetime import datetime

import pytest

from assistant.when.read import read
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")


@pytest.mark.parametrize(
    ("language", "text", "message", "expected"),
    [
        ("de", "morgen um 9", "", "11-25 09:00"),
        ("de", "übermorgen um halb vier", "", "11-26 15:30"),
        ("de", "in zwei Stunden", "", "11-24 12:15"),
        ("de", "nächsten Freitag um 15 Uhr", "", "12-04 15:00"),
        ("de", "heute Abend um 20 Uhr", "", "11-24 20:00"),
        ("de", "am 5. Dezember um viertel nach drei", "", "12-05 15:15"),
        ("de", "am 24.12. um 18:00", "", "12-24 18:00"),
        ("de", "erinnere mich morgen um 9 an den Zahnarzt", "an den Zahnarzt", "11-25 09:00"),
        ("fr", "demain à 9h", "", "11-25 09:00"),
        ("fr", "lundi prochain à 14h30", "", "11-30 14:30"),
        ("fr", "après-demain à midi", "", "11-26 12:00"),
        ("fr", "dans deux heures", "", "11-24 12:15"),
        ("fr", "le 3 mars à trois heures et quart", "", "03-03 15:15"),
        ("fr", "appeler Jean demain soir", "appeler Jean", "11-25 18:00"),
        ("es", "mañana a las nueve", "", "11-25 09:00"),
        ("es", "pasado mañana a las 3 y media de la tarde", "", "11-26 15:30"),
        ("es", "el 5 de diciembre", "", "12-05 09:00"),
        ("es", "en dos horas", "", "11-24 12:15"),
        ("es", "llamar a Ana el viernes a las 18:00", "llamar a Ana", "11-27 18:00"),
        ("it", "domani alle 9", "", "11-25 09:00"),
        ("it", "dopodomani alle tre e venti del pomeriggio", "", "11-26 15:20"),
        ("it", "tra un'ora", "", "11-24 11:15"),
        ("it", "il 15 febbraio alle 19:30", "", "02-15 19:30"),
        ("nl", "morgen om 9 uur", "", "11-25 09:00"),
        ("nl", "volgende week dinsdag om half vier", "", "12-01 15:30"),
        ("nl", "over 7 dagen", "", "12-01 10:15"),
        ("nl", "vanavond", "", "11-24 18:00"),
        ("pt", "amanhã às 9", "", "11-25 09:00"),
        ("pt", "depois de amanhã às 15 horas", "", "11-26 15:00"),
        ("pt", "dia 5 às 18:15", "", "12-05 18:15"),
        ("pt", "próxima segunda-feira", "", "11-30 09:00"),
    ],
)
def test_a_time_in_another_language_is_read(language: str, text: str, message: str, expected: str) -> None:
    """The words stand for English ones, so that one grammar reads all."""
    found = read(text, NOW, Conventions("Europe/Berlin", language=language, date_order="dmy"))
    assert found.at is not None, found
    assert (found.message, found.at.strftime("%m-%d %H:%M")) == (message, expected)


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("de", "jeden Montag um 9", "FREQ=WEEKLY;BYDAY=MO"),
        ("de", "alle 2 Wochen am Freitag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("de", "täglich um 8", "FREQ=DAILY"),
        ("de", "werktags um 9:25", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("fr", "tous les jours à 8h", "FREQ=DAILY"),
        ("fr", "chaque lundi à 9h", "FREQ=WEEKLY;BYDAY=MO"),
        ("es", "todos los días a las 8", "FREQ=DAILY"),
        ("es", "cada viernes a las 18:00", "FREQ=WEEKLY;BYDAY=FR"),
        ("it", "ogni lunedì alle 9", "FREQ=WEEKLY;BYDAY=MO"),
        ("it", "ogni due settimane", "FREQ=WEEKLY;INTERVAL=2"),
        ("nl", "elke maandag om 9 uur", "FREQ=WEEKLY;BYDAY=MO"),
        ("nl", "dagelijks om 8 uur", "FREQ=DAILY"),
        ("pt", "todos os dias às 8", "FREQ=DAILY"),
        ("pt", "toda segunda às 9", "FREQ=WEEKLY;BYDAY=MO"),
    ],
)
def test_a_repetition_in_another_language_is_read(language: str, text: str, rule: str) -> None:
    """As a rule like any other."""
    found = read(text, NOW, Conventions("Europe/Berlin", language=language, date_order="dmy"))
    assert (found.rule or "").partition("RRULE:")[2] == rule
    assert found.message == ""


def test_english_words_mean_nothing_in_another_language() -> None:
    """`on` is French for one, `mar` Spanish for the sea."""
    for language, text in (("fr", "on sunday noon"), ("de", "so an tomorrow"), ("es", "el sun")):
        assert read(text, NOW, Conventions("Europe/Berlin", language=language)).kind == "none"
