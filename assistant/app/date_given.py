"""The value of an input of the type `date`, from the words that a person types: the same language as `--at`."""

from datetime import date, datetime

from assistant.app import words
from assistant.app.session import Session


def date_given(session: Session, name: str, text: str, *, asks: bool = True) -> str:
    """A date as `2026-12-04`, with a time of day as `2026-12-04T15:00`, both as the wall shows them. One that is
    written so stays as it is, also one that has gone by. NotUnderstood where the words are no time.
    `asks`: whether the person may be asked which of two readings is meant; never while the store is locked.
    """
    plain = text.strip()
    if _is_iso(plain):
        return plain
    choose, session.choose = session.choose, session.choose if asks else None
    try:
        reading = words.instant(session, plain, f"the input {name!r}", "Nothing was kept.")
    finally:
        session.choose = choose
    assert reading.at is not None  # noqa: S101 - an instant has one
    if reading.pinned and reading.clock:
        return reading.at.isoformat(timespec="minutes")
    wall = reading.at.astimezone(session.tzinfo)
    return wall.strftime("%Y-%m-%dT%H:%M" if reading.clock else "%Y-%m-%d")


def said(text: str) -> str:
    """A date that is kept, in full.

    >>> said("2026-12-04"), said("2026-12-04T15:00")
    ('Fri 4 Dec 2026', 'Fri 4 Dec 2026 15:00')
    """
    from assistant.when.names import clock, short_date

    if not _is_iso(text):
        return text
    at = datetime.fromisoformat(text)
    return short_date(at) if len(text) == len("2026-12-04") else f"{short_date(at)} {clock(at)}"


def _is_iso(text: str) -> bool:
    """Whether a text is a date as it is kept: `20261204` is not."""
    try:
        datetime.fromisoformat(text)
        return date.fromisoformat(text[:10]).isoformat() == text[:10]
    except ValueError:
        return False
