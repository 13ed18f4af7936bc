"""Stories of what the person wants to be asked about, and of trust: earned by approvals, lost by a failure."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.workflows import check_journal, keep, run, started

if TYPE_CHECKING:
    from tests.conftest import Ask

PAY = """
name: pay
inputs: {{amount: {{type: number, default: 20}}}}
steps:
  - {{id: send, run: [sh, -c, 'test ! -e {folder}/broken'], retry: {{attempts: 1}}{more}}}
"""


def paying(ask: "Ask", more: str = "", **inputs: object) -> int:
    """A job that pays: its number."""
    return started(ask, PAY.format(folder=ask.folder, more=more), "pay", **inputs)


def state(ask: "Ask", job: int) -> str:
    """The state of a job."""
    return str(ask.json("show", str(job))["state"])


def approved(ask: "Ask", times: int, *more: str) -> "list[str | None]":
    """Start so many jobs and approve each: what is offered after each of them."""
    offers = []
    for _ in range(times):
        run(ask, "pay")
        ask.ok("run-due")
        (asked,) = ask.json("inbox")
        offers.append(ask.json("approve", str(asked["id"]), *more)[0]["offer"])
        ask.ok("run-due")
    return offers


# Preferences


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("approve_always", "mail, pay.send", "mail,pay.send"),
        ("approve_never", '["notes", "mail"]', "notes,mail"),
        ("approve_over", "50", "50"),
        ("approve_over", "49.90 eur", "49.9 EUR"),
        ("approve_over", '{"EUR": 50}', "50 EUR"),
    ],
)
def test_what_asks_is_kept_in_its_right_form(ask: "Ask", name: str, said: str, kept: str) -> None:
    """Names with commas, an amount with its currency; listed with their meaning."""
    assert ask.json("pref", "set", name, said)["value"] == kept
    shown = ask.json("pref", "get", name)
    assert (shown["value"], "nothing uses it" in shown["meaning"]) == (kept, False)


@pytest.mark.parametrize(
    ("name", "said"),
    [("approve_always", ","), ("approve_never", "-x"), ("approve_never", '{"a": 1}'), ("approve_never", "[1]"),
     ("approve_over", "much"), ("approve_over", "-1"), ("approve_over", "5 EUR USD"),
     ("approve_over", '{"EUR": 5, "USD": 6}')],
)  # fmt: skip
def test_what_asks_in_a_wrong_form_is_refused_with_the_right_one(ask: "Ask", name: str, said: str) -> None:
    """CONTRACT: a wrong preference value is exit 2."""
    ask.refused(2, "pref", "set", name, f" {said}")  # a space, so that it is no option


@pytest.mark.parametrize("name", ["run", "pay", "pay.send"])
def test_what_the_person_lists_is_always_asked(ask: "Ask", name: str) -> None:
    """A kind of action, a workflow, or one step."""
    ask.ok("pref", "set", "approve_always", name)
    paying(ask)
    (asked,) = ask.json("inbox")
    assert asked["because"] == f"you want to be asked about {name}"


def test_an_amount_over_the_threshold_is_asked_whatever_is_trusted(ask: "Ask") -> None:
    """`approve_over` stands above `approve_never`."""
    ask.ok("pref", "set", "approve_over", "50 EUR")
    ask.ok("pref", "set", "approve_never", "pay.send")
    assert state(ask, paying(ask, amount=50)) == "completed"
    run(ask, "pay", amount=51)
    ask.ok("run-due")
    (asked,) = ask.json("inbox")
    assert asked["because"] == "51 is over 50, above which you want to be asked"


def test_a_file_cannot_lower_the_floor_and_the_person_can(ask: "Ask") -> None:
    """Mail to the outside is asked about, though its workflow says never; `approve_never` of the person counts."""
    file = "name: m\nsteps:\n  - {id: send, mail: {to: a@example.com, subject: s, body: b}, approve: never}\n"
    started(ask, file, "m")
    (asked,) = ask.json("inbox")
    assert asked["because"] == "mail to the outside is never sent unasked"
    ask.ok("pref", "set", "approve_never", "m.send")
    run(ask, "m")
    ask.ok("run-due")
    assert [one["kind"] for one in ask.json("inbox") if one["kind"] == "approval"] == ["approval"]


def test_a_trusted_step_is_not_asked_though_its_file_does(ask: "Ask") -> None:
    """The person's word about this very step; a word about its whole kind does not reach so far."""
    ask.ok("pref", "set", "approve_never", "run")
    job = paying(ask, ", approve: always")
    assert state(ask, job) == "awaiting_input"
    ask.ok("deny", str(job))
    ask.ok("pref", "set", "approve_never", "run,pay.send")
    job = run(ask, "pay")
    ask.ok("run-due")
    assert state(ask, job) == "completed"


