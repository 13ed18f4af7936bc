"""People, their clocks and their channels around one store: what reaches whom when, and what they answer.

What a person does goes through the use cases of the command line. Each delivery is held against the rules as it begins:
the rules are written anew here, from what DESIGN and CONTRACT say, and ask nothing of the engine but its rows.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assistant.app.reply_key import make_key
from assistant.app.session import Session
from assistant.core.consent import hash_of
from assistant.core.moves import New, Put, Ref
from assistant.core.people import is_away
from assistant.core.quiet import held_until, read_quiet
from assistant.engine.tick import Tick
from assistant.jsontext import dump
from assistant.ports.action import ActionOutcome, Call
from assistant.ports.channel import Delivery, SendOutcome, Sent
from assistant.ports.records import Message, Request
from assistant.store import due
from assistant.store.rows import first, select
from assistant.store.write import Writing
from tests.engine.flows import BUDGET, Flow
from tests.world import Died, VirtualWorld

ANSWERING = frozenset({"chat", "desk"})  # channels that carry answers
PEOPLE: dict[str, dict[str, Any]] = {
    "ada": {"channel": "chat", "deputy": "bob", "manager": "eve"},
    "bob": {"channel": "mail"},
    "eve": {"channel": "desk"},
}


@dataclass(frozen=True, slots=True)
class Ring:
    """A message that began to go out: when it was claimed, in the order of all that happened, and what came of it."""

    order: int
    at: datetime
    channel: str
    key: str
    reached: bool


class Home(Session):
    """One use of the command on the store in memory."""

    def __init__(self, con: sqlite3.Connection, folder: str, now: datetime) -> None:
        super().__init__({"ASK_HOME": folder, "ASK_NOW": now.isoformat(), "TZ": "UTC"}, "a person")
        self._there = con

    @property
    def con(self) -> sqlite3.Connection:
        """The store in memory."""
        return self._there

    @property
    def reading(self) -> sqlite3.Connection:
        """The same."""
        return self._there

    def jitter(self) -> float:
        """No chance in it."""
        return 0.5


class Household(Flow):
    """A store whose preferences stand in it, and the people who are told and answer."""

    people = frozenset(PEOPLE)

    def __init__(self, folder: str, *files: str, **kept: str) -> None:
        super().__init__()
        self.folder = folder
        self.key = make_key(folder)
        self.order = 0
        self.rings: list[Ring] = []
        self.given: list[str] = []  # every token that reached somebody
        self.used: set[str] = set()
        self.settled: dict[int, int] = {}  # request -> when a person settled it
        self.ladders: dict[int, set[str]] = {}  # step that gave up -> the keys of its messages by then
        self.slow: dict[str, timedelta] = {}
        self.fatal = False  # who sends next dies of it
        self.meanwhile: Callable[[Delivery], None] | None = None
        self.wrong: list[str] = []
        self.seen: Counter[str] = Counter()
        with Writing(self.con, "", self.outside.now, command="begin") as writing:
            for name in ("chat", "mail", "desk"):
                row = {"name": name, "url": f"command:///bin/{name}", "added_at": writing.now}
                writing.apply([New("channel", Ref(name), row, "channel added")])
        for name, value in {"channel": "chat", "people": dump(PEOPLE), "timezone": "UTC", **kept}.items():
            self.prefer(name, value)
        for file in files:
            self.add(file)

    def prefer(self, name: str, value: str) -> None:
        """Set a preference."""
        there = self.con.execute("select 1 from preference where name = ?", (name,)).fetchone()
        with Writing(self.con, "", self.outside.now, command="pref set") as writing:
            changes = {"value": value, "set_at": writing.now}
            move = Put("preference", name, changes, "set") if there else None
            writing.apply([move or New("preference", Ref(name), {"name": name, **changes}, "set")])

    def home(self) -> Home:
        """One use of the command, now."""
        return Home(self.con, self.folder, self.outside.now)

    def world(self, lease: str = "me") -> "Around":
        """A worker's view, with the preferences that stand in the store."""
        return Around(self, lease)

    def tick(self, lease: str | None = None) -> Any:
        """One tick; where it dies of `fatal`, the next one."""
        self.ticks += 1
        name = lease or f"tick{self.ticks}"
        try:
            return Tick(self.con, "", self.world(name), BUDGET, None).run()
        except Died:
            if self.outside.die_at is not None:
                raise
            self.bury(name)
            return self.tick()

    def bury(self, lease: str) -> None:
        """A worker has died: what it had begun is not written."""
        self.seen["a worker died"] += 1
        self.outside.dead.add(lease)
        if self.con.in_transaction:
            self.con.rollback()

    def act(self, what: "Callable[[Home], Any]") -> Any:
        """What a person does; the questions that it settles are answered from now on."""
        before = {request.id for request in self.requests()}
        self.con.outside = None  # it is the worker that dies, not the person
        try:
            return what(self.home())
        finally:
            self.con.outside = self.outside
            self.order += 1
            for number in before - {request.id for request in self.requests()}:
                self.settled[number] = self.order

    # What happens outside

    def rings_out(self, channel: str, delivery: Delivery) -> None:
        """A message begins to go out: none in quiet hours, none above the limit, none after an answer."""
        message = self.row_of(delivery.key, channel)
        kept = self.home().kept
        limit = kept.get("attention_limit", "off")
        if delivery.severity != "high":
            quiet = kept.get("quiet_hours", "off")
            if quiet != "off":
                hours = read_quiet(quiet, "UTC")
                if held_until(hours, delivery.severity, self.outside.now, channel) != self.outside.now:
                    self.wrong.append(f"{delivery.key} on {channel} in quiet hours, at {self.outside.now}")
        if self._is_full(limit) and not delivery.doubtful:  # what is in doubt was given its place before
            if delivery.severity == "high":
                self.seen["high broke through the limit"] += 1
            elif self._is_own(message):
                self.seen["a person's own reminder broke through the limit"] += 1
            else:
                self.wrong.append(f"{delivery.key} on {channel} above {limit}, at {self.outside.now}")
        request = self.question_of(message)
        if request is not None and request.id in self.settled:
            self.wrong.append(f"{delivery.key} goes out after the answer to {request.id}")

    def _is_full(self, limit: str) -> bool:
        """Whether as many messages reached somebody in an hour, or a day, as the person wants at most."""
        for part in limit.split(",") if limit != "off" else ():
            most, _, window = part.strip().partition("/")
            since = self.outside.now - (timedelta(hours=1) if window == "h" else timedelta(days=1))
            there = [ring for ring in self.rings if ring.reached and ring.at > since]
            if sum(self._has_place(self.row_of(ring.key, ring.channel)) for ring in there) >= int(most):
                return True
        return False

    def _has_place(self, message: Message) -> bool:
        """Whether a message counts under the limit: not one of which nobody knows when it arrived, if it did."""
        return message.sent_at is not None or message.state not in ("unknown", "acknowledged")

    def _is_own(self, message: Message) -> bool:
        """A reminder that the person set, which no limit holds."""
        if message.schedule_id is None or message.job_id is None or message.severity == "low":
            return False
        return due.job(self.con, message.job_id).workflow is None

    def row_of(self, key: str, channel: str) -> Message:
        """The row of a message."""
        found = first(self.con, Message, "where key = ? and channel = ? order by id desc", (key, channel))
        assert found is not None, key
        return found

    def question_of(self, message: Message) -> Request | None:
        """The question that a message rings for: of its step, or of the ladder that its step is a rung of."""
        if message.job_id is None:
            return None
        steps = {step.id: step for step in due.steps_of(self.con, message.job_id)}
        ringing = steps[message.step_id].path.partition("/rung/")[0] if message.step_id is not None else None
        found = None
        for request in select(self.con, Request, "where job_id = ? and step_id is not null", (message.job_id,)):
            step = steps[request.step_id or 0]
            asks = message.key.startswith(f"{step.key}/{'unknown' if request.kind == 'unknown' else 'asked'}/")
            if asks if request.kind != "ack" else step.path == ringing:
                found = request  # the newest, where it was asked again
        return found

    def rang(self, ring: Ring, delivery: Delivery) -> None:
        """What came of it."""
        self.rings.append(ring)
        self.seen[f"{ring.channel} {'took' if ring.reached else 'did not take'} a message"] += 1
        if ring.reached and delivery.asked is not None:
            self.given += [one.token for one in delivery.asked.replies]

    def acts(self, kind: str, call: Call) -> None:
        """A step takes effect: one that needs approval, only as it was approved, byte for byte."""
        if "/rung/" in call.step:
            self._rung_acts(call)
        if call.step not in ("pay", "send"):
            return
        found = self.con.execute(
            "select request.state, request.hash from request join step on step.id = request.step_id"
            " where step.key = ? and request.kind = 'approval'",
            (call.key,),
        ).fetchall()
        if ("approved", hash_of({kind: call.action})) not in found:
            self.wrong.append(f"{call.key} does {call.action}, which nobody approved: {found}")
        self.seen["an approved action took effect"] += 1

    def _rung_acts(self, call: Call) -> None:
        """A rung does nothing once its ladder was answered."""
        found = self.con.execute(
            "select request.id from step join request on request.job_id = step.job_id"
            " where step.key = ? and request.kind = 'ack'",
            (call.key,),
        ).fetchall()
        if any(number in self.settled for (number,) in found):
            self.wrong.append(f"{call.key} acts after the answer")
        self.seen["a rung acted"] += 1

    # What must hold at any time

    def check(self) -> None:
        """Whatever happened."""
        assert not self.wrong, self.wrong
        for channel, keys in self.outside.files.items():
            twice = [key for key, times in Counter(keys).items() if times > 1]
            assert not twice, (channel, twice)
        self._check_questions()
        self._check_ladders()

    def _check_questions(self) -> None:
        from assistant.app.inbox import inbox

        shown = {entry.id for entry in inbox(self.home())}
        for request in select(self.con, Request, "order by id"):
            if request.state == "open":
                put_off = request.snoozed_to is not None and request.snoozed_to > self.outside.now
                assert request.id in shown or put_off, request
                assert request.job_id is not None
                job = due.job(self.con, request.job_id)
                assert job.ended_at is None or request.kind == "failure", (request, job)
            else:
                assert request.ended_at is not None, request
                (why,) = self.con.execute(
                    "select what from journal where tab = 'request' and row = ? order by id desc limit 1",
                    (str(request.id),),
                ).fetchone()
                assert why, request

    def _check_ladders(self) -> None:
        """Where nobody answered, the job says so, and the ladder sends nothing new any more."""
        rows = self.con.execute(
            "select id, job_id from step where state = 'completed' and json_extract(output, '$.acknowledged') = 0"
        ).fetchall()
        for step_id, job_id in rows:
            steps = due.steps_of(self.con, job_id)
            path = next(step.path for step in steps if step.id == step_id)
            mine = {step.id for step in steps if step.id == step_id or step.path.startswith(f"{path}/rung/")}
            there = {m.key for m in select(self.con, Message, "where job_id = ?", (job_id,)) if m.step_id in mine}
            assert self.ladders.setdefault(step_id, there) == there
            job = due.job(self.con, job_id)
            assert "nobody answered" in (job.reason or ""), job
            self.seen["nobody answered a ladder" if job.workflow else "nobody answered a reminder"] += 1

    def is_away(self, name: str) -> bool:
        """Whether a person is away now."""
        from assistant.jsontext import load

        return is_away(load(self.home().kept["people"])[name], self.outside.now, "UTC")


