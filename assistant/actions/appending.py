"""Append whole lines to a file, so that a probe can tell afterwards whether it happened.

Before the first byte, a note of the file and its size is on the disk. After a kill the probe compares what now stands
there with what was to stand there: all of it, it happened; nothing, it did not; a beginning of it and then the end of
the file, it is cut off and did not happen. Where another program rewrote the file, nobody can tell.
"""

import errno
import fcntl
import os
import stat
import time

from assistant.actions import effects
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOCK_S = 5.0  # another writer holds the lock for one fsync; who holds it longer is no writer of ours
PAUSE_S = 0.002


def append(call: Call, path: str, text: str, lock_s: float = LOCK_S) -> ActionOutcome:
    """Add the text as lines of their own. OSError where certainly nothing was added."""
    handle, made = _open(path)
    try:
        if not _lock(handle, lock_s):
            return NotDone(f"another program holds the lock of {path}")
        if not _names(path, handle):
            return NotDone(f"{path} was replaced at this moment")
        size = os.fstat(handle).st_size
        data = _lines(handle, size, text)
        if made or size == 0:
            effects.sync_folder(os.path.dirname(path))
        if call.home:
            effects.note(call.home, call.key, _facts(handle, path, size))
        return _append(call, handle, size, data, path)
    finally:
        os.close(handle)  # gives the lock back


def probe_append(call: Call, path: str, text: str, lock_s: float = LOCK_S) -> ActionOutcome:
    """Whether the text was added. Half of it is cut off."""
    if not call.home:
        return Unsure(f"nothing was noted before {path} was to be written")
    facts = effects.noted(call.home, call.key)
    if facts is None or facts.get("path") != path:
        return NotDone(f"nothing was begun on {path}")  # the note is on the disk before the first byte
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return Unsure(f"{path} is gone")
    try:
        if not _lock(handle, lock_s):
            return Unsure(f"another program holds the lock of {path}")
        return _compare(handle, facts, path, text)
    finally:
        os.close(handle)


def _compare(handle: int, facts: "dict[str, Any]", path: str, text: str) -> ActionOutcome:
    there = os.fstat(handle)
    size: int = facts["size"]
    if (there.st_dev, there.st_ino) != (facts["dev"], facts["ino"]) or there.st_size < size:
        return Unsure(f"{path} was replaced or shortened since")
    data = _lines(handle, size, text)
    found = os.pread(handle, len(data), size)
    if found == data:
        os.fsync(handle)
        return Done({"path": path})
    if data.startswith(found) and there.st_size == size + len(found):
        if found:
            os.ftruncate(handle, size)
            os.fsync(handle)
        return NotDone(f"{path} was not written" if not found else f"{path} was half written; that was taken back")
    return Unsure(f"{path} was written by another program since, from byte {size} on")


def _append(call: Call, handle: int, size: int, data: bytes, path: str) -> ActionOutcome:
    try:
        effects.write_all(handle, data)
        os.fsync(handle)
    except OSError as error:
        try:
            os.ftruncate(handle, size)
        except OSError:
            return Unsure(f"{path}: {error.strerror}, and what was written could not be taken back")
        if call.home:
            effects.forget(call.home, call.key)
        error.filename = path
        raise
    return Done({"path": path})


def _lines(handle: int, size: int, text: str) -> bytes:
    """The text as lines of their own: it neither continues the last line nor lets the next one continue it."""
    joins = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
    return (b"\n" if joins else b"") + text.encode("utf-8", "replace") + (b"" if text.endswith("\n") else b"\n")


def _facts(handle: int, path: str, size: int) -> "dict[str, Any]":
    there = os.fstat(handle)
    return {"path": path, "dev": there.st_dev, "ino": there.st_ino, "size": size}


def _open(path: str) -> tuple[int, bool]:
    """The file, and whether this call made it. A FIFO without a reader must not hold up the tick: hence O_NONBLOCK."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        handle, made = os.open(path, flags), False
    except FileNotFoundError:
        handle, made = os.open(path, flags | os.O_CREAT, 0o666), True
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "is no plain file", path)
    return handle, made


def _lock(handle: int, lock_s: float) -> bool:
    # flock and not lockf: locks of the latter are the process's, and threads of one tick would not see each other's.
    until = time.monotonic() + lock_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE_S)
            continue
        return True


def _names(path: str, handle: int) -> bool:
    """Whether the path still names the locked file: a rotated one is read by nobody."""
    ours = os.fstat(handle)
    try:
        there = os.stat(path)
    except FileNotFoundError:
        return False
    return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)
