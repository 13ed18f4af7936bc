"""Answer `ask why`: by a number, or by words about something that did not happen."""

from datetime import timedelta

from assistant.app import words
from assistant.app.items import find_row, here, item_of
from assistant.app.session import Session
from assistant.core.why_schedule import why_slot
from assistant.errors import NotFound
from assistant.store import find
from assistant.value import Value
from assistant.when import say

NEAR = timedelta(minutes=15)


class Explained(Value):
    """One sentence about one item."""

    __slots__ = ("id", "why")
    id: int | None
    why: str


def why(session: Session, text: str) -> Explained:
    """Explain an item by its number, or what was due near a time that the words name."""
    plain = text.strip().lstrip("#")
    if plain.isascii() and plain.isdigit() and len(plain) <= 15:
        return Explained(int(plain), item_of(session, find_row(session.reading, int(plain))).why)
    reading = words.read_words(session, text)
    if reading.kind != "instant" or reading.at is None:
        raise NotFound(f'"{text[:60]}" names neither a number nor a time.', 'ask why 12 · ask why "no ring at 23:10"')
    at = reading.at
    if at > session.now and not reading.pinned and reading.grain in ("minute", "hour", "second"):
        at -= timedelta(days=1)  # "no ring at 23:10" looks back
    near = find.slot_near(session.reading, at, NEAR)
    if near is None:
        raise NotFound(
            f"Nothing was due within 15 minutes of {say.moment(at, session.zone)}.", "ask list shows what comes"
        )
    slot, schedule, messages = near
    if schedule.place is not None:
        from assistant.core.why_trigger import why_slot_of

        numbered = find.numbered(session.reading, [slot])[0]
        return Explained(schedule.id, why_slot_of(numbered, schedule, here(session)))
    held = find.held_messages(session.reading, schedule.id)
    return Explained(schedule.id, why_slot(slot, schedule, messages, here(session), held))
