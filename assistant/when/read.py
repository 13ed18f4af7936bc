"""The entry: a phrase or a sentence to one reading, or to a refusal that names the words. Reads no clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.when.doubt import Doubt, beside, unknown
from assistant.when.noted import notes, rivals
from assistant.when.phrase import Run
from assistant.when.repeat import is_repeating, repeat, unite
from assistant.when.resolve import Moment, moment
from assistant.when.scan import Scan
from assistant.when.sentence import choose, message_of
from assistant.when.tokens import MOST_CHARACTERS
from assistant.when.values import Conventions, Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.when.scan import Facts

UTC = ZoneInfo("UTC")


def read(text: str, now: datetime, conventions: Conventions) -> Reading:
    """What `text` means at the aware instant `now`, by these conventions.

    >>> from datetime import UTC
    >>> found = read("remind me to call Ada tomorrow at 9", datetime(2026, 11, 24, 12, tzinfo=UTC), Conventions("UTC"))
    >>> found.message, found.at.isoformat()
    ('call Ada', '2026-11-25T09:00:00+00:00')
    """
    reading = _read(text, now, conventions)
    return _said(reading, now, conventions) if reading.kind != "none" else reading


def _said(reading: Reading, now: datetime, conventions: Conventions) -> Reading:
    """The reading with its words, and its rivals with theirs."""
    if reading.at is None:
        return reading
    if reading.rule is not None:
        from assistant.when.wording import rule

        words = rule(reading.rule, reading.zone, conventions)
    else:
        from assistant.when.say import instant

        words = instant(reading.at, reading.zone, now)
    choices = tuple(_said(one.replace(choices=()), now, conventions) for one in reading.choices)
    return reading.replace(reading=words, choices=choices)


def _read(text: str, now: datetime, conventions: Conventions) -> Reading:
    if len(text) > MOST_CHARACTERS:
        return Reading(text[:80], "none", hint=f"more than {MOST_CHARACTERS} characters are not read")
    if _is_rule_text(text):
        return _written(text, now, conventions)
    scan = Scan(text, now.astimezone(ZoneInfo(conventions.zone)), conventions)
    choice = choose(scan)
    if choice is None:
        return _refused(scan, unknown(scan))
    run = choice.runs
    against = beside(scan, run, choice.spare)
    if against is not None:
        return _refused(scan, against)
    facts = run[0].facts
    if "united" in run[-1].facts:
        return _united(scan, run, now, conventions)
    for more in run[1:]:
        facts = {**facts, **more.facts}
    if is_repeating(facts):
        return _recurrence(scan, run, facts, now, conventions)
    return _instant(scan, run, facts, now, conventions)


def _refused(scan: Scan, doubt: Doubt) -> Reading:
    return Reading(
        scan.text, "none", zone=scan.conventions.zone, message=message_of(scan, []), unplaced=doubt.words,
        hint=doubt.hint or None,
    )  # fmt: skip


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
    from assistant.when.rule import next_after, normal, zone_named

    try:
        kept = normal(text.strip(), now, conventions)
        named = None if kept.startswith("X-ASK-CRON") else zone_named(text.strip())
        zone = named or conventions.zone
        at = next_after(kept, now, zone, conventions)
    except ValueError as problem:
        return Reading(text, "none", zone=conventions.zone, unplaced=(text.strip(),), hint=str(problem))
    if at is None:
        return Reading(text, "none", zone=conventions.zone, hint="that rule has no time to come")
    return Reading(
        text, "recurrence", at=at.astimezone(ZoneInfo(zone)), rule=kept, zone=zone, pinned=named is not None, clock=True
    )


def _united(scan: Scan, runs: list[Run], now: datetime, conventions: Conventions) -> Reading:
    """Two repetitions in one rule."""
    parts = [repeat(scan, run.facts) for run in runs]
    message = message_of(scan, runs)
    text = unite(parts)
    if text is None:
        words = tuple(scan.text[scan.tokens[run.start].start : scan.tokens[run.end - 1].end] for run in runs)
        problem = next(
            (part.problem for part in parts if part.problem), "the two cannot be kept as one; make two of them"
        )
        return Reading(scan.text, "none", zone=conventions.zone, message=message, unplaced=words, hint=problem)
    first = min(part.first for part in parts if part.first is not None)
    return Reading(
        scan.text, "recurrence", at=_instant_of(first, conventions.zone), rule=text, zone=conventions.zone,
        clock=all(part.clock for part in parts), message=message,
    )  # fmt: skip


def _recurrence(scan: Scan, runs: list[Run], facts: "Facts", now: datetime, conventions: Conventions) -> Reading:
    made = repeat(scan, facts)
    message = message_of(scan, runs)
    if made.first is None:
        return Reading(scan.text, "none", zone=conventions.zone, message=message, hint=made.problem)
    zone = facts.get("zone") or conventions.zone
    at = made.first.astimezone(ZoneInfo(zone)) if made.first.tzinfo else _instant_of(made.first, zone)
    text = made.text
    if not made.exact_first or at <= now:
        from assistant.when.rule import next_after

        found = next_after(text, now, zone, conventions)
        if found is None:
            return Reading(
                scan.text, "none", zone=conventions.zone, message=message, hint="that rule has no time to come"
            )
        at = found.astimezone(ZoneInfo(zone))
    reading = Reading(
        scan.text, "recurrence", at=at, rule=text, zone=zone, pinned="zone" in facts, clock=made.clock,
        grain="minute" if made.clock else "day", message=message,
        notes=notes(scan, facts, timed=made.clock or "clocks" in facts or "X-ASK-ELAPSED" in text),
    )  # fmt: skip
    return _with_rivals(reading, scan, facts, lambda other: _recurrence(scan, runs, other, now, conventions))


def _with_rivals(reading: Reading, scan: Scan, facts: "Facts", read_as: "Callable[[Facts], Reading]") -> Reading:
    """The reading with its rivals, itself the first of them, where the words are truly open."""
    others = [read_as(other) for other in rivals(scan, facts)]
    found = [other for other in others if other.kind != "none" and (other.at, other.rule) != (reading.at, reading.rule)]
    return reading.replace(choices=(reading, *found)) if found else reading


def _instant(scan: Scan, runs: list[Run], facts: "Facts", now: datetime, conventions: Conventions) -> Reading:
    made: Moment = moment(scan, facts)
    message = message_of(scan, runs)
    if made.wall is None:
        return Reading(scan.text, "none", zone=conventions.zone, message=message, hint=made.problem)
    zone = facts.get("zone") or conventions.zone
    if made.elapsed is not None:
        from datetime import timedelta

        at = (now.astimezone(UTC) + timedelta(seconds=made.elapsed)).astimezone(ZoneInfo(zone))
    else:
        at = _instant_of(made.wall, zone)
    reading = Reading(
        scan.text, "instant", at=at, zone=zone, pinned="zone" in facts, grain=made.grain, clock=made.clock,
        end=_instant_of(made.end, zone) if made.end else None, message=message,
        notes=notes(scan, facts, timed=made.clock),
    )  # fmt: skip
    return _with_rivals(reading, scan, facts, lambda other: _instant(scan, runs, other, now, conventions))


def _instant_of(wall: datetime, zone: str) -> datetime:
    from assistant.when.zone import to_instant

    return to_instant(wall, zone).astimezone(ZoneInfo(zone))
