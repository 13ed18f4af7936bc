"""One connection over HTTP that tells when the request begins to go out, and to whom. Reads no answer."""

import socket
import threading
from ipaddress import ip_address
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.web.exchange import Answer


class Refused(Exception):
    """The address is none that may be asked."""


class Stopped(Exception):
    """Time is up; nothing more is to go out."""


class Line:
    """One connection as two threads see it: the one that asks, and the one that looks at the time."""

    def __init__(self, may_ask: "Callable[[str], bool]") -> None:
        self._may_ask = may_ask
        self._lock = threading.Lock()
        self._went_out = False
        self._stopped = False
        self._socket: socket.socket | None = None
        self.has_proxy = False
        self.peer: str | None = None
        self.answered: Answer | None = None  # an answer that counts, whatever becomes of its body

    def connected(self, sock: "Any") -> None:
        """There is a connection; nothing of the request went out over it yet."""
        with self._lock:
            self._socket = sock
            if self._stopped:
                raise Stopped
        if not self.has_proxy:
            self.peer = str(sock.getpeername()[0])
            if not self._may_ask(self.peer):
                raise Refused(f"its address is {self.peer}")

    def begins(self) -> None:
        """The next byte is one of the request."""
        with self._lock:
            if self._stopped:
                raise Stopped
            self._went_out = True

    @property
    def went_out(self) -> bool:
        """Whether a byte of the request did."""
        with self._lock:
            return self._went_out

    def stop(self) -> bool:
        """Let nothing more go out, and end the wait. Whether anything did go out."""
        with self._lock:
            self._stopped = True
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except (OSError, ValueError):
                    pass  # it is closed already
            return self._went_out


def manager_for(url: str, line: Line) -> urllib3.PoolManager:
    """What makes the connection, over the proxy that the environment names, if any."""
    proxy = proxy_for(url)
    line.has_proxy = proxy is not None
    made = _by_proxy(proxy) if proxy is not None else urllib3.PoolManager()

    class Plain(_Watched, HTTPConnection):
        its = line

    class Secure(_Watched, HTTPSConnection):
        its = line

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    made.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return made


class _Watched:
    """A connection that tells when it is there, and when the request begins to go out."""

    its: Line
    sock: "Any"
    _connecting = False

    def connect(self) -> None:
        self._connecting = True  # what goes out until it is there is for the proxy
        super().connect()  # type: ignore[misc]
        self._connecting = False
        self.its.connected(self.sock)

    def send(self, data: "Any") -> None:
        if not self._connecting:
            if self.sock is None:
                self.connect()
            self.its.begins()
        super().send(data)  # type: ignore[misc]


def is_public(address: str) -> bool:
    """Whether an address is one of the whole internet's, and not of this machine or a network behind it.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("::ffff:192.168.0.1")
    (True, False, False, False)
    >>> is_public("169.254.169.254"), is_public("localhost"), is_public("example.com")
    (False, False, True)
    """
    try:
        found = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address.lower().rstrip(".").rpartition(".")[2] not in ("localhost", "local", "internal")
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for a URL, if any."""
    parts = urllib3.util.parse_url(url)
    if proxy_bypass(parts.host or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme or "") or proxies.get("all")


def _by_proxy(proxy: str) -> urllib3.ProxyManager:
    url = proxy if "://" in proxy else f"http://{proxy}"
    login = urllib3.util.parse_url(url).auth
    headers = urllib3.util.make_headers(proxy_basic_auth=unquote(login)) if login else None
    return urllib3.ProxyManager(url, proxy_headers=headers)
