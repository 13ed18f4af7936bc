"""A graph as lines for a terminal: one box below the other, fallbacks beside their step, other ways by name."""

from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from assistant.app.workflow_graph.cells import padded, wrapped
from assistant.app.workflow_graph.graph import Edge, Graph, Kind, Node

NARROWEST, WIDEST = 40, 96
MOST_LINES = 3  # of one detail
SIDE = 5  # how far a fallback stands to the right of its step


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters that boxes and arrows are drawn with."""

    across: str
    down: str
    corners: tuple[str, str, str, str]  # top left, top right, bottom left, bottom right
    leaves: str  # where a line leaves a box downwards
    branch: str
    last: str
    point: str
    into: str
    cut: str


LINES = Marks("─", "│", ("┌", "┐", "└", "┘"), "┬", "├", "└", "▶", "▼", "…")
ASCII = Marks("-", "|", ("+", "+", "+", "+"), "+", "+", "+", ">", "v", "...")


def text_of(graph: Graph, width: int, encoding: str = "utf-8", *, plain: bool = False) -> list[str]:
    """The drawing, no wider than `width`, which is at least 40. ASCII lines where it is plain or cannot be encoded."""
    marks = ASCII if plain or not _holds(encoding, "─│┌┐└┘┬├▶▼…") else LINES
    drawing = _Drawing(graph, min(max(width, NARROWEST), WIDEST), marks, encoding)
    return [line.rstrip() for line in drawing.lines()]


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


class _Drawing:
    """One graph being drawn at one width."""

    def __init__(self, graph: Graph, width: int, marks: Marks, encoding: str) -> None:
        self.graph = graph
        self.marks = marks
        self.encoding = encoding
        self.at = {node.id: node for node in graph.nodes}
        self.leaving: dict[str, list[Edge]] = {node.id: [] for node in graph.nodes}
        for edge in graph.edges:
            self.leaving[edge.source].append(edge)
        self.side = {node.id for node in graph.nodes if node.kind is Kind.FALLBACK}
        self.width = min(width, max(NARROWEST, *map(self._wanted, graph.nodes)))

    def _wanted(self, node: Node) -> int:
        """The width at which no line of a box is broken."""
        longest = max(map(cell_len, (f"{node.label} {node.state}", *node.details)))
        return longest + 4 + (SIDE if node.id in self.side else 0)

    def lines(self) -> list[str]:
        """The head, then each node of the main line with what stands beside it."""
        main = [node for node in self.graph.nodes if node.id not in self.side]
        drawn = self._head()
        for node, following in pairwise([*main, None]):
            assert node is not None  # noqa: S101 - only the last of the pairs ends in None
            drawn += self._node(node, following, self.width)
        return drawn

    def _head(self) -> list[str]:
        said = [self.graph.name, self.graph.about, *self.graph.notes]
        return [*(part for text in said if text for part in self._fitted(text, self.width)), ""]

    def _node(self, node: Node, following: Node | None, width: int) -> list[str]:
        """A box, the ways that leave it, and the stem to the node below it."""
        stem = next((edge for edge in self.leaving[node.id] if following and edge.target == following.id), None)
        others = [edge for edge in self.leaving[node.id] if edge is not stem]
        drawn = self._box(node, width)
        for edge in others:
            is_last = edge is others[-1] and stem is None
            if edge.target in self.side and edge.target.startswith(f"{node.id}."):
                drawn += self._beside(edge, is_last, width)
            else:
                drawn.append(self._way(edge, is_last, width))
        if stem is not None:
            drawn += [f" {self.marks.down} {part}" for part in self._fitted(stem.label, width - 3) if part]
            drawn.append(f" {self.marks.into}")
        elif following is not None:
            drawn.append("")
        return drawn

    def _box(self, node: Node, width: int) -> list[str]:
        marks, inner = self.marks, width - 4
        state = node.state if node.state not in (None, node.label) else ""
        label = self._fitted(node.label, inner - len(state or "") - bool(state))
        rows = [f"{padded(label[0], inner - len(state or ''))}{state}", *label[1:]]
        rows += [part for text in node.details for part in self._fitted(text, inner)]
        top_left, top_right, low_left, low_right = marks.corners
        leaves = marks.leaves if self.leaving[node.id] else marks.across
        return [
            top_left + marks.across * (width - 2) + top_right,
            *(f"{marks.down} {padded(row, inner)} {marks.down}" for row in rows),
            low_left + leaves + marks.across * (width - 3) + low_right,
        ]

    def _way(self, edge: Edge, is_last: bool, width: int) -> str:
        """A way to a node that stands elsewhere, which is named."""
        marks = self.marks
        begin = f" {marks.last if is_last else marks.branch}{marks.across}"
        to = f"{marks.across}{marks.point} {self._fitted(self.at[edge.target].label, width // 2, most=1)[0]}"
        label = self._fitted(edge.label, width - len(begin) - cell_len(to) - 2, most=1)[0]
        return f"{begin} {label} {to}" if label else begin + to

    def _beside(self, edge: Edge, is_last: bool, width: int) -> list[str]:
        """The fallbacks of a step, one below the other, to the right of its stem."""
        marks = self.marks
        chain = [node for node in self.graph.nodes if node.id in self.side and node.step == self.at[edge.target].step]
        begin = f" {marks.last if is_last else marks.branch}{marks.across} "
        drawn = [f"{begin}{edge.label} {marks.across}{marks.point}"]
        stem = f" {' ' if is_last else marks.down}".ljust(SIDE)
        for node, following in pairwise([*chain, None]):
            assert node is not None  # noqa: S101 - only the last of the pairs ends in None
            drawn += [stem + line for line in self._node(node, following, width - SIDE)]
        return drawn

    def _fitted(self, text: str, width: int, most: int = MOST_LINES) -> list[str]:
        """A text in lines; a character that the terminal's encoding lacks is written by its number."""
        shown = text.encode(self.encoding, "backslashreplace").decode(self.encoding) if text else ""
        return wrapped(shown, width, most, self.marks.cut)
