"""Trust that a step earns: what approvals of it came to, and the names that a preference of names holds."""

from assistant.ports.records import Request

ENOUGH = 5  # approvals in a row, none of them edited


def is_earned(latest: "list[Request]") -> bool:
    """Whether the latest approvals of a step, the newest first, earn that it is asked no more."""
    return len(latest) >= ENOUGH and all(
        request.state == "approved" and request.answer == "approved" for request in latest[:ENOUGH]
    )


def names_in(text: str | None) -> tuple[str, ...]:
    """The names that a preference holds, as they stand there.

    >>> names_in("mail, bills.pay"), names_in('["mail"]')
    (('mail', 'bills.pay'), ('mail',))
    """
    plain = (text or "").translate({ord(mark): " " for mark in ',[]"'})  # early stores kept a JSON list
    return tuple(dict.fromkeys(plain.split()))


def names_text(names: "tuple[str, ...]") -> str:
    """Names as a preference keeps them."""
    return ",".join(names)