class Around(VirtualWorld):
    """A worker's world in which people live."""

    def __init__(self, household: Household, lease: str) -> None:
        home = household.home()
        super().__init__(household.outside, lease, home.channels, "UTC", home.quiet_hours)
        self.conventions = home.conventions
        self.kept = home.kept
        self.household = household

    def reply_key(self, channel: str) -> bytes | None:
        """Some channels carry answers."""
        return self.household.key if channel in ANSWERING else None

    def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
        """Each delivery is held against the rules as it begins; a person may answer while it is under way."""
        house = self.household
        house.order += 1
        order, at = house.order, self.outside.now
        again = delivery.doubtful and delivery.key in self.outside.files.get(channel, ())
        if not again:
            house.rings_out(channel, delivery)
        if house.slow.get(channel):
            self.outside.now += house.slow[channel]
            self.outside.seconds += 1  # so that the tick takes it for no quick one
        if house.meanwhile is not None:
            meanwhile, house.meanwhile = house.meanwhile, None
            meanwhile(delivery)
        outcome = super().deliver(channel, delivery)
        reached = isinstance(outcome, Sent)
        dies, house.fatal = house.fatal and reached, house.fatal and not reached
        if not again:
            house.rang(Ring(order, at, channel, delivery.key, reached), delivery)
        if dies:
            house.seen["a worker died before it could write that it had sent"] += 1
            raise Died(f"after deliver {channel}")
        return outcome

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        """What takes effect is held against what was approved."""
        self.household.acts(kind, call)
        return super().perform(kind, call)
