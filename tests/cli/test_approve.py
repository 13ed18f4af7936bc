"""Stories of approvals: what was reviewed is what runs, edits are shown, refusals say what it is instead."""

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.cli.workflows import check_journal, keep, run, started

if TYPE_CHECKING:
    from tests.conftest import Ask

COPY = """
name: copy
inputs: {{text: {{default: hello}}, amount: {{type: number, default: 20}}}}
steps:
  - id: put
    run: [sh, -c, 'printf %s "$1" >> {folder}/out', put, "{{{{ inputs.text }}}}"]
    approve: {{expires: 2d{more}}}
    {rest}
"""
MAIL = """
name: offer
inputs: {person: {default: acme@example.com}}
steps:
  - id: send
    mail: {to: "{{ inputs.person }}", subject: Offer, body: "Hello\\n\\nthe offer"}
    approve: {expires: 2d}
    fallback:
      - text: kept
"""


def copying(ask: "Ask", more: str = "", rest: str = "effect: once", **inputs: object) -> int:
    """A job that asks before it writes to a file: its number."""
    return started(ask, COPY.format(folder=ask.folder, more=more, rest=rest), "copy", **inputs)


def written(ask: "Ask") -> str:
    """What the step wrote."""
    path = ask.folder / "out"
    return path.read_text() if path.exists() else ""


def the_request(ask: "Ask") -> int:
    """The number of the only open request."""
    (asked,) = ask.json("inbox")
    return int(asked["id"])


def test_what_is_approved_runs_with_the_next_tick_and_not_before(ask: "Ask") -> None:
    """WORKFLOW "Who begins": approve changes rows; only a tick begins a step."""
    job = copying(ask)
    (item,) = ask.json("approve", str(the_request(ask)))
    assert (item["state"], item["again"], item["job"]) == ("approved", False, job)
    assert item["proposal"]["argv"][-1] == "hello"
    assert written(ask) == ""
    ask.ok("run-due")
    assert written(ask) == "hello"
    assert ask.json("show", str(job))["state"] == "completed"


def test_an_approval_takes_the_number_of_the_job_too(ask: "Ask") -> None:
    """CONTRACT "Numbers": the item whose only open request it is."""
    job = copying(ask)
    assert ask.json("approve", str(job))[0]["id"] == job
    ask.ok("run-due")
    assert written(ask) == "hello"


def test_several_approvals_are_one_change_and_one_wrong_number_changes_nothing(ask: "Ask") -> None:
    """All or nothing, and one undo for all."""
    copying(ask)
    run(ask, "copy")
    ask.ok("run-due")
    numbers = [str(asked["id"]) for asked in ask.json("inbox")]
    ask.refused(3, "approve", *numbers, "999")
    assert len(ask.json("inbox")) == 2
    ask.ok("approve", *numbers)
    assert ask.json("inbox") == []
    ask.ok("undo")
    assert [str(asked["id"]) for asked in ask.json("inbox")] == numbers


def test_an_approval_is_taken_back_until_a_tick_has_acted(ask: "Ask") -> None:
    """CONTRACT: undo, until something in the world came of it."""
    job = copying(ask)
    number = str(the_request(ask))
    ask.ok("approve", number)
    ask.ok("undo")
    ask.ok("run-due")
    assert (written(ask), ask.json("show", str(job))["state"]) == ("", "awaiting_input")
    ask.ok("approve", number)
    ask.ok("run-due")
    assert "cannot be undone" in ask.refused(4, "undo")


def test_a_denied_step_cancels_its_job_and_the_reason_is_kept(ask: "Ask") -> None:
    """WORKFLOW "Approval": without a fallback step and job are cancelled."""
    job = copying(ask)
    number = str(the_request(ask))
    (item,) = ask.json("deny", number, "--why", "not to them")
    assert item["state"] == "denied"
    assert ask.json("show", number)["requests"][0]["answer"] == "not to them"
    shown = ask.json("show", str(job))
    assert (shown["state"], "not to them" in shown["why"]) == ("cancelled", True)
    ask.ok("run-due")
    assert written(ask) == ""


def test_a_denied_step_with_a_fallback_lets_that_stand_in(ask: "Ask") -> None:
    """The fallback runs if there is one."""
    job = started(ask, MAIL, "offer")
    ask.ok("deny", str(job))
    ask.ok("run-due")
    assert ask.json("show", str(job))["state"] == "completed"


