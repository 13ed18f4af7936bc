"""Whatever people, clocks and channels do: nobody is told too much or in the night, and nothing is forgotten."""

from collections import Counter
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assistant.app import answers, change, replies, snooze
from assistant.cli.news import settle
from assistant.core.token import read_token
from assistant.errors import NotPossible
from assistant.jsontext import dump
from assistant.ports.channel import Delivery, Doubtful, NotSent
from assistant.ports.records import Request
from assistant.store import due
from tests.engine.household import PEOPLE, Home, Household
from tests.fold import check_fold
from tests.person import remind
from tests.world import Died

LADDER = """
name: ladder
steps:
  - id: nudge
    notify: {text: "answer {{ job.key }}", to: ada}
    until: ack
    repeat: [15m, 30m]
    escalate:
      - {after: 2h, notify: {to: eve, text: "no answer to {{ job.key }}"}}
      - {after: 3h, notify: {to: [eve, bob], text: "still no answer to {{ job.key }}", severity: high}}
      - {after: 1 business day, task: {title: chase}}
  - {id: after, run: [note, "{{ steps.nudge.output.acknowledged }}"], effect: repeatable}
"""
PAY = """
name: pay
inputs: {amount: {default: 5}}
steps:
  - id: pay
    run: [pay, "{{ inputs.amount }}"]
    approve: {expires: 1d, on_expiry: deny}
  - {id: said, notify: "{{ job.key }} is paid"}
"""
OFFER = """
name: offer
steps:
  - id: send
    mail: {to: acme@example.com, subject: Offer, body: "Hello {{ job.key }}"}
    approve: {expires: 3h, on_expiry: fallback}
    fallback: [{task: {title: send it by hand}}]
"""
TELL = "name: tell\nsteps: [{id: say, notify: {text: 'news of {{ job.key }}', severity: low}}]\n"
WHICH = "name: which\nsteps: [{id: ask, ask: {question: which?, choices: [a, b], expires: 6h}}]\n"
NAMES = ("ladder", "pay", "offer", "tell", "which")
QUIET = ("off", "22:00-07:00", "12:00-13:00; chat low 18:00-20:00", "desk high 20:00-08:00; 23:00-06:00")
LIMITS = ("off", "1/h", "2/h, 4/d", "3/d")
FAULTS: dict[str, Any] = {
    "busy": NotSent("busy"), "gone": NotSent("gone", permanent=True), "cut off": Doubtful("cut off"),
}  # fmt: skip
CHANNELS = ("chat", "mail", "desk")
MOST_JOBS = 8
TOTAL: "Counter[str]" = Counter()

# What a run must have met, or it has proved nothing about it.
MET = (
    "answered in the middle of a ladder", "answered by a token", "answered at the terminal",
    "answered while it was sent",
    "approved by a token", "approved as edited", "denied", "put off", "put off by a token", "an approval expired",
    "a used token was refused", "a token of a settled question was refused", "a guessed token was refused",
    "a tampered action was refused", "held by quiet hours", "held by the attention limit",
    "high broke through the limit",
    "bundled", "an approved action took effect", "nobody answered a ladder", "nobody answered a reminder",
    "a message went on to another channel", "nobody knows whether a message arrived", "the deputy was told",
    "the manager was told", "the clock went back", "the machine slept", "a worker died", "shown at the terminal",
    "chat did not take a message", "mail took a message", "desk took a message",
)  # fmt: skip


