"""Messages that wait for the terminal: shown on stderr, and marked as delivered once they are flushed."""

import sqlite3

from assistant.app.session import Session
from assistant.cli.output import talk
from assistant.ports.records import Message
from assistant.store.due import terminal_messages


def show_waiting(session: Session) -> int:
    """Show what waits, then write that it was shown. How many."""
    import os

    from assistant.store.connection import store_path

    if not os.path.exists(store_path(session.home)):
        return 0
    waiting = terminal_messages(session.reading, session.now)
    if not waiting:
        return 0
    try:
        talk(*(line_of(message, session) for message in waiting))
    except OSError:
        return 0  # the terminal is gone: they wait for the next one
    settle(session, waiting)
    return len(waiting)


def line_of(message: Message, session: Session) -> str:
    """One message as a line: when it was due, its number, its text, and what can be done about it."""
    from assistant.cli.show import short
    from assistant.when.names import clock

    local, now = message.at.astimezone(session.tzinfo), session.now.astimezone(session.tzinfo)
    at = clock(local) if local.date() == now.date() else short(message.at, session)
    number = f"{message.item}  " if message.item is not None else ""
    names_its_own = "ask " in message.text.rpartition(" · ")[2]  # what the engine says ends with what can be done
    ways = f"   done: ask done {message.item} · later: ask snooze {message.item} 1h"
    if message.item and message.schedule_id is None:
        ways = f"   see: ask show {message.item}"  # of a job, that no schedule started
    if message.item is None or (names_its_own and message.schedule_id is None):
        ways = ""
    reason = f"   ({message.reason})" if message.reason else ""
    return f"  {at}  {number}{message.text}{reason}{ways}"


def settle(session: Session, shown: list[Message]) -> None:
    """Write that these messages were shown. Where the store cannot be written they are shown again next time."""
    from assistant.engine.counts import Counts
    from assistant.engine.outcome import settle_message
    from assistant.errors import AskError, Stale
    from assistant.ports.channel import Sent
    from assistant.store.write import Writing

    around = session.around()
    for message in shown:
        try:
            with Writing(session.con, session.home, session.now) as writing:
                settle_message(writing, around, message, Sent(), Counts(), session.jitter())
        except Stale:
            continue  # another terminal showed it at the same moment
        except (AskError, sqlite3.Error):
            return