def test_nobody_answering_is_what_was_said_beforehand(ask: "Ask") -> None:
    """Expired as denied; before a tick has settled it, a late yes is refused."""
    job = copying(ask)
    number = str(the_request(ask))
    ask.at("2026-11-25T16:20:00+01:00")
    assert "expired" in ask.refused(4, "approve", number)
    ask.ok("run-due")
    assert ask.json("show", number)["state"] == "expired"
    assert ask.json("show", str(job))["state"] == "cancelled"
    assert written(ask) == ""


# Refusals


def test_a_settled_request_says_what_it_is(ask: "Ask") -> None:
    """CONTRACT "Numbers": exit 4 with what it is."""
    copying(ask)
    number = str(the_request(ask))
    ask.ok("deny", number)
    assert f"Request {number} is denied already" in ask.refused(4, "approve", number)


def test_a_request_of_another_kind_names_the_right_verb(ask: "Ask") -> None:
    """Each kind has its own verbs; the refusal shows them."""
    copying(ask)
    number = str(the_request(ask))
    for words in (["answer", number, "yes"], ["resolve", number, "--happened"], ["done", number], ["retry", number]):
        assert f"ask approve {number}" in ask.refused(4, *words)
    started(ask, "name: q\nsteps:\n  - {id: a, ask: {question: Which?, choices: [x, y]}}\n", "q")
    question = str(next(asked["id"] for asked in ask.json("inbox") if asked["kind"] == "input"))
    assert f"ask answer {question} x" in ask.refused(4, "approve", question)


def test_a_job_with_more_than_one_open_request_lists_them(ask: "Ask") -> None:
    """Exit 4 with the list, and one of them named as an example."""
    file = """
name: two
steps:
  - {id: put, for_each: "['a', 'b']", at_once: 2, run: [echo, "{{ item }}"], approve: {expires: 2d}}
"""
    job = started(ask, file, "two")
    numbers = [asked["id"] for asked in ask.json("inbox")]
    assert len(numbers) == 2
    said = ask.refused(4, "approve", str(job))
    assert all(f"{number} approval" in said for number in numbers)


def test_of_two_approvals_at_once_one_wins(ask: "Ask") -> None:
    """Two processes: one is told that it is approved already, and the step runs once."""
    copying(ask)
    number = str(the_request(ask))
    both = [ask.start("approve", number, "--json") for _ in range(2)]
    codes = sorted(process.wait() for process in both)
    for process in both:
        process.communicate()
    assert codes == [0, 4]
    ask.ok("run-due")
    assert written(ask) == "hello"


def test_of_a_yes_and_a_no_at_once_one_counts(ask: "Ask") -> None:
    """Two processes: the other one is refused, and what counts is what happens."""
    copying(ask)
    number = str(the_request(ask))
    both = [ask.start(verb, number, "--json") for verb in ("approve", "deny")]
    codes = [process.wait() for process in both]
    for process in both:
        process.communicate()
    assert sorted(codes) == [0, 4]
    ask.ok("run-due")
    assert written(ask) == ("hello" if codes[0] == 0 else "")
    check_journal(ask)


# Edits


def test_an_edited_input_makes_the_action_anew_and_runs_as_shown(ask: "Ask") -> None:
    """The reply shows proposal and hash; what runs is that."""
    job = copying(ask)
    before = ask.json("inbox")[0]["hash"]
    (item,) = ask.json("approve", str(the_request(ask)), "--edit", "text=good bye")
    assert (item["proposal"]["argv"][-1], item["again"]) == ("good bye", False)
    assert item["hash"] != before
    ask.ok("run-due")
    assert written(ask) == "good bye"
    shown = ask.json("show", str(job))
    assert shown["state"] == "completed"


def test_an_edited_field_is_typed_by_what_stands_there(ask: "Ask") -> None:
    """A list is JSON; a text is the text; what is no list for a list is refused with the form."""
    copying(ask)
    number = str(the_request(ask))
    assert "JSON" in ask.refused(2, "approve", number, "--edit", "argv=echo x")
    assert "argv is the program" in ask.refused(2, "approve", number, "--edit", "argv=[]")
    argv = json.dumps(["sh", "-c", f"printf edited > {ask.folder}/out"])
    ask.ok("approve", number, "--edit", f"argv={argv}")
    ask.ok("run-due")
    assert written(ask) == "edited"


def test_an_edited_input_must_be_of_its_declared_type(ask: "Ask") -> None:
    """`type: number` takes no text."""
    copying(ask)
    assert "number" in ask.refused(2, "approve", str(the_request(ask)), "--edit", "amount=much")


def test_an_unknown_name_is_refused_with_the_names_there_are(ask: "Ask") -> None:
    """CONTRACT "Approvals": exit 2, and nothing is approved."""
    copying(ask)
    number = the_request(ask)
    said = ask.refused(2, "approve", str(number), "--edit", "txet=x")
    assert all(name in said for name in ("txet", "text", "amount", "argv"))
    assert "NAME=VALUE" in ask.refused(2, "approve", str(number), "--edit", "text")
    assert the_request(ask) == number


