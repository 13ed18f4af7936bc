"""The rows of channels that were added. Reads only."""

import sqlite3

from assistant.value import Value


class ChannelRow(Value):
    """A channel as it was added. `removed_at` is stored text, None while it is there."""

    __slots__ = ("added_at", "name", "removed_at", "url")
    added_at: str
    name: str
    removed_at: str | None
    url: str


def channel_row(con: sqlite3.Connection, name: str) -> ChannelRow | None:
    """The row of a name, also where it was removed."""
    found = con.execute(
        """
        select added_at, name, removed_at, url
        from channel
        where name = ?
        """,
        (name,),
    ).fetchone()
    return ChannelRow(*found) if found is not None else None


def channels_there(con: sqlite3.Connection) -> list[ChannelRow]:
    """All channels that were added and not removed, by name."""
    found = con.execute(
        """
        select added_at, name, removed_at, url
        from channel
        where removed_at is null
        order by name
        """
    )
    return [ChannelRow(*row) for row in found]


def messages_waiting(con: sqlite3.Connection) -> dict[str, int]:
    """How many messages are still to go out by each channel that has any."""
    found = con.execute(
        """
        select channel, count(*)
        from message
        where state = 'queued'
          and channel <> 'terminal'
        group by channel
        union all
        select 'terminal', count(*)
        from message
        where state = 'queued'
          and channel = 'terminal'
        """
    )
    return dict(found.fetchall())


def default_channel(con: sqlite3.Connection) -> str | None:
    """The channel that the person prefers, None where they said nothing."""
    found = con.execute("select value from preference where name = 'channel'").fetchone()
    return str(found[0]) if found is not None else None
