"""What is given on stdin: a text, or a number a line, where `-` stands on the command line."""

import sys

from assistant.app.items import number_in
from assistant.errors import UsageError


def text_given(words: tuple[str, ...]) -> str:
    """The words as one text, or all of stdin where they are `-` alone."""
    if words == ("-",):
        return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    return " ".join(words)


def numbers_given(words: tuple[str, ...]) -> list[int]:
    """The numbers that the words say. From stdin the first field of each line counts, as `ask list` prints it."""
    found: list[int] = []
    for word in words:
        if word == "-":
            lines = (line.decode("utf-8", "replace").split() for line in sys.stdin.buffer)
            found += [number_in(fields[0]) for fields in lines if fields]
        else:
            found.append(number_in(word))
    return found


def one_number_given(word: str) -> int:
    """The one number that a word, or stdin, says."""
    numbers = numbers_given((word,))
    if len(numbers) != 1:
        raise UsageError(f"One number is needed, {len(numbers)} were given.", "ask list shows the numbers")
    return numbers[0]