def test_an_edit_is_read_from_stdin_and_from_a_file(ask: "Ask") -> None:
    """`@-` and `@FILE`, without the end of the last line."""
    copying(ask)
    (item,) = ask.json("approve", str(the_request(ask)), "--edit", "text=@-", stdin="two\nlines\n")
    assert item["proposal"]["argv"][-1] == "two\nlines"
    run(ask, "copy")
    ask.ok("run-due")
    (ask.folder / "new.txt").write_text("from a file\n")
    (item,) = ask.json("approve", str(the_request(ask)), "--edit", f"text=@{ask.folder}/new.txt")
    assert item["proposal"]["argv"][-1] == "from a file"


def test_an_edit_is_data_and_never_a_template(ask: "Ask") -> None:
    """What a person types stays as typed."""
    copying(ask)
    (item,) = ask.json("approve", str(the_request(ask)), "--edit", "text={{ inputs.amount }}")
    assert item["proposal"]["argv"][-1] == "{{ inputs.amount }}"


def test_another_recipient_of_a_mail_is_asked_again(ask: "Ask") -> None:
    """CONTRACT: `"again": true`, the new action shown; a plain yes is then enough."""
    started(ask, MAIL, "offer")
    number = str(the_request(ask))
    (item,) = ask.json("approve", number, "--edit", "person=b@example.com")
    assert (item["state"], item["again"], item["proposal"]["to"]) == ("open", True, "b@example.com")
    (asked,) = ask.json("inbox")
    assert (asked["id"], asked["hash"]) == (int(number), item["hash"])
    assert "acme@example.com" in asked["because"]
    assert ask.json("approve", number)[0]["state"] == "approved"


def test_another_subject_of_a_mail_is_approved_as_edited(ask: "Ask") -> None:
    """Only a rule asks again."""
    started(ask, MAIL, "offer")
    (item,) = ask.json("approve", str(the_request(ask)), "--edit", "subject=Offer, third version")
    assert (item["state"], item["proposal"]["subject"]) == ("approved", "Offer, third version")


def test_an_edited_amount_over_the_threshold_is_asked_again(ask: "Ask") -> None:
    """`approve_over`: raised beyond it by an edit, it must be seen once more; lowered, not."""
    ask.ok("pref", "set", "approve_over", "50 EUR")
    copying(ask)
    number = str(the_request(ask))
    (item,) = ask.json("approve", number, "--edit", "amount=900")
    assert (item["again"], "900 is over 50" in item["because"]) == (True, True)
    assert ask.json("approve", number, "--edit", "amount=40")[0]["state"] == "approved"


# What was reviewed is what runs


@pytest.mark.parametrize("change", ["step", "request"])
def test_a_step_that_is_not_what_was_approved_does_not_run(ask: "Ask", change: str) -> None:
    """Somebody changed the kept action, or what was approved: nothing of it is done, and the person is told."""
    job = copying(ask)
    ask.ok("approve", str(the_request(ask)))
    with sqlite3.connect(ask.home / "ask.db") as con:
        if change == "step":
            con.execute("update step set action = replace(action, 'hello', 'evil') where path = 'put'")
        else:
            con.execute("update request set hash = 'f00d'")
    con.close()
    ask.ok("run-due")
    assert written(ask) == ""
    shown = ask.json("show", str(job))
    assert (shown["state"], "not what was approved" in shown["why"]) == ("failed", True)
    assert [asked["kind"] for asked in ask.json("inbox")] == ["failure"]


def test_a_workflow_file_that_is_edited_after_the_approval_changes_nothing_of_it(ask: "Ask") -> None:
    """Neither the copy that is kept, nor another version: what was shown runs."""
    copying(ask)
    ask.ok("approve", str(the_request(ask)))
    (kept,) = (ask.home / "workflows").glob("copy*.yaml")
    evil = kept.read_text().replace("{default: hello}", "{default: evil}").replace("put, ", "put, evil, ")
    kept.write_text(evil)
    (ask.folder / "evil.yaml").write_text(evil)
    ask.ok("workflow", "add", str(ask.folder / "evil.yaml"))
    ask.ok("run-due")
    assert written(ask) == "hello"


