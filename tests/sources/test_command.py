"""The source command: JSON lines of a program as events, its cursor, and what goes wrong."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.ports.source import Asking, Failed
from assistant.sources.command import CommandSource
from tests.sources.conftest import NOW, Watched


def said(path: Path) -> Watched:
    return Watched(f"command://{path}", "door")


def test_each_line_is_an_event(program):
    """Key, data and time are the program's; the source is the one that a person named."""
    path = program("""echo '{"event": "door.opened", "key": "k1", "data": {"by": "Ada", "source": "x"}}'
echo
echo '{"event": "door.closed", "key": 7, "at": "2026-11-25T08:59:00+01:00"}'""")
    first, second = said(path).poll().events
    assert (first.name, first.at, first.data) == ("door.opened", NOW, {"by": "Ada", "source": "door"})
    assert (second.name, second.at) == ("door.closed", datetime(2026, 11, 25, 7, 59, tzinfo=UTC))


def test_the_same_key_is_the_same_event(program):
    """However often it is told, and whatever else it says; another name is another event."""
    path = program("""echo '{"event": "a.b", "key": "1"}'; echo '{"event": "a.b", "key": "1", "data": {"n": 2}}'
echo '{"event": "a.c", "key": "1"}'""")
    keys = [event.key for event in said(path).poll().events]
    assert keys[0] == keys[1] != keys[2]
    assert all(key.startswith("door/a.") for key in keys)


def test_the_cursor_is_handed_back(program):
    """The last one of a run counts, any JSON; without one the last one stands."""
    path = program("""echo '{"event": "a.b", "key": "'"[$ASK_CURSOR] $ASK_SOURCE"'"}'
[ -z "$ASK_CURSOR" ] && echo '{"cursor": 1}' && echo '{"cursor": 41}'
exit 0""")
    watched = said(path)
    keys = [watched.poll().events[0].key for _ in range(3)]
    assert keys[0] != keys[1] == keys[2]
    assert watched.cursor == {"v": 1, "cursor": 41}


def test_no_shell_reads_the_cursor(program, tmp_path):
    """What a program said once is data for ever."""
    path = program("""printf '%s' "$ASK_CURSOR" > "$0.got"; echo '{"cursor": "$(touch stolen); `id` \\u00e9"}'""")
    watched = said(path)
    watched.poll()
    watched.poll()
    assert Path(f"{path}.got").read_text() == '"$(touch stolen); `id` é"'


@pytest.mark.parametrize(("line", "why"), [
    ("oops", "'oops' is no JSON"),
    ("[1]", "it is no JSON object"),
    ('{"evnt": "a"}', 'it has neither "event" nor "cursor"'),
    ('{"event": "a b", "key": "1"}', '"event" is "a b"; write a name such as "door.opened"'),
    ('{"event": "", "key": "1"}', '"event" is ""'),
    ('{"event": "a.b"}', '"key" is null; write what makes this event the same one'),
    ('{"event": "a.b", "key": true}', '"key" is true'),
    ('{"event": "a.b", "key": "1", "data": 3}', '"data" is 3; write an object'),
    ('{"event": "a.b", "key": "1", "at": "noon"}', '"at" is "noon"; write an instant'),
    ('{"event": "a.b", "key": "1", "at": "2026-11-25T09:00:00"}', '"at" is "2026-11-25T09:00:00"'),
    ('{"event": "a.b", "key": "1", "data": {"n": NaN}}', "is no JSON"),
    ('{"event": "a.b", "key": "1", "data": "\\\\ud800"}', "is no JSON"),
    ("\\377", "it is no UTF-8"),
])  # fmt: skip
def test_a_bad_line_is_named_and_loses_no_other(line, why, program):
    """With its number, what it says and what to write."""
    path = program(
        f"""echo '{{"event": "a.b", "key": "1"}}'; printf '{line}\\n'; echo '{{"event": "a.b", "key": "2"}}'"""
    )
    got = said(path).poll()
    assert len(got.events) == 2
    assert got.note is not None
    assert got.note.startswith("line 2: ")
    assert why in got.note


def test_of_many_bad_lines_the_first_are_named(program):
    """A note is for a person."""
    note = said(program("for i in 1 2 3 4 5 6 7; do echo x; done")).poll().note
    assert note is not None
    assert note.endswith("line 5: 'x' is no JSON; and 2 more")


def test_a_line_nested_without_end_is_a_bad_line(program):
    """It could not be read back either."""
    path = program("""head -c 100000 /dev/zero | tr '\\0' '['; echo; echo '{"event": "a.b", "key": "1"}'""")
    got = said(path).poll()
    assert len(got.events) == 1
    assert got.note is not None


def test_an_exit_code_is_a_failure_and_nothing_of_the_run_counts(program):
    """The next run gets the same cursor and tells it again."""
    path = program("""echo '{"event": "a.b", "key": "1"}'; echo '{"cursor": 2}'; echo 'no route' >&2; exit 3""")
    watched = said(path)
    assert watched.fail() == Failed(f"{path}: exit 3: no route")
    assert watched.cursor is None


def test_a_program_that_takes_too_long_is_stopped(program):
    """And all that it started."""
    path = program('echo $$ > "$0.pid"; sleep 60; true')
    source = CommandSource(f"command://{path}", "door", grace_s=0.2)
    began = time.monotonic()
    got = source.poll(None, NOW, Asking(timeout=timedelta(seconds=0.5)))
    assert got == Failed(f"{path} was stopped after 0.5 s")
    assert time.monotonic() - began < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(Path(f"{path}.pid").read_text()), 0)


def test_a_program_is_stopped_before_its_time_where_the_tick_must_end(program):
    """The next poll begins where this one did."""
    path = program("sleep 60; true")
    source = CommandSource(f"command://{path}", "door", grace_s=0.2)
    began = time.monotonic()
    assert source.poll(None, NOW, Asking(stop=lambda: True)) == Failed(f"{path} was stopped")
    assert time.monotonic() - began < 10


def test_a_program_that_a_signal_ended_is_a_failure(program):
    """Nobody knows what it had still to say."""
    path = program("kill -9 $$")
    assert said(path).fail().error == f"{path} was ended by signal 9"


def test_too_much_output_is_a_failure(program):
    """Neither bytes nor lines fill the memory."""
    assert "at most are read" in said(program("head -c 5000000 /dev/zero")).fail().error
    assert "more than 10,000 lines" in said(program("yes '{\"cursor\": 1}' | head -n 10001", "b")).fail().error


def test_a_cursor_too_large_is_a_failure(program):
    """It must fit into a variable of the environment."""
    path = program("""printf '{"cursor": "'; head -c 70000 /dev/zero | tr '\\0' a; echo '"}'""")
    assert "over 64 KiB" in said(path).fail().error


def test_a_program_that_is_gone_is_a_lasting_failure(program):
    """A person has to put it back."""
    path = program("exit 0")
    watched = said(path)
    path.unlink()
    failed = watched.fail()
    assert failed.permanent
    assert str(path) in failed.error


def test_a_url_that_is_no_program_is_refused(tmp_path, program):
    """The fix is the command that makes it one."""
    from assistant.errors import UsageError
    from assistant.sources.table import check_url

    path = program("exit 0")
    path.chmod(0o600)
    with pytest.raises(UsageError) as refused:
        check_url(f"command://{path}")
    assert refused.value.hint == f"chmod u+x {path}"
    for url in (f"command://{tmp_path}", "command:///no/such/thing"):
        with pytest.raises(UsageError):
            check_url(url)
