"""Stores as earlier releases left them, put into a person's folder; `fixtures/stores/write.py` says what they hold."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

STORES = Path(__file__).with_name("fixtures") / "stores"
FILES = sorted(STORES.glob("schema-*.sql"))
PROGRAMS = ("tidy", "fetch", "pay", "upload", "bell", "horn")
PROGRAMS_OF_FLOWS = ("carry", "recall")  # of schema 2 and later
# Which step of which job, once: what a program may do twice is seen.
PROGRAM = '#!/bin/sh\necho "$(basename "$0") $ASK_KEY" >> "$HOME/did"\n'


def schema_number(file: Path) -> int:
    """The schema that a fixture is of.

    >>> schema_number(Path("schema-12.sql"))
    12
    """
    return int(file.stem.removeprefix("schema-"))


def unpack(file: Path, folder: Path) -> Path:
    """The store in `folder/home`, as that release left it, and the programs that its steps run, which now work."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    store = home / "ask.db"
    store.touch(mode=0o600)
    with closing(sqlite3.connect(store)) as con:
        con.executescript(file.read_text(encoding="utf-8").replace("{folder}", str(folder)))
    (folder / "bin").mkdir()
    (folder / "work.ics").write_bytes((STORES / "work.ics").read_bytes())
    for name in PROGRAMS + PROGRAMS_OF_FLOWS:
        program = folder / "bin" / name
        program.write_text(PROGRAM)
        program.chmod(0o700)
    return home


def rows(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a store says to a question, whatever its version."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as con:
        return con.execute(sql, values).fetchall()


def schema_of(con: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Kind, name and text of everything the schema has, the text without comments, spaces and case."""
    found = con.execute("select type, name, coalesce(sql, '') from sqlite_schema where name not like 'sqlite_stat%'")
    return {(kind, name, _plain(sql)) for kind, name, sql in found}


def _plain(sql: str) -> str:
    lines = (line.partition("--")[0] for line in sql.splitlines())
    return "".join("".join(lines).split()).lower()
