"""The source `folder:///path`: files that are new, changed or gone. Looks at names, sizes and times, never inside.

A file counts once it is settled: its size and time stood still between two polls, or its time is over two seconds old.
Subfolders, hidden and temporary files are left out, and so are links that lead out of the folder. The first poll takes
stock. A folder that is away, or looks like a mount point with nothing mounted, is a failure and not a thousand files
gone.
"""

import os
import stat
from datetime import UTC, datetime, timedelta

from assistant.errors import UsageError
from assistant.file_url import path_of
from assistant.jsontext import dump
from assistant.ports.source import CURSOR_BYTES, MOST_EVENTS, Asking, Failed, Polled, SourceEvent
from assistant.sources.keys import digest, key_of
from assistant.sources.place import kept, split
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MOST_FILES = 10_000
SETTLED = timedelta(seconds=2)
REMEMBERED = 1000  # files that are gone, so that one which comes back gets another key
TEMPORARY = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".swx", "~")
TEMPORARY_BEGINS = (".", "~$", "#")
SYSTEMS_OWN = frozenset({"thumbs.db", "desktop.ini"})


class Seen(Value):
    """One file as it stands now."""

    __slots__ = ("size", "mtime_ns")
    size: int
    mtime_ns: int


class Known(Value):
    """What the cursor holds: files told, files not yet settled, files gone, and the folder's device."""

    __slots__ = ("files", "waiting", "gone", "device")
    files: dict[str, tuple[int, int, str]]  # size, mtime_ns, and what its keys are made of
    waiting: dict[str, Seen]
    gone: dict[str, str]
    device: int


