"""`ask install --systemd` against a systemctl that keeps files."""

import configparser

import pytest

from assistant.app.install import install, uninstall
from assistant.app.schedulers.order import Change, Program
from assistant.errors import AskError, NotPossible

UNITS = ".config/systemd/user"


def unit(place, suffix: str) -> configparser.ConfigParser:
    """A unit file that was written, read back."""
    (path,) = (place.root / UNITS).glob(f"ask-*.{suffix}")
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(path.read_text())
    return parser


def test_a_timer_calls_run_due_at_every_full_minute(with_systemd):
    """The accuracy is set too: systemd's own is a minute, which would be lateness."""
    done = install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert done.change is Change.ADDED
    timer = unit(with_systemd, "timer")["Timer"]
    assert (timer["OnCalendar"], timer["AccuracySec"]) == ("*-*-* *:*:00", "1s")
    command = unit(with_systemd, "service")["Service"]["ExecStart"]
    assert command.startswith("/usr/bin/env ")
    assert command.endswith(f'"{with_systemd.program.interpreter}" "{with_systemd.program.script}" "run-due"')
    for variable in (f'"ASK_HOME={with_systemd.home}"', '"TZ=Europe/Berlin"', f'"PATH={with_systemd.bin}:/usr/'):
        assert variable in command


def test_a_tick_that_is_killed_leaves_its_child_programs_running(with_systemd):
    """They hold leases of their own."""
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert unit(with_systemd, "service")["Service"]["KillMode"] == "process"


def test_the_timer_is_enabled_and_running(with_systemd):
    """A unit file alone ticks nothing."""
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    calls = with_systemd.said_to("systemctl")
    (enabled,) = [call for call in calls if " enable " in call]
    assert enabled.startswith("--user enable --now ask-")
    assert calls.index("--user daemon-reload") < calls.index(enabled)


def test_a_session_that_ends_at_logout_is_told(with_systemd):
    """Without lingering the timers stop with the last session."""
    done = install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert done.notes == ("ticks stop when you log out; keep them: loginctl enable-linger",)


def test_installing_twice_touches_no_unit(with_systemd):
    """Nothing is written, reloaded or started anew."""
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    before = len([call for call in with_systemd.said_to("systemctl") if "enable" in call])
    again = install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert again.change is Change.UNCHANGED
    assert len([call for call in with_systemd.said_to("systemctl") if "enable" in call]) == before


def test_a_stopped_timer_is_started_again(with_systemd):
    """The files are the same, yet nothing ticks."""
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    for active in with_systemd.root.glob("active-*"):
        active.unlink()
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert list(with_systemd.root.glob("active-*"))


def test_odd_letters_are_written_so_that_systemd_reads_them_back(with_systemd):
    """Quotes and backslashes are escaped; percent and dollar signs doubled (systemd.service(5))."""
    program = Program('/opt/a "b" 5%/py$thon', with_systemd.program.script)
    done = install(with_systemd.session(), "systemd", dry_run=True, program=program)
    assert '"/opt/a \\"b\\" 5%%/py$$thon"' in done.entry


def test_uninstall_stops_the_timer_and_leaves_other_units_alone(with_systemd):
    """Also those of another home."""
    install(with_systemd.session(), "systemd", program=with_systemd.program)
    install(with_systemd.session(ASK_HOME=f"{with_systemd.home}2"), "systemd", program=with_systemd.program)
    other = with_systemd.root / UNITS / "ask.timer"
    other.write_text("mine")
    assert uninstall(with_systemd.session()).kinds == ("systemd",)
    assert len(list((with_systemd.root / UNITS).glob("ask-*.timer"))) == 1
    assert other.read_text() == "mine"
    assert len(list(with_systemd.root.glob("active-*"))) == 1


def test_a_person_without_a_systemd_session_is_told_and_no_unit_stays(with_systemd):
    """What systemctl said, and another way."""
    with_systemd.has("systemctl", "#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n")
    with pytest.raises(NotPossible, match="No medium found"):
        install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert not (with_systemd.root / UNITS).exists()


def test_a_timer_that_cannot_be_started_is_told_and_no_unit_stays(with_systemd):
    """A unit that nobody noted would tick after the next login."""
    refuses = "#!/bin/sh\n[ $2 = is-system-running ] && echo running && exit\necho 'Unit is masked' >&2\nexit 1\n"
    with_systemd.has("systemctl", refuses)
    with pytest.raises(AskError, match="Unit is masked"):
        install(with_systemd.session(), "systemd", program=with_systemd.program)
    assert list((with_systemd.root / UNITS).iterdir()) == []
