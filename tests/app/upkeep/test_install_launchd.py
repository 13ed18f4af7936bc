"""`ask install --launchd` against a launchctl that keeps files."""

import os
import plistlib

import pytest

from assistant.app.install import install, uninstall
from assistant.app.schedulers.order import Change, Program
from assistant.errors import AskError, NotPossible


def agent(place) -> dict[str, object]:
    """The property list that was written."""
    (path,) = (place.root / "Library" / "LaunchAgents").glob("org.ask.*.plist")
    return plistlib.loads(path.read_bytes())


def test_an_agent_calls_run_due_every_minute_and_at_once(with_launchd):
    """launchd makes up for a minute slept through when the machine wakes (launchd.plist(5), StartInterval)."""
    done = install(with_launchd.session(), "launchd", program=with_launchd.program)
    assert done.change is Change.ADDED
    written = agent(with_launchd)
    assert written["ProgramArguments"] == [with_launchd.program.interpreter, with_launchd.program.script, "run-due"]
    assert (written["StartInterval"], written["RunAtLoad"]) == (60, True)
    assert written["EnvironmentVariables"] == {
        "PATH": f"{with_launchd.bin}:/usr/local/bin:/usr/bin:/bin",
        "TZ": "Europe/Berlin",
        "ASK_HOME": str(with_launchd.home),
    }
    assert written["StandardErrorPath"] == f"{with_launchd.home}/tick.log"


def test_the_agent_is_loaded_into_the_persons_session(with_launchd):
    """`bootstrap` takes the domain and the file."""
    install(with_launchd.session(), "launchd", program=with_launchd.program)
    (loaded,) = [call for call in with_launchd.said_to("launchctl") if call.startswith("bootstrap")]
    assert loaded.startswith(f"bootstrap gui/{os.getuid()} {with_launchd.root}/Library/LaunchAgents/org.ask.ask-")


def test_installing_twice_changes_nothing_and_another_program_replaces(with_launchd):
    """An agent must go out before its new form comes in."""
    install(with_launchd.session(), "launchd", program=with_launchd.program)
    assert install(with_launchd.session(), "launchd", program=with_launchd.program).change is Change.UNCHANGED
    moved = install(with_launchd.session(), "launchd", program=Program("/opt/<&>/python", "/opt/ask"))
    assert moved.change is Change.REPLACED
    assert agent(with_launchd)["ProgramArguments"] == ["/opt/<&>/python", "/opt/ask", "run-due"]


def test_uninstall_unloads_the_agent_and_removes_its_file(with_launchd):
    """Other agents stay."""
    install(with_launchd.session(), "launchd", program=with_launchd.program)
    other = with_launchd.root / "Library" / "LaunchAgents" / "com.example.plist"
    other.write_text("mine")
    assert uninstall(with_launchd.session()).kinds == ("launchd",)
    assert [path.name for path in other.parent.iterdir()] == ["com.example.plist"]
    assert not (with_launchd.root / "loaded").exists()


def test_a_launchctl_that_refuses_is_quoted(with_launchd):
    """What it said, after a few tries."""
    with_launchd.has("launchctl", "#!/bin/sh\n[ $1 = print ] && exit 1\necho 'Bootstrap failed: 5' >&2\nexit 5\n")
    with pytest.raises(AskError, match="Bootstrap failed: 5"):
        install(with_launchd.session(), "launchd", program=with_launchd.program)
    assert list((with_launchd.root / "Library" / "LaunchAgents").iterdir()) == []


def test_a_machine_without_launchd_is_told_the_way_out(place):
    """And gets no agent that nothing would load."""
    with pytest.raises(NotPossible, match="no launchd"):
        install(place.session(), "launchd", program=place.program)
    assert not (place.root / "Library").exists()
