"""The rows of sources. Reads only."""

import sqlite3
from datetime import datetime

from assistant.instants import from_text, to_text
from assistant.ports.records import Schedule, SourceRow
from assistant.store.rows import first, read, select

ANSWERS = "answers:"  # the URL of a row that stands for the answers on a channel, and is no source of a person


def all_sources(con: sqlite3.Connection) -> list[SourceRow]:
    """The sources that are there, by name, without their cursors: these are long, and only a poll needs one."""
    columns = ", ".join("null" if column == "cursor" else column for column in SourceRow._fields)
    there = "removed_at is null and substr(url, 1, 8) <> ?"
    found = con.execute(f"select {columns} from source where {there} order by name", (ANSWERS,))
    return [read(SourceRow, row) for row in found]


def source(con: sqlite3.Connection, name: str) -> SourceRow | None:
    """A source by its name, also one that was removed."""
    return first(con, SourceRow, "where name = ?", (name,))


def sources_due(con: sqlite3.Connection, now: datetime, most: int) -> list[SourceRow]:
    """Sources that nobody looks at and that may have something to tell, the longest due first."""
    rest = "indexed by sources_due where removed_at is null and lease is null and wake_at <= ?"
    return select(con, SourceRow, f"{rest} order by wake_at, name limit ?", (to_text(now), most))


def leased_sources(con: sqlite3.Connection) -> list[SourceRow]:
    """Sources that a worker looks at, or looked at when it died."""
    return select(con, SourceRow, "indexed by sources_leased where lease is not null order by name")


def schedules_bound(con: sqlite3.Connection, uid: str) -> list[Schedule]:
    """The reminders whose time is that of an event, by its UID, of whichever calendar."""
    rest = """
    indexed by schedules_bound
    where json_extract(inputs, '$.bound.uid') = ?
      and json_extract(inputs, '$.bound.uid') is not null
      and state <> 'ended'
    order by id
    """
    return select(con, Schedule, rest, (uid,))


def asked_at(con: sqlite3.Connection, channel: str) -> datetime | None:
    """When a message last went out on a channel, or began to, that asks what is still open."""
    ask = """
    select max(coalesce(message.sent_at, message.wake_at))
    from request indexed by requests_open
    join message indexed by messages_of_job
      on message.job_id = request.job_id and message.step_id is request.step_id
    where request.state = 'open' and message.channel = ? and (message.sent_at is not null or message.state = 'sending')
    """
    (found,) = con.execute(ask, (channel,)).fetchone()
    return None if found is None else from_text(found)
