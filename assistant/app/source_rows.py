"""Sources as a person sees them: add, list, test, remove. What looks at them again and again is the tick."""

from datetime import datetime, timedelta

from assistant.app import words
from assistant.app.session import Session
from assistant.core.moves import Move, New, Put, Ref
from assistant.errors import AskError, NotFound, UsageError
from assistant.ports.records import SourceRow
from assistant.sources.table import check_url, event_names, is_same_place, redacted
from assistant.store.sources import ANSWERS, all_sources
from assistant.store.sources import source as source_row
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.store.write import Writing

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
LONGEST_NAME = 40
EVERY_S, LEAST_S, MOST_S = 300, 60, 31 * 86400
STALE_AFTER = 3  # intervals without an answer
UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))
# What was learned of a place; another one begins without it, and who looks at it now brings nothing any more.
FRESH: "dict[str, Any]" = {
    "cursor": None, "last_success_at": None, "last_error": None, "failures": 0, "told": 0, "note": None,
    "lease": None, "lease_until": None,
}  # fmt: skip


class ListedSource(Value):
    """A source in the list. `url` is for showing; `stale`: it fails, and has for more than three intervals."""

    __slots__ = ("name", "url", "every", "last_success_at", "last_error", "stale", "note", "failures", "next_at")
    name: str
    url: str
    every: str
    last_success_at: datetime | None
    last_error: str | None
    stale: bool
    note: str | None
    failures: int  # in a row
    next_at: datetime  # when it is looked at next


class AddedSource(Value):
    """A source after `add`. `replaced`: the URL before, for showing; `events`: the names of what it tells."""

    __slots__ = ("source", "changed", "replaced", "events")
    source: ListedSource
    changed: bool
    replaced: str | None
    events: tuple[str, ...]


class TestedSource(Value):
    """What a source says now. `first`: it takes stock, and what is there already is no event."""

    __slots__ = ("source", "first", "events", "more", "note", "error")
    __test__ = False  # no test of pytest's
    source: ListedSource
    first: bool
    events: "tuple[dict[str, Any], ...]"
    more: bool
    note: str | None
    error: str | None


def every_text(seconds: int) -> str:
    """An interval in its largest whole unit.

    >>> every_text(300), every_text(3600), every_text(90)
    ('5m', '1h', '90s')
    """
    size, name = next((size, name) for size, name in UNITS if seconds % size == 0)
    return f"{seconds // size}{name}"


def is_stale(row: SourceRow, now: datetime) -> bool:
    """Whether a source fails now and gave its last answer more than three intervals ago."""
    patience = timedelta(seconds=STALE_AFTER * row.every)
    return row.failures > 0 and now - (row.last_success_at or row.added_at) > patience


def listed(row: SourceRow, now: datetime) -> ListedSource:
    """A source for showing."""
    return ListedSource(
        row.name,
        redacted(row.url),
        every_text(row.every),
        row.last_success_at,
        without_url(row.last_error, row.url),
        is_stale(row, now),
        row.note,
        row.failures,
        row.poll_at,
    )


def without_url(text: str | None, url: str) -> str | None:
    """A text in which a URL may stand, as it may be shown."""
    return None if text is None else text.replace(url, redacted(url))


def add_source(session: Session, name: str, url: str, every: str | None) -> AddedSource:
    """Add a source, or give one another URL or interval; another place begins anew. The same again changes nothing.

    UsageError where the name, the URL or the interval cannot be used.
    """
    _check_name(name)
    seconds = None if every is None else _interval(every)
    given, shown = url, redacted(url)
    session.words = session.words.replace(given, shown)  # the words are kept, and shown by the log and by undo
    try:
        url = check_url(given)
    except AskError as error:
        raise type(error)(error.message.replace(given, shown), error.hint) from None
    with session.writing() as writing:
        before = source_row(writing.con, name)
        moves = _added(writing, before, name, url, seconds)
        writing.apply(moves)
        after = source_row(writing.con, name)
    assert after is not None  # noqa: S101 - it was made or there
    is_replaced = before is not None and before.removed_at is None and before.url != url
    replaced = redacted(before.url) if before is not None and is_replaced else None
    return AddedSource(listed(after, session.now), bool(moves), replaced, event_names(url))


