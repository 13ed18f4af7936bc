"""Read the journal: what happened, of all items or of one. Changes nothing."""

import sqlite3
from datetime import datetime

from assistant.app.items import find_row
from assistant.app.session import Session
from assistant.store import log
from assistant.store.connection import translated
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LoggedLine(Value):
    """One change of one row, with the command that made it; `words` is None where a tick did."""

    __slots__ = ("id", "at", "command_id", "tick_id", "tab", "row", "item", "what", "before", "after", "words")
    id: int
    at: datetime
    command_id: int | None
    tick_id: int | None
    tab: str
    row: str
    item: int | None
    what: str
    before: "dict[str, Any] | None"
    after: "dict[str, Any] | None"
    words: str | None


def lines_of(session: Session, number: int | None, limit: int | None) -> list[LoggedLine]:
    """The newest lines, oldest first; of one item where a number is given."""
    try:
        if number is not None:
            find_row(session.reading, number)
        found = log.newest(session.reading, number, limit)
    except sqlite3.Error as error:
        raise translated(error, session.home) from error
    return [LoggedLine(*(*line.as_tuple(), words)) for line, words in found]
