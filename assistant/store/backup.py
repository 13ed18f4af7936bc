"""Copies of the store: made with SQLite's backup API, checked before they count, restored only when whole."""

import os
import sqlite3
from datetime import datetime

from assistant.errors import NotFound, StoreDamaged, StoreFull
from assistant.store.connection import SCHEMA_VERSION, connect, store_path, translated

KEPT = 14


def copy_store(con: sqlite3.Connection, target: str) -> int:
    """Copy the open store to `target`, check the copy, and only then give it its name. Bytes written."""
    folder = os.path.dirname(os.path.abspath(target))
    os.makedirs(folder, mode=0o700, exist_ok=True)
    half = f"{target}.part"
    if os.path.exists(half):
        os.remove(half)
    try:
        os.close(os.open(half, os.O_CREAT | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(half)
        try:
            con.backup(copy)
            copy.execute("pragma journal_mode = delete")
            fault = what_is_wrong(copy)
        finally:
            copy.close()
        if fault:
            raise StoreDamaged(f"The copy is not whole: {fault}.", "ask doctor")
        with open(half, "rb") as written:
            os.fsync(written.fileno())
        os.replace(half, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreFull(f"The backup could not be written: {target}: {error}.", "give another path or free space") from error
    finally:
        if os.path.exists(half):
            os.remove(half)
    return os.path.getsize(target)


def what_is_wrong(con: sqlite3.Connection) -> str | None:
    """The first fault that SQLite's quick check finds, or None."""
    try:
        found = con.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)


def daily_path(home: str, now: datetime) -> str:
    """Where the backup of a day lies."""
    return os.path.join(home, "backups", f"ask-{now:%Y-%m-%d}.db")


def drop_old(home: str) -> None:
    """Keep the newest daily backups."""
    folder = os.path.join(home, "backups")
    daily = sorted(name for name in os.listdir(folder) if name.startswith("ask-") and name.endswith(".db"))
    for name in daily[:-KEPT]:
        os.remove(os.path.join(folder, name))


def newest_good(home: str) -> str | None:
    """The newest backup that opens and is whole."""
    folder = os.path.join(home, "backups")
    if not os.path.isdir(folder):
        return None
    paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".db")]
    for path in sorted(paths, key=os.path.getmtime, reverse=True):
        if fault_in(path) is None:
            return path
    return None


def fault_in(path: str) -> str | None:
    """Why a file cannot serve as the store, or None where it can."""
    try:
        con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            version = con.execute("pragma user_version").fetchone()[0]
            if not 0 < version <= SCHEMA_VERSION:
                return f"it has schema {version}, this ask knows 1 to {SCHEMA_VERSION}"
            return what_is_wrong(con)
        finally:
            con.close()
    except sqlite3.Error as error:
        return str(error)


def restore(home: str, source: str, now: datetime) -> str | None:
    """Put a good copy in the store's place. The store as it was is kept beside; its path is returned.

    Under the store's own write lock where it can still be opened, so that no tick writes meanwhile.
    """
    if not os.path.exists(source):
        raise NotFound(f"There is no file {source}.", f"backups lie in {os.path.join(home, 'backups')}")
    fault = fault_in(source)
    if fault:
        raise StoreDamaged(f"{source} cannot be restored: {fault}.", "ask backup makes good ones; try an older one")
    path = store_path(home)
    aside = None
    if os.path.exists(path):
        aside = f"{path}.before-restore-{now:%Y%m%dT%H%M%SZ}"
        os.makedirs(os.path.join(home, "backups"), mode=0o700, exist_ok=True)
        _set_aside(path, aside)
    copy = f"{path}.restoring"
    con = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        copy_store(con, copy)
    finally:
        con.close()
    os.replace(copy, path)
    try:
        restored = connect(home)
        restored.execute("pragma journal_mode = wal")
        restored.close()
    except sqlite3.Error as error:
        raise translated(error, home) from error
    return aside


def _set_aside(path: str, aside: str) -> None:
    for suffix in ("-wal", "-shm", ""):
        if os.path.exists(path + suffix):
            os.replace(path + suffix, aside + suffix)
