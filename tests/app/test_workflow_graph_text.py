"""The drawing for a terminal: its width, its characters, and that nothing is left out of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.app.workflow_graph.build import graph_of
from assistant.app.workflow_graph.cells import wrapped
from assistant.app.workflow_graph.text import text_of
from tests.app.kept_workflows import TEXTS, kept_workflows
from tests.workflow_file.checking import checked

FILE = """\
name: pay
on: [{event: bill.came}]
steps:
  - id: send
    when: event.amount > 5
    run: [pay]
    fallback:
      - task: {title: Pay by hand}
  - id: tell
    text: Paid
"""
DRAWN = """\
pay

┌──────────────────────────────────────────┐
│ event bill.came                          │
└┬─────────────────────────────────────────┘
 ▼
┌──────────────────────────────────────────┐
│ send: only when                  pending │
│ event.amount > 5                         │
└┬─────────────────────────────────────────┘
 ├─ no: skipped ─▶ tell
 │ yes
 ▼
┌──────────────────────────────────────────┐
│ send                             running │
│ run: pay                                 │
└┬─────────────────────────────────────────┘
 ├─ fails ─▶
 │   ┌─────────────────────────────────────┐
 │   │ send: fallback 1            running │
 │   │ task: Pay by hand                   │
 │   └┬────────────────────────────────────┘
 │    └─ completed ─▶ tell
 ▼
┌──────────────────────────────────────────┐
│ tell                             running │
│ text: Paid                               │
└┬─────────────────────────────────────────┘
 ▼
┌──────────────────────────────────────────┐
│ completed                                │
└──────────────────────────────────────────┘

┌──────────────────────────────────────────┐
│ at any step                              │
│ a template that cannot be filled: failed │
│ ask cancel: cancelled                    │
└┬─────────────────────────────────────────┘
 ├─ ask cancel ─▶ cancelled
 │ a template that cannot be filled
 ▼
┌──────────────────────────────────────────┐
│ failed                                   │
└──────────────────────────────────────────┘

┌──────────────────────────────────────────┐
│ cancelled                                │
└──────────────────────────────────────────┘
"""
ALIKE = str.maketrans("─│┌┐└┘┬├▶▼", "-|++++++>v")


def _pay() -> Any:
    return checked(FILE).document


def test_a_workflow_is_drawn_as_boxes_from_top_to_bottom() -> None:
    """Fallbacks stand beside their step; ways to nodes that are not the next one name them."""
    assert text_of(graph_of(_pay()), 80) == DRAWN.splitlines()


@pytest.mark.parametrize(("encoding", "plain"), [("ascii", False), ("latin-1", False), ("utf-8", True)])
def test_where_lines_cannot_be_shown_the_same_is_drawn_in_ascii(encoding: str, plain: bool) -> None:
    """In a pipe, and where the terminal's encoding lacks them."""
    assert text_of(graph_of(_pay()), 80, encoding, plain=plain) == DRAWN.translate(ALIKE).splitlines()


def test_texts_keep_their_place_where_the_encoding_lacks_their_letters() -> None:
    """They are written by number, and the box is as wide as all others."""
    document = _pay()
    document["steps"][1]["action"]["text"] = "承認 é"
    lines = text_of(graph_of(document), 80, "latin-1")
    shown = "text: \\u627f\\u8a8d é".ljust(40)
    assert f"| {shown} |" in lines


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept_workflows(), st.integers(1, 200), st.booleans())
def test_no_line_is_wider_than_the_terminal(document: dict[str, Any], width: int, plain: bool) -> None:
    """Counted in cells, with 40 as the least; every box closes, and every node is there."""
    graph = graph_of(document)
    lines = text_of(graph, width, plain=plain)
    assert all(cell_len(line) <= max(width, 40) for line in lines)
    assert all(line.isprintable() for line in lines)
    down = "|" if plain else "│"
    drawn = lines[lines.index("") :]  # what the file says of itself stands before it, and may look like a box
    bodies = [line for line in drawn if line.endswith(down) and line.startswith(("+", "┌", down))]
    assert len({cell_len(line) for line in bodies}) == 1
    for node in graph.nodes:
        assert any(node.label.split(" ")[0][:10] in line for line in lines)


def test_sixty_steps_stay_readable() -> None:
    """Six lines a step: box, arrow, and nothing else."""
    steps = "".join(f"  - id: step_{n}\n    text: Number {n}\n" for n in range(60))
    document = checked(f"name: w\nsteps:\n{steps}").document
    assert document is not None
    lines = text_of(graph_of(document), 80)
    assert len(lines) < 60 * 6
    assert [line.split()[1] for line in lines if line.startswith("│ step_")] == [f"step_{n}" for n in range(60)]


@given(TEXTS.filter(str.isprintable), st.integers(4, 60), st.integers(1, 4))
def test_wrapping_loses_nothing_unless_it_says_so(text: str, width: int, most: int) -> None:
    """In at most so many lines of at most so many cells."""
    lines = wrapped(text, width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
