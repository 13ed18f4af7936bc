"""Stories of answers that come back from a channel: one token, one verb, one request, once."""

import json
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.workflows import check_journal, started

if TYPE_CHECKING:
    from tests.conftest import Ask

COPY = """
name: copy
inputs: {{text: {{default: hello}}}}
steps:
  - id: put
    run: [sh, -c, 'printf %s "$1" >> {folder}/out', put, "{{{{ inputs.text }}}}"]
    approve: {{expires: 2d}}
    effect: once
"""
REFUSED = "This reply is not valid"


def with_program(ask: "Ask", body: str = 'cat >> "$0.got"', name: str = "phone") -> Path:
    """Let messages go to a shell script by default."""
    path = ask.folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)
    ask.ok("channel", "add", name, f"command://{path}")
    ask.ok("pref", "set", "channel", name)
    return path


def got(ask: "Ask", name: str = "phone") -> list[dict[str, Any]]:
    """What the script was handed."""
    path = ask.folder / f"{name}.got"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def tokens(message: dict[str, Any]) -> dict[str, str]:
    """The tokens of a message by their verbs."""
    return {one["verb"]: one["token"] for one in message["replies"]}


def copying(ask: "Ask") -> dict[str, str]:
    """A job that asks before it writes, and the tokens that its message carried."""
    with_program(ask)
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")
    return tokens(got(ask)[-1])


def ringing(ask: "Ask") -> dict[str, str]:
    """A reminder that rings until it is answered, and the tokens of its first ring."""
    with_program(ask)
    ask.ok("remind", "pills", "--at", "17:00", "--until-ack")
    ask.tick("2026-11-23T17:00:00+01:00")
    return tokens(got(ask)[-1])


def written(ask: "Ask") -> str:
    path = ask.folder / "out"
    return path.read_text() if path.exists() else ""


def the_request(ask: "Ask") -> str:
    (asked,) = ask.json("inbox")
    return str(asked["id"])


def whys(ask: "Ask") -> list[str]:
    """Why replies were refused, as the journal says it."""
    con = sqlite3.connect(ask.home / "ask.db")
    try:
        rows = con.execute("select after from journal where what = 'reply refused' order by id").fetchall()
    finally:
        con.close()
    return [json.loads(row[0])["why"] for row in rows]


# What comes back


def test_an_approval_by_a_token_is_that_of_what_the_message_showed(ask: "Ask") -> None:
    """The program is handed the very action; its token approves that and the next tick does it."""
    given = copying(ask)
    message = got(ask)[-1]
    assert (message["request"]["kind"], message["request"]["proposal"]["argv"][-1]) == ("approval", "hello")
    assert [one["label"] for one in message["replies"]] == ["Approve", "Deny", "In 1 hour"]
    (item,) = ask.json("reply", given["approve"])
    assert (item["verb"], item["state"]) == ("approve", "approved")
    ask.ok("run-due")
    assert written(ask) == "hello"
    check_journal(ask)


def test_a_denial_by_a_token_cancels_the_job(ask: "Ask") -> None:
    """As `ask deny` does."""
    given = copying(ask)
    assert ask.json("reply", given["deny"])[0]["state"] == "denied"
    ask.ok("run-due")
    assert written(ask) == ""


def test_done_by_a_token_ends_the_ringing(ask: "Ask") -> None:
    """As `ask done` does; the channel's other tokens are then worth nothing."""
    given = ringing(ask)
    assert sorted(given) == ["ack", "done", "snooze"]
    ask.ok("reply", given["done"])
    assert ask.json("inbox") == []
    ask.refused(4, "reply", given["snooze"])
    ask.refused(4, "reply", given["ack"])
    ask.tick("2026-11-23T20:00:00+01:00")
    assert len(got(ask)) == 1


def test_snooze_by_a_token_puts_it_off_for_an_hour(ask: "Ask") -> None:
    """It rings again under the same number, with tokens of its own."""
    given = ringing(ask)
    ask.ok("reply", given["snooze"])
    ask.tick("2026-11-23T17:59:00+01:00")
    assert len(got(ask)) == 1
    ask.tick("2026-11-23T18:00:00+01:00")
    assert len(got(ask)) == 2
    assert set(tokens(got(ask)[-1]).values()).isdisjoint(given.values())


def test_a_snoozed_approval_can_still_be_approved_by_its_message(ask: "Ask") -> None:
    """To put it off settles nothing; but it can be put off only once by the same token."""
    given = copying(ask)
    ask.ok("reply", given["snooze"])
    assert ask.json("inbox") == []
    ask.refused(4, "reply", given["snooze"])
    ask.ok("reply", given["approve"])
    ask.ok("run-due")
    assert written(ask) == "hello"


