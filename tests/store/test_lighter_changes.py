"""The tables that were made anew hold what they held, by the rules that they had, and a change of a row is light."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from assistant.store import migrate

MADE_ANEW = ("job", "step", "attempt", "effect", "message", "slot")
STATEMENTS = [statement for file in migrate.FILES[:2] for statement in migrate._statements(file)]
FIRST = next(place for place, statement in enumerate(STATEMENTS) if "create table job_new" in statement)
OTHER_INDEXES = {"steps_leased", "steps_to_begin"}  # that one took the place of both
LIST = re.compile(r"(\w+) in\(((?:'[^']*'(?:, )?){3,})\)")
ROWS = """
insert into number (id, kind) values (1, 'schedule'), (2, 'job');
insert into workflow (id, name, version, spec, hash, state, created_at) values (1, 'w', 1, '{}', 'h', 'active', 'now');
insert into schedule (id, workflow_id, title, state, zone, floating, inputs, if_late, created_at)
  values (1, 1, 'a', 'active', 'UTC', 1, '{}', 'run', 'now');
insert into job (id, number, workflow_id, schedule_id, title, state, key, inputs, created_at, workflow)
  values (7, 2, 1, 1, 'a', 'in_progress', 'k', '{"a":1}', 'now', 'w');
insert into step (id, job_id, path, state, action, key, attempts, lease) values
  (9, 7, 'a', 'running', '{"run":{}}', 'k/a', 1, 'me'), (12, 7, 'b', 'ready', '{"run":{}}', 'k/b', 0, null);
insert into attempt (step_id, number, began_at) values (9, 1, 'now');
insert into effect (key, number, step_id, kind, state, began_at) values ('k/a', 1, 9, 'once', 'started', 'now');
insert into message (id, key, channel, job_id, step_id, text, severity, state, at, wake_at)
  values (3, 'k/m', 'out', 7, 9, 'x', 'high', 'queued', 'now', 'now');
insert into slot (schedule_id, at, last, count, state, job_id) values (1, 'a', 'a', 1, 'ran', 7);
"""


@pytest.fixture
def con() -> Iterator[sqlite3.Connection]:
    """A store as it was before, with a row or two in each of the tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        for statement in STATEMENTS[:FIRST]:
            con.execute(statement)
        con.executescript(ROWS)
        yield con


def make_anew(con: sqlite3.Connection) -> None:
    """The last part of the second migration."""
    for statement in STATEMENTS[FIRST:]:
        con.execute(statement)


def bring_up(con: sqlite3.Connection) -> None:
    """That, and the migrations after it."""
    make_anew(con)
    for file in migrate.FILES[2:]:
        for statement in migrate._statements(file):
            con.execute(statement)


@pytest.mark.parametrize("table", MADE_ANEW)
def test_a_table_that_is_made_anew_keeps_its_rows(table: str, con: sqlite3.Connection) -> None:
    """A migration loses nothing."""
    rows = con.execute(f"select * from {table}").fetchall()
    make_anew(con)
    assert rows
    assert con.execute(f"select * from {table}").fetchall() == rows
    assert con.execute("pragma foreign_key_check").fetchall() == []


@pytest.mark.parametrize("table", MADE_ANEW)
def test_a_table_that_is_made_anew_has_the_columns_and_rules_that_it_had(table: str, con: sqlite3.Connection) -> None:
    """Only how a check is written differs: `x in (…)` of three or more became a row of `or`."""
    was = _rules(con, table)
    make_anew(con)
    assert _rules(con, table) == was


def test_the_indexes_of_tables_that_are_made_anew_are_there_again(con: sqlite3.Connection) -> None:
    """Dropping a table drops its indexes."""
    was = _indexes(con)
    make_anew(con)
    now = _indexes(con)
    assert (was.keys() - now.keys(), now.keys() - was.keys()) == ({"steps_leased"}, {"messages_sent"})
    assert {name: sql for name, sql in now.items() if name in was and name not in OTHER_INDEXES} == {
        name: sql for name, sql in was.items() if name not in OTHER_INDEXES
    }


