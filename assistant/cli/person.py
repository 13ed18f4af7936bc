"""What is asked of a person at a terminal: yes or no, a time that is missing, which of two readings is meant."""

import sys

from assistant.cli.output import print_error, talk
from assistant.cli.parse import Parsed
from assistant.errors import NoTime, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.when.values import Reading


def confirm(question: str, parsed: Parsed) -> bool:
    """Yes or no, from the person. Without a terminal only `-y` says yes."""
    if parsed.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(f"{question} This needs a yes.", "say it with -y")
    return typed(f"{question} [y/N]").lower() in ("y", "yes")


def choose(reading: "Reading") -> "Reading":
    """The one of several readings that the person means; the first, where they just say yes to it."""
    talk(f'  "{reading.text[:60]}" can be read in {len(reading.choices)} ways:')
    for number, one in enumerate(reading.choices, start=1):
        talk(f"    {number}  {one.reading}")
    answer = typed("Which one? [1]") or "1"
    if answer.isascii() and answer.isdigit() and 1 <= int(answer[:9]) <= len(reading.choices):
        return reading.choices[int(answer) - 1]
    raise UsageError(f"{answer[:60]!r} is none of them. Nothing was kept.", f"write 1 to {len(reading.choices)}")


def ask_time(missing: NoTime, keep: "Callable[[str], Any]") -> "Any":
    """Ask when, until the answer can be kept; an empty answer keeps nothing."""
    question = missing.message.replace("Nothing was kept.", "When? (empty: keep nothing)")
    while phrase := typed(question):
        try:
            return keep(phrase)
        except UsageError as error:
            print_error(error, as_json=False)
            question = "When?"
    raise missing


def typed(question: str) -> str:
    """What the person types after a question, which stands on stderr."""
    sys.stderr.write(f"  {question} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()
