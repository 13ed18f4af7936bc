"""Judge whether what came was heard: each event of a source once, in order, with its job, and each job in its turn."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.app.proving.finding import BROKEN, DUPLICATE, LOST, OURS, Finding
from assistant.app.proving.story import CLOCKS
from assistant.core.names import event_data
from assistant.core.template import holds, render
from assistant.instants import to_text
from assistant.store import audit

if TYPE_CHECKING:
    from assistant.app.proving.feed import Feed
    from assistant.app.proving.judge import Judge
    from assistant.app.proving.play import Play
    from assistant.ports.records import Event


def told(play: "Play") -> int:
    """How many different things the sources of a story told."""
    return len({event.key for feed in play.outside.feeds.values() for event in feed.events})


def findings(judge: "Judge") -> Iterator[Finding]:
    """What was not heard, or more than once."""
    if judge.play.out_of_fuel is not None:
        return
    for feed in judge.play.outside.feeds.values():
        rows = audit.events_of(judge.play.con, feed.name)
        yield from _events(judge, feed, rows)
    yield from _jobs(judge)
    yield from _in_turn(judge)


def _events(judge: "Judge", feed: "Feed", rows: "list[Event]") -> Iterator[Finding]:
    """Each thing that it told is one event."""
    first = {event.key: event for event in reversed(feed.events)}
    kept = [row.key for row in rows]
    for key, event in first.items():
        if key not in kept:
            what = f"{event.name} of the source {feed.name} is lost"
            yield Finding(LOST, None, what, f"it was told as {key}, and no event has that key", OURS)
    for row in rows:
        if row.key not in first or kept.count(row.key) > 1:
            what = f"{row.name} of the source {feed.name} was kept twice"
            yield Finding(DUPLICATE, None, what, f"nothing was told as {row.key}", OURS)
    times = [first[key].at for key in kept if key in first]
    # Where the clock jumped back, what came later bears an earlier time.
    if times != sorted(times) and judge.play.acted.isdisjoint(CLOCKS):
        yield Finding(BROKEN, None, f"events of the source {feed.name} came out of order", str(kept), OURS)


def _jobs(judge: "Judge") -> Iterator[Finding]:
    """Each event that a trigger is for has its job, or the person is told why not; one key has one job.

    Overlap may leave some out, by the file's wish.
    """
    document, begin = judge.play.prepared.document, judge.story.start
    if document.get("overlap", "allow") != "allow" or begin.event is None:
        return
    if any("could not be started" in message.text for message in judge.rows.messages):
        return
    trigger = document["on"][begin.place or 0]
    events = audit.events_named(judge.play.con, begin.event)
    wanted = {key for event in events if (key := _wanted(judge, trigger, event)) is not None}
    made = [job for job in judge.rows.jobs if job.event_id is not None and job.workflow == document["name"]]
    if len(wanted) > len(made):
        what = f"{len(wanted)} events were to start a job, {len(made)} did"
        yield Finding(LOST, None, what, "an event came, no job was made, and nobody was told why", OURS)


def _wanted(judge: "Judge", trigger: dict[str, Any], event: "Event") -> str | None:
    """What tells the job of an event from others; None where its trigger does not want it."""
    people = judge.play.prepared.people
    names = {
        "event": event_data(event.data),
        "now": to_text(event.at),
        "prefs": judge.play.prepared.kept,
        "people": people,
    }
    try:
        if trigger.get("where") and not holds(trigger["where"], names):
            return None
        return str(render(trigger["key"], names)) if trigger.get("key") else str(event.id)
    except ValueError:  # data that lack what it asks for: the person must hear of it
        return f"event {event.id}"


def _in_turn(judge: "Judge") -> Iterator[Finding]:
    """Where jobs of a subject queue, none that a slot or an event made begins before the older ones have ended."""
    document = judge.play.prepared.document
    if document.get("overlap") != "queue":
        return
    turns = [turn for turn in audit.turns_of(judge.play.con) if judge.jobs[turn.job_id].workflow == document["name"]]
    for place, turn in enumerate(turns):
        job = judge.jobs[turn.job_id]
        if turn.began is None or (job.event_id is None and job.schedule_id is None):
            continue
        before = [one for one in turns[:place] if judge.jobs[one.job_id].subject == job.subject]
        if any(one.ended is None or one.ended > turn.began for one in before):
            yield Finding(BROKEN, None, "a queued job began before its turn", "an older one was still at work", OURS)
            return
