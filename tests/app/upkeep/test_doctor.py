"""`ask doctor`: what is well, what is not, and the one thing to do about it."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from assistant.app import liveness
from assistant.app.backups import backup, daily_backup
from assistant.app.checks.check import Check
from assistant.app.doctor import Doctor, doctor
from assistant.app.home import write_heartbeat
from assistant.app.install import install
from assistant.app.session import Session
from assistant.app.ticklog import note_failure

LONG_AGO = "2026-11-20T08:00:00Z"
JUST_NOW = "2026-11-24T07:59:30Z"


def checked(found: Doctor, name: str) -> Check:
    """The check of a name."""
    (check,) = [check for check in found.checks if check.name == name]
    return check


@pytest.fixture
def well(with_cron):
    """A home in which all is well, as far as it is not the machine's to say."""
    session = with_cron.session()
    install(session, "cron", program=with_cron.program)
    daily_backup(session.con, session.home, session.now)
    write_heartbeat(session.home, JUST_NOW, JUST_NOW, "idle")
    session.close()
    return with_cron


@pytest.fixture
def con(well):
    """The store, as another process has it open."""
    con = sqlite3.connect(well.home / "ask.db", isolation_level=None)
    yield con
    con.close()


def examine(place) -> Doctor:
    """One look at everything."""
    return doctor(place.session(), place.program)


def make_message(con: sqlite3.Connection, key: str, **values: object) -> None:
    """A message with everything it needs."""
    row = {"key": key, "channel": "phone", "text": "call Ada", "severity": "normal", "state": "queued"}
    row |= {"at": JUST_NOW, "wake_at": JUST_NOW} | values
    marks = ", ".join("?" * len(row))
    con.execute(f"insert into message ({', '.join(row)}) values ({marks})", tuple(row.values()))


def test_all_is_well_but_what_only_the_machine_can_say(well):
    """Whether cron's daemon runs is a matter of the machine that runs the tests."""
    found = examine(well)
    assert [check for check in found.checks if not check.ok and check.name != "cron daemon"] == []
    assert {check.name for check in found.checks} == {
        "scheduler", "cron daemon", "last tick", "gaps", "tick log", "store", "privacy", "disk", "backup", "leases",
        "messages", "terminal", "bare start", "secrets", "clock", "zone", "model library",
    }  # fmt: skip


def test_every_check_that_fails_says_what_to_do(place):
    """On a machine that has nothing at all."""
    found = examine(place)
    failed = [check for check in found.checks if not check.ok]
    assert not found.ok
    assert {check.name for check in failed} >= {"scheduler", "last tick"}
    assert all(check.fix for check in failed)
    assert not place.home.exists()


def test_a_missing_store_is_no_illness(place):
    """The first command makes it."""
    assert checked(examine(place), "store").ok


def test_a_line_that_was_taken_out_of_the_crontab_is_missed(well):
    """The note says installed; the crontab is what counts."""
    (well.root / "crontab").write_bytes(b"")
    check = checked(examine(well), "scheduler")
    assert (check.ok, check.fix) == (False, "ask install --cron")
    assert "no line" in check.detail


def test_a_line_that_calls_another_interpreter_is_seen(well):
    """After an upgrade of Python the old path may be gone."""
    (well.root / "crontab").write_bytes(well.crontab.replace(os.fsencode(well.interpreter), b"/gone/python3"))
    assert well.interpreter in checked(examine(well), "scheduler").detail


def test_a_line_in_another_zone_is_seen(well):
    """Ticks would read times otherwise than the person does."""
    check = checked(doctor(well.session(TZ="Asia/Tokyo"), well.program), "scheduler")
    assert not check.ok
    assert "TZ to Asia/Tokyo" in check.detail


def test_an_inactive_timer_is_seen(with_systemd):
    """Its files alone tick nothing."""
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert checked(examine(with_systemd), "scheduler").ok
    for active in with_systemd.root.glob("active-*"):
        active.unlink()
    assert "not active" in checked(examine(with_systemd), "scheduler").detail


