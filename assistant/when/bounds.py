"""What frames a repetition: `starting next week`, `until march 20`, `except holidays`. Each holds a phrase itself."""

from assistant.when.lexicon import words
from assistant.when.lists import weekday_list
from assistant.when.scan import Piece, Scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.when.scan import Facts

    Finder = Callable[..., Any]  # `phrase.longest`, which stands above

START = frozenset(("starting", "beginning", "from", "since", "effective", "commencing", "start", "begin", "starts"))
ENDINGS = words("until till til untill through thru throughout ending ends before up")
UNTO = frozenset(("to", "-", "through", "thru"))
EXCEPT = frozenset(("except", "excluding", "besides", "without", "excepting", "skipping", "skip"))
TIMED = frozenset(("every", "count", "during", "except", "clock", "part"))
UNDATED = TIMED | {"month", "mdays", "day", "span"}
REPEATING = frozenset(("every", "plural", "count", "during", "except"))


def bounds(scan: Scan, at: int, lead: str, find: "Finder", *, inside: bool, depth: int) -> list[Piece]:
    """`starting next week`, `until march 20`, `except on holidays`: what frames a repetition."""
    if depth >= 2:
        return []
    word = scan.word(at)
    needs = ("every", "plural", "listed")
    found: list[Piece] = []
    led = lead.partition(" ")[0]
    if word in START or led == "from" or led in START:
        begin = at if word not in START else at + 1
        if scan.word(begin) in ("on", "at", "from"):
            begin += 1
        for run in _framed(scan, begin, "at the", find, depth):
            listed = len(run.facts.get("wdays") or ()) > 1  # "from monday to friday" names days, no beginning
            found.append(Piece(run.end, run.facts if listed else {"start": run.facts}, needs))
    if led in ENDINGS or (inside and word in ENDINGS):
        begin = at if word not in ENDINGS else at + 1
        if scan.word(begin) in ("on", "at", "to", "the", "and"):
            begin += 1
        for run in _framed(scan, begin, "to the", find, depth, ranges=False):
            if scan.word(run.end) in UNTO:
                continue
            said = led if led in ENDINGS else word
            key = "before" if said == "before" else "until"
            through = {"through": True} if said in ("through", "thru", "throughout") else {}
            found.append(Piece(run.end, {key: run.facts, **through}, needs))
    found.extend(_exceptions(scan, at, find, depth))
    return found


def _framed(scan: Scan, at: int, lead: str, find: "Finder", depth: int, *, ranges: bool = True) -> "list[Any]":
    """The longest phrase of a bound, and the one that leaves `on the 1st` to the repetition."""
    longest = find(scan, at, lead=lead, depth=depth + 1, bar=REPEATING, ranges=ranges)
    if longest is not None and not ranges and scan.word(longest.end) in UNTO:  # "until june from 9 to 17"
        longest = find(scan, at, lead=lead, depth=depth + 1, bar=REPEATING | {"clock", "mdays"}, ranges=False)
        if longest is not None and scan.word(longest.end) not in ("from", "between"):
            return []
    if longest is None:
        return []
    if "on_day" not in longest.facts and "nths" not in longest.facts:
        return [longest]
    shorter = find(scan, at, lead=lead, depth=depth + 1, bar=REPEATING | {"on_day", "nths"}, ranges=ranges)
    return [longest, shorter] if shorter is not None else [longest]


def _past_parenthesis(scan: Scan, at: int) -> int:
    """Pass over `(DE)`: whose holidays they are is a preference."""
    if scan.word(at) != "(":
        return at
    end = next((n for n in range(at + 1, at + 7) if scan.word(n) == ")"), at - 1)
    return end + 1


def _left_out(scan: Scan, at: int, find: "Finder", depth: int) -> "Any":
    """One exception: days only, since "every day except sunday at 8" rings at 8; a range only of dates."""
    days = find(scan, at, lead="on the", depth=depth + 1, bar=UNDATED, ranges=False)
    if days is not None and "wdays" in days.facts and scan.word(days.end) in (*START, *ENDINGS, "at", ","):
        return days
    dates = find(scan, at, lead="on the", depth=depth + 1, bar=TIMED | {"plural", "wdays"}, ranges=False)
    days = dates or find(scan, at, lead="on the", depth=depth + 1, bar=TIMED, ranges=False)
    if days is None or "wdays" in days.facts or scan.word(days.end) not in UNTO:
        return days
    return find(scan, at, lead="on the", depth=depth + 1, bar=TIMED) or days


def _exceptions(scan: Scan, at: int, find: "Finder", depth: int) -> list[Piece]:
    word = scan.word(at)
    if word in EXCEPT or (word == "but" and weekday_list(scan, at + 1, single=True) is not None):
        end = at + 1
    elif (word in ("but", "and") and scan.word(at + 1) == "not") or (
        word in ("other", "apart", "but") and scan.word(at + 1) in ("than", "from", "except")
    ):
        end = at + 2
    else:
        return []
    listed: list[Facts] = []
    while len(listed) < 12:
        while scan.word(end) in ("for", "on", "the", "in", "during", "public", "bank", "and", ","):
            end += 1
        if scan.word(end) in ("holidays", "holiday"):
            listed.append({"holidays": True})
            end = _past_parenthesis(scan, end + 1)
        else:
            run = _left_out(scan, end, find, depth)
            if run is None:
                break
            listed.append(run.facts)
            end = run.end
        if scan.word(end) not in ("and", ",", "&", "or"):
            break
    return [Piece(end, {"except": tuple(listed)}, ("every", "plural", "listed"))] if listed else []
