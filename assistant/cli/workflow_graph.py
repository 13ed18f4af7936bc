"""`ask workflow graph`."""

import os
import sys

from assistant.app.session import Session
from assistant.cli.output import Output
from assistant.cli.parse import Parsed
from assistant.errors import AskError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.workflow_graph.graph import Graph

TOO_LARGE = "  Mermaid draws it only where maxEdges and maxTextSize are raised; --svg has no such limit"


def graph(parsed: Parsed, session: Session) -> Output:
    """Draw a workflow; errors of its file are told as a check tells them."""
    from assistant.app.workflow_graph.build import graph_of
    from assistant.app.workflow_graph.meant import workflow_meant
    from assistant.cli.workflows import told

    if parsed.get("mermaid") and parsed.get("svg") is not None:
        raise UsageError("--mermaid and --svg cannot both be meant.", "one after the other")
    checked = workflow_meant(session, parsed.words[0], sys.stdin.buffer)
    if checked.document is None:
        return told(checked, parsed)
    made = graph_of(checked.document)
    if parsed.get("mermaid"):
        from assistant.app.workflow_graph.mermaid import is_too_large, mermaid_of

        lines = mermaid_of(made)
        return _as_lines(made, lines, "mermaid", (TOO_LARGE,) if is_too_large(lines) and not parsed.json else ())
    if parsed.get("svg") is not None:
        return _as_svg(made, parsed.get("svg"))
    return Output(
        json=lambda: _jsonable(made), ids=lambda: [made.name], plain=lambda: _plain(made), human=lambda: _drawn(made)
    )


def _as_lines(made: "Graph", lines: list[str], key: str, notes: tuple[str, ...] = ()) -> Output:
    """A drawing in another language, on stdout; with --json, beside the nodes and edges."""
    return Output(
        json=lambda: {**_jsonable(made), key: "\n".join(lines) + "\n"},
        ids=lambda: [made.name],
        plain=lambda: [[line] for line in lines],
        human=lambda: lines,
        notes=notes,
    )


def _as_svg(made: "Graph", path: str) -> Output:
    from assistant.app.workflow_graph.svg import svg_of

    lines = svg_of(made)
    if path == "-":
        return _as_lines(made, lines, "svg")
    path = os.path.abspath(path)
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise AskError(f"{path} cannot be written: {error.strerror}.", "give another path") from error
    counted = f"{len(made.nodes)} nodes, {len(made.edges)} edges"
    return Output(
        json=lambda: {**_jsonable(made), "path": path},
        ids=lambda: [made.name],
        plain=lambda: [[path]],
        human=lambda: [f"  {path} · {counted}"],
    )


def _jsonable(made: "Graph") -> "dict[str, Any]":
    keys = ("id", "kind", "label", "state", "step", "details")
    return {
        "name": made.name,
        "about": made.about or None,
        "notes": made.notes,
        "nodes": [{key: getattr(node, key) for key in keys} for node in made.nodes],
        "edges": [
            {"from": edge.source, "to": edge.target, "kind": edge.way, "label": edge.label or None}
            for edge in made.edges
        ],
    }


def _plain(made: "Graph") -> list[list[object]]:
    """ASCII, at a fixed width: what is piped is read anywhere."""
    from assistant.app.workflow_graph.text import text_of

    return [[line] for line in text_of(made, 80, sys.stdout.encoding, plain=True)]


def _drawn(made: "Graph") -> list[str]:
    """As wide as the terminal is."""
    import shutil

    from assistant.app.workflow_graph.text import text_of

    return text_of(made, shutil.get_terminal_size().columns, sys.stdout.encoding)
