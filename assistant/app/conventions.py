"""How the person means time words, from the preferences that are set. Loaded by commands that read time words."""

from datetime import time

from assistant.core.quiet import DAYS
from assistant.when.values import DAY_PARTS, Conventions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def conventions(kept: "Mapping[str, str]", zone: str) -> Conventions:
    """How the person means time words, from what they set."""
    parts = {part: read_clock(kept[part]) if part in kept else clock for part, clock in DAY_PARTS.items()}
    days = kept.get("working_days")
    return Conventions(
        zone=zone,
        language=kept.get("language", "en"),
        date_order=kept.get("date_order") or _order_of(kept.get("locale")),
        week_start=DAYS.index(kept.get("week_start", "monday")),
        default_time=read_clock(kept.get("default_time", "09:00")),
        working_days=tuple(DAYS.index(day) for day in days.split(",")) if days else (0, 1, 2, 3, 4),
        country=kept.get("country"),
        day_parts=parts,
    )


def _order_of(locale: str | None) -> str:
    """Month first only where people write so; ISO order where they do (CLDR short dates)."""
    if locale is None or locale in ("en", "en-US", "en-PH"):
        return "mdy"
    if locale.partition("-")[0] in ("zh", "ja", "ko", "hu", "lt", "sv") or locale in ("en-CA", "fr-CA", "en-ZA"):
        return "ymd"
    return "dmy"


def read_clock(text: str) -> time:
    """A time of day as it is written; ValueError where it is none."""
    hour, colon, minute = text.strip().partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isdigit() if colon else hour.isdigit()):
        raise ValueError(text)
    return time(int(hour), int(minute) if colon else 0)
