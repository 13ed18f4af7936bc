"""The journal of a store must fold to its rows."""

import sqlite3

from assistant.store.fold import TABLES, why_not_folded


def check_fold(con: sqlite3.Connection) -> None:
    """The journal has no gap, each line begins where the one before it ended, and all of them make the rows."""
    why = why_not_folded(con)
    assert why is None, why


__all__ = ["TABLES", "check_fold"]
