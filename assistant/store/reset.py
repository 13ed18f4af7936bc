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
    """Make the rows of a store those of a content.

    Foreign keys stay on: to turn them off and on again, SQLite would prepare every statement anew.
    """
    children_first = _tables(con)
    con.execute("begin")
    for table, column in TIES:
        con.execute(f"update {table} set {column} = null where {column} is not null")
    for table in (*children_first, "words", "sqlite_sequence"):
        con.execute(f"delete from {table}")
    for table in (*reversed(children_first), "words", "sqlite_sequence"):
        rows = content.rows.get(table)
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            con.executemany(f"insert into {table} values ({marks})", rows)
    con.execute("commit")


TIES = (("job", "parent_id"), ("step", "approval"))  # which make a ring of tables
_known: list[str] = []


def _tables(con: sqlite3.Connection) -> list[str]:
    """The tables, each before those that its rows refer to."""
    if not _known:
        found = con.execute("select name from sqlite_master where type = 'table'").fetchall()
        left = {row[0] for row in found if not row[0].startswith(("sqlite_", "words"))}
        parents = {table: _parents(con, table) for table in left}
        while left:
            free = sorted(table for table in left if not any(table in parents[other] for other in left - {table}))
            _known.extend(free)
            left -= set(free)
    return _known


def _parents(con: sqlite3.Connection, table: str) -> set[str]:
    keys = con.execute(f"pragma foreign_key_list({table})").fetchall()
    return {parent for _, _, parent, column, *_ in keys if (table, column) not in TIES}
