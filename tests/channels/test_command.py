"""The command channel: a program with the message on stdin, no shell, and dead when its time is up."""

import json
import os
import threading
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.channels.command import CommandChannel
from assistant.ports.channel import Asked, Doubtful, NotSent, Reply, Sent

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def channel(path: Path, timeout_s: float = 10.0, grace_s: float = 0.3) -> CommandChannel:
    return CommandChannel(f"command://{path}", "phone", "", timeout_s, grace_s)


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_program_gets_the_message_as_json_and_its_key_in_the_environment(tmp_path, message, program):
    """What a file channel writes is what a program reads."""
    path = program('cat > "$0.got"; echo "$ASK_KEY $ASK_CHANNEL" > "$0.env"; echo delivered')
    outcome = channel(path).deliver(message(text="Call «Ada»\n$(touch /nowhere) `id`"))
    assert outcome == Sent("exit 0: delivered")
    got = json.loads(Path(f"{path}.got").read_text())
    assert got["text"] == "Call «Ada»\n$(touch /nowhere) `id`"
    assert sorted(got) == ["at", "channel", "id", "item", "key", "severity", "text"]
    assert Path(f"{path}.env").read_text() == "12/ring/1 c\n"


def test_no_shell_reads_the_path(tmp_path, message, program):
    """A path with a space, a quote and a semicolon names a file and nothing else."""
    path = program("exit 0", name="a b';touch x")
    assert isinstance(channel(path).deliver(message()), Sent)
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["a b';touch x"]


def test_exit_75_asks_to_try_later(message, program):
    """EX_TEMPFAIL: the message is not sent, and will be tried again."""
    path = program("echo 'no network' >&2; exit 75")
    assert channel(path).deliver(message()) == NotSent(f"{path} asks to try later: no network")


def test_another_exit_is_not_sent_and_says_the_last_line(message, program):
    """The reason is what the program said last."""
    path = program("echo first; echo 'last words' >&2; exit 3")
    assert channel(path).deliver(message()) == NotSent("exit 3: last words")


@pytest.mark.parametrize("what", ["absent", "not executable", "without interpreter"])
def test_a_program_that_cannot_be_started_is_refused_for_good(message, program, what):
    """It certainly did not send, and trying again does not help; the fix is named."""
    path = program("exit 0", interpreter="/no/such/interpreter" if what == "without interpreter" else "/bin/sh")
    if what == "absent":
        path.unlink()
    if what == "not executable":
        path.chmod(0o600)
    outcome = channel(path).deliver(message())
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert "cannot be started" in outcome.reason
    assert "ask channel add phone" in outcome.reason


def test_a_program_that_is_too_slow_is_doubtful_and_its_whole_group_dead(tmp_path, message, program):
    """It may have sent before its time was up; neither it nor its children go on."""
    path = program('sleep 60 & echo "$$ $!" > "$0.pids"; echo working; wait')
    outcome = channel(path, timeout_s=0.3).deliver(message())
    assert outcome == Doubtful(f"{path} was stopped after 0.3 s: working")
    assert [is_alive(int(pid)) for pid in Path(f"{path}.pids").read_text().split()] == [False, False]


def test_a_child_that_ignores_the_gentle_signal_is_killed_with_its_group(message, program):
    """The program itself ends at TERM; what it started does not get away."""
    path = program("(trap '' TERM; exec sleep 60) & echo $! > \"$0.pid\"; wait")
    assert isinstance(channel(path, timeout_s=0.3).deliver(message()), Doubtful)
    assert not is_alive(int(Path(f"{path}.pid").read_text()))


def test_a_program_that_neither_reads_nor_ends_is_stopped_in_time(message, program):
    """Its full input pipe does not block the delivery."""
    path = program("exec sleep 60")
    assert isinstance(channel(path, timeout_s=0.2).deliver(message(text="long " * 200_000)), Doubtful)


