"""Our checker of answers, held against jsonschema: whatever it lets pass fits, and whatever fits it lets pass."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.models import schema
from assistant.models.answer import Faulty, json_in

NAMES = st.sampled_from(["a", "b", "c"])
PLAIN = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, "", "a", "bc", "2026-11-24"])
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
KINDS = st.sampled_from(sorted(schema.TYPES))
FLAT = st.fixed_dictionaries(
    {},
    optional={
        "type": KINDS | st.lists(KINDS, min_size=1, max_size=2, unique=True),
        "enum": st.lists(PLAIN, min_size=1, max_size=3),
        "const": PLAIN,
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(0, 2),
        "minimum": st.integers(-2, 2),
        "maximum": st.integers(-2, 2),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "title": st.just("a title"),
    },
)
SCHEMAS = st.recursive(
    FLAT,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array"]),
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "required": st.lists(NAMES, max_size=2, unique=True),
            "additionalProperties": st.booleans(),
            "items": inner,
        },
    ),
    max_leaves=6,
)


@given(SCHEMAS, VALUES)
def test_a_value_fits_where_jsonschema_says_so(form, value):
    """The oracle knows all of JSON Schema; ours a part, and that part alike."""
    schema.check(form)
    assert (not schema.faults(value, form)) == jsonschema.Draft202012Validator(form).is_valid(value)


@given(
    st.dictionaries(st.text(max_size=5), st.sampled_from(["text", "number?", "whole", "yes_no", "date", "list", ["x"]]))
)
def test_fields_make_a_schema_that_is_one(fields):
    """And that takes null for each of them."""
    form = schema.of_fields(fields)
    schema.check(form)
    jsonschema.Draft202012Validator.check_schema(form)
    assert schema.faults(dict.fromkeys(fields), form) == []


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("2026-11-24", True), ("2026-02-29", False), ("20261124", False), ("2026-W48-2", False), ("tomorrow", False),
        ("2026-11-24T09:00", False),
    ],
)  # fmt: skip
def test_a_date_is_one_of_the_calendar(value, fits):
    """Written as RFC 3339 writes it."""
    assert (not schema.faults(value, {"type": "string", "format": "date"})) is fits


@pytest.mark.parametrize(
    "form",
    [
        {"type": "text"}, {"pattern": "a"}, {"$ref": "#"}, {"oneOf": []}, {"enum": "a"}, {"required": {"a": 1}},
        {"properties": ["a"]}, {"items": [{}]}, {"minimum": "1"}, {"format": "email"}, {"additionalProperties": {}}, [],
        None,
    ],
)  # fmt: skip
def test_a_schema_that_would_not_be_checked_in_full_is_refused(form):
    """So that no answer passes for checked that was not."""
    with pytest.raises(UsageError):
        schema.check({"type": "object", "properties": {"a": form}})


def test_few_faults_are_told_and_each_is_short():
    """They go back to the model, and into errors."""
    told = schema.faults(["x" * 10_000] * 100, {"type": "array", "items": {"type": "null"}})
    assert len(told) == schema.MOST
    assert all(len(fault) < 120 for fault in told)


@given(st.text())
def test_any_text_is_an_answer_or_a_fault(text):
    """Nothing that a model writes breaks the reading."""
    assert isinstance(json_in(text), dict | Faulty)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ' * 100_000, '{"a": ' * 100 + "1" + "}" * 100, '{"a": NaN}', '{"a": 1e999}', '{"a": -1e999}',
        '{"a": ' + "9" * 5000 + "}", '{"a": 1', "{'a': 1}", "{",
    ],
)  # fmt: skip
def test_what_is_no_json_is_a_fault(text):
    """Also what is nested without end."""
    assert isinstance(json_in(text), Faulty)


def test_half_a_character_is_no_text():
    """JSON can say one; no store takes it."""
    assert json_in('{"a\\ud800": ["\\udfff", "\\ud83d\\ude00"]}') == {"a?": ["?", "\U0001f600"]}
