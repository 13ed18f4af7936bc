"""`ask trace`: how a job went, with the times of all its parts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Ask


def test_the_trace_of_a_reminder_shows_its_ring_question_and_messages(ask: "Ask") -> None:
    """By the number of the reminder: its latest job."""
    ask.ok("remind", "stretch", "--at", "2026-11-24 11:00", "--until-ack", "--repeat", "10m")
    for clock in ("11:00", "11:10"):
        ask.at(f"2026-11-24T{clock}:00+01:00").ok("run-due")
    ask.at("2026-11-24T11:12:00+01:00").ok("ack", "1")
    spans = ask.json("trace", "1")
    assert [(span["kind"], span["outcome"], span["took_s"]) for span in spans[:4]] == [
        ("job", "completed", 720.0),
        ("trigger", None, 0.0),
        ("step", "completed", 720.0),
        ("request", "acknowledged", 720.0),
    ]
    assert [span["cause"] for span in spans if span["kind"] == "message"] == ["a newer ring took its place", "answered"]
    assert all(span["start"].endswith("+01:00") for span in spans)


def test_a_trace_on_a_terminal_is_a_waterfall(ask: "Ask") -> None:
    """Bars begin where their parts began."""
    ask.ok("remind", "stretch", "--at", "2026-11-24 11:00", "--until-ack", "--repeat", "10m")
    for clock in ("11:00", "11:10"):
        ask.at(f"2026-11-24T{clock}:00+01:00").ok("run-due")
    ask.at("2026-11-24T11:20:00+01:00")
    lines = [line for line in ask.terminal("trace", "1").out.splitlines() if "message by terminal" in line]
    first, second = (line.index("─") for line in lines)
    assert second - first == 12, lines


def test_what_has_no_job_cannot_be_traced(ask: "Ask") -> None:
    """Exit 3, with the way on."""
    ask.ok("add", "buy milk")
    assert "nothing to trace. | ask show 1" in ask.refused(3, "trace", "1")
