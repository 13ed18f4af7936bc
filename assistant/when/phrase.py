"""Pieces into phrases: which runs of tokens say one time. A phrase is the unification of what its pieces say."""

from assistant.when.clocks import clock
from assistant.when.dates import dates
from assistant.when.feasts import feasts
from assistant.when.lexicon import CITIES, PARTS, PLURAL_PARTS, SMALL, THIS, ZONE_REGIONS, ZONES, words
from assistant.when.periods import periods
from assistant.when.recurrences import clock_list, recurrences
from assistant.when.relative import distances
from assistant.when.scan import Amount, Clock, Piece, Scan, days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

REPEATING = frozenset(("every", "plural", "count", "during", "except"))
NO_RANGES = 2  # so deep, no phrase holds another
LONGEST = 40  # tokens in one phrase
SEPARATORS = frozenset((",", "-", "(", ")", "@", "/", ":", ".", ";"))
ABOUT = frozenset(("about", "around", "approximately", "approx", "ca", "roughly", "exactly", "circa"))
START = frozenset(("starting", "beginning", "from", "since", "effective", "commencing", "start", "begin", "starts"))
ENDINGS = words("until till til through thru ending ends to before up")
EXCEPT = frozenset(("except", "excluding", "besides", "without", "excepting", "skipping", "skip"))
LEADS = words("at on in of by for from before after during since due and between until till untill through throughout")
# A bare number after these is an hour.
HOUR_LEADS = ("at", "by", "from", "before", "after", "between", "to", "around", "until", "since")
UNTIL = frozenset(("to", "until", "untill", "till", "til", "through", "thru", "-"))

PARTS_OF_DAY = frozenset(("clock", "part"))
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
    "year": frozenset(("day", "offset", "span", "workday")),
    "workday": frozenset(("day", "shift", "offset", "span", "mdays", "nths", "wdays", "month", "year")),
    "week_of": frozenset(("span",)),
    "every": frozenset(("day", "shift", "offset", "workday", "week_of", "edge")),
    "plural": frozenset(("day", "shift", "offset", "workday", "week_of", "edge")),
}


REPEATABLE = frozenset(("of", "this_part", "coarse", "clock_exact", "plural", "listed", "monthly", "adverb"))


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
    parted = "part" in new or "part" in (new.get("to") or {})
    unsure = "bare_day" in old or "bare_day" in (old.get("to") or {})
    return parted and unsure and "clock" in new and "clock" not in old


def unify(facts: "Facts", more: "Facts") -> "Facts | None":
    """Both together, or none if they contradict each other."""
    if not facts:
        return more
    for name in more:
        if name in facts and name not in REPEATABLE:
            if name == "every" and facts[name] == more[name] == (1, "month"):
                continue  # "every 15th of every month"
            return None
        rivals = RIVALS.get(name)
        if rivals is not None and not rivals.isdisjoint(facts):
            return None
    if facts.get("wmod", more.get("wmod")) and ("mdays" in more or "mdays" in facts):
        return None
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
    return {**facts, **more}


