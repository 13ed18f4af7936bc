"""Adding, listing, testing and removing channels, on a real store."""

import json
from datetime import timedelta

import pytest

from assistant.app import channels
from assistant.app.senders import Senders
from assistant.app.session import Session
from assistant.core.moves import New, Ref
from assistant.core.outbox import after_send
from assistant.errors import NotFound, NotPossible, UsageError
from assistant.ports.channel import NotSent, Sent
from assistant.ports.records import Message


@pytest.fixture
def session(tmp_path):
    """A new home of its own."""
    session = Session({"ASK_HOME": str(tmp_path / "home"), "ASK_NOW": "2026-11-24T09:00:00+01:00"}, "channel")
    _ = session.con
    yield session
    session.close()


def prefer(session, name):
    with session.writing() as writing:
        values = {"name": "channel", "value": name, "set_at": writing.at}
        writing.apply([New("preference", Ref("preference"), values, "preference set")])


def test_terminal_and_desktop_are_there_from_the_start(session):
    """The terminal is the default as long as nothing else is said."""
    assert [(one.name, one.url, one.is_default) for one in channels.list_channels(session)] == [
        ("desktop", "desktop:", False),
        ("terminal", "terminal:", True),
    ]


def test_listing_makes_no_store(tmp_path):
    """Who only looks leaves no trace."""
    session = Session({"ASK_HOME": str(tmp_path / "home")}, "channel list")
    channels.list_channels(session)
    session.close()
    assert not (tmp_path / "home").exists()


def test_an_added_channel_is_there_for_the_tick(session, tmp_path):
    """Its folder is made, its row is written with the journal, and the tick loads it by name."""
    added = channels.add_channel(session, "log", f"file:{tmp_path}/new/rings.jsonl")
    assert (added.changed, added.name, added.url) == (True, "log", f"file://{tmp_path}/new/rings.jsonl")
    assert (tmp_path / "new").is_dir()
    assert channels.load_channels(session.con)["log"] == added.url
    [(what,)] = session.con.execute("select what from journal where tab = 'channel' and row = 'log'").fetchall()
    assert what == "channel added"


def test_the_same_channel_again_changes_nothing(session, tmp_path):
    """Scripts may add what is there."""
    url = f"file://{tmp_path}/rings.jsonl"
    channels.add_channel(session, "log", url)
    again = channels.add_channel(session, "log", url)
    assert (again.changed, again.replaced) == (False, None)
    assert session.con.execute("select count(*) from journal where tab = 'channel'").fetchone() == (1,)


def test_another_url_replaces_the_first_and_says_so(session):
    """What was there before is shown without its secrets."""
    channels.add_channel(session, "phone", "json://ada:secret@example.com/")
    added = channels.add_channel(session, "phone", "json://ada:other@example.com/")
    assert (added.changed, added.replaced) == (True, "json://ada:****@example.com")
    assert channels.load_channels(session.con)["phone"] == "json://ada:other@example.com/"


def test_what_was_typed_is_kept_without_its_secrets(tmp_path):
    """The words of a command are shown again, by the log and by undo."""
    url = "json://ada:secret@example.com/hook"
    session = Session({"ASK_HOME": str(tmp_path / "home")}, f"channel add phone {url}")
    channels.add_channel(session, "phone", url)
    [(words,)] = session.con.execute("select words from command").fetchall()
    session.close()
    assert words == "channel add phone json://ada:****@example.com/…"


def test_a_removed_channel_can_be_added_again(session, tmp_path):
    """Removing keeps the row, for the journal; adding it again is no replacement."""
    channels.add_channel(session, "log", f"file://{tmp_path}/a.jsonl")
    removed = channels.remove_channel(session, "log")
    assert removed.url == f"file://{tmp_path}/a.jsonl"
    assert "log" not in channels.load_channels(session.con)
    added = channels.add_channel(session, "log", f"file://{tmp_path}/b.jsonl")
    assert (added.changed, added.replaced) == (True, None)
    assert channels.load_channels(session.con)["log"] == f"file://{tmp_path}/b.jsonl"


@pytest.mark.parametrize("name", ["", "Phone", "my phone", "a/b", "téléphone", "x" * 41, "a\0b"])
def test_a_name_is_short_and_of_plain_letters(session, name):
    """It is typed, and stands in keys and environments."""
    with pytest.raises(UsageError, match="cannot name a channel"):
        channels.add_channel(session, name, "desktop:")


def test_built_in_names_keep_their_meaning(session, tmp_path):
    """Adding them as they are is fine; giving them another URL, or the terminal another name, is not."""
    assert not channels.add_channel(session, "desktop", "desktop:").changed
    with pytest.raises(UsageError, match="built in"):
        channels.add_channel(session, "terminal", f"file://{tmp_path}/x")
    with pytest.raises(UsageError, match="second name"):
        channels.add_channel(session, "screen", "terminal:")
    with pytest.raises(NotPossible, match="built in"):
        channels.remove_channel(session, "desktop")


