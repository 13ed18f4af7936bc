"""An answer that comes back from a channel with its one-time token: checked, done and noted in one commit.

It does the very verb of its token, by the use case that a person's command calls. What does not fit says nothing of
why to who sent it; the journal keeps that, without the token.
"""

from assistant.app import answers, change, snooze
from assistant.app.change import Change
from assistant.app.items import Item
from assistant.app.reply_key import read_key
from assistant.app.session import Session
from assistant.core import token as tokens
from assistant.core.token import Claim
from assistant.errors import Missing, NotPossible
from assistant.store import due
from assistant.store.requests import was_noted
from assistant.value import Value

TAB = "reply"
USED = "answered by a reply"
SNOOZED_FOR = "1h"  # as core/token says: SNOOZE


class Replied(Value):
    """What a reply did: its verb, its request, and the item as it now is."""

    __slots__ = ("verb", "request", "item")
    verb: str
    request: int
    item: Item


def reply(session: Session, text: str) -> Replied:
    """Do what a token stands for. NotPossible for each token that does not, or does no more, stand for anything."""
    claim = tokens.read_token(text)
    # What was typed is kept with each command that changes something: the token itself must not stand there.
    session.words = f"reply {claim.request} {claim.verb}" if claim is not None else "reply"
    try:
        if claim is None:
            raise _Refused("it is no token")
        session.guard = lambda at_work: _check(at_work, claim, text)
        return Replied(claim.verb, claim.request, _do(session, claim))
    except _Refused as refused:
        _note(session, claim, str(refused))
        raise NotPossible(
            "This reply is not valid: it was used, has expired, is of an earlier question, or was never given.",
            "ask inbox shows what is open",
        ) from None
    except NotPossible as error:
        _note(session, claim, error.message)
        raise
    finally:
        session.guard = None


def note_refused(session: Session, text: str, why: str) -> None:
    """Keep that a reply came to nothing for another reason than its token."""
    _note(session, tokens.read_token(text), why)


def _do(session: Session, claim: Claim) -> Item:
    numbers = [claim.request]
    if claim.verb == "approve":
        return answers.approve(session, numbers)[0].item
    if claim.verb == "deny":
        return answers.deny(session, numbers)[0].item
    if claim.verb in ("happened", "didnot"):
        return answers.resolve(session, claim.request, claim.verb == "happened").item
    if claim.verb == "snooze":
        return snooze.snooze(session, numbers, SNOOZED_FOR)[0].item
    return (change.done if claim.verb == "done" else change.ack)(session, numbers)[0]


class _Refused(Exception):
    """Why a token stands for nothing, for the journal alone."""


def _check(at_work: Change, claim: Claim, text: str) -> None:
    """Raise `_Refused` unless a token fits its request as it is now; in the transaction that answers the request.

    The code is checked first: before that, nothing that the token says is more than a guess.
    """
    request = due.request(at_work.con, claim.request)
    try:
        key = read_key(at_work.session.home)
    except Missing as error:
        raise _Refused(error.message) from None
    if request is None or key is None:
        raise _Refused("nothing was ever asked under it")
    if not tokens.fits(text, key, request, claim.verb):
        raise _Refused("its code does not fit what is asked")
    name = tokens.name_of(text)
    if was_noted(at_work.con, request.id, TAB, name):
        raise _Refused("it was used before")
    if claim.verb not in tokens.verbs_of(request, at_work.now):
        expired = request.state == "open" and request.expires_at is not None and request.expires_at <= at_work.now
        raise _Refused("it has expired" if expired else f"the request is {request.state}: it takes no {claim.verb}")
    at_work.writing.note(USED, item=request.id, tab=TAB, row=name, verb=claim.verb)


def _note(session: Session, claim: Claim | None, why: str) -> None:
    """Keep that a reply was refused, and why; it is no command that could be undone."""
    session.words, words = "", session.words
    with session.writing() as writing:
        writing.command = None
        there = claim is not None and due.request(writing.con, claim.request) is not None
        verb = claim.verb if claim is not None else None
        writing.note("reply refused", claim.request if claim and there else None, TAB, "refused", verb=verb, why=why)
    session.words = words
