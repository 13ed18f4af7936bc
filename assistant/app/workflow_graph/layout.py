"""Where everything of a drawing stands: boxes in two columns, and lines around them that cut through none.

The steps go down the main column. Beside each step stand its fallbacks, in the side column, and no further step
begins above their end. Ways that pass over nodes run left of the main column, those of fallbacks between the columns,
and those to a bad end right of both. So the width is the same for every workflow.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from assistant.app.workflow_graph.cells import cut, wrapped
from assistant.app.workflow_graph.graph import Edge, Graph, Kind, Node, Way

CELL, SMALL_CELL = 7.3, 6.7  # how wide a letter of a fixed-width font is at 12 px and at 11 px, at most
ROW, PAD = 16, 10
LANE = 16  # x of the ways that pass over nodes
MAIN, MAIN_WIDTH = 150, 340
SIDE, SIDE_WIDTH = 600, 280
RAILS = (950, 966)  # x of the ways to a bad end: failed or undoing, cancelled
WIDTH = 990
INNER_LANES = (SIDE - 84, SIDE - 98)
FALLBACK_LANE = SIDE - 84
GAP = 34  # between two nodes of a column
BAND = 48  # between a step and the next one
MERGE = 24  # within a band, where ways from the sides come in
MOST_ROWS = 3  # of one detail
ENDS = frozenset({Kind.ANY, Kind.UNDOING, Kind.UNDO, Kind.END})


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place, with its texts in rows; the first rows are its label."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    labels: tuple[str, ...]
    details: tuple[str, ...]

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The x between both sides."""
        return self.x + self.width / 2

    @property
    def centre(self) -> float:
        """The y between top and bottom."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as a line of straight parts, and what stands beside it."""

    edge: Edge
    points: tuple[tuple[float, float], ...]
    text: str
    text_at: tuple[float, float]  # where the text begins, at its base line


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing that can be written down: the head's rows, boxes and lines in a frame."""

    width: float
    height: float
    head: tuple[str, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def laid_out(graph: Graph) -> Layout:
    """Give everything its place."""
    said = [text for text in (graph.about, *graph.notes) if text]
    head = [row for text in said for row in wrapped(text, int((WIDTH - 2 * LANE) / SMALL_CELL), MOST_ROWS)]
    page = _Page(y=48.0 + ROW * len(head))
    page.place(graph)
    lines = tuple(page.line(edge) for edge in graph.edges)
    return Layout(WIDTH, page.y + LANE, tuple(head), tuple(page.boxes.values()), lines)


def _box(node: Node, x: float, y: float, width: float) -> Box:
    cells = int((width - 2 * PAD) / CELL)
    state = len(node.state or "") + 1
    labels = wrapped(node.label, cells - state, MOST_ROWS)
    details = [row for text in node.details for row in wrapped(text, cells, MOST_ROWS)]
    return Box(node, x, y, width, 2 * PAD + ROW * (len(labels) + len(details)), tuple(labels), tuple(details))


@dataclass(slots=True)
class _Page:
    """Boxes from the top down; `merges` says where ways come in above the node that follows a block."""

    y: float
    boxes: dict[str, Box] = field(default_factory=dict)
    merges: dict[str, float] = field(default_factory=dict)

    def place(self, graph: Graph) -> None:
        """Place the starts, then step by step, then the ends."""
        body = [node for node in graph.nodes if node.kind not in ENDS]
        ends = [node for node in graph.nodes if node.kind in ENDS]
        merge = self.y
        for _step, block in groupby(body, key=lambda node: node.step):
            nodes = list(block)
            self.merges[nodes[0].id] = merge
            self._block(nodes)
            merge = self.y + MERGE
            self.y += BAND
        done, *bad = ends
        self.merges[done.id] = merge
        self._put([done], MAIN, MAIN_WIDTH, self.y)
        self.y = self._put(bad, SIDE, SIDE_WIDTH, self.y)

    def _block(self, nodes: list[Node]) -> None:
        main = [node for node in nodes if node.kind is not Kind.FALLBACK]
        side = [node for node in nodes if node.kind is Kind.FALLBACK]
        bottom = self._put(main, MAIN, MAIN_WIDTH, self.y)
        if side:
            begin = self.boxes[str(nodes[0].step)].y
            bottom = max(bottom, self._put(side, SIDE, SIDE_WIDTH, begin))
        self.y = bottom

    def _put(self, nodes: Iterable[Node], x: float, width: float, y: float) -> float:
        """Place nodes one below the other; the end of the last."""
        bottom = y
        for node in nodes:
            self.boxes[node.id] = box = _box(node, x, y, width)
            bottom = box.bottom
            y = bottom + GAP
        return bottom

    def line(self, edge: Edge) -> Line:
        """The way of an edge: straight down, to a bad end, to a fallback, or around what lies between."""
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        if source.node.kind in ENDS:
            return self._ending(edge, source, target)
        if target.node.kind in ENDS and edge.way is Way.FAIL:
            return _by_rail(edge, source, target)
        if target.node.kind is Kind.FALLBACK:
            return _to_fallback(edge, source, target)
        return self._onwards(edge, source, target)

    def _onwards(self, edge: Edge, source: Box, target: Box) -> Line:
        """Down the main column, or around it and in again where the next step begins."""
        merge = self.merges.get(target.node.id, target.y)
        end = [(target.middle, merge), (target.middle, target.y)]
        if source.node.kind is Kind.FALLBACK:
            y = source.bottom - 12
            points = [(source.x, y), (FALLBACK_LANE, y), (FALLBACK_LANE, merge), *end]
            return _line(edge, points, (FALLBACK_LANE + 4, y - 4), source.x - FALLBACK_LANE - 8)
        if self._is_above(source, target):
            return _down(edge, source, target)
        y = source.centre
        points = [(source.x, y), (LANE, y), (LANE, merge), *end]
        return _line(edge, points, (LANE + 6, y - 4), source.x - LANE - 10)

    def _is_above(self, source: Box, target: Box) -> bool:
        return not any(source.y < box.y < target.y for box in self.boxes.values() if box.x == MAIN)

    def _ending(self, edge: Edge, source: Box, target: Box) -> Line:
        """Within the side column: straight down to the next, else around; the further one outside."""
        between = [box for box in self.boxes.values() if box.x == SIDE and source.y < box.y < target.y]
        if not between:
            return _down(edge, source, target)
        first = len([box for box in between if box.node.kind is Kind.END]) - 1
        lane = INNER_LANES[first]
        y = source.y + 34 - 18 * first
        points = [(source.x, y), (lane, y), (lane, target.centre), (target.x, target.centre)]
        return _line(edge, points, (INNER_LANES[0] + 4, y - 4), source.x - INNER_LANES[0] - 8)


def _line(edge: Edge, points: list[tuple[float, float]], at: tuple[float, float], room: float) -> Line:
    return Line(edge, tuple(points), cut(edge.label, int(room / SMALL_CELL)), at)


def _down(edge: Edge, source: Box, target: Box) -> Line:
    points = [(source.middle, source.bottom), (source.middle, target.y)]
    return _line(edge, points, (source.middle + 8, source.bottom + 15), source.width / 2 - 10)


def _by_rail(edge: Edge, source: Box, target: Box) -> Line:
    """To the right of everything, and down."""
    rail = RAILS[1] if target.node.id == "end.cancelled" else RAILS[0]
    y = source.centre if source.node.kind is Kind.APPROVE else source.y + 18
    points = [(source.right, y), (rail, y), (rail, target.centre), (target.right, target.centre)]
    return _line(edge, points, (source.right + 6, y - 4), RAILS[0] - source.right - 10)


def _to_fallback(edge: Edge, source: Box, target: Box) -> Line:
    if source.node.kind is Kind.FALLBACK:
        return _down(edge, source, target)
    if source.node.kind is Kind.APPROVE:
        points = [(source.right, source.centre), (target.middle, source.centre), (target.middle, target.y)]
        return _line(edge, points, (source.right + 6, source.centre - 4), target.middle - source.right - 10)
    y = source.y + 18
    return _line(edge, [(source.right, y), (target.x, y)], (source.right + 6, y - 4), target.x - source.right - 10)
