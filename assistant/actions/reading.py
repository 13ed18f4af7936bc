"""Read what came back from outside: as text, and as JSON where it is some. Neither can break the store."""

from assistant.jsontext import dump

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def as_json(text: str) -> "Any":
    """What a JSON text says, or None where it is none, or holds what has no place in a store: NaN, half characters.

    >>> as_json('{"a": [1]}'), as_json("hello"), as_json("NaN"), as_json('"\\\\ud800"'), as_json("[" * 100_000)
    ({'a': [1]}, None, None, None, None)
    """
    import json

    if text.lstrip()[:1] not in _BEGINS:
        return None
    try:
        value = json.loads(text)
        dump(value).encode()
    except (ValueError, TypeError, RecursionError):
        return None
    return value


_BEGINS = frozenset('{["-0123456789tfn')


def decoded(data: bytes, charset: str = "utf-8") -> tuple[str, bool]:
    """The text of some bytes, and whether all of them could be read; what could not stands as U+FFFD.

    >>> decoded(b"caf\\xe9", "latin-1"), decoded(b"\\xff"), decoded(b"a", "no-such-charset")
    (('café', True), ('\\ufffd', False), ('a', True))
    """
    try:
        return data.decode(charset), True
    except UnicodeDecodeError:
        return data.decode(charset, "replace"), False
    except LookupError:
        return decoded(data)


def size(count: int) -> str:
    """A number of bytes for people.

    >>> size(512), size(1048576), size(104857600)
    ('512 bytes', '1 MiB', '100 MiB')
    """
    if count >= 1 << 20:
        return f"{count / (1 << 20):.3g} MiB"
    return f"{count} bytes"
