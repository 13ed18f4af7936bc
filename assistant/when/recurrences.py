"""Words that repeat: `every other friday`, `daily`, `mondays`, `of each month`, `for 5 times`, `except holidays`."""

from assistant.when.dates import day_number, month_name
from assistant.when.feasts import feasts, fixed_day
from assistant.when.lexicon import FREQUENCIES, MIDNIGHT, NOON, PARTS, WEEKDAYS
from assistant.when.lists import (
    JOINS,
    WORKING,
    day_range,
    months_listed,
    plurals,
    weekday_list,
    weekdays_listed,
    weeks_listed,
)
from assistant.when.numbers import amount, amount_of, how_many, ordinal, unit
from assistant.when.places import nth_weekday
from assistant.when.scan import Amount, Piece, Scan


def recurrences(scan: Scan, at: int, lead: str) -> list[Piece]:
    """All words of repetition that may start here."""
    word = scan.word(at)
    if word in ("every", "each", "evry", "ever"):
        return _every(scan, at + 1, word) if word != "ever" or scan.word(at + 1) == "y" else []
    if word in ("once", "twice", "thrice"):
        return _once(scan, at)
    if word in ("repeat", "repeating", "repeats", "recurring") and (
        scan.word(at + 1) in ("every", "each", *FREQUENCIES)
    ):
        return recurrences(scan, at + 1, lead)
    if word == "all":
        return plurals(scan, at + 1)
    if word in FREQUENCIES:
        n, grain = FREQUENCIES[word]
        facts: dict[str, object] = {"every": (n, grain), "adverb": True}
        if word == "nightly":
            facts["part"] = "tonight"
        return [Piece(at + 1, facts)]
    if word == "bi" and scan.word(at + 1) == "-" and scan.word(at + 2) in ("weekly", "monthly"):
        return [Piece(at + 3, {"every": (2, "week" if scan.word(at + 2) == "weekly" else "month"), "adverb": True})]
    if word == "semi" and scan.word(at + 1) == "-" and scan.word(at + 2) in ("annual", "annually"):
        return [Piece(at + 3, {"every": (6, "month"), "adverb": True})]
    return [
        *weekdays_listed(scan, at),
        *plurals(scan, at),
        *_of_each_month(scan, at, lead),
        *_times(scan, at, lead),
        *_during(scan, at, lead),
        *months_listed(scan, at),
        *day_range(scan, at),
        *_after_done(scan, at),
        *weeks_listed(scan, at),
    ]


def _every(scan: Scan, at: int, word: str) -> list[Piece]:
    """What follows `every`."""
    if scan.word(at) == "!":
        inner = _every(scan, at + 1, word)
        return [Piece(piece.end, {**piece.facts, "done": True}, piece.needs) for piece in inner]
    if scan.word(at) == "single":
        at += 1
    pieces = [*_every_nth(scan, at), *_every_other(scan, at), *_every_unit(scan, at), *_every_day_name(scan, at, 1)]
    return pieces + _every_date(scan, at)


def _every_other(scan: Scan, at: int) -> list[Piece]:
    """`every other friday`, `every second day`, `every 3rd month`."""
    if scan.word(at) in ("other", "alternate", "second", "2nd"):
        end, count = at + 1, 2
    else:
        place = ordinal(scan, at)
        if place is None or place[1] < 1:
            return []
        end, count = place
    found: list[Piece] = []
    named = unit(scan, end)
    if named is not None and scan.word(end) not in WORKING and named[1] != "millisecond":
        found.append(Piece(named[0], _counted(count, named[1])))
    if scan.word(at) in ("other", "alternate"):
        found.extend(_every_day_name(scan, end, 2))
    return found


def _counted(count: int, grain: str) -> "dict[str, object]":
    if grain == "fortnight":
        return {"every": (2 * count, "week")}
    if grain == "weekend":
        return {"every": (count, "week"), "wdays": (5, 6)}
    if grain == "decade":
        return {"every": (10 * count, "year")}
    if grain == "century":
        return {"every": (100 * count, "year")}
    if grain == "workday":
        return {"every": (count, "week"), "wdays": None} if count == 1 else {"every": (count, "workday")}
    return {"every": (count, grain)}


def _every_unit(scan: Scan, at: int) -> list[Piece]:
    """`every day`, `every 3 weeks`, `every hour and a half`, `every half hour`, `every few days`."""
    named = unit(scan, at)
    if (
        named is not None
        and named[1] not in ("workday", "millisecond")
        and scan.word(at) not in ("night", "nights", "second", "m", "s", "h", "d")
    ):
        end = named[0]
        if (
            scan.word(end) == "and"
            and scan.word(end + 1) == "a"
            and scan.word(end + 2) == "half"
            and named[1] == "hour"
        ):
            return [Piece(end + 3, {"every": (90, "minute")})]
        facts = _counted(1, named[1])
        if scan.word(end) == "on" and scan.word(end + 1) == "the" and scan.word(end + 2) == "hour":
            return [Piece(end + 3, {**facts, "aligned": 0})]
        if [scan.word(end + n) for n in range(4)] == ["on", "the", "half", "hour"]:
            return [Piece(end + 4, {**facts, "aligned": 30})]
        return [Piece(end, facts)]
    if scan.word(at) == "second" and scan.word(at + 1) not in WEEKDAYS and unit(scan, at + 1) is None:
        return [Piece(at + 1, {"every": (1, "second")}, ("never",))]
    measured = amount(scan, at)
    if measured is None:
        return []
    end, distance = measured
    facts2 = whole_units(distance)
    return [Piece(end, facts2)] if facts2 else []


