"""Public holidays by their names, in the preferred country. Loaded only where the grammar found no time in a text."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.value import Value
from assistant.when.values import Conventions

LEAST = 5  # letters that a name must have; shorter ones are words of other meanings
YEARS = 2  # this one and the next


class Dated(Value):
    """A text in which the name of a holiday stands as its next date."""

    __slots__ = ("text", "name", "day")
    text: str
    name: str
    day: str  # YYYY-MM-DD


def dated(text: str, now: datetime, conventions: Conventions) -> Dated | None:
    """The text with the name of a holiday turned into its next date; None where it holds none."""
    if conventions.country is None:
        return None
    lowered = text.casefold()
    if len(lowered) != len(text):
        return None  # folding changed its length: places would not be those of the text
    today = now.astimezone(ZoneInfo(conventions.zone)).date()
    for name, day in _coming(conventions.country, today):
        start = lowered.find(name)
        end = start + len(name)
        if start >= 0 and not _joined(lowered, start - 1) and not _joined(lowered, end):
            return Dated(f"{text[:start]}{day.isoformat()}{text[end:]}", text[start:end], day.isoformat())
    return None


def _joined(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place].isalnum()


def _coming(country: str, today: date) -> "list[tuple[str, date]]":
    """Each name, folded, with its next day; the longest names first, so that none hides in another."""
    found: dict[str, date] = {}
    for year in range(today.year, today.year + YEARS):
        for day, said in sorted(_named(country, year)):
            if day < today:
                continue
            for name in said.replace(" (observed)", "").split("; "):
                folded = name.strip().casefold()
                if len(folded) >= LEAST:
                    found.setdefault(folded, day)
    return sorted(found.items(), key=lambda entry: -len(entry[0]))


_names: "dict[tuple[str, int], list[tuple[date, str]]]" = {}


def _named(country: str, year: int) -> "list[tuple[date, str]]":
    """The days of a year by their names, in the country's own language and in English."""
    if (country, year) not in _names:
        import holidays

        code, _, part = country.partition("-")
        any_language = holidays.country_holidays(code, subdiv=part or None, years=year, observed=False)
        spoken = set(any_language.supported_languages) & {any_language.default_language, "en_US"}
        days = [(day, str(said)) for day, said in any_language.items()]
        for language in sorted(spoken):
            named = holidays.country_holidays(code, subdiv=part or None, years=year, observed=False, language=language)
            days += [(day, str(said)) for day, said in named.items()]
        _names[country, year] = days
    return _names[country, year]
