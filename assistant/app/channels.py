"""Channels as a person sees them: add, list, test, remove. Delivers nothing but the test."""

import sqlite3
from datetime import datetime

from assistant.app.senders import BUILT_IN, Senders
from assistant.app.session import Session
from assistant.channels.table import check_url, prepare, redacted
from assistant.core.moves import Move, New, Put, Ref
from assistant.errors import NotFound, NotPossible, UsageError
from assistant.instants import from_text
from assistant.ports.channel import Delivery, NotSent, Sent
from assistant.store.channels import ChannelRow, channel_row, channels_there, default_channel, messages_waiting
from assistant.store.write import Writing
from assistant.value import Value

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
LONGEST_NAME = 40
DEFAULT = "terminal"


class AddedChannel(Value):
    """A channel after `add`. `url` is complete; `shown_url`, and `replaced` with the URL before, are for showing."""

    __slots__ = ("changed", "name", "replaced", "shown_url", "url")
    changed: bool
    name: str
    replaced: str | None
    shown_url: str
    url: str


class ListedChannel(Value):
    """A channel in the list. `url` is for showing; `added_at` is None for one that is built in."""

    __slots__ = ("added_at", "is_default", "name", "url", "waiting")
    added_at: datetime | None
    is_default: bool
    name: str
    url: str
    waiting: int


class TestedChannel(Value):
    """What came of a test message. `state`: sent, not sent, or unknown."""

    __slots__ = ("evidence", "key", "name", "permanent", "state", "text", "url")
    __test__ = False  # no test of pytest's
    evidence: str
    key: str
    name: str
    permanent: bool
    state: str
    text: str
    url: str


class RemovedChannel(Value):
    """A channel that was there. `waiting` messages go on to the next channel when their time comes."""

    __slots__ = ("name", "url", "waiting")
    name: str
    url: str
    waiting: int


def load_channels(con: sqlite3.Connection) -> dict[str, str]:
    """Every channel there is, name to URL, those built in included."""
    return {**BUILT_IN, **{row.name: row.url for row in channels_there(con)}}


def add_channel(session: Session, name: str, url: str) -> AddedChannel:
    """Add a channel, or give one another URL. The same again changes nothing.

    UsageError where the name or the URL cannot be used.
    """
    _check_name(name)
    given, url = url, check_url(url)
    session.words = session.words.replace(given, redacted(url))  # the words are kept, and shown by the log and by undo
    if name in BUILT_IN:
        if url == BUILT_IN[name]:
            return AddedChannel(changed=False, name=name, replaced=None, shown_url=url, url=url)
        raise UsageError(f"{name!r} is built in and keeps its meaning.", "choose another name")
    if url == BUILT_IN["terminal"]:
        raise UsageError("The terminal needs no second name.", "say --channel terminal")
    prepare(url)
    with session.writing() as writing:
        before = channel_row(writing.con, name)
        moves = _added(before, name, url, writing.at)
        writing.apply(moves)
    replaced = redacted(before.url) if before and before.removed_at is None and before.url != url else None
    return AddedChannel(changed=bool(moves), name=name, replaced=replaced, shown_url=redacted(url), url=url)


def list_channels(session: Session) -> list[ListedChannel]:
    """All channels, those built in included, by name."""
    con = session.reading
    added = {row.name: from_text(row.added_at) for row in channels_there(con)}
    default = default_channel(con) or DEFAULT
    waiting = messages_waiting(con)
    return [
        ListedChannel(added.get(name), name == default, name, redacted(url), waiting.get(name, 0))
        for name, url in sorted(load_channels(con).items())
    ]


def test_channel(session: Session, name: str) -> TestedChannel:
    """Deliver a test message now, past quiet hours and outbox, and say with evidence what came of it."""
    urls = load_channels(session.reading)
    url = _url_of(urls, name)
    from binascii import hexlify
    from os import urandom

    key = f"test/{name}/{hexlify(urandom(6)).decode()}"
    text = f"A test of the channel {name}."
    if name == "terminal":
        evidence = f"you read it here: {text} Others wait for the next use of ask on a terminal"
        return TestedChannel(evidence, key, name, False, "sent", text, url)
    delivery = Delivery(key, None, text, session.now, "normal", name)
    outcome = Senders(urls, session.home).deliver(name, delivery)
    if isinstance(outcome, Sent):
        return TestedChannel(outcome.note or "the channel confirmed it", key, name, False, "sent", text, redacted(url))
    permanent = isinstance(outcome, NotSent) and outcome.permanent
    state = "not sent" if isinstance(outcome, NotSent) else "unknown"
    return TestedChannel(outcome.reason, key, name, permanent, state, text, redacted(url))


test_channel.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's


def remove_channel(session: Session, name: str) -> RemovedChannel:
    """Take a channel away. NotPossible while it is the default one, or where it is built in."""
    if name in BUILT_IN:
        raise NotPossible(f"{name!r} is built in and cannot be removed.", "messages reach it only where you say so")
    with session.writing() as writing:
        row = channel_row(writing.con, name)
        if row is None or row.removed_at is not None:
            raise _not_found(load_channels(writing.con), name)
        if default_channel(writing.con) == name:
            raise NotPossible(
                f"{name!r} is the default channel.", "ask pref set channel terminal, or another; then remove it"
            )
        waiting = messages_waiting(writing.con).get(name, 0)
        writing.apply([Put("channel", name, {"removed_at": writing.at}, "channel removed", {"removed_at": None})])
    return RemovedChannel(name, redacted(row.url), waiting)


def take_in(writing: Writing, name: str, url: str) -> bool:
    """Add the channel of an export in the open transaction; False where one of that name is here."""
    _check_name(name)
    if name in BUILT_IN or channel_row(writing.con, name) is not None:
        return False
    writing.apply(_added(None, name, check_url(url), writing.at))
    return True


def _added(before: ChannelRow | None, name: str, url: str, at: str) -> list[Move]:
    if before is None:
        values = {"name": name, "url": url, "added_at": at}
        return [New("channel", Ref(f"channel:{name}"), values, "channel added")]
    if before.removed_at is not None:
        changes = {"url": url, "added_at": at, "removed_at": None}
        return [Put("channel", name, changes, "channel added again")]
    if before.url != url:
        return [Put("channel", name, {"url": url}, "channel has another URL", {"url": before.url})]
    return []


def _check_name(name: str) -> None:
    if not name or len(name) > LONGEST_NAME or not LETTERS.issuperset(name):
        near = "".join(letter for letter in name.lower().replace(" ", "-") if letter in LETTERS)[:LONGEST_NAME]
        hint = f"letters a-z, digits, _ and -, at most {LONGEST_NAME}" + (f": {near}" if near else "")
        raise UsageError(f"{name[:80]!r} cannot name a channel.", hint)


def _url_of(urls: dict[str, str], name: str) -> str:
    if name not in urls:
        raise _not_found(urls, name)
    return urls[name]


def _not_found(urls: dict[str, str], name: str) -> NotFound:
    import difflib

    near = difflib.get_close_matches(name, list(urls), 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(urls))}"
    return NotFound(f"There is no channel {name[:80]!r}.", hint)
