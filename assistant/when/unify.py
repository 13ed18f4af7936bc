"""When what two pieces say goes together, and when it makes a time. Facts in, facts out; reads no words."""

from assistant.when.scan import Scan, days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

PARTS_OF_DAY = frozenset(("clock", "part"))
DAY_OF_MONTH = frozenset(("mdays", "nths", "edge", "every", "plural", "wdays", "to"))
DATED = frozenset(("day", "feast", "wdays", "month", "mdays", "span", "nths", "shift", "offset", "workday"))


# Facts that cannot stand together: each names a day of its own.
RIVALS: "dict[str, frozenset[str]]" = {
    "feast": frozenset(("day", "month", "mdays", "nths", "offset", "workday", "wdays", "week_of")),
    "day": frozenset(("month", "mdays", "nths", "span", "shift", "workday", "year", "week_of")),
    "shift": frozenset(("day", "mdays", "nths", "span", "wdays", "offset", "workday")),
    "after_span": frozenset(("clock", "part")),
    "offset": frozenset(("day", "mdays", "nths", "span", "wdays", "shift", "month", "year", "part")),
    "span": frozenset(("day", "shift", "offset", "month", "workday", "year")),
    "mdays": frozenset(("day", "shift", "offset", "nths", "workday")),
    "nths": frozenset(("day", "shift", "offset", "mdays", "wdays", "workday")),
    "wdays": frozenset(("shift", "offset", "nths", "workday")),
    "month": frozenset(("day", "offset", "span", "workday")),
    "months": frozenset(("month", "day")),
    "year": frozenset(("day", "offset", "span", "workday")),
    "workday": frozenset(("day", "shift", "offset", "span", "mdays", "nths", "wdays", "month", "year")),
    "week_of": frozenset(("span",)),
    "every": frozenset(("day", "shift", "offset", "workday", "week_of", "edge")),
    "plural": frozenset(("day", "shift", "offset", "workday", "week_of", "edge")),
}


REPEATABLE = frozenset(("bounding",)) | frozenset(
    ("of", "this_part", "coarse", "clock_exact", "plural", "listed", "monthly", "adverb")
)


def unify(facts: "Facts", more: "Facts") -> "Facts | None":
    """Both together, or none if they contradict each other."""
    if ("meal" in more and "clock" in facts) or ("meal" in facts and "clock" in more):
        return None  # "at 12:30 lunch at Joe's"
    if "after_clock" in more and PARTS_OF_DAY.isdisjoint(facts):
        return None
    if not facts:
        return more
    for name in more:
        if name in facts and name not in REPEATABLE:
            if name == "part" and facts[name] == more[name]:
                continue
            if name == "every" and _one_every(facts, more) is not None:
                continue
            return None
        rivals = RIVALS.get(name)
        if rivals is not None and not rivals.isdisjoint(facts):
            return None
    if facts.get("wmod", more.get("wmod")) and ("on_day" in more or "on_day" in facts):
        return None  # "next tuesday on the 4th"
    if "every" in more and "wdays" in facts and more["every"][1] in ("month", "year") and "nths" not in facts:
        return None
    shift = facts.get("shift") or more.get("shift")
    if (
        shift is not None
        and shift.is_fine
        and not (shift.days or shift.months)
        and PARTS_OF_DAY & (facts.keys() | more.keys())
    ):
        return None
    if shift is not None and ("month" in facts or "month" in more) and (not shift.months or shift.months % 12):
        return None  # "march in a year" is a time, "march in 3 days" is two
    day = facts.get("day") or more.get("day")
    wdays = facts.get("wdays") or more.get("wdays")
    if day is not None and wdays is not None and day.weekday() not in wdays:
        return None
    joined = {**facts, **more}
    if "every" in facts and "every" in more:
        joined["every"] = _one_every(facts, more)
    return joined


def _one_every(facts: "Facts", more: "Facts") -> "tuple[int, str] | None":
    """Two repetitions in one: `every 15th of every month`, `every 2 hours every monday`."""
    one: tuple[int, str] = facts["every"]
    other: tuple[int, str] = more["every"]
    if one == other == (1, "month"):
        return one
    for finer, coarser in ((facts, more), (more, facts)):
        if finer["every"][1] in ("hour", "minute") and coarser["every"] in ((1, "week"), (1, "day")):
            kept: tuple[int, str] = finer["every"]
            return kept
    return None


