"""The workflow that a person means to see: a file, stdin, or one that is kept."""

import os
from typing import BinaryIO

from assistant.app.session import Session
from assistant.app.workflow_file.check import Checked
from assistant.app.workflows import check_workflow
from assistant.errors import NotFound
from assistant.store.workflows import workflows_there

SHOWN = 80


def workflow_meant(session: Session, word: str, stdin: BinaryIO) -> Checked:
    """What a check of the file says, or the kept form of a name. A path that is there wins; NotFound for others."""
    if word == "-" or (os.path.exists(word) and not os.path.isdir(word)):
        return check_workflow(session, word, stdin)
    kept = {one.name: one.spec for one in workflows_there(session.reading)}
    if word in kept:
        return Checked(ok=True, errors=(), document=kept[word])
    if "/" in word or word.endswith((".yaml", ".yml")):
        return check_workflow(session, word, stdin)  # which says why it cannot be read
    raise _not_found(word, list(kept))


def _not_found(word: str, names: list[str]) -> NotFound:
    from difflib import get_close_matches

    near = next(iter(get_close_matches(word[:SHOWN], names, 1)), None)
    none = "name a workflow file, or - to read one from stdin"
    hint = f"did you mean {near}?" if near else f"there are {', '.join(names[:10])}; or {none}" if names else none
    return NotFound(f"There is no workflow {word[:SHOWN]!r}, and no such file.", hint)
