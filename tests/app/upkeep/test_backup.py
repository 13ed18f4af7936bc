"""`ask backup`, the daily backup, and the check after an unclean stop."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from assistant.app.backups import backup, check_after_unclean_stop, daily_backup, restore
from assistant.errors import NotFound, NotPossible, StoreDamaged
from assistant.store.backup import fault_in
from assistant.store.connection import refuse_if_damaged

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def add(con: sqlite3.Connection, title: str) -> int:
    """A task, as a command of another process would add it."""
    con.execute("begin immediate")
    number = con.execute("insert into number (kind) values ('task')").lastrowid
    con.execute("insert into task (id, title, state, created_at) values (?, ?, 'open', '')", (number, title))
    con.execute("commit")
    return number


def titles(path: str) -> list[str]:
    """The tasks that a file of the store holds."""
    con = sqlite3.connect(path)
    try:
        return [row[0] for row in con.execute("select title from task order by id")]
    finally:
        con.close()


def damage(path: str, where: int = 4096 * 3, length: int = 4096 * 20) -> None:
    """Overwrite a part of a file."""
    with open(path, "r+b") as file:
        file.seek(where)
        file.write(b"\xff" * length)


@pytest.fixture
def session(place):
    """A session with a store that holds one task."""
    session = place.session()
    add(session.con, "call Ada")
    yield session
    session.close()


def test_a_backup_is_a_whole_store_that_nobody_else_can_read(session, place):
    """It holds what is committed, and its size is told."""
    made = backup(session)
    assert made.path == str(place.home / "backups" / "by-hand-2026-11-24T080000Z.db")
    assert titles(made.path) == ["call Ada"]
    assert fault_in(made.path) is None
    assert made.bytes == os.path.getsize(made.path)
    assert os.stat(made.path).st_mode & 0o777 == 0o600
    assert os.stat(os.path.dirname(made.path)).st_mode & 0o777 == 0o700


def test_a_backup_goes_where_it_is_told(session, tmp_path):
    """Folders are made; a name with signs that mean something in a URI is only a name."""
    target = str(tmp_path / "new" / "a?b#c%20 d.db")
    assert backup(session, target).path == target
    assert fault_in(target) is None
    assert os.listdir(os.path.dirname(target)) == ["a?b#c%20 d.db"]


def test_a_backup_is_made_while_others_write(session, place):
    """A write transaction that is open elsewhere does not hold it up, and is not in it."""
    other = sqlite3.connect(place.home / "ask.db", isolation_level=None)
    other.execute("begin immediate")
    other.execute("insert into number (kind) values ('task')")
    assert titles(backup(session).path) == ["call Ada"]
    other.close()


def test_a_backup_does_not_overwrite_what_is_no_backup(session, tmp_path):
    """An older backup may be replaced, a letter may not."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada")
    with pytest.raises(NotPossible, match="no backup"):
        backup(session, str(letter))
    assert letter.read_text() == "Dear Ada"
    older = backup(session, str(tmp_path / "older.db"))
    add(session.con, "pay rent")
    assert titles(backup(session, older.path).path) == ["call Ada", "pay rent"]


def test_a_backup_onto_the_store_or_a_folder_is_refused(session, place):
    """Both would lose something."""
    with pytest.raises(NotPossible, match="the store itself"):
        backup(session, str(place.home / "ask.db"))
    with pytest.raises(NotPossible, match="is a folder"):
        backup(session, str(place.home))


def test_there_is_nothing_to_back_up_without_a_store(place):
    """And none is made for it."""
    with pytest.raises(NotFound):
        backup(place.session())
    assert not place.home.exists()


def test_a_place_that_cannot_be_written_is_told(session, tmp_path):
    """The path and the reason are named."""
    (tmp_path / "letter.txt").write_text("Dear Ada")
    with pytest.raises(NotPossible, match=r"letter.txt is no folder"):
        backup(session, str(tmp_path / "letter.txt" / "b.db"))


def test_a_damaged_store_gives_no_backup(session, place):
    """A copy counts only when it is whole."""
    session.close()
    damage(str(place.home / "ask.db"))
    with pytest.raises(StoreDamaged):
        backup(place.session())
    assert os.listdir(place.home / "backups") == []


