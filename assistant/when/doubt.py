"""What speaks against a reading: words that stand beside it and mean a time themselves, and words nearly known."""

from assistant.when.clocks import clock
from assistant.when.feasts import OTHER_CALENDARS, feasts
from assistant.when.lexicon import (
    COMING,
    DAYS_FROM_TODAY,
    MONTHS,
    NEXT,
    ORDINAL_ENDINGS,
    ORDINALS,
    PLURAL_WEEKDAYS,
    SHORT_WEEKDAYS,
    SMALL,
    WEEKDAYS,
    words,
)
from assistant.when.phrase import Run
from assistant.when.scan import Scan
from assistant.when.unify import is_repeating

# Long words only: near a short one ("june", "noon") lie too many that mean something else.
KNOWN = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "september",
    "october", "november", "december", "today", "tomorrow", "yesterday", "tonight", "morning", "afternoon", "evening",
    "midnight", "weekend", "weekday", "fortnight", "minutes", "hours", "weeks", "months", "quarterly", "monthly",
    "weekly", "yearly", "daily", "hourly",
)  # fmt: skip
# Words of their own that only look like a slip.
NO_SLIPS = words(
    "sundae sundays mooring warning mourning money monkey minute moments weekends quarter minutiae evenings hearty"
    " fridays november's daisy dally wears works towards early really nearly dearly week whereas today's dairy diary"
    " friends monday's month weeknight mornings evening's tomorrow's hour house hours homily yearn yearling"
    " weakly meekly wearily weirdly"
)
CALENDAR = frozenset(("day", "month", "mdays"))
JOINS = frozenset((",", "and", "or", "&", "-", "/", ";", "but", "then"))
LEFT_BEFORE = words("next this last coming upcoming following closest nearest every each")
AMBIGUOUS_ZONES = frozenset(("ist", "ast", "cat"))
VAGUE = frozenset(("later", "sometime", "someday", "eventually", "almost", "nearly"))
MOST_NAMED = 8


class Doubt:
    """Why a text is not read: the words in the way and what might have been meant."""

    __slots__ = ("hint", "words")

    def __init__(self, words: tuple[str, ...], hint: str) -> None:
        self.words = words
        self.hint = hint


# A message that ends so lacks a word, which was taken for a time: `a letter to May on the 15th`.
DANGLING = ("to", "with", "of", "about", "than")


def beside(scan: Scan, runs: list[Run], spare: list[Run]) -> Doubt | None:
    """A word next to the time that is a time too and found no place in it, or nearly is one."""
    taken = {at for run in runs for at in range(run.start, run.end)}
    for other in spare:
        if any(_touch(scan, run, other) for run in runs):
            words = scan.text[scan.tokens[other.start].start : scan.tokens[other.end - 1].end]
            return Doubt((words,), "two times were named; say one")
    for run in runs:
        for at in (_before(scan, run.start, taken), _after(scan, run.end, taken)):
            if at is None or at in taken:
                continue
            found = _speaks_against(scan, at, before=at < run.start, dated=not CALENDAR.isdisjoint(run.facts))
            if found is not None:
                return found
    left = [
        at for at in range(len(scan.tokens)) if at not in taken and (scan.tokens[at].word or scan.tokens[at].value >= 0)
    ]
    if left and all(_is_bare_number(scan, at) for at in left):
        return Doubt(tuple(_said(scan, at) for at in left), "a number is left over that belongs to no time")
    stray = [at for at in left if scan.word(at) in ("every", "each")]
    if stray and not any(is_repeating(run.facts) for run in runs):
        return Doubt((_said(scan, stray[0]), _said(scan, stray[0] + 1)), "say how often, for example: every day at 9")
    first = next((at for at in range(len(scan.tokens)) if at not in taken), None)
    if first is not None and scan.word(first) in ("every", "each") and first == 0:
        return Doubt((_said(scan, first), _said(scan, first + 1)), "say how often, for example: every day at 9")
    return None


def _touch(scan: Scan, one: Run, other: Run) -> bool:
    """Whether nothing but a joining word stands between two phrases."""
    first, last = (one, other) if one.end <= other.start else (other, one)
    return all(scan.word(at) in JOINS for at in range(first.end, last.start))


