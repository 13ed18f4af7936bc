"""What ticks said that nobody read. Two small files, both bounded: `tick.log` and `failures.log`.

`tick.log` is what the scheduler caught of the last tick, also where Python itself could not start: cron's line empties
it each minute, launchd adds to it. `failures.log` is what failed ticks wrote themselves, a line each, newest last.
"""

import os
from datetime import datetime

from assistant.instants import to_text

LONGEST = 64 * 1024
WORDS = 200


def note_failure(home: str, now: datetime, text: str) -> None:
    """Add a line to `failures.log`; the older half goes when it gets long. A disk that refuses is not insisted upon."""
    line = f"{to_text(now)} {' '.join(text.split())[: WORDS * 5]}\n"
    path = os.path.join(home, "failures.log")
    try:
        trim(path)
        trim(os.path.join(home, "tick.log"))  # launchd only ever adds to it
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.write(line)
    except OSError:
        return


def trim(path: str) -> None:
    """Keep the newer half of a file that has grown long."""
    if not os.path.exists(path) or os.path.getsize(path) <= LONGEST:
        return
    with open(path, "r+b") as file:
        file.seek(-LONGEST // 2, os.SEEK_END)
        kept = file.read().partition(b"\n")[2]
        file.seek(0)
        file.write(kept)
        file.truncate()


def last_words(home: str, since: datetime | None = None) -> str | None:
    """The last line of `tick.log`, or None where the last tick was silent, or nothing was added since an instant."""
    path = os.path.join(home, "tick.log")
    lines = _lines(path)
    if not lines or (since is not None and os.path.getmtime(path) < since.timestamp()):
        return None
    return lines[-1][:WORDS]


def failures_since(home: str, since: datetime) -> tuple[int, str]:
    """How many failures were noted since an instant, and the latest."""
    lines = [line for line in _lines(os.path.join(home, "failures.log")) if line[:20] >= to_text(since)]
    return len(lines), lines[-1][:WORDS] if lines else ""


def _lines(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 2 * LONGEST))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]
