"""Workflows as a person handles them: check a file against what they have. Keeps nothing."""

from assistant.app.channels import load_channels
from assistant.app.secrets import list_secrets
from assistant.app.session import Session
from assistant.app.workflow_file.check import Checked, check_file
from assistant.app.workflow_file.findings import Known
from assistant.app.workflow_file.load import LARGEST
from assistant.errors import NotFound
from assistant.jsontext import load
from assistant.store.workflows import workflows_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

MOST_BYTES = 4 * LARGEST + 1  # what a file of the largest size may hold in UTF-8; one more is too large in any case


def check_workflow(session: Session, path: str, stdin: "BinaryIO") -> Checked:
    """Check the file of a path, or stdin for `-`. NotFound where it cannot be read."""
    return check_text(session, text_of(path, stdin), path)


def check_text(session: Session, text: str, path: str) -> Checked:
    """Check the text of the file of a path."""
    return check_file(text, "stdin" if path == "-" else path, known_to(session))


def text_of(path: str, stdin: "BinaryIO") -> str:
    """The text of the file of a path, or of stdin for `-`. NotFound where it cannot be read."""
    if path == "-":
        return _decoded(stdin.read(MOST_BYTES))
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES)
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        raise NotFound(
            f"{path} cannot be read: {getattr(error, 'strerror', error)}.",
            "name a workflow file, or - to read it from stdin",
        ) from error
    return _decoded(data)


def _decoded(data: bytes) -> str:
    """The text; bytes that are no UTF-8 stay visible, so that the check can say where they stand."""
    return data.decode("utf-8", "surrogateescape")


def known_to(session: Session) -> Known:
    """The names that a file may use."""
    con = session.reading
    people = load(session.kept["people"]) if "people" in session.kept else {}
    return Known(
        now=session.now,
        conventions=session.conventions,
        channels=frozenset(load_channels(con)),
        people=frozenset(people),
        secrets=_secrets(session),
        workflows={kept.name: called_by(kept.spec) for kept in workflows_there(con)},
    )


def _secrets(session: Session) -> frozenset[str]:
    """The names of secrets. One of the environment may be written with _ or with -."""
    names = {listed.name for listed in list_secrets(session)}
    return frozenset(names | {name.replace("_", "-") for name in names})


def called_by(spec: "dict[str, Any]") -> tuple[str, ...]:
    """The workflows that a kept one starts, by its steps and their fallbacks.

    >>> called_by({"steps": [{"kind": "workflow", "action": {"name": "child"}}, {"kind": "text", "action": {}}]})
    ('child',)
    """
    names: list[str] = []
    left = list(spec.get("steps", ()))
    while left:
        step = left.pop(0)
        if step.get("kind") == "workflow":
            names.append(step["action"]["name"])
        left += step.get("fallback") or ()
    return tuple(dict.fromkeys(names))
