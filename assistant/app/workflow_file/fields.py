"""Reading one value of a file: each reader gives the value as it is kept, or ABSENT and a fault with the fix."""

from collections.abc import Callable
from typing import Any

from assistant.app.workflow_file.durations import Duration, read_duration
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, Sequence, plain, quoted, scalars, shown
from assistant.core.template_text import is_template

Reader = Callable[[Node, str, Findings], Any]
ABSENT: Any = type("Absent", (), {"__repr__": lambda self: "ABSENT", "__bool__": lambda self: False})()
LONGEST_COUNT = 10_000


def wrong(node: Node, path: str, findings: Findings, fix: str) -> Any:
    """Note that a value cannot be used, with the fix."""
    findings.fault(node.at, path, f"{path} is {shown(node)}; {fix}")
    return ABSENT


def is_empty(node: Node) -> bool:
    """Whether nothing is said."""
    return isinstance(node, Scalar) and (node.value is None or not node.text.strip())


def text(fix: str) -> Reader:
    """A text that is no template and not empty; numbers and true are taken as written."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar) or is_empty(node):
            return wrong(node, path, findings, fix)
        if is_template(node.text):
            return wrong(node, path, findings, f"no template can stand here; {fix}")
        return node.text

    return read


def template(fix: str) -> Reader:
    """A text that may hold templates."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar) or is_empty(node):
            return wrong(node, path, findings, fix)
        if is_template(node.text):
            findings.use(node, path)
        return node.text

    return read


def condition(fix: str) -> Reader:
    """A bare expression."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar) or is_empty(node):
            return wrong(node, path, findings, fix)
        if node.text.lstrip().startswith(("{{", "{%")):
            return wrong(node, path, findings, "an expression stands here without {{ and }}")
        findings.use(node, path, is_condition=True)
        return node.text

    return read


def structure(node: Node, path: str, findings: Findings) -> Any:
    """Any value; its texts may be templates."""
    for scalar in scalars(node):
        if isinstance(scalar.value, str) and is_template(scalar.text):
            findings.use(scalar, path)
    return plain(node)


def anything(node: Node, _path: str, _findings: Findings) -> Any:
    """Any value as it is."""
    return plain(node)


def one_of(*choices: str) -> Reader:
    """One word of a few."""
    said = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]

    def read(node: Node, path: str, findings: Findings) -> Any:
        if isinstance(node, Scalar) and node.text in choices and node.value is not None:
            return node.text
        near = findings.nearest(node.text, choices) if isinstance(node, Scalar) else None
        return wrong(node, path, findings, f"did you mean {near}?" if near else f"write {said}")

    return read


def flag(node: Node, path: str, findings: Findings) -> Any:
    """true or false."""
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    return wrong(node, path, findings, "write true or false")


def whole(least: int, most: int, example: str) -> Reader:
    """A whole number."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        return wrong(node, path, findings, f"write a whole number from {least:,} to {most:,}, such as {example}")

    return read


def number(least: float, most: float, example: str) -> Reader:
    """A number."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most:
            return value
        return wrong(node, path, findings, f"write a number from {least:g} to {most:g}, such as {example}")

    return read


def duration(node: Node, path: str, findings: Findings) -> Any:
    """A length of time, as it is kept: 900s, 2d or 1b."""
    found = _duration(node, path, findings)
    return found.text() if isinstance(found, Duration) else found


def seconds(node: Node, path: str, findings: Findings) -> Any:
    """A length of time by the clock, in seconds; a day is 24 hours here."""
    found = _duration(node, path, findings)
    if not isinstance(found, Duration):
        return found
    if found.measure == "b":
        return wrong(node, path, findings, "business days do not count by the clock; write hours, such as 24h")
    return found.count * (86_400 if found.measure == "d" else 1)


def _duration(node: Node, path: str, findings: Findings) -> Any:
    if not isinstance(node, Scalar) or is_empty(node):
        return wrong(node, path, findings, "write a duration such as 5m")
    if is_template(node.text):
        return wrong(node, path, findings, "no template can stand here; write a duration such as 5m")
    try:
        return read_duration(node.text)
    except ValueError as error:
        return wrong(node, path, findings, str(error))


def listing(item: Reader, fix: str, *, least: int = 0) -> Reader:
    """A list of alike values."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        if not isinstance(node, Sequence) or len(node.items) < least:
            return wrong(node, path, findings, fix)
        found = [item(part, f"{path}[{place}]", findings) for place, part in enumerate(node.items)]
        return [value for value in found if value is not ABSENT]

    return read


def one_or_list(item: Reader, fix: str) -> Reader:
    """One value, or a list of alike ones."""
    many = listing(item, fix, least=1)

    def read(node: Node, path: str, findings: Findings) -> Any:
        return many(node, path, findings) if isinstance(node, Sequence) else item(node, path, findings)

    return read


def named(item: Reader, fix: str) -> Reader:
    """A map of names that the person chooses, to alike values."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            return wrong(node, path, findings, fix)
        found = {entry.key: item(entry.node, f"{path}.{entry.key}", findings) for entry in node.entries}
        return {name: value for name, value in found.items() if value is not ABSENT}

    return read


def exactly_one(found: Any, node: Node, path: str, findings: Findings, choices: tuple[str, ...]) -> Any:
    """A map that was read, of whose choices one must stand in it."""
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    there = [key for key in choices if key in node.nodes]
    if len(there) != 1:
        told = f"{', '.join(choices[:-1])} or {choices[-1]}"
        said = f"has {' and '.join(there)}" if there else "says not what to do"
        findings.fault(node.at, path, f"{path} {said}; give one of {told}")
    return found


class Fields:
    """The keys of a map: how each is read, which it needs, and which are refused with words of their own."""

    def __init__(
        self,
        readers: dict[str, Reader],
        needs: tuple[str, ...] = (),
        example: str = "",
        refused: dict[str, str] | None = None,
    ) -> None:
        self.readers = readers
        self.needs = needs
        self.example = example
        self.refused = refused or {}

    def __call__(self, node: Node, path: str, findings: Findings) -> Any:
        """The keys that could be read; all others are faults."""
        if not isinstance(node, Mapping):
            return wrong(node, path or "the file", findings, f"write a map such as {self.example}")
        found = {}
        for entry in node.entries:
            own = f"{path}.{entry.key}" if path else entry.key
            reader = self.readers.get(entry.key)
            if reader is None:
                findings.fault(entry.place, own, self.unknown(entry.key, own, findings))
                continue
            value = reader(entry.node, own, findings)
            if value is not ABSENT:
                found[entry.key] = value
        missing = [key for key in self.needs if key not in node.nodes]
        if missing:
            told = " and ".join(missing)
            findings.fault(node.at, path, f"{path or 'the file'} has no {told}; write {self.example}")
        return found

    def unknown(self, key: str, path: str, findings: Findings) -> str:
        """What is said of a key that is not known here."""
        if key in self.refused:
            return f"{path} cannot stand here; {self.refused[key]}"
        near = findings.nearest(key, self.readers)
        if near is not None:
            return f"unknown key {quoted(key)}; did you mean {quoted(near)}?"
        return f"unknown key {quoted(key)}; known here are {', '.join(self.readers)}"