# Trust


def test_five_approvals_in_a_row_earn_an_offer_that_the_person_may_accept(ask: "Ask") -> None:
    """The offer is a command of the person; until it is given, the step asks."""
    keep(ask, PAY.format(folder=ask.folder, more=", approve: always"))
    ask.ok("pref", "set", "approve_never", "notes")
    offers = approved(ask, 5)
    assert offers == [None, None, None, None, "ask pref set approve_never notes,pay.send"]
    run(ask, "pay")
    ask.ok("run-due")
    assert len(ask.json("inbox")) == 1
    assert offers[-1] is not None
    ask.ok(*offers[-1].split()[1:])
    job = run(ask, "pay")
    ask.ok("run-due")
    assert state(ask, job) == "completed"


def test_the_offer_stands_in_the_reply_for_people(ask: "Ask") -> None:
    """One line."""
    keep(ask, PAY.format(folder=ask.folder, more=", approve: always"))
    approved(ask, 4)
    run(ask, "pay")
    ask.ok("run-due")
    (asked,) = ask.json("inbox")
    shown = ask.terminal("approve", str(asked["id"]), NO_COLOR="1").out
    assert "approved five times as it was: ask pref set approve_never pay.send asks no more" in shown


@pytest.mark.parametrize("word", ["edited", "denied"])
def test_an_edited_or_a_denied_one_begins_the_count_anew(ask: "Ask", word: str) -> None:
    """Five in a row."""
    keep(ask, PAY.format(folder=ask.folder, more=", approve: always"))
    approved(ask, 4)
    if word == "edited":
        assert approved(ask, 1, "--edit", "amount=5") == [None]
    else:
        run(ask, "pay")
        ask.ok("run-due")
        ask.ok("deny", str(ask.json("inbox")[0]["id"]))
    assert approved(ask, 5) == [None, None, None, None, "ask pref set approve_never pay.send"]


def test_a_step_that_failed_unasked_is_asked_again_and_that_is_said_once(ask: "Ask") -> None:
    """The preference is taken back; other names in it stay; trust must be earned anew."""
    ask.with_file_channel()
    keep(ask, PAY.format(folder=ask.folder, more=", approve: always"))
    approved(ask, 5)
    ask.ok("pref", "set", "approve_never", "notes,pay.send")
    (ask.folder / "broken").touch()
    job = run(ask, "pay")
    ask.ok("run-due")
    assert state(ask, job) == "failed"
    assert ask.json("pref", "get", "approve_never")["value"] == "notes"
    said = [text for text in ask.texts if text.startswith("pay.send acted unasked and failed")]
    assert len(said) == 1
    assert said[0].endswith("from now on it asks you again")
    (ask.folder / "broken").unlink()
    ask.ok("done", str(ask.json("inbox")[0]["id"]))
    assert approved(ask, 5) == [None, None, None, None, "ask pref set approve_never notes,pay.send"]
    assert len([text for text in ask.texts if text.startswith("pay.send acted unasked")]) == 1
    check_journal(ask)


def test_a_step_whose_fallback_stood_in_has_failed_too(ask: "Ask") -> None:
    """And the last name that is taken out unsets the preference."""
    ask.ok("pref", "set", "approve_never", "pay.send")
    (ask.folder / "broken").touch()
    job = paying(ask, ", approve: always, fallback: [{text: later}]")
    assert state(ask, job) == "completed"
    assert ask.json("pref", "get", "approve_never")["value"] is None


def test_a_failure_of_another_step_takes_no_trust(ask: "Ask") -> None:
    """Nor does one of a step that never acted."""
    ask.ok("pref", "set", "approve_never", "pay.other")
    (ask.folder / "broken").touch()
    paying(ask)
    assert ask.json("pref", "get", "approve_never")["value"] == "pay.other"
