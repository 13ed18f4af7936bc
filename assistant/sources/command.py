"""The source `command:///path`: a program whose JSON lines are events. No shell ever reads any of it.

A line `{"event": "door.opened", "key": "…", "data": {…}, "at": "…"}` is an event; `key` says which ones are the same,
`data` and `at` may be left out. A line `{"cursor": …}` is handed back at the next poll as ASK_CURSOR, the last one
counts. A line that is neither is named in the note, and the others count. An exit code other than 0 is a failure:
nothing of that run counts, and the next one gets the same cursor again.
"""

import os
from datetime import UTC, datetime

from assistant.errors import UsageError
from assistant.file_url import path_of
from assistant.jsontext import dump
from assistant.ports.source import Asking, Failed, Polled, SourceEvent
from assistant.sources.keys import key_of
from assistant.sources.place import kept, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GRACE_S = 5.0
MOST_OUTPUT = 4 << 20  # bytes
MOST_LINES = 10_000
MOST_CURSOR = 64 << 10  # bytes; the system bounds a variable of the environment to twice as much
MOST_NAME = 100
SHOWN = 5
NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:")


class BadLine(Exception):
    """A line that is no event and no cursor."""


class Lines:
    """What a program wrote, line by line."""

    def __init__(self, source: str, now: datetime) -> None:
        self.source = source
        self.now = now
        self.events: list[SourceEvent] = []
        self.cursor: Any = None
        self.has_cursor = False
        self.bad: list[str] = []

    def take(self, number: int, line: bytes) -> None:
        """Read one line; a bad one is noted."""
        try:
            self._take(_object(line))
        except BadLine as error:
            self.bad.append(f"line {number}: {error}")

    def note(self) -> str | None:
        """The bad lines, as far as a person wants to read them."""
        if not self.bad:
            return None
        more = len(self.bad) - SHOWN
        return "; ".join(self.bad[:SHOWN]) + (f"; and {more} more" if more > 0 else "")

    def _take(self, said: "dict[str, Any]") -> None:
        if "event" in said:
            self.events.append(_event(said, self.source, self.now))
        elif "cursor" in said:
            self.cursor, self.has_cursor = said["cursor"], True
        else:
            raise BadLine('it has neither "event" nor "cursor"')


class CommandSource:
    """Runs one program. `url` is a checked one."""

    def __init__(self, url: str, name: str, grace_s: float = GRACE_S) -> None:
        self.path = path_of(split(url, ())[0])
        self.name = name
        self.grace_s = grace_s

    @staticmethod
    def check(url: str) -> str:
        """`command:///path` of a file that may be executed."""
        path = path_of(split(url, ())[0])
        if not os.path.isfile(path):
            what = "is no file" if os.path.exists(path) else "is not there"
            raise UsageError(f"{url!r}: {path} {what}.", "write the absolute path of a program")
        if not os.access(path, os.X_OK):
            raise UsageError(f"{url!r} cannot be executed.", f"chmod u+x {path}")
        return kept("command", path)

    def poll(self, cursor: "dict[str, Any] | None", now: datetime, asking: Asking) -> Polled | Failed:
        """Run the program; ASK_SOURCE and ASK_CURSOR stand in its environment."""
        from assistant.program import NotStarted, run

        last = cursor.get("cursor") if isinstance(cursor, dict) else None
        said_before = "" if last is None else dump(last)
        environment = {**os.environ, "ASK_SOURCE": self.name, "ASK_CURSOR": said_before}
        timeout_s = asking.timeout.total_seconds()
        ran = run([self.path], b"", environment, timeout_s, self.grace_s, first=MOST_OUTPUT, stop=asking.stop)
        if isinstance(ran, NotStarted):
            return Failed(f"cannot be started: {ran.reason}", permanent=not ran.passing)
        said = f": {ran.said}" if ran.said else ""
        if ran.code is None:
            return Failed(f"{self.path} was stopped{'' if ran.asked else f' after {timeout_s:g} s'}{said}")
        if ran.code < 0:
            return Failed(f"{self.path} was ended by signal {-ran.code}{said}")
        if ran.code > 0:
            return Failed(f"{self.path}: exit {ran.code}{said}")
        if ran.out.total > MOST_OUTPUT:
            return Failed(f"{self.path} wrote {ran.out.total:,} bytes; {MOST_OUTPUT:,} at most are read")
        return self._polled(ran.out.first, last, now)

    def due(self, cursor: "dict[str, Any] | None", now: datetime, asking: Asking) -> Polled:
        """A program tells nothing unless it is run."""
        return Polled((), cursor or {})

    def _polled(self, out: bytes, last: "Any", now: datetime) -> Polled | Failed:
        lines = Lines(self.name, now)
        for number, line in enumerate(out.split(b"\n"), 1):
            if line.strip():
                if number > MOST_LINES:
                    return Failed(f"{self.path} wrote more than {MOST_LINES:,} lines; give a cursor and stop earlier")
                lines.take(number, line)
        cursor = lines.cursor if lines.has_cursor else last
        if len(dump(cursor).encode()) > MOST_CURSOR:
            return Failed(f"the cursor of {self.path} is over {MOST_CURSOR >> 10} KiB; keep more in a file")
        return Polled(tuple(lines.events), {"v": 1, "cursor": cursor}, lines.note())


def _object(line: bytes) -> "dict[str, Any]":
    from json import loads

    try:
        said = loads(line.decode())
        dump(said).encode()  # NaN and half characters have no place in a store
    except UnicodeDecodeError as error:
        raise BadLine("it is no UTF-8") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise BadLine(f"{line[:40].decode('utf-8', 'replace').strip()!r} is no JSON") from error
    if not isinstance(said, dict):
        raise BadLine("it is no JSON object")
    return said


def _event(said: "dict[str, Any]", source: str, now: datetime) -> SourceEvent:
    name, key, data = said["event"], said.get("key"), said.get("data")
    if not isinstance(name, str) or not 0 < len(name) <= MOST_NAME or not NAME_LETTERS.issuperset(name):
        raise BadLine(f'"event" is {dump(name)[:60]}; write a name such as "door.opened"')
    if isinstance(key, int) and not isinstance(key, bool):
        key = str(key)
    if not isinstance(key, str) or not key:
        raise BadLine(f'"key" is {dump(key)[:60]}; write what makes this event the same one when it is told again')
    if data is not None and not isinstance(data, dict):
        raise BadLine(f'"data" is {dump(data)[:60]}; write an object')
    return SourceEvent(name, key_of(source, name, key), _at(said.get("at"), now), {**(data or {}), "source": source})


def _at(said: "Any", now: datetime) -> datetime:
    if said is None:
        return now
    try:
        at = datetime.fromisoformat(said)
        if at.tzinfo is None:
            raise ValueError
        return at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise BadLine(f'"at" is {dump(said)[:60]}; write an instant such as 2026-11-25T09:00:00+01:00') from error
