"""The story of an upgrade: what an earlier release kept is shown, and what it had begun is brought to its end, once."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from assistant.instants import from_text
from assistant.store.connection import SCHEMA_VERSION, connect
from tests.fold import check_fold
from tests.person import slots_between
from tests.released import FILES, PROGRAMS, rows, schema_number, unpack

if TYPE_CHECKING:
    from tests.conftest import Ask

NOON = "2026-11-03T12:15:00+01:00"  # Tuesday, five minutes after the last worker died
SATURDAY = "2026-11-07T20:00:00+01:00"
TABLES = ("task", "schedule", "job", "request")


class Kept:
    """What the earlier release had kept, as it left it."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.items = {
            number: (table, title, state)
            for table in TABLES
            for number, title, state in rows(
                store, f"select {_number(table)}, title, state from {table} where {_number(table)} is not null"
            )
        }
        self.sent = _column(store, "select key from message where sent_at is not null")
        self.next_at = dict(rows(store, f"select id, next_at from schedule where state <> 'ended' and not {OPEN_JOBS}"))

    def number(self, title: str) -> str:
        """The number of the reminder or job of a title."""
        return next(str(n) for n, (table, name, _) in self.items.items() if name == title and table != "request")


OPEN_JOBS = "exists (select 1 from job where schedule_id = schedule.id and job.ended_at is null)"


def _number(table: str) -> str:
    return "number" if table == "job" else "id"


def _column(store: Path, sql: str) -> list[Any]:
    return [row[0] for row in rows(store, sql)]


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    """A store of a released schema."""
    found: Path = request.param
    return found


@pytest.fixture
def kept(ask: "Ask", file: Path) -> Kept:
    """That store in the person's folder, and what it holds, asked before this version has seen it."""
    home = unpack(file, ask.folder)
    ask.environment["PATH"] = f"{ask.folder}/bin:{ask.environment['PATH']}"
    ask.at(NOON)
    return Kept(home / "ask.db")


def live_until(ask: "Ask", end: str) -> None:
    """Tick whenever something is due, up to an instant; the pills are taken when they have rung three times."""
    now: str | None = NOON
    idle = 0
    while now is not None and now <= end:
        ticked = ask.tick(now)
        idle = idle + 1 if ticked["tick"] is None else 0
        assert idle < 3, f"something stays due at {now}"
        ringing = [asked for asked in ask.json("inbox") if asked["kind"] == "ack" and "pills" in asked["title"]]
        if ringing and ask.texts.count("take the pills") % 3 == 0:
            ask.ok("done", str(ringing[0]["id"]))
        following = ask.json("run-due")["next_at"]
        now = max(now, following) if following else None


def test_everything_is_still_shown(ask: "Ask", kept: Kept) -> None:
    """Each item under its number, with its title, its state and its next ring; whichever command comes first."""
    for number, (table, title, state) in kept.items.items():
        shown = ask.json("show", str(number))
        assert (shown["kind"], shown["title"], shown["state"]) == (table, title, state)
        assert ask.json("why", str(number))["why"]
    for number, next_at in kept.next_at.items():
        shown = ask.json("show", str(number), "--tz", "UTC")
        assert shown["next_at"] == (next_at and from_text(next_at).isoformat())


@pytest.mark.parametrize(
    "command", ["list", "inbox", "log", "channel list", "pref list", "export", "doctor", "run-due"],
)  # fmt: skip
def test_any_command_may_be_the_first(ask: "Ask", kept: Kept, file: Path, command: str) -> None:
    """It brings the store to the present schema, except `doctor`, which only looks."""
    assert ask(*command.split(), "--json").json is not None
    if command == "doctor":
        ask.ok("list")
    assert _column(kept.store, "pragma user_version") == [SCHEMA_VERSION]
    assert (kept.store.with_name("backups") / f"before-schema-{SCHEMA_VERSION}.db").exists() == (
        schema_number(file) < SCHEMA_VERSION
    )


def test_lists_hold_what_is_open(ask: "Ask", kept: Kept) -> None:
    """And the inbox every question that waits."""
    states = {"open", "waiting", "active", "paused", "pending", "in_progress", "awaiting_input"}
    still_open = {number for number, (_, _, state) in kept.items.items() if state in states}
    assert {item["id"] for item in ask.json("list")} == still_open
    asked = {number for number, (table, _, state) in kept.items.items() if table == "request" and state == "open"}
    assert {request["id"] for request in ask.json("inbox")} == asked
    assert [item["title"] for item in ask.json("list", "uberweisung")] == ["file the taxes"]
    assert {channel["name"] for channel in ask.json("channel", "list")} >= {"out", "bell", "horn"}
    assert ask.json("pref", "get", "quiet_hours")["value"] == "12:00-13:00"


def test_several_processes_may_open_it_at_once(ask: "Ask", kept: Kept) -> None:
    """One brings it to the present schema, the others wait and find it done."""
    started = [ask.start("add", f"task {number}") for number in range(4)]
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    assert _column(kept.store, "select count(*) from task where title like 'task %'") == [4]
    check(ask)


def test_a_store_of_a_newer_version_is_refused(ask: "Ask", kept: Kept) -> None:
    """By every command, ticks included, with both numbers and the fix; nothing is changed."""
    con = connect(str(kept.store.parent))
    con.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    con.close()
    before = kept.store.read_bytes()
    for argv in (("list",), ("add", "x"), ("done", "1"), ("run-due",), ("backup",)):
        said = ask.refused(1, *argv)
        assert f"schema {SCHEMA_VERSION + 1}" in said
        assert "upgrade ask" in said
    assert kept.store.read_bytes() == before


