"""Dates in figures: `5/31`, `2026-11-24`, `24.11.2026`, `20261205T150000`. The preference orders them."""

from datetime import date

from assistant.when.scan import Clock, Piece, Scan, days_in_month
from assistant.when.zonewords import offset_facts


def numeric(scan: Scan, at: int) -> list[Piece]:
    """`5/31`, `2026-11-24`, `24.11.2026`, `2012/8/10`, `04/2016`, `8.5.`: two or three figures with one sign."""
    first, sign, second = scan.tokens[at], scan.word(at + 1), scan.token(at + 2)
    if sign not in ("/", "-", ".") or second is None or second.value < 0 or first.digits > 4:
        return _eight_digits(scan, at)
    spaced = not (scan.glued(at + 1) and second.glued)
    if spaced and (sign == "-" and scan.conventions.date_order == "mdy"):
        return []
    end = at + 3
    third = scan.token(end + 1)
    if (
        scan.word(end) == sign
        and third is not None
        and third.value >= 0
        and (third.glued or (sign == "." and third.digits == 4))
        and scan.glued(end)
    ):
        made = _three_figures(scan, first.text, second.text, third.text, sign)
        if made is None:
            return []
        facts: dict[str, object] = {"day": made}
        if (
            len(first.text) <= 2
            and first.value <= 12
            and second.value <= 12
            and first.value != second.value
            and sign != "."
        ):
            facts["order"] = first.text + sign + second.text + sign + third.text
        if sign == "." and third.digits == 2:
            facts["frail"] = True  # "1.10.30" may as well be a version
        return [Piece(end + 2, facts), *_iso_time(scan, end + 2, made)]
    if spaced and sign == "." and not scan.glued(at + 1):
        return []
    return _two_figures(scan, first.text, second.text, sign, end)


def _iso_time(scan: Scan, at: int, day: date) -> list[Piece]:
    """The rest of `2026-12-05T15:00:00Z`, of `…T150000+02:00`."""
    if scan.word(at) != "t" or not scan.glued(at) or not scan.glued(at + 1):
        return []
    token = scan.token(at + 1)
    if token is None or token.value < 0:
        return []
    if token.digits in (4, 6):
        figures = [int(token.text[n : n + 2]) for n in range(0, token.digits, 2)]
        end = at + 2
    else:
        figures, end = [token.value], at + 2
        while scan.word(end) == ":" and scan.glued(end) and scan.number(end + 1) >= 0 and len(figures) < 3:
            figures.append(scan.number(end + 1))
            end += 2
        if scan.word(end) in (".", ",") and scan.glued(end) and scan.number(end + 1) >= 0:
            end += 2
    figures.extend([0] * (3 - len(figures)))
    if len(figures) != 3 or figures[0] > 23 or figures[1] > 59 or figures[2] > 59:
        return []
    facts: dict[str, object] = {
        "day": day,
        "clock": Clock(figures[0], figures[1], figures[2], "24"),
        "clock_exact": True,
    }
    if scan.word(end) == "z" and scan.glued(end):
        return [Piece(end + 1, {**facts, "zone": "UTC"})]
    if scan.word(end) in ("+", "-") and scan.glued(end) and scan.number(end + 1) >= 0:
        return _iso_offset(scan, end, facts)
    return [Piece(end, facts)]


def _iso_offset(scan: Scan, at: int, facts: "dict[str, object]") -> list[Piece]:
    token = scan.tokens[at + 1]
    hours, minutes, end = token.value, 0, at + 2
    if token.digits == 4:
        hours, minutes = divmod(token.value, 100)
    elif scan.word(end) == ":" and scan.number(end + 1) >= 0:
        minutes, end = scan.number(end + 1), end + 2
    if hours > 14 or minutes > 59:
        return []
    sign = 1 if scan.word(at) == "+" else -1
    return [Piece(end, {**facts, **offset_facts(sign * (hours * 60 + minutes))})]


def _eight_digits(scan: Scan, at: int) -> list[Piece]:
    text = scan.tokens[at].text
    if len(text) == 8 and text[:2] in ("19", "20"):
        made = _date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return [Piece(at + 1, {"day": made}), *_iso_time(scan, at + 1, made)] if made else []
    return []


def _three_figures(scan: Scan, a: str, b: str, c: str, sign: str) -> date | None:
    order = scan.conventions.date_order
    if len(a) == 4:
        return _date(int(a), int(b), int(c)) or (_date(int(a), int(c), int(b)) if sign == "/" else None)
    if len(b) > 2 or len(a) > 2 or len(c) not in (2, 4):
        return None
    if len(c) == 2 and (order == "ymd" or (int(a) > 12 and int(b) <= 12 and int(c) > 12 and sign == "-")):
        made = _date(2000 + int(a), int(b), int(c))
        if made:
            return made
    year = int(c) if len(c) == 4 else full_year(int(c))
    month_first = order == "mdy" and sign != "."
    one, two = (int(a), int(b)) if month_first else (int(b), int(a))
    return _date(year, one, two) or _date(year, two, one)


def full_year(two: int) -> int:
    return 2000 + two if two < 70 else 1900 + two


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        return None
    return date(year, month, day)


def _two_figures(scan: Scan, a: str, b: str, sign: str, end: int) -> list[Piece]:
    if scan.word(end) == sign and scan.glued(end) and sign == ".":
        end += 1  # the closing point of `8.5.`
        closed = True
    else:
        closed = False
    one, two = int(a), int(b)
    if len(b) == 4 and len(a) <= 2 and 1 <= one <= 12 and 1900 <= two <= 2199:
        return [Piece(end, {"month": one, "year": two})]
    if len(a) == 4 and len(b) <= 2 and 1 <= two <= 12 and 1900 <= one <= 2199 and sign == "-":
        return [Piece(end, {"month": two, "year": one})]
    if len(a) > 2 or len(b) > 2:
        return []
    if scan.conventions.date_order == "mdy" and sign != ".":
        month, day = one, two
    else:
        month, day = two, one
    if not _plausible(month, day):
        month, day = day, month
    if not _plausible(month, day):
        return []
    needs: tuple[str, ...] = ()
    if sign == "-" or (sign == "." and not closed):
        # "3-4" is a range or a score and "6.45" a price or a time, unless nothing else stands there.
        needs = ("clock_exact", "alone_date") if one > 12 or two > 12 else ("clock_exact",)
    made: dict[str, object] = {"month": month, "mdays": (day,)}
    if one <= 12 and two <= 12 and one != two and sign != ".":
        made["order"] = a + sign + b
    return [Piece(end, made, needs)]


def _plausible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(2024, month)
