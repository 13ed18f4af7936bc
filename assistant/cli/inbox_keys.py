"""`ask inbox -i`: one request after the other, a key for each answer. Each answer is a command of its own."""

import os
import sys

from assistant.app import answers, change, clock, snooze
from assistant.app.inbox import Entry, entry_of
from assistant.app.inbox import inbox as find
from assistant.app.session import Session
from assistant.app.since_asked import since_asked
from assistant.cli.answering import approved_words, denied_words, since_lines
from assistant.cli.inbox import entry_lines
from assistant.cli.output import Output, bold, print_error, say
from assistant.cli.person import typed
from assistant.errors import AskError, UsageError
from assistant.store import due

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Act = Callable[[Session, Entry], str | None]

WHOLE = 40  # lines of what a file would become
END = ("\x03", "\x04", "")  # Ctrl-C, Ctrl-D, and a terminal that is gone


def walk(session: Session) -> Output:
    """Show each request and do what the person presses, until there is none left or they have had enough."""
    from assistant.cli.away import news_first

    say(*news_first(session))
    entries = find(session)
    done = 0
    for place, seen in enumerate(entries, start=1):
        entry = _as_it_is(session, seen)
        if entry is None:
            continue  # it was settled meanwhile
        say(f"  {place} of {len(entries)}", *entry_lines(entry, session, WHOLE))
        if entry.kind == "approval":
            say(*(line for one in since_asked(session, [entry.id]) for line in since_lines(one)))
        said = _ask(session, entry)
        if said is None:
            break
        done += said
    lines = [f"  {done} answered" if entries else "  nothing needs you"]
    return Output(json=lambda: None, human=lambda: lines)


def _as_it_is(session: Session, entry: Entry) -> Entry | None:
    request = due.request(session.con, entry.id)
    return None if request is None or request.state != "open" else entry_of(session, request)


def _ask(session: Session, entry: Entry) -> int | None:
    """1 for an answer, 0 for none, None where the person stops."""
    keys = {key: act for key, act in KEYS[entry.kind].items() if act[1] is not _retry or _can_retry(entry)}
    choices = " · ".join(f"{key} {words}" for key, (words, _) in {**keys, **ALWAYS}.items())
    while True:
        sys.stderr.write(f"      {bold(choices)} ")
        sys.stderr.flush()
        key = _key()
        sys.stderr.write(f"{key if key.isprintable() else ''}\n")
        if key in (*END, "q"):
            return None
        if key == "k":
            return 0
        act = {**keys, **ALWAYS}.get(key)
        if act is None:
            continue
        session.now = clock.now(session.environment)  # a person takes their time
        try:
            said = act[1](session, entry)
        except AskError as error:
            print_error(error, as_json=False)
            continue
        if said is not None:
            say(f"      {said}")
            return 1
        again = _as_it_is(session, entry)
        if again is None:
            return 0
        entry = again


def _can_retry(entry: Entry) -> bool:
    return any(way.startswith("ask retry ") for way in entry.actions)


def _key() -> str:
    """The next key, without a return."""
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)
        return os.read(number, 1).decode("ascii", "replace")
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


# What the keys do; None where nothing was answered


def _approve(session: Session, entry: Entry) -> str | None:
    (one,) = answers.approve(session, [entry.id])
    return approved_words(one)


def _deny(session: Session, entry: Entry) -> str | None:
    (one,) = answers.deny(session, [entry.id], typed("why? (empty: no reason)") or None)
    return denied_words(one)


def _edit(session: Session, entry: Entry) -> str | None:
    """The action in the person's editor; what they change is approved as it stands there."""
    before = {name: value for name, value in entry.proposal.items() if name != "action"}
    after = _edited(session, before)
    edits = {name: value for name, value in after.items() if name not in before or before[name] != value}
    gone = [name for name in before if name not in after]
    if gone:
        raise UsageError(f"{', '.join(gone)} is gone from the action.", "leave every field; empty it instead")
    if not edits:
        say("      nothing was changed")
        return None
    say(*(f"      {name}: {_short(value)}" for name, value in edits.items()))
    if typed("approve it so? [y/N]").lower() not in ("y", "yes"):
        return None
    one = answers.approve_edited(session, entry.id, edits)
    say(*entry_lines(one.entry, session)[1:2])
    return None if one.again else approved_words(one)


def _edited(session: Session, action: "dict[str, Any]") -> "dict[str, Any]":
    import json
    import shlex
    import subprocess
    from tempfile import NamedTemporaryFile

    editor = session.environment.get("VISUAL") or session.environment.get("EDITOR") or "vi"
    with NamedTemporaryFile("w+", dir=session.home, prefix="edit-", suffix=".json", encoding="utf-8") as file:
        json.dump(action, file, ensure_ascii=False, indent=2)
        file.flush()
        try:
            ended = subprocess.run([*shlex.split(editor), file.name], check=False).returncode  # noqa: S603 - the person's
        except (OSError, ValueError) as error:
            raise UsageError(f"The editor {editor!r} cannot be started: {error}.", "set EDITOR") from None
        if ended != 0:
            raise UsageError(f"The editor ended with {ended}.", "nothing was changed")
        try:
            with open(file.name, encoding="utf-8") as written:  # an editor may have put a new file in its place
                found = json.load(written)
        except (OSError, ValueError) as error:
            raise UsageError(f"What was written is no JSON: {error}.", "nothing was changed") from None
    if not isinstance(found, dict):
        raise UsageError("What was written is no JSON object.", "nothing was changed")
    return found


def _short(value: object) -> str:
    from assistant.jsontext import dump

    text = value if isinstance(value, str) else dump(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


def _snooze(session: Session, entry: Entry) -> str | None:
    phrase = typed("until when? (empty: not at all)")
    if not phrase:
        return None
    snooze.snooze(session, [entry.id], phrase)
    return f"shown again {phrase}"


def _answer(session: Session, entry: Entry) -> str | None:
    one = answers.answer(session, entry.id, [], typed)
    return f"answered: {one.answer}"


def _done(session: Session, entry: Entry) -> str | None:
    change.done(session, [entry.id])
    return "done"


def _retry(session: Session, entry: Entry) -> str | None:
    answers.retry(session, [entry.id])
    return "tried again with the next tick"


def _happened(session: Session, entry: Entry) -> str | None:
    answers.resolve(session, entry.id, happened=True)
    return "it happened: not done again"


def _did_not(session: Session, entry: Entry) -> str | None:
    answers.resolve(session, entry.id, happened=False)
    return "it runs again with the next tick"


def _nothing(_session: Session, _entry: Entry) -> str | None:
    return None


KEYS: "dict[str, dict[str, tuple[str, Act]]]" = {
    "approval": {"a": ("approve", _approve), "d": ("deny", _deny), "e": ("edit", _edit)},
    "input": {"a": ("answer", _answer)},
    "ack": {"d": ("done", _done)},
    "failure": {"r": ("retry", _retry), "d": ("done", _done)},
    "unknown": {"y": ("it happened", _happened), "n": ("it did not", _did_not)},
}
ALWAYS: "dict[str, tuple[str, Act]]" = {
    "s": ("snooze", _snooze),
    "k": ("skip", _nothing),
    "q": ("quit", _nothing),
}
