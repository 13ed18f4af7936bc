"""All that is kept, as one JSON document, and back. sqlite-utils reads the tables; taking in goes through moves."""

import json
import os

from assistant.app.redact import REDACTED, without_passwords
from assistant.app.session import Session
from assistant.core.moves import Move, New, Ref
from assistant.errors import NotFound, StoreFull, UsageError
from assistant.instants import from_text
from assistant.store.write import Writing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from assistant.app.transfer_setup import SetUp

FORMAT = "ask-export"
VERSION = 1
LEFT_OUT = ("words", "words_data", "words_idx", "words_content", "words_docsize", "words_config", "sqlite_sequence")
CARRIED = {
    "task": ("title", "state", "due_at", "due_wall", "zone", "priority", "project", "tags", "key", "created_at"),
    "schedule": (
        "title", "state", "rule", "wall", "zone", "floating", "next_at", "inputs", "if_late", "useless_after",
        "priority", "project", "tags", "key", "created_at",
    ),
}  # fmt: skip
STRUCTURED = ("tags", "inputs")


class Taken(Value):
    """What an import made, how many were here already, and what was left out and why."""

    __slots__ = ("tasks", "schedules", "known", "workflows", "preferences", "channels", "sources", "left_out")
    tasks: int
    schedules: int
    known: int
    workflows: int
    preferences: int
    channels: int
    sources: int
    left_out: tuple[str, ...]


def export(session: Session, path: str | None, stream: "TextIO | None" = None) -> int:
    """Write every table, row by row, so that memory does not grow with the store. How many rows."""
    from sqlite_utils import Database

    tables = Database(session.reading)
    names = [name for name in tables.table_names() if name not in LEFT_OUT]
    if path is None:
        assert stream is not None  # noqa: S101 - the caller gives one of the two
        return _write(tables, names, stream)
    half = f"{path}.part"
    try:
        with open(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            counted = _write(tables, names, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except OSError as error:
        raise StoreFull(f"The export could not be written: {path}: {error.strerror}.", "give another path") from error
    return counted


def _write(tables: "Any", names: list[str], stream: "TextIO") -> int:
    counted = 0
    stream.write(f'{{"format": "{FORMAT}", "version": {VERSION}, "tables": {{')
    for place, name in enumerate(names):
        stream.write(("," if place else "") + f'\n"{name}": [')
        for number, row in enumerate(tables[name].rows):
            stream.write(("," if number else "") + "\n" + json.dumps(_open(name, row), ensure_ascii=True))
            counted += 1
        stream.write("]")
    stream.write("}}\n")
    return counted


def _open(table: str, row: "dict[str, Any]") -> "dict[str, Any]":
    """A row as it may leave the store: a URL without its password, also in the journal's images."""
    if table != "journal" or row["tab"] not in REDACTED:
        return without_passwords(table, row)
    images = {name: json.loads(row[name]) for name in ("before", "after") if row[name] is not None}
    return {**row, **{name: json.dumps(without_passwords(row["tab"], image)) for name, image in images.items()}}


def import_file(session: Session, path: str) -> Taken:
    """Take in what is open and what is set up of an export, under new numbers. What is here already is left."""
    from assistant.app.transfer_setup import Taking
    from assistant.app.workflow_keep import keep_files

    tables = _read(path)
    try:
        with session.writing() as writing:
            made = Taking(session, writing).take(tables)
            taken = _take_in(writing, tables, made)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path} is not as ask export writes it: {type(error).__name__}: {error}. Nothing was taken in.",
            "export anew: ask export FILE",
        ) from error
    finally:
        session.forget()
    keep_files(session, tuple(made.versions.values()))
    return taken


def _take_in(writing: Writing, tables: "dict[str, Any]", made: "SetUp") -> Taken:
    workflows = {row["id"]: row for row in tables.get("workflow", [])}
    taken = {"task": 0, "schedule": 0}
    known = 0
    for kind in taken:
        for row in tables.get(kind, []):
            if row["state"] in ("done", "dropped", "ended"):
                continue
            of_workflow = row.get("place") is not None
            if of_workflow and row["workflow_id"] not in made.versions:
                continue  # its workflow was here, or could not be taken in
            if not of_workflow and _is_here(writing.con, kind, row):
                known += 1
                continue
            values = _values(kind, row)
            if of_workflow:
                values |= {"workflow_id": made.versions[row["workflow_id"]], "place": row["place"]}
                values["reason"] = row["reason"]
            elif kind == "schedule":
                values["workflow_id"] = _workflow(writing, workflows[row["workflow_id"]])
            number = Ref(f"{kind}:{row['id']}")
            moves: list[Move] = [
                New("number", number, {"kind": kind}, "number"),
                New(kind, Ref(f"row:{kind}:{row['id']}"), {"id": number, **values}, "taken in from an export"),
            ]
            writing.apply(moves)
            taken[kind] += not of_workflow
    return Taken(taken["task"], taken["schedule"], known + made.known, left_out=made.left_out, **made.made)


def _read(path: str) -> "dict[str, Any]":
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}.", "give a file that ask export wrote") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}.", "give a file that ask export wrote") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UsageError(f"{path} was not written by ask export.", "ask export FILE writes one")
    if document.get("version") != VERSION:
        raise UsageError(f"{path} has version {document.get('version')}; this ask reads {VERSION}.", "upgrade ask")
    tables = document.get("tables")
    if not isinstance(tables, dict):
        raise UsageError(f"{path} holds no tables.", "give a file that ask export wrote")
    return tables


def _is_here(con: "Any", kind: str, row: "dict[str, Any]") -> bool:
    found = con.execute(
        f"select 1 from {kind} where title = ? and created_at = ? limit 1",  # noqa: S608 - kind is one of two
        (row["title"], row["created_at"]),
    ).fetchone()
    return found is not None


def _values(kind: str, row: "dict[str, Any]") -> "dict[str, Any]":
    values = {name: row[name] for name in CARRIED[kind]}
    for name, value in values.items():
        if value is not None and name in STRUCTURED:
            values[name] = json.loads(value)
        elif value is not None and name.endswith("_at"):
            values[name] = from_text(value)
    return values


def _workflow(writing: "Any", row: "dict[str, Any]") -> int:
    known = writing.con.execute(
        "select id from workflow where name = ? and hash = ?", (row["name"], row["hash"])
    ).fetchone()
    if known is not None:
        return int(known[0])
    version = writing.con.execute(
        "select coalesce(max(version), 0) + 1 from workflow where name = ?", (row["name"],)
    ).fetchone()[0]
    ref = Ref(f"workflow:{row['id']}")
    values = {
        "name": row["name"],
        "version": version,
        "spec": json.loads(row["spec"]),
        "hash": row["hash"],
        "state": row["state"],
        "created_at": writing.now,
    }
    writing.apply([New("workflow", ref, values, "taken in from an export")])
    return int(writing.id_of(ref))
