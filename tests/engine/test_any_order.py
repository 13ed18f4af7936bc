"""Any order of a person's commands, ticks, deaths, faults and clock jumps keeps the promises of DESIGN §4."""

import os
from collections import deque
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.app import answers, change, edit, remind, snooze, tasks, undo
from assistant.errors import NotFound, NotPossible, UsageError
from assistant.instants import from_text
from assistant.ports.channel import Doubtful, NotSent
from assistant.ports.records import Schedule
from assistant.store.rows import select
from assistant.when import rule as rules
from assistant.when.values import Conventions
from tests.engine.stories import Run, check_messages
from tests.fold import TABLES, check_fold
from tests.session import StoreSession, keep_file_channel

NUMBERS = st.integers(0, 3)  # counted among those that are open, the newest first
SOON = st.sampled_from(["in 10 minutes", "in 1 hour", "in 26 hours", "tomorrow 9:00"])
RULES = st.sampled_from(
    ["day at 9:00", "every 2 hours", "3 days after done", "day at 9:00 for 3 times", "hour until tomorrow 12:00"]
)
SPANS = st.sampled_from([timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=3), timedelta(days=2)])
REFUSALS = (NotPossible, NotFound, UsageError)
Rows = dict[tuple[str, str], dict[str, Any]]


class AnyOrder(RuleBasedStateMachine):
    """A person, a scheduler that may die, a channel that may fail, and a clock that jumps."""

    @initialize()
    def begin(self) -> None:
        """An empty store."""
        self.run_ = Run()
        keep_file_channel(self.run_)
        self.before: dict[int, Rows] = {}  # command -> the rows before it
        self.highest = self.run_.outside.now

    # The person

    @precondition(lambda self: self.run_.value("select count(*) from schedule where state <> 'ended'") < 3)
    @rule(at=SOON, ack=st.booleans(), if_late=st.sampled_from(["run", "skip", "brief", "ask"]), useless=st.booleans())
    def remind(self, at: str, ack: bool, if_late: str, useless: bool) -> None:
        """A reminder with one slot."""
        useless_after = "30m" if useless else None
        wish = remind.Wish("call", at=at, until_ack=ack, if_late=if_late, useless_after=useless_after)
        self.command("remind", lambda session: remind.remind(session, wish))

    @precondition(lambda self: self.run_.value("select count(*) from schedule where state <> 'ended'") < 3)
    @rule(every=RULES, ack=st.booleans(), if_late=st.sampled_from(["run", "skip"]))
    def remind_often(self, every: str, ack: bool, if_late: str) -> None:
        """A reminder with many slots."""
        wish = remind.Wish("call", every=every, until_ack=ack, if_late=if_late)
        self.command("remind every", lambda session: remind.remind(session, wish))

    @precondition(lambda self: self.run_.value("select count(*) from task") < 1)
    @rule()
    def add(self) -> None:
        """A task."""
        self.command("add", lambda session: tasks.add(session, "buy milk"))

    @rule(number=NUMBERS)
    def done(self, number: int) -> None:
        """It is done, before or after it rang."""
        self.settle(change.done, number)

    @rule(number=NUMBERS)
    def ack(self, number: int) -> None:
        """It was seen."""
        self.settle(change.ack, number)

    @rule(number=NUMBERS)
    def cancel(self, number: int) -> None:
        """It is not wanted any more."""
        self.settle(change.cancel, number)

    @rule(number=NUMBERS)
    def pause(self, number: int) -> None:
        """It rests."""
        self.settle(change.pause, number)

    @rule(number=NUMBERS)
    def resume(self, number: int) -> None:
        """It goes on."""
        self.settle(change.resume, number)

    def settle(self, act: Any, place: int) -> None:
        """One of the verbs that take numbers."""
        number = self.number(place)
        self.command(f"{act.__name__} {number}", lambda session: act(session, [number]))

    @rule(number=NUMBERS, to=SOON)
    def snooze(self, number: int, to: str) -> None:
        """Later."""
        number = self.number(number)
        self.command(f"snooze {number}", lambda session: snooze.snooze(session, [number], to))

    @rule(number=NUMBERS, word=st.sampled_from(["yes", "no"]))
    def answer(self, number: int, word: str) -> None:
        """A late one asks first."""
        number = self.number(number)
        self.command(f"answer {number}", lambda session: answers.answer(session, number, [word]))

    @rule(
        number=NUMBERS,
        wish=st.sampled_from(
            [edit.Edit(title="ring"), edit.Edit(at="in 2 hours"), edit.Edit(until_ack=True), edit.Edit(repeat="none"),
             edit.Edit(due="tomorrow")]
        ),
    )  # fmt: skip
    def edit(self, number: int, wish: edit.Edit) -> None:
        """A change of mind."""
        number = self.number(number)
        self.command(f"edit {number}", lambda session: edit.edit(session, number, wish))

    @rule()
    def undo(self) -> None:
        """Take back the latest command: it restores exactly, or refuses."""
        latest = self.run_.value("select max(id) from command where undone_by is null and words <> 'undo'")
        if self.command("undo", undo.undo):
            self.check_restored(latest, self.before[latest])

    def number(self, place: int) -> int:
        """The number of something open, mostly."""
        numbers = self.run_.column(
            "select id from schedule where state <> 'ended' union select id from request where state = 'open'"
            " union all select max(id) from number order by id desc"
        )
        return numbers[place % len(numbers)] or 1

    def command(self, words: str, act: Any) -> bool:
        """One command of the person: it changes something whole, or refuses and changes nothing."""
        before = self.rows()
        lines = self.run_.value("select max(id) from journal")
        session = StoreSession(self.run_, words)
        self.run_.con.outside = None
        try:
            act(session)
        except REFUSALS:
            assert self.run_.value("select max(id) from journal") == lines, "a refused command changed something"
            return False
        finally:
            self.run_.con.outside = self.run_.outside
            assert not self.run_.con.in_transaction
        made = self.run_.value("select max(id) from command")
        if made is not None:
            self.before.setdefault(made, before)
        return True

    # The world

    @rule(by=SPANS)
    def time_goes_by(self, by: timedelta) -> None:
        """Nothing ticks meanwhile."""
        self.run_.outside.advance(by)
        self.highest = max(self.highest, self.run_.outside.now)

    @rule(by=SPANS)
    def ticking(self, by: timedelta) -> None:
        """A tick at every moment at which something is due."""
        self.run_.until(self.run_.outside.now + by)
        self.highest = max(self.highest, self.run_.outside.now)

    @rule()
    def clock_jumps_back(self) -> None:
        """An hour."""
        self.run_.outside.advance(timedelta(hours=-1))

    @rule(ahead=st.integers(1, 12))
    def dies(self, ahead: int) -> None:
        """The next tick dies somewhere, and another one follows."""
        self.run_.outside.die_at = self.run_.outside.boundary_count + ahead
        self.run_.tick()
        self.run_.outside.die_at = None

    @precondition(lambda self: not self.run_.outside.sends.get("file"))
    @rule(
        outcomes=st.lists(st.sampled_from([NotSent("busy"), NotSent("no", permanent=True), Doubtful("?")]), max_size=6)
    )
    def channel_fails(self, outcomes: list[Any]) -> None:
        """The next sends are refused, or doubtful."""
        self.run_.outside.sends["file"] = deque(outcomes)

    # What must hold

    @invariant()
    def the_journal_folds_to_the_rows(self) -> None:
        """At every moment."""
        check_fold(self.run_.con)

    @invariant()
    def every_due_slot_has_one_row_or_is_still_to_come(self) -> None:
        """No row twice, no slot between the last row and the next one."""
        for schedule in select(self.run_.con, Schedule, ""):
            check_schedule(self.run_, schedule)

    def teardown(self) -> None:
        """Once faults stop, everything due finishes, nothing was sent twice, and nothing is lost."""
        if not hasattr(self, "run_"):
            return
        self.run_.outside.sends.clear()
        self.run_.outside.now = max(self.run_.outside.now, self.highest)
        self.run_.until(self.run_.outside.now + timedelta(days=3))
        check_fold(self.run_.con)
        check_messages(self.run_)
        for schedule in select(self.run_.con, Schedule, ""):
            check_schedule(self.run_, schedule)
            check_not_stuck(self.run_, schedule)

    def rows(self) -> Rows:
        """All rows by table and key, without their revisions."""
        found: Rows = {}
        for table in TABLES:
            cursor = self.run_.con.execute(f"select * from {table}")
            names = [column[0] for column in cursor.description]
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                row.pop("rev", None)
                key = "/".join(str(row[name]) for name in _keys(table))
                found[table, key] = row
        return found

    def check_restored(self, command: int, before: Rows) -> None:
        """What the command touched is as it was; what it made is gone, or says that it was undone."""
        touched = self.run_.con.execute("select distinct tab, row from journal where command_id = ?", (command,))
        now = self.rows()
        for key in touched.fetchall():
            if key in before:
                assert now.get(key) == before[key], f"{key} was {before[key]}, is {now.get(key)}"
            elif key in now and key[0] not in ("workflow", "command"):
                assert now[key]["state"] in ("dropped", "ended", "withdrawn", "cancelled"), key


