"""Zones in the text: `CET`, `in Tokyo`, `mountain time`, `Europe/Berlin`. They stand beside a time of day."""

from assistant.when.lexicon import CITIES, ZONE_REGIONS, ZONES
from assistant.when.scan import Piece, Scan


def zones(scan: Scan, at: int, lead: str) -> list[Piece]:
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
