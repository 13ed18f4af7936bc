"""A text in another language as tokens of the English grammar, each over its own place in the text."""

from assistant.when.languages.figures import day_and_month, figures_of_date
from assistant.when.languages.found import OTHER, Found, Hour, word
from assistant.when.languages.match import Matcher
from assistant.when.languages.source import Source
from assistant.when.languages.table import Item, Language
from assistant.when.lexicon import words
from assistant.when.tokens import Token
from assistant.when.zonewords import ABBREVIATIONS

# Words that only an English time phrase is full of; one of them alone says which language a phrase is in.
ENGLISH = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march june july october december"
    " today tomorrow yesterday tonight morning afternoon evening midnight week weeks month months day days hour hours"
    " minute minutes year years weekday weekdays every each daily weekly monthly yearly hourly next at"
)
# What people say in English within a sentence of their own.
MIXED = words("monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight")
LATE_PARTS = frozenset(("afternoon", "evening", "night", "tonight"))
NEAR = 6  # tokens between an hour and its day part
MOST_STEPS = 12
MOST_NAMED = 60  # words of time in one text
MOST_NUMBERS = 120
GLUE = words("the and or in on of not a an · remind me")
BETWEEN = words("bis a al tot ate o as to t")


def translate(text: str, language: Language) -> "list[Token] | None":
    """The tokens of the English grammar for `text`, or none where the text is an English phrase.

    >>> from assistant.when.languages import language_of
    >>> translate("lundi prochain à 9h", language_of("fr"))
    [next, monday, at, 09, :, 00]
    """
    source = Source(text)
    if _is_english(source, language):
        return None
    if _is_a_heap(source, language):
        return _nothing(source)
    matcher = Matcher(source, language)
    tokens: list[Token] = []
    at, plain = 0, -1  # the last token that was taken over as it is
    most = MOST_NAMED
    while at < len(source.tokens):
        found = _next(matcher, at)
        if found is None or (plain == at - 1 and _is_count(source, at, found)):
            plain = at
            tokens.append(_plain(source, at, tokens[-1].text if tokens else ""))
            most -= tokens[-1].text in MIXED
            at += 1
            continue
        if found.tokens:
            found.tokens[0].glued = source.glued(at) and found.tokens[0].glued
        tokens.extend(found.tokens)
        at = found.end
        most -= sum(1 for token in found.tokens if token.text not in GLUE)
        if most < 0:
            return _nothing(source)
    _settle_hours(tokens)
    _settle_bounds(tokens)
    return _with_nights(tokens, text)


def _is_a_heap(source: Source, language: Language) -> bool:
    """Whether the text is mostly numbers: it names no time that could be told from the others."""
    numbers = language.classes["number"]
    counted = sum(1 for at, key in enumerate(source.keys) if source.number(at) >= 0 or key in numbers)
    return counted > MOST_NUMBERS


def _nothing(source: Source) -> list[Token]:
    """The tokens of a text that has too many times in it to name one."""
    return [word(OTHER, token.start, token.end, token.glued) for token in source.tokens]


def _next(matcher: Matcher, at: int) -> Found | None:
    """The longest of what fits here."""
    source = matcher.source
    best = matcher.best(at, matcher.language.heads)
    if source.number(at) >= 0:
        figures = matcher.figures(at) or day_and_month(source, matcher.language, at) or figures_of_date(source, at)
        if figures is not None and (best is None or figures.end >= best.end):
            return figures
    return best


def _is_count(source: Source, at: int, found: Found) -> bool:
    """Whether a word between two numbers leads no time: `Seite 12 bis 15`, `pages 12 à 15`."""
    if source.key(at) not in BETWEEN or source.number(at + 1) < 0 or source.number(at - 1) < 0:
        return False
    return found.end <= at + 2 and not source.glued(at - 1)


def _is_english(source: Source, language: Language) -> bool:
    """Whether the words of time in the text are English ones and none is this language's own."""
    said = False
    for at, key in enumerate(source.keys):
        if not source.tokens[at].word:
            continue
        if key in ENGLISH and key not in language.own:
            said = True
        elif key in language.own and key not in _SHARED:
            return False
    return said


_SHARED = words("in am april august september november weekend mon on a an an for")


def _plain(source: Source, at: int, before: str) -> Token:
    """A number, sign or zone as it is; any other word so that it means nothing."""
    token = source.tokens[at]
    if not token.word or token.text in MIXED or token.text in ("am", "pm"):
        return token
    if token.text in ("t", "z") and token.glued:  # 2026-12-05T15:00Z
        return token
    if token.text in ABBREVIATIONS and source.text[token.start : token.end].isupper():
        return token
    if before == "in" and source.is_capital(at):  # in Berlin
        return token
    return word(OTHER, token.start, token.end, token.glued)


def _settle_hours(tokens: list[Token]) -> None:
    """`8:00 abends` is 20:00: beside a part of the day, an hour in figures is one of twelve."""
    for at, token in enumerate(tokens):
        if not isinstance(token, Hour) or token.value > 12 or token.value == 0:
            continue
        near = range(max(0, at - NEAR), min(len(tokens), at + NEAR))
        if any(tokens[one].text in LATE_PARTS or tokens[one].text in ("am", "pm") for one in near):
            token.text = str(token.value)
            token.digits = len(token.text)


def _with_nights(tokens: list[Token], text: str) -> list[Token]:
    """`heute Nacht` begins at midnight, unless an hour is said: no `tonight`, which begins in the evening."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        is_night = token.text in ("night", "tonight") and text[token.start : token.end].lower() != "tonight"
        near = tokens[max(0, at - NEAR) : at + NEAR]
        if not is_night or any(one.text in (":", "o'clock") for one in near):
            made.append(token)
            continue
        start = token.start
        while made and made[-1].text in ("in", "the", "at", "this"):
            start = made.pop().start
        day = ["today"] if token.text == "tonight" else ["day"] if made and made[-1].text == "every" else []
        made.extend(word(one, start, token.end) for one in (*day, "at", "midnight"))
    return made


def _settle_bounds(tokens: list[Token]) -> None:
    """`bis` after a time is the end of a stretch, elsewhere a time by which something is done."""
    before = OTHER
    for token in tokens:
        if token.text == "until" and before in (OTHER, "remind", "me", ",", ""):
            token.text = "by"
        before = token.text


def without_opener(message: str, language: Language) -> str:
    """A message less `erinnere mich`, `rappelle-moi de` and what is left of such a beginning.

    >>> from assistant.when.languages import language_of
    >>> without_opener("rappelle-moi d'appeler Ada", language_of("fr"))
    'appeler Ada'
    """
    source = Source(message)
    at = max((_after(source, items) for choices in language.openers for items in choices), default=0)
    if at == 0:
        return message
    for _ in range(MOST_STEPS):
        if source.key(at) not in language.after_openers and source.key(at) not in (",", ":", "-"):
            break
        at += 1
    return message[source.tokens[at].start :] if at < len(source.tokens) else ""


def _after(source: Source, items: tuple[Item, ...]) -> int:
    """Where the text goes on after these words, or 0."""
    if all(source.key(at) in item.words for at, item in enumerate(items)):
        return len(items)
    return 0
