"""Pieces into phrases: which runs of tokens say one time. A phrase is the unification of what its pieces say."""

from assistant.when.bounds import bounds
from assistant.when.dates import dates, years
from assistant.when.daytimes import daytimes
from assistant.when.feasts import feasts
from assistant.when.lexicon import SMALL, words
from assistant.when.periods import periods
from assistant.when.recurrences import recurrences
from assistant.when.relative import distances
from assistant.when.scan import Piece, Scan
from assistant.when.unify import DATED, accepts, join_range, unify
from assistant.when.zonewords import zones

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

ONLY_CLOCK = DATED | {"every", "plural", "months", "start", "until", "count", "during", "except", "year"}
# What these words lead is the bound of a repetition, if one stands there, and no day or time of its own.
BOUND_LEADS = words("until till til untill through thru throughout from since starting beginning commencing")
BOUND_FACTS = frozenset(("start", "until", "before", "listed", "every", "plural", "offset", "shift"))
NO_RANGES = 2  # so deep, no phrase holds another
LONGEST = 40  # tokens in one phrase
SEPARATORS = frozenset((",", "-", "(", ")", "@", "/", ":", ".", ";"))
ABOUT = frozenset(("about", "around", "approximately", "approx", "ca", "roughly", "exactly", "circa"))
LEADS = words("at on in of by for from before after during since due between until till untill through throughout")
UNTIL = frozenset(("to", "until", "untill", "till", "til", "through", "thru", "-"))


class _Search:
    """What a search for one phrase goes by: the word before it, how deep it is nested, which fact it must have."""

    __slots__ = ("bar", "depth", "lead", "want")

    def __init__(self, lead: str, depth: int, want: str, bar: frozenset[str]) -> None:
        self.bar = bar
        self.lead = lead
        self.depth = depth
        self.want = want


class Run:
    """A phrase: the tokens from `start` up to `end`, and what they say together."""

    __slots__ = ("end", "facts", "start")

    def __init__(self, start: int, end: int, facts: "Facts") -> None:
        self.start = start
        self.end = end
        self.facts = facts

    def __repr__(self) -> str:
        return f"Run({self.start}-{self.end} {self.facts})"


def longest(
    scan: Scan,
    start: int,
    *,
    lead: str = "",
    depth: int = 0,
    want: str = "",
    ranges: bool = True,
    bar: frozenset[str] = frozenset(),
) -> Run | None:
    """The longest phrase that starts at this token, says what is wanted and nothing that is barred, or none."""
    best = _extend(scan, start, start, {}, (), _Search(lead, depth if ranges else NO_RANGES, want, bar))
    return Run(start, best[0], best[1]) if best else None


def _extend(
    scan: Scan, start: int, at: int, facts: "Facts", needs: "tuple[tuple[str, ...], ...]", search: _Search
) -> "tuple[int, Facts] | None":
    best: tuple[int, Facts] | None = None
    if facts and (not search.want or search.want in facts) and accepts(scan, facts, needs, start, at):
        best = (at, facts)
    if at - start > LONGEST or at >= len(scan.tokens):
        return best
    for piece in pieces_at(scan, at, search.lead if at == start else "", bool(facts), search.depth):
        scan.work -= 1
        if scan.work < 0:
            return best
        joined = unify(facts, piece.facts)
        if joined is None or (search.bar and not search.bar.isdisjoint(piece.facts)):
            continue
        longer = _extend(scan, start, piece.end, joined, (*needs, piece.needs) if piece.needs else needs, search)
        if longer is not None and (
            best is None or longer[0] > best[0] or (longer[0] == best[0] and _better(longer[1], best[1]))
        ):
            best = longer
    if facts and "to" not in facts and search.depth < 2:
        ranged = _range(scan, start, at, facts, needs, search)
        if ranged is not None and (best is None or ranged[0] > best[0]):
            best = ranged
    return best


def _better(new: "Facts", old: "Facts") -> bool:
    """Of two readings of the same words: a bare hour beside a day part is a time, not a day of the month."""
    if new.get("every", (1, ""))[1] in ("month", "year") and not _names_day(old) and _names_day(new):
        return True  # "until june on the 1st of every month"
    parted = "part" in new or "part" in (new.get("to") or {})
    unsure = "bare_day" in old or "bare_day" in (old.get("to") or {})
    return parted and unsure and "clock" in new and "clock" not in old


def _names_day(facts: "Facts") -> bool:
    return "mdays" in facts or "nths" in facts


def pieces_at(scan: Scan, at: int, lead: str, inside: bool, depth: int) -> list[Piece]:
    """Every piece that can start here, the longest first; small words before it belong to it."""
    key = ((at * 2 + inside) * 3 + depth) * 2 + bool(lead)
    known = scan.memo.get(key)
    if known is None:
        known = _find_pieces(scan, at, lead, inside, depth)
        known.sort(key=lambda piece: -piece.end)
        scan.memo[key] = known
    return known