def _is_bare_number(scan: Scan, at: int) -> bool:
    return (
        scan.number(at) >= 0 or scan.word(at) in SMALL or scan.word(at) in ("and", "or", "the", "of", *ORDINAL_ENDINGS)
    )


def _before(scan: Scan, at: int, taken: set[int]) -> int | None:
    at -= 1
    while at >= 0 and at not in taken and scan.word(at) in (",", "and", "or", "&", "-", "/", ";"):
        at -= 1
    return at if at >= 0 else None


def _after(scan: Scan, at: int, taken: set[int]) -> int | None:
    while at < len(scan.tokens) and at not in taken and scan.word(at) in (",", "and", "or", "&", "-", "/", ";"):
        at += 1
    return at if at < len(scan.tokens) else None


def _speaks_against(scan: Scan, at: int, *, before: bool, dated: bool) -> Doubt | None:
    token = scan.tokens[at]
    if not token.word:
        return _figures(scan, at, before=before)
    word = token.text
    if not before and (word == "half" or (word == "a" and scan.word(at + 1) == "half")):
        return Doubt(("and a half",), "a half of that is no length of time; say it in days or weeks")
    if before and word in DANGLING and not (at == 2 and scan.word(0) == "remind"):
        said = f"{_said(scan, at)} {_said(scan, at + 1)}"
        return Doubt((said,), "is that a name, or the time? say the time apart from it, at the beginning or the end")
    if any(piece.end > at + 1 or word in ("christmas", "easter") for piece in (feasts(scan, at) if not before else ())):
        return Doubt((_said(scan, at),), "two days were named; say one")
    joined = scan.word(at + 1 if before else at - 1)
    if word in ORDINAL_ENDINGS and scan.number(at - 1) >= 0 and token.glued:
        return Doubt((_said(scan, at - 1) + _said(scan, at),), "two days were named; say one")
    if word in WEEKDAYS or word in PLURAL_WEEKDAYS or word in DAYS_FROM_TODAY:
        if len(word) > 4 or joined in ("or", "and", ",") or (word not in SHORT_WEEKDAYS and dated):
            return Doubt((_said(scan, at),), "two days were named; say one")
        return None
    if word in ("am", "pm") and scan.number(at - 1) >= 0:
        return Doubt((_said(scan, at - 1) + _said(scan, at),), "two times were named; say one")
    if not before and word in ("ago", "hence"):
        return Doubt((_said(scan, at),), "say how long ago or from now, for example: in 2 weeks")
    if not before and word in AMBIGUOUS_ZONES:
        return Doubt((_said(scan, at),), f"{_said(scan, at)} is the name of several zones; say the city")
    if not before and word == "during":
        return Doubt((_said(scan, at),), "say from when to when, for example: from 9 to 17")
    if not before and word in ("except", "excepting", "excluding", "unless"):
        return Doubt((_said(scan, at),), "that exception is not understood; say the days, for example: except fridays")
    if before and word in ("not", "never", "except", "without"):
        return Doubt((_said(scan, at),), "a time cannot be denied; say the one that is meant")
    if before and (word in LEFT_BEFORE or (word in ORDINALS and scan.word(at + 1) in WEEKDAYS)):
        return Doubt((_said(scan, at),), "it goes with no day that was named")
    if word in VAGUE:
        return Doubt((_said(scan, at),), "that is no time yet; say the hour or the day")
    if before and word in SMALL and scan.word(at + 1) in (*NEXT, *COMING):
        return Doubt((_said(scan, at),), "a number of periods to come is not one time; say the day")
    if not before and word in ("at", "on") and scan.word(at + 1) == "the" and scan.word(at + 2) in ("same", "half"):
        return Doubt((scan.text[token.start :].strip()[:20],), "a time of day is written 9:30 or 21:15")
    if not before and word in ("at", "by") and scan.number(at + 1) >= 0:
        return Doubt((scan.text[token.start :].strip()[:20],), "a time of day is written 9:30 or 21:15")
    if before and scan.tokens[at + 1 :] and scan.word(at) in OTHER_CALENDARS:
        return Doubt((_said(scan, at),), "that day is not known; say the date")
    near = _near(scan, at)
    if near is not None and word not in MONTHS:
        return Doubt((_said(scan, at),), f"did you mean {near}?")
    return None


