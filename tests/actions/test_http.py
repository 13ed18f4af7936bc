"""The action http: what an answer means, and what is known when there is none, against real servers that misbehave."""

import json
import socket
import ssl
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.actions.http import HttpAction
from assistant.ports.action import Done, NotDone, Unsure
from tests.server import reply

HTTP = HttpAction()
INSIDE = "127.0.0.2"  # stands for an address behind the internet; 127.0.0.1 for one of it
FROM_OUTSIDE = HttpAction(is_public=lambda address: address != INSIDE)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """The environment names none, unless a test does."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def head_of(asked: bytes) -> dict[str, str]:
    """The headers of a request, names in lower case."""
    lines = asked.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


def post(url: str, **more: object) -> dict[str, object]:
    return {"method": "POST", "url": url, "json": {"a": 1}, **more}


def test_a_request_is_done_when_it_is_answered_well(call, server):
    """Status, headers, text and what the text says."""
    there = server(reply(201, b'{"id": 7}', Content_Type="application/json"))
    outcome = HTTP.perform(call(post(there.url)))
    assert isinstance(outcome, Done)
    assert (outcome.output["status"], outcome.output["text"], outcome.output["json"]) == (201, '{"id": 7}', {"id": 7})
    assert outcome.output["headers"]["content-type"] == "application/json"


def test_the_key_is_sent_so_that_the_receiver_can_drop_repeats(call, server):
    """As Idempotency-Key, the same on every attempt."""
    there = server()
    for attempt in (1, 2):
        HTTP.perform(call(post(there.url), attempt=attempt))
    assert [head_of(asked)["idempotency-key"] for asked in there.got] == ["a1b2/12/send"] * 2


def test_json_and_body_are_sent_as_what_they_are(call, server):
    """With the type that goes with them, unless the workflow names another."""
    there = server()
    HTTP.perform(call(post(there.url, json={"ä": [None]})))
    HTTP.perform(call({"url": there.url, "body": "plain"}))
    HTTP.perform(call({"url": there.url, "body": "<a/>", "headers": {"Content-Type": "text/xml"}}))
    kinds = [(head_of(asked)["content-type"], asked.partition(b"\r\n\r\n")[2].decode()) for asked in there.got]
    assert kinds == [
        ("application/json", '{"ä":[null]}'), ("text/plain; charset=utf-8", "plain"), ("text/xml", "<a/>"),
    ]  # fmt: skip


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 599])
def test_answers_that_are_worth_another_try(call, server, status):
    """The server, not the request, is what was wrong."""
    outcome = HTTP.perform(call(post(server(reply(status, b"try later")).url)))
    assert isinstance(outcome, NotDone)
    assert not outcome.permanent
    assert outcome.error.endswith(f"/do answers {status} Reason: try later")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 451])
def test_answers_that_another_try_does_not_change(call, server, status):
    """The request is what was wrong."""
    outcome = HTTP.perform(call(post(server(reply(status)).url)))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"Retry_After": "120"}, timedelta(seconds=120)),
        ({"Retry_After": "Tue, 24 Nov 2026 09:01:30 GMT", "Date": "Tue, 24 Nov 2026 09:00:00 GMT"},
         timedelta(seconds=90)),
        ({"Retry_After": "Tue, 24 Nov 2026 08:00:00 GMT", "Date": "Tue, 24 Nov 2026 09:00:00 GMT"}, timedelta(0)),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-5"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_server_may_say_when_to_come_back(call, server, headers, after):
    """In seconds, or by a date that is held against its own clock."""
    outcome = HTTP.perform(call(post(server(reply(429, **headers)).url)))
    assert outcome.retry_after == after


def test_a_refused_connection_and_an_unresolved_name_are_worth_another_try(call):
    """Certainly nothing happened."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    refused = HTTP.perform(call(post(f"http://{place}/do")))
    assert refused == NotDone(f"POST http://{place}/do: cannot be reached: Connection refused", down=True)
    unknown = HTTP.perform(call(post("http://no-such-host.invalid/do")))
    assert unknown == NotDone("POST http://no-such-host.invalid/do: its name cannot be resolved", down=True)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "closed without an answer"),
        (b"HTTP/1.1 2", "no status that can be read"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "no status that can be read"),
        (b"HTTP/1.1 soon OK\r\n\r\n", "no status that can be read"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "breaks off before its end"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", "breaks off before its end"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf", "breaks off before its end"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5, 7\r\n\r\nhello", "InvalidHeader"),
        (b"HTTP/1.1 700 What\r\nContent-Length: 0\r\n\r\n", "which is no status"),
        (b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200 + b"\r\n", "got more than 100 headers"),
    ],
)  # fmt: skip
def test_what_is_cut_off_or_lies_after_the_request_went_out_is_unsure(call, server, answer, why):
    """It may have taken effect; nobody can say."""
    outcome = HTTP.perform(call(post(server(answer).url)))
    assert isinstance(outcome, Unsure)
    assert why in outcome.error


