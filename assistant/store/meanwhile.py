"""What happened since an instant, by the end of the journal and of the events. Reads only, and bounded."""

import sqlite3
from datetime import datetime

from assistant.instants import to_text
from assistant.ports.records import Event, Request
from assistant.store.rows import select

TAIL = 20_000  # lines of the journal that are looked through
MOST = 200  # rows of one kind

_TOUCHED = (
    "with touched as (select distinct row from journal"
    " where id > (select coalesce(max(id), 0) from journal) - ? and tab = ? and at >= ?)"
)


def slots(con: sqlite3.Connection, since: datetime) -> dict[str, int]:
    """How many slots ran, were late, skipped, joined to a newer one, or missed."""
    rows = con.execute(
        f"{_TOUCHED} select state, sum(count) from touched"
        " join slot on schedule_id = cast(substr(row, 1, instr(row, '/') - 1) as integer)"
        " and slot.at = substr(row, instr(row, '/') + 1) group by state",
        (TAIL, "slot", to_text(since)),
    )
    return {str(state): int(count) for state, count in rows}


def expired(con: sqlite3.Connection, since: datetime) -> list[Request]:
    """Questions that nobody answered in time, the latest last."""
    rest = (
        "where id in (select cast(row as integer) from journal"
        " where id > (select coalesce(max(id), 0) from journal) - ? and tab = 'request' and at >= ?"
        " and after ->> 'state' = 'expired') and state = 'expired' order by ended_at, id limit ?"
    )
    return select(con, Request, rest, (TAIL, to_text(since), MOST))


def events(con: sqlite3.Connection, name: str, since: datetime) -> list[Event]:
    """Events of a name since an instant, the latest last."""
    rest = "indexed by events_by_name where name = ? and at >= ? order by id limit ?"
    return select(con, Event, rest, (name, to_text(since), MOST))


def later_events(con: sqlite3.Connection, names: tuple[str, ...], of: Event, field: str) -> list[Event]:
    """Events of these names after another one, about the same thing: a field of their data is the same."""
    marks = ", ".join("?" * len(names))
    rest = (
        f"indexed by events_by_name where name in ({marks}) and id > ?"
        f" and json_extract(data, '$.{field}') = (select json_extract(data, '$.{field}') from event where id = ?)"
        " order by id limit ?"
    )
    return select(con, Event, rest, (*names, of.id, of.id, MOST))


def is_cut(con: sqlite3.Connection, since: datetime) -> bool:
    """Whether more happened than is looked through."""
    row = con.execute("select at from journal where id = (select max(id) from journal) - ?", (TAIL,)).fetchone()
    return row is not None and str(row[0]) >= to_text(since)


def waiting(con: sqlite3.Connection, now: datetime) -> int:
    """How many schedules have a slot that has come and that no tick has seen."""
    found = con.execute(
        "select count(*) from schedule indexed by schedules_due"
        " where next_at is not null and state <> 'ended' and state = 'active' and next_at <= ?",
        (to_text(now),),
    )
    return int(found.fetchone()[0])
