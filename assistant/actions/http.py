"""The action `http: {method, url, headers, json, body}`: one request, with the key as `Idempotency-Key`.

A refused connection and an unresolved name are worth another try. What was cut off after the first byte of the request
may have taken effect. Redirects are followed for GET and HEAD only, at most five, and never from the internet into
this machine or its networks. A probe is a request too: 2xx, it happened; 404 or 410, it did not.
"""

from assistant.actions.secret_values import SecretValues, Unusable, is_secret, named, plain_text
from assistant.errors import Locked, Missing
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.web.exchange import Answer, Asked

FOLLOWED = 5
GONE = frozenset({404, 410})  # what a probe takes for "it did not happen"
PRIVATE = frozenset({"authorization", "cookie", "proxy-authorization"})


class Order(Value):
    """A request, and which of its headers only the first host may see."""

    __slots__ = ("asked", "private")
    asked: "Asked"
    private: frozenset[str]


class Got(Value):
    """What was answered, to which question."""

    __slots__ = ("answer", "asked", "name")
    answer: "Answer"
    asked: "Asked"
    name: str


class HttpAction:
    """Makes one request a call. `is_public` says of an address or a name whether it is one of the internet."""

    def __init__(self, is_public: "Callable[[str], bool] | None" = None) -> None:
        self._is_public = is_public

    def perform(self, call: Call) -> ActionOutcome:
        """Ask, and say what the answer means."""
        from assistant.actions.answers import outcome_of

        secrets = SecretValues(call.secrets)
        got = self._ask(call, secrets)
        if not isinstance(got, Got):
            return got
        return outcome_of(got.name, got.answer, got.asked, secrets, call.permanent)

    def probe(self, call: Call) -> ActionOutcome:
        """Ask whether it happened: 2xx, it did; 404 or 410, it did not; anything else, nobody knows."""
        got = self._ask(call, SecretValues(call.secrets))
        if not isinstance(got, Got):
            return Unsure(f"the probe {got.error}")
        said = f"the probe {got.name} answers {got.answer.status}"
        if 200 <= got.answer.status < 300:
            return Done()
        return NotDone(said) if got.answer.status in GONE else Unsure(said)

    def _ask(self, call: Call, secrets: SecretValues) -> "Got | NotDone | Unsure":
        try:
            order = _order(call, secrets)
        except (Unusable, Missing) as error:
            hint = getattr(error, "hint", None)
            return NotDone(f"{error}; {hint}" if hint else str(error), permanent=not isinstance(error, Locked))
        return self._follow(call, order, secrets)

    def _follow(self, call: Call, order: Order, secrets: SecretValues) -> "Got | NotDone | Unsure":
        from time import monotonic

        from assistant.web import connection, exchange
        from assistant.web.answered import shown

        is_public = self._is_public or connection.is_public
        until = monotonic() + call.timeout.total_seconds()
        inside_too = True  # whether it may be asked of this machine and its networks
        for _hop in range(FOLLOWED + 1):
            asked = order.asked
            name = f"{asked.method} {secrets.hide(shown(asked.url))}"
            if not inside_too and not is_public(_host(asked.url)):
                return NotDone(f"{name} is where a host of the internet sends us; not followed", permanent=True)
            may_ask = _anybody if inside_too else is_public
            got = exchange.exchange(asked, max(0.0, until - monotonic()), may_ask, call.stop)
            if isinstance(got, exchange.Failed):
                said = secrets.hide(f"{name}: {got.reason}")
                if got.went_out:
                    return Unsure(said)
                return NotDone(said, permanent=got.permanent, down=not got.permanent)
            where = _redirect(got, asked)
            if where is None:
                return Got(got, asked, name)
            inside_too = inside_too and not is_public(got.peer or _host(asked.url))
            order = _moved(order, where)
        return NotDone(f"{name}: more than {FOLLOWED} redirects", permanent=True)


def _order(call: Call, secrets: SecretValues) -> Order:
    from assistant.web.exchange import Asked

    action = call.action
    given = named(action.get("headers"), "headers")
    headers = {name: _header(secrets.text(value, f"headers.{name}"), name) for name, value in given.items()}
    lower = {name.lower() for name in given}
    private = PRIVATE | {name.lower() for name, value in given.items() if is_secret(value)}
    body, kind = _body(action)
    if kind and "content-type" not in lower:
        headers["Content-Type"] = kind
    if "idempotency-key" not in lower:
        headers["Idempotency-Key"] = _as_header(call.key)
    if "user-agent" not in lower:
        headers["User-Agent"] = "ask"
    method = str(action.get("method") or ("GET" if body is None else "POST")).upper()
    if not method.isascii() or not method.isalpha():
        raise Unusable(f"http.method is {method!r:.40}, which is none")
    return Order(Asked(method, _url(action.get("url")), headers, body), private)


def _body(action: "dict[str, Any]") -> tuple[bytes | None, str | None]:
    if action.get("body") is not None:
        if action.get("json") is not None:
            raise Unusable("http has a json and a body; a request has one of them")
        if is_secret(action["body"]):
            raise Unusable("http.body is a secret; headers can take one")
        return plain_text(action["body"], "http.body").encode("utf-8", "replace"), "text/plain; charset=utf-8"
    if "json" not in action:
        return None, None
    from assistant.jsontext import dump

    try:
        return dump(action["json"]).encode("utf-8", "replace"), "application/json"
    except TypeError as error:
        raise Unusable(f"http.json: {error}") from error


def _url(url: "Any") -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or any(letter <= " " or letter == "\x7f" for letter in url):
        raise Unusable(f"http.url is {url!r:.120}, which is no URL of http: or https:")
    if "@" in parts.netloc:
        raise Unusable(
            f"http.url names a user at {parts.hostname}; headers: {{Authorization: {{secret: NAME}}}} keeps it secret"
        )
    return str(url)


def _header(value: str, name: str) -> str:
    value = value.strip()
    if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
        raise Unusable(f"headers.{name!r:.40} is no name of a header")
    if any((letter < " " and letter != "\t") or letter == "\x7f" for letter in value):
        raise Unusable(f"headers.{name} has more than one line")  # and never what it is: it may be a secret
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        raise Unusable(f"headers.{name} has letters that no header can bear") from None
    return value


def _as_header(key: str) -> str:
    """The key as a header can bear it."""
    from urllib.parse import quote

    return quote(key.encode("utf-8", "replace"), safe="/:;,.+-_=@!*'()~#$&?[]|{}<>^`\"\\")


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url).hostname or ""


# Redirects


def _redirect(got: "Answer", asked: "Asked") -> str | None:
    """Where a question that changes nothing is to be asked instead; None where this is the answer."""
    from urllib.parse import urljoin

    from assistant.web.answered import MOVED, READS

    where = got.headers.get("location")
    if got.status not in MOVED or asked.method not in READS or not where:
        return None
    try:
        return _url(urljoin(asked.url, where))
    except (Unusable, ValueError):
        return None


def _moved(order: Order, where: str) -> Order:
    """The same question elsewhere. Another host sees nothing that was meant for the first."""
    headers = order.asked.headers
    if _origin(where) != _origin(order.asked.url):
        headers = {name: value for name, value in headers.items() if name.lower() not in order.private}
    return order.replace(asked=order.asked.replace(url=where, headers=headers, body=None))


def _origin(url: str) -> tuple[str, str | None, int]:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _anybody(_address: str) -> bool:
    return True
