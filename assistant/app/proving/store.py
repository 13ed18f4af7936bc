"""A real store in memory, of which each commit has a boundary before and after it, and whose disk may be full."""

import sqlite3
from functools import cache
from typing import Any

from assistant.app.proving.world import Outside
from assistant.store.migrate import migrate


class Connection(sqlite3.Connection):
    """A real connection with boundaries."""

    outside: Outside | None = None
    writes = 0
    full_at: int | None = None
    is_fine = False  # whether there is a boundary before each transaction too

    def __del__(self) -> None:
        # Proofs drop stores by the hundred; Python 3.13 warns of each that nobody closed.
        try:
            self.close()
        except sqlite3.ProgrammingError:  # collected in another thread than its own
            return

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Run one statement."""
        if sql.startswith(("insert", "update", "commit")):
            self.writes += 1
            if self.writes == self.full_at:
                raise sqlite3.OperationalError("database or disk is full")
        if self.outside is None or (sql != "commit" and not (self.is_fine and sql == "begin immediate")):
            return super().execute(sql, *values)
        if sql != "commit":
            self.outside.boundary("before begin")
            return super().execute(sql, *values)
        self.outside.boundary("before commit")
        done = super().execute(sql, *values)
        self.outside.boundary("after commit")
        return done


@cache
def _empty() -> bytes:
    con = sqlite3.connect(":memory:", isolation_level=None)
    migrate(con, "", 0)
    con.execute("update meta set value = 'store' where name = 'store_id'")
    made = con.serialize()
    con.close()
    return made


def open_store(outside: Outside | None = None, content: bytes | None = None) -> Connection:
    """A store in memory: a new one of the present schema, or one that was serialised."""
    con = sqlite3.connect(
        ":memory:", isolation_level=None, factory=Connection, check_same_thread=False, cached_statements=1000
    )
    con.deserialize(content or _empty())
    con.execute("pragma foreign_keys = on")
    con.outside = outside
    return con
