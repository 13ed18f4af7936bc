"""`ask when -`: one line in, one answer out, in the same order. Pure: the moment to read at comes with the call."""

from datetime import datetime

from assistant.when.read import read
from assistant.when.values import Conventions, Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Answer = dict[str, Any]

SHOWN = 5  # slots of a rule
MOST_CHOICES = 4
# What a line's locale says about language and the order of figures in a date.
MONTH_FIRST = frozenset(("us", "ph", "fm", "pw"))
YEAR_FIRST = frozenset(("cn", "jp", "kr", "tw", "hu", "lt", "mn"))


def answer(line: str, now: datetime, conventions: Conventions, shown: int = SHOWN) -> "Answer":
    """What one line means: a phrase, or an object with `text` and, if it likes, `ref`, `tz`, `locale` and `id`.

    What the line says about zone and locale wins over the conventions; a line that is no such object is a phrase.
    """
    asked = _asked(line)
    if asked is None:
        return answer_of(read(line.strip("\r\n"), now, conventions), now, conventions, shown)
    try:
        text, now, conventions = _own(asked, now, conventions)
    except ValueError as problem:
        return _refusal(asked, now, conventions, str(problem))
    made = answer_of(read(text, now, conventions), now, conventions, shown)
    return {"id": asked["id"], **made} if "id" in asked else made


def answer_of(reading: Reading, now: datetime, conventions: Conventions, shown: int = SHOWN) -> "Answer":
    """A reading as the contract writes it; notes, hint, unplaced and choices only where there are any."""
    made: Answer = {
        "text": reading.text,
        "kind": reading.kind,
        "at": reading.at.isoformat() if reading.at is not None else None,
        "rule": reading.rule,
        "occurrences": [at.isoformat() for at in occurrences(reading, now, conventions, shown)],
        "timezone": reading.zone,
        "message": reading.message,
        "reading": reading.reading,
    }
    if reading.end is not None:
        made["end"] = reading.end.isoformat()
    if reading.kind != "none":
        made["grain"] = reading.grain
    if reading.notes:
        made["notes"] = list(reading.notes)
    if reading.hint is not None:
        made["hint"] = reading.hint
    if reading.unplaced:
        made["unplaced"] = list(reading.unplaced)
    if reading.choices:
        made["choices"] = [
            {"at": one.at.isoformat() if one.at else None, "rule": one.rule, "reading": one.reading}
            for one in reading.choices[:MOST_CHOICES]
        ]
    return made


def occurrences(reading: Reading, now: datetime, conventions: Conventions, count: int) -> list[datetime]:
    """The next slots of a rule, in its zone; none for a single instant."""
    if reading.rule is None or reading.at is None:
        return []
    from itertools import islice

    from assistant.when.rule import slots

    zone = reading.at.tzinfo
    found = islice(slots(reading.rule, now, reading.zone, conventions), count)
    return [at.astimezone(zone) for at in found]


def _asked(line: str) -> "dict[str, Any] | None":
    """The object of a line, if it is one with a text."""
    if not line.lstrip().startswith("{"):
        return None
    import json

    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return asked if isinstance(asked, dict) and isinstance(asked.get("text"), str) else None


def _own(asked: "dict[str, Any]", now: datetime, conventions: Conventions) -> "tuple[str, datetime, Conventions]":
    """The line's own text, moment and conventions."""
    from assistant.when.zone import load

    zone = asked.get("tz") or conventions.zone
    if not isinstance(zone, str):
        raise ValueError("tz must be the name of a time zone, such as Europe/Berlin")
    place = load(zone)
    if asked.get("ref") is not None:
        now = _moment(asked["ref"], place)
    locale = asked.get("locale")
    if isinstance(locale, str) and locale:
        conventions = of_locale(locale, conventions)
    return asked["text"], now, conventions.replace(zone=zone)


def _moment(said: object, place: object) -> datetime:
    if not isinstance(said, str):
        raise ValueError("ref must be a time such as 2026-11-24T09:00:00+01:00")
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError:
        raise ValueError(f"{said[:40]!r} is no time; write one such as 2026-11-24T09:00:00+01:00") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=place)  # type: ignore[arg-type]


def of_locale(locale: str, conventions: Conventions) -> Conventions:
    """The conventions with the language and the order of dates of a locale.

    >>> of_locale("en-GB", Conventions("UTC")).date_order
    'dmy'
    >>> of_locale("de", Conventions("UTC")).language
    'de'
    """
    language, _, rest = locale.replace("_", "-").lower().partition("-")
    region = rest.split("-")[-1].partition(".")[0]
    if not language.isalpha() or len(language) > 3:
        return conventions
    if region in MONTH_FIRST:
        order = "mdy"
    elif region in YEAR_FIRST:
        order = "ymd"
    elif region:
        order = "dmy"
    else:
        order = conventions.date_order if language == "en" else "dmy"
    return conventions.replace(language=language, date_order=order)


def _refusal(asked: "dict[str, Any]", now: datetime, conventions: Conventions, problem: str) -> "Answer":
    refused = Reading(asked["text"], "none", zone=conventions.zone, hint=problem)
    made = answer_of(refused, now, conventions)
    return {"id": asked["id"], **made} if "id" in asked else made
