"""The paragraph on top of a brief, written by a model where one is set up. It is shown, and nothing follows from it:
what calendars and tickets say goes to the model as material, and what comes back is text of a few lines.
"""

import time
from datetime import timedelta

from assistant.app.brief import Brief
from assistant.app.brief_text import lines
from assistant.app.session import Session
from assistant.errors import AskError
from assistant.ports.model import Draft
from assistant.value import Value

PATIENCE = timedelta(seconds=30)  # nobody waits longer for a paragraph, the start of the child included
LONGEST = 600  # characters of it
MATERIAL = 20_000  # characters of a brief that a model is given
PROMPT = (
    "One paragraph of at most three short sentences for the person whose brief of the day this is, before they read "
    "it: what matters most, what comes first, what is late. Say you to them. Name only what stands in the material, "
    "with its own words and times, and no address, command or number of an item. No list, no heading, no greeting."
)


class Lead(Value):
    """The paragraph and the model that wrote it, or why there is none."""

    __slots__ = ("text", "by", "why")
    text: str | None = None
    by: str | None = None
    why: str | None = None


def is_wanted(session: Session, made: Brief) -> bool:
    """Whether a paragraph is to be written: a model is set, nobody said no to it, and there is something to say."""
    return bool(session.kept.get("model")) and session.kept.get("brief_lead") != "off" and bool(made.sections)


def work_for(session: Session, made: Brief) -> Draft:
    """What a model is asked: the brief is its material, the request is ours alone."""
    return Draft(PROMPT, "\n".join(lines(made, session, "text"))[:MATERIAL])


def led(session: Session, made: Brief) -> Brief:
    """The brief with its paragraph, asked for by this command; without a model nothing is loaded and nothing said."""
    if not is_wanted(session, made):
        return made
    from assistant.app.models import asked, required_chain
    from assistant.ports.model import Answered

    began = time.monotonic()
    try:
        required_chain(session)
        answer = asked(session, work_for(session, made), PATIENCE)
    except AskError as error:
        return with_lead(made, Lead(why=error.message))
    if not isinstance(answer, Answered):
        return with_lead(made, missing(answer.error, began))
    return with_lead(made, read(answer.text, answer.model))


def missing(error: str, began: float) -> Lead:
    """No paragraph, and why: after `began` on the monotonic clock and all of the patience, that it took too long."""
    if time.monotonic() - began >= PATIENCE.total_seconds():
        return Lead(why=f"there was no answer within {PATIENCE.total_seconds():.0f} s")
    return Lead(why=error)


def with_lead(made: Brief, lead: Lead) -> Brief:
    """The brief with a paragraph, or with why it has none."""
    return made.replace(lead=lead.text, lead_by=lead.by, no_lead=lead.why)


def read(text: str | None, by: str) -> Lead:
    """What a model wrote, as one line of bounded length that leads nowhere.

    >>> read("A full day.\\n\\nThe offer comes first.", "m").text
    'A full day. The offer comes first.'
    >>> read("See https://evil.example now", "m").why
    'm: it wrote an address, which is not shown'
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in text or "")
    plain = " ".join(plain.split())
    if not plain:
        return Lead(why=f"{by}: it wrote nothing")
    if "://" in plain or "www." in plain.lower():
        return Lead(why=f"{by}: it wrote an address, which is not shown")
    return Lead(plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…", by)
