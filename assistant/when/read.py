"""The entry: a phrase or a sentence to one reading, or to a refusal that names the words. Reads no clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.when.phrase import Run, longest
from assistant.when.repeat import is_repeating, repeat
from assistant.when.resolve import Moment, moment
from assistant.when.scan import Scan
from assistant.when.sentence import choose, message_of
from assistant.when.tokens import MOST_CHARACTERS
from assistant.when.values import Conventions, Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

UTC = ZoneInfo("UTC")


def read(text: str, now: datetime, conventions: Conventions) -> Reading:
    """What `text` means at the aware instant `now`, by these conventions."""
    if len(text) > MOST_CHARACTERS:
        return Reading(text[:80], "none", hint=f"more than {MOST_CHARACTERS} characters are not read")
    scan = Scan(text, now.astimezone(ZoneInfo(conventions.zone)), conventions)
    run = choose(scan)
    if run is None:
        return Reading(text, "none", zone=conventions.zone, message=message_of(scan, []))
    facts = run[0].facts
    for more in run[1:]:
        facts = {**facts, **more.facts}
    if is_repeating(facts):
        return _recurrence(scan, run, facts, now, conventions)
    return _instant(scan, run, facts, now, conventions)


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
            return Reading(scan.text, "none", zone=conventions.zone, message=message, hint="that rule has no time to come")
        at = found.astimezone(ZoneInfo(zone))
    return Reading(
        scan.text, "recurrence", at=at, rule=text, zone=zone, pinned="zone" in facts, clock=made.clock,
        grain="minute" if made.clock else "day", message=message, notes=made.notes,
    )  # fmt: skip


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
    return Reading(
        scan.text, "instant", at=at, zone=zone, pinned="zone" in facts, grain=made.grain, clock=made.clock,
        end=_instant_of(made.end, zone) if made.end else None, message=message, notes=made.notes,
    )  # fmt: skip


def _instant_of(wall: datetime, zone: str) -> datetime:
    from assistant.when.zone import to_instant

    return to_instant(wall, zone).astimezone(ZoneInfo(zone))


__all__ = ["longest", "read"]
