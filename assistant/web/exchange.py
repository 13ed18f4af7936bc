"""One exchange over HTTP: a request, its answer or what became of it, within a deadline. Follows no redirect.

Imports urllib3, and is itself imported only when a request is made. What matters here is the moment at which the
first byte of the request went out: before it, nothing can have happened; after it, only an answer that was read says
what did. Looking up a name and a server that drips its answer know no time-out, so the exchange has its own thread.
"""

import http.client
import threading

import urllib3
from urllib3.exceptions import (
    HTTPError,
    IncompleteRead,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
)

from assistant.value import Value
from assistant.web.connection import Line, Refused, manager_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT_S = 30.0
KEPT = 8 << 20  # bytes of a body
KEPT_OF_ERROR = 4096
CHUNK = 1 << 16
STOP_S = 0.2
NO_BODY = frozenset({204, 304})


class Asked(Value):
    """A request, with the secrets in it."""

    __slots__ = ("method", "url", "headers", "body")
    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


class Answer(Value):
    """What was answered. `whole` is False where the body is longer than what is kept of it."""

    __slots__ = ("status", "reason", "headers", "body", "whole", "peer")
    status: int
    reason: str
    headers: dict[str, str]  # names in lower case
    body: bytes
    whole: bool
    peer: str | None  # the address that answered; None behind a proxy


class Failed(Value):
    """No answer that can be relied on. `went_out`: the first byte of the request did."""

    __slots__ = ("reason", "went_out", "permanent")
    reason: str
    went_out: bool
    permanent: bool = False


def exchange(
    asked: Asked,
    timeout_s: float,
    may_ask: "Callable[[str], bool]",
    stop: "Callable[[], bool] | None" = None,
    most: int = KEPT,
) -> Answer | Failed:
    """Ask, and give what was answered within the time. `may_ask` is asked of the address before the first byte.

    `most`: bytes of the body to keep.
    """
    line = Line(may_ask)
    ended: list[Answer | Failed] = []
    thread = threading.Thread(
        target=lambda: ended.append(_exchange(asked, timeout_s, line, most)), name="http", daemon=True
    )
    thread.start()
    asked_to_stop = _wait(thread, timeout_s, stop)
    in_time = bool(ended)
    went_out = True if in_time else line.stop()
    # Looked at after the stop as well: a failure may have come at the last moment. An answer that ends with the stop
    # may be one that the stop itself cut short, where no length was announced.
    if ended and (in_time or isinstance(ended[0], Failed)):
        return ended[0]
    if line.answered is not None:
        return line.answered
    why = "was stopped" if asked_to_stop else f"no answer within {timeout_s:.3g} s"
    return Failed(why, went_out)


def _wait(thread: threading.Thread, timeout_s: float, stop: "Callable[[], bool] | None") -> bool:
    """Wait for its end. Whether it was asked to stop."""
    if stop is None:
        thread.join(timeout_s)
        return False
    left = timeout_s
    while thread.is_alive() and left > 0:
        if stop():
            return True
        thread.join(min(STOP_S, left))
        left -= STOP_S
    return False


def _exchange(asked: Asked, timeout_s: float, line: Line, most: int) -> Answer | Failed:
    try:
        return _answer(asked, timeout_s, line, most)
    except (Refused, LocationValueError) as error:
        return Failed(str(error), False, permanent=True)
    except Exception as error:  # noqa: BLE001 - it would end with the thread; whatever it is, what went out is known
        return Failed(_reason(error), line.went_out, _is_permanent(error) and not line.went_out)


def _answer(asked: Asked, timeout_s: float, line: Line, most: int) -> Answer:
    with manager_for(asked.url, line) as manager:
        response = manager.request(
            asked.method,
            asked.url,
            body=asked.body,
            headers=asked.headers,
            timeout=urllib3.Timeout(connect=min(CONNECT_S, timeout_s), read=timeout_s + 1),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        try:
            return _read(response, line, most)
        finally:
            response.close()


def _read(response: "urllib3.BaseHTTPResponse", line: Line, most: int) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    answer = Answer(response.status, response.reason or "", headers, b"", True, line.peer)
    good = 200 <= response.status < 300
    if not good:
        line.answered = answer
    if response.status in NO_BODY:
        return answer
    body = bytearray()
    most = most if good else KEPT_OF_ERROR
    try:
        while len(body) <= most and (more := response.read(CHUNK)):
            body += more
    except Exception:
        if good:
            raise
    return answer.replace(body=bytes(body[:most]), whole=len(body) <= most)


def _is_permanent(error: BaseException) -> bool:
    """A certificate that is not trusted, and a request that no server could be sent."""
    import ssl

    if isinstance(error, ValueError) and not isinstance(error, HTTPError):
        return True
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        inner = seen.args[0] if seen.args and isinstance(seen.args[0], BaseException) else None
        seen = seen.__cause__ or inner
    return False


def _reason(error: BaseException) -> str:
    """What went wrong, in words; the objects that urllib3 shows say nothing to a person."""
    inner = error.args[1] if isinstance(error, ProtocolError) and len(error.args) > 1 else error.__cause__
    if isinstance(error, NameResolutionError):
        return "its name cannot be resolved"
    if isinstance(error, NewConnectionError) and isinstance(inner, OSError):
        return f"cannot be reached: {inner.strerror or inner}"
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return "no answer in time"
    if isinstance(error, IncompleteRead) or isinstance(inner, http.client.IncompleteRead):
        return "the answer breaks off before its end"
    if isinstance(inner, http.client.RemoteDisconnected):
        return "the connection was closed without an answer"
    if isinstance(inner, http.client.BadStatusLine):
        return "the answer has no status that can be read"
    if isinstance(inner, OSError) and inner.strerror:
        return (
            f"{'the connection broke' if isinstance(error, ProtocolError) else 'cannot be reached'}: {inner.strerror}"
        )
    return f"{type(error).__name__}: {inner or error}"[:300]
