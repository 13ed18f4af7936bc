"""YAML to values with places: YAML 1.2 words, and nothing that a workflow needs no part of."""

import pytest

from assistant.app.workflow_file.load import load
from assistant.app.workflow_file.nodes import Mapping, Place, Scalar, Sequence, plain


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("1:2:3", "1:2:3"),
        ("2026-11-24", "2026-11-24"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("true", True),
        ("False", False),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("+1", 1),
        ("1.2.3", "1.2.3"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("'~'", "~"),
        ("=", "="),
    ],
)
def test_a_word_is_read_by_the_core_schema_of_yaml_1_2(word: str, value: object) -> None:
    """YAML 1.1 would make true of `on` and 750 of 12:30."""
    loaded = load(f"a: {word}\n", "f")
    assert loaded.root is not None
    read = plain(loaded.root)
    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


def test_every_key_and_value_keeps_its_place() -> None:
    """A fault of a value points to its key, one in a list to the item."""
    root = load("a: 1\nb:\n  - x\n  - {c: 2}\n", "f").root
    assert isinstance(root, Mapping)
    first, second = root.entries
    assert (first.place, first.node.place, first.node.at) == (Place(1, 1), Place(1, 4), Place(1, 1))
    assert isinstance(second.node, Sequence)
    word, inner = second.node.items
    assert (word.place, word.at) == (Place(3, 5), Place(3, 5))
    assert isinstance(inner, Mapping)
    assert isinstance(inner.nodes["c"], Scalar)
    assert (inner.entries[0].place, inner.nodes["c"].place) == (Place(4, 6), Place(4, 9))


def test_a_text_keeps_how_it_was_written() -> None:
    """A version 1.50 and a number 007 are themselves where a text is wanted."""
    root = load("a: 1.50\nb: 007\n", "f").root
    assert isinstance(root, Mapping)
    assert [node.text for node in root.nodes.values() if isinstance(node, Scalar)] == ["1.50", "007"]


def test_all_that_is_refused_is_said_at_once() -> None:
    """Anchors, aliases, tags and double keys do not hide each other."""
    loaded = load("a: &x 1\nb: *x\nc: !t 2\na: 3\n", "f")
    assert [(fault.line, fault.column) for fault in loaded.faults] == [(1, 4), (2, 4), (3, 4), (4, 1)]


@pytest.mark.parametrize(
    "text", ["a: |\n  one\n  \ttwo\n", 'a: "x\\ty"\n', "a: x\ty\n", "a:\r\n  b: 1\r\n", "\ufeffa: 1\n"]
)
def test_tabs_in_texts_and_line_ends_of_other_systems_are_fine(text: str) -> None:
    """Only a tab that indents is refused."""
    assert load(text, "f").faults == []
