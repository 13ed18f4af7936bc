"""Which day is meant: weekdays, days of months, n-th days, periods and their ends, counted from today."""

from datetime import date, datetime, timedelta

from assistant.when.hours import time_of
from assistant.when.scan import Amount, Scan, Span, add_months, days, days_in_month, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts


def day_of(scan: Scan, facts: "Facts") -> "Span | str":
    """The day or the stretch of days that is named, or why there is none."""
    if "edge" in facts:
        return _edge(scan, facts)
    if "feast" in facts:
        return _feast(scan, facts)
    if "week_of" in facts:
        inner = day_of(scan, {name: facts[name] for name in facts if name != "week_of"})
        if isinstance(inner, str):
            return inner
        monday = inner.start - days((inner.start.weekday() - scan.conventions.week_start) % 7)
        return Span(monday, monday + days(7), "week")
    if "day" in facts:
        return _one(facts["day"])
    if "workday" in facts:
        return _one(business_days_on(scan, scan.today, facts["workday"]))
    if "nths" in facts:
        return _nth(scan, facts)
    if "mdays" in facts:
        return _day_of_month(scan, facts)
    if "span" in facts:
        return _in_span(scan, facts)
    if "month" in facts:
        return _month(scan, facts)
    if "wdays" in facts:
        return _one(weekday(scan, facts["wdays"][0], facts.get("wmod", ""), _clock_ahead(scan, facts)))
    if "year" in facts:
        return Span(date(facts["year"], 1, 1), date(facts["year"] + 1, 1, 1), "year")
    return _today_or_tomorrow(scan, facts)


def _one(day: date) -> Span:
    return Span(day, day + days(1), "day")


def _today_or_tomorrow(scan: Scan, facts: "Facts") -> Span:
    """No day was said: today, or tomorrow where the time has gone by."""
    if "zone" in facts and facts["zone"] != scan.conventions.zone:
        from zoneinfo import ZoneInfo

        scan.now = scan.instant.astimezone(ZoneInfo(facts["zone"])).replace(tzinfo=None)
    wall = datetime.combine(scan.today, time_of(scan, facts))
    part = facts.get("part")
    late = wall <= scan.now and ("this_part" not in facts or "clock" in facts)
    if late and part == "tonight" and "clock" in facts and wall.hour >= 12:
        late = False
    return _one(scan.today + days(late))


def weekday(scan: Scan, day: int, mod: str, clock_ahead: bool) -> date:
    """The weekday that is meant: the next after today; `this` and `next` follow the week's start."""
    today = scan.today
    ahead = (day - today.weekday()) % 7
    monday = today - days((today.weekday() - scan.conventions.week_start) % 7)
    within = (day - scan.conventions.week_start) % 7
    if mod == "next":
        return monday + days(7 + within)
    if mod == "after_next":
        return monday + days(14 + within)
    if mod == "last":
        return today - days((today.weekday() - day - 1) % 7 + 1)
    if mod == "this":
        named = monday + days(within)
        return named if named >= today else today + days(ahead)
    if mod == "week":
        return today + days((ahead or 7) + 7)
    if ahead == 0 and not clock_ahead:
        ahead = 7
    return today + days(ahead)


def _clock_ahead(scan: Scan, facts: "Facts") -> bool:
    """Whether a clock time is named that today still has before it."""
    if "clock" not in facts and "part" not in facts:
        return False
    at = time_of(scan, facts)
    return datetime.combine(scan.today, at) > scan.now


def _still_ahead(scan: Scan, facts: "Facts", day: date) -> bool:
    return not ("clock" in facts or "part" in facts) or datetime.combine(day, time_of(scan, facts)) > scan.now


