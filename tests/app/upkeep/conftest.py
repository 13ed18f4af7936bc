"""A home of its own for each test, and programs of the machine that write files instead of ruling a real scheduler."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app.schedulers.order import Program
from assistant.app.session import Session

CRONTAB = """\
#!/bin/sh
file="{there}/crontab"
case "$1" in
  -l) [ -f "$file" ] || {{ echo "no crontab for ada" >&2; exit 1; }}; exec /bin/cat "$file" ;;
  -) /bin/cat > "$file.new" && /bin/mv "$file.new" "$file" ;;
esac
"""
SYSTEMCTL = """\
#!/bin/sh
echo "$*" >> "{there}/systemctl"
case "$2" in
  is-system-running) echo degraded; exit 1 ;;
  enable) echo on > "{there}/active-$4" ;;
  disable) /bin/rm -f "{there}/active-$4" ;;
  is-active) [ -f "{there}/active-$3" ] ;;
esac
"""
LOGINCTL = """\
#!/bin/sh
echo Linger=no
"""
LAUNCHCTL = """\
#!/bin/sh
echo "$*" >> "{there}/launchctl"
case "$1" in
  print) case "$2" in gui/*/*) [ -f "{there}/loaded" ] ;; gui/*) exit 0 ;; *) exit 1 ;; esac ;;
  bootstrap) [ ! -f "{there}/loaded" ] || exit 5; echo "$3" > "{there}/loaded" ;;
  bootout) /bin/rm -f "{there}/loaded" ;;
esac
"""


class Place:
    """A person's machine: a home, a PATH that holds only what a test puts there, and the script of ask."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sessions: list[Session] = []
        self.bin = root / "bin"
        self.bin.mkdir()
        self.home = root / "home"
        self.interpreter = self._program("python3", "#!/bin/sh\nexit 0\n")
        self.program = Program(self.interpreter, self._program("ask", "#!/bin/sh\n"))
        self.environment = {
            "ASK_HOME": str(self.home),
            "HOME": str(root),
            "PATH": str(self.bin),
            "TZ": "Europe/Berlin",
            "ASK_NOW": "2026-11-24T09:00:00+01:00",
        }

    def session(self, **changes: str) -> Session:
        """One use of the command, which `close` ends at the latest."""
        self._sessions.append(Session({**self.environment, **changes}))
        return self._sessions[-1]

    def close(self) -> None:
        """End every use of the command that a test left open."""
        for session in self._sessions:
            session.close()

    def has(self, name: str, text: str) -> None:
        """Put a program into the PATH."""
        self._program(name, text.format(there=self.root))

    def _program(self, name: str, text: str) -> str:
        path = self.bin / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    @property
    def crontab(self) -> bytes:
        """What the fake crontab holds."""
        return (self.root / "crontab").read_bytes()

    def said_to(self, name: str) -> list[str]:
        """What a fake program was called with, a line a call."""
        return (self.root / name).read_text().splitlines()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A machine without any scheduler."""
    place = Place(tmp_path)
    yield place
    place.close()


@pytest.fixture
def with_cron(place: Place) -> Place:
    """A machine with cron."""
    place.has("crontab", CRONTAB)
    return place


@pytest.fixture
def with_systemd(place: Place) -> Place:
    """A machine on which the person has a systemd session."""
    place.has("systemctl", SYSTEMCTL)
    place.has("loginctl", LOGINCTL)
    return place


@pytest.fixture
def with_launchd(place: Place) -> Place:
    """A machine with launchd."""
    place.has("launchctl", LAUNCHCTL)
    return place


@pytest.fixture
def unprivileged():
    """Permissions count, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
