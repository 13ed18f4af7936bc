"""Stories of `ask inbox -i` in a pseudo-terminal: one request after the other, a key for each answer."""

import os
import pty
import select
import subprocess
import time
from typing import TYPE_CHECKING

from tests.cli.workflows import keep, run, started

if TYPE_CHECKING:
    from tests.conftest import Ask

PATIENCE_S = 20.0
COPY = """
name: copy
inputs: {{text: {{default: hello}}}}
steps:
  - {{id: put, run: [sh, -c, 'printf %s "$1" >> {folder}/out', put, "{{{{ inputs.text }}}}"], approve: {{expires: 2d}}}}
"""
KEYS = "k skip · q quit "


def talk(ask: "Ask", *turns: tuple[str, str], **more: str) -> str:
    """Walk through the inbox; each turn waits for a text, then types. What stood on the screen."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [ask.path, "inbox", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**ask.environment, "NO_COLOR": "1", **more},
    )  # fmt: skip
    os.close(theirs)
    try:
        seen = ""
        for awaited, typed in turns:
            new = _read_until(ours, awaited)
            seen += new
            _until_it_listens(ours)
            os.write(ours, typed.encode())
        seen += _read_until(ours, None)
        assert child.wait(PATIENCE_S) == 0, seen
    finally:
        child.kill()
        child.wait()
        os.close(ours)
    return seen.replace("\r\n", "\n")


def _until_it_listens(terminal: int) -> None:
    """What is typed before a program asks for a key is thrown away: wait until it asks, for a key or for a line."""
    import termios

    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        if not termios.tcgetattr(terminal)[3] & termios.ICANON:
            return
        os.sched_yield()


def _read_until(terminal: int, awaited: str | None) -> str:
    seen, until = b"", time.monotonic() + PATIENCE_S
    while awaited is None or awaited not in seen.decode("utf-8", "replace"):
        assert time.monotonic() < until, seen
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                data = os.read(terminal, 65536)
            except OSError:  # EIO: the program has ended
                data = b""
            if not data:
                assert awaited is None, seen
                break
            seen += data
    return seen.decode("utf-8", "replace")


def copies(ask: "Ask", times: int = 1) -> None:
    """So many jobs that ask."""
    keep(ask, COPY.format(folder=ask.folder))
    for number in range(times):
        run(ask, "copy", text=f"n{number}")
    ask.ok("run-due")


def written(ask: "Ask") -> str:
    """What the steps wrote."""
    path = ask.folder / "out"
    return path.read_text() if path.exists() else ""


def test_each_request_is_shown_and_its_key_answers_it(ask: "Ask") -> None:
    """Approve the first, skip the second, deny the third."""
    copies(ask, 3)
    first, second, third = (asked["id"] for asked in ask.json("inbox"))
    seen = talk(ask, (KEYS, "a"), (KEYS, "k"), (KEYS, "d"), ("why?", "no need\n"))
    assert "  1 of 3\n" in seen
    assert "approved; the next tick does it" in seen
    assert "  2 answered\n" in seen
    states = [ask.json("show", str(number))["state"] for number in (first, second, third)]
    assert states == ["approved", "open", "denied"]
    assert ask.json("show", str(third))["requests"][0]["answer"] == "no need"
    ask.ok("run-due")
    assert written(ask) == "n0"


def test_q_stops_and_answers_nothing_more(ask: "Ask") -> None:
    """What is left stays open; an unknown key asks again."""
    copies(ask, 2)
    assert "  0 answered\n" in talk(ask, (KEYS, "x"), (KEYS, "q"))
    assert len(ask.json("inbox")) == 2


def test_each_answer_is_a_command_of_its_own(ask: "Ask") -> None:
    """`ask undo` takes back the last key."""
    copies(ask, 2)
    talk(ask, (KEYS, "a"), (KEYS, "a"))
    ask.ok("undo")
    assert len(ask.json("inbox")) == 1


def test_e_opens_the_action_in_the_editor_and_a_yes_approves_what_was_written(ask: "Ask") -> None:
    """The editor is the person's own; what changed is shown first."""
    copies(ask)
    editor = ask.folder / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/"n0"/"edited"/\' "$1"\n')
    editor.chmod(0o700)
    seen = talk(ask, (KEYS, "e"), ("approve it so?", "y\n"), EDITOR=str(editor))
    assert "edited" in seen.partition("approve it so?")[0]
    ask.ok("run-due")
    assert written(ask) == "edited"


def test_an_editor_that_fails_or_writes_no_json_changes_nothing(ask: "Ask") -> None:
    """The request is asked again, with the reason."""
    copies(ask)
    assert "The editor ended with 1" in talk(ask, (KEYS, "e"), (KEYS, "q"), EDITOR="false")
    editor = ask.folder / "editor"
    editor.write_text("#!/bin/sh\necho '[' > \"$1\"\n")
    editor.chmod(0o700)
    assert "no JSON" in talk(ask, (KEYS, "e"), (KEYS, "q"), EDITOR=str(editor))
    assert len(ask.json("inbox")) == 1


def test_s_hides_it_until_then(ask: "Ask") -> None:
    """And words that say no time are refused there."""
    copies(ask)
    seen = talk(ask, (KEYS, "s"), ("until when?", "blursday\n"), (KEYS, "s"), ("until when?", "tomorrow 9:00\n"))
    assert "blursday" in seen
    assert ask.json("inbox") == []
    assert len(ask.at("2026-11-24T09:00:00+01:00").json("inbox")) == 1


def test_a_question_is_answered_there(ask: "Ask") -> None:
    """Its choices stand beside it."""
    job = started(ask, "name: q\nsteps:\n  - {id: a, ask: {question: Which?, choices: [x, y]}}\n", "q")
    talk(ask, ("a answer", "a"), ("[x | y]", "y\n"))
    assert ask.json("show", str(job))["state"] == "completed"


def test_without_a_terminal_it_says_what_to_do_instead(ask: "Ask") -> None:
    """No keys from a pipe."""
    assert "ask inbox --json" in ask.refused(2, "inbox", "-i")
    assert ask("inbox", "-i").code == 2


def test_an_empty_inbox_says_so(ask: "Ask") -> None:
    """Nothing needs them."""
    ask.ok("add", "x")
    assert "nothing needs you" in talk(ask)
