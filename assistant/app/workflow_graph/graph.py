"""A workflow as a state machine: nodes, and the edges between them. Values only."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a node stands for."""

    TRIGGER = "trigger"
    WHEN = "when"  # a condition that lets a step run or skips it
    APPROVE = "approve"  # a person is asked before the step acts
    STEP = "step"
    QUESTION = "question"
    WAIT = "wait"
    CHILD = "child"  # another workflow
    ACK = "ack"  # a message that waits for its acknowledgement
    RUNG = "rung"  # one more message of the ladder, while nobody answers
    FALLBACK = "fallback"
    ANY = "any"  # stands for every step: what may end the job from outside
    UNDOING = "undoing"
    UNDO = "undo"
    END = "end"


class Way(StrEnum):
    """What moves a job along an edge."""

    NEXT = "next"
    SKIP = "skip"
    FAIL = "fail"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Node:
    """One place where a job can be. `state` is the step's state there, at an end the job's; a start has none.

    `label` and `details` are single lines of printable text; `step` is the id of the step that it belongs to.
    """

    id: str
    kind: Kind
    label: str
    state: str | None
    details: tuple[str, ...] = ()
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node to another. `label` says when it is taken; it is empty where there is no other."""

    source: str
    target: str
    way: Way
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes in the order in which they are drawn. `notes` say what holds for the whole workflow."""

    name: str
    about: str
    notes: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def leaving(self, node: Node) -> list[Edge]:
        """The edges that begin at a node."""
        return [edge for edge in self.edges if edge.source == node.id]
