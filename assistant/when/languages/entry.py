"""What reading asks of the other languages: the tokens of a text, and a message without its opening words."""

from assistant.when.languages import language_of
from assistant.when.languages.source import fold
from assistant.when.languages.translate import translate, without_opener
from assistant.when.tokens import Token, tokenize

SHORTEST, LONGEST = 6, 14  # a slip in a shorter word may as well be another word
LONG = 8


def tokens_of(text: str, code: str) -> list[Token]:
    """The tokens of the English grammar for a text; an English phrase keeps its own.

    >>> tokens_of("morgen um 9", "de"), tokens_of("tomorrow at 9", "de")
    ([tomorrow, at, 9, o'clock], [tomorrow, at, 9])
    """
    language = language_of(code)
    tokens = translate(text, language) if language is not None else None
    return tokenize(text) if tokens is None else tokens


def less_opener(message: str, code: str) -> str:
    """The message less `erinnere mich` and the like.

    >>> less_opener("ricordami di chiamare Ada", "it")
    'chiamare Ada'
    """
    language = language_of(code)
    return without_opener(message, language) if language is not None else message


def nearest_of(word: str, code: str) -> str | None:
    """The word of time in that language that a word most likely is a slip of.

    >>> nearest_of("Montga", "de"), nearest_of("Leute", "de")
    ('montag', None)
    """
    language = language_of(code)
    said = fold(word)
    if language is None or not SHORTEST <= len(said) <= LONGEST or said in language.own:
        return None
    from assistant.when.doubt import slips

    for known, spelled in language.names.items():
        most = 2 if len(known) > LONG else 1
        if known[0] == said[0] and abs(len(known) - len(said)) <= most and slips(said, known, most) <= most:
            return spelled
    return None