def accepts(scan: Scan, facts: "Facts", needs: "tuple[tuple[str, ...], ...]", start: int, end: int) -> bool:
    """Whether the facts make a time, with every weak piece supported by another."""
    if not scan.ends_clean(end):
        return False
    for wanted in needs:
        if start == 0 and end == len(scan.tokens):
            if "alone_date" in wanted and facts.keys() <= {"month", "mdays", "order"}:
                continue
            if "whole_text" in wanted or ("alone" in wanted and len(facts.keys() - {"clock_exact", "year_like"}) == 1):
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
    lead = found_lead or lead
    if core >= len(scan.tokens):
        return []
    found = [
        *recurrences(scan, core, lead),
        *_bounds(scan, core, lead, inside=inside, depth=depth),
        *distances(scan, core, lead),
        *feasts(scan, core),
        *dates(scan, core, lead),
        *periods(scan, core, lead),
        *_clocks(scan, core, lead),
        *_parts(scan, core, lead, inside=inside),
        *_years(scan, core, lead),
        *_zones(scan, core, lead),
    ]
    for piece in found:
        if "wdays" in piece.facts and piece.facts["wdays"] is None:
            piece.facts["wdays"] = scan.conventions.working_days
    if lead.startswith(("of", "in")):
        for piece in found:
            if "span" in piece.facts:
                piece.facts["of"] = True
    if lead == "between":
        for piece in found:
            piece.facts["between"] = True
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
        if scan.word(at) == "and" and scan.word(at + 1) in ("at", "on"):
            at += 1
    elif scan.word(at) in ("@", "(", "~"):
        at += 1
    lead = "at" if scan.word(at - 1) == "@" and at > start else ""
    if scan.word(at) == "anytime" and scan.word(at + 1) in LEADS:
        at += 1
    if scan.word(at) in ("no", "not") and scan.word(at + 1) == "later" and scan.word(at + 2) == "than":
        return at + 3 + (scan.word(at + 3) == "the"), "by"
    word = scan.word(at)
    if word == "due" and scan.word(at - 1) in ("is", "are", "was", "be", "s", "it's"):
        return start, ""
    if inside and word in UNTIL:
        return at, lead
    if word in LEADS and (inside or word not in ("of", "and") or (word == "of" and scan.conventions.language != "en")):
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
    elif word == "at" and "clock" in facts and scan.conventions.language != "en":
        end = at + 1  # "dalle 9 alle 11"
    else:
        return None
    if word == "-" and scan.glued(at) and scan.glued(end) and scan.number(at - 1) >= 0 and scan.word(end) in SMALL:
        return None  # 7-eleven
    want = "clock" if "clock" in facts else ""
    far = longest(scan, end, lead="to the", depth=search.depth + 1, want=want, ranges=False)
    if far is None:
        return None
    joined = join_range(facts, far.facts)
    if joined is None:
        return None
    left = tuple(
        wanted for wanted in needs if not (joined.keys() & set(wanted)) and "alone" not in wanted and "to" not in wanted
    )
    return _extend(scan, start, far.end, joined, left, search)


def join_range(near: "Facts", far: "Facts") -> "Facts | None":
    """One interval: what the near end leaves out, the far end tells."""
    if "clock" in near and not ("clock" in far or "part" in far):
        return None
    if "year_like" in near and not ("year_like" in far or far["clock"].minute or far["clock"].hour > 12):
        return None
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
    if "clock" in far and "clock" not in near and any(name in near for name in ("day", "month", "mdays", "wdays")):
        joined["clock"] = far["clock"]
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
    return joined


def _bounds(scan: Scan, at: int, lead: str, *, inside: bool, depth: int) -> list[Piece]:
    """`starting next week`, `until march 20`, `except on holidays`: what frames a repetition."""
    if depth >= 2:
        return []
    word = scan.word(at)
    needs = ("every", "plural", "listed")
    found: list[Piece] = []
    if word in START or lead == "from":
        begin = at if lead == "from" and word not in START else at + 1
        if scan.word(begin) in ("on", "at", "from"):
            begin += 1
        run = longest(scan, begin, lead="at the", depth=depth + 1, bar=REPEATING)
        if run is not None:
            listed = len(run.facts.get("wdays") or ()) > 1  # "from monday to friday" names days, no beginning
            found.append(Piece(run.end, run.facts if listed else {"start": run.facts}, needs))
    if inside and (word in ENDINGS or lead.startswith("before")):
        begin = at if word not in ENDINGS else at + 1
        if scan.word(begin) in ("on", "at", "to", "the", "and"):
            begin += 1
        run = longest(scan, begin, lead="to the", depth=depth + 1, bar=REPEATING)
        if run is not None:
            key = "before" if word == "before" or lead.startswith("before") else "until"
            through = {"through": True} if word in ("through", "thru") else {}
            found.append(Piece(run.end, {key: run.facts, **through}, needs))
    found.extend(_exceptions(scan, at, depth))
    return found


