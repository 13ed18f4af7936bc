"""The rows of sources. Reads only."""

import sqlite3
from datetime import datetime

from assistant.instants import to_text
from assistant.ports.records import SourceRow
from assistant.store.rows import first, select


def all_sources(con: sqlite3.Connection) -> list[SourceRow]:
    """The sources that are there, by name."""
    return select(con, SourceRow, "where removed_at is null order by name")


def source(con: sqlite3.Connection, name: str) -> SourceRow | None:
    """A source by its name, also one that was removed."""
    return first(con, SourceRow, "where name = ?", (name,))


def sources_due(con: sqlite3.Connection, now: datetime, most: int) -> list[SourceRow]:
    """Sources that nobody looks at and that may have something to tell, the longest due first."""
    rest = "indexed by sources_due where removed_at is null and lease is null and wake_at <= ?"
    return select(con, SourceRow, f"{rest} order by wake_at, name limit ?", (to_text(now), most))


def leased_sources(con: sqlite3.Connection) -> list[SourceRow]:
    """Sources that a worker looks at, or looked at when it died."""
    return select(con, SourceRow, "indexed by sources_leased where lease is not null order by name")
