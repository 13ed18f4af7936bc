"""Stories of questions: a choice, a text, fields with their types, and what a person is asked for."""

from typing import TYPE_CHECKING, Any

from tests.cli.workflows import run, started

if TYPE_CHECKING:
    from tests.conftest import Ask

CHOICE = """
name: q
steps:
  - {id: which, ask: {question: Which one?, choices: [red, "2"]}}
  - {id: say, text: "it is {{ steps.which.output }}"}
"""
FREE = """
name: q
steps:
  - {id: what, ask: {question: What shall I write?}}
  - {id: say, text: "{{ steps.what.output }}"}
"""
FIELDS = """
name: q
steps:
  - id: form
    ask:
      question: How much, and to whom?
      fields: {amount: {type: number}, to: {type: text}, tags: {type: list, default: [a]}}
  - {id: say, text: "{{ steps.form.output.to }} gets {{ steps.form.output.amount + 1 }}"}
"""


def output(ask: "Ask", job: int, path: str) -> Any:
    """What a step gave."""
    return next(step["output"] for step in ask.json("show", str(job))["steps"] if step["path"] == path)


def test_a_choice_is_the_output_of_its_step(ask: "Ask") -> None:
    """The job goes on with it at once: what follows is inline."""
    job = started(ask, CHOICE, "q")
    (asked,) = ask.json("inbox")
    assert asked["actions"] == [f"ask answer {asked['id']} red", f"ask answer {asked['id']} 2"]
    (item,) = ask.json("answer", str(asked["id"]), "red")
    assert item["state"] == "answered"
    assert output(ask, job, "say") == {"text": "it is red"}
    assert ask.json("show", str(job))["state"] == "completed"


def test_an_answer_that_is_no_choice_is_refused_with_the_choices(ask: "Ask") -> None:
    """And the question stays open."""
    job = started(ask, CHOICE, "q")
    assert "red | 2" in ask.refused(2, "answer", str(job), "blue")
    assert "red | 2" in ask.refused(2, "answer", str(job))
    assert len(ask.json("inbox")) == 1


def test_a_question_without_choices_takes_any_text(ask: "Ask") -> None:
    """Words as they stand, or all of stdin; nothing is no answer."""
    job = started(ask, FREE, "q")
    ask.refused(2, "answer", str(job))
    ask.ok("answer", str(job), "Dear", "Ada,", "{{ x }}")
    assert output(ask, job, "say") == {"text": "Dear Ada, {{ x }}"}
    job = run(ask, "q")
    ask.ok("run-due")
    ask.ok("answer", str(job), "-", stdin="two\nlines\n")
    assert output(ask, job, "say") == {"text": "two\nlines"}


def test_fields_are_typed_and_what_has_a_default_may_be_left_out(ask: "Ask") -> None:
    """A number is a number, a text that looks like one stays a text."""
    job = started(ask, FIELDS, "q")
    ask.ok("answer", str(job), "amount=5", "to=007")
    assert output(ask, job, "form") == {"amount": 5, "to": "007", "tags": ["a"]}
    assert output(ask, job, "say") == {"text": "007 gets 6"}


def test_fields_that_lack_are_named(ask: "Ask") -> None:
    """Only those, with the command that gives them."""
    job = started(ask, FIELDS, "q")
    said = ask.refused(2, "answer", str(job), "to=ada")
    assert "It lacks: amount." in said
    assert f"ask answer {job} amount=…" in said
    assert "the fields are: amount, tags, to" in ask.refused(2, "answer", str(job), "sum=5")
    assert "a number" in ask.refused(2, "answer", str(job), "to=ada", "amount=much")
    assert len(ask.json("inbox")) == 1


def test_at_a_terminal_only_what_lacks_is_asked_for(ask: "Ask") -> None:
    """One question a field."""
    job = started(ask, FIELDS, "q")
    shown = ask.terminal("answer", str(job), "to=ada", typed="12\n", NO_COLOR="1").out
    assert "amount (number)" in shown
    assert "to (text)" not in shown
    assert output(ask, job, "say") == {"text": "ada gets 13"}


def test_at_a_terminal_a_question_without_an_answer_is_asked(ask: "Ask") -> None:
    """With its choices."""
    job = started(ask, CHOICE, "q")
    assert "Which one? [red | 2]" in ask.terminal("answer", str(job), typed="2\n", NO_COLOR="1").out
    assert output(ask, job, "say") == {"text": "it is 2"}


def test_done_is_no_answer_to_a_question(ask: "Ask") -> None:
    """It would go on with nothing."""
    job = started(ask, CHOICE, "q")
    assert "ask answer" in ask.refused(4, "done", str(job))
    assert len(ask.json("inbox")) == 1


def test_an_answer_is_taken_back_until_a_tick_acted(ask: "Ask") -> None:
    """`ask undo` opens the question again."""
    job = started(ask, CHOICE, "q")
    ask.ok("answer", str(job), "red")
    ask.ok("undo")
    assert len(ask.json("inbox")) == 1
    ask.ok("answer", str(job), "2")
    assert output(ask, job, "say") == {"text": "it is 2"}


def test_a_question_that_expired_follows_its_fallback(ask: "Ask") -> None:
    """What was said beforehand."""
    file = """
name: q
steps:
  - id: which
    ask: {question: Which?, choices: [x, y], expires: 1h, on_expiry: fallback}
    fallback: [{text: x}]
"""
    job = started(ask, file, "q")
    ask.at("2026-11-23T17:20:00+01:00")
    assert "expired" in ask.refused(4, "answer", str(job), "y")
    ask.ok("run-due")
    assert (ask.json("show", str(job))["state"], output(ask, job, "which")) == ("completed", {"text": "x"})
