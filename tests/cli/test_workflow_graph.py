"""`ask workflow graph` as people and scripts use it."""

import sqlite3
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from assistant.jsontext import dump
from tests.cli.test_completion import completed
from tests.workflow_file.checking import checked

if TYPE_CHECKING:
    from tests.conftest import Ask

GOOD = (
    "name: greeting\non: [{event: door.bell}]\nsteps:\n  - id: greet\n    text: Hello\n  - id: open\n    run: [door]\n"
)
BAD = "name: w\nsteps:\n  - id: a\n    notfy: Hi\n"


@pytest.fixture
def path(ask: "Ask") -> str:
    """A file without errors."""
    file = ask.folder / "greeting.yaml"
    file.write_text(GOOD)
    return str(file)


@pytest.fixture
def kept(ask: "Ask") -> "Ask":
    """A workflow that is kept, in its second version."""
    ask.ok("add", "a")
    with sqlite3.connect(ask.home / "ask.db") as con:
        for version, text in enumerate((GOOD.replace("door.bell", "knock"), GOOD), start=1):
            spec = dump(checked(text).document)
            con.execute(
                "insert into workflow (name, version, spec, hash, state, created_at, text)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                ("greeting", version, spec, str(version), "active", "2026-11-23T15:20:00Z", text),
            )
    con.close()
    return ask


def test_a_script_gets_nodes_and_edges(ask: "Ask", path: str) -> None:
    """Every edge says from where to where; what does not apply is null."""
    made = ask.json("workflow", "graph", path)
    assert made["name"] == "greeting"
    assert [node["id"] for node in made["nodes"]] == [
        "on.1", "greet", "open", "end.completed", "job.any", "end.failed", "end.cancelled",
    ]  # fmt: skip
    assert made["nodes"][2] == {
        "id": "open", "kind": "step", "label": "open", "state": "running", "step": "open", "details": ["run: door"],
    }  # fmt: skip
    assert {"from": "open", "to": "end.failed", "kind": "fail", "label": "fails"} in made["edges"]
    assert {"from": "greet", "to": "open", "kind": "next", "label": None} in made["edges"]
    assert not ask.home.exists()


def test_a_pipe_gets_ascii_and_a_terminal_gets_lines(ask: "Ask", path: str) -> None:
    """The same drawing in both."""
    piped = ask.ok("workflow", "graph", path).lines
    assert "| open                             running |" in piped
    assert " +- fails -> failed" in piped
    shown = ask.terminal("workflow", "graph", path).lines
    assert "│ open                             running │" in shown
    assert " ├─ fails ─▶ failed" in shown
    assert len(piped) == len(shown)


def test_a_terminal_without_the_characters_gets_ascii(ask: "Ask", path: str) -> None:
    """Rather than numbers in place of lines."""
    shown = ask.terminal("workflow", "graph", path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert " +- fails -> failed" in shown.lines


def test_it_is_drawn_as_wide_as_the_terminal(ask: "Ask", path: str) -> None:
    """Long texts are wrapped in their box."""
    text = GOOD.replace("Hello", "Hello " * 20)
    file = ask.folder / "wide.yaml"
    file.write_text(text)
    for columns in (50, 90):
        lines = ask.terminal("workflow", "graph", str(file), columns=columns).lines
        assert max(map(len, lines)) == columns


def test_mermaid_goes_to_stdout(ask: "Ask", path: str) -> None:
    """The same lines in a pipe and, with --json, beside nodes and edges."""
    lines = ask.ok("workflow", "graph", path, "--mermaid").lines
    assert lines[3:5] == ["flowchart TD", '    n0(["event door.bell"])']
    assert ask.json("workflow", "graph", "-", "--mermaid", stdin=GOOD)["mermaid"].splitlines() == lines


def test_a_flowchart_that_mermaid_refuses_is_told(ask: "Ask") -> None:
    """It has limits of its own; 150 steps that may fail, each with a fallback, pass the one on edges."""
    large = "name: w\nsteps:\n" + "".join(f"  - {{id: s{n}, run: [a], fallback: [run: [b]]}}\n" for n in range(150))
    told = "  Mermaid draws it only where maxEdges and maxTextSize are raised; --svg has no such limit\n"
    assert ask.ok("workflow", "graph", "-", "--mermaid", stdin=large).err == told
    assert ask.ok("workflow", "graph", "-", "--mermaid", "--json", stdin=large).err == ""
    assert ask.ok("workflow", "graph", "-", "--mermaid", stdin=GOOD).err == ""


def test_svg_goes_to_a_file_or_to_stdout(ask: "Ask", path: str) -> None:
    """The answer says where it is."""
    target = ask.folder / "greeting.svg"
    assert ask.ok("workflow", "graph", path, "--svg", str(target)).lines == [str(target)]
    assert ElementTree.fromstring(target.read_text()).tag.endswith("svg")  # noqa: S314 - our own text
    assert ask.json("workflow", "graph", path, "--svg", str(target))["path"] == str(target)
    said = ask.terminal("workflow", "graph", path, "--svg", str(target)).lines
    assert said == [f"  {target} · 7 nodes, 6 edges"]
    out = ask.ok("workflow", "graph", path, "--svg", "-").out
    assert [one.tag for one in ElementTree.fromstring(out).iter()] == [  # noqa: S314
        one.tag
        for one in ElementTree.fromstring(target.read_text()).iter()  # noqa: S314
    ]


def test_svg_that_cannot_be_written_fails(ask: "Ask", path: str) -> None:
    """With the path and the reason."""
    said = ask.refused(1, "workflow", "graph", path, "--svg", str(ask.folder / "none" / "a.svg"))
    assert "a.svg cannot be written: No such file" in said


def test_two_forms_at_once_are_refused(ask: "Ask", path: str) -> None:
    """One command, one drawing."""
    assert "cannot both be meant" in ask.refused(2, "workflow", "graph", path, "--mermaid", "--svg", "a.svg")


def test_a_kept_workflow_is_drawn_by_its_name(kept: "Ask") -> None:
    """In its newest version; the file that it came from is not needed."""
    assert kept.json("workflow", "graph", "greeting")["nodes"][0]["label"] == "event door.bell"
    assert kept.ok("workflow", "graph", "greeting", "-q").out == "greeting\n"
    assert completed(kept, "bash", "ask workflow graph gr").split() == ["greeting"]


def test_an_unknown_name_is_told_with_the_nearest(kept: "Ask") -> None:
    """Exit code 3; a path that is not there says so."""
    said = kept.refused(3, "workflow", "graph", "greetin")
    assert said == "There is no workflow 'greetin', and no such file. | did you mean greeting?"
    assert "there are greeting" in kept.refused(3, "workflow", "graph", "xyz")
    assert "none.yaml cannot be read" in kept.refused(3, "workflow", "graph", "none.yaml")


def test_without_any_workflow_a_file_is_asked_for(ask: "Ask") -> None:
    """And no store is made for that."""
    assert "name a workflow file" in ask.refused(3, "workflow", "graph", "greeting")
    assert not ask.home.exists()


def test_errors_of_a_file_are_told_as_a_check_tells_them(ask: "Ask") -> None:
    """Exit code 2, and nothing is drawn or written."""
    target = ask.folder / "a.svg"
    for form in ((), ("--json",)):
        drawn = ask("workflow", "graph", "-", "--svg", str(target), *form, stdin=BAD)
        assert drawn.code == 2
        assert drawn == ask("workflow", "check", "-", *form, stdin=BAD)
    assert not target.exists()