class PersonInAnyOrder(RuleBasedStateMachine):
    """An owner, her deputy and her manager; three channels and a terminal; one clock that nobody can rely on."""

    @initialize(quiet=st.sampled_from(QUIET), limit=st.sampled_from(LIMITS))
    def begin(self, quiet: str, limit: str) -> None:
        """Five workflows, and what a person prefers."""
        self.folder = TemporaryDirectory()
        files = (LADDER, PAY, OFFER, TELL, WHICH)
        self.house = Household(self.folder.name, *files, quiet_hours=quiet, attention_limit=limit)
        self.house.outside.mute.add("desk")
        self.refused = self.started = self.deaths = 0

    @property
    def seen(self) -> "Counter[str]":
        """What has happened in this story."""
        return self.house.seen

    def someone_rings(self) -> list[Request]:
        """The open questions that a person may answer."""
        return [request for request in self.house.requests() if request.kind != "failure"]

    # What begins

    @rule(name=st.sampled_from(NAMES))
    def start(self, name: str) -> None:
        """A job by hand."""
        if sum(job.ended_at is None for job in self.house.jobs()) < MOST_JOBS:
            self.started += 1
            self.house.run(name, f"{name}{self.started}")

    @rule(minutes=st.integers(0, 300), until_ack=st.booleans(), severity=st.sampled_from(["low", "normal", "high"]))
    def remind(self, minutes: int, until_ack: bool, severity: str) -> None:
        """A reminder, that rings until it is answered or rings once."""
        if sum(job.ended_at is None for job in self.house.jobs()) < MOST_JOBS:
            house, now = self.house, self.house.outside.now
            inputs = {"text": "call Ada", "channel": None, "severity": severity}
            repeat = [900, 1800] if until_ack else None
            remind(house.con, now + timedelta(minutes=minutes), now, repeat=repeat, inputs=inputs)

    # Time

    @rule(minutes=st.integers(1, 90) | st.integers(1, 1800))
    def time_goes_by(self, minutes: int) -> None:
        """And ticks with it."""
        self.house.go(minutes=minutes)

    @rule(minutes=st.integers(5, 3000))
    def sleep(self, minutes: int) -> None:
        """The machine sleeps: nothing ticks until it wakes."""
        self.house.outside.now += timedelta(minutes=minutes)
        self.house.tick()
        self.seen["the machine slept"] += 1

    @rule(minutes=st.integers(1, 120))
    def clock_back(self, minutes: int) -> None:
        """Somebody sets the clock back."""
        self.house.outside.now -= timedelta(minutes=minutes)
        self.house.tick()
        self.seen["the clock went back"] += 1

    @rule(after=st.integers(1, 5))
    def die(self, after: int) -> None:
        """A worker dies amid its work."""
        self.deaths += 1
        outside, name = self.house.outside, f"mortal{self.deaths}"
        outside.die_at = outside.boundary_count + after
        try:
            self.house.tick(name)
        except Died:
            self.seen["a worker died"] += 1
            outside.dead.add(name)
            if self.house.con.in_transaction:
                self.house.con.rollback()
        outside.die_at = None

    # Channels and preferences

    @rule(
        channel=st.sampled_from(CHANNELS),
        how=st.sampled_from(["busy", "gone", "cut off", "repaired", "repaired", "slow", "quick"]),
    )
    def channel_changes(self, channel: str, how: str) -> None:
        """It does not take messages until it is repaired, or takes its time over each."""
        if how in FAULTS:
            self.house.outside.broken[channel] = FAULTS[how]
        elif how == "repaired":
            self.house.outside.broken.pop(channel, None)
        else:
            self.house.slow[channel] = timedelta(minutes=20 if how == "slow" else 0)

    @rule(wish=st.sampled_from(("quiet_hours", "attention_limit", "people")), data=st.data())
    def prefers(self, wish: str, data: st.DataObject) -> None:
        """A person wants quiet at other hours, or other limits; or goes away, and her deputy is told meanwhile."""
        if wish == "people":
            days = data.draw(st.integers(0, 3))
            until = (self.house.outside.now + timedelta(days=days)).date().isoformat() if days else None
            self.house.prefer(
                wish, dump({**PEOPLE, "ada": {**PEOPLE["ada"], "away_until": until}} if until else PEOPLE)
            )
        else:
            self.house.prefer(wish, data.draw(st.sampled_from(QUIET if wish == "quiet_hours" else LIMITS)))

    # Answers

    @precondition(lambda self: self.someone_rings())
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """At the terminal, by the number that the inbox shows."""
        request = data.draw(st.sampled_from(self.someone_rings()))
        expired = request.expires_at is not None and request.expires_at <= self.house.outside.now
        verb = data.draw(st.sampled_from(_verbs(request)))
        if expired:
            return  # the command line says that it has; the tick settles it
        self.note_ladder(request)
        self.house.act(lambda home: _say(home, request, verb))
        self.seen["answered at the terminal"] += 1
        self.seen[{"deny": "denied", "edit": "approved as edited"}.get(verb, verb)] += 1

    @precondition(lambda self: self.someone_rings())
    @rule(data=st.data(), hours=st.integers(1, 30))
    def put_off(self, data: st.DataObject, hours: int) -> None:
        """Later; what expires before cannot be put off so far."""
        request = data.draw(st.sampled_from(self.someone_rings()))
        try:
            self.house.act(lambda home: snooze.snooze(home, [request.id], f"{hours}h"))
        except NotPossible:
            assert request.expires_at is not None
            return
        self.seen["put off"] += 1

    @precondition(lambda self: self.house.given)
    @rule(data=st.data())
    def reply(self, data: st.DataObject) -> None:
        """By a token that reached somebody once: the newest are the likeliest, but each may come."""
        tokens = self.house.given if data.draw(st.booleans()) else self.house.given[-3:]
        self.by_token(data.draw(st.sampled_from(tokens)))

    def by_token(self, text: str) -> None:
        """One that was used, or whose question is settled, changes nothing; the others do what they stand for."""
        house = self.house
        claim = read_token(text)
        assert claim is not None
        request = due.request(house.con, claim.request)
        assert request is not None
        self.note_ladder(request)
        before = self.state()
        try:
            house.act(lambda home: replies.reply(home, text))
        except NotPossible:
            self.refused += 1
            assert self.state() == before
            why = "a used token was" if text in house.used else "a token of a settled question was"
            if text in house.used or request.state != "open":
                self.seen[f"{why} refused"] += 1
            return
        assert text not in house.used
        assert request.state == "open"
        house.used.add(text)
        self.seen["answered by a token"] += 1
        named = {"approve": "approved by a token", "snooze": "put off by a token"}
        self.seen[named.get(claim.verb, claim.verb)] += 1

    @precondition(lambda self: self.house.given)
    @rule(data=st.data(), how=st.sampled_from(["verb", "number", "code"]))
    def guess(self, data: st.DataObject, how: str) -> None:
        """By what nobody was ever given: nothing happens, and the journal keeps it."""
        number, verb, code = data.draw(st.sampled_from(self.house.given)).split("-")
        others = {"verb": ["approve", "deny", "done", "ack", "snooze"], "number": [str(n) for n in range(1, 40)]}
        if how == "code":
            place = data.draw(st.integers(0, len(code) - 1))
            code = code[:place] + ("a" if code[place] != "a" else "b") + code[place + 1 :]
        elif how == "verb":
            verb = data.draw(st.sampled_from([one for one in others["verb"] if one != verb]))
        else:
            number = data.draw(st.sampled_from([one for one in others["number"] if one != number]))
        text = f"{number}-{verb}-{code}"
        if text in self.house.given:
            return
        before = self.state()
        with pytest.raises(NotPossible):
            self.house.act(lambda home: replies.reply(home, text))
        assert self.state() == before
        self.refused += 1
        self.seen["a guessed token was refused"] += 1

    @rule(by=st.sampled_from(["token", "terminal"]))
    def answer_while_sending(self, by: str) -> None:
        """The next message is answered while it is still being sent."""

        def meanwhile(delivery: Delivery) -> None:
            if delivery.asked is None:
                return
            if by == "token":
                self.by_token(delivery.asked.replies[0].token)
            else:
                request = due.request(self.house.con, delivery.asked.id)
                assert request is not None
                self.note_ladder(request)
                self.house.act(lambda home: _say(home, request, _verbs(request)[0]))
            self.seen["answered while it was sent"] += 1

        self.house.meanwhile = meanwhile

    @precondition(lambda self: self.to_pay())
    @rule(where=st.sampled_from(["step", "request", "both"]))
    def tamper(self, where: str) -> None:
        """Somebody edits what was approved, between the approval and its tick: it is not done."""
        house, request = self.house, self.to_pay()[0]
        house.act(lambda home: answers.approve(home, [request.id]))
        kept = house.con.execute("select action from step where id = ?", (request.step_id,)).fetchone()[0]
        evil = dump({"run": {"argv": ["evil"]}})
        if where != "request":
            house.con.execute("update step set action = ? where id = ?", (evil, request.step_id))
        if where != "step":
            house.con.execute("update request set proposal = ?, hash = 'evil' where id = ?", (evil, request.id))
        done = len(house.outside.performed)
        house.tick()
        assert "pay" not in [path for _, path in house.outside.performed[done:]]
        # The journal knows nothing of what was done behind its back.
        house.con.execute("update step set action = ? where id = ?", (kept, request.step_id))
        was = (dump(request.proposal), request.hash, request.id)
        house.con.execute("update request set proposal = ?, hash = ? where id = ?", was)
        self.seen["a tampered action was refused"] += 1

    def to_pay(self) -> list[Request]:
        """The open questions whether to pay."""
        there = [one for one in self.someone_rings() if one.kind == "approval" and "pay" in one.title]
        return [one for one in there if one.expires_at is None or one.expires_at > self.house.outside.now]

    @precondition(lambda self: [job for job in self.house.jobs() if job.ended_at is None and job.workflow])
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """A job is not wanted any more."""
        jobs = [job for job in self.house.jobs() if job.ended_at is None and job.workflow and job.number]
        if jobs:
            job = data.draw(st.sampled_from(jobs))
            self.house.act(lambda home: change.cancel(home, [job.number]))  # type: ignore[list-item]

    @rule()
    def look(self) -> None:
        """The next use of the command shows what waits for the terminal."""
        home = self.house.home()
        waiting = due.terminal_messages(self.house.con, home.now)
        settle(home, waiting)
        self.seen["shown at the terminal"] += len(waiting)

    # What must hold

    def note_ladder(self, request: Request) -> None:
        """Whether an answer comes in the middle of a ladder."""
        if request.kind == "ack" and request.state == "open" and request.step_id is not None:
            step = due.step(self.house.con, request.step_id)
            if step is not None and step.rung > 0:
                self.seen["answered in the middle of a ladder"] += 1

    def state(self) -> Any:
        """All that a person could tell apart, but for the journal."""
        con = self.house.con
        return [
            con.execute(f"select * from {table} order by 1").fetchall()
            for table in ("request", "step", "job", "message", "schedule", "task")
        ]

    @invariant()
    def holds(self) -> None:
        """After each move."""
        if hasattr(self, "house"):
            self.house.check()
            refused = self.house.con.execute("select count(*) from journal where what = 'reply refused'").fetchone()
            assert refused == (self.refused,)

    def teardown(self) -> None:
        """Once channels work and nobody answers, all ends: rung out, expired, and said."""
        if not hasattr(self, "house"):
            return
        house = self.house
        house.outside.broken.clear()
        house.slow.clear()
        house.meanwhile = None
        house.go(days=40)
        self.look()
        house.go(days=1)
        self.holds()
        check_fold(house.con)
        for job in house.jobs():
            assert job.ended_at is not None or self._waits_for_truth(job.id), (job, house.states(job.id))
        assert not house.con.execute("select * from message where state in ('queued', 'sending')").fetchall()
        self.count()
        TOTAL.update(self.seen)
        house.con.close()
        self.folder.cleanup()

    def _waits_for_truth(self, job_id: int) -> bool:
        """Whether a step was cut off, so that only a person can say whether it took effect."""
        return any(r.kind in ("unknown", "input") and r.job_id == job_id for r in self.house.requests())

    def count(self) -> None:
        """What the rows say that happened."""
        con = self.house.con
        for name, question in COUNTED.items():
            self.seen[name] += con.execute(f"select count(*) from {question}").fetchone()[0]
        told = [
            (message, read)
            for message, read in con.execute(
                "select key, text from message where channel = 'mail' and sent_at is not null"
            )
        ]
        self.seen["the deputy was told"] += sum("ada is away" in text for _, text in told)


