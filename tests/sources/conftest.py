"""What the tests of sources share: a source that remembers its cursor, a program to run, a server, calendars."""

import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import Missing
from assistant.jsontext import dump
from assistant.ports.source import CURSOR_BYTES, Asking, Failed, Polled, SourceEvent
from assistant.sources.table import check_url, make
from tests.server import Answering, Server, reply

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # nine o'clock in Berlin
BERLIN = "Europe/Berlin"


class Secrets:
    """A reader of secrets that are given."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def read(self, name: str) -> str:
        """The value."""
        if name not in self.values:
            raise Missing(f"There is no secret {name!r}.", f"ask secret set {name}")
        return self.values[name]


class Watched:
    """A source as a tick asks it: with the cursor that was kept, and with each key taken in once."""

    def __init__(self, url: str, name: str = "work", zone: str = BERLIN, **secrets: str) -> None:
        self.source: Any = make(check_url(url), name)
        self.cursor: dict[str, Any] | None = None
        self.asking = Asking(zone, Secrets(secrets), timedelta(seconds=30))
        self.taken: dict[str, SourceEvent] = {}

    def answer(self, now: datetime = NOW) -> Polled | Failed:
        """What it answers; the cursor is kept, as JSON gives it back."""
        import json

        got: Polled | Failed = self.source.poll(self.cursor, now, self.asking)
        if isinstance(got, Polled):
            text = dump(got.cursor)
            assert len(text.encode()) <= CURSOR_BYTES
            self.cursor = json.loads(text)
            self.taken.update((event.key, event) for event in got.events)
        return got

    def poll(self, now: datetime = NOW) -> Polled:
        """What it answers; it must not fail."""
        got = self.answer(now)
        assert isinstance(got, Polled), got
        return got

    def fail(self, now: datetime = NOW) -> Failed:
        """How it fails; it must."""
        got = self.answer(now)
        assert isinstance(got, Failed), got
        return got

    def told(self, now: datetime = NOW) -> list[tuple[str, Any]]:
        """The events of one poll: name, and title or file name."""
        return [short(event) for event in self.poll(now).events]

    def all_told(self, now: datetime = NOW) -> list[tuple[str, Any]]:
        """The events of as many polls as it asks for."""
        told: list[tuple[str, Any]] = []
        for _ in range(200):
            got = self.poll(now)
            told += [short(event) for event in got.events]
            if not got.more:
                return told
        raise AssertionError("it asks to be polled again without end")


def short(event: SourceEvent) -> tuple[str, Any]:
    """An event in two words."""
    return event.name.partition(".")[2], event.data.get("title", event.data.get("name"))


def calendar(*events: str, head: str = "") -> str:
    """A calendar of some events, each the lines of its VEVENT without UID and times where it does not matter."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//\r\n{head}{''.join(events)}END:VCALENDAR\r\n"


def event(title: str, start: str, end: str = "", *more: str, uid: str | None = None) -> str:
    """One VEVENT. Times as they stand behind DTSTART: `20261125T100000Z`, `;TZID=Europe/Berlin:20261125T100000`."""
    times = [f"DTSTART{_timed(start)}", *([f"DTEND{_timed(end)}"] if end else [])]
    lines = ["BEGIN:VEVENT", f"UID:{title if uid is None else uid}", *times, f"SUMMARY:{title}", *more, "END:VEVENT"]
    return "".join(f"{line}\r\n" for line in lines if line != "UID:")


def _timed(value: str) -> str:
    return value if value.startswith(";") else f":{value}"


@pytest.fixture
def ics(tmp_path: Path) -> "Ics":
    """A calendar file."""
    return Ics(tmp_path / "work.ics")


class Ics:
    """A calendar file that changes under a source."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write()

    def write(self, *events: str, head: str = "") -> "Ics":
        """Write it anew, as a calendar program does."""
        new = self.path.with_suffix(".new")
        new.write_text(calendar(*events, head=head), newline="")
        new.replace(self.path)
        return self

    def watched(self, options: str = "", **more: Any) -> Watched:
        """A source of it."""
        return Watched(f"calendar://{self.path}{options}", **more)


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Path]:
    """Write a shell script that can be executed."""

    def write(body: str, name: str = "program") -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(stat.S_IRWXU)
        return path

    return write


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    """Start servers; they end with the test."""
    started: list[Server] = []

    def start(*answers: bytes | Answering, **more: Any) -> Server:
        started.append(Server(list(answers) or [reply(200)], **more))
        return started[-1]

    yield start
    for one in started:
        one.close()
