"""The file channel: one JSON line a message, never half a line, never the same key twice."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from datetime import datetime
from pathlib import Path

import pytest

from assistant.channels.file import FileChannel
from assistant.channels.lines import BLOCK, find_key
from assistant.channels.message import as_json, message_id
from assistant.ports.channel import NotSent, Sent

DELIVER = """
import sys
from datetime import UTC, datetime
from assistant.channels.file import FileChannel
from assistant.ports.channel import Delivery

def deliver(path, key, text="Call Ada", doubtful=False):
    at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    return FileChannel(f"file://{path}", "log", "").deliver(Delivery(key, 12, text, at, "normal", "log", doubtful))
"""


def channel(path: Path, lock_s: float = 5.0) -> FileChannel:
    return FileChannel(f"file://{path}", "log", "", lock_s)


def lines(path: Path) -> list[dict]:
    text = path.read_bytes().decode()
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def python(code: str, *args: object, **options: object) -> "subprocess.Popen[str]":
    argv = [sys.executable, "-c", DELIVER + code, *map(str, args)]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, **options)


def test_a_message_is_one_json_line_with_exactly_its_keys(tmp_path, message):
    """The line holds id, item, key, text, at, severity and channel, and its time has an offset."""
    path = tmp_path / "rings.jsonl"
    delivery = message(text='Call "Ada"\nat nine – \u2028 ünïcode \U0001f514', severity="high", channel="log")
    outcome = channel(path).deliver(delivery)
    assert outcome == Sent(f"in {path} at byte 0")
    assert lines(path) == [
        {
            "id": message_id("12/ring/1"),
            "item": 12,
            "key": "12/ring/1",
            "text": delivery.text,
            "at": "2026-11-24T08:00:00+00:00",
            "severity": "high",
            "channel": "log",
        }
    ]
    assert datetime.fromisoformat(lines(path)[0]["at"]) == delivery.at


def test_a_new_file_is_for_its_owner_only(tmp_path, message):
    """Messages are private: the file is made with mode 0600 whatever the umask."""
    before = os.umask(0)
    try:
        channel(tmp_path / "rings.jsonl").deliver(message())
    finally:
        os.umask(before)
    assert (tmp_path / "rings.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("size", [1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
@pytest.mark.parametrize("before", [b"", b'{"key": "old"}\n'])
def test_a_last_line_without_newline_is_cut_off(tmp_path, message, size, before):
    """A killed writer left it; the message that follows stands on a line of its own."""
    path = tmp_path / "rings.jsonl"
    path.write_bytes(before + b"x" * size)
    assert isinstance(channel(path).deliver(message()), Sent)
    assert [line["key"] for line in lines(path)] == ["old"] * bool(before) + ["12/ring/1"]


def test_a_doubtful_message_that_is_there_is_not_written_again(tmp_path, message):
    """The key is looked up; what was there counts as sent."""
    path = tmp_path / "rings.jsonl"
    for key in ("a", "12/ring/1", "b"):
        channel(path).deliver(message(key=key))
    outcome = channel(path).deliver(message(doubtful=True))
    assert isinstance(outcome, Sent)
    assert "already" in (outcome.note or "")
    assert [line["key"] for line in lines(path)] == ["a", "12/ring/1", "b"]


def test_a_doubtful_message_that_is_not_there_is_written(tmp_path, message):
    """A key that only begins alike, or stands in the text of another message, is not that key."""
    path = tmp_path / "rings.jsonl"
    channel(path).deliver(message(key="12/ring/10", text='"key": "12/ring/1"'))
    channel(path).deliver(message(key='x", "key": "12/ring/1'))
    assert isinstance(channel(path).deliver(message(doubtful=True)), Sent)
    assert [line["key"] for line in lines(path)].count("12/ring/1") == 1


def test_a_doubtful_message_whose_line_is_half_there_is_written(tmp_path, message):
    """Half a line tells nobody anything: it is cut off before the key is looked up."""
    path = tmp_path / "rings.jsonl"
    path.write_text(as_json(message()))
    channel(path).deliver(message(doubtful=True))
    assert [line["key"] for line in lines(path)] == ["12/ring/1"]


def test_a_key_is_found_wherever_it_lies(tmp_path, message):
    """Whether it lies within a block, across the border of two, or blocks away, it is found at its place."""
    path = tmp_path / "rings.jsonl"
    line = as_json(message()).encode() + b"\n"
    path.write_bytes(b"before\n" + line + b"y" * 3 * BLOCK)
    place = 7 + line.index(b'"key"')
    with path.open("rb") as file:
        ends = [*range(place + BLOCK - 40, place + BLOCK + 60), place + len(line), place + 3 * BLOCK]
        assert {find_key(file.fileno(), end, "12/ring/1") for end in ends} == {place}
        assert find_key(file.fileno(), path.stat().st_size, "12/ring/2") is None


def test_a_lookup_needs_little_memory(tmp_path, message):
    """Sixteen megabytes are searched, and a half line of eight is cut, within half a megabyte."""
    path = tmp_path / "rings.jsonl"
    path.write_bytes((b"y" * 999 + b"\n") * 16_000 + b"z" * 8_000_000)
    tracemalloc.start()
    try:
        channel(path).deliver(message(doubtful=True))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 500_000
    assert path.stat().st_size < 16_001_000


def test_a_writer_killed_while_it_holds_the_lock_leaves_no_trace(tmp_path, message):
    """Its lock goes with it, its half line is cut off, and its message is written once."""
    path = tmp_path / "rings.jsonl"
    channel(path).deliver(message(key="before"))
    code = """
