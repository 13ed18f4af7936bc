"""The channel `ntfy:` and `ntfys:`: apprise sends, and with `?answers=TOPIC` its buttons bring an answer back.

A button posts the one-time token of its answer to that other topic of the same server, where it lies until the tick
fetches it. So nobody needs to read that topic but this URL's login, and everybody may write to it: what is no token of
an open question is refused. Whoever reads the first topic sees the buttons; what is grave is not approved from there.

Formats: the ntfy documentation, "Action buttons" (short format) and "Subscribe via API" (`poll`, `since`).
"""

from assistant.channels.apprise_channel import AppriseChannel, service_of
from assistant.channels.message import without_tokens
from assistant.core.token import is_grave
from assistant.errors import UsageError
from assistant.ports.channel import Delivery, Heard, SendOutcome, Sent
from assistant.ports.source import Failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OPTION = "answers"
MOST_BUTTONS = 3  # that ntfy shows
MOST = 256 << 10  # bytes fetched at once
TIMEOUT_S = 15.0
LONGEST_TOPIC = 64
LONGEST_LINE = 4096 + 1024  # bytes; ntfy's own limit of a message, and what stands around it


class NtfyChannel(AppriseChannel):
    """Hands messages to an ntfy server, and fetches the answers that its buttons left there."""

    @staticmethod
    def check(url: str) -> str:
        """The URL, if apprise can read it, and if answers would come back where nobody is told them as messages."""
        plain, topic = split(url)
        AppriseChannel.check(plain)
        if topic is None:
            return url
        if not _is_name(topic, LONGEST_TOPIC):
            raise UsageError(f"{OPTION}={topic[:80]!r} names no topic.", "letters, digits, _ and -, at most 64")
        service = service_of(plain)
        if topic in service.topics:
            raise UsageError(
                f"{OPTION}={topic} is where the messages go.", "name another topic, which only you can read"
            )
        if "actions" in _names(plain):
            raise UsageError("actions= and answers= both make buttons.", "leave out actions=")
        return url

    def deliver(self, delivery: Delivery) -> SendOutcome:
        """Send within the deadline; what the server says is kept without any token."""
        outcome = super().deliver(delivery)
        if isinstance(outcome, Sent):
            return outcome.replace(note=without_tokens(outcome.note or "", delivery) or None)
        return outcome.replace(reason=without_tokens(outcome.reason, delivery))

    def url_for(self, delivery: Delivery) -> str:
        """With the buttons of the question that the message tells of, if any."""
        from urllib.parse import quote

        plain, topic = split(self.url)
        if topic is None or delivery.asked is None:
            return plain
        grave = is_grave(delivery.asked)
        replies = [one for one in delivery.asked.replies if one.verb != "approve" or not grave][:MOST_BUTTONS]
        if not replies:
            return plain
        place = f"{_server(service_of(plain))}/{topic}"
        actions = "; ".join(f"http, {one.label}, {place}, body={one.token}, clear=true" for one in replies)
        return f"{plain}{'&' if '?' in plain else '?'}actions={quote(actions, safe='')}"

    def answers(self, cursor: "dict[str, Any] | None") -> Heard | Failed:
        """What lies in the topic of answers since the last that was fetched; an unknown one gives all there is."""
        from assistant.web.exchange import Answer, Asked, exchange

        plain, topic = split(self.url)
        service = service_of(plain)
        if topic is None or service is None:
            return Heard((), cursor or {})
        since = (cursor or {}).get("since")
        since = since if isinstance(since, str) and _is_name(since, LONGEST_TOPIC) else "all"
        url = f"{_server(service)}/{topic}/json?poll=1&since={since}"
        got = exchange(Asked("GET", url, _login(service), None), TIMEOUT_S, lambda _address: True, most=MOST)
        if not isinstance(got, Answer):
            return Failed(got.reason, permanent=got.permanent)
        if got.status != 200:
            return _refused(got)
        return _read(got.body, since, whole=got.whole)


def split(url: str) -> tuple[str, str | None]:
    """The URL as apprise takes it, and the topic of answers, if it names one.

    >>> split("ntfys://ntfy.example.com/ada?priority=high&answers=ada-answers")
    ('ntfys://ntfy.example.com/ada?priority=high', 'ada-answers')
    >>> split("ntfy://ada")
    ('ntfy://ada', None)
    """
    place, _, options = url.partition("?")
    kept, topic = [], None
    for option in options.split("&"):
        name, _, value = option.partition("=")
        if name.lower() == OPTION:
            topic = value
        elif option:
            kept.append(option)
    return (f"{place}?{'&'.join(kept)}" if kept else place), topic


def _names(url: str) -> list[str]:
    return [option.partition("=")[0].lower() for option in url.partition("?")[2].split("&")]


def _is_name(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _server(service: "Any") -> str:
    """Where apprise posts to, without a topic."""
    if service.mode == "cloud":
        return str(service.cloud_notify_url).rstrip("/")
    port = f":{service.port}" if service.port else ""
    return f"{'https' if service.secure else 'http'}://{service.host}{port}"


def _login(service: "Any") -> dict[str, str]:
    """The same login by which apprise posts there."""
    from base64 import b64encode

    if service.mode == "cloud":
        return {}
    if service.auth == "token":
        return {"Authorization": f"Bearer {service.token}"}
    if not service.user:
        return {}
    return {"Authorization": "Basic " + b64encode(f"{service.user}:{service.password or ''}".encode()).decode()}


def _refused(got: "Any") -> Failed:
    from assistant.web.answered import is_passing, retry_after

    said = f"the server answers {got.status} {got.reason}".rstrip()
    if got.status in (401, 403):
        said += "; the login of the channel's URL must be allowed to read the topic of answers"
    passing = is_passing(got.status)
    return Failed(said, permanent=not passing, retry_after=retry_after(got) if passing else None)


def _read(body: bytes, since: str, *, whole: bool) -> Heard | Failed:
    """The messages of a poll, a JSON object a line. One that was cut off is fetched again by the next poll."""
    from assistant.jsontext import load

    lines = body.split(b"\n")
    if not whole:
        lines.pop()
    texts: list[str] = []
    for line in lines:
        try:
            found = load(line.decode()) if 0 < len(line) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            return Failed("the server does not answer as ntfy does; is it one?")
        if not isinstance(found, dict) or found.get("event") != "message":
            continue
        name, text = found.get("id"), found.get("message")
        if isinstance(name, str) and _is_name(name, LONGEST_TOPIC):
            since = name
        if isinstance(text, str):
            texts.append(text.strip())
    return Heard(tuple(texts), {"since": since}, more=not whole and bool(texts))