@pytest.mark.parametrize("begun", [(), (b"HTTP/1.1 200 OK\r\nContent-",), (b"HTTP/1.1 200 OK\r\n\r\nbegun",)])
def test_a_server_that_stalls_is_unsure_when_the_time_is_up(call, server, begun):
    """Before its answer, within its head, within its body."""
    there = server()
    there.answers(there.stall(*begun))
    began = time.monotonic()
    assert HTTP.perform(call(post(there.url), timeout=0.3)) == Unsure(f"POST {there.url}: no answer within 0.3 s")
    assert time.monotonic() - began < 3


def test_a_server_that_drips_does_not_outlast_the_time(call, server):
    """Each byte comes soon enough; all of them do not."""

    def drip(connection, _asked):
        for _ in range(200):
            connection.sendall(b"HTTP/1.1 200 OK\r\n"[:1])
            time.sleep(0.02)

    began = time.monotonic()
    assert isinstance(HTTP.perform(call(post(server(drip).url), timeout=0.3)), Unsure)
    assert time.monotonic() - began < 3


def test_a_status_that_is_known_counts_though_its_text_stalls(call, server):
    """503 says that nothing was done; what stands behind it does not matter."""
    there = server()
    there.answers(there.stall(b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 99\r\n\r\nsorry"))
    outcome = HTTP.perform(call(post(there.url), timeout=0.3))
    assert outcome == NotDone(f"POST {there.url} answers 503 Busy", retry_after=timedelta(seconds=7), down=True)


def test_a_connection_that_breaks_while_the_request_goes_out_is_unsure(call, server):
    """The first byte was out."""

    def reset(connection, _asked):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    outcome = HTTP.perform(call(post(server(reset).url)))
    assert isinstance(outcome, Unsure)
    assert "Connection reset" in outcome.error


def test_a_connection_that_is_not_secured_as_it_should_be_has_sent_nothing(call, server):
    """The handshake comes before the first byte of the request."""
    there = server(b"no TLS here\r\n", reads=False)
    outcome = HTTP.perform(call(post(there.url.replace("http:", "https:"))))
    assert isinstance(outcome, NotDone)
    assert "SSL" in outcome.error


def test_a_certificate_that_nobody_vouches_for_is_no_reason_to_try_again(call, server):
    """And nothing of the request goes out."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self_signed.pem"))
    read = []

    def secure(connection, _asked):
        with context.wrap_socket(connection, server_side=True) as secured:
            read.append(secured.recv(1000))

    there = server(secure, reads=False)
    outcome = HTTP.perform(call(post(there.url.replace("http:", "https:"))))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert "certificate verify failed" in outcome.error
    assert read in ([], [b""])


def test_a_secure_answer_is_done_where_its_certificate_is_known(call, server, monkeypatch):
    """The environment names whom to trust, as for every program."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self_signed.pem"))

    def secure(connection, _asked):
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65536)
            secured.sendall(reply(200, b"safe"))

    monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).with_name("self_signed.pem")))
    there = server(secure, reads=False)
    assert HTTP.perform(call({"url": there.url.replace("http:", "https:")})).output["text"] == "safe"


