"""The source calendar over HTTP: what is asked, what is answered, and what goes wrong on the way."""

import gzip
import time
from base64 import b64encode
from datetime import timedelta

import pytest

from assistant.errors import UsageError
from assistant.ports.source import Asking, Failed
from assistant.sources.table import check_url
from tests.server import Server, reply
from tests.sources.conftest import NOW, Watched, calendar, event

ONE = calendar(event("One", "20261126T090000Z")).encode()
TWO = calendar(event("One", "20261126T090000Z"), event("Two", "20261126T090000Z")).encode()


def watch(server: Server, options: str = "", **secrets: str) -> Watched:
    return Watched(f"calendar+{server.url}.ics{options}", **secrets)


def lines(asked: bytes) -> list[str]:
    return asked.decode().lower().split("\r\n")


def test_a_calendar_is_read_over_http(server):
    """Its changes come as those of a file do."""
    served = server(reply(200, ONE), reply(200, TWO))
    watched = watch(served)
    assert watched.told() == []
    assert watched.told() == [("added", "Two")]
    assert lines(served.got[0])[0] == "get /do.ics http/1.1"


def test_a_calendar_that_has_not_changed_is_not_sent_again(server):
    """By its ETag, or by the date of its last change."""
    stamp = "Wed, 25 Nov 2026 07:00:00 GMT"
    served = server(
        reply(200, ONE, ETag='W/"1"', Last_Modified=stamp), reply(304), reply(200, TWO, ETag='"2"'), reply(304)
    )
    watched = watch(served)
    watched.poll()
    assert watched.poll(NOW + timedelta(minutes=5)).cursor == watched.cursor
    assert watched.told() == [("added", "Two")]
    assert watched.told() == []
    assert 'if-none-match: w/"1"' in lines(served.got[1])
    assert f"if-modified-since: {stamp.lower()}" in lines(served.got[1])
    assert 'if-none-match: "2"' in lines(served.got[3])
    assert not any(line.startswith("if-") for line in lines(served.got[0]))


def test_what_is_known_ahead_is_renewed_although_nothing_changed(server):
    """After a week the whole calendar is asked for again: what takes place later must be known."""
    series = calendar(event("Weekly", "20261127T090000Z", "", "RRULE:FREQ=WEEKLY")).encode()
    served = server(reply(200, series, ETag='"1"'))
    watched = watch(served, "#starting=0")
    watched.poll()
    served.answers(reply(304))
    watched.poll(NOW + timedelta(days=6))
    assert 'if-none-match: "1"' in lines(served.got[-1])
    assert "304 without having been asked" in watched.fail(NOW + timedelta(days=8)).error
    assert not any(line.startswith("if-none-match") for line in lines(served.got[-1]))
    served.answers(reply(200, series, ETag='"1"'))
    assert watched.told(NOW + timedelta(days=16)) == [("started", "Weekly"), ("ended", "Weekly")]


@pytest.mark.parametrize("tag", ['"' + "x" * 400 + '"', '"\xe9"'])
def test_a_tag_that_could_not_be_sent_back_is_dropped(tag, server):
    """A cursor is no place for a server to fill."""
    head = reply(200, ONE).decode().replace("Connection", f"ETag: {tag}\r\nConnection").encode("latin-1")
    served = server(head)
    watched = watch(served)
    watched.poll()
    watched.poll()
    assert not any(line.startswith("if-none-match") for line in lines(served.got[1]))


@pytest.mark.parametrize(
    ("answer", "permanent", "wait", "why"),
    [
        (reply(500), False, None, "127.0.0.1 answers 500 Reason"),
        (reply(503, Retry_After="120"), False, 120, "answers 503"),
        (
            reply(429, Retry_After="Wed, 25 Nov 2026 08:10:00 GMT", Date="Wed, 25 Nov 2026 08:00:00 GMT"),
            False,
            600,
            "answers 429",
        ),
        (reply(404), True, None, "answers 404"),
        (reply(410), True, None, "answers 410"),
        (reply(401), True, None, "#user=NAME,secret=NAME after the URL logs in"),
        (reply(204), True, None, "answers 204"),
        (reply(200), False, None, "it is empty"),
        (reply(200, b"<html>Log in</html>"), False, None, "it is no calendar; it begins with '<html>Log in</html>'"),
        (reply(200, ONE[:-30]), False, None, "it breaks off before END:VCALENDAR"),
        (reply(200, ONE, Content_Length=str(len(ONE) + 99)), False, None, "the answer breaks off before its end"),
        (b"nonsense\r\n\r\n", False, None, "127.0.0.1: "),
        (b"", False, None, "closed without an answer"),
    ],
)
def test_a_failure_says_what_was_answered(answer, permanent, wait, why, server):
    """Whether it passes, and how long the server asks to wait; the cursor stands."""
    served = server(reply(200, ONE))
    watched = watch(served)
    watched.poll()
    served.answers(answer)
    failed = watched.fail()
    assert why in failed.error
    assert failed.permanent is permanent
    assert failed.retry_after == (None if wait is None else timedelta(seconds=wait))
    served.answers(reply(200, TWO))
    assert watched.told() == [("added", "Two")]