def _exceptions(scan: Scan, at: int, depth: int) -> list[Piece]:
    word = scan.word(at)
    if word in EXCEPT:
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
            end += 1
        else:
            run = longest(scan, end, lead="on the", depth=depth + 1)
            if run is None:
                break
            listed.append(run.facts)
            end = run.end
        if scan.word(end) not in ("and", ",", "&", "or"):
            break
    return [Piece(end, {"except": tuple(listed)}, ("every", "plural", "listed"))] if listed else []


def _clocks(scan: Scan, at: int, lead: str) -> list[Piece]:
    listed = clock_list(scan, at) if lead != "between" else None
    if listed is not None and lead != "at" and all(_like_a_year(scan, time) for time in listed[1]):
        listed = None
    if listed is not None and (lead.startswith(HOUR_LEADS) or listed[1][0].exact):
        times = {"clock": listed[1][0], "clocks": listed[1], "clock_exact": True}
        return [Piece(listed[0], times), *_clock(scan, at, lead)]
    return _clock(scan, at, lead)


def _clock(scan: Scan, at: int, lead: str) -> list[Piece]:
    found = clock(scan, at)
    if found is None:
        return _after_at(scan, at, lead)
    end, time = found
    if lead == "in" and scan.word(at + 1) == "h":
        return []
    if time.exact:
        return [Piece(end, {"clock": time, "clock_exact": True})]
    pieces = _after_at(scan, at, lead)
    token = scan.tokens[at]
    if lead.startswith(("in", "of", "on")):
        return pieces
    if lead.startswith(HOUR_LEADS) and not (token.digits == 3 and time.minute % 5):
        if token.digits == 4 and lead != "at" and token.value >= 1900 and token.value <= 2199 and lead != "to the":
            return pieces
        return [*pieces, Piece(end, {"clock": time})]
    if token.digits == 3 and (not lead.startswith(HOUR_LEADS) or time.minute % 5):
        return [*pieces, Piece(end, {"clock": time}, ("part",))]
    if token.digits == 4 and (token.text[0] == "0" or not 1900 <= token.value <= 2199):
        return [*pieces, Piece(end, {"clock": time}, ("mdays", "day", "wdays", "part", "alone"))]
    if token.digits == 4:
        return [*pieces, Piece(end, {"clock": time, "year_like": True}, ("alone", "to"))]
    if lead in ("", "to the", "the") and (0 < time.hour <= 12 or lead):
        # A number alone is an hour or a day of the month, nobody knows; a word for it is an hour.
        needs = ("part", "day", "to", "wdays", "feast") if token.value >= 0 else ("part", "day", "alone", "to", "wdays")
        return [*pieces, Piece(end, {"clock": time}, needs)]
    return pieces


def _like_a_year(scan: Scan, time: Clock) -> bool:
    return not time.exact and 19 <= time.hour <= 21


