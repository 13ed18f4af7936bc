"""Keep a workflow file in the store of a story, as its check reads it."""

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.app.workflow_file.check import check_file
from assistant.app.workflow_file.findings import Known
from assistant.core.moves import New, Ref
from assistant.jsontext import dump
from assistant.store.connection import connect
from assistant.store.write import Writing
from assistant.when.values import Conventions

if TYPE_CHECKING:
    from tests.conftest import Ask


def keep_workflow(ask: "Ask", file: str) -> None:
    """Its file must have no faults."""
    now = datetime.fromisoformat(ask.environment["ASK_NOW"]).astimezone(UTC)
    known = Known(now, Conventions("Europe/Berlin"), frozenset({"terminal", "out"}))
    checked = check_file(file, "test.yaml", known)
    assert checked.document is not None, checked.errors
    document = checked.document
    values = {
        "name": document["name"], "version": 1, "spec": document, "hash": dump(document), "state": "active",
        "created_at": now, "text": file,
    }  # fmt: skip
    with closing(connect(str(ask.home))) as con, Writing(con, "", now, command="workflow add") as writing:
        writing.apply([New("workflow", Ref("workflow"), values, "workflow added")])
