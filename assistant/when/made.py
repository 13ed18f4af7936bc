"""Readings out of what a text was found to say: instants, repetitions and refusals, each with its words."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from assistant.when.doubt import Doubt
from assistant.when.noted import notes, rivals
from assistant.when.phrase import Run
from assistant.when.resolve import Moment, moment
from assistant.when.scan import Scan, stamp
from assistant.when.sentence import message_of
from assistant.when.values import Reading
from assistant.when.zone import to_instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.when.scan import Facts


def refused(scan: Scan, doubt: Doubt) -> Reading:
    """No reading, with the words that stood in the way; the message is the whole text."""
    return Reading(
        scan.text, "none", zone=scan.conventions.zone, message=message_of(scan, []), unplaced=doubt.words,
        hint=doubt.hint or None,
    )  # fmt: skip


def _no_such_time(scan: Scan, runs: list[Run], problem: str) -> Reading:
    """The words are a time, but there is none like it."""
    words = tuple(scan.text[scan.tokens[run.start].start : scan.tokens[run.end - 1].end] for run in runs)
    return Reading(
        scan.text, "none", zone=scan.conventions.zone, message=message_of(scan, runs), unplaced=words, hint=problem
    )


def instant(scan: Scan, runs: list[Run], facts: "Facts") -> Reading:
    """One moment."""
    from assistant.when.say import instant as in_words

    made = moment(scan, facts)
    if made.wall is None:
        return _no_such_time(scan, runs, made.problem)
    named = _zone_in(facts)
    zone: str = named or scan.conventions.zone
    at = _instant_of(scan, made, facts, zone)
    reading = Reading(
        scan.text, "instant", at=at, zone=zone, pinned=named is not None, grain=made.grain, clock=made.clock,
        end=_in_zone(made.end, zone) if made.end else None, message=message_of(scan, runs),
        reading=in_words(at, zone, scan.instant), notes=notes(scan, facts, at, timed=made.clock),
        elapsed=made.elapsed is not None,
    )  # fmt: skip
    return _with_rivals(reading, scan, facts, lambda other: instant(scan, runs, other))


def _zone_in(facts: "Facts") -> str | None:
    """The zone that was said, also within what a distance is counted from."""
    zone: str | None = facts.get("zone")
    return zone if zone is not None or "anchor" not in facts else _zone_in(facts["anchor"])


def _instant_of(scan: Scan, made: Moment, facts: "Facts", zone: str) -> datetime:
    if made.elapsed is not None:
        return (scan.instant.astimezone(UTC) + timedelta(seconds=made.elapsed)).astimezone(ZoneInfo(zone))
    assert made.wall is not None  # noqa: S101  # the caller has looked
    if "utc_offset" in facts:
        return made.wall.replace(tzinfo=timezone(timedelta(minutes=facts["utc_offset"]))).astimezone(ZoneInfo(zone))
    return _in_zone(made.wall, zone)


def _in_zone(wall: datetime, zone: str) -> datetime:
    return to_instant(wall, zone).astimezone(ZoneInfo(zone))


def repetition(scan: Scan, runs: list[Run], facts: "Facts") -> Reading:
    """A rule with its first slot."""
    from assistant.when.repeat import repeat  # what repeats nothing need not pay for it

    made = repeat(scan, facts)
    if made.first is None:
        return _no_such_time(scan, runs, made.problem)
    zone: str = facts.get("zone") or scan.conventions.zone
    at = made.first.astimezone(ZoneInfo(zone)) if made.first.tzinfo else _in_zone(made.first, zone)
    if not made.exact_first or at <= scan.instant:
        found = _next_of(scan, made.text, zone)
        if found is None:
            return _no_such_time(scan, runs, "that rule has no time to come")
        at = found
    timed = made.clock or "BYHOUR" in made.text or "X-ASK-ELAPSED" in made.text
    begins_later = "start" in facts or "span" in facts
    reading = Reading(
        scan.text, "recurrence", at=at, rule=made.text, zone=zone, pinned="zone" in facts, clock=made.clock,
        grain="minute" if made.clock else "day", message=message_of(scan, runs),
        reading=_rule_in_words(scan, made.text, facts.get("zone"), with_start=begins_later),
        notes=notes(scan, facts, at, timed=timed),
    )  # fmt: skip
    return _with_rivals(reading, scan, facts, lambda other: repetition(scan, runs, other))


def several(scan: Scan, runs: list[Run], facts: "Facts") -> Reading:
    """A few times, each once: a rule of nothing but added times."""
    others = {name: fact for name, fact in facts.items() if name != "clocks"}
    named = "mdays" if "mdays" in facts else "nths"
    days = [{**others, named: (day,)} for day in facts[named]] if named in facts else [others]
    clocks = [{"clock": clock} for clock in facts["clocks"]] if "clocks" in facts else [{}]
    moments = [moment(scan, {**day, **clock}) for day in days for clock in clocks]
    problems = [made.problem for made in moments if made.wall is None]
    if problems or "to" in facts or "shift" in facts:
        return _no_such_time(scan, runs, problems[0] if problems else "say one time")
    walls = sorted({made.wall for made in moments if made.wall is not None})
    zone: str = facts.get("zone") or scan.conventions.zone
    text = f"DTSTART:{stamp(walls[0])}\nRDATE:{','.join(stamp(wall) for wall in walls)}"
    return Reading(
        scan.text, "recurrence", at=_in_zone(walls[0], zone), rule=text, zone=zone, pinned="zone" in facts, clock=True,
        message=message_of(scan, runs), reading=_rule_in_words(scan, text, facts.get("zone"), with_start=False),
        notes=(*notes(scan, facts, walls[0], timed=True), "each of these times is once"),
    )  # fmt: skip


def _next_of(scan: Scan, text: str, zone: str) -> datetime | None:
    from assistant.when.rule import next_after

    found = next_after(text, scan.instant, zone, scan.conventions)
    return found.astimezone(ZoneInfo(zone)) if found is not None else None


def _rule_in_words(scan: Scan, text: str, pinned: str | None, *, with_start: bool) -> str:
    from assistant.when.wording import rule

    zone = pinned or scan.conventions.zone
    words = rule(text, zone, scan.conventions, scan.instant if with_start else None)
    return f"{words} {pinned}" if pinned else words


def union(scan: Scan, runs: list[Run]) -> Reading:
    """Two repetitions in one rule."""
    from assistant.when.repeat import repeat, unite

    parts = [repeat(scan, run.facts) for run in runs]
    text = unite(parts)
    if text is None:
        problems = [part.problem for part in parts if part.problem]
        return _no_such_time(scan, runs, problems[0] if problems else "they cannot be kept as one; make two of them")
    first = min(part.first for part in parts if part.first is not None)
    zone = scan.conventions.zone
    return Reading(
        scan.text, "recurrence", at=_in_zone(first, zone), rule=text, zone=zone,
        clock=all(part.clock for part in parts), message=message_of(scan, runs),
        reading=_rule_in_words(scan, text, None, with_start=False),
    )  # fmt: skip


def _with_rivals(reading: Reading, scan: Scan, facts: "Facts", read_as: "Callable[[Facts], Reading]") -> Reading:
    """The reading with its rivals, itself the first of them, where the words are truly open."""
    others = [read_as(other) for other in rivals(scan, facts)]
    found = [other for other in others if other.kind != "none" and (other.at, other.rule) != (reading.at, reading.rule)]
    return reading.replace(choices=(reading, *found)) if found else reading
