"""Clock times and day parts as pieces: when a number may be an hour, and what a part of the day stands beside."""

from assistant.when.clocks import clock
from assistant.when.lexicon import PARTS, PLURAL_PARTS, THIS
from assistant.when.lists import clock_list
from assistant.when.scan import Clock, Piece, Scan, days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

# A bare number after these is an hour.
HOUR_LEADS = ("at", "by", "from", "before", "after", "between", "to", "around", "until", "since")


DOTTED_NEEDS = ("part", "day", "wdays", "mdays", "feast", "every", "plural", "alone", "to_clock")


def daytimes(scan: Scan, at: int, lead: str, *, inside: bool) -> list[Piece]:
    """Every clock time and day part that may start here."""
    return [*_clocks(scan, at, lead), *_parts(scan, at, lead, inside=inside)]


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
        # "2.10" may be a version as well as a time.
        dotted = scan.word(at + 1) == "." and not time.half and not lead.startswith(HOUR_LEADS)
        return [Piece(end, {"clock": time, "clock_exact": True}, DOTTED_NEEDS if dotted else ())]
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
        return [*pieces, Piece(end, {"clock": time, "year_like": True}, ("to_clock",))]
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
    if word in ("early", "late") and scan.word(at + 1) == "in" and scan.word(at + 2) == "the":
        end += 3
    elif word in THIS:
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
    if word in ("lunch", "dinner", "breakfast"):
        facts["meal"] = True
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
