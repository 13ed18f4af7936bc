"""The words of a text in another language as its tables know them: without accents, elided articles on their own."""

from assistant.when.tokens import Token, tokenize

_PLAIN = str.maketrans("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœ", "aaaaaaaceeeeiiiinoooooouuuuyyo")


def fold(word: str) -> str:
    """A word in lower case without its accents.

    >>> fold("März"), fold("Straße"), fold("após")
    ('marz', 'strasse', 'apos')
    """
    word = word.lower()
    if word.isascii():
        return word
    if "ß" in word:
        word = word.replace("ß", "ss")
    word = word.translate(_PLAIN)
    if not word.isascii():  # accents that are characters of their own, as macOS writes them
        from unicodedata import combining, normalize

        word = "".join(char for char in normalize("NFD", word) if not combining(char))
    return word


def split(text: str) -> list[Token]:
    """The tokens of a text; an elided article is a token of its own.

    >>> split("l'après-midi d'octobre")
    [l', après, -, midi, d', octobre]
    """
    found: list[Token] = []
    for token in tokenize(text):
        if not token.word or "'" not in token.text or token.end - token.start != len(token.text):
            found.append(token)
            continue
        start, glued = token.start, token.glued
        for part in _parts(token.text):
            found.append(Token(part, start, start + len(part), True, -1, glued))
            start, glued = start + len(part), True
    return found


def _parts(word: str) -> list[str]:
    pieces = word.split("'")
    return [piece + "'" for piece in pieces[:-1]] + [pieces[-1]]


class Source:
    """The tokens of a text and what each is called in the tables."""

    __slots__ = ("keys", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = split(text)
        self.keys = [fold(token.text) if token.word else token.text for token in self.tokens]

    def key(self, at: int) -> str:
        """The folded word or the sign at this place, or nothing beyond the ends."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def number(self, at: int) -> int:
        """The whole number in figures at this place, or -1."""
        return self.tokens[at].value if 0 <= at < len(self.tokens) else -1

    def digits(self, at: int) -> int:
        return self.tokens[at].digits if 0 <= at < len(self.tokens) else 0

    def glued(self, at: int) -> bool:
        """Whether the token touches the one before it."""
        return 0 <= at < len(self.tokens) and self.tokens[at].glued

    def is_word(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].word

    def is_capital(self, at: int) -> bool:
        return self.text[self.tokens[at].start].isupper()
