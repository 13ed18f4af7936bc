"""Whatever a file is: always an answer, never an exception, in bounded time and memory."""

import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.app.workflow_file.actions import ACTIONS
from assistant.app.workflow_file.load import LARGEST, load
from assistant.app.workflow_file.model import WORKFLOW
from assistant.app.workflow_file.programs import BESIDE
from assistant.app.workflow_file.steps import WHOLE_STEP
from tests.workflow_file.checking import checked
from tests.workflow_file.test_kept import RENEWAL

LONGEST_S = 3.0  # the dearest of these files takes a third of it here
MOST_MEMORY = 120_000_000
HEAD = "name: w\nsteps:\n"


def _filled(text: str, head: str = "", size: int = LARGEST) -> str:
    """A head and then one text again and again, up to the largest file."""
    return head + text * ((size - len(head)) // max(1, len(text)))


def _numbered(line: str, head: str = "") -> str:
    made, size = [head], len(head)
    for number in range(LARGEST):
        made.append(line.replace("#", str(number)))
        size += len(made[-1])
        if size > LARGEST - 100:
            break
    return "".join(made)


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "billion laughs": LAUGHS,
    "a merge of itself": "a: &a\n  <<: *a\n  b: 1\n",
    "deep lists": "[" * 100_000,
    "deep maps": "{a: " * 60_000,
    "deep blocks": "".join(" " * depth + "a:\n" for depth in range(500)),
    "dashes in dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "keys without values": _numbered("k#:\n"),
    "unknown keys": _numbered("step#: x\n", "name: w\n"),
    "twice the same key": _filled("name: w\n"),
    "list items": _filled("- a\n"),
    "steps": _numbered("  - {id: s#, text: '{{ steps.s0.output.text }}'}\n", HEAD),
    "steps that are wrong": _numbered("  - {id: s#, txt: Hi}\n", HEAD),
    "triggers": _filled("  - {schedule: every first monday of the month at 10:00}\n", "name: w\non:\n"),
    "times": "name: w\nsteps:\n  - id: a\n    run: [x]\n    fallback:\n"
    + "".join(f"      - task: {{title: Hi, due: monday 9:0{n % 10} or so {n}}}\n" for n in range(3_000)),
    "templates": HEAD + "  - id: a\n    set:\n"
    + "".join(f"      v{n}: '{{{{ inputs.x{n} | lower }}}}'\n" for n in range(3_000)),
    "conditions that are dear": HEAD
    + "".join(f"  - {{id: s{n}, when: \"'a' * 10**10 > {n}\", txt: Hi}}\n" for n in range(190)),
    "one long template": HEAD + "  - id: a\n    text: '" + "{{ a }}" * 30_000 + "'\n",
    "one long expression": HEAD + "  - id: a\n    text: '{{ " + "-" * 200_000 + "1 }}'\n",
    "many quotes": HEAD + '  - id: a\n    text: "{{ ' + "\\\\'" * 60_000 + ' }}"\n',
    "loops in loops": HEAD + "  - id: a\n    text: '" + "{% for x in y %}" * 1_000 + "'\n",
    "one long line": "name: " + "x" * 200_000,
    "one long quoted line": 'name: "' + "\\x41" * 60_000 + '"',
    "one long number": HEAD + "  - {id: a, set: {n: " + "9" * 200_000 + "}}\n",
    "one long schedule": "name: w\non: [{schedule: " + "every day and " * 10_000 + "}]\n",
    "one long duration": "name: w\ndeadline: " + "1h" * 100_000 + "\n",
    "comments": _filled("# a\n"),
    "blank lines": _filled("\n"),
    "folded text": "name: >\n" + _filled("  a\n\n"),
    "directives": _filled("%A b\n"),
    "ten megabytes": "name: w\n" * 1_250_000,
    "nothing but NUL": "\0" * 1_000,
    "half a character": "name: \ud83d\n",
    "a mark in front": "\ufeffname: w\n",
}  # fmt: skip


@pytest.mark.parametrize("name", list(BOMBS))
def test_a_bomb_is_refused_in_bounded_time(name: str) -> None:
    """An answer comes while a person waits, with the place of what is wrong."""
    began = time.perf_counter()
    found = checked(BOMBS[name])
    assert time.perf_counter() - began < LONGEST_S
    assert not found.ok
    assert all(error.line >= 1 and error.column >= 1 and error.message for error in found.errors)
    assert len(found.errors) <= 101


@pytest.mark.parametrize("name", ["billion laughs", "deep lists", "list items", "steps", "ten megabytes"])
def test_a_bomb_takes_bounded_memory(name: str) -> None:
    """What is refused is not built first."""
    tracemalloc.start()
    try:
        checked(BOMBS[name])
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_the_largest_file_that_is_read_is_a_quarter_of_a_mebibyte() -> None:
    """One character more and it is refused unread."""
    text = "# " + "x" * (LARGEST - 2)
    assert [fault.message for fault in load(text, "f").faults] == []
    assert "larger than 256 KiB" in load(text + "x", "f").faults[0].message


PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", ": ", "- ", "\n", "\n  ", "\t", "'", '"', "*a", "&a", "!t", "|", ">", "#", "[", "]",
    "{", "}", "~", "null", "0x", ".inf", "---", "...", "%", "@", "\0", "\x85", "\u2028", "\udcff", "😀", "steps", "id",
    "for_each", "fallback", "run", "on", "event", "item", "1d1h", "-1", "99999999999999999999", "?", "<<",
])  # fmt: skip


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A good file with some of it cut out, doubled, moved or replaced."""
    text = RENEWAL
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        kind = draw(st.integers(0, 3))
        piece = draw(PIECES) if kind < 2 else text[start:end]
        at = start if kind < 2 else draw(st.integers(0, len(text)))
        text = text[:start] + piece + text[end:] if kind != 3 else text[:at] + piece + text[at:]
    return text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
def test_a_mangled_file_gets_an_answer(text: str) -> None:
    """Never an exception; what is accepted has a document, what is not has places within the file."""
    began = time.perf_counter()
    found = checked(text)
    assert time.perf_counter() - began < LONGEST_S
    assert found.ok == (found.document is not None) == (not found.errors)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + text.count("\x85") + text.count("\u2028")
    assert all(1 <= error.line <= lines + 2 and error.column >= 1 for error in found.errors)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gets_an_answer(text: str) -> None:
    """A file may hold anything at all."""
    assert not checked(text).ok


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | PIECES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | PIECES, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from([*WORKFLOW.readers, "id", *ACTIONS, *WHOLE_STEP, *BESIDE, "after", "schedule", "event", "where"])
MAPS = st.dictionaries(KEYS, VALUES, max_size=3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(KEYS, VALUES, max_size=6),
    st.lists(st.dictionaries(KEYS, VALUES | MAPS | st.lists(MAPS, max_size=3), max_size=6), max_size=3),
    st.lists(MAPS, max_size=2),
)
def test_any_value_under_any_key_gets_an_answer(top: object, steps: object, on: object) -> None:
    """No reader takes for granted what it is given."""
    import json

    assert isinstance(top, dict)
    text = json.dumps({"name": "w", **top, "steps": steps, "on": on})  # what JSON writes, YAML reads
    found = checked(text)
    assert found.ok == (found.document is not None) == (not found.errors)
