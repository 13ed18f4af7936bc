"""`ask restore`: while others use the store, whenever it is killed, and from whatever is left of it."""

import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from assistant.app.backups import Backup, backup, restore
from assistant.errors import NotFound, NotPossible, StoreBusy, StoreDamaged
from assistant.store.backup import fault_in
from assistant.store.connection import connect
from assistant.store.restore import ROOM


def add(con: sqlite3.Connection, title: str) -> int:
    """A task, as a command of another process would add it."""
    con.execute("begin immediate")
    number = con.execute("insert into number (kind) values ('task')").lastrowid
    con.execute("insert into task (id, title, state, created_at) values (?, ?, 'open', '')", (number, title))
    con.execute("commit")
    return number


def titles(path: object) -> list[str]:
    """The tasks that a file of the store holds."""
    con = sqlite3.connect(str(path))
    try:
        return [row[0] for row in con.execute("select title from task order by id")]
    finally:
        con.close()


@pytest.fixture
def good(place) -> Backup:
    """A backup of one task, and a store that went on to hold two."""
    session = place.session()
    add(session.con, "call Ada")
    made = backup(session)
    add(session.con, "pay rent")
    session.close()
    return made


@pytest.fixture
def store(place) -> Path:
    """Where the store lies."""
    return place.home / "ask.db"


def test_the_store_is_what_the_backup_held_and_the_old_one_is_kept_beside(place, good, store):
    """The way back from the way back."""
    done = restore(place.session(), good.path)
    assert titles(store) == ["call Ada"]
    assert done.aside == f"{store}.before-restore-20261124T080000Z"
    assert titles(done.aside) == ["call Ada", "pay rent"]
    assert os.stat(done.aside).st_mode & 0o777 == 0o600


def test_a_second_restore_keeps_both_older_stores(place, good):
    """Even within one second."""
    first = restore(place.session(), good.path).aside
    second = restore(place.session(), first).aside
    assert titles(first) == ["call Ada", "pay rent"]
    assert titles(second) == ["call Ada"]


def test_whoever_has_the_store_open_sees_the_restored_one(place, good, store):
    """A tick goes on working in the same file; nothing it writes is lost in one that was moved away."""
    other = connect(str(place.home))
    restore(place.session(), good.path)
    assert [row[0] for row in other.execute("select title from task")] == ["call Ada"]
    add(other, "water plants")
    other.close()
    assert titles(store) == ["call Ada", "water plants"]


@pytest.mark.parametrize("size", [4096, 512])
def test_a_backup_with_pages_of_another_size_is_restored_too(place, good, store, size):
    """Older stores have larger ones; SQLite itself would refuse it."""
    other = sqlite3.connect(good.path, isolation_level=None)
    for statement in ("pragma journal_mode = delete", f"pragma page_size = {size}", "vacuum"):
        other.execute(statement)
    other.close()
    restore(place.session(), good.path)
    assert titles(store) == ["call Ada"]
    assert fault_in(str(store)) is None


def test_a_number_that_was_given_out_is_never_given_out_again(place, good):
    """The person knows 2 as the rent, though this store no longer does."""
    session = place.session()
    restore(session, good.path)
    assert add(session.con, "water plants") == 3
    session.close()


def test_the_restored_store_says_that_it_was_restored(place, good):
    """In its journal, with the source; nothing that undo would take back."""
    session = place.session()
    restore(session, good.path)
    what, after, command = session.con.execute("select what, after, command_id from journal").fetchone()
    session.close()
    assert (what, after, command) == ("restored", f'{{"source":"{good.path}"}}', None)


def test_a_store_is_restored_where_there_is_none(place, good, store):
    """Nothing to keep beside."""
    store.unlink()
    done = restore(place.session(), good.path)
    assert done.aside is None
    assert titles(store) == ["call Ada"]


@pytest.mark.parametrize(("where", "what"), [(0, b"\xff" * 400), (4096 * 3, b"\xff" * 80000), (20000, None), (0, None)])
def test_the_way_back_from_damage(place, good, store, where, what):
    """A header of nonsense, pages of nonsense, a file cut short, an empty file."""
    with open(store, "r+b") as file:
        file.seek(where)
        if what is None:
            file.truncate()
        else:
            file.write(what)
    session = place.session()
    done = restore(session, good.path)
    assert fault_in(str(store)) is None
    assert titles(store) == ["call Ada"]
    assert done.aside is not None
    assert os.path.exists(done.aside)
    assert session.con.execute("pragma journal_mode").fetchone() == ("wal",)
    session.close()


