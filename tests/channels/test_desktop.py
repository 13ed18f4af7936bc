"""The desktop channel: a notification by the system's own program, found also from a scheduler's bare environment."""

import os

import pytest

from assistant.channels.desktop import DesktopChannel
from assistant.ports.channel import Doubtful, NotSent, Sent

RECORD = """
for word in "$@"; do printf '%s\\0' "$word"; done > "$0.argv"
echo "$DBUS_SESSION_BUS_ADDRESS" > "$0.bus"
"""


@pytest.fixture
def desktop(tmp_path, program):
    """A desktop whose notify-send and osascript are `body`; as cron calls it, but for a runtime folder of its own."""

    def make(body=RECORD, platform="linux", **environment):
        path = program(body, name="osascript" if platform == "darwin" else "notify-send")
        bare = {"PATH": f"{path.parent}{os.pathsep}/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path)}
        return DesktopChannel("desktop:", "desktop", "", platform, {**bare, **environment}), path

    return make


def argv(path):
    return path.with_name(path.name + ".argv").read_text().split("\0")[:-1]


def test_a_bare_environment_finds_the_bus_of_the_session(tmp_path, desktop, message):
    """cron sets no DBUS_SESSION_BUS_ADDRESS; systemd puts the socket into the runtime folder."""
    (tmp_path / "bus").touch()
    channel, path = desktop()
    assert channel.deliver(message()) == Sent("the desktop took it (notify-send exit 0)")
    assert path.with_name("notify-send.bus").read_text() == f"unix:path={tmp_path}/bus\n"


def test_the_address_of_the_session_is_kept(desktop, message):
    """Who has one in the environment means it."""
    channel, path = desktop(DBUS_SESSION_BUS_ADDRESS="unix:path=/mine")
    channel.deliver(message())
    assert path.with_name("notify-send.bus").read_text() == "unix:path=/mine\n"


def test_without_a_session_the_message_waits(desktop, message):
    """Somebody may log in later: it is not sent, and tried again."""
    channel, path = desktop()
    outcome = channel.deliver(message())
    assert outcome == NotSent("nobody is logged in on a desktop: there is no session bus")
    assert not path.with_name("notify-send.argv").exists()


@pytest.mark.parametrize(("severity", "urgency"), [("low", "low"), ("normal", "normal"), ("high", "critical")])
def test_the_severity_is_the_urgency(desktop, message, severity, urgency):
    """High ones stay on the screen."""
    channel, path = desktop(DBUS_SESSION_BUS_ADDRESS="x")
    channel.deliver(message(severity=severity))
    assert argv(path) == ["--app-name=ask", f"--urgency={urgency}", "--", "Call Ada"]


def test_the_text_is_neither_option_nor_markup(desktop, message):
    """The first line is the summary, which services show as it is; the body is escaped for them and for notify-send."""
    channel, path = desktop(DBUS_SESSION_BUS_ADDRESS="x")
    channel.deliver(message(text="--help <b>&\nbody <b>& \\n\nend"))
    assert argv(path)[2:] == ["--", "--help <b>&", "body &lt;b&gt;&amp; \\\\n\nend"]


def test_a_missing_program_is_refused_for_good_with_the_fix(tmp_path, message):
    """Trying again does not install it."""
    environment = {"PATH": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "x"}
    outcome = DesktopChannel("desktop:", "desktop", "", "linux", environment).deliver(message())
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert "apt install libnotify-bin" in outcome.reason


def test_a_refusal_of_the_desktop_is_not_sent(desktop, message):
    """No notification service runs now; one may later."""
    channel, _ = desktop("echo 'The name org.freedesktop.Notifications was not provided' >&2; exit 1",
                         DBUS_SESSION_BUS_ADDRESS="x")  # fmt: skip
    outcome = channel.deliver(message())
    assert outcome == NotSent("notify-send exit 1: The name org.freedesktop.Notifications was not provided")


def test_a_notification_cut_off_is_doubtful(desktop, message):
    """It may be on the screen."""
    channel, _ = desktop("kill -9 $$", DBUS_SESSION_BUS_ADDRESS="x")
    assert channel.deliver(message()) == Doubtful("notify-send was ended by signal 9")


def test_on_macos_the_text_is_an_argument_of_the_script(desktop, message):
    """Text pasted into a script could end the string and run."""
    channel, path = desktop(platform="darwin")
    text = '-e" & (do shell script "touch x") & "'
    assert channel.deliver(message(text=text)) == Sent("the desktop took it (osascript exit 0)")
    assert argv(path)[-2:] == ["ask", text]
    assert all(text not in word for word in argv(path)[:-1])
