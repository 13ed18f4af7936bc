"""Every apprise URL, over real HTTP on loopback: what the service answered decides what is claimed."""

import json
import socket
import subprocess
import sys
import threading
import time

import pytest

from assistant.channels.apprise_channel import LOADING, AppriseChannel
from assistant.channels.apprise_log import Listening
from assistant.channels.apprise_outcome import INFO, WARNING, Said, outcome_of
from assistant.errors import UsageError
from assistant.ports.channel import Doubtful, NotSent, Sent

DEBUG = 10


def channel(url: str, deadline_s: float = 20.0) -> AppriseChannel:
    return AppriseChannel(url, "phone", "", deadline_s)


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """Apprise reads its plug-ins in before the first test, so that none measures that."""
    with pytest.raises(UsageError):
        AppriseChannel.check("slack://bad")


def test_a_message_arrives_with_its_text_and_its_key(message, receiver):
    """The text is not touched, and a receiver may tell a repeat by the header."""
    there = receiver(200)
    outcome = channel(f"json://{there.place}/hook").deliver(message(text="Call <Ada> & *Bob*\nat 9", key="12/ring/ü 1"))
    assert outcome == Sent("Sent JSON POST notification.")
    [(path, headers, body)] = there.got
    assert path == "/hook"
    assert json.loads(body)["message"] == "Call <Ada> & *Bob*\nat 9"
    assert headers["Idempotency-Key"] == "12/ring/%C3%BC%201"


def test_a_service_that_reads_markup_gets_the_text_escaped(message, receiver):
    """What looks like a tag in a message is text."""
    there = receiver(200)
    channel(f"json://{there.place}/?format=html").deliver(message(text="Call <Ada> & Bob"))
    assert "&lt;Ada&gt;" in json.loads(there.got[0][2])["message"]


def test_a_server_that_fails_and_then_works_gets_the_message_on_the_second_try(message, receiver):
    """500 is not sent and may be tried again; apprise itself tries nothing twice, even where the URL asks for it."""
    there = receiver(500, 200)
    phone = channel(f"json://{there.place}/hook?retry=3")
    first = phone.deliver(message())
    assert isinstance(first, NotSent)
    assert not first.permanent
    assert "error=500" in first.reason
    assert len(there.got) == 1
    assert isinstance(phone.deliver(message()), Sent)


@pytest.mark.parametrize(("status", "permanent"), [(400, True), (401, True), (403, True), (404, True), (410, True),
                                                   (408, False), (429, False), (502, False), (503, False)])  # fmt: skip
def test_a_refusal_is_for_good_where_the_status_says_so(message, receiver, status, permanent):
    """4xx blames the request, but for those that ask to come again."""
    outcome = channel(f"json://{receiver(status).place}/hook").deliver(message())
    assert isinstance(outcome, NotSent)
    assert outcome.permanent is permanent
    assert f"error={status}" in outcome.reason


def test_a_refused_connection_was_never_sent(message):
    """Nobody listened: it is tried again."""
    with socket.socket() as held:  # bound, so that nobody else gets the port, and not listening
        held.bind(("127.0.0.1", 0))
        outcome = channel(f"json://127.0.0.1:{held.getsockname()[1]}/hook").deliver(message())
    assert isinstance(outcome, NotSent)
    assert not outcome.permanent
    assert "Connection refused" in outcome.reason


def test_a_server_that_stalls_makes_the_message_doubtful(message, receiver):
    """It has the request and may have acted on it."""
    there = receiver("stall")
    outcome = channel(f"json://{there.place}/hook?rto=0.2").deliver(message())
    assert isinstance(outcome, Doubtful)
    assert "Read timed out" in outcome.reason
    assert len(there.got) == 1


def test_a_server_that_hangs_up_makes_the_message_doubtful(message, receiver):
    """It read the request and said nothing."""
    outcome = channel(f"json://{receiver('hang up').place}/hook").deliver(message())
    assert isinstance(outcome, Doubtful)


def test_no_answer_by_the_deadline_is_doubtful(message, receiver):
    """A delivery never holds up its lane longer, whatever the URL allows."""
    began = time.monotonic()
    outcome = channel(f"json://{receiver('stall').place}/hook?rto=9", deadline_s=0.3).deliver(message())
    assert outcome == Doubtful("no answer within 0.3 s")
    assert time.monotonic() - began < 5


