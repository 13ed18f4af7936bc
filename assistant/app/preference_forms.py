"""How the text of a preference is read: what is kept of it, or a UsageError with the right form."""

from assistant.app.conventions import read_clock
from assistant.core.quiet import DAYS, SEVERITIES, is_endless, read_quiet
from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _wrong(name: str, text: str, form: str) -> UsageError:
    return UsageError(f"{name} cannot be {text!r}.", f"write {form}")


def zone(text: str) -> str:
    """An IANA zone."""
    from assistant.when.zone import load

    try:
        load(text)
    except ValueError as error:
        raise UsageError(str(error), "ask pref set timezone Europe/Berlin") from None
    return text


def clock(text: str) -> str:
    """A time of day, as HH:MM."""
    try:
        return read_clock(text).isoformat("minutes")
    except ValueError:
        raise _wrong("a time of day", text, "it as HH:MM, for example 09:00") from None


_QUIET_FORM = "it as 22:00-07:00, as sat,sun 00:00-24:00; phone 20:00-08:00 (days, channel, severity first), or off"


def quiet_hours(text: str) -> str:
    """Spans of the day; before each its days, its channel, and the severity up to which it holds: normal, or another.

    >>> quiet_hours("22-7"), quiet_hours("sat,sun 0:00-24:00; phone low 20:00-08:00")
    ('22:00-07:00', 'saturday,sunday 00:00-24:00; phone low 20:00-08:00')
    """
    if text == "off":
        return text
    parts = [part for part in text.replace("–", "-").split(";") if part.strip()]
    kept = "; ".join(_quiet_span(part.replace(", ", ",").split(), text) for part in parts)
    if not kept:
        raise _wrong("quiet_hours", text, _QUIET_FORM)
    if is_endless(read_quiet(kept, "UTC")):
        raise UsageError(f"quiet_hours: {text!r} would hold messages for ever.", f"write {_QUIET_FORM}")
    return kept


def _quiet_span(words: list[str], text: str) -> str:
    begins, dash, ends = "".join(words[-1:]).partition("-")
    clocks = [clock(begins), "24:00" if ends in ("24", "24:00") else clock(ends)] if dash else ["", ""]
    if clocks[0] == clocks[1]:
        raise _wrong("quiet_hours", text, _QUIET_FORM)
    named = [_quiet_word(word) for word in words[:-1]]
    if len({kind for kind, _ in named}) < len(named):
        raise _wrong("quiet_hours", text, _QUIET_FORM)
    return " ".join((*(word for _, word in named), "-".join(clocks)))


def _quiet_word(word: str) -> tuple[str, str]:
    """What a word before a span is, and how it is kept."""
    if word.lower() in SEVERITIES:
        return "severity", word.lower()
    try:
        return "days", days(word)
    except UsageError:
        return "channel", word


def channels_in(kept: str) -> list[str]:
    """The channels that quiet hours name."""
    if kept == "off":
        return []
    return [span.channel for span in read_quiet(kept, "UTC").spans if span.channel is not None]


def one_of(name: str, *choices: str) -> "Callable[[str], str]":
    """One word of a few."""

    def normal(text: str) -> str:
        if text.lower() not in choices:
            raise _wrong(name, text, f"one of {', '.join(choices)}")
        return text.lower()

    return normal


def day(text: str) -> str:
    """A weekday, by its name or its beginning."""
    word = text.strip().lower()
    found = [day for day in DAYS if len(word) >= 2 and day.startswith(word)]
    if len(found) != 1:
        raise _wrong("a weekday", text, f"one of {', '.join(DAYS)}")
    return found[0]


def days(text: str) -> str:
    """Weekdays, with commas and spans."""
    chosen: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        begin = DAYS.index(day(first))
        end = DAYS.index(day(last)) if dash else begin
        chosen.update(range(begin, end + 1) if end >= begin else (*range(begin, 7), *range(end + 1)))
    return ",".join(DAYS[day] for day in sorted(chosen))


def country(text: str) -> str:
    """An ISO 3166 code, whose holidays are known."""
    from datetime import date

    from assistant.when.workdays import holiday_name

    try:
        holiday_name(date(2026, 1, 1), text)
        return text.strip().upper()
    except ValueError as error:
        raise UsageError(str(error), "ask pref set country DE") from None