import fcntl, os, signal
handle = os.open(sys.argv[1], os.O_RDWR | os.O_APPEND)
fcntl.flock(handle, fcntl.LOCK_EX)
os.write(handle, b'{"id": "x", "item": 12, "key": "12/ring/1", "te')
os.kill(os.getpid(), signal.SIGKILL)
"""
    child = python(code, path)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert isinstance(channel(path).deliver(message(doubtful=True)), Sent)
    assert [line["key"] for line in lines(path)] == ["before", "12/ring/1"]


@pytest.mark.parametrize("written", [1, 40, 100, -1])
def test_a_writer_that_dies_within_its_append_is_recovered_from(tmp_path, message, written):
    """The system ends it after a part of the line was written, by SIGXFSZ; the next delivery leaves one whole line."""
    path = tmp_path / "rings.jsonl"
    channel(path).deliver(message(key="before"))
    size = path.stat().st_size
    limit = size + (written if written > 0 else len(as_json(message(channel="log"))))
    code = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
deliver(sys.argv[1], "12/ring/1")
"""
    child = python(code, path)
    child.communicate()
    assert child.returncode == -signal.SIGXFSZ
    assert path.stat().st_size == limit
    assert not path.read_bytes().endswith(b"\n")
    assert isinstance(channel(path).deliver(message(doubtful=True)), Sent)
    assert [line["key"] for line in lines(path)] == ["before", "12/ring/1"]


def test_writers_killed_at_any_moment_lose_nothing_and_repeat_nothing(tmp_path, message):
    """Whichever moment the kill hits, delivering the cut-off message again as doubtful leaves it there exactly once."""
    path = tmp_path / "rings.jsonl"
    code = """
for number in range(1000):
    print(f"{sys.argv[2]}/{number}", flush=True)
    deliver(sys.argv[1], f"{sys.argv[2]}/{number}", "long " * 400_000)
"""
    begun: list[str] = []
    for life in range(6):
        child = python(code, path, life)
        assert child.stdout is not None
        announced = [child.stdout.readline().strip() for _ in range(2)]
        threading.Event().wait(0.001 * life)  # the kill is to hit another moment in each life
        child.kill()
        announced += child.stdout.read().split()
        child.wait()
        child.stdout.close()
        for key in announced[-1:]:
            assert isinstance(channel(path).deliver(message(key=key, doubtful=True)), Sent)
        begun += announced
    assert [line["key"] for line in lines(path)] == begun


def test_four_processes_at_once_lose_nothing(tmp_path):
    """The lock makes their lines follow each other, whole."""
    path = tmp_path / "rings.jsonl"
    code = "for number in range(25): print(deliver(sys.argv[1], f'{sys.argv[2]}/{number}', 'text ' * 2000))"
    children = [python(code, path, name) for name in "abcd"]
    said = [child.communicate()[0] for child in children]
    assert sum(text.count("Sent(note=") for text in said) == 100
    assert sorted(line["key"] for line in lines(path)) == sorted(f"{name}/{n}" for name in "abcd" for n in range(25))