def test_a_delivery_that_could_not_begin_in_time_is_not_sent_later_either(message, receiver):
    """Loading was slow: that is no doubt, and the thread that was left behind sends nothing when its turn comes."""
    there = receiver(200)
    before = set(threading.enumerate())
    with LOADING:
        outcome = channel(f"json://{there.place}/hook", deadline_s=0.05).deliver(message())
        [left] = set(threading.enumerate()) - before
    left.join()
    assert outcome == NotSent("could not begin within 0.05 s")
    assert there.got == []


def test_an_optional_service_that_fails_is_not_called_sent(message, receiver):
    """Apprise calls it a success; nothing arrived."""
    assert isinstance(channel(f"json://{receiver(500).place}/?optional=yes").deliver(message()), NotSent)


def test_a_url_that_apprise_cannot_use_any_more_is_refused_for_good(message):
    """A service may go from apprise with an update."""
    outcome = channel("slack://bad").deliver(message())
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert "ask channel add phone" in outcome.reason


def test_no_secret_of_the_url_stands_in_a_reason(message):
    """User, password, path and query may each be a token; the host may be shown."""
    with Listening("json://ada:hunter22@hooks.example.com/T0KEN/x%20y?api=s3cret") as heard:
        shown = heard.hide("401 from hooks.example.com for ada:HUNTER22 at /T0KEN/x y with api=s3cret")
    assert shown == "401 from hooks.example.com for ada:**** at /****/**** with ****=****"


def test_threads_hear_only_their_own_delivery(message, receiver):
    """Lanes deliver side by side; one's failure is not another's reason."""
    places = {status: receiver(status).place for status in (200, 404, 500)}
    outcomes: dict[int, object] = {}

    def deliver(status: int) -> None:
        outcomes[status] = channel(f"json://{places[status]}/hook").deliver(message())

    threads = [threading.Thread(target=deliver, args=(status,)) for status in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert isinstance(outcomes[200], Sent)
    assert isinstance(outcomes[404], NotSent) and "404" in outcomes[404].reason
    assert isinstance(outcomes[500], NotSent) and "500" in outcomes[500].reason


def test_nothing_is_printed_and_a_stalled_service_does_not_hold_up_the_end(receiver):
    """cron mails what is printed; a tick that is done must be able to end."""
    code = """
import logging
import sys
logging.basicConfig()
from datetime import UTC, datetime
from assistant.channels.table import make
from assistant.ports.channel import Delivery
from assistant.channels.apprise_channel import LOADING, AppriseChannel
delivery = Delivery("k", 1, "Call Ada", datetime.now(UTC), "normal", "phone")
for place in sys.argv[1:3]:
    AppriseChannel(f"json://{place}/?rto=9", "phone", "", 1.0).deliver(delivery)
make("slack://bad", "phone", "").deliver(delivery)
"""
    began = time.monotonic()
    argv = [sys.executable, "-c", code, receiver(500).place, receiver("stall").place]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - began < 8


def test_a_part_that_went_out_is_not_sent_again():
    """One of two targets took it: the whole is doubtful, for a repeat would reach the first twice."""
    said = [Said(INFO, "Sent SMS to 1."), Said(WARNING, "Failed to send SMS to 2: Server error, error=500.")]
    outcome = outcome_of(False, said)
    assert outcome == Doubtful("a part of it went out; of the rest: Failed to send SMS to 2: Server error, error=500.")


@pytest.mark.parametrize(("text", "outcome"), [
    ("Socket Exception: (535, b'5.7.8 Authentication failed')", (NotSent, True)),
    ("Socket Exception: (451, b'Try again later')", (NotSent, False)),
    ("Socket Exception: [Errno 111] Connection refused", (NotSent, False)),
    ("Socket Exception: [Errno -3] Temporary failure in name resolution", (NotSent, False)),
    ("Socket Exception: Connection unexpectedly closed", (Doubtful, False)),
    ("Notification Exception: 'NoneType' object is not iterable", (Doubtful, False)),
])  # fmt: skip
def test_what_broke_says_whether_it_may_have_gone_out(text, outcome):
    """Refused by the mail server or never reached: not sent. Broken in between: doubtful."""
    result = outcome_of(False, [Said(WARNING, "Connection error while submitting email"), Said(DEBUG, text)])
    assert (type(result), getattr(result, "permanent", False)) == outcome
