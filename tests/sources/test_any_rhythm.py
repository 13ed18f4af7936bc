"""Sources polled in any rhythm, by ticks that die: each thing is told under one key, and nothing is lost."""

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ports.source import Polled, SourceEvent
from tests.sources.conftest import NOW, Ics, Watched, event

HALF = timedelta(minutes=30)
FATES = st.sampled_from(["kept", "kept", "kept", "lost", "told twice"])
WAITS = st.sampled_from(
    [timedelta(0), timedelta(minutes=5), HALF, timedelta(hours=7), timedelta(days=2), timedelta(days=40)]
)
DAILY = "daily"


class Diary:
    """A calendar that people change, and what a tick took in of it. All that they change lies ahead of the clock."""

    def __init__(self, folder: Path) -> None:
        self.ics = Ics(folder / "diary.ics")
        self.now = NOW
        self.events: dict[str, tuple[datetime, str]] = {}  # start, title
        self.left_out: set[datetime] = set()
        self.since: dict[str, datetime] = {}  # when an event was last changed
        self.watched = Watched("calendar://" + str(self.ics.path), zone="UTC")
        self.taken: dict[str, SourceEvent] = {}
        self.by_clock: set[str] = set()  # keys told while the calendar could not be read

    def write(self) -> None:
        """Write it as it stands."""
        singles = [
            event(title, _figures(start), _figures(start + HALF), uid=uid)
            for uid, (start, title) in self.events.items()
        ]
        exceptions = [f"EXDATE:{_figures(start)}" for start in sorted(self.left_out)]
        daily = event(DAILY, _figures(NOW + HALF), _figures(NOW + 2 * HALF), "RRULE:FREQ=DAILY", *exceptions)
        self.ics.write(*singles, daily)

    def put(self, uid: str, ahead: timedelta, title: str) -> None:
        """Add it, or move and rename it. What is over stays as it was."""
        if uid in self.events and self.events[uid][0] <= self.now + HALF:
            return
        self.events[uid] = (self.now + timedelta(hours=1) + ahead, title)
        self.since[uid] = self.now
        self.write()

    def take_out(self, uid: str) -> None:
        """Cancel it, if it has not begun."""
        if uid in self.events and self.events[uid][0] > self.now + HALF:
            del self.events[uid]
            self.write()

    def leave_out(self, days: int) -> None:
        """Leave out an occurrence of the series to come, or put it back."""
        self.left_out ^= {self.daily(self.now + timedelta(hours=1), self.now + timedelta(days=days + 2))[-1]}
        self.write()

    def daily(self, after: datetime, until: datetime) -> list[datetime]:
        """When the series takes place by its rule."""
        first = NOW + HALF
        days = range((until - first).days + 1)
        return [at for at in (first + timedelta(days=day) for day in days) if after < at <= until]

    def poll(self, fate: str) -> bool:
        """Poll as a tick that may die before or after it has taken the events in. Whether there is more."""
        before = self.watched.cursor
        got = self.watched.poll(self.now)
        if fate == "told twice":  # it dies between events and cursor, and the next one begins where it did
            self.take(got)
            self.watched.cursor = before
            again = self.watched.poll(self.now + timedelta(seconds=1))
            assert {one.key for one in got.events} <= {one.key for one in again.events}
            got = again
        assert list(got.events) == sorted(got.events, key=lambda one: one.at)
        for one in got.events:
            if one.name in ("calendar.started", "calendar.ended"):
                assert self.takes_place(one), one
        if fate != "lost":
            self.take(got)
        else:
            self.watched.cursor = before
        return got.more

    def outage(self) -> None:
        """The calendar is away; the clock goes on by what is known."""
        self.ics.path.unlink()
        self.watched.fail(self.now)
        got = self.watched.source.due(self.watched.cursor, self.now, self.watched.asking)
        self.take(got)
        self.by_clock |= {one.key for one in got.events}
        self.watched.cursor = got.cursor
        self.write()

    def take(self, got: Polled) -> None:
        """Take in what is not known by its key yet."""
        for one in got.events:
            known = self.taken.setdefault(one.key, one)
            assert (known.name, known.data["uid"], known.data["start"]) == (
                one.name,
                one.data["uid"],
                one.data["start"],
            )

    def takes_place(self, one: SourceEvent) -> bool:
        """Whether the calendar says now that it takes place at that time."""
        start = datetime.fromisoformat(one.data["start"])
        if one.data["uid"] == DAILY:
            return start not in self.left_out and start in self.daily(NOW, self.now)
        return one.data["uid"] in self.events and self.events[one.data["uid"]][0] == start

    def told(self, name: str, uid: str) -> list[str]:
        """The starts that were told under a name."""
        return sorted(
            one.data["start"]
            for one in self.taken.values()
            if one.name == f"calendar.{name}" and one.data["uid"] == uid
        )


