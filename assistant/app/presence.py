"""When the person last used `ask` at a terminal: the time of an empty file in the home folder. Opens no store.

A mark in the store would make each `ask list` a write, and what scripts do says nothing of the person. The mark stays
where it is while what changed in a longer absence was not shown yet.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

FILE = "person"
AWAY = timedelta(days=3)
FRESH = timedelta(hours=1)  # a younger mark is not written again


def is_at_terminal() -> bool:
    """Whether a person reads what is printed."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def last_seen(home: str) -> datetime | None:
    """When a person was last at a terminal here; None where nobody was."""
    try:
        return datetime.fromtimestamp(int(os.stat(os.path.join(home, FILE)).st_mtime), UTC)
    except OSError:
        return None


def away_since(home: str, now: datetime) -> datetime | None:
    """Since when the person was away, where that is long; else None."""
    seen = last_seen(home)
    return seen if seen is not None and now - seen >= AWAY else None


def note(home: str, now: datetime) -> None:
    """The person is here. Where that cannot be noted, what changed is shown once more another time."""
    seen = last_seen(home)
    if seen is not None and timedelta(0) <= now - seen < FRESH:
        return
    path = os.path.join(home, FILE)
    try:
        if seen is None:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        os.utime(path, (now.timestamp(), now.timestamp()))
    except OSError:
        return
