"""How a job ends: what may end it at any step, what is then undone, and its final states."""

from dataclasses import dataclass
from itertools import pairwise

from assistant.app.workflow_graph.graph import Edge, Kind, Node, Way
from assistant.app.workflow_graph.said import Kept, action, length, line, policies

COMPLETED, FAILED, CANCELLED, SUPERSEDED = "end.completed", "end.failed", "end.cancelled", "end.superseded"
ANY, UNDOING = "job.any", "job.undoing"


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes an effect back: the node's id and label, its step, and the kept form."""

    id: str
    label: str
    step: str
    kept: Kept


def ends(document: Kept, undos: list[Undo]) -> tuple[list[Node], list[Edge]]:
    """The nodes below the steps, and their edges; `undos` in the order in which they run."""
    causes = _causes(document)
    told = tuple(line(f"{why}: {_state(end)}") for end, why in causes)
    nodes = [_end(COMPLETED), Node(ANY, Kind.ANY, "at any step", None, told)]
    if undos:
        edges = [Edge(ANY, UNDOING, Way.FAIL, "any of these")]
        nodes.append(Node(UNDOING, Kind.UNDOING, "undo what completed", "undoing", ("latest first",)))
        nodes += [_undo(one) for one in undos]
        path = [UNDOING, *(one.id for one in undos)]
        edges += [Edge(one, other, Way.UNDO) for one, other in pairwise(path)]
        edges += [Edge(path[-1], end, Way.UNDO, _state(end)) for end, _why in causes]
    else:
        edges = [Edge(ANY, end, Way.FAIL, why) for end, why in causes]
    return [*nodes, *(_end(end) for end, _why in causes)], edges


def _causes(document: Kept) -> list[tuple[str, str]]:
    """Each end but the good one, and what leads there from every step."""
    deadline = f"deadline of {length(document['deadline'])}, or " if "deadline" in document else ""
    found = [(FAILED, f"{deadline}a template that cannot be filled"), (CANCELLED, "ask cancel")]
    if document["overlap"] == "supersede":
        found.append((SUPERSEDED, "a newer job of the same subject"))
    return found


def _state(end: str) -> str:
    return end.removeprefix("end.")


def _end(end: str) -> Node:
    return Node(end, Kind.END, _state(end), _state(end))


def _undo(one: Undo) -> Node:
    title = [line(one.kept["title"])] if "title" in one.kept else []
    details = (*title, *action(one.kept), *policies(one.kept))
    return Node(one.id, Kind.UNDO, one.label, "undoing", details, one.step)
