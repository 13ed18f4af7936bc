"""The terminal as a channel: the next use of `ask` shows its messages; a tick sends none of them."""

from assistant.errors import UsageError
from assistant.ports.channel import Delivery, NotSent, SendOutcome


class TerminalChannel:
    """Has a place in the table so that its URL can be checked; nobody delivers through it."""

    can_tell = False

    def __init__(self, url: str, name: str, home: str) -> None:
        self.name = name

    @staticmethod
    def check(url: str) -> str:
        """`terminal:`; it takes nothing after the colon."""
        if url.rstrip("/") != "terminal:":
            raise UsageError(f"{url!r} says more than the terminal takes.", "write terminal:")
        return "terminal:"

    def deliver(self, delivery: Delivery) -> SendOutcome:
        """Refuse: there may be no terminal now, and the next use of `ask` shows the message anyway."""
        return NotSent("the terminal is no work of a tick; the next use of ask shows the message", permanent=True)
