"""What the inbox offers works: every verb of every kind of question, on a copy of the store, is carried out."""

import shlex
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.workflows import check_journal, keep, run

if TYPE_CHECKING:
    from tests.conftest import Ask

FILES = {
    "approval": "steps:\n  - {id: act, run: ['true'], approve: {expires: 2d}}\n",
    "expired": "steps:\n  - {id: act, run: ['true'], approve: {expires: 1m}}\n",
    "choice": "steps:\n  - {id: which, ask: {question: Which?, choices: [red, '2']}}\n",
    "text": "steps:\n  - {id: what, ask: {question: What?}}\n",
    "form": "steps:\n  - {id: form, ask: {question: How much?, fields: {amount: {type: number}}}}\n",
    "ring": "steps:\n  - {id: ring, notify: did it?, until: ack, repeat: [1h]}\n",
    "doubt": "steps:\n  - {id: pay, run: [sh, -c, 'kill -9 $$']}\n",
    "bad": "steps:\n  - {id: go, run: ['false'], retry: {attempts: 1}}\n",
}
NOT_UNDONE = """
name: {name}
steps:
  - {{id: make, run: ['true'], undo: {{run: ['false'], retry: {{attempts: 1}}}}}}
  - {{id: last, {last}}}
"""
LISTED = """
name: listed
steps:
  - {id: make, for_each: "[1, 2]", run: ['true'], undo: {run: ['false'], retry: {attempts: 1}}}
  - {id: fail, run: ['false'], retry: {attempts: 1}}
"""
LATER = "2026-11-23T18:30:00+01:00"


def everything(ask: "Ask") -> None:
    """A store with each kind of question in it, and each state of a job in which it may be asked."""
    for name, file in FILES.items():
        keep(ask, f"name: {name}\n{file}")
        run(ask, name)
    keep(ask, LISTED)
    run(ask, "listed")
    keep(ask, NOT_UNDONE.format(name="failed", last="run: ['false'], retry: {attempts: 1}"))
    keep(ask, NOT_UNDONE.format(name="cancelled", last="wait: 2d"))
    run(ask, "failed")
    cancelled = run(ask, "cancelled")
    ask.ok("remind", "pills", "--at", "17:00", "--until-ack")
    ask.ok("remind", "tea", "--every", "day at 17:00", "--until-ack")
    ask.ok("remind", "call Ada", "--at", "17:00", "--if-late", "ask")
    ask.ok("run-due")
    ask.ok("cancel", str(cancelled))
    ask.tick(LATER)
    run(ask, "expired")
    ask.ok("run-due")
    ask.at("2026-11-23T18:32:00+01:00")


def needs_a_value(command: str) -> bool:
    """Whether a person has to fill something in."""
    return any(word in command for word in ("NAME=VALUE", "=…", "=@-", "'[…]'", "TEXT", "WHEN"))


def test_every_verb_that_the_inbox_offers_is_carried_out(ask: "Ask") -> None:
    """Each on a copy of its own: none is refused, but those that need a value."""
    everything(ask)
    asked = ask.json("inbox")
    home, tried = ask.home, 0
    for number, command in [(one["id"], command) for one in asked for command in one["actions"]]:
        if needs_a_value(command):
            continue
        _, *words = shlex.split(command)
        ask.home = home.with_name(f"copy-{tried}")
        shutil.copytree(home, ask.home)
        ask.environment["ASK_HOME"] = str(ask.home)
        result = ask(*words)
        assert result.code == 0, (number, command, result)
        check_journal(ask)
        shutil.rmtree(ask.home)
        tried += 1
    kinds = {one["kind"] for one in asked}
    assert (kinds, tried > 20) == ({"approval", "input", "ack", "unknown", "failure"}, True)


def offers(ask: "Ask", title: str) -> list[dict[str, Any]]:
    """The questions whose title holds a text."""
    return [one for one in ask.json("inbox") if title in one["title"]]


@pytest.mark.parametrize(("name", "verbs"), [("failed", ["retry", "done"]), ("cancelled", ["done"])])
def test_only_a_failed_job_is_offered_to_be_tried_again(ask: "Ask", name: str, verbs: list[str]) -> None:
    """What could not be undone of a job that a person cancelled is theirs to do: it can be done with."""
    everything(ask)
    (one,) = offers(ask, f"{name}: step make could not be undone")
    assert [way.split()[1] for way in one["actions"]] == verbs
    shown = ask.terminal("show", str(one["id"]), NO_COLOR="1").out
    assert (f"ask retry {one['id']}" in shown) is ("retry" in verbs)


def test_what_expired_offers_the_tick_that_settles_it(ask: "Ask") -> None:
    """An approval would come too late."""
    everything(ask)
    (one,) = offers(ask, "expired: act")
    assert one["actions"] == ["ask run-due"]
    ask.ok("run-due")
    assert offers(ask, "expired: act") == []


def test_two_questions_about_one_job_are_retried_by_one_command(ask: "Ask") -> None:
    """It is tried again once."""
    everything(ask)
    found = offers(ask, "listed: step make/")
    assert len(found) == 2
    ask.ok("retry", *(str(one["id"]) for one in found))
    assert offers(ask, "listed: ") == []
    check_journal(ask)
