"""Fill stores quickly: one real row is made by `ask`, and plain SQL copies it. Measures nothing.

Copies follow the row that `ask` wrote, column by column, so that they stay true to the schema as it changes.
"""

import sqlite3
from pathlib import Path

from place import Place

COUNT = "with recursive n (i) as (select 1 union all select i + 1 from n where i < :copies)"


def tasks(place: Place, name: str, count: int) -> None:
    """A store with so many open tasks."""
    place.do(name, "add", "buy stamps for letter 0")
    _copy(place.home(name), "task", count - 1, {"title": "'buy stamps for letter ' || n.i"})


def reminders(place: Place, name: str, count: int, channel: str | None = None) -> None:
    """A store with so many reminders, each a minute after the one before, from a day far ahead on."""
    if channel is not None:
        place.do(name, "channel", "add", "out", channel)
        place.do(name, "pref", "set", "channel", "out")
    place.do(name, "remind", "call customer 0", "--at", "2099-01-01 09:00")
    at = "strftime('%Y-%m-%dT%H:%M:%SZ', t.next_at, '+' || n.i || ' minutes')"
    wall = "strftime('%Y-%m-%dT%H:%M:%S', t.wall, '+' || n.i || ' minutes')"
    _copy(place.home(name), "schedule", count - 1, {"title": "'call customer ' || n.i", "next_at": at, "wall": wall})


def jobs(home: Path, copies: int) -> None:
    """Copy the newest job, whose one step is ready, with its number, its step and the journal lines of both."""
    con = _opened(home)
    number, job, step = (
        con.execute(f"select max(id) from {table}").fetchone()[0] for table in ("number", "job", "step")
    )
    key = con.execute("select key from job where id = ?", (job,)).fetchone()[0]
    values = {"copies": copies, "number": number, "job": job, "step": step, "key": key}
    _rows(con, "number", "t.id = :number", {"id": ":number + n.i"}, values)
    copied = {"id": ":job + n.i", "number": ":number + n.i", "key": ":key || '-' || n.i"}
    _rows(con, "job", "t.id = :job", copied, values)
    copied = {"id": ":step + n.i", "job_id": ":job + n.i", "key": "replace(t.key, :key, :key || '-' || n.i)"}
    _rows(con, "step", "t.id = :step", copied, values)
    for table, row in (("job", job), ("step", step)):
        found = "select id from journal where tab = ? and row = ? order by id"
        for (line,) in con.execute(found, (table, str(row))).fetchall():
            last = con.execute("select max(id) from journal").fetchone()[0]
            more = {**values, "line": line, "last": last, "row": row}
            copied = {"id": ":last + n.i", "row": ":row + n.i", "item": ":number + n.i"}
            _rows(con, "journal", "t.id = :line", copied, more)
    _close(con)


ASKS = "name: pay\nsteps:\n  - {id: act, run: ['true'], approve: {expires: 300d}}\n"


def requests(place: Place, name: str, count: int) -> None:
    """A store with so many open approvals, each of a job of its own; `ask` makes the first one."""
    file = place.stores / f"{name}.yaml"
    file.write_text(ASKS, encoding="utf-8")
    place.do(name, "workflow", "add", str(file))
    place.do(name, "run", "pay")
    place.do(name, "run-due")
    con = _opened(place.home(name))
    request, job, step = con.execute("select id, job_id, step_id from request").fetchone()
    number, key = con.execute("select number, key from job where id = ?", (job,)).fetchone()
    values = {"copies": count - 1, "request": request, "job": job, "step": step, "number": number, "key": key}
    last = {**values, "last": con.execute("select max(id) from number").fetchone()[0]}
    of_job, of_request = ":last + 2 * n.i - 1", ":last + 2 * n.i"
    _rows(con, "number", "t.id = :number", {"id": of_job}, last)
    _rows(con, "number", "t.id = :request", {"id": of_request}, last)
    copied = {"id": ":job + n.i", "number": of_job, "key": ":key || '-' || n.i"}
    _rows(con, "job", "t.id = :job", copied, last)
    copied = {"id": ":step + n.i", "job_id": ":job + n.i", "key": "replace(t.key, :key, :key || '-' || n.i)"}
    _rows(con, "step", "t.id = :step", copied, last)
    copied = {"id": of_request, "job_id": ":job + n.i", "step_id": ":step + n.i"}
    _rows(con, "request", "t.id = :request", copied, last)
    _close(con)


def ready_steps(home: Path) -> int:
    """How many steps wait for a tick."""
    con = sqlite3.connect(home / "ask.db")
    found: int = con.execute("select count(*) from step where state = 'ready'").fetchone()[0]
    con.close()
    return found


def make_due(home: Path, count: int, seconds_ago: int) -> None:
    """Let the first reminders of a store have been due since so many seconds; every tenth of them is urgent."""
    with sqlite3.connect(home / "ask.db") as con:
        con.execute(
            "update schedule set next_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || ? || ' seconds'),"
            " priority = case id % 10 when 0 then 'urgent' else 'normal' end"
            " where id in (select id from schedule order by id limit ?)",
            (seconds_ago, count),
        )
    con.close()


def _copy(home: Path, table: str, copies: int, changes: dict[str, str]) -> None:
    """Copy the newest row of a table with its number, its command, its journal line and its searched words."""
    con = _opened(home)
    number = con.execute(f"select max(id) from {table}").fetchone()[0]
    command, line = con.execute("select max(command_id), max(id) from journal where tab = ?", (table,)).fetchone()
    values = {"copies": copies, "number": number, "command": command, "line": line}
    if copies > 0:
        _rows(con, "number", "t.id = :number", {"id": ":number + n.i"}, values)
        _rows(con, table, "t.id = :number", {"id": ":number + n.i", **changes}, values)
        _rows(con, "command", "t.id = :command", {"id": ":command + n.i"}, values)
        row = {"id": ":line + n.i", "command_id": ":command + n.i", "row": ":number + n.i", "item": ":number + n.i"}
        _rows(con, "journal", "t.id = :line", row, values)
        con.execute(
            "insert into words (rowid, title, project, tags)"
            f" select id, title, coalesce(project, ''), tags from {table} where id > ?",
            (number,),
        )
    _close(con)


def _opened(home: Path) -> sqlite3.Connection:
    con = sqlite3.connect(home / "ask.db", isolation_level=None)
    con.execute("pragma synchronous = off")
    con.execute("pragma cache_size = -200000")
    con.execute("begin immediate")
    return con


def _close(con: sqlite3.Connection) -> None:
    con.execute("commit")
    con.execute("pragma wal_checkpoint(truncate)")
    con.close()


def _rows(con: sqlite3.Connection, table: str, where: str, changes: dict[str, str], values: dict[str, object]) -> None:
    columns = [row[1] for row in con.execute(f"pragma table_info({table})")]
    wanted = ", ".join(changes.get(column, f"t.{column}") for column in columns)
    con.execute(
        f"insert into {table} ({', '.join(columns)}) {COUNT} select {wanted} from {table} as t, n where {where}", values
    )
