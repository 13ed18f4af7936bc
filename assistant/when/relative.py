"""Distances: `in 2 hours`, `3 days from now`, `two hours before 6:45 tomorrow`, `a week from friday`."""

from assistant.when.lexicon import WEEKDAYS
from assistant.when.numbers import amount, amount_of, how_many, is_short_unit, unit
from assistant.when.scan import Amount, Piece, Scan, days

AFTER = frozenset(("from", "after"))
BEFORE = frozenset(("before", "prior"))
NOW = frozenset(("now", "today", "right"))


def distances(scan: Scan, at: int, lead: str) -> list[Piece]:
    """All distances that may start here."""
    found = _right_now(scan, at) or _weekdays_from_now(scan, at, lead)
    if found:
        return found
    word = scan.word(at)
    if word == "+":
        plus = amount(scan, at + 1)
        return [Piece(plus[0], {"shift": plus[1]})] if plus else []
    if word == "within":
        end = at + 1
        if scan.word(end) == "the":
            end += 1
        if scan.word(end) in ("next", "upcoming", "coming"):
            end += 1
        inside = amount(scan, end) or _one_unit(scan, end)
        return [Piece(inside[0], {"shift": inside[1], "within": True})] if inside else []
    measured = amount(scan, at)
    if measured is None:
        return _the_day_after(scan, at, lead)
    return _measured(scan, at, measured[0], measured[1], lead)


def _the_day_after(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`the day before friday`, `the week after christmas`: one unit from what follows."""
    word = scan.word(at)
    if not lead.endswith("the") or word not in ("day", "week", "month", "year", "hour", "weekend"):
        return []
    one = amount_of(word, 1)
    side = scan.word(at + 1)
    if one is None or side not in ("after", "before") or word == "weekend":
        return []
    return [Piece(at + 2, {"offset": one if side == "after" else one.times(-1)}, ("anchor",))]


def _one_unit(scan: Scan, at: int) -> "tuple[int, Amount] | None":
    """`within the hour`."""
    named = unit(scan, at)
    one = amount_of(named[1], 1) if named is not None else None
    return (named[0], one) if named is not None and one is not None else None


def _right_now(scan: Scan, at: int) -> list[Piece]:
    word = scan.word(at)
    end = -1
    if word in ("now", "asap", "immediately"):
        end = at + 1
    elif word == "right" and scan.word(at + 1) in ("now", "away"):
        end = at + 2
    elif word in ("moment", "minute") and scan.word(at - 1) == "the" and scan.word(at - 2) == "at":
        end = at + 1
    elif word == "as" and [scan.word(at + n) for n in range(1, 4)] == ["soon", "as", "possible"]:
        end = at + 4
    if end < 0:
        return []
    if scan.word(end) == "+" and (plus := amount(scan, end + 1)):
        return [Piece(plus[0], {"shift": plus[1]})]
    return [Piece(end, {"shift": Amount(), "now": True})]


def _measured(scan: Scan, at: int, end: int, distance: Amount, lead: str) -> list[Piece]:
    after = end
    word = scan.word(after)
    if word in ("hence", "later") or (
        word == "in" and scan.word(after + 1) == "the" and scan.word(after + 2) == "future"
    ):
        return [Piece(after + (3 if word == "in" else 1), {"shift": distance})]
    if word == "ago" or (word == "in" and scan.word(after + 1) == "the" and scan.word(after + 2) == "past"):
        return [Piece(after + (3 if word == "in" else 1), {"shift": distance.times(-1)})]
    if word in AFTER and scan.word(after + 1) in ("now", "today", "right", "this"):
        if scan.word(after + 1) == "now":
            return [Piece(after + 2, {"shift": distance})]
        if scan.word(after + 1) == "right" and scan.word(after + 2) == "now":
            return [Piece(after + 3, {"shift": distance})]
        if scan.word(after + 1) == "today":
            return [Piece(after + 2, {"shift": distance, "from_today": True})]
    counted = word in BEFORE or (word in AFTER and not lead.startswith("for"))
    if lead.startswith(("in", "after")) and not counted:
        return [Piece(end, {"shift": distance})]
    if lead.startswith("for"):
        return [Piece(end, {"length": distance})]
    if counted:
        if word == "prior" and scan.word(after + 1) == "to":
            after += 1
        return [Piece(after + 1, {"offset": distance if word in AFTER else distance.times(-1)}, ("anchor",))]
    if lead:
        return []
    if scan.tokens[at].digits == 4 and scan.word(at + 1) in ("hours", "hrs"):
        return []  # "1700 hours" is a time of day
    if scan.word(at) == "a" or (is_short_unit(scan, end - 1) and scan.word(end - 1) == "y"):
        return []
    return [Piece(end, {"shift": distance}, ("whole_text",))]


def _weekdays_from_now(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`three fridays from now`, `2 weekends from now`."""
    counted = how_many(scan, at)
    if counted is None:
        return []
    end, count = counted
    word = scan.word(end)
    name = word[:-1] if word.endswith("s") and word not in WEEKDAYS else word
    if name == "weekend":
        day = 5
    elif name in WEEKDAYS:
        day = WEEKDAYS[name]
    else:
        return []
    if scan.word(end + 1) == "ago":
        back = (scan.today.weekday() - day - 1) % 7 + 1
        return [Piece(end + 2, {"day": scan.today - days(back + 7 * (int(count) - 1))})]
    if (scan.word(end + 1), scan.word(end + 2)) in (("from", "now"), ("from", "today")):
        end += 3
    elif scan.word(end + 1) in ("hence", "later"):
        end += 2
    elif lead == "in" and word != name:
        end += 1
    else:
        return []
    ahead = (day - scan.today.weekday() - 1) % 7 + 1
    return [Piece(end, {"day": scan.today + days(ahead + 7 * (int(count) - 1))})]
