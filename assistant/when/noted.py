"""Which convention decided where the words left something open, and which rival readings there are."""

from datetime import datetime

from assistant.when.hours import AFTERNOON_PARTS, clock_time
from assistant.when.scan import Clock, Scan
from assistant.when.which_day import weekday

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EDGES = {
    "end": "the end is the last day",
    "start": "the beginning is the first day",
    "mid": "the middle of a month is the 15th",
    "late": "late in a month begins on the 21st",
}

EDGES_OF_WEEK = {
    "end": "the end of a week is its last working day",
    "start": "the beginning is the first day",
    "mid": "the middle of a week is its third day",
    "late": "late in a week is its last day",
}


def notes(scan: Scan, facts: "Facts", at: datetime, *, timed: bool) -> tuple[str, ...]:
    """The conventions that filled a gap, each in a sentence."""
    found: list[str] = []
    clock: Clock | None = facts.get("clock")
    part: str | None = facts.get("part")
    if clock is not None:
        found.extend(
            _hour_note(
                scan,
                clock,
                part,
                midnight_ends=clock.midnight
                and "every" not in facts
                and "anchor" not in facts
                and _has_named_day(facts),
            )
        )
    elif part is not None:
        found.append(f"{'night' if part == 'tonight' else part} is {scan.conventions.day_parts[part]:%H:%M}")
    elif not timed and "shift" not in facts and "offset" not in facts:
        found.append(f"no time of day was said: {at:%H:%M}")
    if facts.get("wmod") == "next" and len(facts.get("wdays") or ()) == 1:
        found.append(f"next {DAY_NAMES[facts['wdays'][0]]} is the one of next week")
    if len(facts.get("wdays") or ()) > 1 and "every" not in facts and "plural" not in facts:
        found.append("several weekdays repeat every week")
    if len(facts.get("mdays") or ()) > 1 and not {"every", "plural", "month", "span"} & facts.keys():
        found.append("several days of the month repeat every month")
    if "order" in facts:
        order = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}[scan.conventions.date_order]
        found.append(f"{facts['order']} is read {order}")
    if facts.get("edge") in EDGES:
        of_week = "span" in facts and facts["span"].grain == "week"
        found.append((EDGES_OF_WEEK if of_week else EDGES)[facts["edge"]])
    return tuple(found)


def _has_named_day(facts: "Facts") -> bool:
    return any(name in facts for name in ("day", "wdays", "mdays", "nths", "feast"))


def _hour_note(scan: Scan, clock: Clock, part: str | None, *, midnight_ends: bool) -> list[str]:
    if midnight_ends:
        return ["midnight is the end of the day"]
    if clock.half or clock.hour == 0 or clock.hour > 12:
        return []
    at = clock_time(clock, part, scan)
    if part in AFTERNOON_PARTS or part in ("morning", "lunch") or at.hour == clock.hour:
        return []  # the hour as it was written is no news
    return [f"{clock.hour}{f':{clock.minute:02}' if clock.minute else ''} without am or pm is {at:%H:%M}"]


def rivals(scan: Scan, facts: "Facts") -> "list[Facts]":
    """Other facts that the same words may mean as well: `next friday` while this week's is still ahead."""
    wdays: tuple[int, ...] = facts.get("wdays") or ()
    if facts.get("wmod") == "next" and len(wdays) == 1 and "every" not in facts:
        soon = weekday(scan, wdays[0], "", False)
        if soon < weekday(scan, wdays[0], "next", False):
            return [{**facts, "wmod": ""}]
    if facts.get("doubt") and facts.get("nths"):
        place, kind = facts["nths"][0]
        if place == 2 and isinstance(kind, int) and len(facts["nths"]) == 1 and "of_month" not in facts:
            other = {name: facts[name] for name in facts if name not in ("nths", "doubt", "monthly")}
            return [{**other, "every": (2, "week"), "wdays": (kind,), "listed": True}]
    return []
