"""The entry: a phrase or a sentence to one reading, or to a refusal that names the words. Reads no clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.when.doubt import Doubt, beside, unknown
from assistant.when.lexicon import FREQUENCIES, MONTHS, ORDINALS, PARTS, SMALL, UNITS, WEEKDAYS
from assistant.when.made import instant, refused, repetition, several, union
from assistant.when.scan import Scan
from assistant.when.sentence import choose
from assistant.when.tokens import MOST_CHARACTERS
from assistant.when.unify import is_repeating, is_several
from assistant.when.values import Conventions, Reading

MOST_TIME_WORDS = 60
TIME_WORDS = (WEEKDAYS, MONTHS, UNITS, ORDINALS, PARTS, FREQUENCIES, SMALL)


def read(text: str, now: datetime, conventions: Conventions) -> Reading:
    """What `text` means at the aware instant `now`, by these conventions.

    >>> from datetime import UTC
    >>> found = read("remind me to call Ada tomorrow at 9", datetime(2026, 11, 24, 12, tzinfo=UTC), Conventions("UTC"))
    >>> found.message, found.at.isoformat()
    ('call Ada', '2026-11-25T09:00:00+00:00')
    """
    if len(text) > MOST_CHARACTERS:
        hint = f"more than {MOST_CHARACTERS} characters are not read"
        return Reading(text, "none", zone=conventions.zone, message=text, hint=hint)
    if _is_rule_text(text):
        return _written(text, now, conventions)
    if conventions.language != "en":
        from assistant.when.languages import KNOWN

        if conventions.language not in KNOWN:
            from assistant.when.languages.others import read_other

            return read_other(text, now, conventions) or _by_grammar(text, now, conventions)
    reading = _by_grammar(text, now, conventions)
    if reading.kind == "none" and conventions.country is not None:
        return _by_holiday(text, now, conventions) or reading
    return reading


def _by_holiday(text: str, now: datetime, conventions: Conventions) -> Reading | None:
    """What a text means that names a public holiday of the preferred country."""
    from assistant.when.country_days import dated

    found = dated(text, now, conventions)
    if found is None:
        return None
    reading = _by_grammar(found.text, now, conventions)
    if reading.kind != "instant" or found.day in reading.message:
        return None
    return reading.replace(text=text, notes=(f"{found.name} is a holiday in {conventions.country}", *reading.notes))


def _by_grammar(text: str, now: datetime, conventions: Conventions) -> Reading:
    scan = Scan(text, now.astimezone(ZoneInfo(conventions.zone)), conventions)
    if len(scan.tokens) > MOST_TIME_WORDS and _is_heap(scan):
        return refused(scan, Doubt((), "that names too many times to be one; say one"))
    choice = choose(scan)
    if choice is None:
        return refused(scan, unknown(scan))
    doubt = beside(scan, choice.runs, choice.spare)
    if doubt is not None:
        return refused(scan, doubt)
    if "united" in choice.runs[-1].facts:
        return union(scan, choice.runs)
    facts = {name: fact for run in choice.runs for name, fact in run.facts.items()}
    if is_several(facts):
        return several(scan, choice.runs, facts)
    return (repetition if is_repeating(facts) else instant)(scan, choice.runs, facts)


def _is_heap(scan: Scan) -> bool:
    """Whether a text is mostly numbers and words for days, months and units: nobody means a time by so many."""
    counted = 0
    for token in scan.tokens:
        counted += token.value >= 0 or any(token.text in known for known in TIME_WORDS)
    return counted > MOST_TIME_WORDS


def _is_rule_text(text: str) -> bool:
    """Whether the text is a rule as machines write it: RRULE text or a cron expression."""
    said = text.strip()
    if not said:
        return False
    if "FREQ=" in said.upper() or said[:7].upper() == "DTSTART" or said[:6].upper() == "X-ASK-":
        return True
    if said[0] in "0123456789*@" or said[:5].lower() == "cron:":
        from assistant.when.cron import is_cron

        return is_cron(said)
    return False


def _written(text: str, now: datetime, conventions: Conventions) -> Reading:
    """A rule as machines write it."""
    from assistant.when.rule import next_after, normal, zone_named
    from assistant.when.wording import rule

    said = text.strip()
    try:
        kept = normal(said, now, conventions)
        named = None if kept.startswith("X-ASK-CRON") else zone_named(said)
        zone = named or conventions.zone
        at = next_after(kept, now, zone, conventions)
        words = rule(kept, zone, conventions)
    except ValueError as problem:
        return Reading(text, "none", zone=conventions.zone, unplaced=(said,), hint=str(problem))
    if at is None:
        return Reading(text, "none", zone=zone, unplaced=(said,), hint="that rule has no time to come")
    return Reading(
        text, "recurrence", at=at.astimezone(ZoneInfo(zone)), rule=kept, zone=zone, pinned=named is not None,
        clock=True, reading=words,
    )  # fmt: skip
