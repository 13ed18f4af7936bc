"""Sources where nothing happened: they are looked at, that is known, and nothing else is kept of it."""

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.calendars import Calendar, put_file
from tests.server import Server, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Ask

ICS = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r
DTSTART:20261224T170000Z\r\nDTEND:20261224T180000Z\r\nSUMMARY:party\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


@pytest.fixture
def web() -> "Iterator[Server]":
    """A calendar on the web that has not changed since it was first read."""
    started = Server([reply(200, ICS, ETag='"1"'), reply(304)])
    yield started
    started.close()


@pytest.fixture
def quiet(ask: "Ask", web: Server) -> "Ask":
    """A folder, a calendar in a file and one on the web, each looked at once."""
    folder = ask.folder / "scans"
    folder.mkdir()
    put_file(folder / "old.pdf", "42", "2026-11-22T16:20:00+01:00")
    calendar = Calendar(ask.folder / "work.ics")
    calendar.put("1", "vendor call", "2026-12-24 11:00", "2026-12-24 12:00")
    calendar.write()
    ask.ok("source", "add", "scans", f"folder://{folder}", "--every", "5m")
    ask.ok("source", "add", "work", calendar.url, "--every", "5m")
    ask.ok("source", "add", "web", f"calendar+http://{web.place}/x.ics", "--every", "5m")
    ask.tick("2026-11-23T16:21:00+01:00")
    return ask


def kept(ask: "Ask") -> dict[str, Any]:
    """All that is kept but the rows of sources, as the file has it."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(ask.home / "ask.db")) as con:
        return {table: con.execute(f"select * from {table}").fetchall() for table in ("tick", "journal", "event")}


def test_a_poll_that_finds_nothing_new_is_no_tick_and_no_line(quiet: "Ask", web: Server) -> None:
    """When it last answered is true all the same; only the row of the source says it."""
    before = kept(quiet)
    for minute in range(22, 37):  # as cron ticks: a gap would be something that happened
        counted = quiet.tick(f"2026-11-23T16:{minute}:00+01:00")
        assert (counted["tick"], counted["jobs_advanced"]) == (None, 0)
    assert kept(quiet) == before
    listed = quiet.json("source", "list")
    assert {one["last_success_at"] for one in listed} == {"2026-11-23T16:36:00+01:00"}
    assert not any(one["stale"] or one["last_error"] for one in listed)
    assert len(web.got) == 4


def test_what_did_happen_and_what_failed_have_their_tick(quiet: "Ask", web: Server) -> None:
    """A new file, a source that does not answer, and its recovery are in the journal, under the number of the tick."""
    put_file(quiet.folder / "scans" / "bill.pdf", "42", "2026-11-23T16:22:00+01:00")
    web.answers(reply(500))
    ticks = [quiet.tick(f"2026-11-23T16:{minute}:00+01:00")["tick"] for minute in range(22, 28)]
    assert [tick is not None for tick in ticks] == [False, False, False, False, True, False]
    lines = {line["row"]: line for line in quiet.json("log") if line["tick"] is not None}
    assert "not read" in lines["web"]["what"]
    web.answers(reply(304))
    quiet.tick("2026-11-23T16:40:00+01:00")
    listed = {one["name"]: one for one in quiet.json("source", "list")}
    assert (listed["web"]["last_success_at"], listed["web"]["last_error"]) == ("2026-11-23T16:40:00+01:00", None)
    assert [event["name"] for event in quiet.snapshot()["event"]] == ["folder.new"]


def test_a_tick_between_two_polls_writes_nothing_at_all(quiet: "Ask") -> None:
    """Not a byte of the store."""
    before = _bytes(quiet)
    counted = quiet.tick("2026-11-23T16:23:00+01:00")
    assert (counted["tick"], counted["next_at"]) == (None, "2026-11-23T16:26:00+01:00")
    assert _bytes(quiet) == before


def test_a_gap_is_noted_also_where_all_sources_are_quiet(quiet: "Ask") -> None:
    """That nothing ticked for long is something that happened."""
    counted = quiet.tick("2026-11-23T18:00:00+01:00")
    assert counted["tick"] is not None
    assert "nothing ticked" in quiet.ok("brief").out


def _bytes(ask: "Ask") -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in ask.home.glob("ask.db*")}
