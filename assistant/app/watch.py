"""Tick in the foreground: a look each second, which is an idle tick unless something is due."""

import time
from datetime import timedelta

from assistant.app.run_due import run_due
from assistant.app.session import Session
from assistant.instants import from_text
from assistant.ports.records import Message
from assistant.store.due import terminal_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST_NAP_S = 0.2


def watch(
    session: Session,
    ring: "Callable[[list[Message], Session], None]",
    sent: "Callable[[int], None]",
    rings: int | None,
) -> int:
    """Tick and show until interrupted, or until that many messages were shown or went out elsewhere. How many."""
    shown = 0
    environment = session.environment
    zone = session.zone
    session.close()
    while True:
        ticked = run_due(environment, timedelta(seconds=50))
        if ticked.counts["messages_sent"]:
            sent(ticked.counts["messages_sent"])
            shown += ticked.counts["messages_sent"]
        now = Session(environment, "watch", zone)
        try:
            waiting = terminal_messages(now.reading, now.now)
            if waiting:
                ring(waiting, now)
                shown += len(waiting)
        finally:
            now.close()
        if rings is not None and shown >= rings:
            return shown
        time.sleep(_nap(ticked.next_at))


def _nap(next_at: str | None) -> float:
    """Until the next slot, but look once a second for what other windows made meanwhile."""
    if next_at is None:
        return 1.0
    ahead = from_text(next_at).timestamp() - time.time()
    return max(SHORTEST_NAP_S, min(1.0, ahead))