def test_a_server_that_nobody_answers_at_is_a_passing_failure(server):
    """It may come back."""
    served = server()
    watched = watch(served)
    served.close()
    failed = watched.fail()
    assert "cannot be reached" in failed.error
    assert not failed.permanent
    served.close = lambda: None  # type: ignore[method-assign]  # it is closed already


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCAL"])
def test_a_server_that_stalls_is_left(begun, server):
    """Within the time there is, whether it says nothing or begins to."""
    served = server(reply(200, ONE))
    watched = watch(served)
    served.answers(served.stall(begun))
    watched.asking = watched.asking.replace(timeout=timedelta(seconds=0.3))
    began = time.monotonic()
    assert "no answer" in watched.fail().error
    assert time.monotonic() - began < 5


def test_a_calendar_over_20_mib_is_a_failure(server):
    """No more of it is read, said or not, packed or not."""
    big = calendar(event("x" * (30 << 20), "20261126T090000Z")).encode()
    packed = gzip.compress(big)
    for answer in (reply(200, big), reply(200, packed, Content_Encoding="gzip")):
        failed = watch(server(answer)).fail()
        assert failed == Failed("127.0.0.1: the calendar is longer than 20 MiB", permanent=True)


def test_a_login_goes_to_its_own_host_only(server):
    """A redirect to another one does not get it."""
    other = server(reply(200, ONE))
    first = server(reply(302, Location=other.url))
    watched = watch(first, "#user=ada,secret=cal", cal="s3cret:ä")
    watched.poll()
    wanted = "authorization: basic " + b64encode("ada:s3cret:ä".encode()).decode().lower()
    assert wanted in lines(first.got[0])
    assert not any(line.startswith("authorization") for line in lines(other.got[0]))
    assert "#" not in first.got[0].decode().splitlines()[0]


def test_a_token_goes_as_a_bearer(server):
    """A secret without a user is one."""
    served = server(reply(200, ONE))
    watch(served, "#secret=cal", cal="t0ken").poll()
    assert "authorization: bearer t0ken" in lines(served.got[0])


def test_a_secret_that_is_not_there_is_a_lasting_failure(server):
    """And nothing is asked; the value is in no message."""
    served = server(reply(200, ONE))
    assert watch(served, "#secret=cal").fail() == Failed(
        "There is no secret 'cal'.; ask secret set cal", permanent=True
    )
    assert served.got == []


def test_a_token_that_no_header_can_bear_is_not_shown(server):
    """Libraries put what they refuse into their errors."""
    served = server(reply(200, ONE))
    failed = watch(served, "#secret=cal", cal="s3cret\nX-More: 1").fail()
    assert "cal" in failed.error
    assert "s3cret" not in failed.error
    assert served.got == []


def test_a_poll_that_is_to_be_stopped_is(server):
    """Before its time."""
    served = server()
    served.answers(served.stall())
    watched = watch(served)
    watched.asking = watched.asking.replace(stop=lambda: True)
    began = time.monotonic()
    assert watched.fail().error == "127.0.0.1: was stopped"
    assert time.monotonic() - began < 5


def test_redirects_end(server):
    """After five, and never at another kind of place."""
    served = server()
    served.answers(reply(301, Location=served.url))
    assert watch(served).fail().error == "127.0.0.1: more than 5 redirects"
    assert len(served.got) == 6
    served.answers(reply(301, Location="file:///etc/passwd"))
    assert "not followed" in watch(served).fail().error


@pytest.mark.parametrize(("url", "said", "fix"), [
    ("calendar+https://", "names no host", "calendar+https://…"),
    ("calendar+https://ada:pw@example.com/x.ics", "names a user at example.com", "calendar+https://example.com/x.ics#user=NAME,secret=NAME"),
    ("calendar+http://example.com/x.ics", "unencrypted", "write calendar+https://example.com/x.ics"),
    ("calendar+https://example.com/x#starting=soon", "says starting=soon", "such as 15m"),
    ("calendar+https://example.com/x#starting=30d", "says starting=30d", "at most 7d"),
    ("calendar+https://example.com/x#lead=5m", "option 'lead'", "starting, user, secret"),
    ("calendar+https://example.com/x#user=ada", "names a user and no secret", "secret=NAME"),
    ("calendar+https://example.com/x#starting=5m,starting=6m", "says starting twice", "starting=VALUE"),
    ("calendar+https://example.com:99999/x", "names no host", "calendar+https://…"),
])  # fmt: skip
def test_a_url_that_cannot_be_asked_is_refused(url, said, fix):
    """With the value, less its password, and one fix."""
    with pytest.raises(UsageError) as refused:
        check_url(url)
    assert said in refused.value.message
    assert fix in (refused.value.hint or "")
    assert "pw" not in f"{refused.value.message} {refused.value.hint}"


def test_a_url_is_kept_in_one_form():
    """Scheme in lower case, everything else as it stands."""
    assert (
        check_url("Calendar+HTTPS://example.com/A?b=C#starting=5m") == "calendar+https://example.com/A?b=C#starting=5m"
    )


def test_a_listing_is_read_over_http_too(server):
    """For briefs."""
    found = watch(server(reply(200, TWO))).source.events_between(NOW, NOW + timedelta(days=2), Asking("Europe/Berlin"))
    assert [one["title"] for one in found.events] == ["One", "Two"]
    failed = watch(server(reply(500))).source.events_between(NOW, NOW + timedelta(days=2), Asking("Europe/Berlin"))
    assert failed == Failed("127.0.0.1 answers 500 Reason")
