"""Bring a store to the present schema: inside one write lock, after a backup, one file after the other."""

import os
import sqlite3

from assistant.store.connection import SCHEMA_VERSION, store_path

FILES = ("0001_first.sql", "0002_workflows.sql", "0003_after_use.sql")


def migrate(con: sqlite3.Connection, home: str, version: int) -> None:
    """Apply the migrations after `version`. A second process that comes meanwhile waits, and finds it done."""
    if version > 0:
        from assistant.store.backup import copy_store

        copy_store(con, os.path.join(home, "backups", f"before-schema-{SCHEMA_VERSION}.db"))
    else:
        con.execute("pragma page_size = 2048")  # a commit writes whole pages, and changes few rows
        con.execute("pragma journal_mode = wal")
    con.execute("pragma foreign_keys = off")  # a table that is made anew is away for a moment; `connect` turns them on
    con.execute("begin immediate")
    try:
        done = con.execute("pragma user_version").fetchone()[0]
        for number in range(done, SCHEMA_VERSION):
            for statement in _statements(FILES[number]):
                con.execute(statement)
        if done == 0:
            con.execute("insert into meta (name, value) values ('store_id', ?)", (os.urandom(4).hex(),))
        con.execute(f"pragma user_version = {SCHEMA_VERSION}")
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    _close_to_others(store_path(home))


def _statements(file: str) -> list[str]:
    with open(os.path.join(os.path.dirname(__file__), "migrations", file), encoding="utf-8") as source:
        lines = source.readlines()
    statements, statement = [], ""
    for line in lines:
        statement += line
        if sqlite3.complete_statement(statement):
            statements.append(statement)
            statement = ""
    return statements


def _close_to_others(path: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.chmod(path + suffix, 0o600)
