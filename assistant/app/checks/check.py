"""One check of `ask doctor`, and what the checks share."""

import os
import sqlite3
from datetime import datetime, timedelta

from assistant.app.schedulers.machine import Machine
from assistant.app.schedulers.order import Order
from assistant.value import Value


class Check(Value):
    """What was looked at, whether it is well, what was seen, and what to do where it is not."""

    __slots__ = ("name", "ok", "detail", "fix")
    name: str
    ok: bool
    detail: str
    fix: str | None = None


class Patient(Value):
    """What all checks look at. `con` is None where there is no store, or none that opens."""

    __slots__ = ("home", "now", "zone", "machine", "order", "con")
    home: str
    now: datetime
    zone: str
    machine: Machine
    order: Order | None  # None where the program of ask cannot be found
    con: sqlite3.Connection | None


def may_write(path: str) -> bool:
    """Whether this process may write there, by the identity it acts under."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def said(span: timedelta) -> str:
    """A span in its two largest units.

    >>> said(timedelta(days=1, hours=2, minutes=3)), said(timedelta(seconds=75)), said(timedelta(seconds=9))
    ('1 d 2 h', '1 min 15 s', '9 s')
    """
    seconds = max(0, int(span.total_seconds()))
    parts = [
        f"{seconds // size % most} {name}"
        for size, most, name in ((86400, 10**9, "d"), (3600, 24, "h"), (60, 60, "min"), (1, 60, "s"))
        if seconds // size % most
    ]
    return " ".join(parts[:2]) or "0 s"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "gap"), counted(2, "gap"), counted(2, "body", "bodies")
    ('1 gap', '2 gaps', '2 bodies')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"
