"""`ask workflow test` and `ask simulate` by the real command: JSON, exit codes, and that they write nothing."""

import json
from pathlib import Path

from tests.conftest import Ask

GOOD = """
name: good
steps:
  - {id: pay, run: [pay]}
  - {id: tell, notify: paid}
"""
REPEATABLE = """
name: rep
steps:
  - id: note
    file: {path: a.txt, append: x}
    effect: repeatable
"""


def _file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "flow.yaml"
    path.write_text(text)
    return str(path)


def test_a_workflow_without_a_finding_exits_0(ask: Ask, tmp_path: Path) -> None:
    """The counts of CONTRACT, and no store is made for it."""
    done = ask("workflow", "test", _file(tmp_path, GOOD), "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["scenarios"] == found["completed"] + found["failed"] + found["waiting"]
    assert [found[kind] for kind in ("broken", "stuck", "lost", "duplicates", "unaccounted")] == [0] * 5
    assert found["findings"] == []
    assert not (ask.home / "ask.db").exists()


def test_a_finding_exits_1_and_says_how_to_see_it_again(ask: Ask, tmp_path: Path) -> None:
    """The story of its number shows it, and is told."""
    path = _file(tmp_path, REPEATABLE)
    done = ask("workflow", "test", path, "--adversarial", "--json")
    assert done.code == 1
    found = json.loads(done.out)
    assert found["duplicates"] > 0
    (one,) = found["findings"]
    assert one["again"].endswith(f"--story {one['story']} --seed 7")
    again = json.loads(ask("workflow", "test", path, "--adversarial", "--story", str(one["story"]), "--json").out)
    assert again["words"] == one["words"]
    assert again["findings"][0]["kind"] == "duplicate"
    assert ask("workflow", "test", path, "--adversarial", "--accept", "note").code == 0


def test_a_person_reads_what_was_tried_and_at_how_many_moments(ask: Ask, tmp_path: Path) -> None:
    """The counts add up, the coverage is said, and each finding has its why, its fix and its command."""
    path = _file(tmp_path, REPEATABLE)
    found = ask("workflow", "test", path, "--adversarial", "--json")
    counts = json.loads(found.out)
    assert sum(counts["tried"].values()) == counts["scenarios"]
    moments = counts["moments"]
    assert moments["happy"] < moments["tried"] <= moments["there"]
    shown = ask.terminal("workflow", "test", path, "--adversarial", NO_COLOR="1")
    assert shown.code == 1
    lines = [line.strip() for line in shown.out.splitlines()]
    assert any(line.startswith("as planned 1 · a step or a service fails ") for line in lines)
    assert any(line.startswith(f"moments: all {moments['happy']} of the plain runs") for line in lines)
    (at,) = [number for number, line in enumerate(lines) if line.startswith("✗ duplicate")]
    assert [line.split()[0] for line in lines[at + 1 : at + 4]] == ["why", "fix", "again"]
    clean = ask.terminal("workflow", "test", path, "--accept", "note", NO_COLOR="1")
    assert (clean.code, "✓ nothing broken" in clean.out) == (0, True)


def test_a_file_with_errors_answers_as_a_check_does(ask: Ask, tmp_path: Path) -> None:
    """Exit 2, and the errors on stdout."""
    done = ask("workflow", "test", _file(tmp_path, "name: x\nsteps: []\n"), "--json")
    assert done.code == 2
    assert json.loads(done.out)["ok"] is False


def test_a_story_that_is_not_there_is_refused(ask: Ask, tmp_path: Path) -> None:
    """Exit 3."""
    assert ask("workflow", "test", _file(tmp_path, GOOD), "--story", "9999").code == 3


def test_an_input_that_is_none_is_refused(ask: Ask, tmp_path: Path) -> None:
    """Exit 2, with the fix."""
    done = ask("workflow", "test", _file(tmp_path, GOOD), "--input", "who=ada")
    assert done.code == 2
    assert "there is no input 'who'" in done.err


def test_what_would_happen_is_told_and_nothing_is_written(ask: Ask) -> None:
    """Quiet hours hold, a clock change keeps the wall time, and the folder stays as it was, byte for byte."""
    ask.at("2026-10-23T08:00:00+02:00").with_file_channel()
    ask.ok("pref", "set", "quiet_hours", "22:00-07:00")
    ask.ok("remind", "late", "--every", "day at 23:00")
    ask.ok("remind", "noon", "--every", "day at 12:00")
    before = _bytes(ask.home)
    entries = ask.at("2026-10-24T08:00:00+02:00").json("simulate", "--for", "3d")
    assert _bytes(ask.home) == before
    assert not ask.rang
    noon = [one["at"] for one in entries if one["text"].startswith("noon") and one["what"] == "message"]
    assert noon[1:] == ["2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00", "2026-10-26T12:00:00+01:00"]
    held = [one["at"][11:16] for one in entries if one["text"].startswith("late") and one["what"] == "message"]
    assert held and set(held[1:]) == {"07:00"}
    assert {one["channel"] for one in entries if one["what"] == "message"} == {"out"}


def test_a_file_is_simulated_as_if_it_were_added(ask: Ask, tmp_path: Path) -> None:
    """Its slots, what its steps would do, and the most that they would cost."""
    file = """
name: weekly
on: [{schedule: every day at 9:00}]
steps:
  - id: draft
    model: {draft: a note, max_cost_usd: 0.02}
  - {id: tell, notify: "{{ steps.draft.output.text }}"}
"""
    ask.at("2026-11-24T08:00:00+01:00")
    entries = ask.json("simulate", "--for", "2d", "--workflow", _file(tmp_path, file))
    assert [one["cost"] for one in entries if one["what"] == "model"] == [0.02, 0.02]
    assert not (ask.home / "ask.db").exists()


def _bytes(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}
