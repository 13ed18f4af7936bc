"""What is wrong with a text that is no YAML, for people: the parser's words turned into a place and a fix."""

from typing import Any

from assistant.app.workflow_file.nodes import Place

OTHERWISE = "the indentation does not fit the lines above"
# What the parser says, in part, and what a person is told.
TOLD = (
    ("expected ',' or", "a closing bracket or a comma is missing, or a text with brackets needs quotes"),
    ("document start", "nothing can follow the end of the document; take out the line with ---, ... or %"),
    ("directive", "a line that begins with % is no part of a workflow; take it out"),
    ("could not find expected ':'", "a key needs ': ' after it"),
    ("escape character", "a backslash in double quotes begins an escape; use single quotes"),
    ("expected '-' indicator", "a list item or a key stands where the other is expected; check the indentation"),
    ("block end", OTHERWISE),
    ("expected key", OTHERWISE),
    ("block mapping", OTHERWISE),
    ("not allowed in this context", "a list begins on a line of its own"),
    ("comment or line break", "nothing can follow | or > in its line"),
)


def told(error: Any, text: str) -> tuple[Place, str]:
    """Where and what is wrong."""
    mark = error.problem_mark or error.context_mark
    begin = error.context_mark
    if begin is not None and "quoted scalar" in str(error.context) and "escape" not in str(error.problem):
        return _place(begin), "the quote that opens here is never closed"
    place = _place(mark)
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return place, _message(str(error.problem or error.context), line[: place.column - 1], line[place.column - 1 :])


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _message(problem: str, before: str, after: str) -> str:
    if "\t" in before or after.startswith("\t"):
        return "a tab cannot stand here; use spaces"
    if "mapping values are not allowed" in problem:
        if ": " in before:
            return "a second ': ' in one line; quote the text, or begin a new line"
        return "a key cannot stand here; check the indentation, and the line above"
    if after.startswith(("@", "`", "%")):
        return "a text cannot begin with this character; quote it"
    if after.startswith(("]", "}")):
        return "nothing opened this bracket; quote the text, or take it out"
    if before.rstrip().endswith(("'", '"')) and "escape" not in problem:
        return "text follows a closing quote; put all of it in quotes"
    return next((message for part, message in TOLD if part in problem), f"this is no YAML: {problem}")
