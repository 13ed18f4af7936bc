"""What reading asks of the other languages: the tokens of a text, and a message without its opening words."""

from assistant.when.languages import language_of
from assistant.when.languages.translate import translate, without_opener
from assistant.when.tokens import Token, tokenize


def tokens_of(text: str, code: str) -> list[Token]:
    """The tokens of the English grammar for a text; an English phrase keeps its own.

    >>> tokens_of("morgen um 9", "de"), tokens_of("tomorrow at 9", "de")
    ([tomorrow, at, 9], [tomorrow, at, 9])
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
