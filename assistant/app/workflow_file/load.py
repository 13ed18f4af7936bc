"""YAML to nodes with places. Refuses what a workflow needs no part of: anchors, aliases, tags, second documents.

Events are taken one by one and nodes built without recursion, so that a bomb costs no more than its text.
"""

import re
from collections.abc import Iterator
from typing import Any

from assistant.app.workflow_file.nodes import Entry, Fault, Mapping, Node, Place, Scalar, Sequence, quoted
from assistant.app.workflow_file.scalars import resolved
from assistant.app.workflow_file.unreadable import told

LARGEST = 262_144  # characters
DEEPEST = 32
MOST_NODES = 10_000
# YAML 1.2.2 §5.1 names what may stand in a text; a byte that was no UTF-8 arrives as U+DC80 to U+DCFF.
NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class Loaded:
    """The root of a file, or None where it could not be read to its end; and what was wrong on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.faults: list[Fault] = []

    def fault(self, place: Place, message: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(self.file, place.line, place.column, "", message))


class _Stop(Exception):
    """The rest of the file is not read."""


def load(text: str, file: str) -> Loaded:
    """What a YAML text says. Bounded in time and memory, whatever it is."""
    loaded = Loaded(file)
    text = text.removeprefix("\ufeff")
    if _is_readable(text, loaded):
        _build(text, loaded)
    return loaded


def _is_readable(text: str, loaded: Loaded) -> bool:
    if len(text) > LARGEST:
        loaded.fault(Place(1, 1), f"the file is larger than {LARGEST // 1024} KiB; a workflow is a page or two")
        return False
    wrong = NOT_PRINTABLE.search(text)
    if wrong is None:
        return True
    code = ord(wrong[0])
    if 0xDC80 <= code <= 0xDCFF:
        said = f"the byte {code & 0xFF:#04x} is not UTF-8; save the file as UTF-8"
    else:
        said = f"the control character {code:#04x} cannot stand in a workflow; leave it out"
    loaded.fault(_place_of(text, wrong.start()), said)
    return False


def _place_of(text: str, index: int) -> Place:
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _build(text: str, loaded: Loaded) -> None:
    import yaml

    try:
        _Builder(loaded).build(_events(text))
    except _Stop:
        loaded.root = None
    except yaml.MarkedYAMLError as error:
        loaded.root = None
        loaded.fault(*told(error, text))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        loaded.root = None
        loaded.fault(Place(1, 1), f"this is no YAML: {quoted(str(error))}")


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is fifty times as fast
    return iter(yaml.parse(text, Loader=loader))


class _Frame:
    """A list or map that is being read."""

    def __init__(self, place: Place, at: Place, *, is_map: bool) -> None:
        self.place = place
        self.at = at
        self.is_map = is_map
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.places: dict[str, Place] = {}
        self.key: tuple[str, Place] | None = None
        self.drops = False  # the value to come belongs to a key that stands here already


class _Builder:
    """Events to one root."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.frames: list[_Frame] = []
        self.count = 0
        self.documents = 0

    def build(self, events: Iterator[Any]) -> None:
        """Read all events."""
        for event in events:
            name = type(event).__name__
            place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
            if name == "DocumentStartEvent":
                self._begin_document(place)
            elif name in ("ScalarEvent", "AliasEvent"):
                self._scalar(event, place)
            elif name in ("SequenceStartEvent", "MappingStartEvent"):
                self._begin(event, place, is_map=name[0] == "M")
            elif name in ("SequenceEndEvent", "MappingEndEvent"):
                self._end()

    def _begin_document(self, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            self.loaded.fault(place, "a second document begins; write one workflow a file")
            raise _Stop

    def _scalar(self, event: Any, place: Place) -> None:
        self._refuse_marks(event, place)
        if type(event).__name__ == "AliasEvent":
            self._take(Scalar("", None, place, self._at(place)))
            return
        frame = self.frames[-1] if self.frames else None
        text = str(event.value)
        if frame is not None and frame.is_map and frame.key is None:
            self._key(frame, text, place)
            return
        value: str | int | float | bool | None = text
        if not event.style:
            try:
                value = resolved(text)
            except ValueError as error:
                self.loaded.fault(self._at(place), f"{quoted(text)} is {error}")
        self._take(Scalar(text, value, place, self._at(place)))

    def _refuse_marks(self, event: Any, place: Place) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            self.loaded.fault(place, f"more than {MOST_NODES:,} values; a workflow is a page or two")
            raise _Stop
        if type(event).__name__ == "AliasEvent":
            self.loaded.fault(place, f"'*{event.anchor}' is an alias; write the value out")
        elif event.anchor is not None:
            self.loaded.fault(place, f"'&{event.anchor}' is an anchor; write each value out")
        if getattr(event, "tag", None) is not None:
            self.loaded.fault(place, f"{quoted(event.tag)} is a tag; write the value without it")

    def _key(self, frame: _Frame, text: str, place: Place) -> None:
        first = frame.places.get(text)
        frame.drops = first is not None
        if first is not None:
            self.loaded.fault(place, f"{quoted(text)} stands here twice; the first is in line {first.line}")
        frame.places.setdefault(text, place)
        frame.key = (text, place)

    def _at(self, place: Place) -> Place:
        frame = self.frames[-1] if self.frames else None
        return frame.key[1] if frame is not None and frame.key is not None else place

    def _begin(self, event: Any, place: Place, *, is_map: bool) -> None:
        self._refuse_marks(event, place)
        if self.frames and self.frames[-1].is_map and self.frames[-1].key is None:
            self.loaded.fault(place, 'a key must be a word; a template needs quotes: "{{ … }}"')
            raise _Stop
        if len(self.frames) == DEEPEST:
            self.loaded.fault(place, f"more than {DEEPEST} levels deep; a workflow needs a few")
            raise _Stop
        self.frames.append(_Frame(place, self._at(place), is_map=is_map))

    def _end(self) -> None:
        frame = self.frames.pop()
        if frame.is_map:
            self._take(Mapping(tuple(frame.entries), frame.place, frame.at))
        else:
            self._take(Sequence(tuple(frame.items), frame.place, frame.at))

    def _take(self, node: Node) -> None:
        if not self.frames:
            self.loaded.root = node
            return
        frame = self.frames[-1]
        if frame.is_map and frame.key is not None:
            if not frame.drops:
                frame.entries.append(Entry(*frame.key, node))
            frame.key = None
        elif frame.is_map:
            self._key(frame, "", node.place)  # an alias in the place of a key
        else:
            frame.items.append(node)