def test_numbers_leap_where_the_old_store_cannot_tell_what_it_gave_out(place, good, store):
    """They may have gaps; they may not come twice."""
    with open(store, "r+b") as file:
        file.write(b"\xff" * 400)
    session = place.session()
    restore(session, good.path)
    assert add(session.con, "water plants") == 1 + ROOM + 1
    session.close()


def test_a_log_of_the_damaged_store_is_not_read_into_the_restored_one(place, good, store):
    """It belongs to other pages; it is kept with the old store."""
    wal = Path(f"{store}-wal")
    other = connect(str(place.home))
    other.execute("pragma wal_autocheckpoint = 0")
    add(other, "in the log only")
    log = wal.read_bytes()
    other.close()
    store.write_bytes(b"no database" * 1000)
    wal.write_bytes(log)
    done = restore(place.session(), good.path)
    assert titles(store) == ["call Ada"]
    assert Path(f"{done.aside}-wal").read_bytes() == log


@pytest.mark.parametrize("content", [None, b"", b"Dear Ada", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_backup_is_refused_and_the_store_stays(place, good, store, tmp_path, content):
    """Missing, empty, something else, half."""
    source = tmp_path / "source.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises((NotFound, StoreDamaged)):
        restore(place.session(), str(source))
    assert titles(store) == ["call Ada", "pay rent"]


def test_a_database_of_another_program_is_refused(place, good, store, tmp_path):
    """Whole, of a schema number that fits, and not ours."""
    con = sqlite3.connect(tmp_path / "other.db")
    con.executescript("create table bookmark (url text); pragma user_version = 1")
    con.close()
    with pytest.raises(StoreDamaged, match="no store of ask"):
        restore(place.session(), str(tmp_path / "other.db"))
    assert titles(store) == ["call Ada", "pay rent"]


def test_the_store_cannot_be_restored_from_itself(place, good, store):
    """Nor from a link to it."""
    with pytest.raises(NotPossible, match="the store itself"):
        restore(place.session(), str(store))


def test_a_store_that_another_process_writes_is_left_alone(place, good, store):
    """Busy, try again; nothing half."""
    other = sqlite3.connect(store, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreBusy):
        restore(place.session(), good.path)
    other.execute("rollback")
    other.close()
    assert titles(store) == ["call Ada", "pay rent"]
    assert sorted(os.listdir(place.home)) == ["ask.db", "backups"]


def in_a_child(act) -> int:
    """Run something in a process of its own; how it ended."""
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_after(calls: int, act) -> None:
    """Do something, and die by kill -9 at the given call of a C function, wherever that is."""
    left = [calls]

    def count(_frame: object, event: str, _what: object) -> None:
        if event == "c_call":
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    act()


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_that_is_killed_anywhere_leaves_the_old_store_or_the_new_one(place, good, store, damaged):
    """At every call into C: files, renames, every page. Never half, never none; and a second try succeeds."""
    whole = store.read_bytes()
    seen = set()
    calls = 0
    while True:
        calls += 1 if calls < 40 or calls > 2000 else 3
        store.write_bytes(b"\xff" * 400 + whole[400:] if damaged else whole)
        ended = in_a_child(lambda n=calls: killed_after(n, lambda: restore(place.session(), good.path)))
        assert store.exists()
        seen.add("old" if fault_in(str(store)) and damaged else tuple(titles(store)))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        if calls % 50 == 0:
            restore(place.session(), good.path)
            assert titles(store) == ["call Ada"]
        for name in os.listdir(place.home):
            if name.startswith("ask.db-") or "before" in name:
                os.remove(place.home / name)
    assert calls > 100
    assert not [name for name in os.listdir(place.home) if "restoring" in name or name.endswith(".part")]
    assert seen == {"old" if damaged else ("call Ada", "pay rent"), ("call Ada",)}


def test_nothing_is_lost_that_somebody_adds_while_a_restore_goes_on(place, good, store):
    """What was committed before lies in the store that is kept beside, what was committed after in the restored one."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        con = connect(str(place.home))
        for number in range(300):
            os.write(writer, b"%d %d\n" % (number, add(con, f"added {number}")))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        lines = [told.readline() for _ in range(20)]
        done = restore(place.session(), good.path)
        lines += told.readlines()
    os.waitpid(pid, 0)
    added = dict(line.split() for line in lines)
    assert len(added) == 300
    assert len(set(added.values())) == 300
    before, after = titles(done.aside), titles(store)
    assert {f"added {number}" for number in added} == {t for t in before + after if t.startswith("added")}
    assert not set(before[2:]) & set(after[1:])
