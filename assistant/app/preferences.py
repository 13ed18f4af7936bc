"""The preferences: name, meaning, default, and how each is read. A wrong value is refused with the right form."""

from datetime import time

from assistant.errors import NotFound, UsageError
from assistant.value import Value
from assistant.when.values import DAY_PARTS, Conventions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Preference(Value):
    """One preference. `normal` gives the text that is kept, or a UsageError."""

    __slots__ = ("name", "meaning", "default", "form", "normal")
    name: str
    meaning: str
    default: str | None
    form: str
    normal: "Callable[[str], str]"


def _wrong(name: str, text: str, form: str) -> UsageError:
    return UsageError(f"{name} cannot be {text!r}.", f"write {form}")


def _zone(text: str) -> str:
    from assistant.when.zone import load

    try:
        load(text)
    except ValueError as error:
        raise UsageError(str(error), "ask pref set timezone Europe/Berlin") from None
    return text


def _clock(text: str) -> str:
    try:
        return _read_clock(text).isoformat("minutes")
    except ValueError:
        raise _wrong("a time of day", text, "it as HH:MM, for example 09:00") from None


def _read_clock(text: str) -> time:
    hour, colon, minute = text.strip().partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isdigit() if colon else hour.isdigit()):
        raise ValueError(text)
    return time(int(hour), int(minute) if colon else 0)


def _quiet(text: str) -> str:
    begins, dash, ends = text.replace("–", "-").partition("-")
    if text == "off":
        return text
    if not dash or _clock(begins) == _clock(ends):
        raise _wrong("quiet_hours", text, "it as 22:00-07:00, or off")
    return f"{_clock(begins)}-{_clock(ends)}"


def _one_of(name: str, *choices: str) -> "Callable[[str], str]":
    def normal(text: str) -> str:
        if text.lower() not in choices:
            raise _wrong(name, text, f"one of {', '.join(choices)}")
        return text.lower()

    return normal


def _day(text: str) -> str:
    word = text.strip().lower()
    found = [day for day in DAYS if len(word) >= 2 and day.startswith(word)]
    if len(found) != 1:
        raise _wrong("a weekday", text, f"one of {', '.join(DAYS)}")
    return found[0]


def _days(text: str) -> str:
    chosen: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        begin = DAYS.index(_day(first))
        end = DAYS.index(_day(last)) if dash else begin
        chosen.update(range(begin, end + 1) if end >= begin else (*range(begin, 7), *range(end + 1)))
    return ",".join(DAYS[day] for day in sorted(chosen))


def _country(text: str) -> str:
    from datetime import date

    from assistant.when.workdays import holiday_name

    try:
        holiday_name(date(2026, 1, 1), text)
        return text.strip().upper()
    except ValueError as error:
        raise UsageError(str(error), "ask pref set country DE") from None


def _language(text: str) -> str:
    code = text.strip().lower()
    if code != "en":
        from assistant.when.languages import KNOWN
        from assistant.when.languages.others import is_language

        if code not in KNOWN and not is_language(code):
            raise _wrong("language", text, f"a code such as en, {', '.join(sorted(KNOWN))}, pl or sv")
    return code


def _locale(text: str) -> str:
    language, _, region = text.replace("_", "-").partition("-")
    if not (2 <= len(language) <= 3 and language.isalpha() and (not region or region.isalnum())):
        raise _wrong("locale", text, "it as en-GB")
    return f"{language.lower()}-{region.upper()}" if region else language.lower()


def _whole(name: str, least: int) -> "Callable[[str], str]":
    def normal(text: str) -> str:
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            raise _wrong(name, text, f"a whole number of at least {least}")
        return str(int(text))

    return normal


def _money(text: str) -> str:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if not 0 <= amount < 1e9:
        raise _wrong("model_budget_usd_per_day", text, "an amount such as 0.50")
    return text


def _json(name: str, form: str, kind: type) -> "Callable[[str], str]":
    def normal(text: str) -> str:
        from assistant.jsontext import dump, load

        try:
            value = load(text)
        except ValueError:
            value = None
        if not isinstance(value, kind):
            raise _wrong(name, text, form)
        return dump(value)

    return normal


def _names(name: str) -> "Callable[[str], str]":
    """Names of what acts: also read from a JSON list."""

    def normal(text: str) -> str:
        from assistant.core.trust import names_in, names_text

        given = text
        if text.startswith("["):
            try:
                given = ",".join(_texts(text))
            except ValueError:
                raise _wrong(name, text, f"{_FORM}") from None
        names = names_in(given)
        if not names or not all(_is_name(one) for one in names):
            raise _wrong(name, text, _FORM)
        return names_text(names)

    return normal


_FORM = "names with commas: a kind such as mail, a workflow, a step as bills.pay, or what a limit is for"


def _texts(text: str) -> list[str]:
    from assistant.jsontext import load

    value = load(text)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(text)
    return value


def _is_name(word: str) -> bool:
    return all(letter.isalnum() or letter in "-_./" for letter in word) and word[0].isalnum()


