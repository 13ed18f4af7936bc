"""Ask before something that cannot be undone by `ask undo`."""

import sys

from assistant.cli.parse import Parsed
from assistant.errors import UsageError


def confirm(question: str, parsed: Parsed) -> bool:
    """Yes or no, from the person. Without a terminal only `-y` says yes."""
    if parsed.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(f"{question} This needs a yes.", "say it with -y")
    sys.stderr.write(f"  {question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
