"""Stories of replies to questions and to what nobody knows: their messages carry tokens as those of approvals do."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_reply import REFUSED, got, tokens, whys, with_program
from tests.cli.workflows import check_journal, started

if TYPE_CHECKING:
    from tests.conftest import Ask

KILLED = """
name: bill
steps:
  - {{id: pay, run: [sh, -c, 'echo paid >> {folder}/paid; test -e {folder}/well || kill -9 $$']}}
"""
ASKS = """
name: q
steps:
  - {id: which, ask: {question: Which one?, choices: [red, blue]}}
"""


def in_doubt(ask: "Ask") -> dict[str, str]:
    """A program that was killed by somebody, and the tokens of the message that asks about it."""
    with_program(ask)
    started(ask, KILLED.format(folder=ask.folder), "bill")
    ask.ok("run-due")
    return tokens(got(ask)[-1])


def asking(ask: "Ask") -> dict[str, str]:
    """A question of a workflow, and the tokens of its message."""
    with_program(ask)
    started(ask, ASKS, "q")
    ask.ok("run-due")
    return tokens(got(ask)[-1])


def paid(ask: "Ask") -> int:
    """How often the program ran."""
    return len((ask.folder / "paid").read_text().splitlines())


def test_what_happened_is_said_by_a_token_and_not_done_again(ask: "Ask") -> None:
    """As `ask resolve --happened` does."""
    given = in_doubt(ask)
    message = got(ask)[-1]
    assert (message["request"]["kind"], [one["label"] for one in message["replies"]]) == (
        "unknown", ["It happened", "It did not", "In 1 hour"],
    )  # fmt: skip
    (item,) = ask.json("reply", given["happened"])
    assert (item["verb"], item["state"]) == ("happened", "resolved")
    ask.ok("run-due")
    assert (ask.json("inbox"), paid(ask)) == ([], 1)
    check_journal(ask)


def test_what_did_not_happen_runs_again_by_a_token_once(ask: "Ask") -> None:
    """Replayed it grants no further attempt."""
    given = in_doubt(ask)
    (ask.folder / "well").touch()
    ask.ok("reply", given["didnot"])
    ask.refused(4, "reply", given["didnot"])
    ask.ok("run-due")
    ask.refused(4, "reply", given["happened"])
    ask.ok("run-due")
    assert paid(ask) == 2
    assert whys(ask)[0] == "it was used before"


def test_a_question_can_be_put_off_by_its_token(ask: "Ask") -> None:
    """Its answer is typed; the number stands in the message."""
    given = asking(ask)
    assert sorted(given) == ["snooze"]
    ask.ok("reply", given["snooze"])
    assert ask.json("inbox") == []
    assert len(ask.at("2026-11-23T17:20:00+01:00").json("inbox")) == 1


@pytest.mark.parametrize("verb", ["happened", "didnot", "snooze"])
def test_of_what_is_in_doubt_replayed_guessed_and_foreign_tokens_are_refused_and_journaled(
    ask: "Ask", verb: str
) -> None:
    """Each with one line in the journal, and nothing else changes."""
    given = in_doubt(ask)
    number, _, code = given[verb].split("-")
    other = asking(ask)["snooze"].split("-")
    before = [asked["id"] for asked in ask.json("inbox")]
    for wrong in (f"{number}-{verb}-{'a' * 32}", f"{other[0]}-{verb}-{code}", f"{number}-{verb}-{other[2]}"):
        assert REFUSED in ask.refused(4, "reply", wrong)
    assert [asked["id"] for asked in ask.json("inbox")] == before
    assert whys(ask) == ["its code does not fit what is asked"] * 3
    ask.ok("reply", given[verb])
    assert REFUSED in ask.refused(4, "reply", given[verb])
    assert whys(ask)[3:] == ["it was used before"]
    check_journal(ask)


@pytest.mark.parametrize("of", ["unknown", "input"])
def test_no_token_has_a_verb_that_its_kind_does_not_take(ask: "Ask", of: str) -> None:
    """An approval of what is only asked about is never made, whatever its code."""
    given = in_doubt(ask) if of == "unknown" else asking(ask)
    number, _, code = given["snooze"].split("-")
    for verb in ("approve", "deny", "done", "ack"):
        ask.refused(4, "reply", f"{number}-{verb}-{code}")
    assert len(whys(ask)) == 4
    assert ask.json("show", number)["state"] == "open"


# A restored store


def test_no_token_that_was_sent_before_a_restore_counts_after_it(ask: "Ask") -> None:
    """The backup holds the question as open that was answered since: its yes must not be given again by a replay."""
    given = asking(ask)
    ask.ok("backup", str(ask.folder / "good.db"))
    ask.ok("reply", given["snooze"])
    result = ask("restore", str(ask.folder / "good.db"), "-y")
    assert (result.code, "count no more" in result.err) == (0, True)
    assert len(ask.json("inbox")) == 1
    assert REFUSED in ask.refused(4, "reply", given["snooze"])
    assert len(ask.json("inbox")) == 1
    started(ask, ASKS.replace("name: q", "name: other"), "other")
    ask.ok("run-due")
    ask.ok("reply", tokens(got(ask)[-1])["snooze"])
    assert ask.json("restore", str(ask.folder / "good.db"), "-y")["replies_dropped"]


def test_a_restore_that_is_refused_leaves_the_tokens_as_they_are(ask: "Ask") -> None:
    """Nothing was put in place; and where nothing was ever signed, nothing is said of it."""
    given = asking(ask)
    (ask.folder / "bad.db").write_text("no store")
    assert ask("restore", str(ask.folder / "bad.db"), "-y").code == 1
    ask.ok("reply", given["snooze"])
    (ask.home / "reply-key").unlink()
    ask.ok("backup", str(ask.folder / "good.db"))
    assert not ask.json("restore", str(ask.folder / "good.db"), "-y")["replies_dropped"]
