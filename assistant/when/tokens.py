"""A text as tokens: words, numbers and signs with their places. Knows nothing of what they mean."""

MOST_CHARACTERS = 1000


class Token:
    """One word, number or sign; `glued` says that nothing stands between it and the token before."""

    __slots__ = ("digits", "end", "glued", "start", "text", "value", "word")

    def __init__(self, text: str, start: int, end: int, word: bool, value: int, glued: bool) -> None:
        self.text = text  # in lower case
        self.start = start
        self.end = end
        self.word = word
        self.value = value  # -1 unless it is a number
        self.digits = len(text) if value >= 0 else 0
        self.glued = glued

    def __repr__(self) -> str:
        return self.text


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`; letters and digits are kept apart, `a.m.` is one word, an apostrophe stays in its word.

    >>> tokenize("Lunch 12:30p.m. o'clock 5th")
    [lunch, 12, :, 30, pm, o'clock, 5, th]
    """
    tokens: list[Token] = []
    at, length, last_end = 0, len(text), -1
    while at < length:
        char = text[at]
        if char.isspace():
            at += 1
            continue
        start = at
        if "0" <= char <= "9":
            while at < length and "0" <= text[at] <= "9":
                at += 1
            # Longer runs are no time of anything; the value only has to be out of every range.
            value = int(text[start:at]) if at - start <= 9 else 999_999_999
            tokens.append(Token(text[start:at], start, at, False, value, start == last_end))
        elif char.isalpha():
            at = _word_end(text, at)
            tokens.append(Token(_plain(text[start:at]), start, at, True, -1, start == last_end))
        else:
            at += 1
            tokens.append(Token(_SIGNS.get(char, char), start, at, False, -1, start == last_end))
        last_end = at
    return tokens


_SIGNS = {"–": "-", "—": "-", "−": "-", "~": "-", "’": "'", "“": '"', "”": '"'}


def _word_end(text: str, at: int) -> int:
    length = len(text)
    first = text[at]
    if first in "aApP" and text[at + 1 : at + 2] == "." and text[at + 2 : at + 3] in ("m", "M"):
        after = at + 3
        if not text[after : after + 1].isalpha():
            return after + 1 if text[after : after + 1] == "." else after
    while at < length and (text[at].isalpha() or (text[at] in "'’" and text[at + 1 : at + 2].isalpha())):
        at += 1
    return at


def _plain(word: str) -> str:
    word = word.lower()
    if "." in word:
        return word[0] + "m"
    return word.replace("’", "'") if "’" in word else word