def language(text: str) -> str:
    """An ISO 639-1 code, whose time words are read."""
    code = text.strip().lower()
    if code != "en":
        from assistant.when.languages import KNOWN
        from assistant.when.languages.others import is_language

        if code not in KNOWN and not is_language(code):
            raise _wrong("language", text, f"a code such as en, {', '.join(sorted(KNOWN))}, pl or sv")
    return code


def locale(text: str) -> str:
    """A language, perhaps with a region."""
    language, _, region = text.replace("_", "-").partition("-")
    if not (2 <= len(language) <= 3 and language.isalpha() and (not region or region.isalnum())):
        raise _wrong("locale", text, "it as en-GB")
    return f"{language.lower()}-{region.upper()}" if region else language.lower()


def attention_limit(text: str) -> str:
    """So many an hour, and so many a day.

    >>> attention_limit("6"), attention_limit("20/day, 6 / hour"), attention_limit("20/d")
    ('6/h', '6/h, 20/d', '20/d')
    """
    if text == "off":
        return text
    found: dict[str, int] = {}
    for part in text.split(","):
        most, slash, window = (word.strip().lower() for word in part.partition("/"))
        kind = {"": "h", "h": "h", "hour": "h", "d": "d", "day": "d"}.get(window)
        if kind is None or (slash and not window) or kind in found or not _is_whole(most):
            raise _wrong("attention_limit", text, "it as 6/h, as 6/h, 20/d, or off")
        found[kind] = int(most)
    return ", ".join(f"{found[kind]}/{kind}" for kind in "hd" if kind in found)


def escalation(text: str) -> str:
    """How what must be answered goes on: repeats, then rungs."""
    from assistant.app.escalation import normal

    return normal(text)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= 10**6


def money(name: str, example: str) -> "Callable[[str], str]":
    """An amount in dollars."""

    def normal(text: str) -> str:
        try:
            amount = float(text)
        except ValueError:
            amount = -1.0
        if not 0 <= amount < 1e9:
            raise _wrong(name, text, f"an amount such as {example}")
        return text

    return normal


def models(text: str) -> str:
    """Names of models, or what is kept of them as JSON."""
    from assistant.app.model_chain import chain_text, read_chain

    return chain_text(read_chain(text))


_PERSON = ("owner", "deputy", "manager", "mail", "channel", "away_until")
PEOPLE_FORM = '{"ada": {"mail": "ada@example.com", "channel": "phone", "deputy": "bob", "manager": "eve"}}'


def people(text: str) -> str:
    """Who is who: owner, deputy and manager are names of people; who is away until when is replaced by their deputy."""
    from assistant.jsontext import dump, load

    try:
        people = load(text)
    except ValueError:
        people = None
    if not isinstance(people, dict) or not all(isinstance(known, dict) for known in people.values()):
        raise _wrong("people", text, PEOPLE_FORM)
    for name, known in people.items():
        for key, value in known.items():
            fault = _fault_of(key, value, people)
            if fault is not None:
                raise UsageError(f"people: {name}.{key} is {value!r}; {fault}.", f"write {PEOPLE_FORM}")
    return dump(people)


def _fault_of(key: str, value: object, people: "Mapping[str, object]") -> str | None:
    """What is wrong with one thing that is said of a person."""
    if key not in _PERSON:
        import difflib

        near = difflib.get_close_matches(key, _PERSON, 1)
        return f"did you mean {near[0]}?" if near else f"what can be said of a person is {', '.join(_PERSON)}"
    if not isinstance(value, str) or not value.strip():
        return "it is a text"
    if key in ("owner", "deputy", "manager") and value not in people:
        return f"there is nobody of that name ({', '.join(people)})"
    if key == "mail" and not (value.count("@") == 1 and all(value.split("@")) and len(value.split()) == 1):
        return "an address is ada@example.com"
    if key == "away_until" and not _is_moment(value):
        return "a day is 2026-12-01"
    return None


def _is_moment(text: str) -> bool:
    from datetime import datetime

    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def names_of(name: str) -> "Callable[[str], str]":
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


def amount(text: str) -> str:
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


def sections(text: str) -> str:
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


def any_text(text: str) -> str:
    """Any text as it is."""
    return text
