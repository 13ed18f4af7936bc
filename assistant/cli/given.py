"""What is given on stdin or in a file: a text, a number a line, or the value of a name."""

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


LARGEST_VALUE = 1_048_576  # bytes of a value that is read from a file or from stdin


def given_values(pairs: list[str]) -> list[str]:
    """The same `name=value` texts, with what `@-` (stdin) and `@FILE` say in place of them."""
    found = []
    for text in pairs:
        name, equals, value = text.partition("=")
        found.append(f"{name}={_value(name, value)}" if equals and value.startswith("@") else text)
    return found


def _value(name: str, value: str) -> str:
    """What stands behind the @; one line's end at the end is that of the file, not of the value."""
    try:
        if value == "@-":
            data = sys.stdin.buffer.read(LARGEST_VALUE + 1)
        else:
            with open(value[1:], "rb") as file:
                data = file.read(LARGEST_VALUE + 1)
        if len(data) > LARGEST_VALUE:
            raise UsageError(f"{name}={value} is over 1 MB.", "give less")
        return data.decode().removesuffix("\n")
    except UnicodeDecodeError:
        raise UsageError(f"{name}={value} is not UTF-8.", "write it anew as UTF-8") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            f"{name}={value} cannot be read: {why}.", f"write {name}=TEXT, {name}=@FILE or {name}=@-"
        ) from None
