"""The action `mail_draft: {to, subject, body}`: a draft as a local `.eml` file (RFC 5322) for any mail program.

It lies in `drafts/` of the home folder under a name made of its key, with a Message-ID made of the same: a draft that
was written twice is one, and whether it was written can be looked up.
"""

import os

from assistant.actions.effects import sync_folder
from assistant.actions.secret_values import Unusable, plain_text
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.message import EmailMessage
    from typing import Any

FOLDER = "drafts"


class DraftAction:
    """Writes one draft a call."""

    def perform(self, call: Call) -> ActionOutcome:
        """Write the draft, whole or not at all."""
        try:
            data = bytes(_message(call))
        except (Unusable, ValueError) as error:
            return NotDone(f"the draft cannot be written: {error}", permanent=True)
        path = _path(call)
        try:
            _write(path, data)
        except OSError as error:
            return NotDone(f"{path}: {error.strerror}")
        return Done(_output(call))

    def probe(self, call: Call) -> ActionOutcome:
        """Whether the draft is there."""
        try:
            os.stat(_path(call))
        except FileNotFoundError:
            return NotDone("the draft was not written")
        except OSError as error:
            return Unsure(f"{error.filename}: {error.strerror}")
        return Done(_output(call))


def _message(call: Call) -> "EmailMessage":
    from email.message import EmailMessage
    from email.policy import SMTPUTF8

    action = call.action
    made = EmailMessage(policy=SMTPUTF8)
    made["Message-ID"] = _message_id(call)
    made["To"] = ", ".join(_addresses(action.get("to")))
    made["Subject"] = _line(action.get("subject"), "subject")
    made["X-Unsent"] = "1"  # mail programs open it for sending
    made.set_content(plain_text(action.get("body"), "mail_draft.body"))
    return made


def _addresses(to: "Any") -> list[str]:
    found = [_line(one, "to") for one in (to if isinstance(to, list) else [to])]
    for address in found:
        if "@" not in address:
            raise Unusable(f"mail_draft.to is {address!r:.60}, which is no mail address")
    return found


def _line(value: "Any", name: str) -> str:
    """A text that stands in a header: in one line, so that nobody smuggles in another header."""
    return " ".join(plain_text(value, f"mail_draft.{name}").split())


def _write(path: str, data: bytes) -> None:
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    half = f"{path}.half"
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, path)
    sync_folder(folder)


def _output(call: Call) -> "dict[str, str]":
    return {"message_id": _message_id(call), "path": _path(call)}


def _message_id(call: Call) -> str:
    return f"<{_name(call)}@ask.invalid>"


def _path(call: Call) -> str:
    return os.path.join(call.home, FOLDER, f"{_name(call)}.eml")


def _name(call: Call) -> str:
    from hashlib import sha256

    return sha256(call.key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
