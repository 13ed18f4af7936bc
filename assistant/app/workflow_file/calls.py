"""Workflows that start each other: that each is there, and that none comes back to itself."""

from collections import deque

from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import quoted


def check_calls(name: str | None, findings: Findings) -> None:
    """Check each `workflow:` step."""
    for called, at, path in findings.calls:
        if called == name:
            findings.fault(at, path, f"{path} is {quoted(called)}, this workflow itself; a circle would never end")
        elif called not in findings.known.workflows:
            near = findings.nearest(called, findings.known.workflows)
            fix = f"did you mean {quoted(near)}?" if near else "add it first: ask workflow add FILE"
            findings.fault(at, path, f"{path} is {quoted(called)}, and there is no such workflow; {fix}")
        elif name is not None and (circle := _way(called, name, findings)):
            told = " → ".join((name, *circle))
            findings.fault(at, path, f"{path} closes a circle: {told}; take one of these steps out")


def _way(start: str, goal: str, findings: Findings) -> tuple[str, ...]:
    """The shortest way from one workflow to another, both included; empty where there is none."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        for following in findings.known.workflows.get(way[-1], ()):
            if following == goal:
                return (*way, goal)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
