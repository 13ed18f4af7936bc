"""Files to check, and what a person has when they are checked. In a file « stands before what is wrong."""

from datetime import UTC, datetime

from assistant.app.workflow_file.check import Checked, Known, check_file
from assistant.when.values import Conventions

MARK = "«"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KNOWN = Known(
    now=NOW,
    conventions=Conventions("Europe/Berlin"),
    channels=frozenset({"terminal", "desktop", "phone"}),
    people=frozenset({"ada", "bob"}),
    secrets=frozenset({"token"}),
    workflows={"child": (), "parent": ("w",), "grandparent": ("parent",)},
)
STEP = """\
name: w
inputs:
  who: {default: ada}
steps:
  - id: first
    text: Hello {{ inputs.who }}
  - id: look
    http: {url: https://example.com/}
  - id: a
"""
TOP = "name: w\n"
ONE_STEP = "steps: [{id: a, text: Hello}]\n"


def in_step(lines: str) -> str:
    """A file whose last step has these lines."""
    return STEP + "".join(f"    {line}\n" for line in lines.splitlines())


def at_top(lines: str) -> str:
    """A file with these lines beside a name and a step."""
    return f"{TOP}{lines}\n{ONE_STEP}"


def checked(text: str, known: Known = KNOWN) -> Checked:
    """What a check says."""
    return check_file(text, "w.yaml", known)


def places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A file without its marks, and the places where they stood."""
    found = []
    while MARK in text:
        before, _, after = text.partition(MARK)
        found.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
        text = before + after
    return text, found
