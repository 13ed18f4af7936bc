"""Put a store in memory back to what it was, row by row: a new one would forget its schema and all its statements.

Only for stores that nobody keeps: its journal can be taken back.
"""

import sqlite3
from typing import Any

from assistant.value import Value


class Content(Value):
    """The rows of a store by table, and its sequences."""

    __slots__ = ("rows",)
    rows: "dict[str, list[tuple[Any, ...]]]"


def open_to_resets(con: sqlite3.Connection) -> None:
    """Let the journal be taken back."""
    con.execute("drop trigger journal_is_never_changed")
    con.execute("drop trigger journal_is_never_deleted")


def content_of(con: sqlite3.Connection) -> Content:
    """All rows as they are."""
    tables = [*_tables(con), "sqlite_sequence"]
    found = {table: con.execute(f"select * from {table}").fetchall() for table in tables}
    return Content({table: rows for table, rows in found.items() if rows})


def reset(con: sqlite3.Connection, content: Content) -> None:
    """Make the rows of a store those of a content."""
    con.execute("pragma foreign_keys = off")
    con.execute("begin")
    for table in (*_tables(con), "words", "sqlite_sequence"):
        con.execute(f"delete from {table}")
    for table, rows in content.rows.items():
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"insert into {table} values ({marks})", rows)
    con.execute("commit")
    con.execute("pragma foreign_keys = on")


_known: list[str] = []


def _tables(con: sqlite3.Connection) -> list[str]:
    if not _known:
        found = con.execute("select name from sqlite_master where type = 'table'")
        _known.extend(row[0] for row in found if not row[0].startswith(("sqlite_", "words")))
    return _known
