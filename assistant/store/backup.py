"""Copies of the store: made with SQLite's backup API, checked before they count. Restoring lives in `restore`."""

import os
import sqlite3
from datetime import datetime

from assistant.errors import AskError, StoreBusy, StoreDamaged, StoreFull, StoreReadOnly
from assistant.store.connection import SCHEMA_VERSION

KEPT = 14
HALF = ".part"


def copy_store(con: sqlite3.Connection, target: str, *, check: bool = True) -> int:
    """Copy the open store to `target`, check the copy, and only then give it its name. Bytes written.

    What others write meanwhile is not waited for: the copy is the store at one moment. A copy that was cut off leaves
    a file that ends in `.part`, which `drop_old` takes away.
    """
    half = f"{target}.{os.getpid()}{HALF}"
    try:
        os.makedirs(os.path.dirname(os.path.abspath(target)), mode=0o700, exist_ok=True)
        os.close(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        _fill(con, half, check=check)
        give_name(half, target)
        return os.path.getsize(target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        for suffix in ("", "-journal"):
            if os.path.exists(half + suffix):
                os.remove(half + suffix)


def _fill(con: sqlite3.Connection, half: str, *, check: bool) -> None:
    copy = sqlite3.connect(half)
    try:
        copy.execute("pragma synchronous = off")  # it has no name yet, and is synced before it gets one
        con.backup(copy)
        copy.execute("pragma journal_mode = delete")
        fault = what_is_wrong(copy) if check else None
    except sqlite3.Error as error:
        raise _not_copied(half, error) from error
    finally:
        copy.close()
    if fault:
        raise StoreDamaged(f"The store is damaged, its copy is not whole: {fault}.", "ask doctor")


def give_name(half: str, target: str) -> None:
    """Put a finished file in its place, so that a power cut leaves the old or the new one."""
    with open(half, "rb") as written:
        os.fsync(written.fileno())
    os.replace(half, target)
    folder = os.open(os.path.dirname(os.path.abspath(target)), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _not_written(target: str, error: OSError) -> AskError:
    kind = StoreReadOnly if isinstance(error, PermissionError) else StoreFull
    return kind(f"The backup could not be written: {target}: {error.strerror}.", "give another path, or free space")


def _not_copied(half: str, error: sqlite3.Error) -> AskError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged(f"The store is damaged and could not be copied: {error}.", "ask doctor")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy("The store is busy and could not be copied.", "try again")
    return StoreFull(f"The backup could not be written: {half}: {error}.", "give another path, or free space")


def what_is_wrong(con: sqlite3.Connection) -> str | None:
    """The first fault that SQLite's quick check finds, or None."""
    try:
        found = con.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)


def open_to_read(path: str) -> sqlite3.Connection:
    """A connection that changes nothing, to a file of any name."""
    from urllib.parse import quote

    return sqlite3.connect(f"file:{quote(os.path.abspath(path))}?mode=ro", uri=True, isolation_level=None)


def fault_in(path: str) -> str | None:
    """Why a file cannot serve as the store, or None where it can."""
    try:
        con = open_to_read(path)
        try:
            version = con.execute("pragma user_version").fetchone()[0]
            if con.execute("select count(*) from sqlite_schema where name in ('meta', 'number')").fetchone()[0] != 2:
                return "it is no store of ask"
            if not 0 < version <= SCHEMA_VERSION:
                return f"it has schema {version}, this ask knows 1 to {SCHEMA_VERSION}"
            return what_is_wrong(con)
        finally:
            con.close()
    except sqlite3.Error as error:
        return str(error)


def backups_folder(home: str) -> str:
    """Where backups lie, unless a path is given."""
    return os.path.join(home, "backups")


def daily_path(home: str, now: datetime) -> str:
    """Where the backup of a day lies."""
    return os.path.join(backups_folder(home), f"ask-{now:%Y-%m-%d}.db")


def by_hand_path(home: str, now: datetime) -> str:
    """Where a backup lies that a person asked for; these are never dropped."""
    return os.path.join(backups_folder(home), f"by-hand-{now:%Y-%m-%dT%H%M%SZ}.db")


def drop_old(home: str) -> None:
    """Keep the newest daily backups, and take away what a cut-off copy left more than a day before them."""
    folder = backups_folder(home)
    names = os.listdir(folder)
    daily = sorted(name for name in names if name.startswith("ask-") and name.endswith(".db"))
    newest = max((os.path.getmtime(os.path.join(folder, name)) for name in daily), default=0.0)
    halves = [name for name in names if HALF in name]
    old = [name for name in halves if os.path.getmtime(os.path.join(folder, name)) < newest - 86400]
    for name in daily[:-KEPT] + old:
        try:
            os.remove(os.path.join(folder, name))
        except FileNotFoundError:
            continue  # a tick beside this one was faster


def backups(home: str) -> list[str]:
    """All backups in their folder, the newest first."""
    folder = backups_folder(home)
    if not os.path.isdir(folder):
        return []
    paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".db")]
    return sorted(paths, key=os.path.getmtime, reverse=True)


def newest_good(home: str) -> str | None:
    """The newest backup that opens and is whole."""
    for path in backups(home):
        if fault_in(path) is None:
            return path
    return None