def test_a_program_that_ignores_the_gentle_signal_is_killed(message, program):
    """After TERM and the grace comes KILL."""
    path = program("trap '' TERM; echo $$ > \"$0.pid\"; while :; do sleep 0.05; done")
    began = time.monotonic()
    outcome = channel(path, timeout_s=0.2, grace_s=0.2).deliver(message())
    assert isinstance(outcome, Doubtful)
    assert time.monotonic() - began < 3
    assert not is_alive(int(Path(f"{path}.pid").read_text()))


def test_a_program_that_a_signal_ended_is_doubtful(message, program):
    """Nobody knows how far it came."""
    path = program("kill -9 $$")
    assert channel(path).deliver(message()) == Doubtful(f"{path} was ended by signal 9")


def test_a_program_that_reads_nothing_does_not_block(message, program):
    """A megabyte that nobody reads is dropped."""
    path = program("exit 0")
    assert isinstance(channel(path).deliver(message(text="long " * 200_000)), Sent)


def test_a_program_that_closes_its_input_and_output_is_waited_for(message, program):
    """Its exit counts, not the end of its output."""
    path = program("exec <&- >&- 2>&-; sleep 0.1; exit 4")
    assert channel(path).deliver(message(text="long " * 200_000)) == NotSent("exit 4")


def test_a_program_that_writes_without_end_is_stopped_and_little_of_it_kept(message, program):
    """Its output is read and dropped, so that it can neither block nor fill the memory."""
    path = program("yes")
    tracemalloc.start()
    try:
        outcome = channel(path, timeout_s=0.3).deliver(message())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome == Doubtful(f"{path} was stopped after 0.3 s: y")
    assert peak < 1_000_000


def test_a_child_that_a_program_leaves_behind_is_not_waited_for(message, program):
    """A player that goes on playing holds the output open; the exit of the program itself counts."""
    path = program('sleep 30 & echo $! > "$0.pid"; exit 0')
    began = time.monotonic()
    assert isinstance(channel(path).deliver(message()), Sent)
    assert time.monotonic() - began < 5
    os.kill(int(Path(f"{path}.pid").read_text()), 9)


def test_a_thread_may_deliver(message, program):
    """The lanes of a tick are threads: no signal handler is touched, and each has its own outcome."""
    path = program("cat > /dev/null; exit 0")
    outcomes: list[object] = []
    threads = [threading.Thread(target=lambda: outcomes.append(channel(path).deliver(message()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Sent("exit 0")] * 4


def asked(**fields: Any) -> Asked:
    """A question with one answer to it."""
    ordinary = {
        "id": 31, "kind": "approval", "title": "Send?", "because": None, "proposal": {"action": "run", "argv": ["x"]},
        "expires_at": AT, "replies": (Reply("approve", "Approve", "31-approve-secret7"),),
    }  # fmt: skip
    return Asked(**{**ordinary, **fields})


def test_a_question_comes_with_its_answers_on_the_same_line(message, program):
    """What would be done stands there as data, whatever it holds; a line is a line for every reader."""
    path = program('cat > "$0.got"')
    proposal = {"action": "run", "argv": ['"\\', "a\nb\u2028c\x85d", "$(id)"]}
    channel(path).deliver(message(asked=asked(proposal=proposal)))
    written = Path(f"{path}.got").read_text()
    assert len(written.splitlines()) == 1
    got = json.loads(written)
    assert got["request"] == {
        "id": 31, "kind": "approval", "title": "Send?", "because": None, "proposal": proposal,
        "expires_at": "2026-11-24T08:00:00+00:00",
    }  # fmt: skip
    assert got["replies"] == [{"verb": "approve", "label": "Approve", "token": "31-approve-secret7"}]


def test_what_a_program_says_is_kept_without_tokens(message, program):
    """Its last line stands with the message, in the store and in exports."""
    path = program('echo \'{"token":"31-approve-secret7"} posted\'')
    assert channel(path).deliver(message(asked=asked())) == Sent('exit 0: {"token":"****"} posted')