def _after_at(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`at 3 15`, `at 6.45`: two figures that only `at` makes a time."""
    hour, minute = scan.token(at), scan.token(at + 1)
    if lead != "at" or hour is None or minute is None or not 0 < hour.value <= 24:
        return []
    if minute.digits == 2 and minute.value < 60 and not minute.glued and hour.digits <= 2:
        return [Piece(at + 2, {"clock": Clock(hour.value % 24, minute.value, half="24" if hour.value > 12 else "")})]
    return []


def _parts(scan: Scan, at: int, lead: str, *, inside: bool) -> list[Piece]:
    """`morning`, `this afternoon`, `tonight`, `late evening`, `last night`."""
    word = scan.word(at)
    end = at
    facts: Facts = {}
    if word == "first" and scan.word(at + 1) == "thing":
        end = at + 2
        if scan.word(end) == "in" and scan.word(end + 1) == "the" and scan.word(end + 2) == "morning":
            return [Piece(end + 3, {"part": "morning"})]
        return [Piece(end, {"part": "morning"}, ("day", "wdays", "clock", "span"))]
    if word in THIS:
        end += 1
        facts["this_part"] = True
    elif word in ("next", "tomorrow"):
        if word == "next":
            facts["day"] = scan.today + days(1)
            end += 1
    elif word == "last" and scan.word(at + 1) in ("night", "evening"):
        facts["day"] = scan.today - days(1)
        end += 1
    if scan.word(end) in ("early", "late", "mid"):
        if scan.word(end) == "mid" and scan.word(end + 1) == "-":
            end += 1
        end += 1
    name = PARTS.get(scan.word(end))
    if name is None:
        return []
    word = scan.word(end)
    if word in PLURAL_PARTS:
        return []
    if scan.word(end + 1) == "time" and word in ("lunch", "dinner", "night", "breakfast"):
        end += 1
    facts["part"] = name
    if word in ("tonight", "tonite"):
        facts["this_part"] = True
    if word in ("lunch", "dinner", "breakfast", "eve") and lead in ("", "the") and end == at:
        # "dinner at 8" is a message; "tomorrow lunch" is a time.
        return [Piece(end + 1, facts, ("day", "wdays", "month") if inside and scan.word(end) == word else ("alone",))]
    if lead in ("", "the") and end == at and word not in ("tonight", "tonite"):
        return [
            Piece(end + 1, facts, ("day", "feast", "wdays", "clock", "whole_text", "month", "nths", "span", "mdays"))
        ]
    return [Piece(end + 1, facts)]


def _years(scan: Scan, at: int, lead: str) -> list[Piece]:
    token = scan.tokens[at]
    if token.digits == 4 and 1900 <= token.value <= 2199:
        end = at + 1
        if scan.word(end) in ("ad", "ce"):
            return [Piece(end + 1, {"year": token.value, "year_in": True})]
        facts: Facts = {"year": token.value}
        if lead == "in":
            facts["year_in"] = True
        return [Piece(end, facts)]
    return []


def _zones(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`CET`, `UTC+2`, `in Tokyo`, `mountain time`, `Europe/Berlin`."""
    token = scan.tokens[at]
    if not token.word:
        return []
    word = token.text
    needs = ("clock", "part")
    if word in ZONES:
        if word in ("ist", "est", "west", "cat") and lead:
            return []
        return [Piece(at + 1, {"zone": ZONES[word]}, needs)]
    if word in ZONE_REGIONS and scan.word(at + 1) in ("time", "timezone", "standard", "daylight"):
        end = at + 2
        if scan.word(end) in ("time", "zone"):
            end += 1
        return [Piece(end, {"zone": ZONE_REGIONS[word]}, needs)]
    if word in CITIES and (lead == "in" or scan.word(at + 1) == "time"):
        return [Piece(at + 1 + (scan.word(at + 1) == "time"), {"zone": CITIES[word]}, needs)]
    return _zone_key(scan, at, needs)


def _zone_key(scan: Scan, at: int, needs: tuple[str, ...]) -> list[Piece]:
    if scan.word(at + 1) != "/" or not scan.glued(at + 1) or not scan.glued(at + 2):
        return []
    if scan.word(at) not in (
        "europe",
        "america",
        "asia",
        "africa",
        "australia",
        "pacific",
        "atlantic",
        "etc",
        "indian",
    ):
        return []
    end = at + 3
    while (
        end < len(scan.tokens)
        and scan.tokens[end].glued
        and (scan.tokens[end].word or scan.word(end) in "_/-+" or scan.number(end) >= 0)
    ):
        end += 1
    key = scan.text[scan.tokens[at].start : scan.tokens[end - 1].end]
    return [Piece(end, {"zone": key}, needs)]


NO_DISTANCE = Amount()
