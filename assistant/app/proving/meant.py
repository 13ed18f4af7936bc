"""The workflow that a person wants proved, with the preferences, people and other workflows that they have."""

from typing import Any, BinaryIO

from assistant.app.proving.prepare import Prepared
from assistant.app.session import Session
from assistant.app.workflow_file.check import Checked
from assistant.app.workflow_file.scalars import resolved
from assistant.app.workflow_graph.meant import workflow_meant
from assistant.app.workflows import called_by
from assistant.core.begin import inputs_of
from assistant.errors import UsageError
from assistant.store.workflows import workflows_there


def checked_file(session: Session, word: str, stdin: BinaryIO) -> Checked:
    """What a check of the file says; the name of a kept workflow may stand for it."""
    return workflow_meant(session, word, stdin)


def prepared(session: Session, document: dict[str, Any], inputs: tuple[str, ...], event: str | None) -> Prepared:
    """All that its stories begin with. UsageError where an input or the event is not one."""
    channels = session.channels if len(session.channels) > 1 else ("file", "terminal")
    given = dict(_input(word) for word in inputs)
    try:
        inputs_of({**document["inputs"], **{n: {**o, "required": False} for n, o in document["inputs"].items()}}, given)
    except ValueError as fault:
        raise UsageError(f"{fault}.", "write --input NAME=VALUE") from None
    return Prepared(
        document,
        kept=session.kept,
        conventions=session.conventions,
        channels=channels,
        quiet_hours=session.quiet_hours,
        others=_others(session, document),
        inputs=given,
        event=_event(event),
    )


def _others(session: Session, document: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The kept workflows that it may start, and those that these may start."""
    there = {kept.name: kept.spec for kept in workflows_there(session.reading)}
    found: dict[str, dict[str, Any]] = {}
    left = list(called_by(document))
    while left:
        name = left.pop()
        if name in there and name not in found and name != document["name"]:
            found[name] = there[name]
            left += called_by(there[name])
    return tuple(found.values())


def _input(word: str) -> tuple[str, Any]:
    name, equals, text = word.partition("=")
    if not equals or not name:
        raise UsageError(f"{word!r} is no input.", "write --input NAME=VALUE")
    if text[:1] in ("[", "{"):
        return name, _json(text, "--input NAME=[1, 2]")
    try:
        return name, resolved(text)
    except ValueError:
        return name, text


def _event(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    found = _json(text, """--event '{"title": "vendor call"}'""")
    if not isinstance(found, dict):
        raise UsageError(f"{text!r} is no map.", """write --event '{"title": "vendor call"}'""")
    return found


def _json(text: str, example: str) -> Any:
    from assistant.jsontext import load

    try:
        return load(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no JSON: {error}.", f"write {example}") from None
