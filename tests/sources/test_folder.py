"""The source folder: new, changed, gone, each once, and only what is settled."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.jsontext import dump
from assistant.ports.source import CURSOR_BYTES, Failed
from assistant.sources import folder
from tests.sources.conftest import NOW, Watched


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    path = tmp_path / "scans"
    path.mkdir()
    return path


@pytest.fixture
def watched(scans: Path) -> Watched:
    return Watched(f"folder://{scans}", "scans")


def put(folder: Path, name: str, text: str = "x", at: datetime = NOW - timedelta(minutes=5)) -> Path:
    path = folder / name
    path.write_text(text)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_what_is_there_at_the_first_poll_is_no_news(scans, watched):
    """It takes stock; only what comes later is new."""
    put(scans, "old.pdf")
    assert watched.told() == []
    put(scans, "new.pdf")
    assert watched.told() == [("new", "new.pdf")]
    assert watched.told() == []


def test_an_event_says_path_name_size_and_source(scans, watched):
    """Its time is that of the file."""
    watched.poll()
    path = put(scans, "a.pdf", "four", NOW - timedelta(hours=1))
    [event] = watched.poll().events
    assert event.name == "folder.new"
    assert event.data == {"path": str(path), "name": "a.pdf", "size": 4, "source": "scans"}
    assert event.at == NOW - timedelta(hours=1)
    assert event.key.startswith("scans/folder.new/")


def test_changed_and_gone_are_told_once(scans, watched):
    """By size and time; what is inside is not looked at."""
    path = put(scans, "a.pdf")
    watched.poll()
    put(scans, "a.pdf", "longer", NOW - timedelta(minutes=4))
    assert watched.told() == [("changed", "a.pdf")]
    path.unlink()
    [event] = watched.poll().events
    assert (event.name, event.data["size"]) == ("folder.gone", 6)
    assert watched.told() == []


def test_a_file_that_is_still_written_to_waits_until_it_stands_still(scans, watched):
    """Its size and time must be the same at two polls, or its time over two seconds old."""
    watched.poll()
    put(scans, "scan.pdf", "a", NOW)
    assert watched.told(NOW) == []
    put(scans, "scan.pdf", "ab", NOW + timedelta(seconds=59))
    assert watched.told(NOW + timedelta(minutes=1)) == []
    assert watched.told(NOW + timedelta(minutes=2)) == [("new", "scan.pdf")]


def test_a_file_dated_ahead_of_the_clock_counts_once_it_stands_still(scans, watched):
    """An archive may give any time; the event is dated now."""
    watched.poll()
    put(scans, "late.pdf", at=NOW + timedelta(days=400))
    assert watched.told() == []
    [event] = watched.poll(NOW + timedelta(minutes=1)).events
    assert event.at == NOW + timedelta(minutes=1)


def test_a_file_that_is_gone_before_it_counted_is_nothing(scans, watched):
    """Gone is only what was there."""
    watched.poll()
    path = put(scans, "a.pdf", at=NOW)
    assert watched.told() == []
    path.unlink()
    assert watched.told() == []


@pytest.mark.parametrize("name", [".hidden", "a.pdf.part", "b.crdownload", "~$c.docx", "d~", "e.tmp", "Thumbs.db"])
def test_hidden_and_temporary_files_are_left_out(name, scans, watched):
    """The file that they become is told."""
    watched.poll()
    path = put(scans, name)
    assert watched.told() == []
    path.rename(scans / "done.pdf")
    assert watched.told() == [("new", "done.pdf")]


def test_subfolders_and_special_files_are_left_out(scans, watched):
    """A pipe would block whoever opens it."""
    watched.poll()
    (scans / "sub").mkdir()
    put(scans / "sub", "a.pdf")
    os.mkfifo(scans / "pipe")
    assert watched.told() == []


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, scans, watched):
    """One within it is a file as others are; one to nowhere is nothing."""
    watched.poll()
    secret = put(tmp_path, "secret.txt")
    (scans / "out").symlink_to(secret)
    (scans / "nowhere").symlink_to(scans / "missing")
    real = put(scans, "real.pdf")
    (scans / "link.pdf").symlink_to(real)
    assert sorted(watched.told()) == [("new", "link.pdf"), ("new", "real.pdf")]


def test_a_file_that_comes_back_is_new_under_another_key(scans, watched):
    """Same name, size and time: it was gone in between."""
    watched.poll()
    path = put(scans, "a.pdf")
    watched.poll()
    path.unlink()
    watched.poll()
    put(scans, "a.pdf")
    assert watched.told() == [("new", "a.pdf")]
    assert [event.name for event in watched.taken.values()] == ["folder.new", "folder.gone", "folder.new"]


def test_the_same_change_has_the_same_key_when_the_cursor_was_lost(scans, watched):
    """An answer that was not kept is given again under its keys."""
    put(scans, "a.pdf")
    watched.poll()
    put(scans, "a.pdf", "longer", NOW - timedelta(minutes=4))
    put(scans, "b.pdf")
    before = watched.cursor
    first = watched.poll().events
    watched.cursor = before
    assert watched.poll(NOW + timedelta(minutes=9)).events == first


def test_a_folder_that_is_away_is_a_failure_and_no_file_is_gone(tmp_path, scans, watched):
    """It goes on where it stood once the folder is back."""
    put(scans, "a.pdf")
    watched.poll()
    scans.rename(tmp_path / "away")
    failed = watched.fail()
    assert failed.error == f"{scans} is no folder any more"
    assert not failed.permanent
    (tmp_path / "away").rename(scans)
    assert watched.told() == []


def test_an_empty_folder_on_another_disk_is_a_failure(scans, watched):
    """A mount point without its disk looks empty."""
    path = put(scans, "a.pdf")
    watched.poll()
    path.unlink()
    watched.cursor["device"] += 1
    assert "is its own disk mounted?" in watched.fail().error
    put(scans, "b.pdf")
    assert sorted(watched.told()) == [("gone", "a.pdf"), ("new", "b.pdf")]


def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path):
    """A file in its place, too."""
    path = tmp_path / "f"
    path.mkdir()
    watched = Watched(f"folder://{path}")
    path.rmdir()
    path.touch()
    assert watched.fail().error == f"{path} is no folder any more"


def test_ten_thousand_files_are_too_many(scans, watched):
    """The error says the limit and what to do; the limit holds for what counts only."""
    for number in range(folder.MOST_FILES):
        (scans / f"{number}").touch()
    (scans / ".hidden").touch()
    assert len(watched.poll(NOW + timedelta(days=9999)).cursor["files"]) == folder.MOST_FILES
    (scans / "one more").touch()
    failed = watched.fail()
    assert "more than 10,000 files" in failed.error
    assert failed.permanent


def test_many_files_at_once_come_in_order_over_several_polls(scans, watched):
    """A thousand events a poll; none is lost and none comes twice."""
    watched.poll()
    for number in range(1200):
        put(scans, f"{number:04}", at=NOW - timedelta(seconds=5000 - number))
    first = watched.poll()
    assert (len(first.events), first.more) == (1000, True)
    second = watched.poll()
    assert (len(second.events), second.more) == (200, False)
    assert [event.data["name"] for event in (*first.events, *second.events)] == [f"{n:04}" for n in range(1200)]


def test_names_too_long_for_the_cursor_are_a_failure(scans, watched):
    """The limit is one of bytes, whatever the names are."""
    for number in range(9000):
        (scans / f"{number:04}{'n' * 200}").touch()
    failed = watched.fail(NOW + timedelta(days=9999))
    assert "watch a smaller folder" in failed.error
    assert failed.permanent


def test_a_name_that_is_no_text_is_left_out_and_noted(scans, watched):
    """The store holds UTF-8."""
    watched.poll()
    with open(os.fsencode(scans) + b"/\xff.pdf", "wb"):
        pass
    put(scans, "a.pdf")
    got = watched.poll(NOW + timedelta(days=9999))
    assert [event.data["name"] for event in got.events] == ["a.pdf"]
    assert got.note == "1 names are no UTF-8 and are left out"


@pytest.mark.parametrize("cursor", [{}, {"v": 2}, {"v": 1, "files": 3}, {"v": 1, "files": {"a": []}}])
def test_a_cursor_that_cannot_be_read_counts_as_none(cursor, scans, watched):
    """It takes stock again."""
    put(scans, "a.pdf")
    watched.cursor = cursor
    assert watched.told() == []


def test_an_idle_poll_changes_nothing_in_the_cursor(scans, watched):
    """So that the tick writes nothing."""
    put(scans, "a.pdf")
    first = watched.poll().cursor
    assert dump(watched.poll(NOW + timedelta(days=1)).cursor) == dump(first)
    assert len(dump(first)) < CURSOR_BYTES
    assert watched.source.due(first, datetime.now(UTC), watched.asking).events == ()


def test_a_url_that_is_no_folder_is_refused(tmp_path):
    """With the value and one fix."""
    from assistant.errors import UsageError
    from assistant.sources.table import check_url

    (tmp_path / "f").touch()
    assert check_url(f"folder:{tmp_path}/") == f"folder://{tmp_path}"
    for url, said in ((f"folder://{tmp_path}/f", "is no folder"), (f"folder://{tmp_path}/g", "is not there")):
        with pytest.raises(UsageError, match=said) as refused:
            check_url(url)
        assert refused.value.hint
    with pytest.raises(UsageError, match="option 'deep'"):
        check_url(f"folder://{tmp_path}#deep=yes")
    assert not isinstance(Watched(f"folder://{tmp_path}").answer(), Failed)
