"""Stories of answers by ntfy: a pressed button posts its token to another topic, and the next tick takes it."""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.channels.ntfy_server import NtfyServer
from tests.cli.test_reply import COPY, whys, written
from tests.cli.workflows import check_journal, started

if TYPE_CHECKING:
    from tests.conftest import Ask

MAIL = """
name: offer
steps:
  - id: send
    mail: {to: acme@example.com, subject: Offer, body: Hello}
    approve: {expires: 2d}
"""


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    """A server that only Ada may read, and everybody may write to."""
    made = NtfyServer(login="ada:pw")
    yield made
    made.close()


def with_phone(ask: "Ask", server: NtfyServer, more: str = "?answers=back") -> None:
    """Let messages go to a phone by default."""
    ask.ok("channel", "add", "phone", f"ntfy://ada:pw@{server.place}/ada{more}")
    ask.ok("pref", "set", "channel", "phone")


def copying(ask: "Ask", server: NtfyServer) -> None:
    """A job that asks on the phone before it writes."""
    with_phone(ask, server)
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")


def token(server: NtfyServer, label: str) -> str:
    body: str = server.buttons("ada")[label]["body"]
    return body


def test_an_approval_on_the_phone_is_done_by_the_next_tick(ask: "Ask", server: NtfyServer) -> None:
    """The message has a button an answer; the pressed one is fetched, approved and done in one tick."""
    copying(ask, server)
    assert list(server.buttons("ada")) == ["Approve", "Deny", "In 1 hour"]
    server.press("ada", "Approve")
    ask.tick("2026-11-23T16:21:00+01:00")
    assert written(ask) == "hello"
    assert ask.json("inbox") == []
    check_journal(ask)


def test_done_and_snooze_on_the_phone_answer_a_reminder(ask: "Ask", server: NtfyServer) -> None:
    """Put off, it rings an hour later; done, it rings no more."""
    with_phone(ask, server)
    ask.ok("remind", "pills", "--at", "17:00", "--until-ack")
    ask.tick("2026-11-23T17:00:00+01:00")
    assert list(server.buttons("ada")) == ["Done", "Seen", "In 1 hour"]
    server.press("ada", "In 1 hour")
    ask.tick("2026-11-23T17:01:00+01:00")
    ask.tick("2026-11-23T17:59:00+01:00")
    assert len(server.topics["ada"]) == 1
    ask.tick("2026-11-23T18:01:00+01:00")
    assert len(server.topics["ada"]) == 2
    server.press("ada", "Done")
    ask.tick("2026-11-23T18:02:00+01:00")
    assert ask.json("inbox") == []
    ask.tick("2026-11-23T23:00:00+01:00")
    assert len(server.topics["ada"]) == 2


def test_a_denial_on_the_phone_cancels_the_job(ask: "Ask", server: NtfyServer) -> None:
    """As `ask deny` does."""
    copying(ask, server)
    server.press("ada", "Deny")
    ask.tick("2026-11-23T16:21:00+01:00")
    assert written(ask) == ""
    assert [item["state"] for item in ask.json("list", "--kind", "job", "--state", "cancelled")] == ["cancelled"]


def test_what_goes_to_the_outside_is_not_approved_over_a_topic(ask: "Ask", server: NtfyServer) -> None:
    """Whoever reads the topic sees its buttons: mail can be denied or put off there, and approved here."""
    with_phone(ask, server)
    started(ask, MAIL, "offer")
    ask.ok("run-due")
    assert list(server.buttons("ada")) == ["Deny", "In 1 hour"]


def test_what_a_person_always_wants_to_be_asked_about_is_not_approved_over_a_topic(
    ask: "Ask", server: NtfyServer
) -> None:
    """Though the workflow would ask by itself too."""
    ask.ok("pref", "set", "approve_always", "run")
    copying(ask, server)
    assert list(server.buttons("ada")) == ["Deny", "In 1 hour"]


def test_without_a_topic_of_answers_there_is_no_button(ask: "Ask", server: NtfyServer) -> None:
    """Nobody gets tokens unless the person said where answers come from."""
    with_phone(ask, server, "")
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")
    assert server.buttons("ada") == {}
    assert not (ask.home / "reply-key").exists()
    ask.tick("2026-11-23T16:30:00+01:00")
    assert server.polls == []


def test_nothing_is_fetched_unless_something_is_open_that_was_asked_there(ask: "Ask", server: NtfyServer) -> None:
    """It is looked at each minute for an hour, then each fifth one, and not at all once it is answered."""
    copying(ask, server)
    ask.ok("run-due")
    assert server.polls == []
    for minute in (21, 22, 23):
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    assert len(server.polls) == 3
    for minute in range(30, 40):
        ask.tick(f"2026-11-23T17:{minute}:00+01:00")
    assert len(server.polls) == 5
    ask.ok("deny", ask.json("inbox")[0]["id"].__str__())
    ask.tick("2026-11-23T17:45:00+01:00")
    count = len(server.polls)
    assert ask.tick("2026-11-23T19:00:00+01:00")["tick"] is None or len(server.polls) == count
    assert len(server.polls) == count


