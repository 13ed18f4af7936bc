"""Numbers on the command line: typed, or one a line on stdin where `-` stands."""

import sys

from assistant.app.items import number_in


def numbers_of(words: tuple[str, ...]) -> list[int]:
    """The numbers that the words say. From stdin the first field of each line counts, as `ask list` prints it."""
    found: list[int] = []
    for word in words:
        if word == "-":
            found += [number_in(line.split()[0]) for line in sys.stdin if line.strip()]
        else:
            found.append(number_in(word))
    return found
