"""Counted days: `third tuesday`, `last day`, `2nd and last fridays`. The period they are counted in stands beside."""

from assistant.when.lexicon import SHORT_WEEKDAYS, WEEKDAYS
from assistant.when.numbers import how_many, ordinal, unit
from assistant.when.scan import Piece, Scan


def nth_weekday(scan: Scan, at: int) -> list[Piece]:
    """`third tuesday`, `last friday`, `2nd and last fridays`, `3rd last tuesday`, `last day`, `first working day`."""
    places: list[int] = []
    end = at
    while len(places) < 6:
        place = nth(scan, end)
        if place is None:
            break
        end = place[0]
        places.append(place[1])
        after = end
        while scan.word(after) in (",", "and", "&", "the", "or") and after - end < 3:
            after += 1
        if after == end or nth(scan, after) is None:
            break
        end = after
    if not places:
        return []
    if scan.word(end) in ("instance", "instances", "occurrence", "occurrences"):
        return _instances(scan, end + 1, tuple(places))
    what = nth_what(scan, end)
    if what is None:
        return _first_several(scan, at)
    plural = scan.word(what[0] - 1) not in WEEKDAYS and isinstance(what[1], int)
    end, kind = what
    if plural:  # "1st and 3rd mondays" are those of every month
        return [Piece(end, {"nths": tuple((place, kind) for place in places), "plural": True, "of_month": "month"})]
    nths = tuple((place, kind) for place in places)
    return [Piece(end, {"nths": nths}, ("month", "span", "of_month", "every"))]


def _instances(scan: Scan, at: int, places: tuple[int, ...]) -> list[Piece]:
    """`first and last instance of wed and fri`: counted among several weekdays together."""
    if [scan.word(at + n) for n in range(3)] == ["into", "the", "month"]:
        at += 3
    if scan.word(at) != "of":
        return []
    at += 1
    if scan.word(at) == "one" and scan.word(at + 1) == "of":
        at += 2
    named: list[int] = []
    while (day := nth_what(scan, at)) is not None and isinstance(day[1], int):
        named.append(day[1])
        at = end = day[0]
        while scan.word(at) in (",", "and", "or", "&") and at - end < 2:
            at += 1
    if not named:
        return []
    days = tuple(sorted(set(named)))
    return [Piece(end, {"nths": tuple((place, days) for place in places), "plural": True, "of_month": "month"})]


def _first_several(scan: Scan, at: int) -> list[Piece]:
    """`first 2 weeks`, `last four months`: where such a stretch begins in a longer one."""
    sign = {"first": 1, "last": -1}.get(scan.word(at), 0)
    counted = how_many(scan, at + 1) if sign else None
    end, count = counted if counted is not None and scan.word(at + 1) not in ("a", "an") else (at + 1, 1)
    named = unit(scan, end)
    if not sign or named is None or named[1] not in ("week", "month", "day") or count != int(count):
        return []
    return [Piece(named[0], {"nths": ((1 if sign > 0 else -int(count), named[1]),)}, ("month", "span", "year"))]


def nth(scan: Scan, at: int) -> "tuple[int, int] | None":
    """A place counted from the front or the back: `3rd`, `last`, `second last`, `2nd to last`, `penultimate`."""
    word = scan.word(at)
    if word == "last" or word == "final":
        return at + 1, -1
    if word == "penultimate":
        return at + 1, -2
    place = ordinal(scan, at)
    if place is None or place[1] > 366:
        return None
    end, number = place
    after = end
    if scan.word(after) in ("-", "to"):
        after += 1
        if scan.word(after) in ("-", "to"):
            after += 1
    if scan.word(after) == "last":
        return after + 1, -number
    return place


def nth_what(scan: Scan, at: int) -> "tuple[int, int | str] | None":
    """What is counted: a weekday, a day, a working day."""
    word = scan.word(at)
    if word.endswith("s") and word[:-1] in WEEKDAYS and word not in WEEKDAYS:
        word = word[:-1]
    if word in WEEKDAYS and word not in SHORT_WEEKDAYS:
        end = at + 1
        if scan.word(end) == "." and scan.glued(end) and len(word) < 6:
            end += 1
        return end, WEEKDAYS[word]
    if word in ("business", "working", "work", "bank") and scan.word(at + 1) in ("day", "days"):
        return at + 2, "workday"
    if word in ("weekday", "weekdays", "workday", "workdays"):
        return at + 1, "weekday" if word.startswith("week") else "workday"
    if word in ("day", "days"):
        return at + 1, "day"
    if word == "month" and scan.word(at + 1) in ("of", "in"):
        return at + 1, word
    if word == "weekend" or (word == "week" and scan.word(at + 1) in ("of", "in")):
        return at + 1, word
    return None
