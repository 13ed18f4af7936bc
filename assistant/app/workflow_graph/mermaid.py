"""A graph as a Mermaid flowchart. Texts stand in quotes; what could end them or mean more is written by number."""

import re

from assistant.app.workflow_graph.cells import cut
from assistant.app.workflow_graph.graph import Graph, Kind, Node, Way

LONGEST = 80
MOST_EDGES, MOST_CHARACTERS = 500, 50_000  # what Mermaid draws unless its own settings say more
PLAIN = frozenset(" .,:=+-*/_!?@·…'")  # beside letters and digits, what says nothing but itself between quotes
STYLE = re.compile(r":(?=\S*#)")  # Mermaid takes a semicolon from a line that holds `style`, a colon and an entity
SHAPES = {
    Kind.TRIGGER: ("([", "])"), Kind.END: ("([", "])"), Kind.WHEN: ("{{", "}}"), Kind.APPROVE: ("{{", "}}"),
    Kind.CHILD: ("[[", "]]"), Kind.UNDO: ("[/", "/]"), Kind.WAIT: ("(", ")"), Kind.ACK: ("(", ")"),
    Kind.QUESTION: ("(", ")"), Kind.RUNG: ("(", ")"),
}  # fmt: skip
ARROWS = {Way.NEXT: "-->", Way.SKIP: "-.->", Way.FAIL: "-.->", Way.UNDO: "==>"}


def mermaid_of(graph: Graph) -> list[str]:
    """The lines of a flowchart, from top to bottom."""
    names = {node.id: f"n{place}" for place, node in enumerate(graph.nodes)}
    lines = ["---", f'title: "{escaped(graph.name)}"', "---", "flowchart TD"]
    lines += [f"    {names[node.id]}{_shape(node)}" for node in graph.nodes]
    for edge in graph.edges:
        label = f'|"{escaped(edge.label)}"|' if edge.label else ""
        lines.append(f"    {names[edge.source]} {ARROWS[edge.way]}{label} {names[edge.target]}")
    return lines


def is_too_large(lines: list[str]) -> bool:
    """Whether Mermaid refuses to draw it as long as its limits are the usual ones."""
    edges = sum(any(f" {arrow}" in line for arrow in ARROWS.values()) for line in lines)
    return edges > MOST_EDGES or len("\n".join(lines)) > MOST_CHARACTERS


def _shape(node: Node) -> str:
    begin, end = SHAPES.get(node.kind, ("[", "]"))
    state = f" · {node.state}" if node.state not in (None, node.label) else ""
    return f'{begin}"{"<br/>".join(map(escaped, (node.label + state, *node.details)))}"{end}'


def escaped(text: str) -> str:
    """A text between the quotes of a flowchart: one line, cut where it is long.

    >>> escaped('say "no" [8:30] #1')
    'say #34;no#34; #91;8#58;30#93; #35;1'
    """
    shown = "".join(c if c.isalnum() or c in PLAIN else f"#{ord(c)};" for c in cut(text, LONGEST))
    return STYLE.sub("#58;", shown)
