"""From a URL to its source: our own schemes, strangers' plug-ins, and what is no source."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.ports.source import Asking, Polled
from assistant.sources.calendar.source import CalendarSource
from assistant.sources.command import CommandSource
from assistant.sources.folder import FolderSource
from assistant.sources.table import check_url, make, redacted
from tests.sources.conftest import NOW


def refusal(url: str) -> UsageError:
    with pytest.raises(UsageError) as refused:
        check_url(url)
    return refused.value


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("calendar:///work.ics", CalendarSource),
        ("calendar+https://example.com/x", CalendarSource),
        ("calendar+http://127.0.0.1/x", CalendarSource),
        ("folder:///scans", FolderSource),
        ("command:///bin/true", CommandSource),
    ],
)
def test_the_scheme_chooses_the_source(url, kind):
    """Making one looks at nothing."""
    assert type(make(url, "name")) is kind


@pytest.mark.parametrize(("url", "fix"), [
    ("calender:///x.ics", "did you mean calendar:?"), ("foldr:///x", "did you mean folder:?"),
    ("webcal://example.com/secret/x.ics", "for a calendar there, write calendar+https://example.com/…"),
    ("https://example.com/x.ics", "for a calendar there, write calendar+https://example.com/…"),
    ("qqqqqqq://x", "write calendar:///path.ics, calendar+https://…, folder:///path or command:///path"),
])  # fmt: skip
def test_an_unknown_scheme_is_refused_with_the_nearest(url, fix):
    """The value is named, and one fix; a private address is not repeated."""
    error = refusal(url)
    assert repr(url.partition(":")[0]) in error.message
    assert error.hint == fix


@pytest.mark.parametrize("url", ["", "work", "folder:///a\nb", "a b:c", "fol\0der:///x"])
def test_what_is_no_url_is_refused_with_examples(url):
    """The fix shows how one looks."""
    assert "folder:///path" in (refusal(url).hint or "") or "names no file" in refusal(url).message


def test_a_path_is_refused_with_its_url(tmp_path):
    """An .ics file is most likely a calendar, all else a folder."""
    assert refusal(f"{tmp_path}/x.ics").hint == f"write calendar://{tmp_path}/x.ics"
    assert refusal(f"{tmp_path}").hint == f"write folder://{tmp_path}"


def test_a_relative_path_is_refused_with_the_absolute_one(tmp_path, monkeypatch):
    """A tick is not called from the folder where the person stood."""
    monkeypatch.chdir(tmp_path)
    assert refusal("folder:scans").hint == f"write folder://{tmp_path}/scans"
    assert refusal("calendar://x.ics#starting=5m").hint == f"write calendar://{tmp_path}/x.ics"


def test_a_calendar_must_be_a_file_that_can_be_read(tmp_path):
    """A folder of calendars is none."""
    (tmp_path / "100% #1.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    url = check_url(f"calendar:{tmp_path}/100%25%20%231.ics#starting=5m")
    assert url == check_url(url) == f"calendar://{tmp_path}/100%25 %231.ics#starting=5m"
    assert isinstance(make(url, "name").poll(None, NOW, Asking()), Polled)
    assert "is a folder" in refusal(f"calendar://{tmp_path}").message
    assert "is not there" in refusal(f"calendar://{tmp_path}/b.ics").message


@pytest.mark.parametrize(("url", "shown"), [
    ("calendar+https://ada:pw@example.com/private-1/x.ics?t=1#user=ada,secret=cal", "calendar+https://example.com/…#user=ada,secret=cal"),
    ("calendar+https://example.com", "calendar+https://example.com"),
    ("calendar+https://example.com?token=x", "calendar+https://example.com/…"),
    ("calendar:///home/ada/x.ics", "calendar:///home/ada/x.ics"),
    ("raven://token/x", "raven://****/…"),
])  # fmt: skip
def test_a_url_is_shown_without_its_secrets(url, shown):
    """Private calendars have theirs in the path."""
    assert redacted(url) == shown


def test_a_strangers_plug_in_is_found_by_its_entry_point(tmp_path, monkeypatch):
    """It is a class, found by its scheme in the group ask.sources; its own check decides about its URLs."""
    _install(tmp_path, "raven = raven:Raven")
    (tmp_path / "raven.py").write_text(
        "from assistant.errors import UsageError\n"
        "from assistant.ports.source import Polled\n"
        "class Raven:\n"
        "    def __init__(self, url, name):\n"
        "        self.said = f'{url} {name}'\n"
        "    @staticmethod\n"
        "    def check(url):\n"
        "        if url == 'raven:dead':\n"
        "            raise UsageError('It does not fly.', 'feed it')\n"
        "        return url.lower()\n"
        "    def poll(self, cursor, now, asking):\n"
        "        return Polled((), {'said': self.said})\n"
        "    def due(self, cursor, now, asking):\n"
        "        return Polled((), cursor)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert check_url("raven:ADA") == "raven:ada"
    assert refusal("raven:dead").hint == "feed it"
    assert refusal("ravne:ada").hint == "did you mean raven:?"
    assert make("raven:ada", "bird").poll(None, NOW, Asking()) == Polled((), {"said": "raven:ada bird"})


def test_a_strangers_plug_in_that_does_not_load_is_named(tmp_path, monkeypatch):
    """The error says which package is to be repaired."""
    _install(tmp_path, "rook = rook_is_gone:Rook")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match=r"rook_is_gone:Rook .* ModuleNotFoundError"):
        make("rook:x", "bird")


def test_only_a_calendar_that_is_read_loads_icalendar(tmp_path):
    """A folder costs no package of others, a calendar that has not changed and what the clock tells of it neither."""
    code = """
import sys
from datetime import UTC, datetime
from assistant.ports.source import Asking
from assistant.sources.table import make
HEAVY = {"icalendar", "recurring_ical_events", "dateutil", "click", "urllib3", "dataclasses", "json", "typing"}
now, asking = datetime(2026, 11, 25, tzinfo=UTC), Asking("Europe/Berlin")
folder = make(f"folder://{sys.argv[1]}", "f")
folder.poll(folder.poll(None, now, asking).cursor, now, asking)
print(*HEAVY & set(sys.modules))
make(f"calendar://{sys.argv[1]}/x.ics", "c").due(None, now, asking)
print(*{"icalendar", "urllib3"} & set(sys.modules))
make(f"calendar://{sys.argv[1]}/x.ics", "c").poll(None, now, asking)
print("icalendar" in sys.modules)
"""
    (tmp_path / "x.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert done.stdout.split("\n") == ["", "", "True", ""]


def _install(folder: Path, entry: str) -> None:
    info = folder / "bird-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bird\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ask.sources]\n{entry}\n")
