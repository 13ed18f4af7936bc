"""Jobs of whole workflows in a virtual world: keep a file, start it, let time go by, look at what became of it."""

from collections import deque
from datetime import datetime, timedelta
from typing import Any

from assistant.app.workflow_file.check import check_file
from assistant.app.workflow_file.findings import Known
from assistant.core.happened import Answered, Happened
from assistant.core.moves import New, Ref
from assistant.engine.counts import Counts
from assistant.engine.events import Routed, keep_event, route
from assistant.engine.starting import Made, Wanted, make_job
from assistant.engine.tick import Tick
from assistant.jsontext import dump
from assistant.ports.records import Job, Message, Request, Step
from assistant.store import due, standing
from assistant.store.idle import next_due
from assistant.store.rows import select
from assistant.store.write import Writing
from assistant.when.values import Conventions
from tests.fold import check_fold
from tests.person import surroundings, tell
from tests.world import BERLIN, START, Connection, Outside, VirtualWorld, open_store

BUDGET = timedelta(hours=1)


class Flow:
    """One store with workflows in it, and the world around it."""

    people: frozenset[str] = frozenset()  # whom a file may name

    def __init__(self, *files: str, zone: str = "UTC", **kept: str) -> None:
        self.outside = Outside()
        self.con: Connection = open_store(self.outside)
        self.zone = zone
        self.kept = kept
        self.ticks = 0
        for file in files:
            self.add(file)

    def world(self, lease: str = "me") -> VirtualWorld:
        """A worker's view of the world."""
        world = VirtualWorld(self.outside, lease, zone=self.zone)
        world.kept = dict(self.kept)
        return world

    def add(self, file: str) -> int:
        """Keep a workflow; its file must have no faults."""
        names = {row[0]: () for row in self.con.execute("select name from workflow")}
        known = Known(
            START, Conventions(self.zone), frozenset({"terminal", "file"}), workflows=names, people=self.people
        )
        checked = check_file(file, "test.yaml", known)
        assert checked.document is not None, checked.errors
        document = checked.document
        known_as = "select id from workflow where name = ? and hash = ?"
        there_already = self.con.execute(known_as, (document["name"], dump(document))).fetchone()
        if there_already is not None:
            return int(there_already[0])
        with Writing(self.con, "", self.outside.now, command="workflow add") as writing:
            ref = Ref("workflow")
            there = self.con.execute(
                "select coalesce(max(version), 0) from workflow where name = ?", (document["name"],)
            ).fetchone()[0]
            values = {
                "name": document["name"], "version": there + 1, "spec": document, "hash": dump(document),
                "state": "active", "created_at": writing.now, "text": file,
            }  # fmt: skip
            writing.apply([New("workflow", ref, values, "workflow added")])
            return writing.id_of(ref)

    def run(self, name: str, key: str | None = None, /, **inputs: Any) -> Made:
        """Start a job by hand."""
        workflow = standing.newest_version(self.con, name)
        assert workflow is not None
        around = surroundings(self.con, self.world())
        count = self.con.execute("select count(*) from job").fetchone()[0]
        spec = around.spec(workflow.id)
        overlap = "supersede" if spec.overlap == "supersede" else "allow"
        with Writing(self.con, "", self.outside.now, command="run") as writing:
            return make_job(writing, around, Wanted(workflow, inputs, key, f"run-{count}", overlap=overlap), 0.5)

    def emit(self, name: str, key: str | None = None, /, **data: Any) -> Routed:
        """Send an event."""
        around = surroundings(self.con, self.world())
        with Writing(self.con, "", self.outside.now, command="emit") as writing:
            kept = keep_event(writing, name, key, data)
            if kept.duplicate:
                return Routed((), ())
            return route(writing, around, kept.event, Counts(), 0.5)

    def tick(self, lease: str | None = None) -> Counts:
        """One tick."""
        self.ticks += 1
        return Tick(self.con, "", self.world(lease or f"tick{self.ticks}"), BUDGET, None).run()

    def until(self, at: datetime) -> None:
        """Tick at each wake time up to an instant."""
        for _ in range(2000):
            self.tick()
            text = next_due(self.con)
            wake = None if text is None else datetime.fromisoformat(text)
            if wake is None or wake > at:
                break
            if wake <= self.outside.now:
                raise AssertionError("a tick left something that was due")
            self.outside.now = wake
        self.outside.now = max(at, self.outside.now)
        check_fold(self.con)

    def go(self, **time: float) -> None:
        """Let time go by, with a tick whenever something is due."""
        self.until(self.outside.now + timedelta(**time))

    def answer(self, word: str, given: Any = None, **edits: Any) -> None:
        """Answer the oldest open question."""
        request = self.requests()[0]
        assert request.job_id is not None
        tell(self.con, self.world(), request.job_id, Answered(request, word, given, edits or None))

    def tell(self, job_id: int, happened: Happened) -> None:
        """Tell a job what happened."""
        tell(self.con, self.world(), job_id, happened)

    # Looking

    def jobs(self) -> list[Job]:
        """All jobs, the oldest first."""
        return select(self.con, Job, "order by id")

    def job(self, job_id: int) -> Job:
        """A job as it now is."""
        return due.job(self.con, job_id)

    def steps(self, job_id: int) -> dict[str, Step]:
        """The steps of a job by path."""
        return {step.path: step for step in due.steps_of(self.con, job_id)}

    def states(self, job_id: int) -> dict[str, str]:
        """The states of the steps of a job by path."""
        return {path: str.__str__(step.state) for path, step in self.steps(job_id).items()}

    def requests(self) -> list[Request]:
        """The open questions."""
        return select(self.con, Request, "where state = 'open' order by id")

    def texts(self) -> list[str]:
        """What was or will be said to the person, in order."""
        return [message.text for message in select(self.con, Message, "order by id")]

    def fails(self, path: str, *outcomes: Any) -> None:
        """What a step answers before it works."""
        self.outside.acts[path] = deque(outcomes)


__all__ = ["BERLIN", "START", "Flow"]
