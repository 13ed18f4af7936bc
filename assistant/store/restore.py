"""Put a good copy in the store's place, while ticks run and whenever it is killed. Makes no backups of its own accord.

The copy is made ready beside the store and then goes into it as one SQLite transaction, under the store's write lock:
whoever has the store open sees the old one or the new one, and a kill leaves the old one or the new one. Only a store
that SQLite cannot open at all is replaced by rename instead.
"""

import os
import sqlite3
from datetime import datetime

from assistant.errors import AskError, NotFound, NotPossible, StoreBusy, StoreDamaged, StoreFull
from assistant.store.backup import HALF, backups_folder, copy_store, fault_in, give_name, open_to_read
from assistant.store.connection import BUSY_S, FILE, connect, store_path, translated
from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

BUSY = (5, 6)  # SQLITE_BUSY, SQLITE_LOCKED
ROOM = 1000


def restore(home: str, source: str, now: datetime, before: "Callable[[], object]" = lambda: None) -> str | None:
    """Make the store what `source` holds. The store as it was is kept beside; its path is returned.

    Numbers that the old store gave out are not given out again. `before` is called once it is known that the source can
    serve, and before anything of it is in place.
    """
    _refuse_what_cannot_serve(home, source)
    _sweep(home)
    before()
    path = store_path(home)
    fresh = not os.path.exists(path)
    if fresh:
        connect(home).close()
    aside = None if fresh else _free_name(f"{path}.before-restore-{now:%Y%m%dT%H%M%SZ}")
    folder = os.path.join(home, f"restoring.{os.getpid()}")
    try:
        _put(home, source, aside, folder, now)
    except OSError as error:
        raise StoreFull(f"{source} could not be restored: {error}. Nothing was changed.", "free some space") from error
    finally:
        _take_away(folder)
    _to_wal(path)
    return aside


def _refuse_what_cannot_serve(home: str, source: str) -> None:
    path = store_path(home)
    if not os.path.exists(source):
        raise NotFound(f"There is no file {source}.", f"backups lie in {backups_folder(home)}")
    if os.path.exists(path) and os.path.samefile(source, path):
        raise NotPossible(f"{source} is the store itself.", f"name a backup; they lie in {backups_folder(home)}")
    fault = fault_in(source)
    if fault:
        raise StoreDamaged(
            f"{source} cannot be restored: {fault}.", f"name another; they lie in {backups_folder(home)}"
        )


def _put(home: str, source: str, aside: str | None, folder: str, now: datetime) -> None:
    path = store_path(home)
    try:
        while True:
            last = _last_number(path)
            ready = _made_ready(source, folder, last, now, _page_size(path))
            if _poured_in(path, ready, aside, last):
                return
    except sqlite3.DatabaseError as error:
        if not _is_beyond_opening(error):
            raise translated(error, home) from error
    except StoreDamaged:
        pass  # the old store could not even be copied
    _put_in_place(path, _made_ready(source, folder, None, now), aside)


def _made_ready(source: str, folder: str, last_number: int | None, now: datetime, page_size: int | None = None) -> str:
    """A copy of the source in the present schema, with the numbers, and the pages, of the store that it will follow."""
    _take_away(folder)
    good = open_to_read(source)
    try:
        copy_store(good, os.path.join(folder, FILE))
    finally:
        good.close()
    if page_size is not None:
        _cut_into_pages(os.path.join(folder, FILE), page_size)
    copy = connect(folder)
    try:
        with Writing(copy, folder, now) as writing:
            _never_again(copy, last_number)
            writing.note("restored", source=os.path.abspath(source))
    finally:
        copy.close()
    return os.path.join(folder, FILE)


def _page_size(path: str) -> int:
    con = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        return int(con.execute("pragma page_size").fetchone()[0])
    finally:
        con.close()