def test_four_processes_deliver_one_doubtful_message_once(tmp_path):
    """Looking up and writing are under one lock."""
    path = tmp_path / "rings.jsonl"
    children = [python("print(deliver(sys.argv[1], 'one', doubtful=True))", path) for _ in range(4)]
    said = [child.communicate()[0] for child in children]
    assert all(text.startswith("Sent(") for text in said)
    assert [line["key"] for line in lines(path)] == ["one"]


def test_two_threads_of_one_process_keep_each_other_out(tmp_path, message):
    """Two lanes of one tick may write to one file: the lock belongs to the open file, not to the process."""
    path = tmp_path / "rings.jsonl"

    def write(name: str) -> None:
        for number in range(20):
            channel(path).deliver(message(key=f"{name}/{number}", doubtful=True))

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "a")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line["key"] for line in lines(path)) == sorted(f"{name}/{n}" for name in "ab" for n in range(20))


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, message):
    """A write that ends short is taken back; the message is not sent, and the next one finds whole lines."""
    path = tmp_path / "rings.jsonl"
    channel(path).deliver(message(key="before"))
    size = path.stat().st_size
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 50}, {size + 50}))
print(deliver(sys.argv[1], "12/ring/1"))
"""
    said, _ = python(code, path).communicate()
    assert said.startswith("NotSent(")
    assert "File too large" in said
    assert path.stat().st_size == size
    assert [line["key"] for line in lines(path)] == ["before"]


def test_a_folder_that_is_gone_may_come_back(tmp_path, message):
    """The drive may be mounted later: it is tried again, and nothing is made in its place."""
    path = tmp_path / "gone" / "rings.jsonl"
    outcome = channel(path).deliver(message())
    assert outcome == NotSent(f"the folder of {path} is gone; mkdir -p {path.parent}")
    assert not path.parent.exists()


def test_a_folder_in_place_of_the_file_is_refused_for_good(tmp_path, message):
    """Trying again does not make it a file."""
    outcome = channel(tmp_path).deliver(message())
    assert outcome == NotSent(f"{tmp_path} is no plain file", permanent=True)


def test_a_fifo_is_refused_and_does_not_block(tmp_path, message):
    """Opening a FIFO that nobody reads would hold up the tick."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert channel(path).deliver(message()) == NotSent(f"{path} is no plain file", permanent=True)


def test_a_file_that_may_not_be_written_is_refused_for_good(tmp_path):
    """No permission: the reason says so."""
    path = tmp_path / "rings.jsonl"
    path.write_text("")
    path.chmod(0o400)
    code = """
import os
if os.getuid() == 0:
    os.setuid(65534)
print(deliver(sys.argv[1], "12/ring/1"))
"""
    said, _ = python(code, path).communicate()
    assert "Permission denied" in said
    assert "permanent=True" in said


def test_a_lock_that_another_program_keeps_is_waited_for_only_so_long(tmp_path, message):
    """The message is not sent and will be tried again."""
    path = tmp_path / "rings.jsonl"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        outcome = channel(path, lock_s=0.05).deliver(message())
    assert outcome == NotSent(f"another program holds the lock of {path}")


def test_a_file_that_is_rotated_while_its_lock_is_awaited_is_opened_anew(tmp_path, message):
    """A message in a file that was moved away would be read by nobody."""
    path = tmp_path / "rings.jsonl"
    outcomes: list[object] = []
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        thread = threading.Thread(target=lambda: outcomes.append(channel(path).deliver(message())))
        thread.start()
        while thread.is_alive() and not _is_open_twice(path):
            pass
        path.rename(tmp_path / "rings.jsonl.1")
    thread.join()
    assert isinstance(outcomes[0], Sent)
    assert [line["key"] for line in lines(path)] == ["12/ring/1"]
    assert lines(tmp_path / "rings.jsonl.1") == []


def _is_open_twice(path: Path) -> bool:
    count = 0
    for handle in range(3, 256):
        try:
            count += os.path.samestat(os.fstat(handle), path.stat())
        except OSError:
            pass
    return count >= 2
