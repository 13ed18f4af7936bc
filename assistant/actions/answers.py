"""What an answer over HTTP means, and what of it is kept. Asks nobody.

2xx is done. 408, 425, 429 and 5xx are worth another try, after Retry-After; other 4xx are not. A redirect of a request
that changes things is not followed: 307 and 308 say that nothing was done, 301, 302 and 303 may follow a deed.
"""

from assistant.actions.reading import as_json, decoded, size
from assistant.actions.secret_values import SecretValues
from assistant.ports.action import ActionOutcome, Done, NotDone, Unsure
from assistant.web.answered import MOVED, READS, is_passing, retry_after, shown
from assistant.web.exchange import Answer, Asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEFT_UNDONE = frozenset({307, 308})  # RFC 9110 §15.4: the request is to be made again elsewhere, as it was
DOWN = frozenset({502, 503, 504})  # nobody is there who could do it


def outcome_of(
    name: str, got: Answer, asked: Asked, secrets: SecretValues, permanent: tuple[int, ...] = ()
) -> ActionOutcome:
    """What came of a request, with no secret in it. `permanent` statuses are not tried again."""
    if 200 <= got.status < 300 or (got.status == 304 and asked.method in READS):
        return Done(_output(got, secrets))
    said = secrets.hide(f"{name} answers {got.status} {got.reason}".rstrip() + _last_words(got), cut=not got.whole)
    if is_passing(got.status):
        return NotDone(said, got.status in permanent, retry_after(got), down=got.status in DOWN)
    if got.status in MOVED:
        where = secrets.hide(shown(got.headers.get("location", "")))
        said = f"{said}, and names {where or 'no other place'}"
        if asked.method in READS or got.status in LEFT_UNDONE:
            return NotDone(f"{said}; write that URL", permanent=True)
        return Unsure(f"{said}: a redirect of {asked.method} is not followed")
    if 300 <= got.status < 500:
        return NotDone(said, permanent=True)
    return Unsure(f"{said}, which is no status")


def _output(got: Answer, secrets: SecretValues) -> "dict[str, Any]":
    text, readable = decoded(got.body, _charset(got.headers.get("content-type", "")))
    notes: list[str] = []
    if not got.whole:
        notes.append(f"text: the first {size(len(got.body))} are kept")
    elif not readable:
        notes.append(f"text: {size(len(got.body))} that are no text; what cannot be read stands as U+FFFD")
    return {
        "status": got.status,
        "headers": secrets.hide_all({name: _encodable(value) for name, value in got.headers.items()}),
        "text": secrets.hide(text, cut=not got.whole),
        "json": secrets.hide_all(as_json(text)) if got.whole else None,
        "notes": notes,
    }


def _encodable(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _last_words(got: Answer) -> str:
    """The first line of what stands in the answer, where it is text that a person could read."""
    if got.headers.get("content-type", "").partition(";")[0].strip().lower() == "text/html":
        return ""
    text, _ = decoded(got.body, _charset(got.headers.get("content-type", "")))
    line = text.strip().partition("\n")[0].strip()
    return f": {line[:200]}" if line and line.isprintable() else ""


def _charset(content_type: str) -> str:
    """The charset that a content type names.

    >>> _charset('text/plain; charset="latin-1"'), _charset("application/json")
    ('latin-1', 'utf-8')
    """
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return value.strip().strip("\"'")
    return "utf-8"
