"""What reached a person lately, what the attention limit holds, and failures that repeat. Reads only."""

import sqlite3
from datetime import datetime

from assistant.instants import from_text, to_text
from assistant.ports.records import Message
from assistant.store.rows import first, select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

REPEATS = "repeats/"  # rows of `meta`: a workflow, and the mark of a failure


def interruptions(con: sqlite3.Connection, since: datetime, now: datetime) -> list[datetime]:
    """When messages went out since an instant, or may have: those that are being sent, and those in doubt.

    The terminal interrupts nobody.
    """
    rows = con.execute(
        "select sent_at from message indexed by messages_sent"
        " where sent_at is not null and sent_at > ? and channel <> 'terminal'"
        " union all"
        " select ? from message indexed by messages_leased where lease is not null and channel <> 'terminal'"
        # What may have gone out before its worker died: it waits to be looked up, with a rank below zero.
        " union all select ? from channel cross join message indexed by messages_to_send"
        " where message.state = 'queued' and message.channel <> 'terminal' and message.channel = channel.name"
        " and message.rank < 0",
        (to_text(since), to_text(now), to_text(now)),
    )
    return [from_text(row[0]) for row in rows]


def held_low(con: sqlite3.Connection, channel: str, now: datetime, reason: str) -> list[Message]:
    """The low messages on a channel that waited for a reason, are due, and that no step waits for; oldest first."""
    rest = (
        "indexed by messages_to_send where state = 'queued' and channel <> 'terminal' and channel = ?"
        " and wake_at <= ? and severity = 'low' and attempts = 0 and reason like ? || '%' and not exists ("
        "select 1 from step where step.id = message.step_id and step.state = 'waiting') order by at, id"
    )
    return select(con, Message, rest, (channel, to_text(now), reason))


def held_by_limit(con: sqlite3.Connection, ids: "Iterable[int]", reason: str) -> list[Message]:
    """Of these messages, those that still wait for a reason, that nobody tried to send, and that no step waits for."""
    rest = (
        "where id in (select value from json_each(?)) and state = 'queued' and attempts = 0 and reason like ? || '%'"
        " and not exists (select 1 from step where step.id = message.step_id and step.state = 'waiting') order by id"
    )
    return select(con, Message, rest, (f"[{','.join(map(str, ids))}]", reason))


def next_held(con: sqlite3.Connection, job_id: int) -> Message | None:
    """Of the messages of a job that quiet hours or the limit hold, the one that goes out next."""
    rest = (
        "indexed by messages_of_job where job_id is not null and job_id = ? and state = 'queued'"
        " and reason like 'held by %' order by wake_at, id"
    )
    return first(con, Message, rest, (job_id,))


def queued_by_key(con: sqlite3.Connection, key: str) -> Message | None:
    """The message of a key that has not gone out yet."""
    return first(con, Message, "where key = ? and state = 'queued'", (key,))


def repeats_of(con: sqlite3.Connection, workflow: str) -> list[tuple[str, str]]:
    """The failures of a workflow that were told and that it has not recovered from: name and value in `meta`."""
    begin = f"{REPEATS}{workflow}/"
    rows = con.execute(
        "select name, value from meta where name >= ? and name < ? and value <> '' order by name",
        (begin, f"{begin[:-1]}0"),  # 0 follows the slash
    )
    return [(row[0], row[1]) for row in rows]


def meta_value(con: sqlite3.Connection, name: str) -> str | None:
    """What is kept under a name."""
    row = con.execute("select value from meta where name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def went_smoothly(con: sqlite3.Connection, job_id: int) -> bool:
    """Whether no step of a job failed or was done by what stands in for it."""
    found = con.execute(
        "select exists (select 1 from step where job_id = ? and (state = 'failed' or done_by = 'fallback'))", (job_id,)
    )
    return not found.fetchone()[0]
