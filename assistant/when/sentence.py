"""Which words of a sentence are the time, and what is left as the message, word for word."""

from assistant.when.lexicon import HOMONYMS, SMALL, words
from assistant.when.phrase import LEADS, Run, longest
from assistant.when.scan import Scan
from assistant.when.unify import unify

AMBIGUOUS_STARTS = frozenset(("sun", "sat", "wed", "mar", "may", "march"))
CLOCK_FACTS = words("clock clocks clock_exact part this_part meal zone after_clock to to_clock bounding length")
NAMED_ONCE = (words("wdays wmod"), words("mdays"), words("clock clock_exact"))
COARSE = frozenset(("quarter", "year", "month"))


class Choice:
    """The phrases that are the time of a text, and those that would be one as well."""

    __slots__ = ("runs", "spare")

    def __init__(self, runs: list[Run], usable: list[Run]) -> None:
        self.runs = runs
        self.spare = [run for run in usable if all(run.end <= one.start or run.start >= one.end for one in runs)]


def choose(scan: Scan) -> Choice | None:
    """The phrase that is the time of the text; two where day and clock stand apart."""
    runs = _runs(scan)
    usable = [run for run in runs if _counts_in_sentence(scan, run)]
    chosen = _chosen(scan, runs, usable)
    return Choice(chosen, usable) if chosen else None


def _chosen(scan: Scan, runs: list[Run], usable: list[Run]) -> list[Run] | None:
    whole = [run for run in runs if run.start == 0 and run.end == len(scan.tokens)]
    if whole:
        return [whole[0]]
    if not usable:
        return None
    best = max(usable, key=lambda run: _weight(scan, run))
    union = _united(scan, best, usable)
    if union is not None:
        return union
    apart = [*usable, *(run for run in runs if _is_opening_adverb(scan, run) and run not in usable)]
    others = [run for run in apart if _completes(best, run) and _stands_apart(scan, run) and not _overlap(best, run)]
    if others:
        return [_repeating(run) for run in (best, max(others, key=lambda run: _weight(scan, run)))]
    return [best]


def _runs(scan: Scan) -> list[Run]:
    found: list[Run] = []
    reached = 0
    for at in range(len(scan.tokens)):
        if not scan.starts_clean(at) or _is_measure(scan, at):
            continue
        run = longest(scan, at)
        if run is not None and at > 0 and _begins_bare(scan, run):
            continue
        if run is not None and (run.end > reached or at >= reached):
            found.append(run)
            reached = max(reached, run.end)
    return found


def _begins_bare(scan: Scan, run: Run) -> bool:
    """`chapter 5 tonight`: inside a sentence, a number that no preposition leads belongs to what stands before it."""
    first = scan.tokens[run.start]
    named = first.value if first.value >= 0 else SMALL.get(first.text, -1)
    if named < 0:
        return False
    clock = run.facts.get("clock")
    far = (run.facts.get("to") or {}).get("clock")
    if clock is None or clock.exact or (far is not None and far.exact):
        return "bare_day" in run.facts
    said = named in (clock.hour, clock.hour * 100 + clock.minute) or (named == 24 and clock.midnight)
    return said or "bare_day" in run.facts


def _is_measure(scan: Scan, at: int) -> bool:
    """`2 by 4`, `3 to 1`: between two numbers, such a word is no preposition of time."""
    if scan.word(at) not in ("by", "to", "x", "of") or scan.number(at - 1) < 0:
        return False
    return scan.number(at + 1) >= 0 or scan.word(at + 1) in SMALL


def _counts_in_sentence(scan: Scan, run: Run) -> bool:
    facts = run.facts
    if facts.keys() <= {"year", "year_in", "edge"}:
        return False
    if _is_attribute(scan, run):
        return False
    if facts.keys() <= {"month", "mmod", "year", "year_in"}:
        at_edge = run.start == 0 or run.end == len(scan.tokens)
        return at_edge and (scan.word(run.start) in ("in", "by", "before", "until") or "mmod" in facts)
    if facts.keys() <= {"length"}:
        return False
    if facts.keys() <= {"feast", "year", "fmod"} and "fmod" not in facts and run.end != len(scan.tokens):
        return scan.word(run.start) in ("on", "by", "before", "after", "at", "until", "for", "this")
    if "frail" in facts and "clock" not in facts:
        return False
    clock = facts.get("clock")
    far = (facts.get("to") or {}).get("clock")
    bare = clock is not None and not clock.exact and (far is None or not far.exact)
    if bare and facts.keys() <= {"clock", "to", "to_clock"}:
        return scan.word(run.start) in ("at", "by", "@", "around", "before", "after", "from", "between")
    if facts.keys() == {"mdays"} and scan.number(run.end - 1) < 0 and scan.number(run.end - 2) < 0:
        return scan.word(run.start) in ("on", "by", "until", "before", "after")
    said = [scan.word(at) for at in range(run.start, run.end)]
    if len(said) == 1 and said[0] in HOMONYMS and run.end != len(scan.tokens) and run.start != 0:
        return False
    span = facts.get("span")
    return not (
        span is not None
        and span.grain in COARSE
        and facts.keys() <= {"span", "of_month", "coarse"}
        and span.grain == "quarter"
    )


