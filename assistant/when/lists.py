"""Several of a kind: `mon, wed and fri`, `mondays to thursdays`, `jan and jul`, `weeks 12 and 14`, `9, 12 and 18`."""

from assistant.when.clocks import clock
from assistant.when.lexicon import (
    MONTHS,
    ORDINAL_ENDINGS,
    PARTS,
    PLURAL_PARTS,
    PLURAL_WEEKDAYS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
)
from assistant.when.scan import Clock, Piece, Scan

WORKING = ("weekday", "weekdays", "workday", "workdays")


RANGE_WORDS = frozenset(("-", "to", "through", "thru", "till", "until"))
MOST_NAMED = 8  # days in one list
JOINS = frozenset((",", "and", "&", "or", "+", "/"))


def weekday_list(
    scan: Scan, at: int, *, single: bool = False, short: bool = False
) -> "tuple[int, tuple[int, ...]] | None":
    """`mon, wed and fri`, `monday through thursday`, `mo,we,fr`, `mon-fri`: the days named, in the week's order."""
    days: list[int] = []
    end = at
    named = 0
    while True:
        named += 1
        if named > MOST_NAMED:
            return None  # nobody lists days like that, and each start of such a heap would walk it to its end
        if scan.word(end) == "every" and days:
            end += 1
        day = _day_in_list(scan, end, short=short)
        if day is None:
            break
        after = day[0]
        if scan.word(after) in RANGE_WORDS and (last := _day_in_list(scan, after + 1, short=short)):
            span = (last[1] - day[1]) % 7
            days.extend((day[1] + step) % 7 for step in range(span + 1))
            after = last[0]
        else:
            days.append(day[1])
        end = after
        while (scan.word(after) in JOINS or scan.word(after) == "on") and after - end < 3:
            after += 1
        if _day_in_list(scan, after, short=short) is None and (after == end or scan.word(after) != "every"):
            break
        if scan.word(after) == "every" and _day_in_list(scan, after + 1) is None:
            break
        end = after
    if not days or (len(days) == 1 and not single):
        return None
    return end, tuple(sorted(set(days)))


def _day_in_list(scan: Scan, at: int, *, short: bool = False) -> "tuple[int, int] | None":
    word = scan.word(at)
    day = WEEKDAYS.get(word)
    if day is None:
        day = PLURAL_WEEKDAYS.get(word)
    if day is None or (word in SHORT_WEEKDAYS and not short):
        return None
    end = at + 1
    if scan.word(end) == "." and scan.glued(end) and len(word) <= 5:
        end += 1
    return end, day


def weekdays_listed(scan: Scan, at: int) -> list[Piece]:
    """`mon, wed and fri`, `mondays to thursdays`."""
    listed = weekday_list(scan, at)
    if listed is None:
        short = weekday_list(scan, at, short=True)
        listed = short if short is not None and len(short[1]) > 1 else None
    if listed is None:
        return []
    words = [scan.word(n) for n in range(at, listed[0])]
    facts: dict[str, object] = {"wdays": listed[1], "listed": True}
    if any(word in PLURAL_WEEKDAYS and word not in WEEKDAYS for word in words):
        facts["plural"] = True
    elif not RANGE_WORDS.isdisjoint(words):
        return []  # a range of single days is an interval, until something says that it repeats
    return [Piece(listed[0], facts, ("every",) if "or" in words else ())]


def day_range(scan: Scan, at: int) -> list[Piece]:
    """`mon-fri 9am`, `monday to friday at 8`: a range of days that wants a clock time or a week to repeat in."""
    if (scan.word(at), scan.word(at + 1), scan.word(at + 2)) == ("m", "-", "f"):
        return [Piece(at + 3, {"wdays": (0, 1, 2, 3, 4), "listed": True, "ranged": True}, ("clock", "every", "part"))]
    listed = weekday_list(scan, at)
    words = [scan.word(n) for n in range(at, listed[0])] if listed else []
    if listed is None or "," in words or "and" in words or len(listed[1]) < 3:
        return []
    return [
        Piece(
            listed[0],
            {"wdays": listed[1], "listed": True, "ranged": True},
            ("clock", "every", "part", "start", "until"),
        )
    ]


