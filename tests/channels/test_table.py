"""From a URL to its channel: our own schemes, strangers' plug-ins, and every URL of apprise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.channels.apprise_channel import AppriseChannel
from assistant.channels.command import CommandChannel
from assistant.channels.desktop import DesktopChannel
from assistant.channels.file import FileChannel
from assistant.channels.table import check_url, is_quick, make, prepare, redacted
from assistant.channels.terminal import TerminalChannel
from assistant.errors import UsageError
from assistant.ports.channel import Sent


def refusal(url: str) -> UsageError:
    with pytest.raises(UsageError) as refused:
        check_url(url)
    return refused.value


@pytest.mark.parametrize(("url", "kind", "can_tell"), [
    ("file:///rings.jsonl", FileChannel, True),
    ("command:///bin/true", CommandChannel, False),
    ("desktop:", DesktopChannel, False),
    ("terminal:", TerminalChannel, False),
    ("json://127.0.0.1:9/", AppriseChannel, False),
])  # fmt: skip
def test_the_scheme_chooses_the_channel(url, kind, can_tell):
    """Only a file can be asked for a key that it was given."""
    made = make(url, "name", "")
    assert type(made) is kind
    assert made.can_tell is can_tell


def test_only_a_file_never_waits():
    """All else needs a thread of the tick."""
    urls = ["file:///x", "FILE:///x", "command:///x", "desktop:", "terminal:", "json://127.0.0.1"]
    assert [is_quick(url) for url in urls] == [True, True, False, False, False, False]


def test_a_file_url_is_kept_in_one_form(tmp_path):
    """Short, long, with localhost or with escapes: one path, one URL."""
    spellings = [f"file:{tmp_path}/a b", f"file://localhost{tmp_path}/a%20b", f"FILE://{tmp_path}/a b"]
    assert {check_url(url) for url in spellings} == {f"file://{tmp_path}/a b"}


def test_a_file_may_lie_in_a_folder_that_can_be_made(tmp_path):
    """Checking changes nothing on the disk; preparing makes the folder, for its owner only."""
    url = check_url(f"file://{tmp_path}/new/deep/rings.jsonl")
    assert not (tmp_path / "new").exists()
    prepare(url)
    assert (tmp_path / "new" / "deep").stat().st_mode & 0o777 == 0o700


def test_a_relative_file_is_refused_with_the_absolute_one(tmp_path, monkeypatch):
    """A tick is not called from the folder where the person stood."""
    monkeypatch.chdir(tmp_path)
    assert refusal("file://rings.jsonl").hint == f"write file://{tmp_path}/rings.jsonl"
    assert refusal("file:~/rings.jsonl").hint == f"write file://{os.path.expanduser('~')}/rings.jsonl"
    assert refusal("command:tool").hint == f"write command://{tmp_path}/tool"


def test_a_file_that_could_never_be_written_is_refused(tmp_path):
    """A folder, a FIFO, and a file in place of the folder."""
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    assert "names a folder" in refusal(f"file://{tmp_path}").message
    assert "names a folder" in refusal(f"file://{tmp_path}/new/").message
    assert "no plain file" in refusal(f"file://{tmp_path}/pipe").message
    assert "is no folder" in refusal(f"file://{tmp_path}/file/rings.jsonl").message
    assert "names no file" in refusal("file:///").message


def test_a_command_must_be_a_file_that_can_be_executed(tmp_path, program):
    """The fix is the command that makes it one."""
    path = program("exit 0")
    assert check_url(f"command://{path}") == f"command://{path}"
    path.chmod(0o600)
    assert refusal(f"command://{path}").hint == f"chmod u+x {path}"
    assert "there is no file" in refusal("command:///no/such/tool").message
    assert "is no file" in refusal(f"command://{tmp_path}").message


def test_desktop_and_terminal_take_nothing_more():
    """A word after the colon means something else than they do."""
    assert [check_url(url) for url in ("desktop:", "desktop://", "terminal:")] == ["desktop:", "desktop:", "terminal:"]
    assert refusal("desktop://left").hint == "write desktop:"
    assert refusal("terminal:2").hint == "write terminal:"


@pytest.mark.parametrize(("url", "hint"), [
    ("comand:///bin/true", "did you mean command:?"),
    ("fiel:///x", "did you mean file:?"),
    ("jsn://127.0.0.1", "did you mean json:?"),
    ("https://example.com/hook", "to post JSON there, write jsons://example.com/hook"),
    ("qqqqqqqq://x", "file:, command:, desktop: and all services of apprise are known"),
])  # fmt: skip
def test_an_unknown_scheme_is_refused_with_the_nearest(url, hint):
    """The value is named, and one fix."""
    error = refusal(url)
    assert repr(url.partition(":")[0]) in error.message
    assert error.hint == hint


@pytest.mark.parametrize("url", ["", "ada", "ada@example.com", "file:///a\0b", "a b:c", "json://x\n"])
def test_what_is_no_url_is_refused_with_examples(url):
    """The fix shows how one looks."""
    assert "mailto://" in (refusal(url).hint or "")


def test_a_path_is_refused_with_its_url(tmp_path):
    """Who writes a path most likely means the file."""
    assert refusal(f"{tmp_path}/x").hint == f"write file://{tmp_path}/x"


def test_an_apprise_url_that_lacks_something_is_refused_without_its_tokens():
    """What apprise says is passed on, less what may be secret, with the page that shows the form."""
    error = refusal("slack://T0KENPART")
    assert "Slack" in error.message
    assert "T0KENPART" not in error.message
    assert "https://" in (error.hint or "")


@pytest.mark.parametrize(("url", "shown"), [
    ("command:///home/ada/ring.sh", "command:///home/ada/ring.sh"),
    ("mailto://ada:secret@example.com", "mailto://ada:****@example.com"),
    ("ntfys://secret@ntfy.example.com/alerts", "ntfys://****@ntfy.example.com/…"),
    ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "discord://****"),
    ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "slack://****"),
    ("jsons://hooks.example.com?token=secret", "jsons://hooks.example.com/…"),
    ("json://a:b@c@127.0.0.1:80/x", "json://a:****@127.0.0.1:80/…"),
    ("pover://user.key@abcdefghijklmnopqrstuvwxyz123456789", "pover://****"),
])  # fmt: skip
def test_a_url_is_shown_without_its_secrets(url, shown):
    """Services put tokens everywhere; what is not surely a host is hidden."""
    assert redacted(url) == shown


def test_a_strangers_plug_in_is_found_by_its_entry_point(tmp_path, monkeypatch, message):
    """It is a class, found by its scheme in the group ask.channels; its own check decides about its URLs."""
    _install(tmp_path, "pigeon = pigeon:Pigeon")
    (tmp_path / "pigeon.py").write_text(
        "from assistant.errors import UsageError\n"
        "from assistant.ports.channel import Sent\n"
        "class Pigeon:\n"
        "    can_tell = True\n"
        "    def __init__(self, url, name, home):\n"
        "        self.said = f'{url} {name} {home}'\n"
        "    @staticmethod\n"
        "    def check(url):\n"
        "        if url == 'pigeon:dead':\n"
        "            raise UsageError('It does not fly.', 'feed it')\n"
        "        return url.lower()\n"
        "    def deliver(self, delivery):\n"
        "        return Sent(self.said)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert check_url("pigeon:ADA") == "pigeon:ada"
    assert refusal("pigeon:dead").hint == "feed it"
    assert refusal("pigeno:ada").hint == "did you mean pigeon:?"
    assert make("pigeon:ada", "bird", "/home").deliver(message()) == Sent("pigeon:ada bird /home")


def test_a_strangers_plug_in_that_does_not_load_is_named(tmp_path, monkeypatch):
    """The error says which package is to be repaired."""
    _install(tmp_path, "raven = raven_is_gone:Raven")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match=r"raven_is_gone:Raven .* ModuleNotFoundError"):
        make("raven:x", "bird", "")


def test_our_own_channels_load_nothing_heavy(tmp_path):
    """A tick that writes to a file pays for no apprise, no plug-in search and no child process."""
    code = """
import sys
before = set(sys.modules)
from datetime import UTC, datetime
from assistant.app.senders import Senders
from assistant.ports.channel import Delivery
senders = Senders({"log": f"file://{sys.argv[1]}/rings.jsonl", "phone": "json://127.0.0.1:9/"}, "")
print(senders.is_quick("log"), senders.is_quick("phone"), senders.can_tell("log"))
senders.deliver("log", Delivery("k", 1, "t", datetime.now(UTC), "normal", "log"))
print(*sorted(set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-S", "-c", code, str(tmp_path)], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    said, loaded = done.stdout.splitlines()
    assert said == "True False True"
    heavy = {"apprise", "requests", "json", "typing", "dataclasses", "subprocess", "importlib.metadata", "hashlib",
             "urllib.parse", "threading", "logging", "re", "pathlib", "contextlib", "inspect"}  # fmt: skip
    assert heavy.isdisjoint(loaded.split())


def _install(folder: Path, entry: str) -> None:
    info = folder / "bird-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bird\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ask.channels]\n{entry}\n")
