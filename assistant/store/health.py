"""What shows whether the store and the work in it are well. Questions only; changes nothing."""

import os
import sqlite3
from datetime import datetime

from assistant.errors import NotFound, StoreNewer
from assistant.instants import from_text, to_text
from assistant.ports.records import SourceRow
from assistant.store.connection import SCHEMA_VERSION, store_path, translated
from assistant.store.sources import all_sources
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LATEST = 200  # ticks looked at for one that never ended


class Held(Value):
    """A step or a message under a lease."""

    __slots__ = ("what", "item", "lease", "until")
    what: str
    item: int | None
    lease: str
    until: datetime | None


class Undelivered(Value):
    """Messages of one channel that came to the same end."""

    __slots__ = ("channel", "state", "reason", "count", "item")
    channel: str
    state: str
    reason: str | None
    count: int
    item: int | None


def open_to_look(home: str) -> sqlite3.Connection:
    """The store for looking only: neither made nor migrated, and a folder that cannot be written is no obstacle."""
    from urllib.parse import quote

    path = store_path(home)
    if not os.path.exists(path):
        raise NotFound(f"There is no store yet: {path}.", 'ask add "first task" makes it')
    try:
        con, version = _opened(f"file:{quote(path)}?mode=ro")
    except sqlite3.OperationalError:
        # Where the folder cannot be written SQLite cannot share memory with writers; then the file stands still.
        try:
            con, version = _opened(f"file:{quote(path)}?immutable=1")
        except sqlite3.Error as error:
            raise translated(error, home) from error
    except sqlite3.Error as error:
        raise translated(error, home) from error
    if version > SCHEMA_VERSION:
        con.close()
        raise StoreNewer(f"{path} has schema {version}, this ask knows {SCHEMA_VERSION}.", "upgrade ask")
    return con


def _opened(uri: str) -> tuple[sqlite3.Connection, int]:
    con = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        return con, con.execute("pragma user_version").fetchone()[0]
    except sqlite3.Error:
        con.close()
        raise


def long_gaps(con: sqlite3.Connection, since: datetime) -> list[tuple[datetime, int]]:
    """When a tick came after a long gap, and the gap in seconds; the oldest first."""
    found = con.execute(
        "select began_at, gap_s from tick where gap_s is not null and began_at >= ? order by id", (to_text(since),)
    )
    return [(from_text(row[0]), row[1]) for row in found]


def last_unended_tick(con: sqlite3.Connection, before: datetime) -> int | None:
    """The latest tick that began before an instant and never wrote its end: killed, or cut off with the machine."""
    found: int | None = con.execute(
        "select max(id) from tick where ended_at is null and began_at < ? and id > (select max(id) from tick) - ?",
        (to_text(before), LATEST),
    ).fetchone()[0]
    return found


def last_change_at(con: sqlite3.Connection) -> datetime | None:
    """When the journal was last written."""
    found = con.execute("select at from journal order by id desc limit 1").fetchone()
    return from_text(found[0]) if found else None


def last_change(con: sqlite3.Connection) -> int:
    """The number of the last journal line, 0 where there is none."""
    return int(con.execute("select coalesce(max(id), 0) from journal").fetchone()[0])


def first_change_after(con: sqlite3.Connection, line: int) -> datetime | None:
    """When the first journal line after another was written."""
    found = con.execute("select at from journal where id > ? order by id limit 1", (line,)).fetchone()
    return from_text(found[0]) if found else None


def held(con: sqlite3.Connection) -> list[Held]:
    """What workers hold, or held when they died."""
    found = con.execute(
        "select 'step ' || step.path, job.number, step.lease, step.lease_until"
        " from step join job on job.id = step.job_id where step.lease is not null"
        " union all select 'message on ' || channel, item, lease, lease_until from message where lease is not null"
    )
    return [Held(row[0], row[1], row[2], from_text(row[3]) if row[3] else None) for row in found]


def sources_held(con: sqlite3.Connection) -> list[Held]:
    """The sources that are looked at."""
    return [
        Held(f"source {row.name}", None, row.lease, row.lease_until) for row in sources(con) if row.lease is not None
    ]


def undelivered(con: sqlite3.Connection, since: datetime) -> list[Undelivered]:
    """Messages of late that died on a channel which delivered nothing since, or that may not have arrived."""
    found = con.execute(
        "with delivered as ("
        " select channel, max(sent_at) as last from message where sent_at is not null group by channel)"
        " select message.channel, state, reason, count(*), max(item) from message"
        " left join delivered on delivered.channel = message.channel"
        " where max(at, wake_at) >= ?"
        " and (state = 'unknown' or state = 'dead' and coalesce(last, '') <= max(at, wake_at))"
        " group by message.channel, state, reason order by count(*) desc",
        (to_text(since),),
    )
    return [Undelivered(*row) for row in found]


def waiting_for_terminal(con: sqlite3.Connection, before: datetime) -> tuple[int, datetime | None]:
    """How many messages have waited to be shown since before an instant, and since when the oldest has."""
    count, oldest = con.execute(
        "select count(*), min(wake_at) from message indexed by messages_for_terminal"
        " where state = 'queued' and channel = 'terminal' and wake_at < ?",
        (to_text(before),),
    ).fetchone()
    return count, from_text(oldest) if oldest else None


def channel_urls(con: sqlite3.Connection) -> list[tuple[str, str]]:
    """The channels that were added, by name and URL."""
    found = con.execute("select name, url from channel where removed_at is null order by name")
    return [(row[0], row[1]) for row in found]


def sources(con: sqlite3.Connection) -> list[SourceRow]:
    """The sources that are there; none in a store that is older than they are."""
    if con.execute("select 1 from sqlite_master where type = 'table' and name = 'source'").fetchone() is None:
        return []
    return all_sources(con)


def active_specs(con: sqlite3.Connection) -> "list[Any]":
    """What each active version of a workflow says."""
    from assistant.jsontext import load

    return [load(spec) for (spec,) in con.execute("select spec from workflow where state = 'active'")]


def preferences(con: sqlite3.Connection) -> dict[str, str]:
    """The preferences that are set."""
    return dict(con.execute("select name, value from preference").fetchall())
