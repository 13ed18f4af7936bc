"""The answers of `ask when -`."""

import json
from datetime import datetime

from assistant.when.batch import answer
from assistant.when.values import Conventions

NOW = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
BERLIN = Conventions("Europe/Berlin")


def test_a_phrase_is_answered_with_all_fields_of_the_contract() -> None:
    """A plain line is a phrase."""
    found = answer("remind me to stretch every day at 8\n", NOW, BERLIN)
    assert found["text"] == "remind me to stretch every day at 8"
    assert (found["kind"], found["message"], found["timezone"]) == ("recurrence", "stretch", "Europe/Berlin")
    assert found["at"] == "2026-11-25T08:00:00+01:00"
    assert found["rule"] == "DTSTART:20261125T080000\nRRULE:FREQ=DAILY"
    assert found["occurrences"][:2] == ["2026-11-25T08:00:00+01:00", "2026-11-26T08:00:00+01:00"]
    assert len(found["occurrences"]) == 5
    assert found["reading"]


def test_an_object_brings_its_own_moment_zone_and_locale() -> None:
    """What the line says wins over preferences."""
    line = {
        "id": 7,
        "text": "5/8 at 9",
        "ref": "2013-02-12T04:30:00-02:00",
        "tz": "America/New_York",
        "locale": "en-GB",
    }
    found = answer(json.dumps(line), NOW, BERLIN)
    assert (found["id"], found["at"], found["timezone"]) == (7, "2013-08-05T09:00:00-04:00", "America/New_York")


def test_a_line_that_is_not_understood_is_an_answer_too() -> None:
    """With the words that stood in the way."""
    found = answer("blursday", NOW, BERLIN)
    assert (found["kind"], found["at"], found["rule"], found["occurrences"]) == ("none", None, None, [])
    assert (found["unplaced"], found["hint"]) == (["blursday"], "did you mean thursday?")


def test_a_wrong_zone_or_moment_refuses_the_line_only() -> None:
    """The reason names the value."""
    nowhere = answer(json.dumps({"text": "tomorrow", "tz": "Mars/Olympus"}), NOW, BERLIN)
    never = answer(json.dumps({"text": "tomorrow", "ref": "soon"}), NOW, BERLIN)
    assert (nowhere["kind"], never["kind"]) == ("none", "none")
    assert "Mars/Olympus" in nowhere["hint"] and "soon" in never["hint"]


def test_a_line_that_only_looks_like_an_object_is_a_phrase() -> None:
    """Nothing raises."""
    for line in ("{", "{}", '{"text": 5}', "[1]", "\x00", "{" * 900):
        assert answer(line, NOW, BERLIN)["kind"] == "none"