def plurals(scan: Scan, at: int) -> list[Piece]:
    """`tuesdays`, `weekdays`, `weekends`, `mornings`."""
    word = scan.word(at)
    if word in PLURAL_WEEKDAYS and word not in WEEKDAYS:
        listed = weekday_list(scan, at, single=True)
        if listed is not None:
            return [Piece(listed[0], {"wdays": listed[1], "plural": True, "listed": True})]
    if word == "week" and scan.word(at + 1) == "days":
        return [Piece(at + 2, {"wdays": None, "plural": True, "listed": True})]
    if word in ("weekdays", "workdays"):
        return [Piece(at + 1, {"wdays": None, "plural": True, "listed": True})]
    if word in ("weekday", "workday", "weekend") and (
        scan.word(at + 1) in PARTS and (scan.word(at + 1) in PLURAL_PARTS)
    ):
        return [Piece(at + 1, {"wdays": (5, 6) if word == "weekend" else None, "plural": True, "listed": True})]
    if word in ("business", "working") and scan.word(at + 1) == "days":
        return [Piece(at + 2, {"wdays": None, "plural": True, "business": True, "listed": True})]
    if word == "weekends":
        return [Piece(at + 1, {"wdays": (5, 6), "plural": True, "listed": True})]
    if word in PLURAL_PARTS:
        return [Piece(at + 1, {"part": PLURAL_PARTS[word], "plural": True})]
    return []


def months_listed(scan: Scan, at: int) -> list[Piece]:
    """`january and july`, `jan, apr, jul and oct`, `from june to august`."""
    months: list[int] = []
    end = at
    while scan.word(end) in MONTHS:
        months.append(MONTHS[scan.word(end)])
        end += 1
        after = end
        while scan.word(after) in JOINS and after - end < 2:
            after += 1
        if after == end or scan.word(after) not in MONTHS:
            break
        end = after
    if len(months) < 2:
        return []
    return [Piece(end, {"months": tuple(sorted(set(months)))}, ("every", "plural", "mdays", "nths"))]


def weeks_listed(scan: Scan, at: int) -> list[Piece]:
    """`in week 12 and 14`: weeks of the year in which it repeats."""
    if scan.word(at) not in ("week", "weeks"):
        return []
    weeks: list[int] = []
    end = at + 1
    while 1 <= scan.number(end) <= 53:
        weeks.append(scan.number(end))
        end += 1
        if scan.word(end) not in JOINS or not 1 <= scan.number(end + 1) <= 53:
            break
        end += 1
    return [Piece(end, {"weeks": tuple(weeks)}, ("every",))] if weeks else []


def _is_day(scan: Scan, end: int, start: int) -> bool:
    """Whether the number counts what follows: `at 9 and 8 march`, `at 9, 7 times`."""
    counted = (
        scan.word(end) in MONTHS or scan.word(end) in ORDINAL_ENDINGS or scan.word(end) in ("times", "occurrences")
    )
    return end == start + 1 and counted


def clock_list(scan: Scan, at: int) -> "tuple[int, tuple[Clock, ...]] | None":
    """`9 and 17:30`, `8am, noon and 6pm`: two or more times of day."""
    times: list[Clock] = []
    end = at
    while True:
        found = clock(scan, end)
        if found is None or len(times) > 24 or (times and _is_day(scan, found[0], end)):
            break
        times.append(found[1])
        end = found[0]
        after = end
        while scan.word(after) in (",", "and", "&", "+") and after - end < 2:
            after += 1
        if after > end and scan.word(after) == "at":
            after += 1
        following = clock(scan, after) if after > end else None
        if following is None or _is_day(scan, following[0], after):
            break
        end = after
    return (end, tuple(times)) if len(times) > 1 else None
