"""Workflow files for stories, and how a story keeps one."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Ask

REPORT = """
name: weekly-report
about: Collect, draft, send.
inputs:
  person: {required: true}
  count: {default: 3, type: number}
  labels: {type: list}
  code: {type: text}
on:
  - schedule: every friday at 16:00
    inputs: {person: ada}
    useless_after: 4h
  - event: call.ended
    where: "'vendor' in event.title"
    inputs: {person: "{{ event.organizer }}"}
title: report for {{ inputs.person }}
budget: {failures: 3, window: 7d}
steps:
  - id: collect
    run: ["true"]
  - id: send
    run: ["true"]
    approve: always
"""


def simple(name: str, steps: str, head: str = "") -> str:
    """A file with these steps, a line a step in flow style, and lines before them."""
    lines = "".join(f"  - {line}\n" for line in steps.strip().split("\n"))
    return f"name: {name}\n{head}steps:\n{lines}"


def keep(ask: "Ask", text: str) -> dict[str, Any]:
    """Keep a workflow: what the command says of it."""
    kept: dict[str, Any] = ask.json("workflow", "add", "-", stdin=text)
    return kept


def job(ask: "Ask", number: object) -> dict[str, Any]:
    """All that is known of a job."""
    shown: dict[str, Any] = ask.json("show", str(number))
    return shown


def states(ask: "Ask", number: object) -> dict[str, str]:
    """The states of a job's steps by path."""
    return {step["path"]: step["state"] for step in job(ask, number)["steps"]}
