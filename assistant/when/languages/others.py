"""Instants in languages that have no table of ours, by dateparser with the language pinned. Loaded only for those.

dateparser guesses more than we do, so little of it is believed: one find, of whole words, with a letter in it, at the
beginning or the end of the text. Rules are not read here. Whatever is left is the message.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.when.values import Conventions, Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEAST = 3  # letters and figures that a find must have


def read_other(text: str, now: datetime, conventions: Conventions) -> Reading | None:
    """What dateparser makes of a text in `conventions.language`: a reading, or a refusal where it cannot be believed.

    None where it finds nothing at all: then the text holds no time in that language, and may hold one in English.
    """
    base = now.astimezone(ZoneInfo(conventions.zone)).replace(tzinfo=None)
    found = _search(text, base, conventions)
    if not found:
        return None
    words, wall = found[0]
    message = _around(text, words) if len(found) == 1 else None
    if message is None:
        return Reading(
            text, "none", zone=conventions.zone, message=text, unplaced=tuple(said for said, _ in found),
            hint="say the time in one piece, at the beginning or the end",
        )  # fmt: skip
    # Where no time of day was said, dateparser keeps the present one.
    clock = (wall.hour, wall.minute) != (base.hour, base.minute)
    if not clock:
        wall = datetime.combine(wall.date(), conventions.default_time)
    from assistant.when.say import instant
    from assistant.when.zone import to_instant

    at = to_instant(wall.replace(second=0, microsecond=0), conventions.zone).astimezone(ZoneInfo(conventions.zone))
    notes: tuple[str, ...] = (f'"{words}" was read by dateparser ({conventions.language})',)
    if not clock:
        notes += (f"no time of day was said: {conventions.default_time:%H:%M}",)
    return Reading(
        text, "instant", at=at, zone=conventions.zone, grain="minute" if clock else "day", clock=clock,
        message=message, reading=instant(at, conventions.zone, now), notes=notes,
    )  # fmt: skip


def is_language(code: str) -> bool:
    """Whether dateparser knows a language by its code.

    >>> is_language("pl"), is_language("xx")
    (True, False)
    """
    from dateparser.data.languages_info import language_order

    return code in language_order


def _search(text: str, base: datetime, conventions: Conventions) -> "list[tuple[str, datetime]]":
    import warnings

    settings: dict[str, Any] = {
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": "future",
        "RETURN_AS_TIMEZONE_AWARE": False,
        "DATE_ORDER": conventions.date_order.upper(),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it parses with formats that newer Pythons warn of
        from dateparser.search import search_dates

        try:
            found = search_dates(text, languages=[conventions.language], settings=settings)
        except (ValueError, OverflowError, RecursionError):
            return []
    return list(found or [])


def _around(text: str, words: str) -> str | None:
    """The text without the words, where they stand once, whole, at its beginning or end; else None."""
    if sum(map(str.isalnum, words)) < LEAST or not any(map(str.isalpha, words)) or text.count(words) != 1:
        return None
    before, _, after = text.partition(words)
    if (before and before[-1].isalnum()) or (after and after[0].isalnum()) or (before.strip() and after.strip()):
        return None
    return f"{before}{after}".strip(" ,;.")
