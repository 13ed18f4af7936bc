"""How jobs and steps are called outside this file: keys that the outside sees, and causes that a person names. Pure."""

OUTSIDE_MARKS = frozenset("/@:-._~+=,()")


def cause_of(workflow: str | None, path: str) -> str | None:
    """What asks, as a person names it in preferences: the step of a workflow, whatever item of a list it is about.

    >>> cause_of("bills", "pay/3"), cause_of("bills", "pay/fallback/1"), cause_of(None, "ring")
    ('bills.pay', 'bills.pay/fallback/1', None)
    """
    if workflow is None:
        return None
    words = path.split("/")
    if len(words) > 1 and words[1].isdigit():
        del words[1]
    return f"{workflow}.{'/'.join(words)}"


def outside_key(key: str) -> str:
    """A job's key as a part of keys that the outside sees: printable, and without spaces.

    >>> outside_key("12@2026-11-24T08:00:00Z"), outside_key("bill run/€")
    ('12@2026-11-24T08:00:00Z', 'bill%20run/%E2%82%AC')
    """
    plain = all(letter in OUTSIDE_MARKS or (letter.isascii() and letter.isalnum()) for letter in key)
    if plain:
        return key
    letters = (chr(byte) for byte in key.encode("utf-8", "surrogatepass"))
    return "".join(
        letter if letter in OUTSIDE_MARKS or (letter.isascii() and letter.isalnum()) else f"%{ord(letter):02X}"
        for letter in letters
    )


def acting_path(path: str) -> str:
    """The path of the action that an undo, a probe, or the probe of an undo, belongs to.

    >>> [acting_path(path) for path in ("send", "send/3/undo", "send/undo/probe")]
    ['send', 'send/3', 'send']
    """
    while path.endswith(("/undo", "/probe")):
        path = path.rpartition("/")[0]
    return path
