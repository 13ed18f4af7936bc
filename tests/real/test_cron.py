"""Debian's cron, really running: the line that `ask install` writes, the first tick, and rings that arrive once."""

import fcntl
import json
import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.app.home import read_heartbeat
from assistant.app.install import install, uninstall, wait_for_tick
from assistant.app.schedulers import cron
from assistant.app.schedulers.order import Program
from assistant.app.session import Session
from assistant.instants import from_text

pytestmark = [pytest.mark.real, pytest.mark.slow_cron]

ASK = os.path.join(os.path.dirname(sys.executable), "ask")
MINUTE = timedelta(seconds=60)
A_TICK_S = 70.0  # to the next full minute, and some for a busy machine


@pytest.fixture(scope="module", autouse=True)
def daemon(need: Callable[[str, str], str]) -> Iterator[None]:
    """A cron daemon; the person's crontab is given back as it was. One proof at a time rules the crontab."""
    need("crontab", "cron")
    with open(os.path.join(tempfile.gettempdir(), "ask-proof-of-cron"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = None if cron.daemon() else subprocess.Popen([need("cron", "cron"), "-f"])
        before = subprocess.run(["crontab", "-l"], capture_output=True, check=False)
        try:
            yield
        finally:
            if before.returncode == 0:
                subprocess.run(["crontab", "-"], input=before.stdout, check=True)
            else:
                subprocess.run(["crontab", "-r"], capture_output=True, check=False)
            if started is not None:
                started.terminate()
                started.wait(10)


class Person:
    """Somebody with a home of their own, who types commands."""

    def __init__(self, root: Path) -> None:
        self.home = root / "home"
        self.rings = root / "rings.jsonl"
        self.installed: dict[str, str] = {}
        self.environment = {
            "ASK_HOME": str(self.home),
            "HOME": str(root),
            "PATH": os.environ["PATH"],
            "TZ": "Europe/Berlin",
        }

    def types(self, *words: str) -> str:
        """Run `ask`; what it wrote."""
        done = subprocess.run([ASK, *words], capture_output=True, text=True, env=self.environment, check=False)
        assert done.returncode == 0, f"ask {' '.join(words)}: {done.returncode}: {done.stderr}"
        return done.stdout

    def reminds(self, *words: str) -> tuple[int, datetime]:
        """Make a reminder; its number and when it is due."""
        item = json.loads(self.types("remind", *words, "--json"))
        return item["id"], datetime.fromisoformat(item["next"][0])

    def rung(self, number: int) -> list[str]:
        """The texts that arrived in the file channel of one reminder."""
        lines = self.rings.read_text().splitlines() if self.rings.exists() else []
        return [ring["text"] for ring in map(json.loads, lines) if ring["item"] == number]

    def ticks_at(self) -> datetime:
        """When the last tick began."""
        beat = read_heartbeat(str(self.home))
        return from_text(beat.began_at) if beat else datetime.min.replace(tzinfo=UTC)


class StandIn:
    """A home of odd letters whose tick only leaves its heartbeat."""

    SCRIPT = (
        "import os, sys, time\n"
        "from assistant.app.home import home_folder, write_heartbeat\n"
        "now = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())\n"
        "write_heartbeat(home_folder(os.environ), now, now, ' '.join([os.environ['TZ'], *sys.argv[1:]]))\n"
        "print('heard')\n"
    )

    def __init__(self, root: Path) -> None:
        self.home = root / 'it\'s 50% of "$HOME" & more'
        script = root / "ask"
        script.write_text(self.SCRIPT)
        self.session = Session({**os.environ, "ASK_HOME": str(self.home), "TZ": "Asia/Tokyo"})
        self.installed = install(self.session, "cron", program=Program(sys.executable, str(script)))


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """Cron ticks for odd letters."""
    made = StandIn(tmp_path_factory.mktemp("stand-in"))
    yield made
    uninstall(made.session)
    made.session.close()


@pytest.fixture(scope="module")
def person(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """A person whose reminders go to a file, and for whom cron ticks. Both homes wait for the same full minute."""
    person = Person(tmp_path_factory.mktemp("person"))
    person.types("channel", "add", "out", f"file://{person.rings}")
    person.types("pref", "set", "channel", "out")
    person.installed = json.loads(person.types("install", "--cron", "--json"))
    yield person
    person.types("uninstall")


def wait_until(claim: Callable[[], object], seconds: float) -> bool:
    """Whether something came true in time."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def test_cron_hands_on_odd_letters_and_the_first_tick_comes_within_a_minute(stand_in):
    """Spaces, quotes, dollar and percent signs in the home reach the program as they are."""
    tick = wait_for_tick(str(stand_in.home), stand_in.installed.at, A_TICK_S)
    assert tick is not None, shlex.join(stand_in.installed.ways)
    assert tick.outcome == "Asia/Tokyo run-due"
    assert wait_until(lambda: (stand_in.home / "tick.log").read_text() == "heard\n", 5)


def test_install_waits_for_the_first_real_tick_and_a_second_install_adds_nothing(person):
    """So that a person may close the lid."""
    assert person.installed["kind"] == "cron"
    assert datetime.now(UTC) - datetime.fromisoformat(person.installed["first_tick_at"]) < 2 * MINUTE
    assert person.types("install", "--cron", "-q") == "cron\n"
    crontab = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=True).stdout
    assert crontab.count(f"# ask {person.home}\n") == 1


def test_the_doctor_finds_nothing_wrong(person):
    """Exit code 0: the line, the daemon, the tick, the store, the bare start."""
    found = json.loads(person.types("doctor", "--json"))
    assert [check for check in found["checks"] if not check["ok"]] == []


def test_a_reminder_in_one_minute_is_rung_by_cron_alone(person):
    """Within a minute of its time, with nobody at the keyboard."""
    number, due = person.reminds("call", "Ada", "in", "1", "minute")
    assert wait_until(lambda: person.rung(number), (due - datetime.now(UTC)).total_seconds() + A_TICK_S)
    arrived = datetime.now(UTC)
    assert person.rung(number) == ["call Ada"]
    assert due <= arrived + timedelta(seconds=1)
    assert arrived - due < MINUTE + timedelta(seconds=5)


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A receiver of JSON over real HTTP: its address and what arrived."""
    arrived: list[dict[str, object]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            arrived.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}", arrived
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_ring_arrives_once_while_four_other_ticks_run_beside_cron(person, hook):
    """In the file and over HTTP; and a minute later there is still one of each."""
    url, arrived = hook
    person.types("channel", "add", "hook", url)
    number, due = person.reminds("call", "Ada", "in", "1", "minute")
    _, also_due = person.reminds("pay", "rent", "in", "1", "minute", "--channel", "hook")
    deadline = max(due, also_due) + MINUTE
    while datetime.now(UTC) < deadline and not (person.rung(number) and arrived):
        ticks = [subprocess.Popen([ASK, "run-due"], env=person.environment) for _ in range(4)]
        assert [tick.wait(60) for tick in ticks] == [0, 0, 0, 0]
    assert datetime.now(UTC) < deadline
    came = datetime.now(UTC)
    assert wait_until(lambda: person.ticks_at() > came, A_TICK_S)
    assert person.rung(number) == ["call Ada"]
    assert [message["message"] for message in arrived] == ["pay rent"]
