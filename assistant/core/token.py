"""The one-time token by which one answer to one request comes back from a channel. Keeps no key, and sends nothing.

`31-approve-…`: the number of the request, the verb, and a code (HMAC, RFC 2104, with SHA-256) over what was asked.
Nobody makes one without the key; and what was edited or asked anew since has another one.
"""

from datetime import datetime, timedelta

from assistant.instants import to_text
from assistant.jsontext import dump
from assistant.ports.records import Request
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.ports.channel import Asked

CODE_BYTES = 20  # 160 bits: 32 letters
LONGEST = 80  # characters of a token
SNOOZE = timedelta(hours=1)
VERBS = {
    "approval": ("approve", "deny", "snooze"),
    "ack": ("done", "ack", "snooze"),
    "failure": ("done", "snooze"),
    "input": ("snooze",),
    "unknown": ("happened", "didnot", "snooze"),
}
# The reasons to ask that are no demand of the person, nor of the floor under all workflow files.
WORKFLOW_ASKS = "its workflow asks"
BUDGET_SPENT = "its error budget is spent"
OUTSIDE = frozenset({"mail", "http"})
LABELS = {
    "approve": "Approve", "deny": "Deny", "done": "Done", "ack": "Seen", "snooze": "In 1 hour",
    "happened": "It happened", "didnot": "It did not",
}  # fmt: skip


class Claim(Value):
    """What a token says of itself; nothing of it holds before its code was checked."""

    __slots__ = ("request", "verb", "code")
    request: int
    verb: str
    code: str


def verbs_of(request: Request, now: datetime) -> tuple[str, ...]:
    """What can be answered to a request from a channel, while it is open."""
    if request.state != "open" or (request.expires_at is not None and request.expires_at <= now):
        return ()
    verbs = VERBS[request.kind]
    if request.kind == "input" and request.step_id is None:
        verbs = ("done", *verbs)
    if request.expires_at is not None and request.expires_at <= now + SNOOZE:
        verbs = tuple(verb for verb in verbs if verb != "snooze")
    return verbs


def is_grave(asked: "Request | Asked") -> bool:
    """Whether what is to be approved goes to the outside, or is what the person demands to be asked about.

    Such an approval never goes where others may read: over a server's topic it can be denied or put off, no more.
    """
    proposal = asked.proposal if isinstance(asked.proposal, dict) else {}
    own = (asked.because or "").startswith((WORKFLOW_ASKS, BUDGET_SPENT))
    return asked.kind == "approval" and (proposal.get("action") in OUTSIDE or not own)


def token_of(key: bytes, request: Request, verb: str) -> str:
    """The token of one answer to a request as it is asked now."""
    from base64 import b32encode
    from hmac import digest

    asked = [
        request.id, request.kind, verb, request.proposal, request.hash, request.because, request.title,
        request.job_id, request.step_id, to_text(request.created_at),
        to_text(request.expires_at) if request.expires_at is not None else None,
    ]  # fmt: skip
    code = digest(key, dump(asked).encode("utf-8", "surrogatepass"), "sha256")[:CODE_BYTES]
    return f"{request.id}-{verb}-{b32encode(code).decode().lower()}"


def read_token(text: str) -> Claim | None:
    """What a text claims to be; None where it cannot be a token.

    >>> read_token("31-approve-abc")
    Claim(request=31, verb='approve', code='abc')
    >>> read_token("31 approve") is read_token("٣-done-a") is read_token("1-cancel-a") is None
    True
    """
    number, _, rest = text.partition("-")
    verb, _, code = rest.partition("-")
    if len(text) > LONGEST or not text.isascii() or not number.isdigit() or len(number) > 15:
        return None
    return Claim(int(number), verb, code) if verb in LABELS and code else None


def fits(text: str, key: bytes, request: Request, verb: str) -> bool:
    """Whether a text is the token of this answer; how long it takes says nothing of where it differs."""
    from hmac import compare_digest

    return compare_digest(text.encode("utf-8", "surrogatepass"), token_of(key, request, verb).encode())


def name_of(text: str) -> str:
    """The name under which the journal knows a token that was used; nobody can make the token of it."""
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
