"""Read what a person typed: times, rules, durations, titles. What cannot be used is refused with the fix."""

from datetime import datetime, timedelta

from assistant.app.session import Session
from assistant.errors import InThePast, NotUnderstood, UsageError
from assistant.when.values import Reading

LONGEST_TITLE = 10_000
LONGEST_PHRASE = 1_000
PRIORITIES = ("low", "normal", "high", "urgent")
SEVERITIES = ("low", "normal", "high")
IF_LATE = ("run", "skip", "brief", "ask")
SHOWN = 60  # characters of a text that a message quotes
NOTHING_KEPT = "Nothing was kept."
UNITS = {
    "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600,
    "d": 86400, "day": 86400, "w": 604800, "week": 604800,
}  # fmt: skip


def title(text: str, what: str = "the text") -> str:
    """A text that can be kept: not empty, of one line, readable."""
    plain = " ".join(text.split()) if "\n" in text or "\t" in text or "\r" in text else text.strip()
    if not plain:
        raise UsageError(f"{what[0].upper()}{what[1:]} is empty.", 'ask remind "call mum" tomorrow at 9')
    if len(plain) > LONGEST_TITLE:
        raise UsageError(
            f"{what[0].upper()}{what[1:]} has {len(plain):,} characters; {LONGEST_TITLE:,} can be kept.",
            "keep the long form in a file and name it here",
        )
    for character in plain:
        if "\ud800" <= character <= "\udfff":
            raise UsageError(f"{what[0].upper()}{what[1:]} is not UTF-8 at byte {ord(character) - 0xDC00:#04x}.",
                             "set the terminal to UTF-8")  # fmt: skip
        if character < " " or character == "\x7f":
            raise UsageError(
                f"{what[0].upper()}{what[1:]} holds the control character {ord(character):#04x}.", "leave it out"
            )
    return plain


def one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    """A word out of a few."""
    if value not in choices:
        raise UsageError(f"{name} cannot be {value!r}.", f"write one of {', '.join(choices)}")
    return value


def duration(text: str, name: str) -> timedelta:
    """A length of time: `15m`, `1h30m`, `2 days`. `d` and `w` count 24 hours and 7 days here.

    >>> duration("1h30m", "x")
    datetime.timedelta(seconds=5400)
    """
    seconds, number, unit = 0, "", ""
    parts: list[tuple[str, str]] = []
    for character in f"{text.strip().lower()} ":
        if character.isdigit() and character.isascii():
            if unit:
                parts.append((number, unit))
                number, unit = "", ""
            number += character
        elif character.isalpha():
            unit += character
    if number or unit:
        parts.append((number, unit))
    for count, word in parts:
        scale = UNITS.get(word) or UNITS.get(word.removesuffix("s"))
        if not count or scale is None or len(count) > 9:
            parts = []
            break
        seconds += int(count) * scale
    if not parts or not 0 < seconds < 100 * 366 * 86400:
        raise UsageError(f"{name} is {text!r}, which is no length of time.", f"write a duration: {name} 15m, 2h or 3d")
    return timedelta(seconds=seconds)


def durations(text: str, name: str) -> list[int]:
    """Lengths of time after commas, in seconds."""
    return [int(duration(part, name).total_seconds()) for part in text.split(",")]


def read_words(session: Session, text: str) -> Reading:
    """What a text means now, in this person's conventions."""
    if len(text) > LONGEST_PHRASE:
        said = f"The phrase has {len(text):,} characters; {LONGEST_PHRASE:,} can be read."
        raise UsageError(said, 'shorten it, or give the time apart: --at "tomorrow 9:00"')
    from assistant.when.read import read

    return read(text, session.now, session.conventions)


