"""The folder `$ASK_HOME/secrets/`: the list of names, and the values of who chose files. For its owner only."""

import fcntl
import os
import stat
from contextlib import contextmanager

from assistant.errors import Missing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "secrets"
INDEX = "index"
MOST = 64 * 1024 + 2  # bytes that are read of a value: the longest, and its line end


class Place(Value):
    """Where a value was put, and when, as stored text."""

    __slots__ = ("source", "at")
    source: str
    at: str


def places(home: str) -> dict[str, Place]:
    """Every name that was set, and where its value is."""
    try:
        with open(os.path.join(home, FOLDER, INDEX), encoding="utf-8") as file:
            lines = [line.split() for line in file]
    except FileNotFoundError:
        return {}
    return {line[0]: Place(line[1], line[2]) for line in lines if len(line) == 3}


def note(home: str, name: str, source: str | None, at: str) -> None:
    """Put a name on the list, or take it off."""
    with _alone(home) as folder:
        kept = places(home)
        kept.pop(name, None)
        if source is not None:
            kept[name] = Place(source, at)
        lines = [f"{name} {place.source} {place.at}\n" for name, place in sorted(kept.items())]
        _replace(os.path.join(folder, INDEX), "".join(lines))


def read(home: str, name: str) -> str | None:
    """The value in a file, or None where there is none. Missing where others may read it too."""
    path = os.path.join(home, FOLDER, name)
    try:
        mode = stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        return None
    if mode & 0o077:
        raise Missing(f"The secret {name!r} is not read: others may read {path} too.", f"chmod 600 {path}")
    return text_of(path)


def write(home: str, name: str, value: str) -> None:
    """Keep a value in a file of mode 0600, by rename."""
    with _alone(home) as folder:
        _replace(os.path.join(folder, name), value)


def remove(home: str, name: str) -> None:
    """Take the file of a value away."""
    try:
        os.unlink(os.path.join(home, FOLDER, name))
    except FileNotFoundError:
        pass


def text_of(path: str) -> str | None:
    """The text in a file, less one line end; None where there is no file, or no text in it."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return None
    try:
        return without_line_end(data.decode())
    except UnicodeDecodeError:
        return None


def without_line_end(text: str) -> str:
    """The text less one line end, which editors and `echo` add.

    >>> without_line_end("token\\r\\n"), without_line_end("two\\n\\n")
    ('token', 'two\\n')
    """
    return text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")


@contextmanager
def _alone(home: str) -> "Iterator[str]":
    """The folder, made where it is not there, with nobody else writing to it."""
    folder = os.path.join(home, FOLDER)
    os.makedirs(home, 0o700, exist_ok=True)
    os.makedirs(folder, 0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: str, text: str) -> None:
    half = f"{path}.{os.getpid()}.half"
    handle = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        os.replace(half, path)
    except OSError:
        os.unlink(half)
        raise
