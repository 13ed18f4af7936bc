"""The one way to change the store: moves, in one transaction, with their fence and their journal.

A move whose fence does not hold raises `Stale`, and nothing of its transaction stays.
"""

import sqlite3
from datetime import datetime
from types import TracebackType

from assistant.core.moves import Joined, Move, New, Put, Ref
from assistant.errors import Stale
from assistant.instants import to_text
from assistant.jsontext import dump
from assistant.store.connection import translated
from assistant.store.rows import JSON_COLUMNS, stored
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Self

KEYS = {
    "slot": ("schedule_id", "at"),
    "attempt": ("step_id", "number"),
    "preference": ("name",),
    "channel": ("name",),
    "meta": ("name",),
    "event_taken": ("job_id", "event_id"),
    "service": ("name",),
    "standing": ("workflow",),
    "source": ("name",),
}
ID = ("id",)
WITH_REVISION = frozenset({"task", "schedule", "job", "request"})
ITEM_TABLES = frozenset({"task", "schedule", "request"})
SEARCHED = frozenset({"task", "schedule"})
# What a tick changes each time it looks at a source, whether anything happened there or not. The journal is about what
# happened, and would grow by hundreds of lines a day and, of a cursor, by up to a megabyte each time.
UNTOLD: dict[str, frozenset[str]] = {
    "source": frozenset({"cursor", "lease", "lease_until", "poll_at", "wake_at", "last_success_at"}),
}


class _Update(Value):
    """The texts of a change, put together once: what was there, and what is there now."""

    __slots__ = ("before", "change", "has_revision", "key")
    before: str
    change: str
    has_revision: bool
    key: tuple[str, ...]


_inserts: "dict[tuple[str, tuple[str, ...]], str]" = {}
_updates: "dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Update]" = {}


def _insert(table: str, columns: tuple[str, ...]) -> str:
    """The text of an insert, put together once: a tick writes the same few thousands of times."""
    text = _inserts.get((table, columns))
    if text is None:
        marks = ", ".join("?" * len(columns))
        text = _inserts[table, columns] = f"insert into {table} ({', '.join(columns)}) values ({marks})"
    return text


def _update(table: str, columns: tuple[str, ...], expect: tuple[str, ...]) -> _Update:
    """The texts of a change, put together once; `expect` names the columns of its fence beside the key."""
    texts = _updates.get((table, columns, expect))
    if texts is None:
        key = KEYS.get(table, ID)
        has_revision = table in WITH_REVISION
        changed = (*columns, "rev") if has_revision else columns
        condition = " and ".join(f"{column} is ?" for column in (*key, *expect))
        texts = _updates[table, columns, expect] = _Update(
            f"select {', '.join(changed)} from {table} where {condition}",
            f"update {table} set {', '.join(f'{column} = ?' for column in changed)} where {condition}",
            has_revision,
            key,
        )
    return texts


def _check_change(table: str, old: str, new: str) -> None:
    from assistant.core import states  # loaded only where a state changes

    global _check_change  # from now on the function itself
    _check_change = states.check_change
    states.check_change(table, old, new)


def _told(table: str, before: "dict[str, Any]", after: "dict[str, Any]") -> list[str]:
    """The columns of a tick's change that the journal speaks of."""
    return [column for column in after if column not in UNTOLD[table] and before[column] != after[column]]


def _parts(row: object) -> tuple[object, ...]:
    return row if isinstance(row, tuple) else (row,)


def _stale(table: str, row: object) -> Stale:
    return Stale(f"{table} {row} was changed meanwhile.", "nothing was changed; try again")