def test_a_request_is_stopped_when_its_job_is_cancelled(call, server):
    """It need not wait for its time."""
    there = server()
    there.answers(there.stall())
    began = time.monotonic()
    outcome = HTTP.perform(call(post(there.url), stop=lambda: time.monotonic() - began > 0.2))
    assert outcome == Unsure(f"POST {there.url}: was stopped")
    assert time.monotonic() - began < 5


def test_of_a_hundred_megabytes_the_first_are_kept(call, server):
    """Cut, and said; the connection is not read to its end."""
    sent = []

    def pour(connection, _asked):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")
        for _ in range(100):
            connection.sendall(b"x" * (1 << 20))
            sent.append(1)

    outcome = HTTP.perform(call({"url": server(pour).url}))
    assert len(outcome.output["text"]) == 8 << 20
    assert outcome.output["notes"] == ["text: the first 8 MiB are kept"]
    assert len(sent) < 50


def test_a_body_without_end_is_cut(call, server):
    """It says no length at all."""

    def pour(connection, _asked):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"y\n" * 65536)

    outcome = HTTP.perform(call({"url": server(pour).url}))
    assert outcome.output["notes"] == ["text: the first 8 MiB are kept"]
    assert outcome.output["json"] is None


def test_a_binary_body_is_kept_as_far_as_it_is_text(call, server):
    """And it is said that not all of it is; a charset that is named is believed."""
    there = server(reply(200, b"\x89PNG\xff\0"), reply(200, b"caf\xe9", Content_Type="text/plain; charset=latin-1"))
    first = HTTP.perform(call({"url": there.url})).output
    assert (first["text"], first["notes"][0][:5]) == ("\ufffdPNG\ufffd\0", "text:")
    assert HTTP.perform(call({"url": there.url})).output["text"] == "café"


def test_a_question_for_the_head_alone_has_no_text(call, server):
    """Though the answer says how long that would be."""
    there = server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    assert HTTP.perform(call({"method": "head", "url": there.url})).output["text"] == ""
    assert there.got[0].startswith(b"HEAD /do ")


# Redirects


def test_a_question_follows_up_to_five_redirects(call, server):
    """And not a sixth."""
    there = server()
    moved = [reply(302, Location=f"/{number}") for number in range(6)]
    there.answers(*moved[:5], reply(200, b"here"))
    assert HTTP.perform(call({"url": there.url})).output["text"] == "here"
    there.answers(*moved, reply(200))
    outcome = HTTP.perform(call({"url": there.url}))
    assert isinstance(outcome, NotDone)
    assert "more than 5 redirects" in outcome.error


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("status", "kind"), [(301, Unsure), (302, Unsure), (303, Unsure), (307, NotDone), (308, NotDone)]
)
def test_what_changes_things_follows_no_redirect(call, server, method, status, kind):
    """307 and 308 say that nothing was done; the others may follow a deed."""
    there = server(reply(status, Location="/elsewhere?token=x"))
    outcome = HTTP.perform(call({"method": method, "url": there.url}))
    assert isinstance(outcome, kind)
    assert "names /elsewhere" in outcome.error
    assert "token" not in outcome.error
    assert len(there.got) == 1


def test_no_redirect_leads_from_the_internet_into_this_machine_or_its_networks(call, server):
    """A page elsewhere must not make us ask what only we can reach."""
    inside = server(host=INSIDE)
    outside = server(reply(302, Location=inside.url))
    outcome = FROM_OUTSIDE.perform(call({"url": outside.url}))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert inside.got == []


