"""What apprise writes to its log while one call is under way, without the secrets of the URL. Prints nothing."""

import logging
import re
import threading
import warnings
from contextvars import ContextVar

from assistant.channels.apprise_outcome import Said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

MOST = 200  # records a call
LONGEST = 300  # characters of a reason
SHORTEST_SECRET = 3  # hiding shorter ones would leave no readable text


class Listening:
    """`with Listening(url) as heard:` hears what apprise says within, in `heard.said`."""

    def __init__(self, url: str) -> None:
        self.said: list[Said] = []
        self._secret = _secrets(url)

    def __enter__(self) -> "Self":
        _install()
        self._token = _CURRENT.set(self)
        return self

    def __exit__(
        self, kind: "type[BaseException] | None", error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        _CURRENT.reset(self._token)

    def hear(self, level: int, text: str) -> None:
        """Keep a record."""
        if len(self.said) < MOST:
            self.said.append(Said(level, " ".join(text.split())))

    def hide(self, text: str) -> str:
        """The text with `****` for what may be a secret of the URL."""
        return (self._secret.sub("****", text) if self._secret is not None else text)[:LONGEST]


# A context and not a thread: apprise may run a service in a thread of its own, to which it hands the context.
_CURRENT: ContextVar[Listening | None] = ContextVar("ask_listening", default=None)
_INSTALLING = threading.Lock()


class _Ear(logging.Handler):
    """Gives each record of apprise to whoever listens in its context."""

    def emit(self, record: logging.LogRecord) -> None:
        listening = _CURRENT.get()
        if listening is None:
            return
        try:
            text = record.getMessage()
        except (TypeError, ValueError):  # a wrong format of a service must not lose the delivery's outcome
            text = str(record.msg)
        listening.hear(record.levelno, text)


def _install() -> None:
    """Apprise's log goes to the ear only, and its warnings nowhere: nothing may reach stderr, which cron would mail."""
    warnings.filterwarnings("ignore", module=r"(urllib3|requests|apprise)\b")
    log = logging.getLogger("apprise")
    with _INSTALLING:
        if any(isinstance(handler, _Ear) for handler in log.handlers):
            return
        log.addHandler(_Ear())
        log.setLevel(logging.DEBUG)
        log.propagate = False
        if not logging.getLogger().handlers:
            logging.getLogger().addHandler(logging.NullHandler())


def _secrets(url: str) -> "re.Pattern[str] | None":
    """Every part of the URL that is not shown when the URL is shown."""
    from urllib.parse import unquote

    from assistant.channels.table import redacted

    shown = redacted(url)
    rest = url.partition(":")[2]
    parts = {part for part in re.split(r"[/:@?&=#,;]+", rest) if part}
    parts |= {unquote(part) for part in parts}
    hidden = [part for part in parts if len(part) >= SHORTEST_SECRET and part not in shown]
    if not hidden:
        return None
    longest_first = sorted(hidden, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
