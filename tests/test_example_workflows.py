"""The example workflows: checked, and run to their end in virtual time."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.ports.action import Done, NotDone
from tests.engine.flows import Flow

if TYPE_CHECKING:
    from tests.conftest import Ask

FOLDER = Path(__file__).parent.parent / "examples" / "workflows"
FILES = sorted(FOLDER.glob("*.yaml"))
INPUTS: dict[str, dict[str, Any]] = {
    "morning-brief": {},
    "follow-up": {"person": "ada"},
    "offer": {"to": "ada@example.com", "amount": 900},
    "triage": {"path": "/tickets/7.txt", "name": "7.txt"},
    "weekly-report": {},
    "owner": {"what": "the invoice run", "owner": "ada"},
    "renewal": {"what": "the passport", "before": "2027-01-31"},
}
PEOPLE = (
    '{"ada": {"channel": "chat", "deputy": "bob", "manager": "eve"}, "bob": {"channel": "phone"},'
    ' "eve": {"channel": "mail"}}'
)


def example(name: str, people: str = PEOPLE, **kept: str) -> Flow:
    """A store with one example in it."""
    return Flow((FOLDER / f"{name}.yaml").read_text(), people=people, **kept)


def test_every_example_is_listed_and_run() -> None:
    """None lies there that its page does not name or this test does not run."""
    page = (FOLDER.parent / "README.md").read_text()
    assert {path.stem for path in FILES} == set(INPUTS)
    assert all(f"workflows/{path.name}" in page for path in FILES)


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_an_example_ends_whatever_is_answered(name: str) -> None:
    """Nobody answers anything: it still comes to its end, and loses nothing."""
    flow = example(name)
    made = flow.run(name, None, **INPUTS[name])
    flow.fails("subject", Done({"stdout": "Urgent: the printer burns\n"}))
    flow.fails("collect", Done({"stdout": "a one\nb two\n"}))
    flow.fails("morning", Done({"text": "the day", "needs_you": 2}))
    flow.fails("again", Done({"text": "the day", "needs_you": 1}))
    flow.go(days=30)
    assert flow.job(made.job.id).ended_at is not None, flow.states(made.job.id)


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_an_example_stands_every_attack(name: str, ask: "Ask") -> None:
    """Death, a second tick, a changed mind, missing data, three days of silence: nothing is lost, stuck or doubled."""
    found = ask.json("workflow", "test", str(FOLDER / f"{name}.yaml"), "--adversarial")
    assert found["findings"] == []
    assert found["scenarios"] > 100


def test_the_follow_up_stops_at_the_first_answer() -> None:
    """The notes came in time: nobody is nudged. They did not: an answer ends the ladder."""
    flow = example("follow-up")
    flow.emit("calendar.ended", uid="1", title="Vendor call", organizer="ada")
    flow.go(hours=2)
    flow.emit("notes.came", **{"from": "ada"})
    flow.go(days=10)
    assert [str.__str__(job.state) for job in flow.jobs()] == ["completed"]
    assert flow.texts() == []
    flow.emit("calendar.ended", uid="2", title="Vendor call", organizer="ada")
    flow.go(days=4)
    flow.answer("ack")
    before = flow.texts()
    flow.go(days=20)
    assert flow.texts() == before
    assert flow.jobs()[1].state == "completed"


def test_the_offer_is_kept_only_when_it_was_approved() -> None:
    """Denied, it becomes a task; approved with an edit, the edit is what is kept."""
    flow = example("offer", approve_never="run", approve_always="mail_draft")
    made = flow.run("offer", to="ada@example.com", amount=900)
    flow.tick()
    flow.answer("deny", "too cheap")
    flow.tick()
    assert flow.job(made.job.id).state == "completed"
    assert flow.con.execute("select title from task").fetchone()[0] == "Write the offer to ada@example.com by hand"
    made = flow.run("offer", to="ada@example.com", amount=900)
    flow.tick()
    flow.answer("approve", None, subject="Our offer, second version")
    flow.tick()
    assert flow.steps(made.job.id)["keep"].action["mail_draft"]["subject"] == "Our offer, second version"


def test_an_urgent_ticket_rings_and_its_file_moves_aside() -> None:
    """An ordinary one is a task."""
    flow = example("triage")
    flow.fails("subject", Done({"stdout": "URGENT: fire\n"}), Done({"stdout": "a question\n"}))
    flow.emit("folder.new", path="/t/1", name="1", size=5)
    flow.emit("folder.new", path="/t/1", name="1", size=5)
    flow.emit("folder.new", path="/t/2", name="2", size=6)
    flow.tick()
    rows = flow.con.execute("select title, priority from task order by id").fetchall()
    assert rows == [("Ticket 1: URGENT: fire", "urgent"), ("Ticket 2: a question", "normal")]
    flow.answer("ack")
    flow.go(hours=1)
    assert [str.__str__(job.state) for job in flow.jobs()] == ["completed", "completed"]


def test_the_weekly_report_falls_back_to_a_task() -> None:
    """Where the program cannot run."""
    flow = example("weekly-report")
    flow.outside.broken["collect"] = NotDone("no repository", permanent=True)
    made = flow.run("weekly-report")
    flow.tick()
    assert flow.job(made.job.id).state == "completed"
    assert flow.states(made.job.id)["tell"] == "skipped"


@pytest.mark.parametrize(
    ("needs", "left", "texts"),
    [
        (2, 1, ["the day", "Of this morning's 2, 1 still wait for you: ask inbox"]),
        (2, 0, ["the day"]),
        (0, None, ["the day"]),
    ],
)
def test_the_brief_asks_once_more_for_what_still_waits(needs: int, left: int | None, texts: list[str]) -> None:
    """Eight hours later, and only where something does."""
    flow = example("morning-brief")
    flow.fails("morning", Done({"text": "the day", "needs_you": needs}))
    flow.fails("again", Done({"text": "the evening", "needs_you": left}))
    made = flow.run("morning-brief")
    flow.go(hours=7)
    assert flow.texts() == ["the day"]
    flow.go(hours=2)
    assert flow.texts() == texts
    assert flow.job(made.job.id).state == "completed"


def test_the_brief_of_the_example_is_that_of_the_command(ask: "Ask") -> None:
    """On a working day at half past seven, in one message."""
    ask.with_file_channel().ok("workflow", "add", str(FOLDER / "morning-brief.yaml"))
    ask.ok("add", "send the offer", "--due", "tomorrow 18:00")
    ask.tick("2026-11-24T07:30:00+01:00")
    assert ask.texts == ["\n".join(line.removeprefix("  ") for line in ask.ok("brief").out.splitlines())]
    assert "send the offer" in ask.texts[0]


def told(flow: Flow) -> list[tuple[str, str]]:
    """Where messages went and when, as the weekday and hour."""
    rows = flow.con.execute("select channel, sent_at from message where sent_at is not null order by id").fetchall()
    return [(channel, datetime.fromisoformat(at).strftime("%a %H:%M")) for channel, at in rows]


def test_an_owner_who_answers_within_two_hours_ends_it() -> None:
    """Nobody else hears of it."""
    flow = example("owner")
    made = flow.run("owner", what="the invoice run", owner="ada")
    flow.go(hours=1)
    flow.answer("ack")
    flow.go(days=10)
    assert told(flow) == [("chat", "Tue 08:00")]
    assert flow.job(made.job.id).state == "completed"
    assert flow.steps(made.job.id)["tell"].output == {"acknowledged": True}


def test_without_an_answer_the_manager_is_told_after_a_business_day_and_then_it_is_a_task() -> None:
    """The owner twice, the manager a business day later, a task after another one; then nothing, and it says so."""
    flow = example("owner")
    made = flow.run("owner", what="the invoice run", owner="ada")
    flow.go(days=20)
    assert told(flow) == [("chat", "Tue 08:00"), ("chat", "Tue 10:00"), ("mail", "Wed 10:00")]
    assert flow.con.execute("select title from task").fetchall() == [("the invoice run: nobody answered",)]
    assert flow.job(made.job.id).reason == "nobody answered after 1 ring and 3 rungs"


def test_an_answer_after_the_manager_was_told_leaves_no_task() -> None:
    """Any answer ends the whole ladder."""
    flow = example("owner")
    flow.run("owner", what="the invoice run", owner="ada")
    flow.go(days=1, hours=3)
    flow.answer("ack")
    flow.go(days=20)
    assert len(told(flow)) == 3
    assert flow.con.execute("select count(*) from task").fetchone() == (0,)


def test_the_deputy_of_an_owner_who_is_away_is_told_why() -> None:
    """Until the day on which the owner is back; the manager stays that of the owner."""
    flow = example("owner", PEOPLE.replace('"deputy"', '"away_until": "2026-11-25", "deputy"'))
    flow.run("owner", what="the invoice run", owner="ada")
    flow.go(days=20)
    assert told(flow) == [("phone", "Tue 08:00"), ("phone", "Tue 10:00"), ("mail", "Wed 10:00")]
    assert flow.texts()[0] == "the invoice run: is it in your hands? (to bob: ada is away until 2026-11-25)"
