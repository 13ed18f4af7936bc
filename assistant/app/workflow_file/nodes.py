"""What a file says, with the place of every key and value; and what is wrong with it. Knows no workflow."""

from collections.abc import Iterator
from dataclasses import dataclass, field

SHOWN = 40


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, its place, and the fix in the message. `path` is such as steps[1].retry.first."""

    file: str
    line: int
    column: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: `text` as written, `value` as YAML 1.2 reads it. `at` is where a fault points: at its key."""

    text: str
    value: str | int | float | bool | None
    place: Place
    at: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place
    at: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a map, its place and its value."""

    key: str
    place: Place
    node: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map; no key stands in it twice."""

    entries: tuple[Entry, ...]
    place: Place
    at: Place
    nodes: "dict[str, Node]" = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", {entry.key: entry.node for entry in self.entries})


Node = Scalar | Sequence | Mapping


def shown(node: Node) -> str:
    """A value as a message quotes it."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a map"
    if node.value is None or not node.text.strip():
        return "empty"
    return quoted(node.text)


def quoted(text: str) -> str:
    """A text as a message quotes it: of one line, not too long.

    >>> quoted("two\\nlines")
    "'two lines'"
    """
    line = " ".join(text.split())
    return f"'{line if len(line) <= SHOWN else f'{line[: SHOWN - 1]}…'}'"


def plain(node: Node) -> object:
    """A value without its places."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.node) for entry in node.entries}


def scalars(node: Node) -> Iterator[Scalar]:
    """All single values in a value, in order."""
    if isinstance(node, Scalar):
        yield node
    else:
        parts = node.items if isinstance(node, Sequence) else (entry.node for entry in node.entries)
        for part in parts:
            yield from scalars(part)