def test_a_channel_may_answer_while_it_delivers(ask: "Ask") -> None:
    """A program that asks a person and waits for the answer holds no lock of the store."""
    reading = "import json,sys; print(json.load(sys.stdin)['replies'][0]['token'])"
    with_program(ask, f'/usr/bin/env python3 -c "{reading}" | {ask.path} reply - > "$0.said" 2>&1')
    ask.ok("remind", "pills", "--at", "17:00", "--until-ack")
    ask.tick("2026-11-23T17:00:00+01:00")
    assert "pills" in (ask.folder / "phone.said").read_text()
    assert ask.json("inbox") == []


def test_tokens_come_on_stdin_one_a_line_and_a_wrong_one_spoils_no_other(ask: "Ask") -> None:
    """Standing in no argument they are seen by no other user; each is an answer of its own."""
    given = ringing(ask)
    result = ask("reply", "-", stdin=f"nonsense\n\n{given['done']}\n")
    assert (result.code, REFUSED in result.err) == (4, True)
    assert ask.json("inbox") == []
    assert ask.refused(4, "reply", "-", stdin="")


def test_a_reply_is_taken_back_and_its_token_stays_used(ask: "Ask") -> None:
    """`ask undo` opens the request again, not the token; another answer of the message still counts."""
    given = copying(ask)
    ask.ok("reply", given["approve"])
    ask.refused(4, "reply", given["approve"])
    ask.ok("undo")
    ask.refused(4, "reply", given["approve"])
    ask.ok("run-due")
    assert written(ask) == ""
    ask.ok("reply", given["deny"])
    assert whys(ask) == ["it was used before"] * 2


# Who gets tokens


def test_only_a_program_is_handed_tokens(ask: "Ask") -> None:
    """A file is read by whoever may read it: its lines hold nothing secret."""
    ask.with_file_channel()
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")
    assert [sorted(message) for message in ask.rang] == [["at", "channel", "id", "item", "key", "severity", "text"]]
    assert not (ask.home / "reply-key").exists()


def test_a_message_that_asks_nothing_carries_no_token(ask: "Ask") -> None:
    """A token is bound to a request; where none is open there is nothing to answer."""
    with_program(ask)
    ask.ok("remind", "tea", "--at", "17:00")
    ask.tick("2026-11-23T17:00:00+01:00")
    (message,) = got(ask)
    assert "replies" not in message
    assert "request" not in message


def test_neither_key_nor_token_stands_in_the_store_in_an_export_or_in_the_log(ask: "Ask") -> None:
    """Not even where the program says them, or where one was used or refused."""
    with_program(ask, 'tee -a "$0.got"')
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")
    given = tokens(got(ask)[-1])
    ask.ok("reply", given["approve"])
    ask.refused(4, "reply", given["approve"])
    key = ask.home / "reply-key"
    assert (key.stat().st_mode & 0o777, len(key.read_bytes())) == (0o600, 32)
    kept = ask.ok("export").out + ask.ok("log", "--all").out + ask.ok("show", given["deny"].split("-")[0]).out
    for secret in (*(token.split("-")[2] for token in given.values()), key.read_bytes().hex()):
        assert secret not in kept
    assert f"reply {given['deny'].split('-')[0]} approve" in kept


# What is refused


def test_a_token_counts_once(ask: "Ask") -> None:
    """Replayed it changes nothing, says nothing of why, and stands in the journal."""
    given = copying(ask)
    ask.ok("reply", given["approve"])
    assert REFUSED in ask.refused(4, "reply", given["approve"])
    ask.ok("run-due")
    ask.refused(4, "reply", given["approve"])
    ask.ok("run-due")
    assert written(ask) == "hello"
    assert whys(ask) == ["it was used before"] * 2
    check_journal(ask)


@pytest.mark.parametrize(
    "wrong",
    [
        "", "nonsense", "{id}-approve-", "{id}-approve-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "{id}-cancel-{code}",
        "{id}-deny-{code}", "{id}-snooze-{code}", "999-approve-{code}", "0{id}-approve-{code}x", "{id}-approve-{CODE}",
        "{id}-approve-{code}{code}", "{id}-approve-{half}", "-1-approve-{code}", "٣-approve-{code}",
        "{id}-approve-é{code}", "{id}-retry-{code}", "ask undo", "{id}",
    ],
)  # fmt: skip
def test_what_is_not_the_token_of_this_answer_is_refused_and_journaled(ask: "Ask", wrong: str) -> None:
    """Guesses, the code under another verb or number, a verb that no token has: one message for all, exit 4."""
    number, _, code = copying(ask)["approve"].split("-")
    text = wrong.format(id=number, code=code, CODE=code.upper(), half=code[:16])
    before = ask.json("show", number)["state"]
    result = ask("reply", "--", text)
    assert (result.code, result.out, REFUSED in result.err) == (4, "", True)
    assert ask.json("show", number)["state"] == before == "open"
    assert len(whys(ask)) == 1
    ask.ok("run-due")
    assert written(ask) == ""