def test_what_an_earlier_release_began_ends_and_nothing_is_done_twice(ask: "Ask", kept: Kept) -> None:
    """Four and a half days of ticks: each ring that is due once, each program once, each slot in one row."""
    live_until(ask, SATURDAY)
    once = ("call Ada", "post the letter", "ring the office", "held until one o'clock", "the photos are there")
    assert {text: ask.texts.count(text) for text in once} == dict.fromkeys(once, 1)
    keys = [ring["key"] for ring in ask.rang]
    assert max(Counter(keys).values()) == 1
    assert not set(keys) & set(kept.sent)
    assert rang_at(ask, "read a chapter") == [
        "03 20:00", "03 21:30", "04 20:00", "05 20:00", "06 20:00", "07 20:00",
    ]  # fmt: skip
    assert rang_at(ask, "take the pills") == [
        f"{day} {time}" for day in ("04", "05", "06", "07") for time in ("11:50", "12:05", "12:35")
    ]
    assert rang_at(ask, "exercise") == ["04 08:15", "05 08:15", "06 08:15", "07 08:15"]
    assert rang_at(ask, "water the cactus") == ["05 08:10"]
    assert rang_at(ask, "book the train") == rang_at(ask, "back up the laptop") == []
    check(ask)


def rang_at(ask: "Ask", text: str) -> list[str]:
    """The days and times at which a text rang, by the clock in Berlin."""
    berlin = ZoneInfo("Europe/Berlin")
    rang = [datetime.fromisoformat(ring["at"]).astimezone(berlin) for ring in ask.rang if ring["text"] == text]
    return [f"{at:%d %H:%M}" for at in rang]


def test_jobs_of_an_earlier_release_come_to_their_end(ask: "Ask", kept: Kept) -> None:
    """Ready, waiting for its retry, or cut off while it ran: each goes on. What nobody can know still asks."""
    live_until(ask, "2026-11-03T20:00:00+01:00")
    titles = ("tidy up", "read the news", "send the photos", "begin nothing yet", "pay the rent", "no such thing")
    assert [ask.json("show", kept.number(title))["state"] for title in titles] == [
        "completed", "completed", "completed", "completed", "awaiting_input", "failed",
    ]  # fmt: skip
    # Steps that began before keep their keys; a later version may write the key of a new one with %20.
    did = [line for line in (ask.folder / "did").read_text().splitlines() if line.split()[0] in PROGRAMS]
    assert sorted(map(unquote, did)) == [
        "fetch 5ca1ab1e/begin nothing yet/fetch", "fetch 5ca1ab1e/read the news/fetch",
        "tidy 5ca1ab1e/begin nothing yet/tidy", "tidy 5ca1ab1e/read the news/tidy",
        "upload 5ca1ab1e/send the photos/upload",
    ]  # fmt: skip
    assert [asked["kind"] for asked in ask.json("inbox") if asked["job"] == int(kept.number("pay the rent"))] == [
        "unknown"
    ]


def test_questions_of_an_earlier_release_can_be_answered(ask: "Ask", kept: Kept) -> None:
    """The pills are taken, the late ring is wanted; what is paused goes on, and the latest command is taken back."""
    (undone,) = ask.json("undo")
    assert (undone["title"], undone["state"]) == ("begin nothing yet", "cancelled")
    ask.ok("done", kept.number("take the pills"))
    ask.ok("answer", kept.number("leave for the train"), "yes")
    ask.ok("resume", kept.number("back up the laptop"))
    live_until(ask, "2026-11-05T19:00:00+01:00")
    assert [ring["text"] for ring in ask.rang].count("leave for the train (late by 1 d 3 h)") == 1
    assert rang_at(ask, "back up the laptop") == ["05 18:00"]
    check(ask)


def test_the_doctor_finds_an_upgraded_store_well(ask: "Ask", kept: Kept) -> None:
    """Whole, private, backed up, and nothing held by workers that are no more."""
    live_until(ask, "2026-11-04T09:00:00+01:00")
    checks = {check["name"]: check for check in ask("doctor", "--json").json["checks"]}
    names = ("last tick", "store", "privacy", "backup", "leases", "tick log", "channel out", "zone")
    assert [(name, checks[name]["detail"]) for name in names if not checks[name]["ok"]] == []
    assert f"schema {SCHEMA_VERSION}" in checks["store"]["detail"]


def check(ask: "Ask") -> None:
    """The journal makes the rows, each due time lies in one row, no message is lost, and nothing is held."""
    con = connect(str(ask.home))
    try:
        check_fold(con)
        assert con.execute("pragma integrity_check").fetchone() == ("ok",)
        assert con.execute("pragma foreign_key_check").fetchall() == []
    finally:
        con.close()
    store = ask.home / "ask.db"
    ruled = rows(store, "select id, rule, zone, created_at, title from schedule where rule like '%RRULE%'")
    for number, rule, zone, created_at, title in ruled:
        covered, last = rows(store, "select sum(count), max(last) from slot where schedule_id = ?", number)[0]
        if last is not None:
            asked = slots_between(rule, from_text(created_at), from_text(last), zone)
            assert covered == asked + (title == "read a chapter" and last >= "2026-11-03T20:30:00Z"), title