def test_a_try_and_its_effect_become_one_row(con: sqlite3.Connection) -> None:
    """Nothing that was known of either is lost, and what was outside can be looked at by its key as before."""
    con.execute("insert into attempt (step_id, number, began_at, outcome) values (12, 1, 'then', 'succeeded')")
    con.execute("insert into effect values ('k/b', 1, 12, 'keyed', 'happened', 'then', 'later')")
    effects = con.execute("select key, number, step_id, kind, state, began_at, ended_at from effect").fetchall()
    attempts = con.execute(
        "select step_id, number, began_at, ended_at, took_ms, outcome, error from attempt"
    ).fetchall()
    bring_up(con)
    columns = "step_id, number, began_at, ended_at, took_ms, outcome, error"
    assert con.execute(f"select {columns} from attempt").fetchall() == attempts
    assert con.execute("select * from effect order by key").fetchall() == effects


def test_a_try_without_an_effect_is_in_doubt_and_not_lost(con: sqlite3.Connection) -> None:
    """None such was ever written; a store is not the place to be sure of that."""
    con.execute("delete from effect")
    bring_up(con)
    assert con.execute("select step_id, number, key, kind, effect from attempt").fetchall() == [
        (9, 1, "k/a", "once", "unknown")
    ]


CHANGES: dict[str, Callable[[sqlite3.Connection], str]] = {
    "an attempt ends": lambda con: "update attempt set outcome = ?, effect = ? where step_id is ? and number is ?",
    "a job goes on": lambda con: "update job set state = ?, rev = ? where id is ? and rev is ?",
    "a job ends": lambda con: "update job set state = ?, ended_at = ?, rev = ? where id is ? and rev is ?",
    "a step begins": lambda con: "update step set state = ?, lease = ?, wake_at = ? where id is ? and state is ?",
    "a message is sent": lambda con: "update message set state = ?, sent_at = ? where id is ? and state is ?",
    "a message is made": lambda con: _insert(con, "message"),
    "a slot is made": lambda con: _insert(con, "slot"),
    "an attempt is made": lambda con: _insert(con, "attempt"),
    "a job is made": lambda con: _insert(con, "job"),
    "a step is made": lambda con: _insert(con, "step"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_builds_no_table_in_memory(
    change: Callable[[sqlite3.Connection], str], con: sqlite3.Connection
) -> None:
    """Such a table costs as much as the change itself; it is built for each list of three or more that a check asks."""
    bring_up(con)
    sql = change(con)
    marks = sql.count("?")
    assert [row for row in con.execute(f"explain {sql}", (None,) * marks) if row[1] == "OpenEphemeral"] == []


def _insert(con: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in con.execute(f"pragma table_info({table})")]
    return f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"


def _rules(con: sqlite3.Connection, table: str) -> list[str]:
    """The parts of a table's definition, each said in one way, and in one order: a column that came later moved up."""
    sql: str = con.execute("select sql from sqlite_schema where name = ? and type = 'table'", (table,)).fetchone()[0]
    inside = " ".join(re.sub(r"--.*", "", sql).split()).partition("(")[2]
    inside = re.sub(r"\s*([()])\s*", r"\1", inside).replace(",", ", ").replace("  ", " ")
    columns, _, options = LIST.sub(_as_or, inside).rpartition(")")
    return [*sorted(part.strip() for part in re.split(r", (?![^(]*\))", columns)), options]


def _as_or(found: re.Match[str]) -> str:
    return " or ".join(f"{found[1]} = {word}" for word in found[2].split(", "))


def _indexes(con: sqlite3.Connection) -> dict[str, str]:
    marks = ", ".join("?" * len(MADE_ANEW))
    found = con.execute(
        f"select name, sql from sqlite_schema where type = 'index' and sql is not null and tbl_name in ({marks})",
        MADE_ANEW,
    )
    return {name: " ".join(sql.split()) for name, sql in found}