def _amount(text: str) -> str:
    """An amount, with its currency for the reader: `50`, `50 EUR`, or `{"EUR": 50}`."""
    from assistant.jsontext import load

    words = text.split()
    try:
        if text.startswith("{"):
            ((currency, number),) = load(text).items()
            words = [str(number), str(currency)]
        amount = float(words[0])
    except (ValueError, IndexError, AttributeError):
        amount = -1.0
    if not 0 <= amount < 1e15 or len(words) > 2 or not all(word.isalpha() for word in words[1:]):
        raise _wrong("approve_over", text, "an amount such as 50, or 50 EUR")
    return " ".join((f"{amount:.15g}", *(word.upper() for word in words[1:])))


def _sections(text: str) -> str:
    """Names of sections, as a JSON list or with commas; kept as JSON."""
    from assistant.core.brief import SECTIONS
    from assistant.jsontext import dump

    try:
        names = _texts(text) if text.lstrip().startswith("[") else [part.strip() for part in text.split(",")]
    except ValueError:
        names = []
    if not names or len(set(names)) < len(names) or not set(names) <= set(SECTIONS):
        raise _wrong("brief_sections", text, f"names with commas, each once, out of: {', '.join(SECTIONS)}")
    return dump(names)


def _any(text: str) -> str:
    return text


# Known by name and form, so that a value can be set ahead; what they steer is not built.
NOT_YET = frozenset({
    "attention_limit", "escalation", "model", "model_budget_usd_per_day",
})  # fmt: skip
PREFERENCES: tuple[Preference, ...] = (
    Preference("timezone", "the zone that times are meant in", None, "Europe/Berlin", _zone),
    Preference("language", "the language of time words", "en", "en", _language),
    Preference("locale", "how numeric dates are read, where date_order is not set", None, "en-GB", _locale),
    Preference("date_order", "whether 3/4 is March 4 or 3 April", None, "dmy",
               _one_of("date_order", "mdy", "dmy", "ymd")),
    Preference("week_start", "the first day of a week", "monday", "monday", _day),
    Preference("default_time", "the time of a day without one", "09:00", "09:00", _clock),
    Preference("working_days", "the days on which business is done", ",".join(DAYS[:5]), "monday-friday", _days),
    Preference("country", "whose public holidays count", None, "DE", _country),
    Preference("morning", "when morning is", "08:00", "08:00", _clock),
    Preference("lunch", "when lunch is", "12:00", "12:00", _clock),
    Preference("afternoon", "when afternoon is", "15:00", "15:00", _clock),
    Preference("evening", "when evening is", "18:00", "18:00", _clock),
    Preference("tonight", "when tonight is", "20:00", "20:00", _clock),
    Preference("channel", "where messages go when nothing else is said", "terminal", "phone", _any),
    Preference("quiet_hours", "when messages wait, but those of severity high", None, "22:00-07:00", _quiet),
    Preference("attention_limit", "the most interruptions an hour", None, "6", _whole("attention_limit", 1)),
    Preference("approve_always", "what you are always asked about: kinds of action, workflows, workflow.step, services",
               None, "mail,bills,bills.pay", _names("approve_always")),
    Preference("approve_never", "what acts unasked, also mail and changes by HTTP", None, "notes.send",
               _names("approve_never")),
    Preference("approve_over", "the amount above which you are asked, whatever approve_never says", None, "50 EUR",
               _amount),
    Preference("escalation", "how unanswered reminders go on", None, "15m,30m,1h", _any),
    Preference("model", "the model, as litellm names it", None, "openai/gpt-5-mini", _any),
    Preference("model_budget_usd_per_day", "the most that models may cost a day", None, "0.50", _money),
    Preference("brief_time", "when the daily brief is written", None, "08:00", _clock),
    Preference("brief_sections", "the sections of the brief, in order", None, '["needs you", "today"]', _sections),
    Preference("brief_format", "how the brief is written", None, "text", _one_of("brief_format", "text", "markdown")),
    Preference("people", "who is who", None, '{"ada": {"mail": "ada@example.com"}}',
               _json("people", '{"ada": {"mail": "ada@example.com"}}', dict)),
)  # fmt: skip


def preference(name: str) -> Preference:
    """The preference of a name."""
    for known in PREFERENCES:
        if known.name == name:
            return known
    import difflib

    near = difflib.get_close_matches(name, [known.name for known in PREFERENCES], 1)
    hint = f"did you mean {near[0]}?" if near else "ask pref list shows all"
    raise NotFound(f"There is no preference {name!r}.", hint)


def conventions(kept: "Mapping[str, str]", zone: str) -> Conventions:
    """How the person means time words, from what they set."""
    parts = {part: _read_clock(kept[part]) if part in kept else clock for part, clock in DAY_PARTS.items()}
    days = kept.get("working_days")
    return Conventions(
        zone=zone,
        language=kept.get("language", "en"),
        date_order=kept.get("date_order") or _order_of(kept.get("locale")),
        week_start=DAYS.index(kept.get("week_start", "monday")),
        default_time=_read_clock(kept.get("default_time", "09:00")),
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
