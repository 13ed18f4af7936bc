"""What reading asks of the other languages: their words put in place, and their openings taken off a message."""

from assistant.when.languages import language_of
from assistant.when.languages.translate import translate, without_opener
from assistant.when.scan import Scan
from assistant.when.values import Reading


def put_words_of(code: str, scan: Scan) -> None:
    """Give the scan the tokens of the English grammar for its text; an English phrase keeps its own."""
    language = language_of(code)
    tokens = translate(scan.text, language) if language is not None else None
    if tokens is not None:
        scan.tokens = tokens


def less_opener(code: str, reading: Reading) -> Reading:
    """The reading with its message less `erinnere mich` and the like."""
    language = language_of(code)
    if language is None or not reading.message:
        return reading
    return reading.replace(message=without_opener(reading.message, language))
