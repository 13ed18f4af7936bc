"""What would happen: the tick on a copy of the store in memory, from wake to wake, with stand-ins for its effects."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assistant.app.proving.prepare import schedule_moves, version_of
from assistant.app.proving.stand_ins import StandIns
from assistant.app.proving.store import open_store
from assistant.app.proving.world import Outside, VirtualWorld
from assistant.app.session import Session
from assistant.core.moves import New, Put, Ref
from assistant.core.spec import Spec, read_spec
from assistant.engine.tick import Tick
from assistant.instants import from_text
from assistant.ports.action import ActionOutcome, Call
from assistant.ports.channel import Delivery, SendOutcome
from assistant.store import audit, standing
from assistant.store.idle import next_due
from assistant.store.write import Writing

BUDGET = timedelta(hours=1)
IDLE = 3  # ticks that leave due what was due


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that would happen."""

    at: datetime
    item: int | None
    what: str
    channel: str | None
    text: str
    cost: float | None = None


def simulate(session: Session, length: timedelta, document: dict[str, Any] | None = None) -> list[Entry]:
    """What would happen from now on, in order. Nothing is written but to the copy."""
    return _Simulation(session, document).run(session.now + length)


class _Simulation:
    def __init__(self, session: Session, document: dict[str, Any] | None) -> None:
        self.session = session
        self.outside = Outside(session.now)
        self.outside.stand_in = self._output
        self.con = open_store(content=_copy(session.reading))
        self.entries: list[Entry] = []
        self.documents: dict[int, tuple[Spec, StandIns]] = {}
        if document is not None:
            self._add(document)
        before = audit.rows_of(self.con)
        self._messages = {message.id for message in before.messages}
        self._slots = {(slot.schedule_id, slot.at, slot.count) for slot in before.slots}

    def _add(self, document: dict[str, Any]) -> None:
        """Keep the file in the copy, in the place of what has its name."""
        con, now, name = self.con, self.session.now, document["name"]
        there = standing.newest_version(con, name)
        ref = Ref("workflow")
        with Writing(con, "", now, command="simulate") as writing:
            for schedule in audit.rows_of(con).schedules:
                if (
                    there is not None
                    and schedule.place is not None
                    and schedule.title == name
                    and not schedule.ended_at
                ):
                    ended = {"state": "ended", "ended_at": now, "next_at": None, "reason": "replaced"}
                    writing.apply([Put("schedule", schedule.id, ended, "replaced")])
            writing.apply([New("workflow", ref, version_of(document, there.version + 1 if there else 1, now), "added")])
            made = writing.id_of(ref)
            for place, trigger in enumerate(document.get("on") or ()):
                if "schedule" in trigger:
                    writing.apply(schedule_moves(document, place, made, now, self.session.conventions))

    def run(self, end: datetime) -> list[Entry]:
        """Tick at each wake up to the end."""
        idle = 0
        for tick in range(1, 1_000_000):
            try:
                Tick(self.con, "", self._world(f"simulated {tick}"), BUDGET, None).run()
            finally:
                self.outside.dead.add(f"simulated {tick}")
            text = next_due(self.con)
            at = None if text is None else from_text(text)
            if at is None or at > end:
                break
            idle = idle + 1 if at <= self.outside.now else 0
            if idle >= IDLE:
                break
            self.outside.now = max(at, self.outside.now)
        self._look_back()
        return sorted(self.entries, key=lambda entry: (entry.at, entry.item or 0))

    def _world(self, lease: str) -> VirtualWorld:
        session = self.session
        world = _Recording(self, lease, session.channels, session.zone, session.quiet_hours)
        world.conventions = session.conventions
        world.kept = session.kept
        return world

    def _output(self, kind: str, call: Call) -> Any:
        job = standing_job(self.con, call.job)
        if job is None:
            return None
        if job not in self.documents:
            from assistant.store import due

            document = due.workflow(self.con, job).spec
            whole = {"inputs": {}, "on": [], **document}
            self.documents[job] = (read_spec(document), StandIns(whole, {}, None))
        spec, stand_ins = self.documents[job]
        return stand_ins.output(spec, kind, call)

    def _look_back(self) -> None:
        """What no channel took: messages at the terminal, and slots that did not simply run."""
        rows = audit.rows_of(self.con)
        for message in rows.messages:
            if message.id not in self._messages and message.channel == "terminal" and message.state == "queued":
                self.entries.append(Entry(message.wake_at, message.item, "message", "terminal", message.text))
        titles = {schedule.id: schedule.title for schedule in rows.schedules}
        for slot in rows.slots:
            if (slot.schedule_id, slot.at, slot.count) in self._slots or slot.state == "ran":
                continue
            many = f" ({slot.count} slots)" if slot.count > 1 else ""
            why = f": {slot.reason}" if slot.reason else ""
            text = f"{titles[slot.schedule_id]}{many}{why}"
            self.entries.append(Entry(slot.last, slot.schedule_id, f"slot {slot.state}", None, text))


def _copy(con: sqlite3.Connection) -> bytes:
    """The store as it is, in the journal mode that a store in memory can have (SQLite file format §1.3.3)."""
    content = bytearray(con.serialize())
    content[18] = content[19] = 1
    return bytes(content)


def standing_job(con: sqlite3.Connection, item: int) -> int | None:
    """The version of the job that has a number, or a row."""
    found = [job for job in audit.rows_of(con).jobs if job.number == item] or [
        job for job in audit.rows_of(con).jobs if item in (job.id, job.schedule_id)
    ]
    return found[-1].workflow_id if found else None


class _Recording(VirtualWorld):
    """A world that notes what would have been done in it."""

    def __init__(
        self, simulation: _Simulation, lease: str, channels: tuple[str, ...], zone: str, quiet: str | None
    ) -> None:
        super().__init__(simulation.outside, lease, channels, zone, quiet)
        self._entries = simulation.entries

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        cost = call.action.get("max_cost_usd") if kind == "model" else None
        self._entries.append(Entry(self.outside.now, call.job, kind, None, f"{call.step}: {shown(call.action)}", cost))
        return super().perform(kind, call)

    def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
        self._entries.append(Entry(self.outside.now, delivery.item, "message", channel, delivery.text))
        return super().deliver(channel, delivery)


def shown(action: dict[str, Any]) -> str:
    """An action in one line. Secrets are names in it, never values."""
    from assistant.jsontext import dump

    if "argv" in action:
        return " ".join(map(str, action["argv"]))[:200]
    return ", ".join(f"{name} {value if isinstance(value, str) else dump(value)}" for name, value in action.items())[
        :200
    ]
