"""The ntfy channel: its buttons, and what it makes of the answers that lie on the server."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from assistant.channels.ntfy import MOST, NtfyChannel
from assistant.ports.channel import Asked, Delivery, Heard, NotSent, Reply, Sent
from assistant.ports.source import Failed
from tests.channels.ntfy_server import NtfyServer
from tests.server import Server, reply

GIVEN = tuple(Reply(verb, verb.title(), f"31-{verb}-{verb * 4}") for verb in ("approve", "deny", "snooze", "done"))


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    made = NtfyServer()
    yield made
    made.close()


def channel(place: str, more: str = "?answers=back") -> NtfyChannel:
    return NtfyChannel(f"ntfy://{place}/ada{more}", "phone", "")


def asking(message: Callable[..., Delivery], **fields: object) -> Delivery:
    ordinary = {
        "id": 31, "kind": "approval", "title": "t", "because": "its workflow asks before it acts",
        "proposal": {"action": "run", "argv": ["x"]}, "expires_at": None, "replies": GIVEN,
    }  # fmt: skip
    made: Delivery = message(asked=Asked(**{**ordinary, **fields}))
    return made


def test_a_question_has_three_buttons_and_other_options_stay(
    server: NtfyServer, message: Callable[..., Delivery]
) -> None:
    """ntfy shows no more; each posts its own token."""
    assert isinstance(channel(server.place, "?priority=high&answers=back").deliver(asking(message)), Sent)
    buttons = server.buttons("ada")
    assert [(label, one["body"]) for label, one in buttons.items()] == [
        (one.label, one.token) for one in GIVEN[:3]
    ]  # fmt: skip
    assert buttons["Deny"]["url"] == f"http://{server.place}/back"


@pytest.mark.parametrize(
    "fields",
    [
        {"proposal": {"action": "mail", "to": "a@example.com"}}, {"proposal": {"action": "http", "method": "POST"}},
        {"because": "70 is over 50, above which you want to be asked"}, {"because": "you want to be asked about run"},
        {"because": None}, {"because": "it goes to somebody else than you were asked about: a@example.com before"},
    ],
)  # fmt: skip
def test_what_is_grave_has_no_button_that_approves(
    server: NtfyServer, message: Callable[..., Delivery], fields: dict[str, object]
) -> None:
    """Mail, HTTP, and what the person's own rules ask about; also what was asked again for another reason."""
    channel(server.place).deliver(asking(message, **fields))
    assert "Approve" not in server.buttons("ada")
    assert "Deny" in server.buttons("ada")


def test_a_refusal_of_the_server_is_kept_without_tokens(message: Callable[..., Delivery]) -> None:
    """What it says back may hold what it was sent."""
    body = f'{{"code": 400, "error": "invalid request: {GIVEN[1].token}"}}'.encode()
    there = Server([reply(400, body)])
    try:
        outcome = channel(there.place).deliver(asking(message))
    finally:
        there.close()
    assert isinstance(outcome, NotSent)
    assert "****" in outcome.reason
    assert GIVEN[1].token not in outcome.reason


def test_answers_are_fetched_once_each_in_their_order(server: NtfyServer) -> None:
    """The cursor is the last one; where the server knows it no more, it gives what it has."""
    for text in ("one", " two \n", "three"):
        server.publish("back", text)
    first = channel(server.place).answers(None)
    assert first == Heard(("one", "two", "three"), {"since": "back00000002"})
    server.publish("back", "four")
    assert channel(server.place).answers({"since": "back00000002"}) == Heard(("four",), {"since": "back00000003"})
    assert channel(server.place).answers({"since": "back00000003"}) == Heard((), {"since": "back00000003"})


@pytest.mark.parametrize("cursor", [{"since": "../x?y"}, {"since": 7}, {}, {"since": "a b"}])
def test_a_cursor_that_no_server_gave_is_not_asked_with(server: NtfyServer, cursor: dict[str, object]) -> None:
    """It would be a piece of a URL."""
    channel(server.place).answers(cursor)
    assert server.polls == ["/back/json?poll=1&since=all"]


def test_more_than_is_fetched_at_once_comes_by_and_by() -> None:
    """What was cut off is left, and asked for from the last whole line on."""
    line = b'{"id":"%06d","event":"message","message":"' + b"x" * 1000 + b'"}\n'
    there = Server([reply(200, b"".join(line % number for number in range(400)))])
    try:
        heard = channel(there.place).answers(None)
    finally:
        there.close()
    assert isinstance(heard, Heard)
    assert heard.more
    assert heard.cursor == {"since": f"{len(heard.texts) - 1:06d}"}
    assert (len(heard.texts) + 1) * (len(line) + 2) > MOST > len(heard.texts) * len(line % 0)


@pytest.mark.parametrize("body", [b"<html>", b"[" * 4000, b'{"event":\n', b"\xff\n"])
def test_a_server_that_is_none_of_ntfy_is_said(body: bytes) -> None:
    """A wrong host in the URL."""
    there = Server([reply(200, body)])
    try:
        heard = channel(there.place).answers(None)
    finally:
        there.close()
    assert heard == Failed("the server does not answer as ntfy does; is it one?")


@pytest.mark.parametrize("line", [b"7", b"[]", b'{"event":"open"}', b'{"event":"message","message":5}', b"x" * 6000])
def test_lines_that_are_no_message_are_left_out(line: bytes) -> None:
    """Others may write there what they like."""
    there = Server([reply(200, line + b'\n{"id":"a1","event":"message","message":"t"}\n')])
    try:
        assert channel(there.place).answers(None) == Heard(("t",), {"since": "a1"})
    finally:
        there.close()


def test_a_server_that_asks_to_wait_is_waited_for() -> None:
    """RFC 9110 §10.2.3."""
    there = Server([reply(429, retry_after="120")])
    try:
        heard = channel(there.place).answers(None)
    finally:
        there.close()
    assert isinstance(heard, Failed)
    assert (heard.permanent, heard.retry_after) == (False, timedelta(seconds=120))


@pytest.mark.parametrize(
    ("url", "header"),
    [
        ("ntfy://ada:p%40w@{}/ada?answers=back", b"Basic YWRhOnBAdw=="),
        ("ntfy://{}/ada?answers=back&token=tk_abc", b"Bearer tk_abc"),
        ("ntfy://tk_abcdefghij@{}/ada?answers=back", b"Bearer tk_abcdefghij"),
    ],
)
def test_answers_are_fetched_by_the_login_of_the_url(url: str, header: bytes) -> None:
    """As messages are sent by it."""
    there = Server([reply(200)])
    try:
        NtfyChannel(url.format(there.place), "phone", "").answers(None)
    finally:
        there.close()
    assert b"Authorization: " + header in there.got[0]


def test_the_public_server_is_meant_where_no_host_is_named(message: Callable[..., Delivery]) -> None:
    """As apprise reads such a URL; both topics are of the same server."""
    sent = NtfyChannel("ntfy://ada?answers=back", "phone", "")
    assert NtfyChannel.check("ntfy://ada?answers=back") == "ntfy://ada?answers=back"
    assert "https%3A%2F%2Fntfy.sh%2Fback" in sent.url_for(asking(message))