class Unusable(Exception):
    """The folder cannot be looked at. `permanent`: until a person changes something."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class FolderSource:
    """Looks at one folder. `url` is a checked one."""

    def __init__(self, url: str, name: str) -> None:
        self.path = path_of(split(url, ())[0])
        self.name = name

    @staticmethod
    def check(url: str) -> str:
        """`folder:///path` of a folder that may be listed."""
        path = path_of(split(url, ())[0])
        if not os.path.isdir(path):
            what = "is no folder" if os.path.exists(path) else "is not there"
            raise UsageError(f"{url!r}: {path} {what}.", "write the absolute path of a folder")
        if not os.access(path, os.R_OK | os.X_OK):
            raise UsageError(f"{url!r} cannot be listed.", f"chmod u+rx {path}")
        return kept("folder", path.rstrip("/") or "/")

    def poll(self, cursor: "dict[str, Any] | None", now: datetime, asking: Asking) -> Polled | Failed:
        """Compare the folder with what was told of it."""
        before = _read(cursor)
        try:
            there, device, unreadable = _list(self.path)
            if before is not None and not there and before.files and device != before.device:
                raise Unusable(f"{self.path} is empty and on another disk than before; is its own disk mounted?")
        except Unusable as error:
            return Failed(str(error), error.permanent)
        after = Known({}, {}, {}, device) if before is None else _copied(before, device)
        changes = list(self._changes(before, after, there, now))
        written = _write(after)
        if len(dump(written).encode("utf-8", "replace")) > CURSOR_BYTES:
            return Failed(f"the names in {self.path} are too long together; watch a smaller folder", permanent=True)
        events = tuple(sorted(changes[:MOST_EVENTS], key=lambda event: event.at))
        note = f"{unreadable} names are no UTF-8 and are left out" if unreadable else None
        return Polled(events, written, note, more=len(changes) > MOST_EVENTS)

    def due(self, cursor: "dict[str, Any] | None", now: datetime, asking: Asking) -> Polled:
        """Nothing happens in a folder by the clock alone."""
        return Polled((), cursor or {})

    def _changes(
        self, before: Known | None, after: Known, there: dict[str, Seen], now: datetime
    ) -> "Iterator[SourceEvent]":
        """Every change, oldest first; those that are told are entered in `after`, one more is given and is not."""
        after.waiting.clear()
        told = 0
        for name, seen in sorted(there.items(), key=lambda item: (item[1].mtime_ns, item[0])):
            known = after.files.get(name)
            if known is not None and known[:2] == (seen.size, seen.mtime_ns):
                continue
            if not _is_settled(seen, before.waiting.get(name) if before else None, now):
                after.waiting[name] = seen
                continue
            event = "folder.new" if known is None else "folder.changed"
            last = known[2] if known else after.gone.get(name, "")
            mark = digest(last, name, str(seen.size), str(seen.mtime_ns))
            if before is not None:
                yield self._event(event, name, seen.size, mark, _instant(seen.mtime_ns, now))
                told += 1
                if told > MOST_EVENTS:
                    return
            after.files[name] = (seen.size, seen.mtime_ns, mark)
            after.gone.pop(name, None)
        for name in sorted(after.files.keys() - there.keys()):
            size, _, last = after.files[name]
            mark = digest(last, "gone")
            yield self._event("folder.gone", name, size, mark, now)
            told += 1
            if told > MOST_EVENTS:
                return
            del after.files[name]
            after.gone[name] = mark
        for name in list(after.gone)[:-REMEMBERED]:
            del after.gone[name]

    def _event(self, event: str, name: str, size: int, mark: str, at: datetime) -> SourceEvent:
        data = {"path": os.path.join(self.path, name), "name": name, "size": size, "source": self.name}
        return SourceEvent(event, key_of(self.name, event, mark), at, data)


def _list(path: str) -> tuple[dict[str, Seen], int, int]:
    """The files that count, the device of the folder, and how many names no text can bear."""
    found: dict[str, Seen] = {}
    unreadable = 0
    try:
        device = os.stat(path).st_dev
        real = os.path.realpath(path)
        with os.scandir(path) as entries:
            for entry in entries:
                seen = None if _is_passing(entry.name) else _look(entry, real)
                if seen is None:
                    continue
                if not _is_text(entry.name):
                    unreadable += 1
                    continue
                if len(found) >= MOST_FILES:
                    raise Unusable(
                        f"{path} holds more than {MOST_FILES:,} files; watch a smaller folder", permanent=True
                    )
                found[entry.name] = seen
    except OSError as error:
        gone = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise Unusable(f"{path} {'is no folder any more' if gone else error.strerror or error}") from error
    return found, device, unreadable


def _look(entry: "os.DirEntry[str]", real: str) -> Seen | None:
    """Size and time of a file, also of one that a link within the folder leads to; None for all else."""
    try:
        if entry.is_symlink() and os.path.dirname(os.path.realpath(entry.path)) != real:
            return None
        found = os.stat(entry.path)
    except OSError:  # it has gone meanwhile, or the link leads nowhere
        return None
    return Seen(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _is_passing(name: str) -> bool:
    """Whether a name is one of a hidden or a temporary file.

    >>> [name for name in (".x", "a.pdf", "a.pdf.part", "~$a.docx", "a~", "Thumbs.db") if not _is_passing(name)]
    ['a.pdf']
    """
    lower = name.lower()
    return lower.startswith(TEMPORARY_BEGINS) or lower.endswith(TEMPORARY) or lower in SYSTEMS_OWN


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_settled(seen: Seen, waited: Seen | None, now: datetime) -> bool:
    """A file that is still written to has another size or time at the next look."""
    return waited == seen or seen.mtime_ns <= (now - SETTLED).timestamp() * 1e9


def _instant(mtime_ns: int, now: datetime) -> datetime:
    """When it was written; now, where its time lies ahead or before all calendars."""
    try:
        return min(now, datetime.fromtimestamp(mtime_ns // 10**9, UTC))
    except (ValueError, OverflowError, OSError):
        return now


# The cursor


def _read(cursor: "dict[str, Any] | None") -> Known | None:
    """What a cursor says; None where it says nothing that can be read."""
    try:
        if cursor is None or cursor["v"] != 1:
            return None
        files = {name: (int(size), int(mtime), str(mark)) for name, (size, mtime, mark) in cursor["files"].items()}
        waiting = {name: Seen(size, mtime) for name, (size, mtime) in cursor["waiting"].items()}
        return Known(files, waiting, dict(cursor["gone"]), int(cursor["device"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _copied(known: Known, device: int) -> Known:
    return Known(dict(known.files), dict(known.waiting), dict(known.gone), device)


def _write(known: Known) -> "dict[str, Any]":
    return {
        "v": 1,
        "device": known.device,
        "files": {name: list(file) for name, file in known.files.items()},
        "waiting": {name: [seen.size, seen.mtime_ns] for name, seen in known.waiting.items()},
        "gone": known.gone,
    }
