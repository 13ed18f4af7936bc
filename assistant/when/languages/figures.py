"""Figures that no table is needed for: `10.12`, `3/6/2027`, `1h30`. Knows no words."""

from assistant.when.languages.found import Found, place, word
from assistant.when.languages.source import Source
from assistant.when.languages.table import Language

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def day_and_month(source: Source, language: Language, at: int) -> Found | None:
    """`10.12` where nothing else is said, or after a word that leads a day."""
    sign = language.date_sign
    if not sign or source.key(at + 1) != sign or not source.glued(at + 1) or not source.glued(at + 2):
        return None
    alone = at == 0 and len(source.tokens) == 3
    if not (alone or source.key(at - 1) in language.before_days) or source.key(at + 3) in (sign, ":"):
        return None
    day, month = source.number(at), source.number(at + 2)
    if not (1 <= day <= 31 and 1 <= month <= 12 and source.digits(at + 2) <= 2) or source.key(at + 3) in language.hours:
        return None
    first, last = source.tokens[at], source.tokens[at + 2]
    return Found(at + 3, [*place(source, day, at, at + 1), word(MONTHS[month - 1], first.start, last.end)])


def figures_of_date(source: Source, at: int) -> Found | None:
    """`3.6.`, `3/6/2027`."""
    sign, end = source.key(at + 1), at + 3
    if sign not in ("/", ".", "-") or source.number(at) < 0 or source.number(at + 2) < 0:
        return None
    if not source.glued(at + 1) or not source.glued(at + 2):
        return None
    if source.key(end) == sign and source.glued(end):
        end += 2 if source.number(end + 1) >= 0 and source.glued(end + 1) else 1
    return Found(end, source.tokens[at:end])


def hours_and_minutes(source: Source, at: int) -> Found | None:
    """`1h30` as a distance."""
    if source.number(at) < 0 or source.key(at + 1) not in ("h", "u") or source.digits(at + 2) != 2:
        return None
    if source.number(at + 2) > 59 or not source.glued(at + 1):
        return None
    start, stop = source.tokens[at].start, source.tokens[at + 2].end
    made = [str(source.number(at)), "hours", str(source.number(at + 2)), "minutes"]
    return Found(at + 3, [word(text, start, stop) for text in made])
