"""Zones in the text: `CET`, `UTC+2`, `in New York`, `mountain time`, `Europe/Berlin`. Each stands by a time of day."""

from assistant.when.lexicon import words
from assistant.when.scan import Piece, Scan
from assistant.when.zone import from_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

# Looked at without a capital as well: they mean nothing else. Which zone each is, `zone` knows.
ABBREVIATIONS = words(
    "utc gmt zulu pst pdt mst mdt cst cdt est edt akst akdt hst cet cest mez mesz eet eest wet bst msk jst kst sgt hkt"
    " aest aedt awst acst acdt nzst nzdt pt et"
)
REGIONS = words("pacific mountain central eastern")
GROUPS = words("europe america asia africa australia pacific atlantic etc indian")
NEEDS = ("clock", "part")
SENTENCE_SIGNS = frozenset((",", ".", ";", ":", ")", "!", "?", '"', "'"))
CLOCK_ENDS = words("am pm a p m noon midnight midday o'clock clock morning afternoon evening night h")
COMMON_WORDS = words("male wake easter troll center midway davis casey nome the a an my his her our their")
MOST_HOURS = 14


def zones(scan: Scan, at: int, lead: str) -> list[Piece]:
    """The zone that is named here."""
    token = scan.tokens[at]
    if not token.word:
        return []
    return (
        _offset_from_utc(scan, at)
        or _abbreviation(scan, at, lead)
        or _region(scan, at)
        or _place(scan, at, lead)
        or _key(scan, at)
    )


def offset_facts(minutes: int) -> "Facts":
    """A distance from UTC as the zone that keeps it, where one does.

    >>> offset_facts(540), offset_facts(330)
    ({'zone': 'Etc/GMT-9'}, {'utc_offset': 330})
    """
    hours, rest = divmod(minutes, 60)
    if rest:
        return {"utc_offset": minutes}
    return {"zone": "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"}  # POSIX counts westwards


def _offset_from_utc(scan: Scan, at: int) -> list[Piece]:
    if scan.word(at) not in ("utc", "gmt") or scan.word(at + 1) not in ("+", "-") or not scan.glued(at + 1):
        return []
    hours, minutes, end = scan.number(at + 2), 0, at + 3
    if not 0 <= hours <= MOST_HOURS or not scan.glued(at + 2):
        return []
    if scan.word(end) == ":" and scan.glued(end) and 0 <= scan.number(end + 1) < 60:
        minutes, end = scan.number(end + 1), end + 2
    sign = 1 if scan.word(at + 1) == "+" else -1
    return [Piece(end, offset_facts(sign * (hours * 60 + minutes)), NEEDS)]


def _abbreviation(scan: Scan, at: int, lead: str) -> list[Piece]:
    word = scan.word(at)
    if lead or word not in ABBREVIATIONS or (len(word) == 2 and not _is_capital(scan, at)):
        return []
    key = from_word(word)
    return [Piece(at + 1, {"zone": key}, NEEDS)] if key is not None else []


def _region(scan: Scan, at: int) -> list[Piece]:
    """`pacific time`, `mountain standard time`, `eastern timezone`."""
    if scan.word(at) not in REGIONS:
        return []
    end = at + 1
    if scan.word(end) in ("standard", "daylight"):
        end += 1
    if scan.word(end) not in ("time", "timezone"):
        if at + 1 < len(scan.tokens):
            return []
        return [Piece(at + 1, {"zone": from_word(scan.word(at)), "after_clock": True}, NEEDS)]
    return [Piece(end + 1, {"zone": from_word(scan.word(at))}, NEEDS)]


def _place(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`in Tokyo`, `New York time`."""
    for end in (at + 3, at + 2, at + 1):
        timed = scan.word(end) == "time"
        if end > len(scan.tokens) or not (timed or _follows_clock(scan, at, lead)):
            continue
        if scan.word(at) in COMMON_WORDS and not _is_capital(scan, at):
            continue
        key = from_word(" ".join(token.text for token in scan.tokens[at:end]))
        if key is not None:
            # "meet Anna in Tokyo at 9" is a place, "at 9 in Tokyo" a zone.
            return [Piece(end + timed, {"zone": key, **({} if timed else {"after_clock": True})}, NEEDS)]
    return []


def _follows_clock(scan: Scan, at: int, lead: str) -> bool:
    """Whether `in` stands right behind a time of day: `noon in tokyo`."""
    before = scan.word(at - 2)
    return lead == "in" and (scan.number(at - 2) >= 0 or before in CLOCK_ENDS)


def _is_capital(scan: Scan, at: int) -> bool:
    return scan.tokens[at].word and scan.text[scan.tokens[at].start].isupper()


def _key(scan: Scan, at: int) -> list[Piece]:
    """An IANA key: `Europe/Berlin`, `America/Argentina/Buenos_Aires`."""
    if scan.word(at) not in GROUPS or scan.word(at + 1) != "/" or not scan.glued(at + 1) or not scan.glued(at + 2):
        return []
    end = at + 3
    while end < len(scan.tokens) and scan.tokens[end].glued and scan.word(end) not in SENTENCE_SIGNS:
        end += 1
    key = from_word(scan.text[scan.tokens[at].start : scan.tokens[end - 1].end])
    return [Piece(end, {"zone": key}, NEEDS)] if key is not None else []
