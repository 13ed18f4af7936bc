"""The SVG form: well-formed, self-contained, and with nothing on top of anything else."""

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len

from assistant.app.workflow_graph.build import graph_of
from assistant.app.workflow_graph.graph import Graph
from assistant.app.workflow_graph.layout import CELL, PAD, SMALL_CELL, WIDTH, laid_out
from assistant.app.workflow_graph.svg import svg_of
from tests.app.kept_workflows import kept_workflows
from tests.workflow_file.checking import checked
from tests.workflow_file.test_kept import RENEWAL

NAME = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text", "g"}
SMALL_HEIGHT, SMALL_DEPTH = 10, 3  # of a text of 11 px above and below its base line


@dataclass(frozen=True)
class Area:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        """Whether two share more than a border."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def _root(graph: Graph) -> ElementTree.Element:
    return ElementTree.fromstring("\n".join(svg_of(graph)))  # noqa: S314 - our own text


def _areas(root: ElementTree.Element) -> list[Area]:
    found = []
    for rect in root.iter(f"{NAME}rect"):
        if rect.get("class") == "box":
            x, y, width, height = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
            found.append(Area(x, y, x + width, y + height))
    return found


def _parts(root: ElementTree.Element) -> list[Area]:
    """The straight parts of all lines, each as a rectangle without any breadth."""
    found = []
    for path in root.iter(f"{NAME}path"):
        if str(path.get("class")).startswith("line"):
            points = [tuple(map(float, point.split())) for point in path.get("d", "")[1:].split("L")]
            for (x, y), (u, v) in pairwise(points):
                assert x == u or y == v, "lines run straight"
                found.append(Area(min(x, u), min(y, v), max(x, u), max(y, v)))
    return found


def _texts_of_lines(root: ElementTree.Element) -> list[Area]:
    found = []
    for group in root.findall(f"{NAME}g"):
        for text in group.findall(f"{NAME}text"):
            if text.get("class") == "small":
                x, y = float(text.get("x", "")), float(text.get("y", ""))
                width = SMALL_CELL * cell_len(text.text or "")
                found.append(Area(x, y - SMALL_HEIGHT, x + width, y + SMALL_DEPTH))
    return found


def _cuts(part: Area, box: Area) -> bool:
    """Whether a line runs through a box; it may touch its border."""
    inside = Area(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)
    return (
        part.left <= inside.right and inside.left <= part.right
        and part.top <= inside.bottom and inside.top <= part.bottom
    )  # fmt: skip


def check_drawing(graph: Graph) -> None:
    """Boxes apart from one another, lines around them, texts beside both, all within the frame."""
    root = _root(graph)
    boxes, parts, texts = _areas(root), _parts(root), _texts_of_lines(root)
    assert len(boxes) == len(graph.nodes)
    for one, other in combinations(boxes, 2):
        assert not one.meets(other)
    for box in boxes:
        assert not any(_cuts(part, box) for part in parts)
        assert not any(text.meets(box) for text in texts)
    for one, other in combinations(texts, 2):
        assert not one.meets(other)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert width == WIDTH
    for area in (*boxes, *parts, *texts):
        assert area.left >= 0
        assert area.right <= width
        assert area.top >= 0
        assert area.bottom <= height


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept_workflows())
def test_nothing_lies_on_anything_else(document: dict[str, Any]) -> None:
    """Whatever the workflow is; and however long it is, the drawing is as wide as all others."""
    check_drawing(graph_of(document))


def test_two_hundred_steps_are_drawn_as_well() -> None:
    """The largest workflow that a file may hold."""
    step = (
        "    when: true\n    run: [ls]\n    approve: always\n    undo: {run: [un]}\n    fallback: [run: [a], text: b]\n"
    )
    text = "name: w\nsteps:\n" + "".join(f"  - id: s{number}\n{step}" for number in range(200))
    check_drawing(graph_of(checked(text).document or {}))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept_workflows())
def test_every_text_stays_within_its_box(document: dict[str, Any]) -> None:
    """Counted in cells of a fixed-width font; the state stands beside the label, not on it."""
    for box in laid_out(graph_of(document)).boxes:
        room = box.width - 2 * PAD
        assert all(CELL * cell_len(row) <= room for row in box.details)
        assert all(CELL * (cell_len(row) + len(box.node.state or "")) <= room for row in box.labels)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept_workflows())
def test_nothing_is_loaded_and_nothing_runs(document: dict[str, Any]) -> None:
    """Only shapes and texts; no attribute but our own, and no address but the name of the format."""
    root = _root(graph_of(document))
    assert {one.tag.removeprefix(NAME) for one in root.iter()} <= ALLOWED
    for one in root.iter():
        assert not any(key.startswith("on") or "href" in key for key in one.attrib)
    style = root.find(f"{NAME}style")
    assert style is not None
    assert not re.search(r"url|@import|@font", style.text or "")


def test_texts_are_escaped_and_kept_whole_in_titles() -> None:
    """What was cut to fit is there for whoever points at the box."""
    document: dict[str, Any] = checked(RENEWAL).document or {}
    document["steps"][3]["action"]["text"] = "<script>alert(1)</script> & " + "long " * 20
    titles = [one.text or "" for one in _root(graph_of(document)).iter(f"{NAME}title")]
    assert any("<script>alert(1)</script> & long" in title for title in titles)


def test_it_is_legible_on_dark_and_light() -> None:
    """The page has a colour of its own, and each colour of a line or text has its dark counterpart."""
    text = "\n".join(svg_of(graph_of(checked(RENEWAL).document or {})))
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    for name in ("text {", ".page {", ".box {", ".line {", ".point {", ".small, .state {", ".fail {"):
        assert name in light
        assert name in dark
