"""`ask install --cron` against a crontab program that keeps a file."""

import shlex
import subprocess

import pytest

from assistant.app.home import read_scheduler
from assistant.app.install import install, uninstall
from assistant.app.schedulers.order import Change, Program
from assistant.errors import NotPossible, UsageError

OTHERS = b"# mine\nMAILTO=ada\r\n\n\xff 5 4 * * 0 backup >/dev/null 2>&1 \n@reboot echo ask\n*/5 * * * * x # ask\n"


def cron_runs(line: str) -> str:
    """The shell text that cron makes of a crontab line: a backslash before a percent sign goes."""
    return line.split(" ", 5)[5].replace("\\%", "%")


def test_one_line_is_added_that_calls_run_due_every_minute_with_absolute_paths(with_cron):
    """Interpreter, script, PATH, zone and home are written out, since cron gives none of them."""
    done = install(with_cron.session(), "cron", program=with_cron.program)
    assert done.change is Change.ADDED
    assert with_cron.crontab.decode() == done.entry + "\n"
    assert done.entry.startswith("* * * * * ")
    words = shlex.split(cron_runs(done.entry), comments=True)
    assert words == [
        f"PATH={with_cron.bin}:/usr/local/bin:/usr/bin:/bin",
        "TZ=Europe/Berlin",
        f"ASK_HOME={with_cron.home}",
        with_cron.program.interpreter,
        with_cron.program.script,
        "run-due",
        f">{with_cron.home}/tick.log",
        "2>&1",
    ]
    assert done.said == 'cron: one line added, every minute, marked "ask". Take it out: ask uninstall'


def test_what_was_installed_is_noted_in_the_home(with_cron):
    """Every command reads the note to know whether something ticks."""
    done = install(with_cron.session(), "cron", program=with_cron.program)
    assert read_scheduler(str(with_cron.home)) == {"kind": "cron", "entry": done.entry, "installed_at": done.at}


def test_installing_makes_the_store_so_that_the_first_tick_leaves_its_mark(with_cron):
    """Without a store a tick ends at once and leaves no heartbeat; the self-test would wait in vain."""
    install(with_cron.session(), "cron", program=with_cron.program)
    assert (with_cron.home / "ask.db").stat().st_mode & 0o777 == 0o600


def test_installing_twice_changes_nothing_and_says_so(with_cron):
    """One line stays one line."""
    install(with_cron.session(), "cron", program=with_cron.program)
    before = with_cron.crontab
    again = install(with_cron.session(), "cron", program=with_cron.program)
    assert again.change is Change.UNCHANGED
    assert "nothing was changed" in again.said
    assert with_cron.crontab == before


def test_another_interpreter_replaces_the_line_where_it_stood(with_cron):
    """After an upgrade the old line would call a Python that is gone."""
    (with_cron.root / "crontab").write_bytes(OTHERS)
    install(with_cron.session(), "cron", program=with_cron.program)
    (with_cron.root / "crontab").write_bytes(with_cron.crontab + b"1 2 3 4 5 last\n")
    moved = install(with_cron.session(), "cron", program=Program("/opt/new/python", with_cron.program.script))
    assert moved.change is Change.REPLACED
    assert with_cron.crontab == OTHERS + moved.entry.encode() + b"\n1 2 3 4 5 last\n"


def test_uninstall_leaves_every_other_byte_alone(with_cron):
    """Carriage returns, broken UTF-8 and look-alikes are not ours."""
    (with_cron.root / "crontab").write_bytes(OTHERS)
    install(with_cron.session(), "cron", program=with_cron.program)
    assert with_cron.crontab != OTHERS
    done = uninstall(with_cron.session())
    assert done.kinds == ("cron",)
    assert with_cron.crontab == OTHERS
    assert read_scheduler(str(with_cron.home)) is None


def test_a_last_line_without_its_end_is_not_joined_with_ours(with_cron):
    """Some crontabs end without a newline."""
    (with_cron.root / "crontab").write_bytes(b"1 2 3 4 5 last")
    done = install(with_cron.session(), "cron", program=with_cron.program)
    assert with_cron.crontab == b"1 2 3 4 5 last\n" + done.entry.encode() + b"\n"


