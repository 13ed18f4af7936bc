"""The rows of workflows that a person keeps. Reads only."""

import sqlite3

from assistant.jsontext import load
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class KeptWorkflow(Value):
    """The newest version of a workflow that was not removed; `spec` is its kept form."""

    __slots__ = ("name", "spec", "version")
    name: str
    spec: "dict[str, Any]"
    version: int


def workflows_there(con: sqlite3.Connection) -> list[KeptWorkflow]:
    """All workflows that are there, by name, each in its newest version."""
    found = con.execute(
        """
        select name, spec, max(version)
        from workflow
        where state <> 'removed'
        group by name
        order by name
        """
    )
    return [KeptWorkflow(name, load(spec), version) for name, spec, version in found]