def _feast(scan: Scan, facts: "Facts") -> "Span | str":
    from assistant.when.feasts import day_of_feast

    year = facts.get("year")
    if "span" in facts:
        year = facts["span"].start.year
    after = scan.today if facts.get("fmod") == "next" else scan.today - days(1)
    if "shift" in facts:
        after = moved(scan, scan.now, facts["shift"]).date()
    if facts.get("fmod") == "last":
        known = [day_of_feast(scan, facts["feast"], after, scan.today.year - back) for back in (0, 1)]
        past = [day for day in known if day is not None and day < scan.today]
        return _one(past[0]) if past else "that day is not known"
    found = day_of_feast(scan, facts["feast"], after, year)
    if found is not None and found == scan.today and not year and not _still_ahead(scan, facts, found):
        found = day_of_feast(scan, facts["feast"], scan.today, None)
    if found is not None and "weekend_of" in facts:
        saturday = found + days((5 - found.weekday() + 3) % 7 - 3)
        return Span(saturday, saturday + days(2), "weekend")
    return _one(found) if found is not None else "that day is not known"


def _nth(scan: Scan, facts: "Facts") -> "Span | str":
    place, kind = facts["nths"][0]
    if "year" in facts and "month" not in facts:
        facts = {**facts, "span": Span(date(facts["year"], 1, 1), date(facts["year"] + 1, 1, 1), "year")}
    if "of_month" in facts and "span" not in facts and "month" not in facts:
        for step in (0, 1):
            span = whole(scan, facts["of_month"], step)
            found = nth_in(scan, span.start, span.end, place, kind)
            if found is not None and (found > scan.today or (found == scan.today and _still_ahead(scan, facts, found))):
                return _one(found)
        return "there is no such day"
    if "span" in facts:
        span = facts["span"]
        found = nth_in(scan, span.start, span.end, place, kind)
        if found is None:
            return f"there is no such day in the {span.grain}"
        return _one(found) if isinstance(found, date) else found
    year = facts.get("year")
    if "month" not in facts:
        return "say in which month"
    for candidate in (year,) if year else range(scan.today.year, scan.today.year + 2):
        start = date(candidate, facts["month"], 1)
        found = nth_in(scan, start, add_months(start, 1), place, kind)
        if found is None:
            return "that month has no such day"
        if year or found >= scan.today:
            return _one(found)
    return "that month has no such day"


def nth_in(scan: Scan, start: date, end: date, place: int, kind: "int | str | tuple[int, ...]") -> date | None:
    """The n-th weekday, day, weekend or working day of a stretch, counted from its front or, below zero, its back."""
    if isinstance(kind, int):
        if place > 0:
            found = start + days((kind - start.weekday()) % 7 + 7 * (place - 1))
        else:
            last = end - days(1)
            found = last - days((last.weekday() - kind) % 7 + 7 * (-place - 1))
    elif isinstance(kind, tuple):
        fitting = [day for day in (start + days(n) for n in range((end - start).days)) if day.weekday() in kind]
        at = place - 1 if place > 0 else place
        return fitting[at] if -len(fitting) <= at < len(fitting) else None
    elif kind == "day":
        found = start + days(place - 1) if place > 0 else end + days(place)
    elif kind == "weekend":
        return nth_in(scan, start, end, place, 5)
    elif kind == "week":
        # The first week is the first whole one; the last so many are whole weeks as well.
        return nth_in(scan, start, end - days(6), place, scan.conventions.week_start)
    elif kind == "month":
        found = add_months(start, place - 1) if place > 0 else add_months(end, place)
    else:
        found = business_days_on(scan, start - days(1) if place > 0 else end, place)
    return found if start <= found < end else None


def _day_of_month(scan: Scan, facts: "Facts") -> "Span | str":
    day = facts["mdays"][0]
    if "span" in facts:
        span: Span = facts["span"]
        if span.grain == "month":
            if day > days_in_month(span.start.year, span.start.month):
                return f"that month has no day {day}"
            return _one(span.start.replace(day=day))
        return "a day of the month needs a month"
    if "year" in facts:
        if day > days_in_month(facts["year"], facts["month"]):
            return f"that month has no day {day}"
        made = date(facts["year"], facts["month"], day)
        if "wdays" in facts and made.weekday() not in facts["wdays"]:
            return f"{made.isoformat()} is not that weekday"
        return _one(made)
    return _next_matching(scan, facts, day)