def list_sources(session: Session) -> list[ListedSource]:
    """All sources, by name."""
    return [listed(row, session.now) for row in all_sources(session.reading)]


def test_source(session: Session, name: str) -> TestedSource:
    """Look at a source now, from where it stands, and say what it would tell. Nothing is kept of it."""
    from assistant.app.looking import look
    from assistant.engine.sourcing import SourceWork
    from assistant.store.standing import event_by_key

    row = _there(session, name)
    looked = look(session, SourceWork(row, polls=True), session.now)
    polled, failed = looked.polled, looked.failed
    told = () if polled is None else polled.events
    events = tuple(
        {"event": event.name, "key": event.key, "at": event.at, "data": event.data}
        for event in told
        if event_by_key(session.reading, event.key) is None
    )
    return TestedSource(
        listed(row, session.now),
        row.cursor is None,
        events,
        polled is not None and polled.more,
        None if polled is None else polled.note,
        None if failed is None else without_url(failed.error, row.url),
    )


test_source.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def remove_source(session: Session, name: str) -> ListedSource:
    """Look at a source no more. What it told stays."""
    row = _there(session, name)
    with session.writing() as writing:
        gone = {"removed_at": writing.now, "lease": None, "lease_until": None}
        writing.apply([Put("source", name, gone, "source removed", {"removed_at": None})])
    return listed(row, session.now)


def take_in(writing: "Writing", name: str, url: str, every: int) -> bool:
    """Add the source of an export in the open transaction; it begins anew. False where one of that name is here."""
    _check_name(name)
    if source_row(writing.con, name) is not None:
        return False
    writing.apply(_added(writing, None, name, check_url(url), every))
    return True


def _added(writing: "Writing", before: SourceRow | None, name: str, url: str, every: int | None) -> list[Move]:
    now = writing.now
    anew = {**FRESH, "url": url, "every": every or EVERY_S, "added_at": now, "poll_at": now, "wake_at": now}
    if before is None:
        return [New("source", Ref(f"source:{name}"), {"name": name, **anew}, "source added")]
    if before.removed_at is not None:
        return [Put("source", name, {**anew, "removed_at": None}, "source added again")]
    seconds = every or before.every
    if before.url != url and not is_same_place(before.url, url):
        return [Put("source", name, {**anew, "every": seconds}, "source has another URL, and begins anew")]
    changes: dict[str, Any] = {"url": url} if before.url != url else {}
    if seconds != before.every:
        changes["every"] = seconds
    if not changes:
        return []
    # Looked at soon, so that what was changed shows; a worker that looks now goes by what it was.
    return [Put("source", name, {**changes, "poll_at": now, "wake_at": now}, "source is looked at otherwise")]


def _interval(text: str) -> int:
    seconds = int(words.duration(text, "--every").total_seconds())
    if not LEAST_S <= seconds <= MOST_S:
        what = "too often" if seconds < LEAST_S else "too seldom"
        raise UsageError(f"--every {text} is {what}.", "write a time from 1m to 31d, such as --every 5m")
    return seconds


def _check_name(name: str) -> None:
    if not name or len(name) > LONGEST_NAME or not LETTERS.issuperset(name):
        near = "".join(letter for letter in name.lower().replace(" ", "-") if letter in LETTERS)[:LONGEST_NAME]
        hint = f"letters a-z, digits, _ and -, at most {LONGEST_NAME}" + (f": {near}" if near else "")
        raise UsageError(f"{name[:80]!r} cannot name a source.", hint)


def _there(session: Session, name: str) -> SourceRow:
    row = source_row(session.reading, name)
    if row is not None and row.removed_at is None and not row.url.startswith(ANSWERS):
        return row
    from difflib import get_close_matches

    names = [there.name for there in all_sources(session.reading)]
    near = get_close_matches(name, names, 1)
    hint = f"there are {', '.join(names)}" if names else "add one: ask source add NAME URL"
    raise NotFound(f"There is no source {name[:80]!r}.", f"did you mean {near[0]}?" if near else hint)
