"""Which scheduler is taken, which program it calls, and the wait for the first tick."""

import pytest

from assistant.app.home import read_scheduler, write_heartbeat
from assistant.app.install import install, uninstall, wait_for_tick
from assistant.app.schedulers.order import Program, order_for, this_program
from assistant.app.session import Session
from assistant.errors import NotPossible, UsageError

AFTER = "2026-11-24T08:00:00Z"


def test_a_systemd_session_is_taken_before_cron(with_cron, with_systemd):
    """It tells more of what it does."""
    assert install(with_cron.session(), program=with_cron.program).kind == "systemd"


def test_cron_is_taken_where_there_is_no_systemd_session(with_cron):
    """systemctl may be there and rule nothing."""
    with_cron.has("systemctl", "#!/bin/sh\necho offline\nexit 1\n")
    assert install(with_cron.session(), program=with_cron.program).kind == "cron"


def test_a_machine_without_any_scheduler_is_told_the_way_out(place):
    """`ask watch` ticks in its window."""
    with pytest.raises(NotPossible) as refused:
        install(place.session(), program=place.program)
    assert "ask watch" in (refused.value.hint or "")


def test_a_kind_that_nobody_knows_is_refused(place):
    """The value is named."""
    with pytest.raises(UsageError, match="'upstart'"):
        install(place.session(), "upstart", program=place.program)


def test_a_new_kind_takes_the_place_of_the_old_one(with_cron, with_systemd):
    """Two would tick twice a minute: harmless, and not what was asked for."""
    install(with_cron.session(), "cron", program=with_cron.program)
    done = install(with_cron.session(), "systemd", program=with_cron.program)
    assert done.notes[0] == "cron: taken out, systemd ticks now"
    assert with_cron.crontab == b""
    assert read_scheduler(str(with_cron.home))["kind"] == "systemd"
    assert uninstall(with_cron.session()).kinds == ("systemd",)


def test_the_default_home_is_not_written_out(place):
    """A scheduler finds it as every command does."""
    session = Session({name: value for name, value in place.environment.items() if name != "ASK_HOME"})
    order = order_for(session, place.program)
    assert (order.name, dict(order.variables)) == ("ask", {"TZ": "Europe/Berlin"})


def test_the_desktops_message_bus_is_written_out_where_it_lasts(place):
    """Desktop messages and the keyring need it; one in a temporary folder dies with its session."""
    lasting = place.session(DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/1000/bus")
    assert "DBUS_SESSION_BUS_ADDRESS" in dict(order_for(lasting, place.program).variables)
    passing = place.session(DBUS_SESSION_BUS_ADDRESS="unix:abstract=/tmp/dbus-1,guid=2")
    assert "DBUS_SESSION_BUS_ADDRESS" not in dict(order_for(passing, place.program).variables)


def test_the_script_beside_the_interpreter_is_called(place):
    """A virtual environment holds both; links are not followed, for they are what lasts."""
    found = this_program(place.interpreter, "/elsewhere/pytest")
    assert found == Program(place.interpreter, str(place.bin / "ask"))


def test_the_script_that_was_called_serves_where_none_lies_beside_the_interpreter(place):
    """`pip install --user` puts it elsewhere."""
    assert this_program("/nowhere/python3", str(place.bin / "ask")).script == str(place.bin / "ask")


def test_an_ask_without_a_script_is_refused(place):
    """A scheduler has nothing to call then."""
    with pytest.raises(NotPossible, match="script of ask"):
        this_program("/nowhere/python3", "/nowhere/pytest")


def test_the_first_tick_that_began_after_the_install_proves_it(tmp_path):
    """An earlier one, or one that was under way, proves nothing."""
    write_heartbeat(str(tmp_path), "2026-11-24T07:59:58Z", "2026-11-24T08:00:01Z", "idle")
    assert wait_for_tick(str(tmp_path), AFTER, seconds=0) is None
    write_heartbeat(str(tmp_path), "2026-11-24T08:00:02Z", "2026-11-24T08:00:02Z", "idle")
    tick = wait_for_tick(str(tmp_path), AFTER, seconds=0)
    assert tick is not None
    assert tick.began_at == "2026-11-24T08:00:02Z"


def test_the_wait_goes_on_until_the_tick_comes(tmp_path):
    """It looks again after each wait, and tells how long it has waited."""
    waits = []

    def on_wait(waited: float) -> None:
        waits.append(waited)
        if len(waits) == 3:
            write_heartbeat(str(tmp_path), "2026-11-24T08:01:00Z", "2026-11-24T08:01:00Z", "idle")

    assert wait_for_tick(str(tmp_path), AFTER, seconds=60, on_wait=on_wait, look_s=0) is not None
    assert len(waits) == 3


def test_a_tick_of_another_window_does_not_prove_that_cron_ticks(with_cron):
    """Only cron's own line empties the log before its tick."""
    home = str(with_cron.home)
    install(with_cron.session(), "cron", program=with_cron.program)
    write_heartbeat(home, "2026-11-24T08:01:00Z", "2026-11-24T08:01:00Z", "idle")
    assert wait_for_tick(home, AFTER, seconds=0) is None
    assert wait_for_tick(home, AFTER, 60, lambda _: (with_cron.home / "tick.log").write_text(""), 0) is not None


def test_when_no_tick_comes_there_is_something_to_look_at(with_cron):
    """The daemon first."""
    done = install(with_cron.session(), "cron", program=with_cron.program)
    assert "systemctl status cron" in done.ways[0]
    assert done.ways[-1] == "until it ticks: ask watch"
