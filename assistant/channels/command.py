"""The channel `command:///path`: a program that gets the message as JSON on stdin. No shell ever reads any of it.

Where the message tells of an open question, the JSON has `request` (what is asked, and what exactly would be done) and
`replies`, each with its verb, a label, and a one-time token: `ask reply` takes it on its stdin.

Exit 0 is sent; 75 (EX_TEMPFAIL of sysexits.h) and every other number is not sent and is tried again. A program that
was cut off, by its time limit or by a signal, may have done its work: that is doubtful.
"""

import os

from assistant.channels.message import with_replies, without_tokens
from assistant.errors import UsageError
from assistant.file_url import path_of
from assistant.ports.channel import Delivery, Doubtful, NotSent, SendOutcome, Sent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.program import Ran

TIMEOUT_S = 30.0
GRACE_S = 5.0
TRY_LATER = 75


class CommandChannel:
    """Runs one program. `url` is a checked one."""

    can_tell = False

    def __init__(self, url: str, name: str, home: str, timeout_s: float = TIMEOUT_S, grace_s: float = GRACE_S) -> None:
        self.path = path_of(url)
        self.name = name
        self.timeout_s = timeout_s
        self.grace_s = grace_s

    @staticmethod
    def check(url: str) -> str:
        """`command:///path` of a file that may be executed."""
        path = path_of(url)
        if not os.path.exists(path):
            raise UsageError(f"{url!r}: there is no file {path}.", "write the absolute path of a program")
        if not os.path.isfile(path):
            raise UsageError(f"{url!r} is no file.", "write the absolute path of a program")
        if not os.access(path, os.X_OK):
            raise UsageError(f"{url!r} cannot be executed.", f"chmod u+x {path}")
        return f"command://{path}"

    def deliver(self, delivery: Delivery) -> SendOutcome:
        """Run the program with the message; ASK_KEY and ASK_CHANNEL stand in its environment."""
        from assistant.program import NotStarted, run

        environment = {**os.environ, "ASK_KEY": delivery.key, "ASK_CHANNEL": delivery.channel}
        given = (with_replies(delivery) + "\n").encode("utf-8", "replace")
        ran = run([self.path], given, environment, self.timeout_s, self.grace_s)
        if isinstance(ran, NotStarted):
            fix = "" if ran.passing else f"; ask channel add {self.name} with another"
            return NotSent(f"cannot be started: {ran.reason}{fix}", permanent=not ran.passing)
        said = f": {_without_tokens(ran, delivery)}" if ran.said else ""
        if ran.code is None:
            left = "" if ran.dead else "; something of it may still run"
            return Doubtful(f"{self.path} was stopped after {self.timeout_s:g} s{said}{left}")
        if ran.code < 0:
            return Doubtful(f"{self.path} was ended by signal {-ran.code}{said}")
        if ran.code == 0:
            return Sent(f"exit 0{said}")
        return NotSent(f"{self.path} asks to try later{said}" if ran.code == TRY_LATER else f"exit {ran.code}{said}")


def _without_tokens(ran: "Ran", delivery: Delivery) -> str:
    """What a program said last, which is kept with the message: no token may stand there, nor a piece of one."""
    if delivery.asked is None:
        return ran.said
    from assistant.program import LAST, LINE

    cut = max(ran.out.total, ran.err.total) > LAST
    return without_tokens(ran.last_words, delivery, cut=cut)[:LINE]
