"""What an export holds beside tasks and reminders, taken in: preferences, channels, sources, and workflows.

What is here already stands. Secrets are in no export, nor are URLs that hold one: what lacks them is told, not made.
"""

from assistant.app import channels, prefs, source_rows
from assistant.app.session import Session
from assistant.app.workflow_keep import hash_of
from assistant.core.moves import New, Ref
from assistant.errors import AskError
from assistant.instants import from_text
from assistant.store import workflows
from assistant.store.write import Writing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Row = dict[str, Any]

HIDDEN = ("****", "…")  # what stands in an export where a URL may hold a secret


class SetUp(Value):
    """How many of each were made, how many were here, what could not be made and why, and which version is which."""

    __slots__ = ("made", "known", "left_out", "versions")
    made: "dict[str, int]"
    known: int
    left_out: tuple[str, ...]
    versions: "dict[int, int]"  # row in the export -> row here, of the workflows that were made


class Taking:
    """One import of what is set up, in the open transaction."""

    def __init__(self, session: Session, writing: Writing) -> None:
        self.made = {"preferences": 0, "channels": 0, "sources": 0, "workflows": 0}
        self.known = 0
        self.left_out: list[str] = []
        self.versions: dict[int, int] = {}
        self._session = session
        self._writing = writing

    def take(self, tables: "dict[str, list[Row]]") -> SetUp:
        """Take in all of it: what others name comes before what names it."""
        for kind, take_in in (("channel", self._channel), ("source", self._source), ("preference", self._preference)):
            for row in tables.get(kind, []):
                if row.get("removed_at") is None:
                    self._one(kind, row, take_in)
        self._workflows(tables.get("workflow", []))
        return SetUp(self.made, self.known, tuple(self.left_out), self.versions)

    def _one(self, kind: str, row: "Row", take_in: "Callable[[Row], bool]") -> None:
        try:
            if take_in(row):
                self.made[f"{kind}s"] += 1
            else:
                self.known += 1
        except AskError as error:
            self.left_out.append(f"{kind} {row['name']}: {error.message} {error.hint or ''}".strip())

    def _channel(self, row: "Row") -> bool:
        return channels.take_in(self._writing, row["name"], _url("channel", row))

    def _source(self, row: "Row") -> bool:
        return source_rows.take_in(self._writing, row["name"], _url("source", row), row["every"])

    def _preference(self, row: "Row") -> bool:
        return prefs.take_in(self._session, self._writing, row["name"], row["value"])

    def _workflows(self, rows: "list[Row]") -> None:
        """All versions of each; one that names another is taken in after that one."""
        wanted: dict[str, list[Row]] = {}
        for row in sorted(rows, key=lambda row: row["version"]):
            if row.get("text") is not None:
                wanted.setdefault(row["name"], []).append(row)
        gone = [name for name, versions in wanted.items() if all(row["state"] == "removed" for row in versions)]
        here = [name for name in wanted if name not in gone and workflows.versions(self._writing.con, name)]
        self.known += len(here)
        left = {name: versions for name, versions in wanted.items() if name not in (*gone, *here)}
        faults: dict[str, str] = {}
        while left:
            faults = {name: self._workflow(versions) for name, versions in left.items()}
            if all(faults.values()):
                break
            left = {name: versions for name, versions in left.items() if faults[name]}
        self.left_out += [f"workflow {name}: {faults[name]}" for name in left]

    def _workflow(self, rows: "list[Row]") -> str:
        """Keep the versions of a workflow, each as a check of its file reads it; what is wrong with the current one."""
        from assistant.app.workflows import check_text

        current = [row for row in rows if row["state"] != "removed"][-1]
        checked = {row["id"]: check_text(self._session, row["text"], row["name"]) for row in rows}
        fault = next((error.message for error in checked[current["id"]].errors), "")
        if fault:
            return fault
        for row in rows:
            document = checked[row["id"]].document
            if document is None or document["name"] != row["name"]:
                continue  # an old version that this ask would not take
            values = {
                "name": row["name"], "version": row["version"], "spec": document, "hash": hash_of(document),
                "state": row["state"], "created_at": from_text(row["created_at"]), "text": row["text"],
            }  # fmt: skip
            ref = Ref(f"workflow:{row['id']}")
            self._writing.apply([New("workflow", ref, values, "taken in from an export")])
            self.versions[row["id"]] = self._writing.id_of(ref)
        self.made["workflows"] += 1
        return ""


def _url(kind: str, row: "Row") -> str:
    url: str = row["url"]
    if any(mark in url for mark in HIDDEN):
        raise AskError("its URL may hold a secret and is not in the export.", f"ask {kind} add {row['name']} URL")
    return url
