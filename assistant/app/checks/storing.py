"""Whether the store is whole, private, backed up, and has room to grow."""

import os
import shlex
import shutil
from datetime import datetime, timedelta
from stat import S_IMODE

from assistant.app.checks.check import Check, Patient, may_write, said
from assistant.errors import AskError, NotFound
from assistant.store import backup, health
from assistant.store.connection import SCHEMA_VERSION, store_path, way_back

LEAST_FREE = 100 * 1024 * 1024
UNSAVED = timedelta(days=2)


def store(patient: Patient, refused: AskError | None) -> Check:
    """The store opens, knows our schema, and SQLite finds it whole."""
    path = store_path(patient.home)
    if isinstance(refused, NotFound):
        return Check("store", True, "there is none yet; the first command that keeps something makes it")
    if refused is not None:
        return Check("store", False, refused.message, refused.hint)
    assert patient.con is not None  # noqa: S101 - what was not refused is open
    fault = backup.what_is_wrong(patient.con)
    if fault:
        return Check("store", False, f"damaged: {path}: {fault}", way_back(patient.home))
    mark = os.path.join(patient.home, "damaged")
    if os.path.exists(mark):
        detail = "it was found damaged and is refused since, though it is whole now"
        return Check("store", False, detail, f"rm {shlex.quote(mark)}")
    if not may_write(path) or not may_write(patient.home):
        return Check(
            "store", False, f"whole, but it cannot be written: {path}", f"chmod -R u+rwX {shlex.quote(patient.home)}"
        )
    size = os.path.getsize(path)
    return Check("store", True, f"whole, schema {SCHEMA_VERSION}, {size / 1e6:.1f} MB: {path}")


def privacy(patient: Patient) -> Check:
    """Nobody else can read what is kept."""
    path = store_path(patient.home)
    kept = [patient.home, backup.backups_folder(patient.home), path, f"{path}-wal", f"{path}-shm"]
    kept += backup.backups(patient.home)
    open_ones = [name for name in kept if os.path.exists(name) and S_IMODE(os.stat(name).st_mode) & 0o077]
    if open_ones:
        mode = S_IMODE(os.stat(open_ones[0]).st_mode)
        detail = f"{open_ones[0]} has mode {mode:04o}: others may look into it"
        return Check("privacy", False, detail, f"chmod -R go= {shlex.quote(patient.home)}")
    return Check("privacy", True, "only you can read the store and its backups")


def disk(patient: Patient) -> Check:
    """There is room for the store, its log and a backup."""
    place = patient.home
    while not os.path.exists(place):
        place = os.path.dirname(place)
    free = shutil.disk_usage(place).free
    path = store_path(patient.home)
    needed = max(LEAST_FREE, 3 * os.path.getsize(path) if os.path.exists(path) else 0)
    detail = f"{free / 1e9:.1f} GB free"
    if free < needed:
        return Check("disk", False, f"{detail}, {needed / 1e9:.1f} GB are needed: {place}", "free some space")
    return Check("disk", True, detail)


def last_backup(patient: Patient) -> Check | None:
    """The newest backup is whole, and holds all that is older than two days."""
    if patient.con is None:
        return None
    made = backup.backups(patient.home)
    if not made:
        return _unsaved(patient, health.first_change_after(patient.con, 0), "there is no backup yet")
    newest = made[0]
    fault = backup.fault_in(newest)
    if fault:
        return Check("backup", False, f"the newest is not whole: {newest}: {fault}", "ask backup")
    con = backup.open_to_read(newest)
    try:
        line = health.last_change(con)
    finally:
        con.close()
    return _unsaved(patient, health.first_change_after(patient.con, line), _made_at(patient.now, newest))


def _made_at(now: datetime, path: str) -> str:
    age = timedelta(seconds=now.timestamp() - os.path.getmtime(path))
    return f"whole, made {said(age)} ago: {path}"


def _unsaved(patient: Patient, since: datetime | None, detail: str) -> Check:
    if since is not None and patient.now - since > UNSAVED:
        return Check("backup", False, f"{detail}; what changed since {since:%Y-%m-%d} is in none", "ask backup")
    return Check("backup", True, detail)
