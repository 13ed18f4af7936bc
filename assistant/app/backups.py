"""Back up, restore, and notice damage: the use cases around copies of the store. Knows no SQL."""

import os
import sqlite3
from datetime import datetime, timedelta

from assistant.app.session import Session
from assistant.app.ticklog import note_failure
from assistant.errors import AskError, NotFound, NotPossible, StoreDamaged, StoreFull
from assistant.instants import from_text, to_text
from assistant.store import backup as copies
from assistant.store import health
from assistant.store.connection import store_path, translated, way_back
from assistant.value import Value

NOT_BACKED_UP = "not-backed-up"
TRY_AGAIN_AFTER = timedelta(hours=1)
STOPPED_AFTER = timedelta(seconds=120)  # no tick works that long; one without an end was killed


class Backup(Value):
    """A copy of the store that was checked."""

    __slots__ = ("path", "bytes")
    path: str
    bytes: int


class Restored(Value):
    """What was restored, and where the store as it was is kept; None where there was none.

    `replies_dropped`: tokens were given before, none of which counts any more.
    """

    __slots__ = ("path", "aside", "replies_dropped")
    path: str
    aside: str | None
    replies_dropped: bool


def backup(session: Session, path: str | None = None) -> Backup:
    """Copy the store, to `path` or into the folder of backups, and check the copy before it counts."""
    store = store_path(session.home)
    if not os.path.exists(store):
        raise NotFound(f"There is no store to back up: {store}.", 'ask add "first task" makes it')
    target = os.path.abspath(os.path.expanduser(path)) if path else copies.by_hand_path(session.home, session.now)
    _refuse_to_overwrite(target, store)
    return Backup(target, copies.copy_store(session.con, target))


def _refuse_to_overwrite(target: str, store: str) -> None:
    if os.path.isdir(target):
        raise NotPossible(f"{target} is a folder.", f"name a file: ask backup {os.path.join(target, 'ask-backup.db')}")
    folder = os.path.dirname(target)
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise NotPossible(f"{folder} is no folder.", "name a file in a folder")
    if not os.path.exists(target) or os.path.getsize(target) == 0:
        return
    if os.path.samefile(target, store):
        raise NotPossible(f"{target} is the store itself.", "name another file")
    fault = copies.fault_in(target)
    if fault:
        raise NotPossible(f"{target} exists and is no backup: {fault}.", "name another file, or remove it first")


def restore(session: Session, path: str) -> Restored:
    """Make the store what a backup holds; a tick that runs meanwhile sees the old one or the new one.

    What a backup holds as open may be answered since: no reply to an earlier message counts any more. The key goes
    before, so that a restore that is killed leaves none, and after, should a tick have made one in between.
    """
    from assistant.app.reply_key import drop_key
    from assistant.store.restore import restore as put

    source = os.path.abspath(os.path.expanduser(path))
    session.close()
    dropped: list[bool] = []
    aside = put(session.home, source, session.now, lambda: dropped.append(drop_key(session.home)))
    dropped.append(drop_key(session.home))
    session.forget()
    _remove(session.home, "damaged", "checked")
    return Restored(source, aside, any(dropped))


def daily_backup(con: sqlite3.Connection, home: str, now: datetime) -> Backup | None:
    """The backup of this day, made by the first tick that has work; None where there is one already.

    The copy is checked, which checks the store: a damaged one is marked so, and refused from then on. A backup that
    cannot be written fails no tick: it is noted, and tried again an hour later.
    """
    path = copies.daily_path(home, now)
    if os.path.exists(path) or _failed_lately(home, now):
        return None
    try:
        _refuse_without_room(home)
        made = Backup(path, copies.copy_store(con, path))
        copies.drop_old(home)
    except StoreDamaged as error:
        raise _mark_damaged(home, error.message) from error
    except AskError as error:
        note_failure(home, now, f"daily backup: {error.message}")
        _write(os.path.join(home, NOT_BACKED_UP), f"{to_text(now)}\n")
        return None
    _remove(home, NOT_BACKED_UP)
    return made


def _refuse_without_room(home: str) -> None:
    """Do not fill a disk to its end each hour only to find that the copy does not fit."""
    disk = os.statvfs(home)
    needed = 2 * os.path.getsize(store_path(home))
    if disk.f_bavail * disk.f_frsize < needed:
        raise StoreFull(f"there is no room for a backup of {needed / 2e6:.0f} MB.", "free some space")


def _failed_lately(home: str, now: datetime) -> bool:
    try:
        with open(os.path.join(home, NOT_BACKED_UP), encoding="ascii") as file:
            return timedelta(0) <= now - from_text(file.read()) < TRY_AGAIN_AFTER
    except (OSError, ValueError):
        return False


def check_after_unclean_stop(con: sqlite3.Connection, home: str, now: datetime) -> bool:
    """Whether the store had to be checked, because a tick before this one never ended; each such stop is checked once.

    Raises `StoreDamaged`, with the way back, where the check finds a fault.
    """
    try:
        stopped = health.last_unended_tick(con, now - STOPPED_AFTER)
        if stopped is None or stopped <= _checked_up_to(home):
            return False
        fault = copies.what_is_wrong(con)
    except sqlite3.Error as error:
        raise translated(error, home) from error
    if fault:
        raise _mark_damaged(home, f"The store is damaged: {store_path(home)}: {fault}.")
    _write(os.path.join(home, "checked"), f"tick {stopped}\n")
    return True


def _mark_damaged(home: str, message: str) -> AskError:
    _write(os.path.join(home, "damaged"), f"{message}\n")
    return StoreDamaged(message, way_back(home))


def _remove(home: str, *names: str) -> None:
    for name in names:
        if os.path.exists(os.path.join(home, name)):
            os.remove(os.path.join(home, name))


def _checked_up_to(home: str) -> int:
    try:
        with open(os.path.join(home, "checked"), encoding="ascii") as file:
            return int(file.read().removeprefix("tick "))
    except (OSError, ValueError):
        return 0


def _write(path: str, text: str) -> None:
    """Leave a note for later ticks. A disk that refuses it is not insisted upon: they find out for themselves."""
    half = f"{path}.{os.getpid()}"
    try:
        with open(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(half, path)
    except OSError:
        if os.path.exists(half):
            os.remove(half)
