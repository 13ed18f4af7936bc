"""Stretches of days: `next week`, `this weekend`, `Q2 2018`, `end of the month`, `the week of october 6th`."""

from datetime import date

from assistant.when.dates import modifier, month_name, year_number
from assistant.when.lexicon import NEXT
from assistant.when.numbers import how_many, ordinal, unit
from assistant.when.places import nth
from assistant.when.scan import Piece, Scan, Span, add_months, days, whole

ENDS = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
PERIODS = frozenset(("week", "month", "quarter", "year", "weekend", "decade", "century"))


def periods(scan: Scan, at: int, lead: str) -> list[Piece]:
    """All stretches of days that may start here."""
    found = _edge(scan, at) or _rest_of(scan, at) or _several(scan, at)
    if found:
        return found
    return [*_modified(scan, at, lead), *_plain(scan, at, lead), *_numbered(scan, at)]


def _modified(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`next week`, `this weekend`, `the week after next`, `next business day`."""
    word = scan.word(at)
    if word == "the":
        at, word = at + 1, scan.word(at + 1)
    if word in PERIODS and scan.word(at + 1) == "after" and scan.word(at + 2) == "next":
        return [Piece(at + 3, {"span": whole(scan, word, 2)})]
    end, mod = modifier(scan, at)
    if not mod:
        return []
    named = unit(scan, end)
    if named is None:
        return []
    after, grain = named
    if grain in PERIODS:
        steps = {"next": 1, "coming": 1, "this": 0, "last": -1}[mod]
        if grain == "weekend" and mod == "coming":
            steps = 0
        found = [Piece(after, {"span": whole(scan, grain, steps)})]
        if lead == "after":
            found[0].facts["after_span"] = True
        return found
    if grain == "workday" and mod in ("next", "coming"):
        return [Piece(after, {"workday": 1})]
    return []


def _plain(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`the week`, `the weekend`, `the month`: the current one, mostly inside a longer phrase."""
    word = scan.word(at)
    if word in ENDS:
        return [Piece(at + 1, {"edge": "end", "span": whole(scan, ENDS[word], 0)})]
    if word not in PERIODS or word in ("fortnight", "decade", "century"):
        return []
    if (
        word == "week"
        and nth(scan, at - 1) is None
        and scan.word(at + 1) in ("of", "commencing", "starting", "beginning", "from")
    ):
        end = at + 2
        while scan.word(end) in ("on", "the"):
            end += 1
        return [Piece(end, {"week_of": True})]
    if "the" not in lead and word != "weekend":
        return []
    facts: dict[str, object] = {"span": whole(scan, word, 0)}
    if word != "weekend":
        facts["of_month"] = word
    needs = () if word == "weekend" else ("nths", "mdays", "edge", "whole_text")
    return [Piece(at + 1, facts, needs)]


def _numbered(scan: Scan, at: int) -> list[Piece]:
    """`week 31`, `Q2 2018`, `2018Q4`, `4th quarter of 2018`, `H1`."""
    word = scan.word(at)
    if word == "calendar" and scan.word(at + 1) == "week":
        at, word = at + 1, "week"
    if word in ("week", "wk", "cw", "kw") and 1 <= scan.number(at + 1) <= 53:
        joined = at + 3 if scan.word(at + 2) in ("of", "in", ",") else at + 2
        year = year_number(scan, joined)
        return [_iso_week(scan, scan.number(at + 1), year[1] if year else None, year[0] if year else at + 2)]
    if word == "q" and 1 <= scan.number(at + 1) <= 4 and scan.glued(at + 1):
        end = at + 2
        joined = end + 1 if scan.word(end) in ("-", "of", ",", "/") else end
        year = year_number(scan, joined) or _said_year(scan, joined)
        return [_quarter(scan, scan.number(at + 1), year[1] if year else None, year[0] if year else end)]
    year = year_number(scan, at)
    if year is not None:
        end = year[0] + 1 if scan.word(year[0]) == "-" else year[0]
        if scan.word(end) == "q" and 1 <= scan.number(end + 1) <= 4:
            return [_quarter(scan, scan.number(end + 1), year[1], end + 2)]
        if scan.word(end) == "w" and scan.glued(end) and scan.glued(end + 1):
            return _written_week(scan, end + 1, year[1])
    place = ordinal(scan, at)
    if place is not None and 1 <= place[1] <= 4 and scan.word(place[0]) in ("quarter", "qtr"):
        end = place[0] + 1
        joined = end + 1 if scan.word(end) in ("of", "in", ",") else end
        year = year_number(scan, joined) or _said_year(scan, joined)
        return [_quarter(scan, place[1], year[1] if year else None, year[0] if year else end)]
    return []


def _said_year(scan: Scan, at: int) -> "tuple[int, int] | None":
    """`this year`, `next year`."""
    end, mod = modifier(scan, at)
    if mod not in ("this", "next") or scan.word(end) != "year":
        return None
    return end + 1, scan.today.year + (mod == "next")


def _written_week(scan: Scan, at: int, year: int) -> list[Piece]:
    """The week and the day of `2026-W50`, `2026-W50-2`."""
    week, end = scan.number(at), at + 1
    if not 1 <= week <= 52 + (date(year, 12, 28).isocalendar()[1] == 53):
        return []
    if scan.word(end) != "-" or not scan.glued(end):
        return [_iso_week(scan, week, year, end)]
    weekday = scan.number(end + 1)
    return [Piece(end + 2, {"day": date.fromisocalendar(year, week, weekday)})] if 1 <= weekday <= 7 else []


def _iso_week(scan: Scan, number: int, year: int | None, end: int) -> Piece:
    def monday(of: int) -> date:
        fourth = date(of, 1, 4)
        return fourth - days(fourth.weekday()) + days(7 * (number - 1))

    start = monday(year or scan.today.year)
    if year is None and start + days(7) <= scan.today:
        start = monday(scan.today.year + 1)
    return Piece(end, {"span": Span(start, start + days(7), "week")})


def _quarter(scan: Scan, number: int, year: int | None, end: int) -> Piece:
    start = date(year or scan.today.year, number * 3 - 2, 1)
    if year is None and add_months(start, 3) <= scan.today:
        start = start.replace(year=start.year + 1)
    return Piece(end, {"span": Span(start, add_months(start, 3), "quarter")})


def _edge(scan: Scan, at: int) -> list[Piece]:
    """`end of`, `beginning of`, `the middle of`, `mid`, `early`, `late`: which part of the period that follows."""
    word = scan.word(at)
    if word == "the":
        at, word = at + 1, scan.word(at + 1)
    names = {
        "end": "end", "start": "start", "beginning": "start", "middle": "mid", "first": "", "close": "end",
    }  # fmt: skip
    if word in names and scan.word(at + 1) == "of" and names[word]:
        end = at + 2
        if scan.word(end) == "around":
            end += 1
        if scan.word(end) in PERIODS and scan.word(end + 1) not in ("of", "after"):
            return [Piece(end + 1, {"edge": names[word], "span": whole(scan, scan.word(end), 0)})]
        return [Piece(end, {"edge": names[word]}, ("span", "month", "wdays", "year", "day", "of_month"))]
    if word in ("mid", "early", "late"):
        end = at + 2 if scan.word(at + 1) == "-" else at + 1
        edges = {"mid": "mid", "early": "start", "late": "late"}
        if month_name(scan, end) is not None or scan.word(end) in NEXT or scan.word(end) in PERIODS:
            return [Piece(end, {"edge": edges[word]}, ("span", "month"))]
    return []


def _rest_of(scan: Scan, at: int) -> list[Piece]:
    """`rest of the week`: from now on."""
    word = scan.word(at)
    end = at + 1
    if word == "rest":
        if scan.word(end) == "of":
            end += 1
    else:
        return []
    if scan.word(end) in ("the", "my", "this", "current"):
        if scan.word(end) == "the" and scan.word(end + 1) in ("current",):
            end += 1
        end += 1
    if scan.word(end) in PERIODS:
        return [Piece(end + 1, {"day": scan.today, "coarse": True})]
    return []


def _several(scan: Scan, at: int) -> list[Piece]:
    """`next 3 days`, `next couple weeks`: the window after today."""
    end, mod = modifier(scan, at)
    counted = how_many(scan, end) if mod == "next" else None
    if counted is None or scan.word(end) in ("a", "an"):
        return []
    named = unit(scan, counted[0])
    return _window(scan, named[0], named[1], int(counted[1]), next_word=mod) if named else []


def _window(scan: Scan, end: int, grain: str, count: int, *, next_word: str) -> list[Piece]:
    if grain in ("second", "minute", "hour"):
        return [Piece(end, {"window_now": True, "coarse": True})]
    if grain in ("day", "workday"):
        return (
            [Piece(end, {"day": scan.today + days(1), "coarse": True, "window": (count, grain)})]
            if grain == "day"
            else [Piece(end, {"workday": 1, "coarse": True})]
        )
    if grain not in PERIODS:
        return []
    start = whole(scan, grain, 1)
    return [Piece(end, {"span": start, "coarse": True})]
