"""Take back the latest command, whole, by the before-images in the journal. Decides nothing else.

What something in the world came of cannot be taken back: a row that a tick or a later command has changed since.
"""

import sqlite3

from assistant.errors import NotPossible
from assistant.ports.records import JournalLine
from assistant.store.rows import select
from assistant.store.write import KEYS, WITH_REVISION, Writing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# A row that a command made and whose number was seen is not deleted; it goes into the state that says so.
UNMADE: "dict[str, dict[str, Any]]" = {
    "task": {"state": "dropped"},
    "schedule": {"state": "ended", "next_at": None, "snoozed_to": None, "reason": "undone"},
    "request": {"state": "withdrawn", "step_id": None},
    "job": {"state": "cancelled", "reason": "undone"},
    "channel": {},
    "source": {"lease": None, "lease_until": None},
    "workflow": {"state": "removed"},
}
WITH_REMOVAL = frozenset({"channel", "source"})
# What nobody has seen yet goes: a step that stayed would still wake, a message would hold its key.
DELETED = frozenset({"slot", "preference", "step", "message", "event_taken", "standing", "meta"})


class Undone(Value):
    """The command that was taken back, the numbers it had touched, and the rows of workflow versions."""

    __slots__ = ("words", "at", "numbers", "versions")
    words: str
    at: str
    numbers: tuple[int, ...]
    versions: tuple[int, ...]


def undo_latest(writing: Writing) -> Undone:
    """Take back the latest command that is not yet undone."""
    con = writing.con
    row = con.execute(
        "select id, at, words from command where undone_by is null and words <> 'undo' order by id desc limit 1"
    ).fetchone()
    if row is None:
        raise NotPossible("There is nothing to undo.", "ask log shows what happened")
    command, at, words = row
    lines = select(con, JournalLine, "where command_id = ? order by id desc", (command,))
    for line in lines:
        _check_untouched(con, line, lines[0].id, words)
    for line in lines:
        _take_back(writing, line)
    writing.note("undone", row=str(command), tab="command", command=words)
    con.execute(
        "update command set undone_by = ? where id in (?, ?)", (writing.command_id, command, writing.command_id)
    )
    numbers = tuple(dict.fromkeys(line.item for line in reversed(lines) if line.item is not None))
    versions = tuple(int(line.row) for line in reversed(lines) if line.tab == "workflow")
    return Undone(words, at, numbers, versions)


def _check_untouched(con: sqlite3.Connection, line: JournalLine, last: int, words: str) -> None:
    """No row of the command may have changed after its last line, but for changes that were taken back again.

    What was told of an event, or by one, went out already.
    That a tick looked at a source is no reason: nothing else came of its row.
    """
    if line.tab == "event":
        (what,) = con.execute("select name from event where id = ?", (line.row,)).fetchone()
        raise NotPossible(f'"ask {words}" cannot be undone: {what} was told to all that wait for it.',
                          "ask log shows what came of it; ask cancel ID ends a job that it started")  # fmt: skip
    by_command = " and command_id is not null" if line.tab == "source" else ""
    newest = con.execute(
        f"select what from journal where id > ? and tab = ? and row = ?{by_command} and not exists ("
        "select 1 from command where command.id = command_id and undone_by is not null) order by id desc limit 1",
        (last, line.tab, line.row),
    ).fetchone()
    if newest is None:
        return
    what = f"{line.tab} {line.row} went on since: {newest[0]}"
    number = f" {line.item}" if line.item is not None else ""
    raise NotPossible(f'"ask {words}" cannot be undone: {what}.', f"see what came of it: ask show{number}".rstrip())


def _take_back(writing: Writing, line: JournalLine) -> None:
    if line.before is None and not _is_seen(line):
        return
    key = KEYS.get(line.tab, ("id",))
    where: dict[str, Any] = dict(zip(key, _key_values(line), strict=True))
    condition = " and ".join(f"{column} = ?" for column in where)
    if line.after is None and line.before is not None:
        names = ", ".join(line.before)
        marks = ", ".join("?" * len(line.before))
        values = tuple(line.before.values())
        writing.con.execute(f"insert into {line.tab} ({names}) values ({marks})", values)
        writing.journal(line.tab, line.row, line.item, "undone", None, line.before)
        return
    if line.before is None and line.tab in DELETED:
        writing.con.execute(f"delete from {line.tab} where {condition}", tuple(where.values()))
        writing.journal(line.tab, line.row, line.item, "undone", line.after, None)
        return
    back = dict(line.before) if line.before is not None else dict(UNMADE.get(line.tab, {}))
    if line.before is None and line.tab in ("task", "schedule", "request", "job"):
        back["ended_at"] = writing.at
    if line.before is None and line.tab in WITH_REMOVAL:
        back["removed_at"] = writing.at
    back.pop("rev", None)
    if not back:
        return
    now = _present(writing.con, line.tab, condition, tuple(where.values()), tuple(back))
    sets = ", ".join(f"{column} = ?" for column in back)
    if line.tab in WITH_REVISION:
        sets += ", rev = rev + 1"
    writing.con.execute(f"update {line.tab} set {sets} where {condition}", (*back.values(), *where.values()))
    if line.tab in WITH_REVISION:
        back |= _present(writing.con, line.tab, condition, tuple(where.values()), ("rev",))
    writing.index_again(line.tab, line.row)
    writing.journal(line.tab, line.row, line.item, "undone", now, back)


def _is_seen(line: JournalLine) -> bool:
    """Whether a row that was made is anybody's: a number alone, and what is built in, stay as they are."""
    return line.tab != "number" and (line.tab != "workflow" or bool((line.after or {}).get("text")))


def _key_values(line: JournalLine) -> "list[Any]":
    if line.tab not in KEYS or len(KEYS[line.tab]) == 1:
        return [line.row]
    first, _, second = line.row.partition("/")
    return [first, second]


def _present(
    con: sqlite3.Connection, table: str, condition: str, values: "tuple[Any, ...]", columns: tuple[str, ...]
) -> "dict[str, Any]":
    row = con.execute(f"select {', '.join(columns)} from {table} where {condition}", values).fetchone()
    return dict(zip(columns, row, strict=True))