def test_a_name_that_resolves_into_our_networks_is_no_way_in_either(call, server):
    """The address is looked at once it is known, before a byte goes out. `localhost` stands for such a name."""
    inside = server()
    action = HttpAction(is_public=lambda address: address in (INSIDE, "localhost"))
    outside = server(reply(302, Location=f"http://localhost:{inside.place.split(':')[1]}/"), host=INSIDE)
    outcome = action.perform(call({"url": outside.url}))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert "its address is 127.0.0.1" in outcome.error
    assert inside.got in ([], [b"\r\n\r\n"])  # a connection, and not a byte over it


def test_within_our_own_networks_redirects_lead_anywhere(call, server):
    """Who asks a machine of theirs means what it says."""
    outside = server(reply(200, b"there"))
    inside = server(reply(302, Location=outside.url), host=INSIDE)
    assert FROM_OUTSIDE.perform(call({"url": inside.url})).output["text"] == "there"


def test_a_secret_is_for_the_first_host_alone(call, server):
    """Wherever it sends us."""
    second = server()
    first = server(reply(302, Location=second.url))
    headers = {"X-Token": {"secret": "t"}, "Authorization": "Basic abc", "X-Plain": "yes"}
    HTTP.perform(call({"url": first.url, "headers": headers}, secrets={"t": "hidden"}))
    assert head_of(first.got[0])["x-token"] == "hidden"
    seen = head_of(second.got[0])
    assert "x-plain" in seen
    assert not {"x-token", "authorization"} & seen.keys()


# Secrets and bad input


def test_a_secret_stands_in_the_request_and_nowhere_in_what_comes_back(call, server):
    """A server that shows what it was sent shows us stars."""

    def echo(connection, asked):
        token = head_of(asked)["authorization"]
        connection.sendall(reply(200, json.dumps({"you sent": token}).encode(), X_Echo=token))

    def refuse(connection, asked):
        connection.sendall(reply(403, f"bad token {head_of(asked)['authorization']}".encode()))

    there = server(echo, refuse)
    asking = call(
        post(there.url, headers={"Authorization": {"secret": "t", "prefix": "Bearer "}}), secrets={"t": 'k"e/y 5'}
    )
    outcome = HTTP.perform(asking)
    assert head_of(there.got[0])["authorization"] == 'Bearer k"e/y 5'
    assert outcome.output["json"] == {"you sent": "Bearer ****"}
    assert outcome.output["headers"]["x-echo"] == "Bearer ****"
    assert 'k"e/y 5' not in outcome.output["text"]
    assert HTTP.perform(asking).error.endswith("403 Reason: bad token Bearer ****")


