"""Small files in `$ASK_HOME/effects/`, one a key: what an action is about to do, and which programs still run.

A note is on the disk before the effect begins, so that a probe can hold the world against it. It stays until
`forget`, which whoever keeps the outcome calls once the outcome is kept.
"""

import fcntl
import os

from assistant.jsontext import dump, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

FOLDER = "effects"


def note(home: str, key: str, facts: "dict[str, Any]") -> None:
    """Keep what is about to be done under this key; OSError where it cannot be kept."""
    folder = _folder(home)
    path = _path(home, key, "note")
    half = f"{path}.half"
    handle = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        write_all(handle, dump({"key": key, **facts}).encode("utf-8", "surrogatepass"))
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(half, path)
    sync_folder(folder)


def noted(home: str, key: str) -> "dict[str, Any] | None":
    """What was kept under this key, or None: then nothing was begun."""
    try:
        with open(_path(home, key, "note"), encoding="utf-8", errors="surrogatepass") as file:
            facts: dict[str, Any] = load(file.read())
    except (FileNotFoundError, ValueError):
        return None
    return facts if facts.get("key") == key else None


def forget(home: str, key: str) -> None:
    """The outcome is kept elsewhere; the note has done its work."""
    try:
        os.unlink(_path(home, key, "note"))
    except FileNotFoundError:
        pass


class Running:
    """`with Running(home, key) as running:` marks a program as running, for as long as it or a child of it lives.

    The mark is a lock on an open file that the program inherits, so that it outlives a tick that is killed. OSError
    where no mark can be made: then no program is started.
    `alone` is False where an earlier attempt under this key still runs; `goes_on` keeps the mark after the end.
    """

    def __init__(self, home: str, key: str) -> None:
        self._path = _path(home, key, "lock") if home else ""
        self._handle: int | None = None
        self.alone = True
        self.goes_on = False
        if home:
            _folder(home)
            self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            self.alone = _locked(self._handle)

    @property
    def inherited(self) -> tuple[int, ...]:
        """What the program must inherit."""
        return (self._handle,) if self._handle is not None else ()

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self, kind: "type[BaseException] | None", error: "BaseException | None", trace: "TracebackType | None"
    ) -> None:
        if self._handle is None:
            return
        if self.alone and not self.goes_on:
            os.unlink(self._path)
        os.close(self._handle)


def still_runs(home: str, key: str) -> bool:
    """Whether a program that was started under this key, or a child of it, is still there. On this machine only."""
    try:
        handle = os.open(_path(home, key, "lock"), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _locked(handle)
    finally:
        os.close(handle)


def name_of(key: str) -> str:
    """A name for the files of a key."""
    from _blake2 import blake2s

    return blake2s(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def write_all(handle: int, data: bytes) -> None:
    """Write all of it: the system may take less at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync_folder(folder: str) -> None:
    """What was made, renamed or removed in a folder outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _folder(home: str) -> str:
    folder = os.path.join(home, FOLDER)
    os.makedirs(folder, 0o700, exist_ok=True)
    return folder


def _path(home: str, key: str, kind: str) -> str:
    return os.path.join(home, FOLDER, f"{name_of(key)}.{kind}")