class Writing:
    """One write transaction: `with Writing(con, home, now) as writing: writing.apply(moves)`."""

    def __init__(
        self,
        con: sqlite3.Connection,
        home: str,
        now: datetime,
        command: str | None = None,
        tick_id: int | None = None,
    ) -> None:
        self.con = con
        self.home = home
        self.now = now
        self.at = to_text(now)
        self.command = command
        self.command_id: int | None = None
        self.tick_id = tick_id
        self.ids: dict[Ref, int] = {}
        self._version: int | None = None  # by which SQLite says that another connection wrote
        self._together = False  # whether the lines of several moves are written at once
        self._lines: list[tuple[Any, ...]] = []

    def __enter__(self) -> "Self":
        try:
            self.con.execute("begin immediate")
        except sqlite3.Error as error:
            raise translated(error, self.home) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self.con.execute("commit")
            except sqlite3.Error as refused:
                self._roll_back()
                raise translated(refused, self.home) from refused
            return
        self._roll_back()
        if isinstance(error, sqlite3.Error):
            raise translated(error, self.home) from error

    def _roll_back(self) -> None:
        if self.con.in_transaction:
            self.con.execute("rollback")

    def or_nothing(self, change: "Callable[[], object]") -> Exception | None:
        """Do a part of this transaction whole or not at all: the error that kept it from it, or None.

        What the disk or the file refuses ends the whole transaction.
        """
        self.con.execute("savepoint part")
        try:
            change()
        except Exception as error:
            if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.IntegrityError):
                raise
            self.con.execute("rollback to part")
            self.con.execute("release part")
            self._lines.clear()
            self._together = False
            return error
        self.con.execute("release part")
        return None

    def moment(self) -> "tuple[int, int]":
        """What differs whenever anybody has changed anything: what was read at the same moment still holds."""
        if self._version is None:  # nobody else writes while this transaction is open
            self._version = self.con.execute("pragma data_version").fetchone()[0]
        return self._version, self.con.total_changes

    def begin_tick(self, gap_s: int | None) -> int:
        """Make the row of the tick that writes here; how long nothing ticked before it, where that was long."""
        made = self.con.execute("insert into tick (began_at, gap_s) values (?, ?)", (self.at, gap_s))
        assert made.lastrowid is not None  # noqa: S101 - an insert that did not fail made a row
        self.tick_id = made.lastrowid
        return self.tick_id

    def end_tick(self, outcome: "dict[str, int]") -> None:
        """Write how the tick ended."""
        values = (self.at, dump(outcome), self.tick_id)
        self.con.execute("update tick set ended_at = ?, outcome = ? where id = ?", values)

    def apply(self, moves: list[Move], item: int | None = None) -> None:
        """Write the moves and a journal line for each; `item` is the number by which people know what moved."""
        self._together = True
        for move in moves:
            if isinstance(move, New):
                self._make(move, item)
            else:
                self._change(move, item)
        self._together = False
        self._write_lines()

    def remove_preference(self, name: str) -> None:
        """Delete a preference; its last value stays in the journal."""
        row = self.con.execute("select name, value, set_at from preference where name = ?", (name,)).fetchone()
        if row is None:
            return
        self.con.execute("delete from preference where name = ?", (name,))
        before = {"name": row[0], "value": row[1], "set_at": row[2]}
        self.journal("preference", name, None, "preference unset", before, None)

    def id_of(self, ref: Ref) -> int:
        """The id of a row that this transaction made."""
        return self.ids[ref]

    def note(self, what: str, item: int | None = None, tab: str = "", row: str = "", **after: "Any") -> None:
        """A journal line of something that changed no row."""
        self.journal(tab, row, item, what, None, after or None)

    def _make(self, move: New, item: int | None) -> None:
        table = move.table
        values = self._as_stored(move.values)
        if move.unless is not None and self._is_there(move, values[move.unless]):
            return
        made = self.con.execute(_insert(table, tuple(values)), tuple(values.values()))
        key = KEYS.get(table)
        row_id: int = values.get("id", made.lastrowid)  # type: ignore[assignment]  # an insert made a row
        self.ids[move.ref] = row_id
        if table in SEARCHED:
            self._index(row_id, values)
        if table == "number":
            return  # the row that bears the number says it
        row = "/".join([str(values[name]) for name in key]) if key else str(row_id)
        self.journal(table, row, self._item(table, row_id, values, item), move.what, None, values)

    def _is_there(self, move: New, value: "Any") -> bool:
        """Whether a row has that value already; later moves of the batch mean that one then."""
        there = self.con.execute(f"select id from {move.table} where {move.unless} = ?", (value,)).fetchone()
        if there is not None:
            self.ids[move.ref] = there[0]
        return there is not None

    def _change(self, move: Put, item: int | None) -> None:
        table, row = move.table, move.row
        if type(row) is not int:
            row = self._resolved(row)
        texts = _update(table, tuple(move.changes), tuple(move.expect))
        fence = [row] if texts.key is ID else [self._stored(*part) for part in zip(texts.key, _parts(row), strict=True)]
        text = str(row) if texts.key is ID else "/".join(map(str, fence))
        if move.expect:
            fence += self._as_stored(move.expect).values()
        changes = self._as_stored(move.changes)
        if move.before is not None:
            before = self._as_stored(move.before)
        else:
            found = self.con.execute(texts.before, fence).fetchone()
            if found is None:
                raise _stale(table, row)
            columns = (*changes, "rev") if texts.has_revision else changes
            before = dict(zip(columns, found, strict=True))
        if texts.has_revision:
            changes["rev"] = before["rev"] + 1
        if "state" in changes:
            _check_change(table, before["state"], changes["state"])
        # The same fence again: what was read and what is written are one.
        if self.con.execute(texts.change, (*changes.values(), *fence)).rowcount != 1:
            raise _stale(table, row)
        if table in SEARCHED and not changes.keys().isdisjoint(("title", "project", "tags")):
            self.index_again(table, row)
        if self.command is None and table in UNTOLD:
            told = _told(table, before, changes)
            if not told:
                return
            before, changes = ({column: image[column] for column in told} for image in (before, changes))
        self.journal(table, text, self._item(table, row, changes, item), move.what, before, changes)

    def _as_stored(self, values: "Mapping[str, Any]") -> "dict[str, Any]":
        """The values of a move as their columns keep them."""
        out = {}
        for column, value in values.items():
            kind = type(value)
            if value is None or kind is int:
                pass  # by far the most
            elif column in JSON_COLUMNS:
                value = self._stored(column, value)
            elif kind is datetime:
                value = to_text(value)
            elif kind is not str:
                value = str.__str__(value) if isinstance(value, str) else self._stored(column, value)
            out[column] = value
        return out

    def _stored(self, column: str, value: "Any") -> "Any":
        """A value of a move as its column keeps it."""
        return stored(column, self._resolved(value) if isinstance(value, (Ref, Joined, tuple)) else value)

    def _resolved(self, value: "Any") -> "Any":
        if isinstance(value, Ref):
            return self.ids[value]
        if isinstance(value, Joined):
            return "".join(str(self._resolved(part)) for part in value.parts)
        if isinstance(value, tuple):
            return tuple(map(self._resolved, value))
        return value

    def _item(self, table: str, row_id: "Any", values: "dict[str, Any]", item: int | None) -> int | None:
        if table in ITEM_TABLES and isinstance(row_id, int):
            return row_id
        if table == "job" and values.get("number"):
            return int(values["number"])
        return item

    def journal(
        self,
        table: str,
        row: str,
        item: int | None,
        what: str,
        before: "dict[str, Any] | None",
        after: "dict[str, Any] | None",
    ) -> None:
        """Write a journal line; the first one of a command makes the command's row."""
        if self.command is not None and self.command_id is None:
            made = self.con.execute("insert into command (at, words) values (?, ?)", (self.at, self.command))
            self.command_id = made.lastrowid
        was, is_now = None if before is None else dump(before), None if after is None else dump(after)
        self._lines.append((self.at, self.command_id, self.tick_id, table, row, item, what, was, is_now))
        if not self._together:
            self._write_lines()

    def _write_lines(self) -> None:
        self.con.executemany(
            "insert into journal (at, command_id, tick_id, tab, row, item, what, before, after)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._lines,
        )
        self._lines.clear()

    def _index(self, row_id: int, values: "dict[str, Any]") -> None:
        self.con.execute(
            "insert into words (rowid, title, project, tags) values (?, ?, ?, ?)",
            (row_id, values["title"], values.get("project") or "", values.get("tags") or ""),
        )

    def index_again(self, table: str, row_id: "int | str") -> None:
        """Bring the words that are searched up to date."""
        if table not in SEARCHED:
            return
        self.con.execute("delete from words where rowid = ?", (row_id,))
        self.con.execute(
            "insert into words (rowid, title, project, tags)"
            f" select id, title, coalesce(project, ''), tags from {table} where id = ?",
            (row_id,),
        )