COUNTED = {
    "an approval expired": "request where kind = 'approval' and state = 'expired'",
    "held by quiet hours": "journal where tab = 'message' and what = 'held by quiet hours'",
    "held by the attention limit": "journal where tab = 'message' and what = 'held by the attention limit'",
    "bundled": "journal where tab = 'message' and what = 'bundled'",
    "a message went on to another channel": "journal where what = 'goes on by the next channel'",
    "nobody knows whether a message arrived": "message where state = 'unknown'",
    "the manager was told": "message where channel = 'desk' and sent_at is not null",
    "high broke through the limit": "message where severity = 'high' and sent_at is not null",
}


def _verbs(request: Request) -> list[str]:
    """What a person may say to a question, as they may type it."""
    if request.kind == "approval":
        return (
            ["approve", "deny", "edit"]
            if isinstance(request.proposal, dict) and request.proposal["action"] == "run"
            else ["approve", "deny"]
        )
    if request.kind == "unknown":
        return ["happened"]
    if request.kind == "input":
        return ["answer"] if request.step_id is not None else ["done"]
    return ["done", "ack"]


def _say(home: Home, request: Request, verb: str) -> None:
    number = [request.id]
    if verb == "approve":
        answers.approve(home, number)
    elif verb == "edit":
        answers.approve(home, number, ["amount=7"])
    elif verb == "deny":
        answers.deny(home, number)
    elif verb == "answer":
        answers.answer(home, request.id, ["a"])
    elif verb == "happened":
        answers.resolve(home, request.id, happened=True)
    else:
        (change.done if verb == "done" else change.ack)(home, number)


def run(examples: int, steps: int, *, derandomized: bool) -> None:
    """Play so many stories; each interesting thing must have happened in one of them."""
    TOTAL.clear()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        PersonInAnyOrder,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=derandomized, database=None,
            suppress_health_check=list(HealthCheck), print_blob=not derandomized,
        ),
    )  # fmt: skip
    missing = [name for name in MET if not TOTAL[name]]
    assert not missing, (missing, TOTAL)


def test_nobody_is_told_too_much_and_nothing_is_forgotten() -> None:
    """The everyday form: always the same stories, in which everything that the rules speak of happened."""
    run(40, 40, derandomized=True)


@pytest.mark.long
def test_nobody_is_told_too_much_and_nothing_is_forgotten_in_the_long_run() -> None:
    """The long form: other stories each time."""
    run(1500, 60, derandomized=False)