def test_the_default_channel_is_not_removed(session, tmp_path):
    """Messages would have nowhere to go; the way out is named."""
    channels.add_channel(session, "log", f"file://{tmp_path}/a.jsonl")
    prefer(session, "log")
    with pytest.raises(NotPossible) as refused:
        channels.remove_channel(session, "log")
    assert refused.value.hint == "ask pref set channel terminal, or another; then remove it"
    assert "log" in channels.load_channels(session.con)


def test_removing_says_how_many_messages_wait(session, tmp_path):
    """They go on to the next channel when their time comes."""
    channels.add_channel(session, "log", f"file://{tmp_path}/a.jsonl")
    with session.writing() as writing:
        values = {"key": "k", "channel": "log", "text": "t", "severity": "normal", "state": "queued",
                  "at": writing.now, "wake_at": writing.now}  # fmt: skip
        writing.apply([New("message", Ref("m"), values, "queued")])
    assert {one.name: one.waiting for one in channels.list_channels(session)} == {"desktop": 0, "log": 1, "terminal": 0}
    assert channels.remove_channel(session, "log").waiting == 1


def test_an_unknown_name_is_not_found_with_the_nearest(session):
    """Also a test of it."""
    channels.add_channel(session, "phone", "json://example.com/")
    for use in (channels.remove_channel, channels.test_channel):
        with pytest.raises(NotFound) as refused:
            use(session, "fone")
        assert refused.value.hint == "did you mean phone?"


def test_a_test_of_a_file_really_writes(session, tmp_path):
    """The evidence names the place, and the line is there under the key that is told."""
    channels.add_channel(session, "log", f"file://{tmp_path}/rings.jsonl")
    tested = channels.test_channel(session, "log")
    assert (tested.state, tested.evidence) == ("sent", f"in {tmp_path}/rings.jsonl at byte 0")
    line = json.loads((tmp_path / "rings.jsonl").read_text())
    assert (line["key"], line["text"], line["item"]) == (tested.key, tested.text, None)
    assert line["at"] == "2026-11-24T08:00:00+00:00"


def test_a_test_of_the_terminal_is_what_the_person_sees(session):
    """The evidence is the text itself, which the command shows."""
    tested = channels.test_channel(session, "terminal")
    assert (tested.state, tested.text) == ("sent", "A test of the channel terminal.")
    assert tested.text in tested.evidence


def test_two_tests_are_two_messages(session, tmp_path):
    """Each has a key of its own."""
    channels.add_channel(session, "log", f"file://{tmp_path}/rings.jsonl")
    assert channels.test_channel(session, "log").key != channels.test_channel(session, "log").key


def test_a_test_over_http_says_what_the_server_said(session, receiver):
    """A refusal is not sent, a stall is unknown."""
    for answers, state, permanent in (([200], "sent", False), ([404], "not sent", True), (["stall"], "unknown", False)):
        channels.add_channel(session, "phone", f"json://{receiver(*answers).place}/?rto=0.2")
        tested = channels.test_channel(session, "phone")
        assert (tested.state, tested.permanent) == (state, permanent)
        assert tested.evidence


def test_a_channel_that_is_not_there_did_not_send(message):
    """It was removed while a message waited: the message dies there and goes on."""
    outcome = Senders({}, "").deliver("phone", message())
    assert outcome == NotSent("there is no channel phone; ask channel add phone URL", permanent=True)
    assert (Senders({}, "").can_tell("phone"), Senders({}, "").is_quick("phone")) == (False, True)


def test_a_channel_whose_url_no_plug_in_reads_did_not_send(message):
    """The plug-in was uninstalled: the reason says so, and nothing is doubtful."""
    outcome = Senders({"bird": "pigeon_x:ada"}, "").deliver("bird", message())
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert Senders({"bird": "pigeon_x:ada"}, "").can_tell("bird") is False


def test_senders_deliver_by_name(tmp_path, message):
    """Two names, two files; each message goes where it should."""
    senders = Senders({"a": f"file://{tmp_path}/a", "b": f"file://{tmp_path}/b"}, "")
    for name in "aba":
        assert isinstance(senders.deliver(name, message(channel=name)), Sent)
    assert [len((tmp_path / name).read_text().splitlines()) for name in "ab"] == [2, 1]
    assert senders.can_tell("a")


def test_a_message_for_a_lost_channel_goes_on_to_the_terminal(message):
    """What a sender answers and what the outbox makes of it fit: a row under the same key, on the next channel."""
    at = message().at
    row = Message(id=1, key="k", channel="phone", next_channels=[], item=1, job_id=None, step_id=None,
                  schedule_id=None, text="t", severity="normal", rank=1, state="sending", reason=None, attempts=1,
                  doubtful=0, dropped=None, at=at, wake_at=at, sent_at=None, lease="me", lease_until=at)  # fmt: skip
    moves = after_send(row, Senders({}, "").deliver("phone", message()), at + timedelta(seconds=1), 0.5)
    assert [move.table for move in moves] == ["message", "message"]
    assert moves[1].values["channel"] == "terminal"
