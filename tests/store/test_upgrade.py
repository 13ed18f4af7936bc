"""Stores of every released schema open in this version, become what a new store is, and lose nothing on the way."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import StoreNewer
from assistant.store import migrate
from assistant.store.backup import fault_in
from assistant.store.connection import SCHEMA_VERSION, connect
from tests.fold import TABLES, check_fold
from tests.released import FILES, rows, schema_number, schema_of, unpack

MIGRATIONS = Path(migrate.__file__).with_name("migrations")
OLDER = [file for file in FILES if schema_number(file) < SCHEMA_VERSION]


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    """A store of a released schema."""
    found: Path = request.param
    return found


@pytest.fixture
def home(file: Path, tmp_path: Path) -> Path:
    """Its folder."""
    return unpack(file, tmp_path)


@pytest.fixture
def con(home: Path) -> Iterator[sqlite3.Connection]:
    """The store, opened by this version."""
    with closing(connect(str(home))) as con:
        yield con


def test_every_released_schema_has_its_store() -> None:
    """Only the newest may still be without one: it is released when another one follows it at the latest."""
    numbers = sorted(map(schema_number, FILES))
    assert numbers == list(range(1, len(numbers) + 1))
    assert SCHEMA_VERSION - 1 <= len(numbers) <= SCHEMA_VERSION


def test_a_released_migration_is_never_edited(file: Path) -> None:
    """The migrations up to a release make exactly the schema that its store bears."""
    with closing(sqlite3.connect(":memory:")) as made, closing(sqlite3.connect(":memory:")) as released:
        for name in migrate.FILES[: schema_number(file)]:
            made.executescript((MIGRATIONS / name).read_text(encoding="utf-8"))
        released.executescript(file.read_text(encoding="utf-8"))
        assert schema_of(made) == schema_of(released)


def test_an_upgraded_store_has_the_schema_of_a_new_one(con: sqlite3.Connection, tmp_path: Path) -> None:
    """Tables, columns, checks, indexes, triggers; SQLite finds it whole, and each row that another names is there."""
    with closing(connect(str(tmp_path / "new"))) as new:
        assert schema_of(con) == schema_of(new)
        assert con.execute("pragma user_version").fetchone() == new.execute("pragma user_version").fetchone()
    assert con.execute("pragma integrity_check").fetchone() == ("ok",)
    assert con.execute("pragma foreign_key_check").fetchall() == []


def test_an_upgrade_keeps_every_row(home: Path, file: Path, tmp_path: Path) -> None:
    """Every column that was there holds what it held."""
    with closing(sqlite3.connect(":memory:")) as con:
        con.executescript(file.read_text(encoding="utf-8").replace("{folder}", str(tmp_path)))
        tables = (*TABLES, "effect")  # which became a view
        found = {table: [row[1] for row in con.execute(f"pragma table_info({table})")] for table in tables}
        columns = {table: names for table, names in found.items() if names}  # later versions have more tables
        before = {table: con.execute(f"select * from {table}").fetchall() for table in columns}
    connect(str(home)).close()
    assert all(before.values())
    for table, names in columns.items():
        assert set(rows(home / "ask.db", f"select {', '.join(names)} from {table}")) == set(before[table]), table


def test_the_journal_of_an_upgraded_store_still_makes_its_rows(con: sqlite3.Connection) -> None:
    """Replayed from nothing; whatever a migration changes in a row is in it too."""
    check_fold(con)


def test_words_are_still_found(con: sqlite3.Connection) -> None:
    """The index of words is of the same store."""
    assert con.execute("select rowid from words where words match 'uberweisung'").fetchall() == [(1,)]


@pytest.mark.parametrize("older", OLDER, ids=lambda file: file.stem)
def test_the_store_as_it_was_is_kept_before_an_upgrade(older: Path, tmp_path: Path) -> None:
    """A whole copy of the old version lies among the backups, which nobody else can read."""
    home = unpack(older, tmp_path)
    connect(str(home)).close()
    (kept,) = (home / "backups").iterdir()
    assert kept.name == f"before-schema-{SCHEMA_VERSION}.db"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert fault_in(str(kept)) is None
    assert rows(kept, "pragma user_version") == [(schema_number(older),)]
    assert rows(kept, "select * from journal") == rows(home / "ask.db", "select * from journal")


@pytest.mark.parametrize("older", OLDER, ids=lambda file: file.stem)
def test_an_upgrade_that_breaks_leaves_the_store_as_it_was(older: Path, tmp_path: Path) -> None:
    """The next try does it whole. Here a table of a name that the new schema needs is in the way."""
    home = unpack(older, tmp_path)
    with closing(connect(str(tmp_path / "new"))) as new:
        wanted = schema_of(new)
    with closing(sqlite3.connect(home / "ask.db")) as con:
        before = schema_of(con)
        texts = [(MIGRATIONS / name).read_text(encoding="utf-8") for name in migrate.FILES[schema_number(older) :]]
        added = re.findall(r"(?m)^create table (\w+)", "".join(texts))[-1]  # the last that is made
        con.execute(f"create table {added} (in_the_way)")
    with pytest.raises(Exception, match="already exists"):
        connect(str(home))
    assert rows(home / "ask.db", "pragma user_version") == [(schema_number(older),)]
    with closing(sqlite3.connect(home / "ask.db")) as con:
        con.execute(f"drop table {added}")
        assert schema_of(con) == before
    with closing(connect(str(home))) as con:
        assert schema_of(con) == wanted


def test_a_store_of_a_newer_version_is_refused_and_left_alone(home: Path) -> None:
    """Both numbers are said; nothing is written, and no copy is made."""
    newer = SCHEMA_VERSION + 1
    with closing(sqlite3.connect(home / "ask.db")) as con:
        con.execute(f"pragma user_version = {newer}")
    before = (home / "ask.db").read_bytes()
    with pytest.raises(StoreNewer, match=rf"schema {newer}, this one knows {SCHEMA_VERSION}"):
        connect(str(home))
    assert (home / "ask.db").read_bytes() == before
    assert not (home / "backups").exists()
