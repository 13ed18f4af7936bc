"""One story of people, clocks and channels, move by move, as dice say; after each move everything must hold."""

from collections import Counter, deque
from collections.abc import Sequence
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar

import pytest

from assistant.app import answers, change, replies, snooze
from assistant.cli.news import settle
from assistant.core.token import read_token
from assistant.errors import NotPossible
from assistant.jsontext import dump
from assistant.ports.action import NotDone
from assistant.ports.channel import Delivery, Doubtful, NotSent
from assistant.ports.records import Request
from assistant.store import due
from assistant.store.rows import select
from tests.engine.household import PEOPLE, Home, Household
from tests.fold import check_fold
from tests.person import remind
from tests.world import Died

Thing = TypeVar("Thing")

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
      - {after: 1h, run: [call, eve]}
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


class Dice(Protocol):
    """Whoever says how a story goes on."""

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """One of them."""

    def whole(self, least: int, most: int) -> int:
        """A whole number between two, both included."""


class Story:
    """An owner, her deputy and her manager; three channels and a terminal; one clock that nobody can rely on."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.folder = TemporaryDirectory()
        kept = {"quiet_hours": dice.one_of(QUIET), "attention_limit": dice.one_of(LIMITS)}
        files = (LADDER, PAY, OFFER, TELL, WHICH)
        self.house = Household(self.folder.name, *files, **kept)
        self.house.outside.mute.add("desk")
        self.refused = self.started = self.deaths = 0

    @property
    def seen(self) -> "Counter[str]":
        """What has happened in this story."""
        return self.house.seen

    def any_of(self, things: "Sequence[Thing]") -> "Thing | None":
        """One of them, where there is any."""
        return self.dice.one_of(things) if things else None

    def someone_rings(self) -> list[Request]:
        """The open questions that a person may answer."""
        return [request for request in self.house.requests() if request.kind != "failure"]

    # What begins

    def begin(self) -> None:
        """Any of the workflows."""
        self.start(self.dice.one_of(NAMES))

    def start(self, name: str) -> None:
        """A job by hand."""
        if sum(job.ended_at is None for job in self.house.jobs()) < MOST_JOBS:
            self.started += 1
            self.house.run(name, f"{name}{self.started}")

    def remind(self) -> None:
        """A reminder, that rings until it is answered or rings once."""
        minutes, severity = self.dice.whole(0, 300), self.dice.one_of(("normal", "low", "high"))
        until_ack = self.dice.one_of((True, False))
        if sum(job.ended_at is None for job in self.house.jobs()) < MOST_JOBS:
            house, now = self.house, self.house.outside.now
            inputs = {"text": "call Ada", "channel": None, "severity": severity}
            repeat = [900, 1800] if until_ack else None
            remind(house.con, now + timedelta(minutes=minutes), now, repeat=repeat, inputs=inputs)

    # Time

    def time_goes_by(self) -> None:
        """And ticks with it."""
        self.house.go(minutes=self.dice.whole(1, self.dice.one_of((90, 1800))))

    def sleep(self) -> None:
        """The machine sleeps: nothing ticks until it wakes."""
        self.house.outside.now += timedelta(minutes=self.dice.whole(5, 3000))
        self.house.tick()
        self.seen["the machine slept"] += 1

    def clock_back(self) -> None:
        """Somebody sets the clock back."""
        self.house.outside.now -= timedelta(minutes=self.dice.whole(1, 120))
        self.house.tick()
        self.seen["the clock went back"] += 1

    def die(self) -> None:
        """A worker dies amid its work."""
        self.deaths += 1
        outside, name = self.house.outside, f"mortal{self.deaths}"
        outside.die_at = outside.boundary_count + self.dice.whole(1, 5)
        try:
            self.house.tick(name)
        except Died:
            self.house.bury(name)
        outside.die_at = None

    # Channels and preferences

    def die_after_sending(self) -> None:
        """The next worker that sends anything dies before it can write that down."""
        self.house.fatal = True

    def call_fails(self) -> None:
        """The call, which is a rung of the ladder, is engaged: it is tried again, unless somebody answers first."""
        self.house.outside.acts.setdefault("nudge/rung/3", deque()).append(
            NotDone("engaged", retry_after=timedelta(hours=1))
        )

    def channel_changes(self) -> None:
        """It does not take messages until it is repaired, or takes its time over each."""
        channel, how = self.dice.one_of(CHANNELS), self.dice.one_of((*FAULTS, "repaired", "repaired", "slow", "quick"))
        if how in FAULTS:
            self.house.outside.broken[channel] = FAULTS[how]
        elif how == "repaired":
            self.house.outside.broken.pop(channel, None)
        else:
            self.house.slow[channel] = timedelta(minutes=20 if how == "slow" else 0)

    def prefers(self) -> None:
        """A person wants quiet at other hours, or other limits; or goes away, and her deputy is told meanwhile."""
        wish = self.dice.one_of(("quiet_hours", "attention_limit", "people"))
        if wish == "people":
            days = self.dice.whole(0, 3)
            until = (self.house.outside.now + timedelta(days=days)).date().isoformat() if days else None
            self.house.prefer(
                wish, dump({**PEOPLE, "ada": {**PEOPLE["ada"], "away_until": until}} if until else PEOPLE)
            )
        else:
            self.house.prefer(wish, self.dice.one_of(QUIET if wish == "quiet_hours" else LIMITS))

    # Answers

    def answer(self) -> None:
        """At the terminal, by the number that the inbox shows."""
        request = self.any_of(self.someone_rings())
        if request is None:
            return
        expired = request.expires_at is not None and request.expires_at <= self.house.outside.now
        verb = self.dice.one_of(_verbs(request))
        if expired:
            return  # the command line says that it has; the tick settles it
        self.note_ladder(request)
        self.house.act(lambda home: _say(home, request, verb))
        self.seen["answered at the terminal"] += 1

    def climbing(self) -> list[Request]:
        """The ladders that nobody has answered yet."""
        return [one for one in self.someone_rings() if one.kind == "ack" and one.title.startswith("answer ladder")]

    def climb(self) -> None:
        """A ladder goes on to the deputy and the manager; then it is answered, or not."""
        if not self.climbing():
            self.start("ladder")
        self.house.go(hours=self.dice.whole(2, 8))
        if self.climbing() and self.dice.one_of((True, False)):
            request = self.climbing()[0]
            self.note_ladder(request)
            self.house.act(lambda home: _say(home, request, "ack"))

    def engaged(self) -> None:
        """A ladder has come to its call, which is to be tried again; somebody answers before it is."""
        if not self.climbing():
            self.start("ladder")
        self.call_fails()
        self.house.go(minutes=370)
        if self.climbing():
            request = self.climbing()[0]
            self.note_ladder(request)
            self.house.act(lambda home: _say(home, request, "done"))

    def put_off(self) -> None:
        """Later; what expires before cannot be put off so far."""
        request, hours = self.any_of(self.someone_rings()), self.dice.whole(1, 30)
        if request is None:
            return
        try:
            self.house.act(lambda home: snooze.snooze(home, [request.id], f"{hours}h"))
        except NotPossible:
            assert request.expires_at is not None
            return
        self.seen["put off"] += 1

    def reply(self) -> None:
        """By a token that reached somebody once, be it of a question that is open or of one long settled."""
        given, there = self.house.given, {request.id for request in self.house.requests()}
        live = [text for text in given if text not in self.house.used and int(text.partition("-")[0]) in there]
        verb = self.any_of(sorted({text.split("-")[1] for text in live}))
        wanted = [one for one in live if one.split("-")[1] == verb]
        text = self.any_of(self.dice.one_of((given, wanted, wanted, live, sorted(self.house.used))))
        if text is not None:
            self.by_token(text)

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
        named = {"deny": "denied", "approve": "approved by a token", "snooze": "put off by a token"}
        self.seen[named.get(claim.verb, claim.verb)] += 1
        self.by_token(text)  # a person presses twice

    def guess(self) -> None:
        """By what nobody was ever given: nothing happens, and the journal keeps it."""
        given, how = self.any_of(self.house.given), self.dice.one_of(("verb", "number", "code"))
        if given is None:
            return
        number, verb, code = given.split("-")
        others = {"verb": ["approve", "deny", "done", "ack", "snooze"], "number": [str(n) for n in range(1, 40)]}
        if how == "code":
            place = self.dice.whole(0, len(code) - 1)
            code = code[:place] + ("a" if code[place] != "a" else "b") + code[place + 1 :]
        elif how == "verb":
            verb = self.dice.one_of([one for one in others["verb"] if one != verb])
        else:
            number = self.dice.one_of([one for one in others["number"] if one != number])
        text = f"{number}-{verb}-{code}"
        if text in self.house.given:
            return
        before = self.state()
        with pytest.raises(NotPossible):
            self.house.act(lambda home: replies.reply(home, text))
        assert self.state() == before
        self.refused += 1
        self.seen["a guessed token was refused"] += 1

    def answer_while_sending(self) -> None:
        """The next message is answered while it is still being sent."""
        by, fails = self.dice.one_of(("token", "terminal")), self.dice.one_of((False, True))

        def meanwhile(delivery: Delivery) -> None:
            if delivery.asked is None:
                return
            if fails:
                self.house.outside.sends.setdefault(delivery.channel, deque()).append(NotSent("busy"))
            if by == "token":
                self.by_token(delivery.asked.replies[0].token)
            else:
                request = due.request(self.house.con, delivery.asked.id)
                assert request is not None
                self.note_ladder(request)
                self.house.act(lambda home: _say(home, request, _verbs(request)[0]))
            self.seen["answered while it was sent"] += 1

        self.house.meanwhile = meanwhile

    def approvals(self, of: str) -> list[Request]:
        """The open questions of a workflow whether it may act."""
        there = [one for one in self.someone_rings() if one.kind == "approval" and one.title.startswith(of)]
        return [one for one in there if one.expires_at is None or one.expires_at > self.house.outside.now]

    def deny(self) -> None:
        """It must not be done."""
        request = self.any_of(self.approvals("")) or self.asked_to_pay()
        if request is None:
            return
        self.house.act(lambda home: _say(home, request, "deny"))
        self.seen["denied"] += 1

    def asked_to_pay(self) -> Request | None:
        """The open question whether to pay; it is asked now where there is none and the day has room for it."""
        if not self.approvals("pay"):
            self.start("pay")
            self.house.tick()
        return next(iter(self.approvals("pay")), None)

    def edit(self) -> None:
        """Something else may be done."""
        request = self.asked_to_pay()
        if request is None:
            return
        self.house.act(lambda home: _say(home, request, "edit"))
        self.seen["approved as edited"] += 1

    def tamper(self) -> None:
        """Somebody edits what was approved, between the approval and its tick: it is not done."""
        where = self.dice.one_of(("step", "request", "both"))
        house, request = self.house, self.asked_to_pay()
        if request is None:
            return
        tokens = [text for text in house.given if text.startswith(f"{request.id}-approve-") and text not in house.used]
        if tokens:
            self.by_token(tokens[-1])
        else:
            house.act(lambda home: answers.approve(home, [request.id]))
        if due.request(house.con, request.id) not in self.approved():
            return  # it was asked anew since that token
        kept = house.con.execute("select action from step where id = ?", (request.step_id,)).fetchone()[0]
        evil = dump({"run": {"argv": ["evil"]}})
        if where != "request":
            house.con.execute("update step set action = ? where id = ?", (evil, request.step_id))
        if where != "step":
            house.con.execute("update request set proposal = ?, hash = 'evil' where id = ?", (evil, request.id))
        (key,) = house.con.execute("select key from step where id = ?", (request.step_id,)).fetchone()
        house.tick()
        assert not house.outside.effects[key]
        # The journal knows nothing of what was done behind its back.
        house.con.execute("update step set action = ? where id = ?", (kept, request.step_id))
        was = (dump(request.proposal), request.hash, request.id)
        house.con.execute("update request set proposal = ?, hash = ? where id = ?", was)
        self.seen["a tampered action was refused"] += 1

    def approved(self) -> list[Request]:
        """What was approved."""
        return select(self.house.con, Request, "where state = 'approved' order by id")

    def cancel(self) -> None:
        """A job is not wanted any more."""
        jobs = [job for job in self.house.jobs() if job.ended_at is None and job.ending is None and job.workflow]
        number = self.any_of([job.number for job in jobs if job.number is not None])
        if number is not None:
            self.house.act(lambda home: change.cancel(home, [number]))

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

    def holds(self) -> None:
        """After each move."""
        self.house.check()
        refused = self.house.con.execute("select count(*) from journal where what = 'reply refused'").fetchone()
        assert refused == (self.refused,)

    def to_the_end(self) -> None:
        """Once channels work and nobody answers, all ends: rung out, expired, and said."""
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

    def close(self) -> None:
        """Leave nothing behind."""
        self.house.con.close()
        self.folder.cleanup()

    def _waits_for_truth(self, job_id: int) -> bool:
        """Whether a step was cut off, so that only a person can say whether it took effect."""
        return any(r.kind in ("unknown", "input") and r.job_id == job_id for r in self.house.requests())

    def count(self) -> None:
        """What the rows say that happened."""
        con = self.house.con
        for name, question in COUNTED.items():
            self.seen[name] += con.execute(f"select count(*) from {question}").fetchone()[0]
        texts = con.execute("select text from message where channel = 'mail' and sent_at is not null").fetchall()
        self.seen["the deputy was told"] += sum("ada is away" in text for (text,) in texts)


MOVES = (
    Story.begin, Story.begin, Story.begin, Story.remind, Story.time_goes_by, Story.time_goes_by, Story.time_goes_by,
    Story.sleep, Story.clock_back, Story.die, Story.die_after_sending, Story.call_fails, Story.engaged,
    Story.channel_changes, Story.channel_changes,
    Story.prefers, Story.prefers,
    Story.answer, Story.climb, Story.put_off, Story.reply, Story.reply, Story.guess, Story.answer_while_sending,
    Story.deny, Story.edit, Story.tamper, Story.cancel, Story.look,
)  # fmt: skip
COUNTED = {
    "an approval expired": "request where kind = 'approval' and state = 'expired'",
    "held by quiet hours": "journal where tab = 'message' and what = 'held by quiet hours'",
    "held by the attention limit": "journal where tab = 'message' and what = 'held by the attention limit'",
    "bundled": "journal where tab = 'message' and what = 'bundled'",
    "a message went on to another channel": "journal where what = 'goes on by the next channel'",
    "nobody knows whether a message arrived": "message where state = 'unknown'",
    "the manager was told": "message where channel = 'desk' and sent_at is not null",
}


def _verbs(request: Request) -> list[str]:
    """What a person may say to a question, as they may type it."""
    if request.kind == "input":
        return ["answer"] if request.step_id is not None else ["done"]
    return {"approval": ["approve", "deny"], "unknown": ["happened"]}.get(request.kind, ["done", "ack"])


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
