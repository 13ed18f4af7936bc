"""The Mermaid form: whatever a workflow's texts are, they stay texts."""

import re
from typing import Any

from hypothesis import HealthCheck, example, given, settings

from assistant.app.workflow_graph.build import graph_of
from assistant.app.workflow_graph.cells import cut
from assistant.app.workflow_graph.mermaid import LONGEST, escaped, mermaid_of
from assistant.app.workflow_graph.said import line
from tests.app.kept_workflows import TEXTS, kept_workflows
from tests.workflow_file.checking import checked
from tests.workflow_file.test_kept import RENEWAL

# The whole grammar of what is written; a text that broke out of its quotes would not fit it.
TEXT = r'"(?:[^"\[\]{}()<>|`#;\\%&\n]|#\d+;|<br/>)*"'
NODE = re.compile(
    rf"    n\d+(?:\[{TEXT}\]|\(\[{TEXT}\]\)|\(\({TEXT}\)\)|\({TEXT}\)|\{{\{{{TEXT}\}}\}}|\[\[{TEXT}\]\]|\[/{TEXT}/\])"
)
EDGE = re.compile(rf"    n(\d+) (?:-->|-\.->|==>)(?:\|{TEXT}\|)? n(\d+)")


def test_a_workflow_is_a_flowchart_of_its_nodes_and_edges() -> None:
    """A shape a kind, and an arrow a way."""
    lines = mermaid_of(graph_of(checked(RENEWAL).document or {}))
    assert lines[:4] == ["---", 'title: "renew-contract"', "---", "flowchart TD"]
    assert r'    n4{{"pay: only when · pending<br/>steps.terms.output.json.price #60; inputs.limit"}}' in lines
    assert '    n4 -.->|"no: skipped"| n9' in lines
    assert '    n7 -->|"completed"| n9' in lines


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept_workflows())
def test_no_text_breaks_out_of_its_label(document: dict[str, Any]) -> None:
    """Every line is a node or an edge between two nodes that are there."""
    graph = graph_of(document)
    lines = mermaid_of(graph)[4:]
    nodes, edges = lines[: len(graph.nodes)], lines[len(graph.nodes) :]
    assert all(NODE.fullmatch(line) for line in nodes)
    found = [EDGE.fullmatch(line) for line in edges]
    assert len(found) == len(graph.edges)
    assert all(one is not None and max(int(one[1]), int(one[2])) < len(nodes) for one in found)


@given(TEXTS)
@example("style:#1;")
def test_a_text_reads_back_as_it_was(text: str) -> None:
    """Each number stands for the character it hides, and none of Mermaid's own rewriting finds hold."""
    shown = escaped(line(text))
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), shown) == cut(line(text), LONGEST)
    assert not re.search(r":\S*#.*;", shown)