def _keys(table: str) -> tuple[str, ...]:
    from assistant.store.write import KEYS

    return KEYS.get(table, ("id",))


def check_schedule(run: Run, schedule: Schedule) -> None:
    """Rows are disjoint and ascending, and each slot of a rule that is over lies in one of them."""
    found = run.con.execute("select at, last, count from slot where schedule_id = ? order by at", (schedule.id,))
    ranges = [(from_text(at), from_text(last), count) for at, last, count in found]
    for (_, last, _), (at, _, _) in pairwise(ranges):
        assert last < at, f"rows of {schedule.id} overlap"
    if schedule.rule is None or "AFTER-DONE" in schedule.rule or schedule.reason == "undone":
        return
    until = schedule.next_at - timedelta(seconds=1) if schedule.next_at else run.outside.now
    if schedule.ended_at is not None:
        until = min(until, schedule.ended_at)
    for slot in rules.slots(schedule.rule, schedule.created_at, schedule.zone, Conventions("UTC")):
        if slot > min(until, run.outside.now):
            break
        assert any(at <= slot <= last for at, last, _ in ranges), f"slot {slot} of {schedule.id} has no row"


def check_not_stuck(run: Run, schedule: Schedule) -> None:
    """It has a slot to come, or has ended, or waits for a person or for its message to be seen."""
    if schedule.state == "ended" or (schedule.next_at is not None and schedule.next_at > run.outside.now):
        return
    open_job = run.value("select id from job where schedule_id = ? and ended_at is null", schedule.id)
    assert open_job is not None, f"{schedule} is stuck"
    waits = run.value("select count(*) from request where job_id = ? and state = 'open'", open_job)
    shown = run.value("select count(*) from message where job_id = ? and state = 'queued'", open_job)
    assert waits or shown, f"job {open_job} of {schedule.id} waits for nothing"


AnyOrder.TestCase.settings = settings(
    max_examples=int(os.environ.get("ASK_EXAMPLES", "25")),
    stateful_step_count=30,
    deadline=None,
    derandomize="ASK_EXAMPLES" not in os.environ,
    phases=[Phase.generate, Phase.shrink] if "ASK_EXAMPLES" not in os.environ else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestAnyOrder = AnyOrder.TestCase