def join_range(near: "Facts", far: "Facts") -> "Facts | None":
    """One interval: what the near end leaves out, the far end tells."""
    if "clock" in near and not ("clock" in far or "part" in far):
        return None
    if "year_like" in near and not ("year_like" in far or far["clock"].minute or far["clock"].hour > 12):
        return None
    if "clock" in far and not far["clock"].exact and not {"clock", "now"} & near.keys() and DATED.isdisjoint(far):
        return None  # a day does not last until an hour
    if "wdays" in near and "mdays" in near and far.keys() == {"mdays"}:
        return None
    if "mdays" in near and "month" not in near and "clock" in far and "mdays" not in far:
        return None
    if "every" in near or "plural" in near:
        # "every hour between 9 and 5 on weekdays": only the clock belongs to the far end
        rest = {name: far[name] for name in far if name not in ("clock", "clock_exact", "part")}
        whole = unify(near, rest) if "clock" in far and "clock" in near else near
        if whole is None:
            return None
        far = {name: far[name] for name in far if name not in rest} if "clock" in far and "clock" in near else far
        near = whole
    joined = dict(near)
    joined.pop("between", None)
    joined["to"] = far
    if "clock" in far:
        joined["to_clock"] = True
    if "clock" in far and "clock" not in near and any(name in near for name in ("day", "month", "mdays", "wdays")):
        joined.update({name: far[name] for name in ("clock", "clocks") if name in far})
    if "zone" in far and "zone" not in near:
        joined["zone"] = far["zone"]
    dated = [
        name
        for name in ("day", "feast", "wdays", "month", "mdays", "span", "nths", "shift", "workday", "part")
        if name in near
    ]
    if not dated:
        for name in ("day", "feast", "wdays", "wmod", "month", "mdays", "year", "span", "part", "workday"):
            if name in far:
                joined[name] = far[name]
        return joined
    if "mdays" in near and "month" not in near and "span" not in near:
        if "month" in far:
            joined["month"] = far["month"]
            if "year" in far:
                joined["year"] = far["year"]
        elif "span" in far:
            joined["span"] = far["span"]
        elif "day" in far:
            joined["month"], joined["year"] = far["day"].month, far["day"].year
        elif "mdays" not in far:
            return None
    if "nths" in near:
        joined.update({name: far[name] for name in ("span", "month", "year") if name in far and name not in near})
    if "month" in near and "year" not in near and "year" in far:
        joined["year"] = far["year"]
    elif "month" in near and "year" not in near and "day" in far:
        joined["year"] = far["day"].year - (near["month"] > far["day"].month)
    return joined


def accepts(scan: Scan, facts: "Facts", needs: "tuple[tuple[str, ...], ...]", start: int, end: int) -> bool:
    """Whether the facts make a time, with every weak piece supported by another."""
    if not scan.ends_clean(end):
        return False
    for wanted in needs:
        if wanted == ("not_alone",):
            if end - start == 1 and len(scan.tokens) == 1:
                return False
            continue
        if start == 0 and end == len(scan.tokens):
            if "alone_date" in wanted and facts.keys() <= {"month", "mdays", "order"}:
                continue
            if "whole_text" in wanted or (
                "alone" in wanted and len(facts.keys() - {"clock_exact", "year_like", "meal"}) == 1
            ):
                continue
            if (
                "bare" in wanted
                and facts.keys() <= {"mdays", "bare_day", "clock", "clock_exact"}
                and ("clock" in facts and scan.number(0) == facts["mdays"][0] and scan.word(1) != "-")
            ):
                continue
        if not any(name in facts for name in wanted):
            return False
    if "between" in facts:
        return False
    if "month" in facts and ("clock" in facts or "part" in facts) and facts.keys().isdisjoint(DAY_OF_MONTH):
        return False  # "may at 8" names no day
    if "bounding" in facts and ("every" in facts or "plural" in facts):
        return False
    if "bare_day" in facts and "wdays" in facts and not _soon(scan, facts):
        return False
    if "bare_day" in facts and "span" in facts and not ("of" in facts or "to" in facts):
        return False
    if "edge" in facts and not (
        "span" in facts or "month" in facts or "wdays" in facts or "day" in facts or "year" in facts
    ):
        return False
    if "feast" in facts and "span" in facts and facts["span"].grain != "year":
        return False
    if "year" in facts and "feast" in facts:
        return "coarse" not in facts
    if "year" in facts and "month" not in facts:
        return "nths" in facts or (
            facts.keys() <= {"year", "year_in", "edge"} and ("year_in" in facts or "edge" in facts)
        )
    if (
        "wdays" in facts
        and "month" in facts
        and "mdays" not in facts
        and "every" not in facts
        and "plural" not in facts
    ):
        return False
    if "nths" in facts and not (
        "year" in facts or "month" in facts or "span" in facts or "every" in facts or "of_month" in facts
    ):
        return False
    if "week_of" in facts and not ("mdays" in facts or "day" in facts):
        return False
    if "zone" in facts and len(facts) == 1:
        return False
    return not (facts.keys() <= {"length", "coarse", "listed", "done"})


def _soon(scan: Scan, facts: "Facts") -> bool:
    """Whether `tuesday 11` is a date within the next weeks; otherwise 11 is an hour."""
    if "month" in facts or "span" in facts or "every" in facts or "to" in facts:
        return True
    for ahead in range(1, 41):
        day = scan.today + days(ahead)
        if day.day == facts["mdays"][0] and day.weekday() in facts["wdays"]:
            return True
    return False


def is_several(facts: "Facts") -> bool:
    """Whether the facts are a few times that repeat no more: `tomorrow at 9 and 17:30`, `the 5th and 12th of may`."""
    named = max(len(facts.get("mdays") or ()), len(facts.get("nths") or ()))
    several_days = named > 1 and "to" not in facts
    return ("clocks" in facts or several_days) and not is_repeating(facts)


def is_repeating(facts: "Facts") -> bool:
    """Whether the facts are a repetition rather than one moment."""
    if "every" in facts or "plural" in facts or "ranged" in facts:
        return True
    if len(facts.get("wdays") or ()) > 1 or (len(facts.get("nths") or ()) > 1 and "month" not in facts):
        return True
    if len(facts.get("mdays") or ()) > 1 and "month" not in facts and "span" not in facts and "to" not in facts:
        return True
    return (
        facts.get("of_month") == "month"
        and any(isinstance(kind, int) for _, kind in facts.get("nths", ()))
        and "edge" not in facts
    )
