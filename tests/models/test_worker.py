"""The parent's end of the child, against real programs that speak badly, die, hang or never end."""

import os
import sys
import time
from pathlib import Path

import pytest

from assistant.models.worker import Lost, NotReady, Replied, Worker, surroundings
from assistant.process_group import lives

READY = 'import json, os, sys, time\nprint(json.dumps({"ready": True}), flush=True)\n'
ECHO = READY + (
    "for line in sys.stdin:\n"
    "    asked = json.loads(line)\n"
    '    print(json.dumps({"number": asked["number"], "may_cost_usd": 0.5}), flush=True)\n'
    '    print(json.dumps({"number": asked["number"], "text": asked["say"]}), flush=True)\n'
)


@pytest.fixture
def worker(tmp_path):
    """Make a worker for a child with this body; all are dead at the end."""
    made: list[Worker] = []

    def make(body: str, **more: float) -> Worker:
        path = Path(tmp_path) / f"child{len(made)}.py"
        path.write_text(body)
        made.append(Worker({"PATH": os.environ["PATH"]}, argv=[sys.executable, "-S", str(path)], **more))
        return made[-1]

    yield make
    for one in made:
        one.kill()


def soon(seconds: float = 10.0) -> float:
    return time.monotonic() + seconds


def test_a_request_is_answered_by_the_same_child_each_time(worker):
    """With what it said it may cost."""
    child = worker(ECHO)
    assert child.start() is None
    first = child.pid
    for said in ("ä", "\u2028\n"):
        assert child.start() is None
        came = child.exchange({"say": said}, soon())
        assert isinstance(came, Replied)
        assert (came.reply["text"], came.may_cost_usd) == (said, 0.5)
    assert child.pid == first


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.stdin.readline(); print('Give Feedback / Get Help', flush=True); time.sleep(60)", "no JSON object"),
        ("sys.stdin.readline(); print('[1]', flush=True); time.sleep(60)", "no JSON object"),
        ("sys.stdin.readline(); print('[' * 100000, flush=True); time.sleep(60)", "no JSON object"),
        ("sys.stdin.readline(); os.write(1, b'\\xff\\xfe\\n'); time.sleep(60)", "no JSON object"),
        ("sys.stdin.readline(); print('{\"number\": 9, \"text\": 1}', flush=True); time.sleep(60)", "something else"),
        ("sys.stdin.readline(); print('{\"text\": \"\"}', flush=True); time.sleep(60)", "something else"),
        ("sys.stdin.readline()\nwhile True: os.write(1, b'a' * 65536)", "more than can be read"),
        ("sys.stdin.readline(); sys.exit(3)", "exit 3"),
        ("sys.stdin.readline(); os.write(1, b'{\"number\": 1'); sys.exit(0)", "exit 0"),
        ("sys.stdin.readline(); os.kill(os.getpid(), 9)", "signal 9"),
        ("os.close(0); sys.exit(4)", "exit 4"),
    ],
)  # fmt: skip
def test_a_child_that_answers_badly_or_dies_is_one_failed_attempt(worker, body, said):
    """It is ended, and the next request has a fresh one."""
    child = worker(READY + body)
    assert child.start() is None
    first = child.pid
    came = child.exchange({"say": "a"}, soon())
    assert isinstance(came, Lost)
    assert said in came.reason
    assert not lives(first)
    assert child.start() is None
    assert child.pid != first


@pytest.mark.parametrize("request_size", [10, 1_000_000])
def test_a_child_that_hangs_is_dead_at_the_deadline_with_all_it_started(worker, tmp_path, request_size):
    """Also one that ignores TERM, reads nothing, and has a child of its own."""
    body = (
        "import signal, subprocess\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"child = subprocess.Popen(['sleep', '60'])\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
    )
    child = worker(body + READY + "time.sleep(60)")
    assert child.start() is None
    first, began = child.pid, time.monotonic()
    came = child.exchange({"say": "a" * request_size}, soon(0.3))
    assert came == Lost("no answer in time", None, False, False)
    assert time.monotonic() - began < 3.0
    assert not lives(first)
    assert child.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_child_that_was_asked_may_have_cost_something(worker):
    """It said what, before it asked."""
    body = "sys.stdin.readline(); print(json.dumps({'number': 1, 'may_cost_usd': 0.25}), flush=True); time.sleep(60)"
    child = worker(READY + body)
    child.start()
    assert child.exchange({}, soon(0.5)) == Lost("no answer in time", 0.25, True, False)


def test_a_request_is_stopped_before_its_time_when_asked(worker):
    """The child that works at it is ended."""
    child = worker(READY + "time.sleep(60)")
    child.start()
    began = time.monotonic()
    came = child.exchange({}, soon(30), stop=lambda: time.monotonic() - began > 0.3)
    assert (came.reason, came.stopped) == ("was stopped", True)
    assert time.monotonic() - began < 3.0
    assert child.pid is None


def test_an_interrupt_leaves_no_answer_for_the_next_request(worker):
    """Ctrl-C in the middle of a request ends the child."""
    child = worker(READY + "time.sleep(60)")
    child.start()
    first = child.pid

    def pressed() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        child.exchange({}, soon(), stop=pressed)
    assert child.pid is None
    assert not lives(first)


def test_a_child_that_does_not_get_ready_is_told(worker, tmp_path):
    """It has a deadline for that of its own."""
    slow = worker("import time\ntime.sleep(60)", start_s=0.3)
    assert slow.start() == NotReady("did not get ready: no answer in time", False)
    broken = worker("raise SystemExit(1)")
    assert broken.start() == NotReady("did not get ready: its process ended with exit 1", False)
    told = worker('print(\'{"ready": false, "error": "litellm cannot be imported: no module"}\', flush=True)')
    assert told.start() == NotReady("litellm cannot be imported: no module", True)
    assert Worker({}, argv=["/no/such/program"]).start() == NotReady(
        "cannot be started: No such file or directory", False
    )


def test_a_child_ends_when_nobody_is_left_to_read_its_answer(tmp_path):
    """The real one: its parent is killed while it works or waits."""
    parent = Path(tmp_path) / "parent.py"
    parent.write_text(
        "import os, sys\nfrom assistant.models.worker import Worker\n"
        "worker = Worker(os.environ)\nassert worker.start() is None\n"
        "print(worker.pid, flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    import subprocess

    ran = subprocess.run([sys.executable, str(parent)], capture_output=True, text=True, check=False, timeout=60)
    pid = int(ran.stdout)
    until = soon()
    while lives(pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not lives(pid)


def test_a_child_sees_little_of_the_environment():
    """No key, no setting of litellm or Python, and no proxy before this machine."""
    told = surroundings({
        "HOME": "/home/ada", "OPENAI_API_KEY": "a",
        "LITELLM_PROXY_API_BASE": "b", "PYTHONPATH": "c", "LITELLM_MODE": "DEV",
        "HTTPS_PROXY": "http://proxy:3128", "no_proxy": "intranet", "ASK_SECRET_X": "d",
    })  # fmt: skip
    assert (told["HOME"], told["HTTPS_PROXY"]) == ("/home/ada", "http://proxy:3128")
    assert told["NO_PROXY"] == "intranet,localhost,127.0.0.1,::1"
    assert told["LITELLM_MODE"] == "PRODUCTION"
    assert not {"OPENAI_API_KEY", "LITELLM_PROXY_API_BASE", "PYTHONPATH", "ASK_SECRET_X"} & told.keys()