def test_a_new_question_is_listened_for_again_from_where_it_was(ask: "Ask", server: NtfyServer) -> None:
    """What was fetched before is not fetched twice."""
    copying(ask, server)
    server.press("ada", "Deny")
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.ok("run", "copy")
    ask.tick("2026-11-23T18:00:00+01:00")
    server.press("ada", "Approve")
    ask.tick("2026-11-23T18:01:00+01:00")
    assert written(ask) == "hello"
    assert server.polls[-1] == "/back/json?poll=1&since=back00000000"
    assert whys(ask) == []


def test_strangers_on_the_topic_change_nothing(ask: "Ask", server: NtfyServer) -> None:
    """Replays and guesses are refused and journaled; what is not even like a token is counted, and no more."""
    copying(ask, server)
    number = token(server, "Deny").partition("-")[0]
    for text in ("hello", "ask undo", f"{number}-approve-aaaa", f"{number}-cancel-aaaa", "[" * 3000, ""):
        server.publish("back", text)
    server.press("ada", "In 1 hour")
    server.press("ada", "In 1 hour")
    ask.tick("2026-11-23T16:21:00+01:00")
    assert whys(ask) == ["its code does not fit what is asked", "it was used before"]
    assert written(ask) == ""
    server.press("ada", "Approve")
    ask.tick("2026-11-23T16:22:00+01:00")
    assert written(ask) == "hello"


def test_a_server_that_is_down_is_told_of_once_and_asked_again(ask: "Ask", server: NtfyServer) -> None:
    """The answer waits there meanwhile; who cannot answer by the phone is told to answer here."""
    copying(ask, server)
    server.press("ada", "Approve")
    server.down = True
    for minute in range(21, 59, 2):
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    told = [m for m in messages(ask) if "cannot be fetched" in m["text"]]
    assert len({m["key"] for m in told}) == 1
    assert told[-1]["channel"] == "terminal"  # the phone, whose server is down, did not take it
    assert told[0]["text"].startswith("answers given on phone cannot be fetched: the server answers 503")
    assert "ask inbox" in told[0]["text"]
    server.down = False
    ask.tick("2026-11-23T18:30:00+01:00")
    assert written(ask) == "hello"


def test_a_login_that_may_not_read_the_topic_is_said(ask: "Ask", server: NtfyServer) -> None:
    """At once, with the fix."""
    server.login = "ada:other"
    copying(ask, server)
    ask.tick("2026-11-23T16:21:00+01:00")
    (told,) = [m["text"] for m in messages(ask) if "cannot be fetched" in m["text"]]
    assert "403" in told
    assert "must be allowed to read the topic of answers" in told


def test_no_token_is_kept_of_what_came_and_went(ask: "Ask", server: NtfyServer) -> None:
    """Neither of what was sent, nor of what was fetched."""
    copying(ask, server)
    given = {label: token(server, label).split("-")[2] for label in server.buttons("ada")}
    server.press("ada", "Approve")
    server.press("ada", "Approve")
    ask.tick("2026-11-23T16:21:00+01:00")
    con = sqlite3.connect(ask.home / "ask.db")
    kept = "\n".join(con.iterdump())
    con.close()
    for code in given.values():
        assert code not in kept


def test_a_channel_that_listens_no_more_is_not_asked(ask: "Ask", server: NtfyServer) -> None:
    """Its URL was changed: nothing is fetched, and nobody is told of a failure."""
    copying(ask, server)
    ask.ok("channel", "add", "phone", f"ntfy://ada:pw@{server.place}/ada")
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.tick("2026-11-23T16:25:00+01:00")
    assert server.polls == []
    assert not [m for m in messages(ask) if "cannot be" in m["text"]]


def test_what_listens_is_no_source_of_a_person(ask: "Ask", server: NtfyServer) -> None:
    """It stands in no list of sources, and cannot be tested or removed as one."""
    copying(ask, server)
    assert ask.json("source", "list") == []
    for verb in ("test", "remove"):
        ask.refused(3, "source", verb, "phone/answers")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ntfy://127.0.0.1/ada?answers=ada", "is where the messages go"),
        ("ntfy://127.0.0.1/ada?answers=", "names no topic"),
        ("ntfy://127.0.0.1/ada?answers=a/b", "names no topic"),
        ("ntfy://127.0.0.1/ada?answers=back&actions=view", "both make buttons"),
    ],
)
def test_a_url_whose_answers_could_not_come_back_is_refused(ask: "Ask", url: str, says: str) -> None:
    """With what is wrong, and one fix."""
    assert says in ask.refused(2, "channel", "add", "phone", url)


def messages(ask: "Ask") -> list[dict[str, str]]:
    """All messages there are."""
    con = sqlite3.connect(ask.home / "ask.db")
    rows = con.execute("select text, key, channel from message order by id").fetchall()
    con.close()
    return [{"text": text, "key": key, "channel": channel} for text, key, channel in rows]