def _find_pieces(scan: Scan, at: int, lead: str, inside: bool, depth: int) -> list[Piece]:
    core, found_lead = _skip_lead(scan, at, inside)
    lead = "to the" if lead.startswith("to") and found_lead == "the" else found_lead or lead
    if core >= len(scan.tokens):
        return []
    found = [
        *recurrences(scan, core, lead),
        *bounds(scan, core, lead, longest, inside=inside, depth=depth),
        *distances(scan, core, lead),
        *feasts(scan, core),
        *dates(scan, core, lead),
        *periods(scan, core, lead),
        *daytimes(scan, core, lead, inside=inside),
        *years(scan, core, lead),
        *zones(scan, core, lead),
    ]
    for piece in found:
        if "wdays" in piece.facts and piece.facts["wdays"] is None:
            piece.facts["wdays"] = scan.conventions.working_days
    if lead.startswith(("of", "in")):
        for piece in found:
            if "span" in piece.facts:
                piece.facts["of"] = True
    if lead.startswith("between"):
        for piece in found:
            piece.facts["between"] = True
    if lead.partition(" ")[0] in BOUND_LEADS:
        for piece in found:
            if BOUND_FACTS.isdisjoint(piece.facts):
                piece.facts["bounding"] = True
    return [made for piece in found if (made := _anchored(scan, piece, depth)) is not None]


def _anchored(scan: Scan, piece: Piece, depth: int) -> Piece | None:
    """An offset together with the time it counts from."""
    if "anchor" not in piece.needs:
        return piece
    if depth >= 2:
        return None
    base = longest(scan, piece.end, lead="at", depth=depth + 1)
    if base is None:
        return None
    return Piece(base.end, {**piece.facts, "anchor": base.facts})


def _skip_lead(scan: Scan, at: int, inside: bool) -> "tuple[int, str]":
    """Pass over separators and one preposition with its article."""
    start = at
    if inside:
        while scan.word(at) in SEPARATORS and at - start < 2:
            if scan.word(at) == "-" and scan.number(at - 1) >= 0 and scan.number(at + 1) >= 0:
                break
            at += 1
        if scan.word(at) == "and" and scan.word(at + 1) in ("at", "before", "after", "until", "till", "except", "for"):
            at += 1
    elif scan.word(at) in ("@", "(", "~"):
        at += 1
    lead = "at" if scan.word(at - 1) == "@" and at > start else ""
    if scan.word(at) == "over" and scan.word(at + 1) == "the" and scan.word(at + 2) == "next":
        at += 1
    starts = scan.word(at) in ("starting", "beginning", "commencing") and scan.word(at + 1) not in ("of", "with")
    if starts and (not inside or scan.word(at + 1) == "from"):
        lead = scan.word(at)
        at += 1
        if scan.word(at) in ("on", "at"):
            at += 1
    if scan.word(at) == "anytime" and scan.word(at + 1) in LEADS:
        at += 1
    if scan.word(at) in ("no", "not") and scan.word(at + 1) == "later" and scan.word(at + 2) == "than":
        return at + 3 + (scan.word(at + 3) == "the"), "by"
    word = scan.word(at)
    if word == "due" and scan.word(at - 1) in ("is", "are", "was", "be", "s", "it's"):
        return start, ""
    if inside and word in UNTIL:
        return at, lead
    if word in LEADS and (inside or word != "of"):
        lead = word
        at += 1
    if scan.word(at) in ABOUT:
        lead = lead or "at"
        at += 1
        if scan.word(at) == ".":
            at += 1
    if scan.word(at) == "the" or (scan.word(at) == "my" and inside):
        lead = (lead + " the").strip()
        at += 1
    return at, lead


def _range(
    scan: Scan, start: int, at: int, facts: "Facts", needs: "tuple[tuple[str, ...], ...]", search: _Search
) -> "tuple[int, Facts] | None":
    """`… to 5pm`, `… until friday`, `9 - 17`, `between … and …`: the end of an interval, then perhaps more."""
    word = scan.word(at)
    if word in UNTIL or (word == "and" and "between" in facts):
        end = at + 1
    elif word == "," and scan.word(at + 1) in UNTIL:
        end = at + 2
    elif word == "/" and "day" in facts and scan.number(at + 1) >= 1000:
        end = at + 1  # ISO 8601 writes an interval so
    else:
        return None
    if word == "-" and scan.glued(at) and scan.glued(end) and scan.number(at - 1) >= 0 and scan.word(end) in SMALL:
        return None  # 7-eleven
    want = "clock" if "clock" in facts else ""
    far = None
    if want and DATED.isdisjoint(facts.keys() - {"wdays"}):
        # What else follows is said of both ends, or of the repetition: "between 9 and 5 every 2 hours in june".
        bar = search.bar | ONLY_CLOCK
        far = longest(scan, end, lead="to the", depth=search.depth + 1, want=want, ranges=False, bar=bar)
    if far is None:
        far = longest(scan, end, lead="to the", depth=search.depth + 1, want=want, ranges=False, bar=search.bar)
    if far is None:
        return None
    joined = join_range(facts, far.facts)
    if joined is None:
        return None
    left = tuple(
        wanted for wanted in needs if not (joined.keys() & set(wanted)) and "alone" not in wanted and "to" not in wanted
    )
    return _extend(scan, start, far.end, joined, left, search)
