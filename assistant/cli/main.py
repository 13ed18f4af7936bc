"""The console script: parse by the dispatcher or by Typer, run one command, print, and turn errors into exit codes."""

import os
import sys

from assistant.cli.parse import Parsed, parse, with_verb
from assistant.errors import AskError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.session import Session
    from assistant.cli.output import Output

NOT_UTF_8 = "set the terminal to UTF-8, and write it anew"
WITHOUT_NEWS = frozenset({"run-due", "watch", "when"})  # commands that show no waiting messages after their own


def main(argv: list[str] | None = None) -> int:
    """Run one command line; the exit code."""
    words = sys.argv[1:] if argv is None else argv
    _open_closed_streams()
    try:
        _refuse_broken(words)
        return _run(words)
    except AskError as error:
        if _as_json(words) and getattr(error, "answer", None) is not None:
            import json

            sys.stdout.write(json.dumps(error.answer) + "\n")  # type: ignore[attr-defined]
        _tell(error, words)
        return error.exit_code
    except BrokenPipeError:
        _say_no_more()  # the reader has seen enough, as `head` does
        return 0
    except (ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, OSError, RuntimeError, TypeError,
            ValueError) as error:  # fmt: skip
        return _fault(error, words)
    except KeyboardInterrupt:
        return 130


def _open_closed_streams() -> None:
    """A caller may have closed a stream (`<&-`): what is read there is empty, and what is written goes nowhere."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115


def _refuse_broken(words: list[str]) -> None:
    """Words that are not UTF-8 can be neither searched nor kept."""
    for word in words:
        if not word.isascii():
            for character in word:
                if "\ud800" <= character <= "\udfff":
                    shown = "".join(c if not "\ud800" <= c <= "\udfff" else "\ufffd" for c in word[:60])
                    byte = ord(character) & 0xFF
                    raise UsageError(f"{shown!r} is not UTF-8: it holds the byte {byte:#04x}.", NOT_UTF_8)


def _say_no_more() -> None:
    """Keep the interpreter from writing at its end what could not be written now."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fault(error: Exception, words: list[str]) -> int:
    """A mistake of our own. What was being changed is not kept, since its transaction did not end."""
    if "-v" in words or "--verbose" in words:
        import traceback

        traceback.print_exception(error)
    said = f"ask itself has a fault: {type(error).__name__}: {error}. Nothing of this command was kept."
    _tell(AskError(said, "again with -v shows where; please report it"), words)
    return 1


def _tell(error: AskError, words: list[str]) -> None:
    from assistant.cli.output import print_error

    try:
        print_error(error, _as_json(words))
    except OSError:
        return  # nobody is left to be told


def _as_json(words: list[str]) -> bool:
    """Whether JSON was asked for, also where the line could not be read; what follows `--` asks for nothing."""
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def _run(words: list[str]) -> int:
    words = with_verb(words)
    parsed = parse(words) if "_ASK_COMPLETE" not in os.environ else None
    if parsed is None:
        from assistant.cli.typer_app import parse_with_typer

        made = parse_with_typer(words)
        if isinstance(made, int):
            return made
        parsed = made
    if parsed.command.name == "run-due":
        from assistant.cli.ticking import run_due

        return run_due(parsed)
    return _with_session(parsed, words)


def _with_session(parsed: Parsed, words: list[str]) -> int:
    from assistant.app.session import Session

    session = Session(os.environ, " ".join(words), parsed.tz)
    if _somebody_is_there(parsed):
        from assistant.cli.person import choose

        session.choose = choose
    try:
        output: Output = _command(parsed)(parsed, session)
        if output.code >= 0:
            _print(output, parsed)
        if parsed.command.name not in WITHOUT_NEWS:
            _news(parsed, session)
        if sys.stdin.isatty() and sys.stdout.isatty():
            from assistant.cli.away import note_presence

            note_presence(session)
        return max(output.code, 0)
    except Exception as error:
        raise _told(error, session) from error
    finally:
        session.close()


def _somebody_is_there(parsed: Parsed) -> bool:
    """Whether a person can be asked: at a terminal, and not for a script's sake."""
    return not (parsed.json or parsed.quiet or parsed.yes) and sys.stdin.isatty() and sys.stderr.isatty()


def _print(output: "Output", parsed: Parsed) -> None:
    from assistant.cli.output import print_output

    try:
        print_output(output, parsed)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        _say_no_more()
        raise AskError(
            f"The answer could not be written: {error.strerror}. What the command did is kept.", "ask list shows it"
        ) from error


def _command(parsed: Parsed):  # type: ignore[no-untyped-def]
    module, _, function = parsed.command.run.partition(":")
    return getattr(__import__(f"assistant.cli.{module}", fromlist=[function]), function)


def _told(error: Exception, session: "Session") -> Exception:
    import sqlite3

    if isinstance(error, sqlite3.Error):
        from assistant.store.connection import translated

        return translated(error, session.home)
    return error


def _news(parsed: Parsed, session: "Session") -> None:
    """After a command: what waits for the terminal, and whether the ticks still come. To people, on stderr."""
    if parsed.quiet or parsed.json:
        return
    from assistant.app.home import read_scheduler

    if read_scheduler(session.home) is not None:
        from assistant.app.bare import overdue_note
        from assistant.cli.output import talk

        note = overdue_note(session)
        if note is not None and parsed.command.name:
            talk(note)
    if sys.stderr.isatty():
        from assistant.cli.news import show_waiting

        show_waiting(session)