def not_understood(reading: Reading, text: str, again: str, kept: str = NOTHING_KEPT) -> NotUnderstood:
    """The refusal of words that could not be placed. Where one is nearly known, `again` shows the line with it."""
    words = ", ".join(f'"{word}"' for word in reading.unplaced) or f'"{shortened(text)}"'
    hint = reading.hint or "write a time such as: tomorrow at 9, in 2 hours, every weekday at 9:25"
    near = hint.removeprefix("did you mean ").rstrip("?") if hint.startswith("did you mean ") else None
    if near is not None and len(reading.unplaced) == 1 and reading.unplaced[0] in text:
        kept = f"Did you mean {near}? {kept}"
        hint = again.format(shortened(text.replace(reading.unplaced[0], near)))
    return NotUnderstood(f"I can't place {words}. {kept}".strip(), hint)


def shortened(text: str) -> str:
    """A text as a message quotes it."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def settled(session: Session, reading: Reading) -> Reading:
    """The reading that is meant: where the words are truly open, the person is asked, if one is there to be asked."""
    if reading.choices and session.choose is not None:
        return session.choose(reading)
    return reading


def instant(session: Session, text: str, name: str, kept: str = NOTHING_KEPT) -> Reading:
    """An instant to come, from time words alone."""
    reading = _only_time(session, text, name, kept)
    if reading.kind != "instant":
        again = f' · again and again: --every "{shortened(text)}"' if name == "--at" else ""
        raise UsageError(
            f"{name} is {shortened(text)!r}, which comes again and again.", f"one time, such as friday 9:00{again}"
        )
    return settled(session, reading)


def future(session: Session, reading: Reading) -> datetime:
    """The instant of a reading, refused where it has gone by."""
    at = reading.at
    assert at is not None  # noqa: S101 - a reading that is not none has an instant
    if at < session.now:
        from assistant.when import say

        raise InThePast(
            f"{say.moment(at, session.zone)} has gone by ({say.distance(session.now - at)} ago). Nothing was kept.",
            "give a time to come, such as tomorrow at 9",
        )
    return at


def recurrence(session: Session, text: str, at: str | None = None) -> Reading:
    """A rule, from time words alone; `every` in front may be left out, since the flag says it."""
    plain = text.strip()
    if not plain:
        raise UsageError("--every is empty.", 'write a rule: --every "weekday at 9:25"')
    tries = [plain] if plain.lower().startswith(("every", "each")) else [f"every {plain}", plain]
    if at:
        tries = [f"{words} at {at.strip().removeprefix('at ')}" for words in tries]
    readings = [read_words(session, words) for words in tries]
    for reading in readings:
        if reading.kind == "recurrence" and not reading.message:
            return settled(session, reading)
    best = readings[0]
    if not plain.lower().startswith("every"):
        best = best.replace(unplaced=tuple(word for word in best.unplaced if word != "every"))  # the flag put it there
    wrong = best.replace(unplaced=best.unplaced or ((best.message,) if best.message else ()))
    raise not_understood(wrong, text, '--every "{}"')


def _only_time(session: Session, text: str, name: str, kept: str) -> Reading:
    if not text.strip():
        raise UsageError(f"{name[0].upper()}{name[1:]} is empty.", "write a time such as tomorrow at 9")
    again = f'{name} "{{}}"' if name.startswith("--") else '"{}"'
    reading = read_words(session, text)
    if reading.kind == "none":
        raise not_understood(reading, text, again, kept)
    if reading.message:
        raise not_understood(reading.replace(unplaced=(reading.message,)), text, again, kept)
    return reading


def due(session: Session, text: str, name: str = "--due") -> tuple[datetime, str]:
    """A due date to come, and the wall time behind it. Without a clock time: the end of that day."""
    reading = instant(session, text, name)
    from assistant.when import zone

    assert reading.at is not None  # noqa: S101 - an instant has one
    wall = zone.to_wall(reading.at, session.zone)
    if not reading.clock:
        wall = wall.replace(hour=23, minute=59, second=59)
    at = zone.to_instant(wall, session.zone)
    future(session, reading.replace(at=at))
    return at, wall.isoformat("T", "seconds")