def _next_matching(scan: Scan, facts: "Facts", day: int) -> "Span | str":
    """The next day that fits month, day of the month and weekday together."""
    today = scan.today
    month = facts.get("month")
    start = (
        add_months(today.replace(day=1), 12)
        if facts.get("mmod") == "next" and month is not None and month > today.month
        else today
    )
    for step in range(12 * 8 + 2):
        first = add_months(start.replace(day=1), step)
        if (month is not None and first.month != month) or day > days_in_month(first.year, first.month):
            continue
        made = first.replace(day=day)
        if step > 26 and "wdays" in facts:
            return "no day soon is that date and that weekday"
        if made < today or (made == today and not _still_ahead(scan, facts, made)):
            continue
        if "wdays" in facts and made.weekday() not in facts["wdays"]:
            continue
        return _one(made)
    return f"no month has a day {day}" if month is None else f"that month has no day {day}"


def _in_span(scan: Scan, facts: "Facts") -> "Span | str":
    span: Span = facts["span"]
    if "after_span" in facts:
        return _one(span.end)
    if "wdays" not in facts:
        return span
    if span.grain != "week":
        return "a weekday needs a week"
    return _one(span.start + days((facts["wdays"][0] - span.start.weekday()) % 7))


def _month(scan: Scan, facts: "Facts") -> "Span | str":
    month, year = facts["month"], facts.get("year")
    if year is None:
        year = scan.today.year
        mod = facts.get("mmod", "")
        if mod == "last":
            year -= month >= scan.today.month
        elif mod == "next":
            year += month <= scan.today.month
        elif month < scan.today.month:
            year += 1
    start = date(year, month, 1)
    if "wdays" in facts:
        return "a weekday needs a week"
    return Span(start, add_months(start, 1), "month")


def _edge(scan: Scan, facts: "Facts") -> "Span | str":
    """`end of next month` is its last day, `beginning of` its first, `mid` its middle."""
    whole = day_of(scan, {name: facts[name] for name in facts if name != "edge"})
    if isinstance(whole, str):
        return whole
    side = facts["edge"]
    if whole.grain == "day":
        return whole
    if side == "end":
        if whole.grain == "week":  # people mean the week they work in
            working = [
                day
                for day in (whole.end - days(back) for back in range(1, 8))
                if day.weekday() in scan.conventions.working_days
            ]
            return _one(working[0] if working else whole.end - days(1))
        return _one(whole.end - days(1))
    if side == "late":
        return Span(whole.start + days(20), whole.end, "day") if whole.grain == "month" else _one(whole.end - days(1))
    if side == "mid":
        middle = {"month": 14, "week": 2}.get(whole.grain, (whole.end - whole.start).days // 2)
        return _one(whole.start + days(middle))
    return _one(whole.start)


def moved(scan: Scan, wall: datetime, distance: Amount) -> datetime:
    """A wall time so far on: months first, then days, working days, and elapsed time."""
    day = wall.date()
    if distance.months:
        day = add_months(day, distance.months)
    day += days(distance.days)
    if distance.workdays:
        day = business_days_on(scan, day, distance.workdays)
    return datetime.combine(day, wall.time()) + timedelta(seconds=distance.seconds)


def business_days_on(scan: Scan, day: date, count: int) -> date:
    if scan.conventions.country is not None:
        from assistant.when.workdays import add_business_days

        return add_business_days(day, count, scan.conventions)
    step = 1 if count > 0 else -1
    working = scan.conventions.working_days or (0, 1, 2, 3, 4)
    weeks, left = divmod(abs(count), len(working))
    if weeks and day.weekday() in working:
        day += days(7 * weeks * step)
    else:
        left += weeks * len(working)
    while left:
        day += days(step)
        left -= day.weekday() in working
    return day
