"""The example workflows: checked, and run to their end in virtual time."""

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
    "follow-up": {"person": "ada"},
    "offer": {"to": "ada@example.com", "amount": 900},
    "triage": {"path": "/tickets/7.txt", "name": "7.txt"},
    "weekly-report": {},
    "renewal": {"what": "the passport", "before": "2027-01-31"},
}


def example(name: str, **kept: str) -> Flow:
    """A store with one example in it."""
    return Flow((FOLDER / f"{name}.yaml").read_text(), **kept)


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
