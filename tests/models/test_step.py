"""The kept form of a `model:` step, and the work it asks for."""

import pytest

from assistant.errors import UsageError
from assistant.models.step import work_of
from assistant.ports.model import Classify, Draft, Extract, Summarise


@pytest.mark.parametrize(
    ("action", "work"),
    [
        ({"draft": "A note", "max_cost_usd": 0.02, "model": "openai/x"}, Draft("A note")),
        ({"draft": "Answer it", "material": "Dear Sir"}, Draft("Answer it", "Dear Sir")),
        ({"summarise": "Long"}, Summarise("Long", 3)),
        ({"summarise": {"a": 1}, "sentences": 1}, Summarise('{"a":1}', 1)),
        ({"classify": "On fire", "labels": ["urgent", 2]}, Classify("On fire", ("urgent", "2"))),
        ({"extract": "12 euros", "fields": {"n": "number"}}, Extract("12 euros", {"n": "number"})),
        ({"extract": "12", "schema": {"type": "object"}}, Extract("12", {}, {"type": "object"})),
    ],
)
def test_a_step_is_read_as_the_work_it_asks_for(action, work):
    """What is no text was rendered from a value, and is given as JSON."""
    assert work_of(action) == work


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ({"labels": ["a", "b"]}, "model has no task; write exactly one of draft"),
        ({"draft": "a", "extract": "b"}, "model has draft and extract"),
        ({"classify": "a"}, "classify has no labels"),
        ({"summarise": "a", "sentences": "few"}, "sentences is few; write a number"),
        ({"summarise": "a", "sentences": True}, "sentences is true; write a number"),
    ],
)
def test_a_step_that_asks_for_no_work_says_what_is_missing(action, said):
    """With what to write instead."""
    with pytest.raises(UsageError, match=said):
        work_of(action)
