"""Fold the journal: replay its lines from nothing, and hold the result against the tables. Knows no meaning of rows."""

import sqlite3
from typing import Any

from assistant.jsontext import load
from assistant.store.write import KEYS, UNTOLD

TABLES = (
    "task", "schedule", "slot", "job", "step", "attempt", "effect", "request", "message", "preference", "channel",
    "workflow", "event", "event_taken", "service", "standing", "source", "spend",
)  # fmt: skip
Row = dict[str, Any]


def check_fold(con: sqlite3.Connection) -> None:
    """The journal has no gap, each line begins where the one before it ended, and all of them make the rows."""
    folded, last = _folded(con)
    numbers = [row[0] for row in con.execute("select id from journal order by id")]
    assert numbers == list(range(1, last + 1)), "the journal has a gap"
    for table in TABLES:
        there = _rows(con, table)
        assert folded[table] == there, f"{table}: {_difference(folded[table], there)}"


def _folded(con: sqlite3.Connection) -> tuple[dict[str, dict[str, Row]], int]:
    defaults = {table: _defaults(con, table) for table in TABLES}
    folded: dict[str, dict[str, Row]] = {table: {} for table in TABLES}
    last = 0
    for last, table, key, before_text, after_text in con.execute(
        "select id, tab, row, before, after from journal order by id"
    ):
        if table not in folded:
            continue
        rows = folded[table]
        before, after = (_told(table, load(text or "null")) for text in (before_text, after_text))
        if before is None:
            assert key not in rows, f"line {last} makes {table} {key} a second time"
            made = {**_told(table, defaults[table]), **after}
            if table not in KEYS:
                made["id"] = int(key)
            rows[key] = made
            continue
        was = {name: rows[key][name] for name in before}
        assert was == before, f"line {last}: {table} {key} was {was}, the line says {before}"
        if after is None:
            del rows[key]
        else:
            rows[key] = {**rows[key], **after}
    return folded, last


def _defaults(con: sqlite3.Connection, table: str) -> Row:
    columns = con.execute(f"pragma table_info({table})").fetchall()
    return {
        name: None if default is None else con.execute(f"select {default}").fetchone()[0]
        for _, name, _, _, default, _ in columns
    }


def _rows(con: sqlite3.Connection, table: str) -> dict[str, Row]:
    found = con.execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    rows = [_told(table, dict(zip(names, values, strict=True))) for values in found]
    return {"/".join(str(row[name]) for name in KEYS.get(table, ("id",))): row for row in rows}


def _told(table: str, image: Any) -> Any:
    """A row without what the journal tells of commands only."""
    return image and {column: value for column, value in image.items() if column not in UNTOLD.get(table, ())}


def _difference(one: dict[str, Row], other: dict[str, Row]) -> str:
    keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
    parts = []
    for key in keys:
        left, right = one.get(key, {}), other.get(key, {})
        columns = [name for name in left.keys() | right.keys() if left.get(name) != right.get(name)]
        parts.append(
            f"{key}: journal { ({n: left.get(n) for n in columns}) }, rows { ({n: right.get(n) for n in columns}) }"
        )
    return "; ".join(parts)