def _is_attribute(scan: Scan, run: Run) -> bool:
    """`weekly review`, `3/4 cup`, `noon report`, `the sun is`: without a preposition it describes the next word."""
    if run.end == len(scan.tokens) or scan.word(run.start) in LEADS:
        return False
    facts = run.facts
    said = [scan.word(at) for at in range(run.start, run.end)]
    if facts.keys() <= {"every", "adverb", "part"} and "adverb" in facts:
        return True
    if facts.keys() == {"span"} and said == ["weekend"]:
        return True
    if len(said) == 1 and (said[0] in ("noon", "midnight", "midday", "now") or said[0] in AMBIGUOUS_STARTS):
        return True
    if said[0] == "the" and any(facts.keys() <= name for name in NAMED_ONCE) and not facts.get("wmod"):
        following = scan.word(run.end)
        return following.isalpha() and following != "to" and following not in LEADS
    return (
        len(said) == 3
        and said[1] == "/"
        and ((said[2] in ("2", "3", "4", "5", "7", "8") and len(said[0]) == 1) or said[0] == "24")
    )


def _weight(scan: Scan, run: Run) -> "tuple[int, int, int]":
    """How surely it is the time that is meant: it says a day, a time, and stands at an end or behind a preposition."""
    facts = run.facts
    dated = any(
        name in facts for name in ("day", "feast", "wdays", "mdays", "span", "nths", "shift", "offset", "workday")
    )
    timed = "clock" in facts or "part" in facts or ("shift" in facts)
    edge = run.start == 0 or run.end >= len(scan.tokens) or (run.start == 2 and scan.word(0) == "remind")
    led = edge or scan.word(run.start) in LEADS
    return (dated + timed + led, int(edge), run.start)


def _repeating(run: Run) -> Run:
    """`mon-fri` whose time stands elsewhere: an interval of weekdays that so becomes a repetition."""
    far = run.facts.get("to")
    if far is None or "clock" in run.facts or not far.keys() <= {"wdays", "wmod"} or run.facts.get("wmod"):
        return run
    first, last = run.facts.get("wdays"), far.get("wdays")
    if first is None or last is None:
        return run
    named = tuple(sorted((first[0] + step) % 7 for step in range((last[0] - first[0]) % 7 + 1)))
    return Run(run.start, run.end, {"wdays": named, "listed": True, "ranged": True})


def _overlap(one: Run, other: Run) -> bool:
    return one.start < other.end and other.start < one.end


def _completes(best: Run, other: Run) -> bool:
    """Whether one of the two phrases is a time of day and the other a day or a repetition that has none."""
    if other is best:
        return False
    for clock, day in ((best, other), (other, best)):
        if _is_clock(clock) and _lacks_clock(day):
            return unify(clock.facts, day.facts) is not None
    return False


def _is_clock(run: Run) -> bool:
    return ("clock" in run.facts or "part" in run.facts) and run.facts.keys() <= CLOCK_FACTS


def _lacks_clock(run: Run) -> bool:
    shift = run.facts.get("shift")
    return not {"clock", "part", "now"} & run.facts.keys() and (shift is None or not shift.is_fine)


def _is_opening_adverb(scan: Scan, run: Run) -> bool:
    """`daily` that opens the text, with its time further on."""
    opens = run.start == 0 or (run.start == 2 and scan.word(0) == "remind")
    return opens and run.facts.keys() <= {"every", "adverb"}


def _united(scan: Scan, best: Run, usable: list[Run]) -> list[Run] | None:
    """`every monday at 9 and every friday at 16:00`: two repetitions joined by a word."""
    if "every" not in best.facts and "clock" not in best.facts:
        return None
    for other in usable:
        first, last = (other, best) if other.end <= best.start else (best, other)
        between = [scan.word(at) for at in range(first.end, last.start)]
        joined = all(word in (",", "and", "also", "&", "plus", "then", ";") for word in between)
        if (
            other is not best
            and between
            and joined
            and "every" in first.facts
            and ("every" in last.facts or "wdays" in last.facts)
        ):
            return [
                Run(first.start, last.start, first.facts),
                Run(last.start, last.end, {"every": (1, "week"), **last.facts, "united": True}),
            ]
    return None


def _stands_apart(scan: Scan, run: Run) -> bool:
    """Whether a second phrase is a time and not a name: at an end of the text, or led by a preposition."""
    if run.start == 0 or run.end == len(scan.tokens) or (run.start == 2 and scan.word(0) == "remind"):
        return True
    return scan.word(run.start) in (
        "on",
        "at",
        "by",
        "in",
        "from",
        "@",
        "this",
        "next",
        "tomorrow",
        "today",
        "tonight",
        "every",
        "each",
    )


def message_of(scan: Scan, runs: list[Run]) -> str:
    """What is left of the text, less an opening `remind me`, `to` or `that`."""
    gaps = sorted((scan.tokens[run.start].start, _close(scan, run)) for run in runs)
    parts: list[str] = []
    at = 0
    for start, end in [*gaps, (len(scan.text), len(scan.text))]:
        parts.append(scan.text[at:start])
        at = end
    pieces = [part.strip(" \t\n,;:-–—") for part in parts]
    left = " ".join(piece for piece in pieces if piece)
    if scan.conventions.language != "en":
        from assistant.when.languages.entry import less_opener

        left = less_opener(left, scan.conventions.language)
    return _without_opener(left)


def _close(scan: Scan, run: Run) -> int:
    end = scan.tokens[run.end - 1].end
    while end < len(scan.text) and scan.text[end] in ")!?." and scan.text[end + 1 :].strip(" .!?)") == "":
        end += 1
    return end


def _without_opener(text: str) -> str:
    lowered = [word.lower().strip(",:") for word in text.split(None, 2)[:2]]
    if lowered[:1] == ["please"] and text.lower().startswith("please remind me"):
        text = text[len("please") :].lstrip()
        lowered = ["remind", "me"]
    if lowered == ["remind", "me"]:
        text = text.split(None, 2)[2] if len(text.split(None, 2)) > 2 else ""
    first, _, rest = text.partition(" ")
    if first.lower() in ("to", "that", "about") and (first.lower() != "about" or lowered == ["remind", "me"]):
        text = rest.lstrip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return text.strip()
