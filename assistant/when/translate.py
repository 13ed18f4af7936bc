"""Tokens of another language as tokens of English, in their old places, so that one grammar reads all languages."""

from assistant.when.languages import table
from assistant.when.lexicon import words
from assistant.when.tokens import Token, tokenize

FOLD = str.maketrans(
    "áàâäãåéèêëíìîïóòôöõúùûüýÿñçåøæœ", "aaaaaaeeeeiiiiooooouuuuyyncaoao", "ºª"
)  # fmt: skip
# Words that are time in every language.
SHARED = words("am pm utc gmt cet cest h min weekend april september november st nd rd th t z a p")
ELIDED = frozenset(("l", "d", "all", "dell", "nell", "dall", "sull", "un", "quest", "mezz", "qu", "jusqu", "dass"))
ENDINGS = frozenset(("st", "nd", "rd", "th"))


class Entry:
    """A phrase of another language and the English tokens for it."""

    __slots__ = ("before", "english", "phrase")

    def __init__(self, phrase: tuple[str, ...], english: list[Token], *, before: bool) -> None:
        self.phrase = phrase
        self.english = english
        self.before = before


SINGULAR = {
    "seconds": "second", "minutes": "minute", "days": "day", "weeks": "week", "months": "month", "years": "year",
}  # fmt: skip
Lexicon = dict[str, list[Entry]]
_lexicons: dict[str, Lexicon] = {}


def translated(tokens: list[Token], language: str) -> list[Token]:
    """The tokens in English; a word that the language's table lacks means nothing to the grammar."""
    entries = _lexicon(language)
    if entries is None:
        return tokens
    source = _split_elisions(tokens)
    folded = [fold(token.text) for token in source]
    made: list[Token] = []
    at = 0
    while at < len(source):
        entry = _match(entries, folded, at)
        if entry is None:
            made.append(_foreign(source[at], folded[at]))
            at += 1
            continue
        end = at + len(entry.phrase)
        new = _placed(entry.english, source[at], source[end - 1])
        if entry.before and made:
            _put_before(made, new)
        else:
            made.extend(new)
        at = end
    return _hours_of_the_clock(_minutes_after_and(_minutes_after_hours(_singular(_added_up(made)))))


def fold(word: str) -> str:
    """A word without accents.

    >>> fold("übermorgen"), fold("mañana"), fold("straße")
    ('ubermorgen', 'manana', 'strasse')
    """
    return word.translate(FOLD).replace("ß", "ss")


def _lexicon(language: str) -> Lexicon | None:
    if language not in _lexicons:
        text = table(language)
        if text is None:
            return None
        _lexicons[language] = _parsed(text)
    return _lexicons[language]


def _parsed(text: str) -> Lexicon:
    entries: Lexicon = {}
    for line in text.splitlines():
        if "=" not in line:
            continue
        left, _, right = line.partition("=")
        right = right.strip()
        before = right.startswith("<")
        english = tokenize(right.lstrip("<"))
        for one in left.split("|"):
            phrase = tuple(fold(token.text) for token in _split_elisions(tokenize(one)))
            if phrase:
                entries.setdefault(phrase[0], []).append(Entry(phrase, english, before=before))
    for found in entries.values():
        found.sort(key=lambda entry: -len(entry.phrase))
    return entries


def _match(entries: Lexicon, folded: list[str], at: int) -> Entry | None:
    for entry in entries.get(folded[at], ()):
        if tuple(folded[at : at + len(entry.phrase)]) == entry.phrase:
            return entry
    return None


def _split_elisions(tokens: list[Token]) -> list[Token]:
    """`d'octobre` as `d'` and `octobre`."""
    made: list[Token] = []
    for token in tokens:
        if token.text == "'" and token.glued and made and made[-1].text in ELIDED:
            made[-1] = Token(made[-1].text + "'", made[-1].start, token.end, True, -1, made[-1].glued)
            continue
        head, mark, tail = token.text.partition("'")
        if mark and tail and head in ELIDED:
            middle = token.start + len(head) + 1
            made.append(Token(head + "'", token.start, middle, True, -1, token.glued))
            made.append(Token(tail, middle, token.end, True, -1, False))
        else:
            made.append(token)
    return made


def _foreign(token: Token, folded: str) -> Token:
    if not token.word or folded in SHARED:
        return token
    # The mark keeps words of the grammar ("on", "second", "mar") from being read where they are no English.
    return Token(token.text + "·", token.start, token.end, True, -1, token.glued)


