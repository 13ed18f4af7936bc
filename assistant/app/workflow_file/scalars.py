"""Plain words to values, by the YAML 1.2 core schema (YAML 1.2.2 §10.3.2). `on` is a word and 12:30 a text."""

import re

INTEGER = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
LARGEST = 2**63


def resolved(text: str) -> str | int | float | bool | None:
    """What a plain word says. ValueError for a number that cannot be kept exactly.

    >>> [resolved(word) for word in ("on", "12:30", "012", "0o17", "1e3", "~", "true", "yes")]
    ['on', '12:30', 12, 15, 1000.0, None, True, 'yes']
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if INTEGER.fullmatch(text):
        return _whole(text, 10)
    if OCTAL.fullmatch(text):
        return _whole(text[2:], 8)
    if HEXADECIMAL.fullmatch(text):
        return _whole(text[2:], 16)
    if FLOAT.fullmatch(text):
        return _float(text)
    if NO_NUMBER.fullmatch(text):
        raise ValueError("no number; quote it to keep it as text")
    return text


def _whole(digits: str, base: int) -> int:
    if len(digits) > 64 or abs(number := int(digits, base)) >= LARGEST:
        raise ValueError("a number too large to keep; quote it to keep it as text")
    return number


def _float(text: str) -> float:
    number = float(text) if len(text) <= 400 else float("inf")
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number too large to keep; quote it to keep it as text")
    return number
