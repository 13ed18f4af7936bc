"""`after the vendor call`: a time that an event of a calendar gives. Reads the calendars among the sources, now."""

from datetime import UTC, datetime, timedelta

from assistant.app import words
from assistant.app.calendars import calendars, events_between
from assistant.app.secrets import SecretReader
from assistant.app.session import Session
from assistant.core.bound import Binding
from assistant.errors import AskError, UsageError
from assistant.ports.records import SourceRow
from assistant.ports.source import Asking
from assistant.store.sources import all_sources
from assistant.value import Value
from assistant.when import say
from assistant.when import zone as zones
from assistant.when.values import Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Event = dict[str, Any]

SOON = timedelta(days=8)  # how far is looked where no day is said
WITHIN = timedelta(seconds=15)
LISTED = 8
SIDES = {"after": "end", "before": "start"}
LEFT_OUT = frozenset(("the", "my", "our", "a", "an"))
ONE = frozenset(("a", "an", "one"))
# `look after the kids`: with these, `after` belongs to the verb.
PHRASAL = frozenset(("look", "looking", "looks", "take", "takes", "run", "go", "name", "named", "chase", "soon", "be"))
# `before she leaves`: no name of an event.
PERSONS = frozenset(("i", "you", "he", "she", "it", "we", "they", "everyone", "everybody", "somebody", "someone"))
ADVERBS = frozenset(
    ("right", "just", "immediately", "directly", "shortly", "in", "at")
)  # `right after`, `in 1 h after`
JOINING = frozenset(("to", "that", ",", ":"))  # between the name of an event and what is to be done
GOING_ON = frozenset(("with", "of", "at", "in", "on", "for", "about", "from", "by", "and", "or"))  # a name goes on so


class Bound(Value):
    """A time, to which event it is bound, and the words that are left of the text."""

    __slots__ = ("reading", "binding", "rest")
    reading: Reading
    binding: Binding
    rest: str


class Clause(Value):
    """`… 30 min after WHAT`: the words before it, the side, the distance in seconds, and the words that follow."""

    __slots__ = ("before", "side", "offset", "what", "words")
    before: str
    side: str
    offset: int
    what: str
    words: str


def bound_time(session: Session, reading: Reading) -> Bound | None:
    """The time that an event gives; None where no calendar is there, or no event is meant.

    UsageError where a day is said and none of its events is meant for certain.
    """
    clauses = read_clauses(reading.message)
    rows = calendars(all_sources(session.reading)) if clauses else []
    if not rows:
        return None
    start, end = _span(session, reading)
    asking = Asking(session.zone, SecretReader(session.environment, session.home), WITHIN)
    found = events_between(rows, start, end, asking)
    events = [event for event in found.events if not event["all_day"]]
    for clause in clauses:
        if reading.kind == "none":
            events = [event for event in events if _instant(event[clause.side]) > session.now]
        for name, rest in _names(clause):
            meant = matching(events, name)
            if reading.kind == "none" and len({_day(event, session) for event in meant}) > 1:
                meant = [event for event in meant if _day(event, session) == _day(meant[0], session)]
            if len(meant) > 1:
                raise _open(session, reading, name, meant)
            if meant:
                return _bound(session, reading, clause, rest, meant[0])
    if reading.kind == "none":
        return None
    if found.failed:
        said = "; ".join(f"{name} cannot be read: {failed.error}" for name, failed in found.failed.items())
        raise AskError(f'"{clauses[0].what}" was looked for, but {said}. Nothing was kept.', _by_hand(reading))
    raise _unknown(session, reading, clauses[0], events, rows)


def read_clauses(text: str) -> list[Clause]:
    """The places of a text where an event may be named.

    >>> read_clauses("send notes 30 min after the vendor call")[0].offset
    1800
    >>> read_clauses("look after the kids")
    []
    """
    said = text.split()
    found = []
    for place, word in enumerate(said[:-1]):
        side = SIDES.get(word.lower())
        if side is None or (place and said[place - 1].lower() in PHRASAL) or said[place + 1].lower() in PERSONS:
            continue
        length, seconds = _offset(said[:place])
        before = said[: place - length]
        if before and before[-1].lower() in ADVERBS:
            before.pop()
        offset = seconds if side == "end" else -seconds
        rest = " ".join(said[place + 1 :])
        found.append(Clause(" ".join(before), side, offset, rest, " ".join(said[place:])))
    return found