def _figures(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


UIDS = st.sampled_from(["a", "b", "c"])
CHANGES = st.one_of(
    st.tuples(st.just("put"), UIDS, st.integers(0, 60).map(lambda n: n * HALF), st.sampled_from(["x", "y"])),
    st.tuples(st.just("take_out"), UIDS),
    st.tuples(st.just("leave_out"), st.integers(1, 9)),
    st.tuples(st.just("poll"), FATES),
    st.tuples(st.just("poll"), FATES),
    st.tuples(st.just("outage")),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CHANGES, WAITS), max_size=14))
def test_a_calendar_polled_in_any_rhythm_loses_nothing_and_tells_nothing_twice(
    steps: list[tuple[Any, timedelta]],
) -> None:
    """What a person would have read of it agrees with the calendar, and each beginning was told once."""
    with tempfile.TemporaryDirectory() as folder:
        diary = Diary(Path(folder))
        diary.put("a", timedelta(hours=3), "x")
        diary.watched.poll(diary.now)
        stock = dict(diary.events)
        for (what, *details), wait in steps:
            getattr(diary, what)(*details)
            diary.now += wait
        for _ in range(50):
            if not diary.poll("kept"):
                break
        _assert_believed(diary, stock)
        _assert_all_took_place(diary)


def _assert_believed(diary: Diary, stock: dict[str, tuple[datetime, str]]) -> None:
    """Added, changed and cancelled, one after the other, give the calendar as it stands."""
    believed = dict(stock)
    for one in diary.taken.values():
        uid = one.data["uid"]
        if uid == DAILY:
            continue
        if one.name == "calendar.added":
            assert uid not in believed or believed[uid][0] + HALF <= one.at, "added twice"
        if one.name in ("calendar.added", "calendar.changed"):
            believed[uid] = (datetime.fromisoformat(one.data["start"]), one.data["title"])
        if one.name == "calendar.cancelled":
            assert uid in believed, "cancelled and never added"
            del believed[uid]
    coming = {uid: what for uid, what in diary.events.items() if what[0] + HALF > diary.now}
    assert {uid: what for uid, what in believed.items() if what[0] + HALF > diary.now} == coming


def _assert_all_took_place(diary: Diary) -> None:
    """Each beginning and each end once; more than these only while nobody could know better."""
    took_place = [at.isoformat() for at in diary.daily(NOW, diary.now) if at not in diary.left_out]
    ended = [at for at in took_place if datetime.fromisoformat(at) + HALF <= diary.now]
    for name, expected in (("started", took_place), ("ended", ended)):
        told = diary.told(name, DAILY)
        assert len(told) == len(set(told))
        assert set(expected) <= set(told)
        excused = {one.data["start"] for key, one in diary.taken.items() if key in diary.by_clock}
        assert set(told) - set(expected) <= excused
    for uid, (start, _) in diary.events.items():
        if start + HALF <= diary.now:
            assert diary.told("started", uid).count(start.isoformat()) == 1
            assert diary.told("ended", uid).count(start.isoformat()) == 1


NAMES = st.sampled_from(["a.pdf", "b.pdf", "c.pdf"])
FILE_STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, st.integers(1, 3)),
    st.tuples(st.just("remove"), NAMES),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("poll"), FATES),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(FILE_STEPS, max_size=25))
def test_a_folder_polled_in_any_rhythm_loses_nothing_and_tells_nothing_twice(steps: list[Any]) -> None:
    """New, changed and gone, one after the other, give the folder as it stands."""
    with tempfile.TemporaryDirectory() as folder:
        watched = Watched(f"folder://{folder}")
        watched.poll()
        taken: dict[str, SourceEvent] = {}
        now = NOW
        for what, *details in [*steps, ("poll", "kept"), ("poll", "kept")]:
            now += timedelta(seconds=1)
            if what == "poll":
                before = watched.cursor
                got = watched.poll(now)
                if details[0] != "kept":
                    watched.cursor = before
                if details[0] == "told twice":
                    again = watched.poll(now)
                    assert [one.key for one in again.events] == [one.key for one in got.events]
                if details[0] != "lost":
                    assert not taken.keys() & {one.key for one in got.events}
                    taken.update((one.key, one) for one in got.events)
                continue
            path = Path(folder) / details[0]
            if what == "write":
                path.write_text("x" * details[1])
                os.utime(path, (now.timestamp(), now.timestamp()))
            elif what == "remove":
                path.unlink(missing_ok=True)
            elif path.exists():
                path.rename(Path(folder) / details[1])
        believed: dict[str, int] = {}
        for one in taken.values():
            name = one.data["name"]
            assert (name in believed) is (one.name != "folder.new")
            believed[name] = one.data["size"]
            if one.name == "folder.gone":
                del believed[name]
        assert believed == {path.name: path.stat().st_size for path in Path(folder).iterdir()}