def whole_units(distance: Amount) -> "dict[str, object] | None":
    """An amount as a count of one unit."""
    if distance.months and not (distance.days or distance.seconds or distance.workdays):
        years, months = divmod(distance.months, 12)
        return {"every": (distance.months, "month")} if months else {"every": (years, "year")}
    if distance.days and not (distance.months or distance.seconds or distance.workdays):
        weeks, left = divmod(distance.days, 7)
        return {"every": (distance.days, "day")} if left else {"every": (weeks, "week")}
    if distance.seconds >= 1 and not (distance.months or distance.days or distance.workdays):
        for size, grain in ((3600, "hour"), (60, "minute"), (1, "second")):
            if distance.seconds % size == 0:
                return {"every": (int(distance.seconds // size), grain)}
        return None
    if distance.workdays and not (distance.months or distance.days or distance.seconds):
        return (
            {"every": (1, "week"), "wdays": None}
            if distance.workdays == 1
            else {"every": (distance.workdays, "workday")}
        )
    if distance.days and distance.seconds and distance.seconds % 60 == 0:
        return {"every": (int(distance.days * 1440 + distance.seconds // 60), "minute")}
    return None


def _every_day_name(scan: Scan, at: int, interval: int) -> list[Piece]:
    """`every mon, wed and fri`, `every weekday`, `every weekend`, `every morning`, `every business day`."""
    listed = weekday_list(scan, at, single=True, short=True)
    if listed is not None:
        return [Piece(listed[0], {"every": (interval, "week"), "wdays": listed[1], "listed": True})]
    word = scan.word(at)
    if word == "week" and scan.word(at + 1) in ("day", "days"):
        return [Piece(at + 2, {"every": (interval, "week"), "wdays": None, "listed": True})]
    if word in WORKING:
        return [Piece(at + 1, {"every": (interval, "week"), "wdays": None, "listed": True})]
    if word in ("business", "working", "work") and scan.word(at + 1) in ("day", "days"):
        return [Piece(at + 2, {"every": (interval, "week"), "wdays": None, "business": True, "listed": True})]
    if word in ("weekend", "weekends"):
        return [Piece(at + 1, {"every": (interval, "week"), "wdays": (5, 6), "listed": True})]
    if word in NOON or word in MIDNIGHT:
        return [Piece(at, {"every": (interval, "day")}, ("clock",))]
    if word in ("tonight", "lunch") or word not in PARTS:
        return []
    facts: dict[str, object] = {"every": (interval, "day"), "part": PARTS[word]}
    return [Piece(at + 1, facts)]


def _every_nth(scan: Scan, at: int) -> list[Piece]:
    """`every third thursday`, `every last friday of the month`, `every 4th and 10th`, `every 27`, `every last day`."""
    found: list[Piece] = []
    for piece in nth_weekday(scan, at):
        nths = piece.facts["nths"]
        if all(kind == "day" and place > 0 for place, kind in nths):
            continue
        found.append(Piece(piece.end, {"every": (1, "month"), "nths": nths, "monthly": True, "doubt": nths[0][0] == 2}))
    days: list[int] = []
    end = at
    if scan.word(end) == "the":
        end += 1
    while True:
        place = ordinal(scan, end)
        if place is None or not 1 <= place[1] <= 31:
            break
        days.append(place[1])
        end = place[0]
        after = end
        while (scan.word(after) in JOINS or scan.word(after) == "the") and after - end < 3:
            after += 1
        if after == end or ordinal(scan, after) is None:
            break
        end = after
    if days and scan.number(at) < 0 and scan.word(at) != "the" and scan.word(end) != "of":
        days = []  # "every second" is no date
    if days and month_name(scan, end + 1 if scan.word(end) == "of" else end) is None:
        if scan.word(end) == "day" and scan.word(end + 1) == "of":
            end += 1
        found.append(Piece(end, {"every": (1, "month"), "mdays": tuple(days), "monthly": True}))
    token = scan.token(at)
    if (
        token is not None
        and 1 <= token.value <= 31
        and unit(scan, at + 1) is None
        and scan.word(at + 1) not in ("st", "nd", "rd", "th")
    ):
        found.append(
            Piece(at + 1, {"every": (1, "month"), "mdays": (token.value,), "monthly": True}, ("whole_text", "clock"))
        )
    return found


def _every_date(scan: Scan, at: int) -> list[Piece]:
    """`every dec 25`, `every may 3rd`, `every 3 May`, `every january and july`, `every quarter`."""
    if scan.word(at) == "the":
        at += 1
    named = month_name(scan, at)
    if named is not None:
        end, month = named
        listed = months_listed(scan, at)
        if listed:
            return [Piece(listed[0].end, {"every": (1, "year"), **listed[0].facts})]
        day = day_number(scan, end)
        if day is not None and scan.word(day[0]) not in (":", "am", "pm"):
            return [Piece(day[0], {"every": (1, "year"), "month": month, "mdays": (day[1],)})]
        return [Piece(end, {"every": (1, "year"), "month": month})]
    for piece in feasts(scan, at):
        fixed = fixed_day(scan, piece.facts["feast"])
        if fixed is None:
            return [Piece(piece.end, {"every": (1, "year"), **piece.facts})]
        return [Piece(piece.end, {"every": (1, "year"), "month": fixed[0], "mdays": (fixed[1],)})]
    day = day_number(scan, at)
    if day is not None:
        end = day[0] + 1 if scan.word(day[0]) in ("of", "-", "/") else day[0]
        named = month_name(scan, end)
        if named is not None:
            return [Piece(named[0], {"every": (1, "year"), "month": named[1], "mdays": (day[1],)})]
    return []


def _once(scan: Scan, at: int) -> list[Piece]:
    """`once a year`, `twice a day`, `once every 2 weeks`."""
    times = {"once": 1, "twice": 2, "thrice": 3}[scan.word(at)]
    end = at + 1
    if scan.word(end) in ("every", "each") and times == 1:
        return _every(scan, end + 1, "every")
    if scan.word(end) in FREQUENCIES:
        again: dict[str, object] = {"every": FREQUENCIES[scan.word(end)], "per": times}
        return [Piece(end + 1, again)]
    if scan.word(end) in ("a", "an", "per"):
        named = unit(scan, end + 1)
        if named is not None and named[1] != "millisecond":
            facts = _counted(1, named[1])
            if times > 1:
                facts["per"] = times
            return [Piece(named[0], facts)]
    if times == 2:
        return [Piece(end, {"count": 2}, ("every", "plural"))]
    return []


def _of_each_month(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`of each month`, `of every 3rd month`, `each month` after a day, `of the month`."""
    word = scan.word(at)
    if lead in ("of the", "of", "in the") and word in ("month", "year", "week", "quarter"):
        return [Piece(at + 1, {"of_month": word}, ("nths", "mdays"))]
    return []


def _times(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`for 5 times`, `10 occurrences`, `x5`."""
    if scan.number(at) > 0 and scan.word(at + 1) == "x" and scan.glued(at + 1):
        return [Piece(at + 2, {"count": scan.number(at)}, ("every", "plural"))]
    counted = how_many(scan, at)
    if counted is None:
        if scan.word(at) == "x" and scan.number(at + 1) > 0:
            return [Piece(at + 2, {"count": scan.number(at + 1)}, ("every", "plural"))]
        return []
    end, value = counted
    if scan.word(end) in ("more",):
        end += 1
    if scan.word(end) in ("times", "occurrences", "occurrence", "instances", "time", "repetitions") and value == int(
        value
    ):
        if scan.word(end + 1) in FREQUENCIES:
            return [Piece(end + 2, {"every": FREQUENCIES[scan.word(end + 1)], "per": int(value)})]
        if (
            scan.word(end + 1) in ("a", "an", "per", "each")
            and (named := unit(scan, end + 2)) is not None
            and named[1] != "millisecond"
        ):
            facts = _counted(1, named[1])
            facts["per"] = int(value)
            return [Piece(named[0], facts)]
        return [Piece(end + 1, {"count": int(value)}, ("every", "plural"))]
    return []


def _during(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`for the next 3 weeks`, `for up to 14 months`, `over 5 days`."""
    if not lead.startswith("for"):
        return []
    end = at
    if scan.word(end) == "up" and scan.word(end + 1) == "to":
        end += 2
    if scan.word(end) in ("next", "following", "coming"):
        end += 1
        named = unit(scan, end)
        if named is not None:
            distance = amount_of(named[1], 1)
            return [Piece(named[0], {"during": distance}, ("every", "plural"))] if distance else []
    measured = amount(scan, end)
    if measured is None:
        return []
    return [Piece(measured[0], {"during": measured[1]}, ("every", "plural"))]


def _after_done(scan: Scan, at: int) -> list[Piece]:
    """`after completion`, `after done`, `from completion`: the next is counted from when it was done."""
    word = scan.word(at)
    if scan.word(at - 1) in ("after", "from", "since", "of") and word in (
        "completion",
        "completing",
        "done",
        "finishing",
        "finished",
    ):
        return [Piece(at + 1, {"done": True}, ("every",))]
    return []
