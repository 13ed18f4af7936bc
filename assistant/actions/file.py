"""The action `file: {path, write | append | move}`. Nothing is ever half written, and each can be probed.

`write` goes by a temporary file and rename. `append` adds whole lines under a lock, after a note of where they will
stand; what a killed append left half is cut off by its probe, where it is certainly ours. `move` is one rename and
never takes another file's place. A path is that of the person's home folder unless it is absolute.
"""

import errno
import os
import stat

from assistant.actions import effects
from assistant.actions.appending import LOCK_S, append, probe_append
from assistant.actions.secret_values import Unusable, is_secret, plain_text
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What another day may bring: room, a disk that is mounted, a folder that is made.
PASSING = frozenset(
    {errno.ENOENT, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EINTR,
     errno.ENOMEM, errno.EAGAIN, errno.ESTALE}
)  # fmt: skip


class FileAction:
    """Changes one file a call. `lock_s`: how long another writer of it is waited for."""

    def __init__(self, lock_s: float = LOCK_S) -> None:
        self.lock_s = lock_s

    def perform(self, call: Call) -> ActionOutcome:
        """Write, append or move."""
        try:
            path = _path(call.action.get("path"), "path")
            if "append" in call.action:
                return append(call, path, _text(call.action["append"], "append"), self.lock_s)
            if "move" in call.action:
                return _move(call, path, _target(path, call.action["move"]))
            return _write(call, path, _text(call.action.get("write"), "write"))
        except Unusable as error:
            return NotDone(str(error), permanent=True)
        except OSError as error:
            return refused(error)

    def probe(self, call: Call) -> ActionOutcome:
        """Look whether a call that was cut off took effect. Takes away half of what an append wrote, nothing else."""
        try:
            path = _path(call.action.get("path"), "path")
            if "append" in call.action:
                return probe_append(call, path, _text(call.action["append"], "append"), self.lock_s)
            if "move" in call.action:
                return _probe_move(call, path, call.action["move"])
            return _probe_write(path, _text(call.action.get("write"), "write"))
        except Unusable as error:
            return NotDone(str(error), permanent=True)
        except OSError as error:
            return Unsure(f"{error.filename or 'the file'}: {error.strerror}")


def refused(error: OSError) -> NotDone:
    """What went wrong, with the fix. Only for what certainly left nothing behind."""
    path = str(error.filename or "the file")
    folder = os.path.dirname(path)
    if error.errno == errno.ENOENT and not os.path.isdir(folder):
        return NotDone(f"there is no folder {folder}; mkdir -p {folder}")
    if error.errno == errno.EISDIR:
        return NotDone(f"{path} is a folder; name a file", permanent=True)
    if error.errno == errno.EXDEV:
        return NotDone(f"{path} is on another disk than its target; run: [mv, …] copies it there", permanent=True)
    return NotDone(f"{path}: {error.strerror}", permanent=error.errno not in PASSING)


# Write


def _write(call: Call, path: str, text: str) -> ActionOutcome:
    target = os.path.realpath(path)  # a link stays one, and what it points to is written
    mode = _mode(target)
    half = _half(target, call.key)
    renamed = False
    try:
        _fill(half, text, mode)
        os.replace(half, target)
        renamed = True
        effects.sync_folder(os.path.dirname(target))
    except OSError as error:
        if renamed:
            return Unsure(f"{path} is written, but may not outlive a power cut: {error.strerror}")
        _take_away(half)
        error.filename = path
        raise
    return Done({"path": path})


def _probe_write(path: str, text: str) -> ActionOutcome:
    try:
        with open(path, "rb") as file:
            same = file.read() == _data(text)
    except FileNotFoundError:
        same = False
    return Done({"path": path}) if same else NotDone(f"{path} does not hold what was to be written")


def _mode(target: str) -> int | None:
    """The permissions that the file has and keeps; None where it is new."""
    try:
        found = os.stat(target).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, "is a folder", target)
    if not stat.S_ISREG(found):
        raise Unusable(f"{target} is no plain file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
    return stat.S_IMODE(found)


def _fill(half: str, text: str, mode: int | None) -> None:
    handle = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        if mode is not None:
            os.fchmod(handle, mode)
        effects.write_all(handle, _data(text))
        os.fsync(handle)
    finally:
        os.close(handle)


def _half(target: str, key: str) -> str:
    """A name for this key alone, and the same for every attempt: one that was killed leaves nothing for long."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name[:50]}.{effects.name_of(key)}.half")


def _take_away(half: str) -> None:
    try:
        os.unlink(half)
    except OSError:
        pass  # the first error is told; this one adds nothing to it


# Move


def _move(call: Call, path: str, target: str) -> ActionOutcome:
    its = os.lstat(path)
    if not os.path.isdir(os.path.dirname(target)):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), target)
    if os.path.lexists(target):
        return NotDone(f"{target} is there already, and is not replaced", permanent=True)
    if call.home:
        effects.note(call.home, call.key, {"target": target, "dev": its.st_dev, "ino": its.st_ino})
    os.rename(path, target)
    try:
        for folder in {os.path.dirname(target), os.path.dirname(path)}:
            effects.sync_folder(folder)
    except OSError as error:
        return Unsure(f"{path} is moved, but that may not outlive a power cut: {error.strerror}")
    return Done({"path": target})


def _probe_move(call: Call, path: str, move: "Any") -> ActionOutcome:
    begun = effects.noted(call.home, call.key) if call.home else None
    target = begun["target"] if begun is not None else _target(path, move)
    if begun is not None and _is(target, begun):
        return Done({"path": target})
    if begun is not None and _is(path, begun):
        return NotDone(f"{path} is still where it was")
    if os.path.lexists(target) and not os.path.lexists(path):
        return Done({"path": target})
    if begun is None and os.path.lexists(path):
        return NotDone(f"{path} was not moved")
    return Unsure(f"neither {path} nor {target} is the file that was to be moved")


def _is(path: str, facts: "dict[str, Any]") -> bool:
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    return (found.st_dev, found.st_ino) == (facts["dev"], facts["ino"])


def _target(path: str, move: "Any") -> str:
    """Where it goes: into a folder under its own name, else to the name that is given."""
    target = _path(move, "move")
    if os.path.isdir(target) or str(move).endswith("/"):
        return os.path.join(target, os.path.basename(path))
    return target


# What was asked for


def _path(value: "Any", place: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise Unusable(f"file.{place} is {value!r:.80}, which names no file")
    return os.path.normpath(os.path.join(os.path.expanduser("~"), os.path.expanduser(value)))


def _text(value: "Any", place: str) -> str:
    if is_secret(value):
        raise Unusable(f"file.{place} is a secret; secrets are not written to files")
    return plain_text(value, f"file.{place}")


def _data(text: str) -> bytes:
    return text.encode("utf-8", "replace")