def test_the_token_of_another_store_is_refused(ask: "Ask") -> None:
    """Each home has a key of its own: with another key the same request has other tokens."""
    given = copying(ask)
    (ask.home / "reply-key").write_bytes(bytes(32))
    ask.refused(4, "reply", given["approve"])
    (ask.home / "reply-key").unlink()
    ask.refused(4, "reply", given["approve"])
    assert whys(ask) == ["its code does not fit what is asked", "nothing was ever asked under it"]


def test_a_key_that_others_may_read_signs_nothing(ask: "Ask") -> None:
    """What they could have made counts no more; a message goes out without tokens meanwhile."""
    given = copying(ask)
    (ask.home / "reply-key").chmod(0o644)
    ask.refused(4, "reply", given["approve"])
    assert "others may read" in whys(ask)[0]
    ask.ok("run", "copy")
    ask.ok("run-due")
    ask.ok("run-due")
    assert "replies" not in got(ask)[-1]
    assert len(got(ask)) == 2


def test_a_token_expires_with_its_request(ask: "Ask") -> None:
    """Also before a tick has settled it."""
    given = copying(ask)
    ask.at("2026-11-25T16:20:00+01:00")
    for verb in ("approve", "deny", "snooze"):
        assert REFUSED in ask.refused(4, "reply", given[verb])
    ask.ok("run-due")
    ask.refused(4, "reply", given["approve"])
    assert whys(ask)[0] == "it has expired"
    assert written(ask) == ""


def test_the_token_of_what_was_shown_before_an_edit_is_worth_nothing(ask: "Ask") -> None:
    """An approval is of what was shown: asked again with other facts, the old token no longer fits."""
    mail = """
name: offer
inputs: {person: {default: acme@example.com}}
steps:
  - id: send
    mail: {to: "{{ inputs.person }}", subject: Offer, body: Hello}
    approve: {expires: 2d}
    fallback:
      - text: kept
"""
    with_program(ask)
    started(ask, mail, "offer")
    ask.ok("run-due")
    given = tokens(got(ask)[-1])
    number = the_request(ask)
    assert ask.json("approve", number, "--edit", "person=eve@example.com")[0]["again"]
    for verb in ("approve", "deny", "snooze"):
        ask.refused(4, "reply", given[verb])
    assert ask.json("show", number)["state"] == "open"
    assert whys(ask) == ["its code does not fit what is asked"] * 3


@pytest.mark.parametrize(
    "tampering",
    [
        """proposal = json_set(proposal, '$.argv[4]', 'evil')""", "hash = 'x' || substr(hash, 2)",
        "because = 'it is harmless'", "title = 'something else'", "expires_at = '2030-01-01T00:00:00Z'",
        "created_at = '2026-11-01T00:00:00Z'", "kind = 'ack'",
    ],
)  # fmt: skip
def test_a_row_that_was_tampered_with_is_not_approved(ask: "Ask", tampering: str) -> None:
    """The code is over what was asked, not over its number."""
    given = copying(ask)
    number = the_request(ask)
    con = sqlite3.connect(ask.home / "ask.db", isolation_level=None)
    con.execute(f"update request set {tampering} where id = ?", (number,))
    con.close()
    ask.refused(4, "reply", given["approve"])
    ask.ok("run-due")
    assert written(ask) == ""
    assert whys(ask) == ["its code does not fit what is asked"]


def test_a_refused_reply_is_nothing_that_undo_takes_back(ask: "Ask") -> None:
    """The latest command stays the person's own; a replay of the token does not keep it from being undone."""
    given = copying(ask)
    ask.ok("reply", given["approve"])
    ask.refused(4, "reply", given["approve"])
    ask.refused(4, "reply", "nonsense")
    ask.ok("undo")
    assert the_request(ask) == given["approve"].split("-")[0]


@pytest.mark.parametrize("verbs", [("approve", "approve"), ("approve", "deny")])
def test_of_two_replies_at_once_one_counts(ask: "Ask", verbs: tuple[str, str]) -> None:
    """Two processes with the same token, or with a yes and a no: one is refused, and what counts happens once."""
    given = copying(ask)

    def answer(verb: str) -> int:
        return subprocess.run(
            [ask.path, "reply", "-"], input=given[verb].encode(), env=ask.environment, capture_output=True, timeout=60
        ).returncode  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(answer, verbs))
    assert sorted(codes) == [0, 4]
    ask.ok("run-due")
    assert written(ask) == ("hello" if verbs[codes.index(0)] == "approve" else "")
    assert len(whys(ask)) == 1
    check_journal(ask)