@pytest.mark.parametrize(("name", "permanent"), [("nowhere", True), ("locked", False)])
def test_without_its_secret_nothing_is_sent(call, server, name, permanent):
    """With the fix; one that is only locked now is worth another try."""
    there = server()
    outcome = HTTP.perform(call(post(there.url, headers={"Authorization": {"secret": name}})))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent == permanent
    assert there.got == []


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ({"url": "ftp://example.com/"}, "no URL of http: or https:"),
        ({"url": "example.com"}, "no URL of http: or https:"),
        ({"url": "http://"}, "no URL of http: or https:"),
        ({"url": "http://127.0.0.1:99999/"}, "no URL of http: or https:"),
        ({"url": "http://127.0.0.1:9/a b"}, "no URL of http: or https:"),
        ({"url": None}, "no URL of http: or https:"),
        ({"url": "http://ada:pass@127.0.0.1:9/"}, "{secret: NAME}"),
        ({"url": "http://127.0.0.1:9/", "method": "GET /x HTTP/1.1\r\nA: b"}, "which is none"),
        ({"url": "http://127.0.0.1:9/", "headers": {"A": "b\r\nC: d"}}, "more than one line"),
        ({"url": "http://127.0.0.1:9/", "headers": {"A\r\nC": "d"}}, "no name of a header"),
        ({"url": "http://127.0.0.1:9/", "headers": {"A": "日本"}}, "no header can bear"),
        ({"url": "http://127.0.0.1:9/", "headers": {"A": None}}, "headers.A is empty"),
        ({"url": "http://127.0.0.1:9/", "headers": ["A: b"]}, "headers is no list of names"),
        ({"url": "http://127.0.0.1:9/", "headers": {"secret": "t"}}, "headers is no list of names"),
        ({"url": "http://127.0.0.1:9/", "json": 1, "body": "x"}, "one of them"),
        ({"url": "http://127.0.0.1:9/", "json": float("nan")}, "no place in JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_fails_for_good_and_says_why(call, action, why):
    """Before anything goes out."""
    outcome = HTTP.perform(call(action))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert why in outcome.error
    assert "pass@" not in outcome.error


def test_what_stands_behind_the_question_mark_is_not_told(call, server):
    """It may be a token."""
    outcome = HTTP.perform(call(post(server(reply(404)).url + "?token=abc")))
    assert "token" not in outcome.error


# Proxies


def test_the_proxy_of_the_environment_is_asked(call, server, monkeypatch):
    """The whole URL goes to it, and its no is like any other."""
    proxy = server(reply(200, b"by proxy"), reply(502))
    monkeypatch.setenv("http_proxy", f"http://{proxy.place}")
    assert HTTP.perform(call({"url": "http://no-such-host.invalid/a"})).output["text"] == "by proxy"
    assert proxy.got[0].startswith(b"GET http://no-such-host.invalid/a HTTP/1.1\r\n")
    assert isinstance(HTTP.perform(call(post("http://no-such-host.invalid/a"))), NotDone)


def test_a_proxy_is_told_who_asks_where_the_environment_says_so(call, server, monkeypatch):
    """Plainly and for a tunnel; the host that is asked does not see it."""
    proxy = server(reply(200), reply(407))
    monkeypatch.setenv("all_proxy", f"http://ada:p%40ss@{proxy.place}")
    HTTP.perform(call({"url": "http://no-such-host.invalid/a"}))
    outcome = HTTP.perform(call({"url": "https://no-such-host.invalid/a"}))
    assert [head_of(asked)["proxy-authorization"] for asked in proxy.got] == ["Basic YWRhOnBAc3M="] * 2
    assert proxy.got[1].startswith(b"CONNECT no-such-host.invalid:443 ")
    assert b"Idempotency-Key" not in proxy.got[1]
    assert isinstance(outcome, NotDone)
    assert "p@ss" not in outcome.error


def test_a_host_may_be_kept_from_the_proxy(call, server, monkeypatch):
    """By no_proxy."""
    monkeypatch.setenv("http_proxy", "http://no-such-proxy.invalid:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert isinstance(HTTP.perform(call(post(server().url))), Done)


@pytest.mark.parametrize("refusal", [reply(403), reply(502), b""])
def test_a_tunnel_that_the_proxy_does_not_make_has_carried_nothing(call, server, monkeypatch, refusal):
    """What went out was for the proxy; nothing of the request was."""
    monkeypatch.setenv("https_proxy", f"http://{server(refusal).place}")
    assert isinstance(HTTP.perform(call(post("https://no-such-host.invalid/a"))), NotDone)


# After a kill


@pytest.mark.parametrize(
    ("status", "kind"), [(200, Done), (404, NotDone), (410, NotDone), (403, Unsure), (500, Unsure)]
)
def test_a_probe_asks_whether_it_happened(call, server, status, kind):
    """Found, it did; not found, it did not; anything else: nobody knows."""
    assert isinstance(HTTP.probe(call({"url": server(reply(status)).url})), kind)


def test_no_thread_is_left_by_an_exchange_that_ended(call, server):
    """Whether it ended well or by its time."""
    there = server()
    there.answers(there.stall())
    HTTP.perform(call(post(there.url), timeout=0.1))
    until = time.monotonic() + 5
    while any(thread.name == "http" for thread in threading.enumerate()) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(thread.name == "http" for thread in threading.enumerate())
