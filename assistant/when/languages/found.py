"""What a language's tables find in a text, as tokens of the English grammar. Looks nothing up."""

from assistant.when.languages.source import Source
from assistant.when.tokens import Token

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
PLACES = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

OTHER = "·"  # a word that means no time


class Hour(Token):
    """An hour in figures with its minutes: it counts to 24, unless a day part says otherwise."""

    __slots__ = ()


class Found:
    """What stands at a place: up to where, its words in the English grammar, and its number if it is one."""

    __slots__ = ("end", "tokens", "value")

    def __init__(self, end: int, tokens: list[Token], value: int = -1) -> None:
        self.end = end
        self.tokens = tokens
        self.value = value


def word(text: str, start: int, end: int, glued: bool = False) -> Token:
    """A token of the English grammar that stands for a piece of the text."""
    value = int(text) if text.isdigit() else -1
    token = Token(text, start, end, text[0].isalpha() or text == OTHER, value, glued)
    if value >= 0:
        token.digits = len(text)
    return token


def spelled(source: Source, value: int, at: int, end: int) -> list[Token]:
    """A number that was said in words, in English words."""
    start, stop = source.tokens[at].start, source.tokens[end - 1].end
    if value < 20:
        return [word(ONES[value], start, stop)]
    if value < 100:
        ones = [word(ONES[value % 10], start, stop)] if value % 10 else []
        return [word(TENS[value // 10], start, stop), *ones]
    return [word(str(value), start, stop)]


def place(source: Source, value: int, at: int, end: int) -> list[Token]:
    """A number as a place, `3rd`."""
    start, stop = source.tokens[at].start, source.tokens[end - 1].end
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return [word(str(value), start, stop), word(ending, start, stop, glued=True)]


def as_hour(token: Token) -> Hour:
    """The token as an hour in figures."""
    made = Hour(token.text, token.start, token.end, token.word, token.value, token.glued)
    made.digits = token.digits
    return made


def copy(token: Token) -> Token:
    """A token of its own, for rules that move words."""
    made = type(token)(token.text, token.start, token.end, token.word, token.value, token.glued)
    made.digits = token.digits
    return made
