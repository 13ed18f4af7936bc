"""What all stories of one workflow begin with: a store that keeps it, the ways in which it starts, its stand-ins."""

from datetime import datetime, timedelta
from typing import Any

from assistant.app.proving.feed import URLS, source_of
from assistant.app.proving.stand_ins import StandIns
from assistant.app.proving.store import Connection, open_store
from assistant.app.proving.story import Start
from assistant.app.proving.uses import Uses
from assistant.app.proving.world import START, Outside
from assistant.core.moves import Move, New, Ref
from assistant.core.spec import Spec, read_spec
from assistant.jsontext import dump
from assistant.store.reset import Content, content_of, open_to_resets, reset
from assistant.store.write import Writing
from assistant.when import rule, zone
from assistant.when.values import Conventions

SOURCE_EVERY = 6 * 3600  # seconds; one that is down for days is looked at in vain, which looks the same each time


class Prepared:
    """One workflow, ready to be played. `others` are the documents of workflows that it may start."""

    def __init__(
        self,
        document: dict[str, Any],
        kept: dict[str, str] | None = None,
        conventions: Conventions | None = None,
        channels: tuple[str, ...] = ("file", "terminal"),
        quiet_hours: str | None = None,
        others: tuple[dict[str, Any], ...] = (),
        inputs: dict[str, Any] | None = None,
        event: dict[str, Any] | None = None,
    ) -> None:
        self.document = document
        self.conventions = conventions or Conventions("UTC")
        self.channels = channels
        self.quiet_hours = quiet_hours
        self.now: datetime = START
        kept = dict(kept or {})
        people = _people(kept)
        self.stand_ins = StandIns(document, people, event)
        self.people = self.stand_ins.people
        if self.people:
            kept["people"] = dump(self.people)
        self.kept = kept
        self.others = others
        self.specs: dict[str, Spec] = {one["name"]: read_spec(one) for one in (document, *others)}
        self.sources = tuple(sorted(self._sources()))
        self.starts = tuple(self._starts(inputs or {}))
        self.versions: dict[int, Spec] = {}  # by their rows, which are the same in all stories
        self._con: Connection | None = None
        self._contents: dict[int | None, Content] = {}

    def open(self, start: Start, outside: Outside) -> Connection:
        """The store that a story of that start begins with; it takes the place of the one before it.

        One connection for all: what it knows of the schema and of statements stays, which is most of a story's cost.
        """
        if self._con is None:
            self._con = open_store()
            open_to_resets(self._con)
        self._con.outside = None
        if self._con.in_transaction:
            self._con.execute("rollback")
        reset(self._con, self._content(start))
        self._con.outside = outside
        return self._con

    def _content(self, start: Start) -> Content:
        place = start.place if start.how == "slot" else None
        if place not in self._contents:
            self._contents[place] = self._kept_store(place)
        return self._contents[place]

    def _starts(self, inputs: dict[str, Any]) -> "list[Start]":
        found = []
        if not self._needs_event():
            found.append(Start("hand", "started by hand", inputs=self.stand_ins.inputs(inputs)))
        for place, trigger in enumerate(self.document.get("on") or ()):
            if "schedule" in trigger:
                words = f"started by its schedule ({trigger['schedule']['text']})"
                found.append(Start("slot", words, place))
            else:
                data = self.stand_ins.event(trigger)
                how = "event" if source_of(trigger["event"]) is None else "source"
                found.append(Start(how, f"started by {trigger['event']}", place, event=trigger["event"], data=data))
        return found

    def _sources(self) -> set[str]:
        """The sources that tell what it is started by, or waits for."""
        found = {source_of(trigger["event"]) for trigger in self.document.get("on") or () if "event" in trigger}
        for spec in self.specs.values():
            for step in spec.steps:
                if step.kind == "wait" and "event" in step.action:
                    found.add(source_of(step.action["event"]))
        return {name for name in found if name is not None}

    def _needs_event(self) -> bool:
        """Whether the steps name the event that started the job: then nobody starts it by hand."""
        if not any("event" in trigger for trigger in self.document.get("on") or ()):
            return False
        uses = Uses([_without_where(step) for step in self.document["steps"]])
        return any(path == "event" or path.startswith("event.") for path in uses.paths)

    def _kept_store(self, place: int | None) -> Content:
        con = open_store()
        with Writing(con, "", self.now, command="workflow add") as writing:
            writing.apply(list(self._workflow_moves()))
            writing.apply([_removed_source(name, self.now) for name in self.sources])
        if place is not None:
            with Writing(con, "", self.now, command="workflow add") as writing:
                writing.apply(schedule_moves(self.document, place, 1, self.now, self.conventions))
        made = content_of(con)
        con.close()
        return made

    def _workflow_moves(self) -> "list[Move]":
        made: list[Move] = []
        for number, one in enumerate((self.document, *self.others)):
            ref = Ref(f"workflow:{number}")
            made.append(New("workflow", ref, version_of(one, 1, self.now), "workflow added"))
        return made


def version_of(document: dict[str, Any], version: int, now: datetime) -> dict[str, Any]:
    """The row of a version of a workflow."""
    return {
        "name": document["name"], "version": version, "spec": document, "hash": f"{version}:{dump(document)}",
        "state": "active", "created_at": now,
    }  # fmt: skip


def schedule_moves(
    document: dict[str, Any], place: int, workflow_id: int, now: datetime, conventions: Conventions
) -> list[Move]:
    """The schedule of one trigger, with its next slot."""
    trigger = document["on"][place]
    kept = trigger["schedule"]
    number, ref = Ref("number"), Ref("schedule")
    first = zone.to_instant(datetime.fromisoformat(kept["wall"]), kept["zone"])
    if kept["rule"]:
        first = rule.next_after(kept["rule"], now - timedelta(seconds=1), kept["zone"], conventions) or first
    values = {
        "id": number, "workflow_id": workflow_id, "title": document["name"], "state": "active", "rule": kept["rule"],
        "wall": kept["wall"], "zone": kept["zone"], "floating": 0, "next_at": first, "inputs": {},
        "if_late": trigger.get("if_late", "run"), "useless_after": trigger.get("useless_after"),
        "priority": document.get("priority", "normal"), "tags": [], "created_at": now, "place": place,
    }  # fmt: skip
    return [
        New("number", number, {"kind": "schedule"}, "schedule has a number"),
        New("schedule", ref, values, "schedule of a workflow"),
    ]


def _removed_source(name: str, now: datetime) -> Move:
    """A source that is not looked at until it has something to tell: a story must come to its end."""
    values = {
        "name": name, "url": URLS[name], "every": SOURCE_EVERY, "added_at": now, "removed_at": now, "poll_at": now,
        "wake_at": now,
    }  # fmt: skip
    return New("source", Ref(f"source:{name}"), values, "source added")


def _people(kept: dict[str, str]) -> dict[str, Any]:
    from assistant.jsontext import load

    found = load(kept["people"]) if kept.get("people") else {}
    return found if isinstance(found, dict) else {}


def _without_where(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_where(value) for name, value in part.items() if name != "where"}
    return [_without_where(value) for value in part] if isinstance(part, list) else part
