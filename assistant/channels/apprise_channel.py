"""The channel behind every apprise URL. Apprise is imported when a message is delivered or a URL checked, not before.

Apprise only says yes or no; why, it writes to its log. That log is listened to, call by call, and goes nowhere else.
Retries are the engine's: those of apprise are switched off, for they would repeat what may have gone out.
"""

import threading

from assistant.channels.apprise_log import Listening
from assistant.channels.apprise_outcome import WARNING, outcome_of
from assistant.errors import UsageError
from assistant.ports.channel import Delivery, Doubtful, NotSent, SendOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEADLINE_S = 30.0  # for the whole of a delivery, looking up the host included
CONNECT_S = 5.0
READ_S = 10.0
WITH_HEADERS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
MAIL = frozenset({"mailto", "mailtos"})
LOADING = threading.Lock()  # apprise reads in its plug-ins at first use, and lanes of a tick are threads


class AppriseChannel:
    """Hands messages to one service. Apprise cannot look a message up again."""

    can_tell = False

    def __init__(self, url: str, name: str, home: str, deadline_s: float = DEADLINE_S) -> None:
        self.url = url
        self.name = name
        self.deadline_s = deadline_s

    @staticmethod
    def check(url: str) -> str:
        """The URL, if apprise can read it; a UsageError with the nearest scheme or apprise's reason where not."""
        with Listening(url) as heard:
            service = service_of(url)
        if service is None:
            raise _unreadable(url, _why(heard))
        return url

    def deliver(self, delivery: Delivery) -> SendOutcome:
        """Send within the deadline. A thread that began and has not answered by then is left: it may still send."""
        ended: list[SendOutcome] = []
        gate = threading.Lock()  # who takes it first decides: the thread that it sends, we that it never will
        thread = threading.Thread(
            target=lambda: ended.append(self._deliver(delivery, gate)), name=self.name, daemon=True
        )
        thread.start()
        thread.join(self.deadline_s)
        if ended:
            return ended[0]
        if gate.acquire(blocking=False):
            return NotSent(f"could not begin within {self.deadline_s:g} s")
        return Doubtful(f"no answer within {self.deadline_s:g} s")

    def url_for(self, delivery: Delivery) -> str:
        """The URL by which apprise sends this message."""
        return self.url

    def _deliver(self, delivery: Delivery, gate: threading.Lock) -> SendOutcome:
        with Listening(self.url) as heard:
            try:
                service = service_of(self.url_for(delivery))
                if service is None:
                    reason = _why(heard) or "apprise cannot use its URL"
                    return NotSent(f"{reason}; ask channel add {self.name} with another", permanent=True)
                heard.said.clear()
                if not gate.acquire(blocking=False):
                    return NotSent("given up before it began")
                took = _send(service, _scheme(self.url), delivery)
                return outcome_of(took, heard.said, heard.hide)
            except Exception as error:  # noqa: BLE001 - a service may raise anything; what it did is not known then
                return Doubtful(heard.hide(f"{type(error).__name__}: {error}"))


def service_of(url: str) -> "Any":
    """Apprise's object for the URL, or None where it cannot use it."""
    with LOADING:
        import apprise

        asset = apprise.AppriseAsset(app_id="ask", app_desc="ask", async_mode=False)
        if hasattr(asset, "_service_timeout"):
            asset._service_timeout = 0  # apprise's own pool of threads would hold up the end of the process
        service = apprise.Apprise.instantiate(url, asset=asset)
        if service is None:
            return None
    service.retry = 0
    service.optional = False  # with it, apprise calls a failure a success
    if service.socket_connect_timeout == apprise.URLBase.socket_connect_timeout:
        service.socket_connect_timeout = CONNECT_S
    if service.socket_read_timeout == apprise.URLBase.socket_read_timeout:
        service.socket_read_timeout = READ_S
    return service


def _send(service: "Any", scheme: str, delivery: Delivery) -> bool:
    import apprise

    if scheme in WITH_HEADERS:
        service.headers = {"Idempotency-Key": _header(delivery.key), **service.headers}
    services = apprise.Apprise(asset=service.asset)
    services.add(service)
    kind = apprise.NotifyType.WARNING if delivery.severity == "high" else apprise.NotifyType.INFO
    title = delivery.text.strip().partition("\n")[0][:120] if scheme in MAIL else ""
    return bool(
        services.notify(
            body=delivery.text,
            title=title,
            notify_type=kind,
            body_format=apprise.NotifyFormat.TEXT,
            interpret_escapes=False,
        )
    )


def _header(key: str) -> str:
    """The key as a header can bear it."""
    from urllib.parse import quote

    return quote(key.encode("utf-8", "replace"), safe="/:;,.+-_=@!*'()~")


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _why(heard: Listening) -> str:
    """What apprise warned of, less that it could not load the URL, which is known by then."""
    warned = [record.text for record in heard.said if record.level >= WARNING]
    told = [text for text in warned if not text.startswith(("Could not load", "Unparseable", "Unsupported"))]
    return heard.hide(told[-1]) if told else ""


def _unreadable(url: str, reason: str) -> UsageError:
    from assistant.channels.table import redacted

    scheme = _scheme(url)
    known = _schemes()
    if scheme not in known:
        near = _nearest(scheme, known)
        hint = f"did you mean {near}?" if near else "file:, command:, desktop: and all services of apprise are known"
        if scheme in ("http", "https"):
            hint = f"to post JSON there, write json{scheme[4:]}://{url.partition('//')[2]}"
        return UsageError(f"No channel knows the scheme {scheme!r}.", hint)
    where = getattr(_services()[scheme], "setup_url", None) or "https://appriseit.com/services/"
    said = f" It says: {reason}" if reason else ""
    return UsageError(f"apprise cannot use {redacted(url)!r}.{said}", f"{where} shows how this URL is written")


def _schemes() -> list[str]:
    from importlib.metadata import entry_points

    from assistant.channels.table import GROUP, OWN

    return sorted({*OWN, *_services().schemas(), *entry_points(group=GROUP).names})


def _services() -> "Any":
    """Apprise's table of services by scheme."""
    import apprise

    made: Any = apprise.NotificationManager
    return made()


def _nearest(scheme: str, known: list[str]) -> str | None:
    import difflib

    from assistant.channels.table import OWN

    # Our own first: who mistypes `command` means that one and no service with a like name.
    near = difflib.get_close_matches(scheme, list(OWN), 1, 0.7) or difflib.get_close_matches(scheme, known, 1, 0.7)
    return f"{near[0]}:" if near else None