def test_two_homes_tick_side_by_side(with_cron):
    """The mark names the home; one is taken out without the other, also where one name begins the other."""
    first = install(with_cron.session(), "cron", program=with_cron.program)
    other = with_cron.session(ASK_HOME=f"{with_cron.home}2")
    second = install(other, "cron", program=with_cron.program)
    assert with_cron.crontab.decode().splitlines() == [first.entry, second.entry]
    uninstall(with_cron.session())
    assert with_cron.crontab.decode().splitlines() == [second.entry]


@pytest.mark.parametrize("name", ["with space", "it's", 'say "hi"', "50% & $(touch x); `x`", "größe", "#1", "a\\b"])
def test_odd_letters_in_a_path_reach_the_program_as_they_are(with_cron, name):
    """Spaces, quotes, dollar signs and percent signs; run by a real shell, as cron would."""
    home = with_cron.root / name
    show = with_cron.root / "show"
    show.write_text(f'#!/bin/sh\nprintf "%s|%s" "$ASK_HOME" "$*" > {shlex.quote(str(with_cron.root))}/seen\n')
    show.chmod(0o700)
    session = with_cron.session(ASK_HOME=str(home))
    done = install(session, "cron", program=Program(str(show), f"{home}/ask"))
    subprocess.run(["/bin/sh", "-c", cron_runs(done.entry)], check=True, env={})
    assert (with_cron.root / "seen").read_text() == f"{home}|{home}/ask run-due"
    assert (home / "tick.log").read_text() == ""
    assert uninstall(session).kinds == ("cron",)
    assert with_cron.crontab == b""


@pytest.mark.parametrize("name", ["line\nbreak", "a\\%b", "a\\\\b"])
def test_a_path_that_no_crontab_can_hold_is_refused(with_cron, name):
    """A line break would end the entry; crons differ in what two backslashes mean."""
    with pytest.raises(UsageError, match="path"):
        install(with_cron.session(ASK_HOME=str(with_cron.root / name)), "cron", program=with_cron.program)
    assert not (with_cron.root / "crontab").exists()


def test_a_long_path_variable_is_cut_to_what_cron_takes(with_cron):
    """Vixie cron refuses a command of 1,000 bytes; the system's own folders stay."""
    folders = [with_cron.root / f"{number:02d}{'x' * 60}" for number in range(30)]
    for folder in folders:
        folder.mkdir()
    session = with_cron.session(PATH=":".join([str(with_cron.bin), *map(str, folders)]))
    done = install(session, "cron", program=with_cron.program)
    assert len(done.entry) < 1000
    assert done.entry.startswith(f"* * * * * PATH={with_cron.bin}:{folders[0]}:")
    assert ":/usr/local/bin:/usr/bin:/bin TZ=" in done.entry


def test_a_dry_run_shows_the_line_and_writes_nothing(with_cron):
    """Neither crontab nor home nor note."""
    done = install(with_cron.session(), "cron", dry_run=True, program=with_cron.program)
    assert done.entry.startswith("* * * * * PATH=")
    assert not with_cron.home.exists()
    assert not (with_cron.root / "crontab").exists()


def test_a_machine_without_crontab_is_told_the_way_out(place):
    """`ask watch` ticks without any scheduler."""
    with pytest.raises(NotPossible) as refused:
        install(place.session(), "cron", program=place.program)
    assert "no crontab" in refused.value.message
    assert "ask watch" in (refused.value.hint or "")
    assert read_scheduler(str(place.home)) is None


def test_a_person_who_may_not_use_cron_is_told_so(place):
    """`crontab` names the person and refuses; nothing is noted as installed."""
    place.has("crontab", '#!/bin/sh\necho "You (ada) are not allowed to use this program (crontab)" >&2\nexit 1\n')
    with pytest.raises(NotPossible, match="not allowed to use this program"):
        install(place.session(), "cron", program=place.program)
    assert read_scheduler(str(place.home)) is None


def test_uninstalling_what_was_never_installed_says_so(with_cron):
    """No error, and no crontab is made."""
    assert uninstall(with_cron.session()).said == "nothing was installed for this home"
    assert not (with_cron.root / "crontab").exists()


def test_uninstall_fails_where_the_noted_crontab_refuses(with_cron):
    """To forget the note then would leave a line that ticks for ever."""
    install(with_cron.session(), "cron", program=with_cron.program)
    with_cron.has("crontab", "#!/bin/sh\necho 'crontab: cannot open the spool' >&2\nexit 1\n")
    with pytest.raises(NotPossible, match="cannot open the spool"):
        uninstall(with_cron.session())
    assert read_scheduler(str(with_cron.home)) is not None
