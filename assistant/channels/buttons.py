"""Buttons of a notification on the desktop: a child of a short life waits for the press and hands its token to `ask`.

The tick only waits until the notification is shown. notify-send has known `--action` since 0.8: with it, and with
`--print-id`, it first prints the number of the notification, and when a button is pressed the name of its action.
The token stands in no argument, which others could see: only the verb does, and `ask reply -` reads stdin.
"""

import os
import sys

from assistant.jsontext import dump, load
from assistant.ports.channel import Delivery, Doubtful, NotSent, SendOutcome, Sent

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

SHOWN_S = 10.0  # how long the notification may take to appear
LIFE_S = 15 * 60.0  # how long a press is waited for; the question stays open, and is answered elsewhere after it
LEAST = (0, 8)  # the version that knows --action
_LEFT: list[int] = []  # children that wait for a press
ASK = "import sys; from assistant.cli.main import main; sys.exit(main(['reply', '-']))"
SAFE = ("-P",)  # what lies in the working folder is no module of ours


def knows_actions(environment: "Mapping[str, str]") -> bool:
    """Whether the installed notify-send has buttons."""
    from assistant.program import NotStarted, run

    ran = run(["notify-send", "--version"], b"", environment, SHOWN_S, 1.0)
    return not isinstance(ran, NotStarted) and ran.code == 0 and version_of(ran.said) >= LEAST


def version_of(said: str) -> tuple[int, ...]:
    """The version that a program says it is; none where that cannot be read.

    >>> version_of("notify-send 0.8.3"), version_of("notify-send")
    ((0, 8, 3), ())
    """
    numbers = said.rpartition(" ")[2].split(".")
    return tuple(map(int, numbers)) if all(number.isdigit() for number in numbers) else ()


def show(argv: "list[str]", delivery: Delivery, environment: "Mapping[str, str]", home: str) -> SendOutcome:
    """Show a notification with its buttons, by a child that outlives this call."""
    import subprocess

    asked = delivery.asked
    assert asked is not None  # noqa: S101 - who has nothing to ask needs no buttons
    options = ["--print-id", *(f"--action={one.verb}={one.label}" for one in asked.replies)]
    given = {"argv": [argv[0], *options, *argv[1:]], "tokens": {one.verb: one.token for one in asked.replies}}
    child = subprocess.Popen(  # noqa: S603 - argv is a list, no shell reads it
        [sys.executable, *SAFE, "-m", "assistant.channels.buttons"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "ASK_HOME": home},
        start_new_session=True,
    )
    assert child.stdin and child.stdout  # noqa: S101 - both were asked for
    try:
        child.stdin.write(dump(given).encode("utf-8", "replace"))
        child.stdin.close()
        # The child bounds itself; it says one line, or ends and says none.
        said = child.stdout.readline().decode("utf-8", "replace").strip()
    except OSError:
        said = ""
    finally:
        child.stdout.close()
    _leave(child)
    if said == "shown":
        return Sent(f"the desktop took it, with {len(asked.replies)} buttons")
    if said.startswith("refused"):
        return NotSent(f"notify-send {said.removeprefix('refused:').strip()}")
    return Doubtful("nobody knows whether the desktop took it")


def _leave(child: "subprocess.Popen[bytes]") -> None:
    """It lives on by itself; those that have ended by now are buried."""
    _LEFT.append(child.pid)
    child.returncode = 0  # so that nothing warns of a child that is still at work
    for pid in tuple(_LEFT):
        try:
            ended = os.waitpid(pid, os.WNOHANG)[0] == pid
        except ChildProcessError:
            ended = True
        if ended:
            _LEFT.remove(pid)


# What the child does


def main() -> None:
    """Show, say so, wait for the press, and hand its token over."""
    import subprocess

    given = load(sys.stdin.buffer.read().decode())
    program = subprocess.Popen(  # noqa: S603 - argv is a list, no shell reads it
        given["argv"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )
    chosen = _chosen(program)
    if chosen in given["tokens"]:
        subprocess.run(  # noqa: S603 - fixed words; the token goes to stdin
            [sys.executable, *SAFE, "-c", ASK],
            input=f"{given['tokens'][chosen]}\n".encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )


def _chosen(program: "subprocess.Popen[bytes]") -> str | None:
    """The name of the action that was pressed; it is said meanwhile whether the notification was shown."""
    first, _, second = _line(program, SHOWN_S).partition("\n")
    if first.isdigit():
        _say("shown")
        chosen = second.strip() or _line(program, LIFE_S)
        program.terminate()
        program.wait()
        return chosen
    if program.poll() is None and not _ends(program):
        program.kill()  # it neither showed it nor said why not
    code, errors = program.wait(), program.stderr
    said = errors.read(300).decode("utf-8", "replace").strip().partition("\n")[0] if errors is not None else ""
    if code > 0:
        _say(f"refused: exit {code}{': ' + said if said else ''}")
    return None


def _ends(program: "subprocess.Popen[bytes]") -> bool:
    import subprocess

    try:
        program.wait(1.0)  # its output is closed: it is about to
    except subprocess.TimeoutExpired:
        return False
    return True


def _line(program: "subprocess.Popen[bytes]", within_s: float) -> str:
    """What it writes up to the end of a line; what came by then where it ends, or time is up."""
    import select
    import time

    assert program.stdout is not None  # noqa: S101 - it was asked for
    until, got = time.monotonic() + within_s, b""
    while not got.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([program.stdout], [], [], left)[0]:
            break
        more = os.read(program.stdout.fileno(), 100)
        if not more:
            break
        got += more
    return got.decode("utf-8", "replace").strip()


def _say(text: str) -> None:
    """The one line that the tick waits for; then its pipe is closed, for nobody reads it any more."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


if __name__ == "__main__":
    main()