def test_one_backup_a_day_is_kept_by_the_ticks(session, place):
    """The first tick that has work makes it; the others find it done."""
    assert daily_backup(session.con, str(place.home), NOW).path.endswith("backups/ask-2026-11-24.db")
    assert daily_backup(session.con, str(place.home), NOW + timedelta(hours=1)) is None
    assert daily_backup(session.con, str(place.home), NOW + timedelta(days=1)) is not None


def test_a_daily_backup_that_cannot_be_written_fails_no_tick(session, place):
    """It is noted where the doctor looks, and tried again an hour later."""
    (place.home / "backups").write_text("in the way")
    assert daily_backup(session.con, str(place.home), NOW) is None
    assert "daily backup: The backup could not be written" in (place.home / "failures.log").read_text()
    (place.home / "backups").unlink()
    assert daily_backup(session.con, str(place.home), NOW + timedelta(minutes=59)) is None
    assert daily_backup(session.con, str(place.home), NOW + timedelta(minutes=60)) is not None
    assert not (place.home / "not-backed-up").exists()


def test_fourteen_daily_backups_are_kept_and_none_that_a_person_made(session, place):
    """Also what a killed copy left is taken away, a day later."""
    by_hand = backup(session)
    half = place.home / "backups" / "ask-2026-11-01.db.77.part"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    for day in range(20):
        daily_backup(session.con, str(place.home), NOW + timedelta(days=day))
    kept = sorted(os.listdir(place.home / "backups"))
    assert len(kept) == 15
    assert kept[0] == "ask-2026-11-30.db"
    assert kept[-1] == os.path.basename(by_hand.path)


def test_a_tick_that_ended_well_asks_for_no_check(session, place):
    """A check of a large store costs seconds."""
    session.con.execute("insert into tick (began_at, ended_at) values ('2026-11-24T07:00:00Z', '2026-11-24T07:00:01Z')")
    assert check_after_unclean_stop(session.con, str(place.home), NOW) is False


def test_a_tick_that_never_ended_has_the_store_checked_once(session, place):
    """Not again at every tick thereafter, but again after the next such stop."""
    session.con.execute("insert into tick (began_at) values ('2026-11-24T07:00:00Z')")
    assert check_after_unclean_stop(session.con, str(place.home), NOW) is True
    assert check_after_unclean_stop(session.con, str(place.home), NOW) is False
    session.con.execute("insert into tick (began_at) values ('2026-11-24T07:30:00Z')")
    assert check_after_unclean_stop(session.con, str(place.home), NOW) is True


def test_a_tick_that_may_still_run_is_no_unclean_stop(session, place):
    """Four ticks side by side do not check the store four times."""
    session.con.execute("insert into tick (began_at) values ('2026-11-24T07:59:00Z')")
    assert check_after_unclean_stop(session.con, str(place.home), NOW) is False


def test_damage_after_an_unclean_stop_is_refused_from_then_on_with_the_way_back(session, place):
    """The newest good backup is named; once it is restored, all goes on."""
    good = backup(session)
    session.con.execute("insert into tick (began_at) values ('2026-11-24T07:00:00Z')")
    session.con.execute("create table filler as select hex(randomblob(500000)) as x from task, tick")
    session.close()
    size = os.path.getsize(place.home / "ask.db")
    damage(str(place.home / "ask.db"), size - 4096, 4096)
    with pytest.raises(StoreDamaged) as refused:
        check_after_unclean_stop(session.con, str(place.home), NOW)
    assert refused.value.hint == f"ask restore {good.path}"
    with pytest.raises(StoreDamaged):
        refuse_if_damaged(str(place.home))
    restore(session, good.path)
    refuse_if_damaged(str(place.home))
    assert titles(str(place.home / "ask.db")) == ["call Ada"]


def test_the_daily_backup_finds_damage_too(session, place):
    """Its copy is checked, and the copy is the store."""
    session.con.execute("create table filler as select hex(randomblob(2000)) as x from task")
    session.close()
    damage(str(place.home / "ask.db"), os.path.getsize(place.home / "ask.db") - 4096, 4096)
    with pytest.raises(StoreDamaged):
        daily_backup(session.con, str(place.home), NOW)
    with pytest.raises(StoreDamaged):
        refuse_if_damaged(str(place.home))