def test_an_agent_that_is_not_loaded_is_seen(with_launchd):
    """Its file alone ticks nothing."""
    install(with_launchd.session(), "launchd", program=with_launchd.program)
    assert checked(examine(with_launchd), "scheduler").ok
    (with_launchd.root / "loaded").unlink()
    assert "not loaded" in checked(examine(with_launchd), "scheduler").detail


@pytest.mark.parametrize(
    ("ended", "outcome", "ok", "words"),
    [
        ("2026-11-24T07:57:00Z", "idle", True, "3 min ago (idle)"),
        ("2026-11-24T07:56:59Z", "idle", False, "overdue: 3 min 1 s ago"),
        (JUST_NOW, "failed", False, "30 s ago (failed)"),
    ],
)
def test_the_last_tick_is_at_most_three_minutes_old_and_ended_well(well, ended, outcome, ok, words):
    """Later than that nobody keeps the commitments."""
    (well.home / "tick").unlink()
    write_heartbeat(str(well.home), ended, ended, outcome)
    check = checked(examine(well), "last tick")
    assert check.ok is ok
    assert words in check.detail


def test_gaps_between_ticks_are_told(well, con):
    """A machine may sleep, so they are no illness."""
    con.executemany("insert into tick (began_at, gap_s) values (?, ?)", [(JUST_NOW, 600), (LONG_AGO, 28260)])
    check = checked(examine(well), "gaps")
    assert check.ok
    assert "2 gaps in 7 days, the longest 7 h 51 min until 2026-11-20 08:00 UTC" in check.detail


def test_what_the_last_tick_said_is_shown(well):
    """Even when Python itself could not start."""
    (well.home / "tick.log").write_text("/bin/sh: 1: /gone/python3: not found\n")
    assert "/gone/python3: not found" in checked(examine(well), "tick log").detail


def test_what_a_tick_said_long_ago_is_not_shown_where_launchd_only_adds(with_launchd):
    """Ticks since then were silent."""
    install(with_launchd.session(), "launchd", program=with_launchd.program)
    write_heartbeat(str(with_launchd.home), JUST_NOW, JUST_NOW, "idle")
    log = with_launchd.home / "tick.log"
    log.write_text("Traceback\n")
    assert not checked(examine(with_launchd), "tick log").ok
    os.utime(log, (0, 0))
    assert checked(examine(with_launchd), "tick log").ok


def test_a_failure_that_happened_once_is_not_forgotten(well):
    """The next tick was well again; the line stays a week, and the file stays small."""
    session = well.session()
    for number in range(2000):
        note_failure(session.home, session.now, f"OSError: {number} {'x' * 100}")
    check = checked(examine(well), "tick log")
    assert not check.ok
    assert "OSError: 1999" in check.detail
    assert (well.home / "failures.log").stat().st_size < 70_000


