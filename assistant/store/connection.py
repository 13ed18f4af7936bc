"""Open the one SQLite file, and turn what SQLite says into errors a person can act on. Holds no queries."""

import os
import sqlite3

from assistant.errors import AskError, StoreBusy, StoreDamaged, StoreError, StoreFull, StoreNewer, StoreReadOnly

SCHEMA_VERSION = 3
BUSY_S = 5.0
FILE = "ask.db"


def store_path(home: str) -> str:
    """Where the store of a home folder lies."""
    return os.path.join(home, FILE)


def connect(home: str) -> sqlite3.Connection:
    """A connection to the store, made first where there is none. The caller begins and ends transactions."""
    path = store_path(home)
    if not os.path.exists(path):
        _make_file(home, path)
    con = _connect(path)
    try:
        version = con.execute("pragma user_version").fetchone()[0]
        if version < SCHEMA_VERSION:
            from assistant.store.migrate import migrate

            migrate(con, home, version)
        elif version > SCHEMA_VERSION:
            con.close()
            raise StoreNewer(
                f"{path} was written by a newer ask (schema {version}, this one knows {SCHEMA_VERSION}).",
                "upgrade ask, or point ASK_HOME at another folder",
            )
        con.execute("pragma foreign_keys = on")
    except sqlite3.Error as error:
        con.close()
        raise translated(error, home) from error
    return con


def refuse_if_damaged(home: str) -> None:
    """Raise `StoreDamaged` where a check found damage and nothing was restored since. Costs one look at the folder."""
    if not os.path.exists(os.path.join(home, "damaged")):
        return
    with open(os.path.join(home, "damaged"), encoding="utf-8") as file:
        raise StoreDamaged(file.read().strip(), way_back(home))


def connect_existing(home: str) -> sqlite3.Connection | None:
    """A connection to the store if there is one. Makes nothing."""
    return connect(home) if os.path.exists(store_path(home)) else None


def _connect(path: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, cached_statements=256)
    except sqlite3.Error as error:
        raise translated(error, os.path.dirname(path)) from error


def _make_file(home: str, path: str) -> None:
    try:
        os.makedirs(home, mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreReadOnly(
            f"The store cannot be made: {path}: {error.strerror}.", "make the folder writable, or set ASK_HOME"
        ) from error


def translated(error: sqlite3.Error, home: str) -> AskError:
    """What a person is told of an error that SQLite reports."""
    path = store_path(home)
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in text:
        return StoreBusy(
            f"The store is busy: another process has been writing to {path} for over {BUSY_S:.0f} s.",
            "try again; who writes: ask doctor",
        )
    if name.startswith("SQLITE_FULL") or "disk is full" in text:
        return StoreFull(
            f"The disk is full: nothing of this command was kept in {path}.", "free some space, then again"
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreReadOnly(
            f"The store cannot be written: {path}: {text}.", f"check who owns {home} and that its disk is writable"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged(f"The store is damaged: {path}: {text}.", way_back(home))
    if name.startswith("SQLITE_IOERR"):
        return StoreFull(f"The disk did not take it: {path}: {text}. Nothing was kept.", "check the disk, then again")
    return StoreError(f"The store refused: {text}.", "ask doctor")


def way_back(home: str) -> str:
    """The one thing to do about a damaged store: the newest backup that is whole."""
    from assistant.store.backup import newest_good

    good = newest_good(home)
    return f"ask restore {good}" if good else "there is no good backup; move the file away to begin anew"
