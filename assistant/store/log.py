"""Questions about the journal. Changes nothing."""

import sqlite3

from assistant.ports.records import JournalLine
from assistant.store.rows import read


def newest(con: sqlite3.Connection, item: int | None, limit: int | None) -> list[tuple[JournalLine, str | None]]:
    """The newest lines, oldest first, each with the words of its command; of one item where a number is given."""
    columns = ", ".join(f"journal.{field}" for field in JournalLine._fields)
    where = "where item is not null and item = ?" if item is not None else ""
    values = ([item] if item is not None else []) + [-1 if limit is None else limit]
    found = con.execute(
        f"select words, {columns} from journal left join command on command.id = journal.command_id {where}"
        " order by journal.id desc limit ?",
        values,
    )
    lines = [(read(JournalLine, row[1:]), row[0]) for row in found]
    lines.reverse()
    return lines
