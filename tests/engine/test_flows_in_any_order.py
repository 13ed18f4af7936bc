"""Any order of what people, clocks, events and deaths do to jobs ends each in exactly one final state."""

from collections import deque
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from assistant.core.happened import Answered, Paused, Resumed, Retried, Stopped
from assistant.core.states import ENDED_JOB, ENDED_STEP
from assistant.errors import AskError
from assistant.ports.action import Call, NotDone, Unsure
from assistant.ports.records import Job, Request
from tests.engine.flows import Flow
from tests.fold import check_fold
from tests.world import Died

PAY = """
name: pay
inputs: {who: {default: ada}, amount: {default: 5}}
on:
  - {event: bill, key: "{{ event.id }}", inputs: {who: "{{ event.who }}"}}
subject: "{{ inputs.who }}"
overlap: supersede
deadline: 20d
steps:
  - {id: read, run: [facts], effect: read}
  - {id: book, run: [book, "{{ inputs.who }}"], undo: {run: [unbook]}, retry: {attempts: 2}}
  - id: pay
    run: [pay, "{{ inputs.amount }}"]
    approve: {expires: 2d, on_expiry: deny, recheck: [read]}
    probe: {run: [was-it-paid]}
    fallback: [{task: {title: "pay {{ inputs.who }} by hand"}}]
  - {id: heard, wait: {event: receipt, within: 3d}}
  - {id: note, run: [note, "{{ steps.heard.output.woke_by }}"], retry: {attempts: 2}}
"""
LIST = """
name: list
inputs: {names: {default: [a, b, c]}}
on: [{event: round}]
overlap: queue
steps:
  - {id: do, for_each: inputs.names, at_once: 2, run: [do, "{{ item }}"], undo: {run: [undo, "{{ item }}"]}}
  - {id: nudge, notify: seen?, until: ack, repeat: [1h], escalate: [{after: 5h, run: [call]}]}
  - {id: child, workflow: {name: leaf}}
  - {id: last, run: [last], retry: {attempts: 1}}
"""
LEAF = "name: leaf\nsteps:\n  - {id: a, run: [leaf], undo: {run: [unleaf]}}\n  - {id: w, wait: 1h}\n"
VERSIONS = (PAY, PAY.replace("run: [note, ", "run: [note, now, "))
PATHS = (
    "read", "book", "book/undo", "pay", "pay/recheck/read", "do/0", "do/1", "do/1/undo", "last", "note", "a", "a/undo",
    "nudge/rung/1",
)  # fmt: skip
FAULTS: tuple[Any, ...] = (NotDone("busy"), NotDone("never", permanent=True), Unsure("cut off"))


