"""The channel `file:///path.jsonl`: a JSON line a message. Never leaves half a line, never the same key twice.

A writer that is killed leaves at most a last line without its newline; the next one cuts it off. A message whose
delivery is doubtful is looked up, from the end backwards and in bounded memory, under the lock under which it would be
written. It is `Sent` only after fsync.
"""

import errno
import fcntl
import os
import stat
import time

from assistant.channels.lines import cut_half_line, find_key
from assistant.channels.message import as_json
from assistant.errors import UsageError
from assistant.file_url import path_of
from assistant.ports.channel import Delivery, Doubtful, NotSent, SendOutcome, Sent

LOCK_S = 5.0  # another writer holds the lock for one fsync; who holds it longer is no writer of ours
PAUSE_S = 0.002
REOPENED = 3  # times a file that is rotated at this moment is opened anew
PASSING = frozenset(
    {errno.ENOENT, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EINTR}
)


class FileChannel:
    """Appends to one file. `url` is a checked one."""

    can_tell = True

    def __init__(self, url: str, name: str, home: str, lock_s: float = LOCK_S) -> None:
        self.path = path_of(url)
        self.lock_s = lock_s

    @staticmethod
    def check(url: str) -> str:
        """`file:///path`: absolute, a file or nothing yet, in a folder that exists or can be made."""
        path = path_of(url)
        if os.path.isdir(path) or path.endswith("/"):
            raise UsageError(f"{url!r} names a folder.", f"write file://{path.rstrip('/')}/rings.jsonl")
        if os.path.exists(path):
            if not os.path.isfile(path):
                raise UsageError(f"{url!r} is no plain file.", "name a file that may be written")
            if not os.access(path, os.W_OK | os.R_OK):
                raise UsageError(f"{url!r} cannot be written.", f"chmod u+rw {path}, or name another file")
        else:
            _check_folder(url, os.path.dirname(path))
        return f"file://{path}"

    @staticmethod
    def prepare(url: str) -> None:
        """Make the folder, for its owner only."""
        folder = os.path.dirname(path_of(url))
        try:
            os.makedirs(folder, 0o700, exist_ok=True)
        except OSError as error:
            raise UsageError(f"The folder {folder} cannot be made: {error.strerror}.", "name another file") from error

    def deliver(self, delivery: Delivery) -> SendOutcome:
        """Append the message, unless it is doubtful and already there."""
        try:
            for _ in range(REOPENED):
                outcome = self._deliver(delivery)
                if outcome is not None:
                    return outcome
        except OSError as error:
            return _refused(self.path, error)
        return NotSent(f"{self.path} is replaced again and again")

    def _deliver(self, delivery: Delivery) -> SendOutcome | None:
        """What came of it; None where the path names another file by the time its lock is held."""
        handle, made = _open(self.path)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return NotSent(f"{self.path} is no plain file", permanent=True)
            if not _lock(handle, self.lock_s):
                return NotSent(f"another program holds the lock of {self.path}")
            if not _is_still(self.path, handle):
                return None
            return self._under_lock(handle, made, delivery)
        finally:
            os.close(handle)  # gives the lock back

    def _under_lock(self, handle: int, made: bool, delivery: Delivery) -> SendOutcome:
        end = cut_half_line(handle)
        if delivery.doubtful:
            place = find_key(handle, end, delivery.key)
            if place is not None:
                os.fsync(handle)  # the writer that was killed may not have come so far
                return Sent(f"was in {self.path} already, at byte {place}")
        if made or end == 0:
            _sync_folder(self.path)  # before the line: a message that is in the file must not count as not sent
        return _append(handle, end, (as_json(delivery) + "\n").encode("utf-8", "replace"), self.path)


def _check_folder(url: str, folder: str) -> None:
    there = folder
    while not os.path.exists(there) and there != os.path.dirname(there):
        there = os.path.dirname(there)
    if not os.path.isdir(there):
        raise UsageError(f"{url!r}: {there} is no folder.", "name a file in a folder")
    if not os.access(there, os.W_OK | os.X_OK):
        what = "cannot be written" if there == folder else f"has no folder {folder}, and none can be made there"
        raise UsageError(f"{url!r}: {there} {what}.", "name a file in a folder of yours")


def _open(path: str) -> tuple[int, bool]:
    """The file, and whether this call made it. POSIX leaves open how a FIFO is opened both ways: hence O_NONBLOCK."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        return os.open(path, flags), False
    except FileNotFoundError:
        pass
    try:
        return os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600), True
    except FileExistsError:
        return os.open(path, flags), False


def _lock(handle: int, lock_s: float) -> bool:
    # flock and not lockf: locks of the latter are the process's, and threads of one tick would not see each other's.
    until = time.monotonic() + lock_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno != errno.EWOULDBLOCK:
                raise
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE_S)
            continue
        return True


def _is_still(path: str, handle: int) -> bool:
    """Whether the path still names the locked file: a rotated one is read by nobody."""
    ours = os.fstat(handle)
    try:
        there = os.stat(path)
    except FileNotFoundError:
        return False
    return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)


def _append(handle: int, end: int, line: bytes, path: str) -> SendOutcome:
    try:
        written = 0
        while written < len(line):
            written += os.write(handle, line[written:])
        os.fsync(handle)
    except OSError as error:
        try:
            os.ftruncate(handle, end)
        except OSError:
            if written == len(line):
                return Doubtful(f"{path}: {error.strerror}, and what was written could not be taken back")
        return _refused(path, error)
    return Sent(f"in {path} at byte {end}")


def _sync_folder(path: str) -> None:
    handle = os.open(os.path.dirname(path), os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: str, error: OSError) -> NotSent:
    if error.errno == errno.ENOENT:
        return NotSent(f"the folder of {path} is gone; mkdir -p {os.path.dirname(path)}")
    if error.errno in (errno.EISDIR, errno.ENXIO, errno.ENODEV):
        return NotSent(f"{path} is no plain file", permanent=True)
    return NotSent(f"{path}: {error.strerror}", permanent=error.errno not in PASSING)
