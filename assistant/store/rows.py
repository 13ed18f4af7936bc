"""Rows as frozen values, and back. Knows columns, not questions."""

import sqlite3
from datetime import datetime

from assistant.instants import from_text, to_text
from assistant.jsontext import dump, load
from assistant.ports.records import (
    Event,
    Job,
    JournalLine,
    Message,
    Request,
    Schedule,
    Service,
    Slot,
    SourceRow,
    Standing,
    Step,
    Task,
    Workflow,
)
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar

    Row = TypeVar("Row", bound=Value)

TABLES: dict[type, str] = {
    Task: "task",
    Schedule: "schedule",
    Slot: "slot",
    Job: "job",
    Step: "step",
    Request: "request",
    Message: "message",
    Workflow: "workflow",
    JournalLine: "journal",
    Event: "event",
    Service: "service",
    Standing: "standing",
    SourceRow: "source",
}
JSON_COLUMNS = frozenset(
    {
        "tags",
        "inputs",
        "action",
        "output",
        "proposal",
        "next_channels",
        "spec",
        "before",
        "after",
        "data",
        "about",
        "cursor",
    }
)
INSTANT_COLUMNS = frozenset({"at", "last", "snoozed_to", "lease_until"})
_selects: dict[type, str] = {}
_readers: dict[type, "list[tuple[int, Callable[[Any], Any]]]"] = {}


def select_from(cls: type[Value]) -> str:
    """The beginning of a select of records, put together once."""
    if cls not in _selects:
        _selects[cls] = f"select {', '.join(cls._fields)} from {TABLES[cls]} "
    return _selects[cls]


def select(con: sqlite3.Connection, cls: "type[Row]", rest: str, values: "Iterable[Any]" = ()) -> "list[Row]":
    """The records that a query finds; `rest` is what follows `from table`."""
    found = con.execute(select_from(cls) + rest, tuple(values))
    return [read(cls, row) for row in found]


def first(con: sqlite3.Connection, cls: "type[Row]", rest: str, values: "Iterable[Any]" = ()) -> "Row | None":
    """The first record that a query finds."""
    row = con.execute(f"{select_from(cls)}{rest} limit 1", tuple(values)).fetchone()
    return read(cls, row) if row is not None else None


def read(cls: "type[Row]", row: "Iterable[Any]") -> "Row":
    """A row in the order of the record's fields as that record."""
    values = list(row)
    for place, reader in _readers_of(cls):
        if values[place] is not None:
            values[place] = reader(values[place])
    return cls(*values)


def _readers_of(cls: type[Value]) -> "list[tuple[int, Callable[[Any], Any]]]":
    if cls not in _readers:
        readers: list[tuple[int, Callable[[Any], Any]]] = []
        for place, field in enumerate(cls._fields):
            if field in JSON_COLUMNS:
                readers.append((place, load))
            elif field.endswith("_at") or field in INSTANT_COLUMNS:
                readers.append((place, from_text))
        _readers[cls] = readers
    return _readers[cls]


def stored(column: str, value: "Any") -> "Any":
    """A value as its column keeps it."""
    if value is None:
        return None
    if column in JSON_COLUMNS:
        return dump(value)
    if isinstance(value, datetime):
        return to_text(value)
    # A state is a kind of str. The module `sqlite3` takes only a plain one without asking its adapters.
    return str.__str__(value) if isinstance(value, str) else value
