"""The channel `desktop:`: a notification on the screen, by notify-send on Linux and by osascript on macOS.

A scheduler's bare environment lacks the address of the session's bus; it is found where systemd puts it. The text is
an argument, never a piece of a script, and never read as markup. A question has its answers as buttons, where
notify-send knows them (0.8 and later).
"""

import os
import sys

from assistant.errors import UsageError
from assistant.ports.channel import Delivery, Doubtful, NotSent, SendOutcome, Sent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT_S = 10.0
GRACE_S = 2.0
LONGEST = 2000  # characters; no screen shows more
URGENCY = {"low": "low", "normal": "normal", "high": "critical"}
SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)


class DesktopChannel:
    """Shows messages on the screen of whoever is logged in."""

    can_tell = False

    def __init__(
        self,
        url: str,
        name: str,
        home: str,
        platform: str = sys.platform,
        environment: "Mapping[str, str] | None" = None,
    ) -> None:
        self.home = home
        self.platform = platform
        self.environment = os.environ if environment is None else environment

    @staticmethod
    def check(url: str) -> str:
        """`desktop:`; it takes nothing after the colon."""
        if url.lower().rstrip("/") != "desktop:":
            raise UsageError(f"{url!r} says more than the desktop takes.", "write desktop:")
        return "desktop:"

    def deliver(self, delivery: Delivery) -> SendOutcome:
        """Show the message; `Sent` where the session's notification service took it."""
        text = delivery.text.replace("\0", " ").strip()[:LONGEST]
        if self.platform == "darwin":
            return self._run(_osascript(text), dict(self.environment))
        environment = self._with_bus()
        if environment is None:
            return NotSent("nobody is logged in on a desktop: there is no session bus")
        argv = _notify_send(text, delivery.severity)
        if delivery.asked is not None:
            from assistant.channels import buttons

            if buttons.knows_actions(environment):
                return buttons.show(argv, delivery, environment, self.home)
        return self._run(argv, environment)

    def _with_bus(self) -> "dict[str, str] | None":
        environment = dict(self.environment)
        if environment.get("DBUS_SESSION_BUS_ADDRESS"):
            return environment
        folder = environment.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
        bus = os.path.join(folder, "bus")
        if not os.path.exists(bus):
            return None
        return {**environment, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"}

    def _run(self, argv: list[str], environment: dict[str, str]) -> SendOutcome:
        from assistant.program import NotStarted, run

        ran = run(argv, b"", environment, TIMEOUT_S, GRACE_S)
        if isinstance(ran, NotStarted):
            if ran.passing:
                return NotSent(f"cannot be started: {ran.reason}")
            package = "; apt install libnotify-bin, or your system's package of it" if argv[0] == "notify-send" else ""
            return NotSent(f"{argv[0]} is not there{package}", permanent=True)
        said = f": {ran.said}" if ran.said else ""
        if ran.code is None:
            return Doubtful(f"{argv[0]} was stopped after {TIMEOUT_S:g} s{said}")
        if ran.code < 0:
            return Doubtful(f"{argv[0]} was ended by signal {-ran.code}{said}")
        if ran.code == 0:
            return Sent(f"the desktop took it ({argv[0]} exit 0)")
        return NotSent(f"{argv[0]} exit {ran.code}{said}")


def _notify_send(text: str, severity: str) -> list[str]:
    """The first line is the summary, which is plain text; the rest the body, in which services read markup.

    Desktop Notifications Specification 1.2, "Markup".
    """
    summary, _, body = text.partition("\n")
    argv = ["notify-send", "--app-name=ask", f"--urgency={URGENCY.get(severity, 'normal')}", "--", summary]
    if body.strip():
        plain = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        argv.append(plain.replace("\\", "\\\\"))  # notify-send itself reads backslashes in the body, not in the summary
    return argv


def _osascript(text: str) -> list[str]:
    """The title goes first: it is no option, and ends the reading of options, whatever the text begins with."""
    script = [word for line in SCRIPT for word in ("-e", line)]
    return ["osascript", *script, "ask", text]
