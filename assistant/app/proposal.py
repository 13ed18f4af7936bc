"""What an action that waits for a person will do, in lines: who, what, how much, and what a file would become."""

import os

from assistant.jsontext import dump
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_READ = 65_536  # bytes of a present file that are held against what would be written
MOST_DIFF = 12  # lines of a difference on a screen of many
LONGEST = 160  # characters of one part of a line
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_")


class Shown(Value):
    """One line that says what happens, and lines that show it."""

    __slots__ = ("line", "more")
    line: str
    more: tuple[str, ...] = ()


def shown(kind: str, action: "dict[str, Any]", number: int | None = None, most: int = MOST_DIFF) -> Shown:
    """What an action does. `number` is where all of it can be seen."""
    whole = f": ask show {number}" if number is not None else ""
    if kind in ("mail", "mail_draft"):
        name = "mail " if kind == "mail" else "draft"
        to, body = _people(action.get("to")), str(action.get("body", ""))
        return Shown(f'{name} to {to}  ·  "{_short(action.get("subject"))}"  ·  {_length(body)}{whole}')
    if kind == "run":
        return Shown(f"run  {_short(command_line(action.get('argv', [])))}{_around(action)}")
    if kind == "http":
        return Shown(f"http  {action.get('method', 'GET')} {_short(action.get('url'))}{_body(action)}")
    if kind == "file":
        return _file(action, most)
    if kind == "calendar" and isinstance(action.get("add"), dict):
        event = action["add"]
        return Shown(f'calendar  add "{_short(event.get("title"))}" at {_short(event.get("start"))}')
    return Shown(f"{kind}  {_short(dump(action))}")


def command_line(argv: "list[Any]") -> str:
    """The words of a command as a shell would read them back.

    >>> command_line(["pay", "a b", "it's"])
    "pay 'a b' 'it'\\\\''s'"
    """
    return " ".join(_quoted(str(word)) for word in argv)


def _quoted(word: str) -> str:
    if word and PLAIN.issuperset(word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def _people(to: "Any") -> str:
    return ", ".join(map(str, to)) if isinstance(to, list) else str(to)


def _short(value: "Any") -> str:
    text = value if isinstance(value, str) else "" if value is None else dump(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _length(text: str) -> str:
    lines = len(text.splitlines())
    return f"{lines} line{'' if lines == 1 else 's'}, {len(text)} characters"


def _around(action: "dict[str, Any]") -> str:
    parts = [f"in {action['cwd']}"] if action.get("cwd") else []
    if action.get("env"):
        parts.append(f"with {', '.join(action['env'])} set")
    if isinstance(action.get("stdin"), str):
        parts.append(f"reads {_length(action['stdin'])}")
    return "".join(f"  ·  {part}" for part in parts)


def _body(action: "dict[str, Any]") -> str:
    if action.get("json") is not None:
        return f"  ·  {_short(dump(action['json']))}"
    return f"  ·  {_length(str(action['body']))}" if action.get("body") is not None else ""


# Files


def _file(action: "dict[str, Any]", most: int) -> Shown:
    path = str(action.get("path", ""))
    if "move" in action:
        return Shown(f"move  {_short(path)} → {_short(action['move'])}")
    if "append" in action:
        text = str(action["append"])
        added = _bounded([f"+{line}" for line in text.splitlines()], most)
        return Shown(f"append to {_short(path)}  ·  {_length(text)}", added)
    text = str(action.get("write", ""))
    place = path if os.path.isabs(path) else os.path.join(os.path.expanduser("~"), path)
    return Shown(f"write  {_short(path)}  ·  {_length(text)}", _difference(place, text, most))


def _difference(place: str, text: str, most: int) -> tuple[str, ...]:
    """What would change in the present file."""
    try:
        with open(place, "rb") as file:
            data = file.read(LARGEST_READ + 1)
    except FileNotFoundError:
        return ("a new file",)
    except (OSError, ValueError) as error:
        return (f"the present file cannot be read: {getattr(error, 'strerror', None) or error}",)
    if len(data) > LARGEST_READ or len(text) > LARGEST_READ:
        return ("too large to show what changes",)
    try:
        present = data.decode()
    except UnicodeDecodeError:
        return ("the present file is no text; it is replaced",)
    if present == text:
        return ("the present file says that already",)
    from difflib import unified_diff

    lines = list(unified_diff(present.splitlines(), text.splitlines(), lineterm="", n=1))[2:]
    return _bounded(lines, most) if lines else ("only the ends of lines change",)


def _bounded(lines: list[str], most: int) -> tuple[str, ...]:
    cut = [line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in lines[:most]]
    return (*cut, f"… {len(lines) - most} more lines") if len(lines) > most else tuple(cut)