def _placed(english: list[Token], first: Token, last: Token) -> list[Token]:
    """The English tokens at the place of the phrase; only the first can touch what stands before it."""
    made = []
    for number, token in enumerate(english):
        glued = first.glued if number == 0 else token.glued
        made.append(Token(token.text, first.start, last.end, token.word, token.value, glued))
    return made


def _put_before(made: list[Token], new: list[Token]) -> None:
    at = len(made) - 1
    if made[at].text in ("o'clock", "hours", "hour", "h") and at > 0:
        del made[at]
        at -= 1
    elif made[at].text in ENDINGS and at > 0:
        at -= 1
    jumped = made[at]
    end = new[-1].end
    for token in (*made[at:], *new):
        token.start, token.end = jumped.start, end  # what was moved stays one stretch of the text
    made[at:at] = new


def _added_up(tokens: list[Token]) -> list[Token]:
    """`20 4` that was spelled `vingt quatre` as 24."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        tens = before is not None and before.value in (20, 30, 40, 50) and _is_spelled(before)
        if before is not None and tens and _is_spelled(token) and 0 < token.value < 10:
            made[-1] = Token(
                str(before.value + token.value),
                before.start,
                token.end,
                False,
                before.value + token.value,
                before.glued,
            )
        else:
            made.append(token)
    return made


def _is_spelled(token: Token) -> bool:
    return token.value >= 0 and token.end - token.start != len(token.text)


def _singular(tokens: list[Token]) -> list[Token]:
    """`every days` and `the weeks` with one unit, as English has it; only after a number it stays."""
    for at, token in enumerate(tokens):
        one = SINGULAR.get(token.text)
        if one is not None and not (at and (tokens[at - 1].value >= 0 or tokens[at - 1].text in ("few", "business"))):
            tokens[at] = Token(one, token.start, token.end, True, -1, token.glued)
    return tokens


def _minutes_after_hours(tokens: list[Token]) -> list[Token]:
    """`9 hours 30`, `2 o'clock 15` and `at 15 hours and 15 minutes` are 9:30, 2:15 and 15:15."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        told = at > 0 and tokens[at - 1].value >= 0 and token.text in ("hours", "hour", "o'clock")
        joined = at + 1 < len(tokens) and tokens[at + 1].text == "and" and at >= 2 and tokens[at - 2].text == "at"
        number = at + 2 if joined else at + 1
        minutes = tokens[number] if told and number < len(tokens) else None
        unit = tokens[number + 1].text if number + 1 < len(tokens) else ""
        if minutes is not None and 0 <= minutes.value < 60 and (unit not in ("minutes", "minute", ".", "-") or joined):
            made.append(Token(":", token.start, token.end, False, -1, True))
            made.append(Token(f"{minutes.value:02}", minutes.start, minutes.end, False, minutes.value, True))
            at = number + 1 + (unit in ("minutes", "minute"))
            continue
        made.append(token)
        at += 1
    return made


def _minutes_after_and(tokens: list[Token]) -> list[Token]:
    """`at 3 and 20` that was spelled is 3:20."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        if (
            token.text == "and"
            and 0 < at < len(tokens) - 1
            and _is_spelled(tokens[at + 1])
            and 0 <= tokens[at - 1].value <= 24
        ):
            led = at >= 2 and tokens[at - 2].text == "at"
            told = at + 2 < len(tokens) and tokens[at + 2].text == "in"
            minutes = tokens[at + 1]
            if (led or told) and 5 <= minutes.value < 60:
                made.append(Token(":", token.start, token.end, False, -1, True))
                two = f"{minutes.value:02}"
                tokens[at + 1] = Token(two, minutes.start, minutes.end, False, minutes.value, True)
                continue
        made.append(token)
    return made


def _hours_of_the_clock(tokens: list[Token]) -> list[Token]:
    """`at 15 hours` and `3 hours in the morning` are times of day, `in 15 hours` is a distance."""
    for at, token in enumerate(tokens):
        if token.text not in ("hours", "hour") or at == 0 or tokens[at - 1].value < 0:
            continue
        led = at >= 2 and tokens[at - 2].text in (
            "at",
            "by",
            "from",
            "until",
            "to",
            "around",
            "after",
            "before",
            "between",
            "and",
        )
        told = [one.text for one in tokens[at + 1 : at + 3]] == ["in", "the"]
        if led or told:
            tokens[at] = Token("o'clock", token.start, token.end, True, -1, token.glued)
    return tokens