def _cut_into_pages(path: str, size: int) -> None:
    """SQLite pours a copy into a store only where both have pages of one size; older stores have larger ones."""
    if _page_size(path) == size:
        return
    con = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in ("pragma journal_mode = delete", f"pragma page_size = {size}", "vacuum"):
            con.execute(statement)
    finally:
        con.close()


def _never_again(copy: sqlite3.Connection, last_number: int | None) -> None:
    if last_number is None:  # the old store cannot tell: leave room for what it gave out since the backup
        last_number = ROOM + int(copy.execute("select coalesce(max(id), 0) from number").fetchone()[0])
    if copy.execute("update sqlite_sequence set seq = max(seq, ?) where name = 'number'", (last_number,)).rowcount == 0:
        copy.execute("insert into sqlite_sequence (name, seq) values ('number', ?)", (last_number,))


def _poured_in(path: str, ready: str, aside: str | None, last_number: int) -> bool:
    """Whether the copy is now the store. Not where a number was given out since it was made ready."""
    store = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    good = open_to_read(ready)
    begun: list[int] = []

    def under_lock(status: int, _remaining: int, _pages: int) -> None:
        # After the first page the write lock is held and nothing is committed: other readers still see the old store.
        if status in BUSY:
            raise StoreBusy(f"The store is busy: another process writes to {path}.", "try again in a minute")
        if not begun:
            begun.append(status)
            if _last_number(path) != last_number:
                raise _NumbersMoved
            if aside is not None:
                _keep(path, aside)

    try:
        if store.execute("pragma journal_mode = wal").fetchone()[0] != "wal":
            raise StoreBusy(f"The store is busy: another process uses {path}.", "try again in a minute")
        good.backup(store, pages=1, progress=under_lock)
    except _NumbersMoved:
        return False
    finally:
        good.close()
        store.close()
    return True


class _NumbersMoved(Exception):
    """Somebody added something between making ready and the lock."""


def _keep(path: str, aside: str) -> None:
    reader = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        copy_store(reader, aside, check=False)  # it is kept as it is, whole or not
    finally:
        reader.close()


def _last_number(path: str) -> int:
    con = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        if not con.execute("select count(*) from sqlite_schema where name = 'sqlite_sequence'").fetchone()[0]:
            return 0
        found = con.execute("select seq from sqlite_sequence where name = 'number'").fetchone()
    finally:
        con.close()
    return int(found[0]) if found else 0


def _is_beyond_opening(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _put_in_place(path: str, ready: str, aside: str | None) -> None:
    """Replace a store that nobody can open. Its name is never free, so that no tick makes an empty one meanwhile."""
    for suffix in ("-wal", ""):
        if aside is not None and os.path.exists(path + suffix):
            _link(path + suffix, aside + suffix)
    for suffix in ("-wal", "-shm"):  # the log of the old file must never be read into the new one
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
    give_name(ready, path)


def _link(path: str, other: str) -> None:
    try:
        os.link(path, other)
    except OSError:
        import shutil

        shutil.copy2(path, other)


def _free_name(path: str) -> str:
    name, number = path, 1
    while os.path.exists(name):
        number += 1
        name = f"{path}-{number}"
    return name


def _to_wal(path: str) -> None:
    con = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        con.execute("pragma journal_mode = wal")
    except sqlite3.Error as error:
        raise _restored_but(path, error) from error
    finally:
        con.close()


def _restored_but(path: str, error: sqlite3.Error) -> AskError:
    return StoreBusy(f"The store was restored, but {path} is in use: {error}.", "ask doctor")


def _sweep(home: str) -> None:
    """Take away what a restore left that was killed."""
    for name in os.listdir(home) if os.path.isdir(home) else ():
        begin, _, pid = name.removesuffix(HALF).rpartition(".")
        if pid.isdigit() and _is_gone(int(pid)):
            if begin == "restoring":
                _take_away(os.path.join(home, name))
            elif name.endswith(HALF) and ".before-restore-" in begin:
                os.remove(os.path.join(home, name))


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _take_away(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
