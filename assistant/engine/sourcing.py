"""Look at the sources that are due; their events and their new cursor are kept in one commit. Opens nothing itself."""

from datetime import datetime, timedelta

from assistant.core.moves import Put
from assistant.core.retry import backoff
from assistant.core.spec import Retry
from assistant.engine.counts import Counts
from assistant.engine.events import keep_event
from assistant.engine.listening import after_look, channel_of
from assistant.engine.notice import say_once
from assistant.engine.situation import Surroundings
from assistant.errors import Stale
from assistant.ports.records import SourceRow
from assistant.ports.source import Failed, Polled
from assistant.store import sources
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DOWN_AFTER = 3  # failures in a row after which the person is told
PATIENCE = timedelta(minutes=10)  # or after so long without an answer, whichever comes later
TRIES = Retry(attempts=1_000_000, first=timedelta(seconds=60), factor=2.0, longest=timedelta(hours=1))
AT_ONCE = timedelta(seconds=1)


class SourceWork(Value):
    """A source that this worker looks at. `polls`: outside; else it only says what fell due by the clock."""

    __slots__ = ("source", "polls")
    source: SourceRow
    polls: bool


class Looked(Value):
    """What came of it: the answer, or why there was none; with that, what fell due by the clock alone.

    `deaf`: it is a channel that is not listened to any more.
    """

    __slots__ = ("polled", "failed", "deaf")
    polled: Polled | None
    failed: Failed | None = None
    deaf: bool = False


def claim_source(writing: Writing, me: str, until: datetime) -> SourceWork | None:
    """Take the source that is longest due, in the open transaction."""
    for row in sources.sources_due(writing.con, writing.now, 1):
        changes = {"lease": me, "lease_until": until}
        writing.apply([Put("source", row.name, changes, "is looked at", {"lease": None})])
        return SourceWork(row.replace(**changes), row.poll_at <= writing.now)
    return None


def settle_source(
    writing: Writing, around: Surroundings, work: SourceWork, looked: Looked, counts: Counts, jitter: float
) -> None:
    """Keep what a source told, with the cursor from which it goes on."""
    there = sources.source(writing.con, work.source.name)
    if there is None or there.lease != work.source.lease:
        raise Stale(f"Source {work.source.name} is looked at by another worker.")
    polled, failed = looked.polled, looked.failed
    changes: dict[str, Any] = {"lease": None, "lease_until": None}
    kept = 0
    if polled is not None:
        kept = sum(_keep(writing, there, event) for event in polled.events)
        if polled.cursor != there.cursor:
            changes["cursor"] = polled.cursor
    if failed is not None:
        changes |= _after_failure(writing, around, there, failed, jitter)
    elif work.polls and polled is not None:
        changes |= _after_answer(writing, around, there, polled, kept)
    channel = channel_of(there)
    poll_at = changes.get("poll_at", there.poll_at)
    if channel is not None and not (polled is not None and polled.more):
        changes |= after_look(writing, channel, poll_at if failed is not None else writing.now, deaf=looked.deaf)
        poll_at = changes.get("poll_at", poll_at)
    wake_at = polled.wake_at if polled is not None else None
    changes["wake_at"] = poll_at if wake_at is None else min(poll_at, max(wake_at, writing.now + AT_ONCE))
    what = f"{kept} events" if failed is None else f"not read: {failed.error}"
    writing.apply([Put("source", there.name, changes, what, {"lease": there.lease})])
    counts.jobs_advanced += 0 if kept == 0 else 1


def _keep(writing: Writing, source: SourceRow, event: "Any") -> int:
    kept = keep_event(writing, event.name, event.key, event.data, source=source.name)
    return int(not kept.duplicate)


def _after_answer(
    writing: Writing, around: Surroundings, source: SourceRow, polled: Polled, kept: int
) -> "dict[str, Any]":
    if source.told:
        lasted = say.distance(writing.now - (source.last_success_at or source.added_at))
        late = f"; {kept} events came late" if kept else ""
        channel = channel_of(source)
        what = f"source {source.name} answers again" if channel is None else f"answers given on {channel} come again"
        _tell(writing, around, source, "back", f"{what}, after {lasted}{late}")
    return {
        "poll_at": writing.now if polled.more else writing.now + timedelta(seconds=source.every),
        "last_success_at": writing.now,
        "last_error": None,
        "failures": 0,
        "told": 0,
        "note": polled.note,
    }


def _after_failure(
    writing: Writing, around: Surroundings, source: SourceRow, failed: Failed, jitter: float
) -> "dict[str, Any]":
    failures = source.failures + 1
    wait = max(timedelta(seconds=source.every), backoff(TRIES, failures, jitter))
    if failed.retry_after is not None:
        wait = max(wait, min(failed.retry_after, timedelta(days=1)))
    told = source.told
    silent = writing.now - (source.last_success_at or source.added_at)
    if not told and (failed.permanent or (failures >= DOWN_AFTER and silent >= PATIENCE)):
        text = f"source {source.name} cannot be read: {failed.error}. It is tried again; what happens there comes late"
        if (channel := channel_of(source)) is not None:
            text = f"answers given on {channel} cannot be fetched: {failed.error}. Until then, answer here: ask inbox"
        _tell(writing, around, source, "down", text)
        told = 1
    return {"poll_at": writing.now + wait, "last_error": failed.error, "failures": failures, "told": told}


def lose_source(writing: Writing, source: SourceRow) -> None:
    """The worker that looked at it is gone: it is looked at again, from the same cursor."""
    changes = {"lease": None, "lease_until": None}
    writing.apply([Put("source", source.name, changes, "its worker is gone", {"lease": source.lease})])


def _tell(writing: Writing, around: Surroundings, source: SourceRow, about: str, text: str) -> None:
    """Once for each time that it went down."""
    since = source.last_success_at or source.added_at
    key = f"{around.store_id}/source/{source.name}/{about}/{since:%Y%m%dT%H%M%S}"
    say_once(writing, around, key, text, severity="low")
