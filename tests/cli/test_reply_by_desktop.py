"""Stories of the desktop's buttons, with a stand-in for notify-send: the tick goes on, a child waits for the press."""

import os
import select
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_reply import COPY, whys, written
from tests.cli.workflows import started

if TYPE_CHECKING:
    from tests.conftest import Ask

PATIENCE_S = 20.0
# As notify-send 0.8 does: the number first, then it waits, and prints the action that is chosen.
STAND_IN = """#!/bin/sh
[ "$1" = --version ] && { echo "notify-send VERSION"; exit 0; }
for word in "$@"; do printf '%s\\0' "$word"; done > "$0.argv"
[ -e "$0.broken" ] && { echo "no notification service" >&2; exit 1; }
case "$*" in *--action=*) ;; *) exit 0 ;; esac
echo "$PPID" > "$0.waits"
echo 7
read -r chosen < "$0.press"
echo "$chosen"
"""


class Desktop:
    """A screen with a person before it."""

    def __init__(self, ask: "Ask", version: str = "0.8.3") -> None:
        folder = ask.folder / "bin"
        folder.mkdir()
        self.program = folder / "notify-send"
        self.program.write_text(STAND_IN.replace("VERSION", version))
        self.program.chmod(0o700)
        os.mkfifo(self.beside("press"))
        ask.environment |= {"PATH": f"{folder}:{os.environ['PATH']}", "DBUS_SESSION_BUS_ADDRESS": "x"}
        ask.ok("pref", "set", "channel", "desktop")

    def beside(self, name: str) -> Path:
        return self.program.with_name(f"notify-send.{name}")

    @property
    def argv(self) -> list[str]:
        """How the last notification was asked for."""
        return self.beside("argv").read_text().split("\0")[:-1]

    def press(self, name: str) -> None:
        """Press a button, and see the child to its end."""
        child = os.pidfd_open(int(self.beside("waits").read_text()))
        try:
            self.beside("press").write_text(f"{name}\n")
            assert select.select([child], [], [], PATIENCE_S)[0]
        finally:
            os.close(child)


def copying(ask: "Ask", version: str = "0.8.3") -> Desktop:
    """A job that asks on the screen before it writes."""
    desktop = Desktop(ask, version)
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")
    return desktop


def state(ask: "Ask") -> list[str]:
    """The states of the job's messages."""
    (job,) = ask.json("list", "--kind", "job")
    return [message["state"] for message in ask.json("show", str(job["id"]))["messages"]]


def test_an_approval_on_the_screen_is_done_by_the_next_tick(ask: "Ask") -> None:
    """The tick has ended while the notification waits; no argument holds a token."""
    desktop = copying(ask)
    assert state(ask) == ["sent"]
    assert desktop.argv[:4] == [
        "--print-id",
        "--action=approve=Approve",
        "--action=deny=Deny",
        "--action=snooze=In 1 hour",
    ]
    assert not [word for word in desktop.argv if "-approve-" in word]
    desktop.press("approve")
    ask.ok("run-due")
    assert written(ask) == "hello"


@pytest.mark.parametrize("verb", ["done", "ack", "snooze"])
def test_a_reminder_is_answered_on_the_screen(ask: "Ask", verb: str) -> None:
    """Done, seen, or rung again in an hour."""
    desktop = Desktop(ask)
    ask.ok("remind", "pills", "--at", "17:00", "--until-ack")
    ask.tick("2026-11-23T17:00:00+01:00")
    desktop.press(verb)
    desktop.beside("argv").unlink()
    ask.tick("2026-11-23T17:59:00+01:00")
    assert not desktop.beside("argv").exists()
    ask.tick("2026-11-23T18:00:00+01:00")
    assert desktop.beside("argv").exists() == (verb == "snooze")
    if verb == "snooze":
        desktop.press("")


def test_a_press_of_nothing_that_was_offered_answers_nothing(ask: "Ask") -> None:
    """Closed without an answer, or a name that is no action: the question stays open."""
    desktop = copying(ask)
    desktop.press("approve; ask cancel 1")
    assert [request["kind"] for request in ask.json("inbox")] == ["approval"]
    assert whys(ask) == []


def test_what_was_answered_elsewhere_is_refused_on_the_screen(ask: "Ask") -> None:
    """The notification stays a while; its token no longer counts, and the journal says why."""
    desktop = copying(ask)
    ask.ok("deny", str(ask.json("inbox")[0]["id"]))
    desktop.press("approve")
    ask.ok("run-due")
    assert written(ask) == ""
    assert whys(ask) == ["the request is denied: it takes no approve"]


@pytest.mark.parametrize("version", ["0.7.9", "0.8-rc", "unknown"])
def test_a_notify_send_that_knows_no_buttons_shows_the_text_alone(ask: "Ask", version: str) -> None:
    """Older ones refuse the option."""
    desktop = copying(ask, version)
    assert state(ask) == ["sent"]
    assert not [word for word in desktop.argv if word.startswith(("--action", "--print-id"))]


def test_a_desktop_that_does_not_take_it_has_not_got_it(ask: "Ask") -> None:
    """It goes on, as without buttons, and its reason is kept."""
    desktop = Desktop(ask)
    desktop.beside("broken").touch()
    started(ask, COPY.format(folder=ask.folder), "copy")
    ask.ok("run-due")
    (job,) = ask.json("list", "--kind", "job")
    (message,) = ask.json("show", str(job["id"]))["messages"]
    assert (message["state"], message["reason"]) == ("queued", "notify-send exit 1: no notification service")


def test_what_asks_nothing_has_no_buttons(ask: "Ask") -> None:
    """And no child waits."""
    desktop = Desktop(ask)
    ask.ok("remind", "tea", "--at", "17:00")
    ask.tick("2026-11-23T17:00:00+01:00")
    assert desktop.argv[0] == "--app-name=ask"
    assert not desktop.beside("waits").exists()