def test_a_damaged_store_is_found_and_the_way_back_named(well):
    """The other checks go on as far as they can."""
    good = backup(well.session())
    with open(well.home / "ask.db", "r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 20)
    found = examine(well)
    check = checked(found, "store")
    assert (check.ok, check.fix) == (False, f"ask restore {good.path}")
    assert checked(found, "last tick").ok
    assert checked(found, "disk").ok


def test_a_store_that_is_refused_though_it_is_whole_is_told(well):
    """Somebody repaired it by hand; the mark is what holds it up."""
    (well.home / "damaged").write_text("The store is damaged.\n")
    check = checked(examine(well), "store")
    assert (check.ok, check.fix) == (False, f"rm {well.home}/damaged")


def test_a_file_that_is_no_database_is_found(well):
    """And nothing else breaks on it."""
    (well.home / "ask.db").write_bytes(b"Dear Ada" * 1000)
    found = examine(well)
    assert "file is not a database" in checked(found, "store").detail
    assert checked(found, "clock").ok


def test_a_store_of_a_newer_ask_is_not_judged(well, con):
    """It is named, with both numbers."""
    con.execute("pragma user_version = 99")
    check = checked(examine(well), "store")
    assert "schema 99" in check.detail
    assert check.fix == "upgrade ask"


def test_a_store_that_cannot_be_written_is_found_whole_and_useless(unprivileged_home):
    """Looking at it needs no write."""
    check = checked(doctor(unprivileged_home), "store")
    assert not check.ok
    assert check.detail.startswith("whole, but it cannot be written")


@pytest.fixture
def unprivileged_home(request):
    """A home that may be read only, also where root runs the tests."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    session = Session({"ASK_HOME": str(root / "home"), "TZ": "UTC", "PATH": "", "HOME": str(root)})
    _ = session.con
    session.close()
    doctor(session)  # whatever it imports cannot be read later
    (root / "home" / "ask.db").chmod(0o444)
    (root / "home").chmod(0o555)
    request.getfixturevalue("unprivileged")
    yield session
    if os.geteuid() != 0 and os.getuid() == 0:
        os.seteuid(0)
    (root / "home").chmod(0o700)
    shutil.rmtree(root)


def test_a_store_that_others_can_read_is_told(well):
    """With the command that shuts it."""
    (well.home / "ask.db").chmod(0o644)
    check = checked(examine(well), "privacy")
    assert "has mode 0644" in check.detail
    assert check.fix == f"chmod -R go= {well.home}"


def test_changes_that_are_in_no_backup_for_two_days_are_told(well, con):
    """What changed since the newest backup counts, not its age."""
    assert checked(examine(well), "backup").ok
    con.execute("insert into journal (at, tab, row, what) values (?, 'task', '1', 'made')", (LONG_AGO,))
    check = checked(examine(well), "backup")
    assert "what changed since 2026-11-20 is in none" in check.detail
    assert check.fix == "ask backup"


def test_a_broken_backup_is_told(well):
    """A backup that cannot be restored is none."""
    (path,) = (well.home / "backups").iterdir()
    path.write_bytes(path.read_bytes()[:20000])
    assert "not whole" in checked(examine(well), "backup").detail


def test_work_held_by_a_process_that_is_gone_is_told(well, con):
    """The next tick takes it up."""
    gone = f"{liveness.host()}|{liveness.boot_id()}|999999999|1"
    make_message(con, "k", state="sending", lease=gone, lease_until="2026-11-24T08:10:00Z")
    check = checked(examine(well), "leases")
    assert "message on phone is held by a process that is gone" in check.detail
    assert check.fix == "ask run-due takes it up again"


def test_work_that_should_have_ended_is_told(well, con):
    """Its process lives and hangs."""
    make_message(con, "k", state="sending", lease=liveness.me(), lease_until="2026-11-24T07:00:00Z")
    check = checked(examine(well), "leases")
    assert "should have ended 1 h ago" in check.detail
    assert check.fix == f"kill {os.getpid()}"


def test_work_under_way_is_no_illness(well, con):
    """It has its process and its time."""
    make_message(con, "k", state="sending", lease=liveness.me(), lease_until="2026-11-24T08:10:00Z")
    assert checked(examine(well), "leases").detail == "1 piece of work under way"


def test_messages_that_died_are_told_until_their_channel_delivers_again(well, con):
    """Old deaths are not warmed up."""
    make_message(con, "a", state="dead", reason="no such topic")
    make_message(con, "old", state="dead", reason="gone", at="2026-10-01T00:00:00Z", wake_at="2026-10-01T00:00:00Z")
    check = checked(examine(well), "messages")
    assert "1 on phone died: no such topic" in check.detail
    assert check.fix == "ask channel test phone"
    make_message(con, "b", state="sent", sent_at="2026-11-24T07:59:45Z")
    assert checked(examine(well), "messages").ok


def test_a_message_that_may_have_arrived_stays_told(well, con):
    """A later delivery proves nothing about it."""
    make_message(con, "a", state="unknown", reason="the machine stopped")
    make_message(con, "b", state="sent", sent_at="2026-11-24T07:59:45Z")
    assert "may or may not have arrived" in checked(examine(well), "messages").detail


def test_messages_that_wait_for_the_terminal_for_a_day_are_told(well, con):
    """Nobody has looked; bare `ask` shows them."""
    make_message(con, "a", channel="terminal")
    assert checked(examine(well), "terminal").ok
    make_message(con, "b", channel="terminal", wake_at="2026-11-22T07:00:00Z")
    check = checked(examine(well), "terminal")
    assert (check.ok, check.fix) == (False, "ask")
    assert "1 message waiting to be shown here, the oldest for 2 d 1 h" in check.detail


@pytest.mark.parametrize(
    ("url", "ok", "words"),
    [
        ("file://{root}/rings.jsonl", True, "can be reached as far as can be seen: file://{root}/rings.jsonl"),
        ("file://{root}", False, "names a folder"),
        ("file:///dev/null/rings.jsonl", False, "/dev/null"),
        ("command://{root}/bin/ask", True, "command://{root}/bin/ask"),
        ("command://{root}/gone", False, "{root}/gone"),
        ("json://127.0.0.1:9/hook/s3cret", True, "json://127.0.0.1:9/"),
        ("nosuch://s3cret", False, "nosuch"),
    ],
)
def test_channels_are_looked_at_without_sending(well, con, url, ok, words):
    """A file's folder, a program, the form of an address; no secret of it is shown."""
    url = url.format(root=well.root)
    con.execute("insert into channel (name, url, added_at) values ('phone', ?, ?)", (url, JUST_NOW))
    check = checked(examine(well), "channel phone")
    assert check.ok is ok
    assert words.format(root=well.root) in check.detail
    assert ok or check.fix
    assert "s3cret" not in check.detail + (check.fix or "")
    assert not (well.root / "rings.jsonl").exists()


def test_a_clock_that_went_back_is_told(well, con):
    """What is written lies ahead of it."""
    con.execute("insert into journal (at, tab, row, what) values (?, 'task', '1', 'made')", ("2026-11-24T10:00:00Z",))
    check = checked(examine(well), "clock")
    assert not check.ok
    assert "the latest entry is 2 h ahead" in check.detail


def test_a_clock_of_another_age_is_told(well):
    """A machine without a battery begins in 1970."""
    check = checked(doctor(well.session(ASK_NOW="1970-01-01T00:00:00+00:00"), well.program), "clock")
    assert "it says 1970-01-01" in check.detail


def test_a_zone_without_data_is_told(well, con):
    """As after a preference of a machine that had more of it."""
    con.execute("insert into preference (name, value, set_at) values ('timezone', 'Mars/Olympus', '')")
    check = checked(examine(well), "zone")
    assert (check.ok, check.detail) == (False, "no data for Mars/Olympus")


def test_a_command_that_does_not_start_in_a_bare_environment_is_told(well):
    """As cron would start it, with the last line it said."""
    said = "echo \"ModuleNotFoundError: No module named 'assistant'\" >&2; echo '  Try: this' >&2"
    well.has("python3", f"#!/bin/sh\n{said}\nexit 1\n")
    check = checked(examine(well), "bare start")
    assert "No module named 'assistant'" in check.detail


def test_the_bare_environment_holds_only_what_a_scheduler_gives(well):
    """A secret in the person's shell does not make a check pass."""
    bare = '[ -z "$SHELL_ONLY" ] && [ "$ASK_HOME" = "{there}/home" ] && [ "$TZ" = Europe/Berlin ]'
    well.has("python3", f"#!/bin/sh\n{bare}\n")
    found = doctor(well.session(SHELL_ONLY="s"), well.program)
    assert checked(found, "bare start").ok


def test_whether_ticks_reach_the_keyring_is_told_and_no_illness(well):
    """A credential file does as well."""
    assert checked(examine(well), "secrets").ok