def _figures(scan: Scan, at: int, *, before: bool) -> Doubt | None:
    """A number next to the time: part of a clock time or a date that is none, or a second one."""
    token = scan.tokens[at]
    if token.value < 0:
        return None
    if before:
        if scan.word(at - 1) == ":" and scan.number(at - 2) >= 0 and token.glued:
            return Doubt((scan.text[scan.tokens[at - 2].start : token.end],), "two times were named; say one")
        if scan.word(at + 1) == "or":
            return Doubt((_said(scan, at),), "two times were named; say one")
        return None
    if token.digits == 4 and 1900 <= token.value < 2200 and scan.word(at - 1) in WEEKDAYS:
        return Doubt((_said(scan, at),), "a weekday has no year; say the date")
    if scan.word(at - 1) == "or":
        return Doubt((_said(scan, at),), "two times were named; say one")
    found = clock(scan, at)
    if scan.word(at + 1) == ":" and scan.glued(at + 1):
        end = min(at + 2, len(scan.tokens) - 1)
        return Doubt((scan.text[token.start : scan.tokens[end].end],), "a time of day is written 9:30 or 21:15")
    if found is not None and found[1].exact:
        return Doubt((_said(scan, at),), "two times were named; say one")
    return None


def _said(scan: Scan, at: int) -> str:
    token = scan.token(at)
    return scan.text[token.start : token.end] if token is not None else ""


def unknown(scan: Scan) -> Doubt:
    """The words of a text without a time, and the nearest one that would be known."""
    words = tuple(
        dict.fromkeys(_said(scan, at) for at, token in enumerate(scan.tokens) if token.word or token.value >= 0)
    )
    for at, token in enumerate(scan.tokens):
        if token.word and len(token.text) <= 20:
            near = _near(scan, at)
            if near is not None:
                return Doubt((_said(scan, at),), f"did you mean {near}?")
        elif token.text == ":" and scan.number(at - 1) >= 0 and scan.number(at + 1) >= 0 and scan.glued(at + 1):
            said = scan.text[scan.tokens[at - 1].start : scan.tokens[at + 1].end]
            return Doubt((said,), "a time of day is written 9:30 or 21:15")
    return Doubt(words[:MOST_NAMED], "")


def _near(scan: Scan, at: int) -> str | None:
    """The time word of the text's language that the word here most likely is a slip of."""
    if scan.conventions.language == "en":
        return nearest(scan.word(at))
    from assistant.when.languages.entry import nearest_of

    return nearest_of(_said(scan, at), scan.conventions.language)


def nearest(word: str) -> str | None:
    """The time word that `word` most likely is a slip of, if it is near one and no word of its own.

    >>> nearest("blursday"), nearest("tomorow"), nearest("sundae"), nearest("wednsday")
    ('thursday', 'tomorrow', None, 'wednesday')
    """
    if len(word) < 5 or len(word) > 12 or word in KNOWN or word in NO_SLIPS:
        return None
    best: tuple[int, str] | None = None
    for known in KNOWN:
        allowed = 2 if len(known) >= 8 else 1
        if abs(len(known) - len(word)) > allowed or (word[-1] != known[-1] and word[0] != known[0]):
            continue
        distance = slips(word, known, allowed)
        if distance <= allowed and (best is None or distance < best[0]):
            best = (distance, known)
    return best[1] if best else None


def slips(a: str, b: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped with the next; `most` + 1 stands for more.

    >>> slips("thrusday", "thursday", 2)
    1
    """
    before: list[int] = []
    above = list(range(len(b) + 1))
    for row, letter in enumerate(a, start=1):
        line = [row]
        for column, other in enumerate(b, start=1):
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == b[column - 2] and a[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, above = above, line
    return above[-1]
