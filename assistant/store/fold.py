"""Fold the journal: replay its lines from nothing, and hold the result against the tables. Knows no meaning of rows."""

import sqlite3
from functools import cache
from typing import Any

from assistant.jsontext import dump, load
from assistant.store.write import KEYS, UNTOLD

TABLES = (
    "task", "schedule", "slot", "job", "step", "attempt", "request", "message", "preference", "channel",
    "workflow", "event", "event_taken", "service", "standing", "source", "spend",
)  # fmt: skip
Row = dict[str, Any]
EFFECT = "effect"  # up to schema 2 a table of its own, now columns of `attempt`


def why_not_folded(con: sqlite3.Connection) -> str | None:
    """None where the journal has no gap, each line begins where the one before it ended, and all make the rows."""
    defaults = {table: _defaults(con, table) for table in TABLES}
    folded: dict[str, dict[str, Row]] = {table: {} for table in TABLES}
    effects: dict[str, str] = {}
    count = 0
    for line, table, key, before_text, after_text in con.execute(
        "select id, tab, row, before, after from journal order by id"
    ):
        count += 1
        if line != count:
            return "the journal has a gap"
        if table == EFFECT:
            table, key, before_text, after_text = _of_attempt(effects, key, before_text, after_text)
        if table not in folded or (before_text is None and after_text is None):
            continue  # a note: something that changed no row
        why = _fold(folded[table], defaults[table], line, table, key, before_text, after_text)
        if why is not None:
            return why
    for table in TABLES:
        there = _rows(con, table)
        if folded[table] != there:
            return f"{table}: {_difference(folded[table], there)}"
    return None


def _told(table: str, image: Any) -> Any:
    """A row without what the journal tells of commands only."""
    untold = UNTOLD.get(table)
    if untold is None or not image:
        return image
    return {column: value for column, value in image.items() if column not in untold}


def _of_attempt(
    effects: dict[str, str], key: str, before_text: str | None, after_text: str | None
) -> tuple[str, str, str | None, str | None]:
    """A line of an effect as one of its attempt. `effects`: the attempts by the keys of their effects."""
    before, after = load(before_text or "null"), load(after_text or "null")
    if before is None:
        effects[key] = f"{after['step_id']}/{after['number']}"
        before = {"key": None, "kind": None, "effect": None, "settled_at": None}
        after = {"key": after["key"], "kind": after["kind"], "effect": after["state"], "settled_at": None}
    else:
        before, after = ({_NOW_CALLED[name]: value for name, value in image.items()} for image in (before, after))
    return "attempt", effects[key], dump(before), dump(after)


_NOW_CALLED = {"state": "effect", "ended_at": "settled_at"}


def _fold(
    rows: dict[str, Row], default: Row, line: int, table: str, key: str, before_text: str | None, after_text: str | None
) -> str | None:
    before, after = (_told(table, load(text or "null")) for text in (before_text, after_text))
    if before is None:
        if key in rows:
            return f"line {line} makes {table} {key} a second time"
        rows[key] = {**_told(table, default), **after}
        if table not in KEYS:
            rows[key]["id"] = int(key)
        return None
    if key not in rows:
        return f"line {line}: {table} {key} was never made"
    was = {name: rows[key][name] for name in before}
    if was != before:
        return f"line {line}: {table} {key} was {was}, the line says {before}"
    if after is None:
        del rows[key]
    else:
        rows[key] = {**rows[key], **after}
    return None


@cache
def _default(text: str) -> Any:
    con = sqlite3.connect(":memory:")
    found = con.execute(f"select {text}").fetchone()[0]
    con.close()
    return found


_columns: dict[str, Row] = {}


def _defaults(con: sqlite3.Connection, table: str) -> Row:
    if table not in _columns:
        columns = con.execute(f"pragma table_info({table})").fetchall()
        _columns[table] = {
            name: None if default is None else _default(default) for _, name, _, _, default, _ in columns
        }
    return _columns[table]


def _rows(con: sqlite3.Connection, table: str) -> dict[str, Row]:
    found = con.execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    rows = [_told(table, dict(zip(names, values, strict=True))) for values in found]
    return {"/".join(str(row[name]) for name in KEYS.get(table, ("id",))): row for row in rows}


def _difference(one: dict[str, Row], other: dict[str, Row]) -> str:
    keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
    parts = []
    for key in sorted(keys):
        left, right = one.get(key, {}), other.get(key, {})
        columns = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
        parts.append(
            f"{key}: journal { ({n: left.get(n) for n in columns}) }, rows { ({n: right.get(n) for n in columns}) }"
        )
    return "; ".join(parts)