def matching(events: "list[Event]", name: str) -> "list[Event]":
    """The events that a name means: of that very title, or else with all its words in the title."""
    wanted = _words(name)
    if not wanted:
        return []
    same = [event for event in events if _words(event["title"]) == wanted]
    return same or [event for event in events if set(wanted) <= set(_words(event["title"]))]


def _words(text: str) -> list[str]:
    plain = "".join(char if char.isalnum() else " " for char in text.casefold())
    said = [word for word in plain.split() if word not in LEFT_OUT]
    return said or plain.split()


def _offset(said: list[str]) -> tuple[int, int]:
    """How many of the last words are a distance such as `30 min`, and its seconds."""
    for count in (2, 1):
        last = said[-count:]
        if len(last) < count:
            continue
        if count == 2 and last[0].lower() in ONE:
            last = ["1", last[1]]
        if not last[0][:1].isdigit():
            continue
        try:
            return count, int(words.duration(" ".join(last), "").total_seconds())
        except UsageError:
            continue
    return 0, 0


def _names(clause: Clause) -> "list[tuple[str, str]]":
    """The words that may name the event, each with what is left of the text: all of them, or, where the text begins
    with them, as many as name one."""
    found, said = [(clause.what, clause.before)], clause.what.split()
    for end in range(len(said) - 1, 0, -1) if not clause.before else ():
        rest = said[end:]
        if rest[0].lower() in GOING_ON:
            continue
        if rest[0].lower() in JOINING and len(rest) > 1:
            rest = rest[1:]
        found.append((" ".join(said[:end]), " ".join(rest)))
    return found


def _span(session: Session, reading: Reading) -> tuple[datetime, datetime]:
    if reading.kind == "none" or reading.at is None:
        return session.now, session.now + SOON
    if reading.end is not None and reading.grain != "day":
        return reading.at, reading.end
    wall = zones.to_wall(reading.at, session.zone).replace(hour=0, minute=0, second=0)
    return zones.to_instant(wall, session.zone), zones.to_instant(wall + timedelta(days=1), session.zone)


def _bound(session: Session, reading: Reading, clause: Clause, rest: str, event: "Event") -> Bound:
    start, own = _instant(event["start"]), event["recurrence_id"]
    at = _instant(event[clause.side]) + timedelta(seconds=clause.offset)
    occurrence = None if own is None else _instant(own)
    binding = Binding(event["source"], event["uid"], occurrence, clause.side, clause.offset, event["title"], start, at)
    note = f"with {binding.words()} (source {binding.source}): when it is moved, this moves with it"
    meant = Reading(
        reading.text, "instant", at=at, zone=session.zone, pinned=True, clock=True, message=rest or clause.words,
        notes=(note,),
    )  # fmt: skip
    return Bound(meant, binding, rest)


def _open(session: Session, reading: Reading, name: str, meant: "list[Event]") -> UsageError:
    said = f'"{name}" may be any of {_listed(session, meant)}. Nothing was kept.'
    return UsageError(said, f"say more of its title · {_by_hand(reading)}")


def _unknown(
    session: Session, reading: Reading, clause: Clause, events: "list[Event]", rows: list[SourceRow]
) -> UsageError:
    assert reading.at is not None  # noqa: S101 - a day was said
    day = say.date(reading.at, session.zone)
    there = f"there are {_listed(session, events)}" if events else f"{', '.join(row.name for row in rows)} says nothing"
    return UsageError(f'No event is called "{clause.what}" on {day}: {there}. Nothing was kept.', _by_hand(reading))


def _by_hand(reading: Reading) -> str:
    text = words.shortened(reading.message).replace('"', "'")
    return f'give the time apart: ask remind "{text}" --at "WHEN"'


def _listed(session: Session, events: "list[Event]") -> str:
    starts = [_instant(event["start"]).astimezone(session.tzinfo) for event in events]
    is_one_day = len({start.date() for start in starts}) == 1
    days = ["" if is_one_day else f" {say.date(start, session.zone).rsplit(' ', 1)[0]}" for start in starts]
    shown = [
        f"{event['title']}{day} {say.clock(start)}" for event, day, start in zip(events, days, starts, strict=True)
    ]
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return ", ".join(shown[:LISTED]) + more


def _day(event: "Event", session: Session) -> "Any":
    return _instant(event["start"]).astimezone(session.tzinfo).date()


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
