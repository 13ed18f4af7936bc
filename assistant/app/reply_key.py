"""The key that signs answers from channels: a file of its own in the home folder, in no store, backup or export."""

import os
import stat

from assistant.errors import Missing

FILE = "reply-key"
BYTES = 32


def read_key(home: str) -> bytes | None:
    """The key, or None where none was made yet. Missing where others may read it too, or where it is no key."""
    path = os.path.join(home, FILE)
    try:
        with open(path, "rb") as file:
            mode, key = os.fstat(file.fileno()).st_mode, file.read(BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Missing(f"The key of replies cannot be read: {path}: {error.strerror}.", f"chmod 600 {path}") from error
    if stat.S_IMODE(mode) & 0o077:
        raise Missing(f"The key of replies is not used: others may read {path} too.", f"rm {path}; a new one is made")
    if len(key) != BYTES:
        raise Missing(f"{path} is no key of replies.", f"rm {path}; a new one is made")
    return key


def drop_key(home: str) -> bool:
    """Let no token count any more that was signed so far; whether there was a key. The next message gets a new one."""
    try:
        os.remove(os.path.join(home, FILE))
    except FileNotFoundError:
        return False
    return True


def make_key(home: str) -> bytes | None:
    """The key, made first where there is none; of two who make it at once, both get the same."""
    key = read_key(home)
    if key is not None:
        return key
    half = os.path.join(home, f"{FILE}.{os.getpid()}")
    handle = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        try:
            os.write(handle, os.urandom(BYTES))
            os.fsync(handle)
        finally:
            os.close(handle)
        try:
            os.link(half, os.path.join(home, FILE))  # fails where another one was first
        except FileExistsError:
            pass
    finally:
        os.unlink(half)
    return read_key(home)
