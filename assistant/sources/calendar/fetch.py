"""Get the text of a calendar: from a file, or over HTTP where it has changed. Reads nothing of it."""

import os
import stat

from assistant.errors import Locked, Missing
from assistant.ports.source import Asking, Failed
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.web.exchange import Answer

MOST = 20 << 20  # bytes
FOLLOWED = 5
LONGEST_TAG = 300
ACCEPT = "text/calendar, text/plain;q=0.5, */*;q=0.1"


class Unchanged(Value):
    """The server says that it is as it was."""

    __slots__ = ()


class Got(Value):
    """The text of a calendar, and by what the server will know it again."""

    __slots__ = ("body", "etag", "modified")
    body: bytes
    etag: str
    modified: str


def from_file(path: str) -> Got | Failed:
    """What stands in the file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                return Failed(f"{path} is no file", permanent=True)
            body = file.read(MOST + 1)
    except FileNotFoundError:
        return Failed(f"{path} is not there")
    except OSError as error:
        return Failed(
            f"{path}: {error.strerror or error}", permanent=isinstance(error, PermissionError | IsADirectoryError)
        )
    if len(body) > MOST:
        return Failed(f"{path} is longer than {MOST >> 20} MiB", permanent=True)
    return Got(body, "", "")


def from_web(url: str, asking: Asking, login: "Login", etag: str, modified: str) -> Got | Unchanged | Failed:
    """What the server gives; it is asked to say only whether anything changed where `etag` or `modified` are known."""
    try:
        headers = {"User-Agent": "ask", "Accept": ACCEPT, **login.headers(asking)}
    except Missing as error:
        return Failed(f"{error}; {error.hint}" if error.hint else str(error), permanent=not isinstance(error, Locked))
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    answer = _follow(url, headers, asking)
    return answer if isinstance(answer, Failed) else _meaning(answer, url)


class Login(Value):
    """How to log in: a secret by its name, with the user it belongs to or as a token of its own."""

    __slots__ = ("user", "secret")
    user: str | None = None
    secret: str | None = None

    def headers(self, asking: Asking) -> dict[str, str]:
        """The header that logs in. Missing where the secret is not there."""
        if self.secret is None:
            return {}
        if asking.secrets is None:
            raise Missing(f"The calendar takes the secret {self.secret!r}, and there are none here.")
        value = asking.secrets.read(self.secret).strip()
        if self.user is None:
            if not value.isascii() or not value.isprintable():  # and never what it is
                raise Missing(f"The secret {self.secret!r} has letters that no header can bear.")
            return {"Authorization": f"Bearer {value}"}
        from base64 import b64encode

        return {"Authorization": "Basic " + b64encode(f"{self.user}:{value}".encode()).decode()}


def _follow(url: str, headers: dict[str, str], asking: Asking) -> "Answer | Failed":
    """The answer, at most five redirects on; never from the internet into this machine, nor from https to http."""
    from time import monotonic
    from urllib.parse import urljoin, urlsplit

    from assistant.web import connection, exchange
    from assistant.web.answered import MOVED

    until = monotonic() + asking.timeout.total_seconds()
    inside_too = True  # whether it may be asked of this machine and its networks
    for _hop in range(FOLLOWED + 1):
        host = urlsplit(url).hostname or ""
        if not inside_too and not connection.is_public(host):
            return Failed(f"{host} is where a host of the internet sends us; not followed", permanent=True)
        may_ask = _anybody if inside_too else connection.is_public
        asked = exchange.Asked("GET", url, headers, None)
        got = exchange.exchange(asked, max(0.0, until - monotonic()), may_ask, asking.stop, MOST)
        if isinstance(got, exchange.Failed):
            return Failed(f"{host}: {got.reason}", permanent=got.permanent)
        where = got.headers.get("location")
        if got.status not in MOVED or not where:
            return got
        inside_too = inside_too and not connection.is_public(got.peer or host)
        new = urljoin(url, where)
        if urlsplit(new).scheme not in ("https", urlsplit(url).scheme):
            return Failed(
                f"{host} sends us from https to {urlsplit(new).scheme or 'nowhere'}; not followed", permanent=True
            )
        if _origin(new) != _origin(url):
            headers = {name: value for name, value in headers.items() if name != "Authorization"}
        url = new
    return Failed(f"{host}: more than {FOLLOWED} redirects", permanent=True)


def _meaning(got: "Answer", url: str) -> Got | Unchanged | Failed:
    from urllib.parse import urlsplit

    from assistant.web.answered import is_passing, retry_after

    host = urlsplit(url).hostname
    if got.status == 304:
        return Unchanged()
    if got.status != 200:
        said = f"{host} answers {got.status} {got.reason}".rstrip()
        if got.status in (401, 403):
            said += "; #user=NAME,secret=NAME after the URL logs in"
        passing = is_passing(got.status)
        return Failed(said, permanent=not passing, retry_after=retry_after(got) if passing else None)
    if not got.whole:
        return Failed(f"{host}: the calendar is longer than {MOST >> 20} MiB", permanent=True)
    return Got(got.body, _tag(got.headers.get("etag")), _tag(got.headers.get("last-modified")))


def _tag(value: "Any") -> str:
    """A mark to send back; one that no header could bear is dropped."""
    text = value or ""
    return text if len(text) <= LONGEST_TAG and text.isascii() and text.isprintable() else ""


def _origin(url: str) -> tuple[str, str | None, int]:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _anybody(_address: str) -> bool:
    return True