class FlowsInAnyOrder(RuleBasedStateMachine):
    """People act, time goes by, workers die."""

    @initialize()
    def begin(self) -> None:
        """Three workflows."""
        self.flow = Flow(LEAF, LIST, PAY)
        self.flow.outside.stand_in = self.given
        self.count = self.facts = 0

    def given(self, _kind: str, call: Call) -> Any:
        """What a step gives: facts that change where a person said so."""
        return {"facts": self.facts} if call.step.endswith("read") else {"done": True}

    @rule()
    def facts_change(self) -> None:
        """What an approval was based on is different now."""
        self.facts += 1

    # What starts and wakes

    @rule(who=st.sampled_from(["ada", "bob"]), number=st.integers(1, 3))
    def bill(self, who: str, number: int) -> None:
        """An event that starts a job, perhaps for the second time."""
        self.flow.emit("bill", id=number, who=who)

    @rule()
    def round_comes(self) -> None:
        """An event whose jobs queue."""
        if sum(job.ended_at is None for job in self.flow.jobs()) < 6:
            self.flow.emit("round")

    @rule(key=st.sampled_from(["1", "2", None]))
    def receipt(self, key: str | None) -> None:
        """An event that waits are for."""
        self.flow.emit("receipt", key)

    @rule(name=st.sampled_from(["pay", "list"]))
    def run(self, name: str) -> None:
        """A job by hand."""
        if len(self.flow.jobs()) < 12:
            self.flow.run(name)

    @rule(version=st.sampled_from(VERSIONS))
    def upgrade(self, version: str) -> None:
        """Another version of a workflow: jobs that run keep theirs."""
        self.flow.add(version)

    # What goes wrong

    @rule(path=st.sampled_from(PATHS), fault=st.sampled_from(FAULTS))
    def fault(self, path: str, fault: Any) -> None:
        """The next attempt at a step goes wrong."""
        self.flow.outside.acts.setdefault(path, deque()).append(fault)

    @rule(after=st.integers(1, 12))
    def die(self, after: int) -> None:
        """A worker dies amid its work."""
        self.count += 1
        outside = self.flow.outside
        outside.die_at = outside.boundary_count + after
        try:
            self.flow.tick(f"mortal{self.count}")
        except Died:
            outside.dead.add(f"mortal{self.count}")
            if self.flow.con.in_transaction:
                self.flow.con.rollback()
        outside.die_at = None

    @rule(hours=st.integers(1, 60))
    def time_goes_by(self, hours: int) -> None:
        """And ticks with it."""
        self.flow.go(hours=hours)

    @rule()
    def tick(self) -> None:
        """One tick."""
        self.flow.tick()

    # What people do

    def open_jobs(self) -> list[Job]:
        """The jobs that have not ended."""
        return [job for job in self.flow.jobs() if job.ended_at is None]

    @precondition(lambda self: self.flow.requests())
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """A question is answered; of what happened, the truth is said."""
        request = data.draw(st.sampled_from(self.flow.requests()))
        said = {"approval": ["approve", "deny", "edit"], "ack": ["ack"]}.get(request.kind, ["truth"])
        self.say(request, data.draw(st.sampled_from(said)))

    def say(self, request: Request, word: str) -> None:
        """Give an answer that fits the question."""
        assert request.job_id is not None
        edits = {"amount": 7} if word == "edit" else None
        if request.kind == "unknown":
            (key,) = self.flow.con.execute("select key from step where id = ?", (request.step_id,)).fetchone()
            word = "happened" if self.flow.outside.effects[key] else "did not"
        elif request.kind == "failure":
            if self.flow.job(request.job_id).state == "failed":
                self.flow.tell(request.job_id, Retried())
            return
        self.flow.tell(request.job_id, Answered(request, "approve" if word == "edit" else word, None, edits))

    @precondition(lambda self: self.open_jobs())
    @rule(data=st.data(), keep=st.booleans())
    def cancel(self, data: st.DataObject, keep: bool) -> None:
        """A job is stopped."""
        job = data.draw(st.sampled_from(self.open_jobs()))
        self.flow.tell(job.id, Stopped("cancelled", "cancelled by the person", keep))

    @precondition(lambda self: self.open_jobs())
    @rule(data=st.data())
    def pause_or_resume(self, data: st.DataObject) -> None:
        """A job rests, or goes on."""
        job = data.draw(st.sampled_from(self.open_jobs()))
        self.flow.tell(job.id, Resumed() if job.paused else Paused())

    @rule(data=st.data())
    def stale_answer(self, data: st.DataObject) -> None:
        """An answer to a question that is settled is refused, and changes nothing."""
        from assistant.ports.records import Request as Row
        from assistant.store.rows import select

        settled = select(self.flow.con, Row, "where state <> 'open' and kind = 'approval' order by id")
        if not settled:
            return
        request = data.draw(st.sampled_from(settled))
        assert request.job_id is not None
        before = self.flow.con.execute("select count(*) from journal").fetchone()
        if self.flow.job(request.job_id).ended_at is None:
            with pytest.raises(AskError):
                self.flow.tell(request.job_id, Answered(request, "approve"))
        assert self.flow.con.execute("select count(*) from journal").fetchone() == before

    # What must hold

    def teardown(self) -> None:
        """Once faults stop and everybody answers, all ends, once, and the journal makes the rows."""
        if not hasattr(self, "flow"):
            return
        flow = self.flow
        flow.outside.acts.clear()
        for job in self.open_jobs():
            if job.paused:
                flow.tell(job.id, Resumed())
        for _ in range(200):
            flow.tick()
            for request in flow.requests():
                if request.kind != "failure":
                    self.say(request, "approve" if request.kind == "approval" else "ack")
                    break
            else:
                flow.go(days=2)
            if not self.open_jobs():
                break
        self.check()
        flow.con.close()

    def check(self) -> None:
        """Final states, effects, journal."""
        flow = self.flow
        check_fold(flow.con)
        for job in flow.jobs():
            assert job.state in ENDED_JOB, (job, flow.states(job.id), flow.requests())
            left = {path: step for path, step in flow.steps(job.id).items() if step.state not in ENDED_STEP}
            assert not left, (job, left)
        reads = ("/read", "/recheck/read")
        repeated = {key: times for key, times in flow.outside.effects.items() if times > 1 and not key.endswith(reads)}
        assert not repeated, repeated


TestFlowsInAnyOrder = FlowsInAnyOrder.TestCase
TestFlowsInAnyOrder.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