def test_what_was_refused_for_that_is_made_anew_and_asked_when_it_is_tried_again(ask: "Ask") -> None:
    """The kept text is not trusted any more."""
    job = copying(ask)
    ask.ok("approve", str(the_request(ask)))
    with sqlite3.connect(ask.home / "ask.db") as con:
        con.execute("update step set action = replace(action, 'hello', 'evil') where path = 'put'")
    con.close()
    ask.ok("run-due")
    ask.ok("retry", str(job))
    ask.ok("run-due")
    (asked,) = ask.json("inbox")
    assert (asked["kind"], asked["proposal"]["argv"][-1]) == ("approval", "hello")


# Facts that are read again

RECHECK = """
name: bill
steps:
  - {{id: total, run: [cat, {folder}/total], effect: read}}
  - id: put
    run: [sh, -c, 'printf %s "$1" >> {folder}/out', put, "{{{{ steps.total.output.json.total }}}}"]
    approve: {{expires: 2d, recheck: [total]}}
"""


def billed(ask: "Ask") -> int:
    """A job that asks about a total of 5, which it read from a file."""
    (ask.folder / "total").write_text('{"total": 5}')
    return started(ask, RECHECK.format(folder=ask.folder), "bill")


def test_facts_are_read_again_after_the_approval(ask: "Ask") -> None:
    """Nothing changed: what was approved runs."""
    billed(ask)
    ask.ok("approve", str(the_request(ask)))
    ask.ok("run-due")
    assert written(ask) == "5"


def test_a_fact_that_changed_since_is_shown_and_asked_again(ask: "Ask") -> None:
    """Nothing was done; the new question holds the new facts, and its yes runs them."""
    billed(ask)
    old = the_request(ask)
    ask.ok("approve", str(old))
    (ask.folder / "total").write_text('{"total": 7}')
    ask.ok("run-due")
    assert written(ask) == ""
    (asked,) = ask.json("inbox")
    assert asked["because"] == "total changed since you were asked: total: 5 → 7"
    assert (asked["proposal"]["argv"][-1], asked["id"] != old) == (7, True)
    ask.ok("approve", str(asked["id"]))
    ask.ok("run-due")
    assert written(ask) == "7"


def test_a_fact_that_cannot_be_read_again_asks_again(ask: "Ask") -> None:
    """Not knowing is a difference."""
    billed(ask)
    ask.ok("approve", str(the_request(ask)))
    (ask.folder / "total").unlink()
    for minute in (20, 25, 30, 35):
        ask.at(f"2026-11-23T16:{minute}:00+01:00").ok("run-due")
    (asked,) = ask.json("inbox")
    assert "could not be read again" in asked["because"]
    assert written(ask) == ""


def test_an_approved_job_that_is_cancelled_before_the_tick_does_nothing(ask: "Ask") -> None:
    """The person changed their mind."""
    job = copying(ask)
    ask.ok("approve", str(the_request(ask)))
    ask.ok("cancel", str(job))
    ask.ok("run-due")
    assert (written(ask), ask.json("show", str(job))["state"]) == ("", "cancelled")


def test_everything_that_was_said_is_in_the_journal(ask: "Ask") -> None:
    """What was asked, what was edited, what was approved, and by which command."""
    keep(ask, COPY.format(folder=ask.folder, more="", rest="effect: once"))
    run(ask, "copy")
    ask.ok("run-due")
    number = str(the_request(ask))
    ask.ok("approve", number, "--edit", "text=x")
    lines = ask.json("log", number)
    assert [line["what"] for line in lines] == ["asked: approval", "edited", "approved as edited"]
    assert lines[-1]["words"] == f"approve {number} --edit text=x"
    ask.ok("undo")
    ask.ok("deny", number)
    check_journal(ask)


def test_an_approval_at_a_terminal_says_what_follows_and_the_way_back(ask: "Ask") -> None:
    """EXPERIENCE: what was understood, when it acts, how to take it back."""
    copying(ask)
    number = the_request(ask)
    said = ask.terminal("approve", str(number), NO_COLOR="1").out
    assert f"  {number}  copy: put\n" in said
    assert "approved; the next tick does it · undo: ask undo" in said


def test_the_whole_action_stands_in_show(ask: "Ask") -> None:
    """`ask show REQUEST`: every field, the hash, and until when."""
    started(ask, MAIL, "offer")
    number = str(the_request(ask))
    (request,) = ask.json("show", number)["requests"]
    assert request["proposal"] == {
        "action": "mail", "to": "acme@example.com", "subject": "Offer", "body": "Hello\n\nthe offer",
    }  # fmt: skip
    assert (len(request["hash"]), request["on_expiry"]) == (64, "deny")
    shown = ask.terminal("show", number, NO_COLOR="1").out
    assert "      body:\n        Hello\n        \n        the offer\n" in shown
    assert f"hash {request['hash']}" in shown
