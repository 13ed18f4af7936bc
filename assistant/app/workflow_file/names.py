"""Names in templates and conditions: that each is known where it stands. Knows the engine only by its analysis."""

import re
from dataclasses import dataclass
from typing import Any

from assistant.app.workflow_file.actions import OUTPUTS
from assistant.app.workflow_file.expressions import compile_fault, paths_in, subscripts_in, unknown_words
from assistant.app.workflow_file.findings import Findings, Use
from assistant.app.workflow_file.nodes import quoted
from assistant.core.states import LEGAL

FUNCTIONS = frozenset({"range", "dict"})
OF_A_STEP = ("state", "output", "by")
STATES = frozenset(LEGAL["step"])
BY = frozenset({"action", "fallback"})
ELSEWHERE = {
    "item": "only a step with for_each has it",
    "index": "only a step with for_each has it",
    "steps": "no step has run then",
    "inputs": "inputs are made after it",
    "job": "there is no job yet",
    "key": "there is no key yet",
    "event": "a schedule has no event",
    "secrets": "a secret is no template name; headers, env and stdin take {secret: NAME}",
    "secret": "a secret is no template name; headers, env and stdin take {secret: NAME}",
    "env": "pass what a program needs in its own env",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a template may know of a step. `gives` is None where nobody can tell."""

    id: str | None
    gives: frozenset[str] | None


def check_names(found: dict[str, Any], findings: Findings) -> None:
    """Check all templates and conditions of a file."""
    inputs = found.get("inputs")
    checker = _Checker(
        findings,
        frozenset(inputs) if isinstance(inputs, dict) else frozenset(),
        tuple(_step(step) for step in found.get("steps") or ()),
        list(found.get("on") or ()),
    )
    for use in findings.uses:
        checker.check(use)


def _step(step: dict[str, Any]) -> Step:
    if "for_each" in step or "kind" not in step:
        return Step(step.get("id"), None)
    gives: set[str] = set()
    for one in (step, *step.get("fallback", ())):
        fields = _gives(one)
        if fields is None:
            return Step(step.get("id"), None)
        gives |= fields
    return Step(step.get("id"), frozenset(gives))


def _gives(one: dict[str, Any]) -> frozenset[str] | None:
    kind = one.get("kind", "")
    if kind == "set":
        return frozenset(one["action"])
    return OUTPUTS.get(kind)


class _Checker:
    """Checks one use after another against what the file declares."""

    def __init__(
        self, findings: Findings, inputs: frozenset[str], steps: tuple[Step, ...], triggers: list[dict[str, Any]]
    ) -> None:
        self.findings = findings
        self.inputs = inputs
        self.steps = steps
        self.triggers = triggers
        self.ids = {step.id for step in steps if step.id}

    def check(self, use: Use) -> None:
        why = compile_fault(use.source, is_condition=use.is_condition)
        if why is not None:
            self._fault(use, f"does not compile: {why}")
            return
        for word, kind in unknown_words(use.source, is_condition=use.is_condition):
            self._fault(use, f"uses {quoted(word)}, which is no {kind} of the template language")
        for step, what, word in compared_states(use.source):
            choices = STATES if what == "state" else BY
            if step in self.ids and word not in choices:
                near = self.findings.nearest(word, choices)
                fix = f"did you mean {quoted(near)}?" if near else f"it is one of {', '.join(sorted(choices))}"
                self._fault(use, f"compares {what} of {quoted(step)} with {quoted(word)}, which it never is; {fix}")
        paths = paths_in(use.source, is_condition=use.is_condition)
        for path in sorted(paths | subscripts_in(use.source, paths)):
            self._path(use, path)

    def _fault(self, use: Use, said: str) -> None:
        self.findings.fault(use.at, use.path, f"{use.path} {said}")

    def _path(self, use: Use, path: str) -> None:
        root, *rest = path.split(".")
        if root in FUNCTIONS:
            return
        if root not in use.scope.names:
            self._unknown(use, root)
        elif root == "event" and use.scope.by_start:
            self._event_of_start(use)
        elif root == "inputs" and rest and rest[0] not in self.inputs:
            near = self.findings.nearest(rest[0], self.inputs)
            fix = f"did you mean {quoted(near)}?" if near else "add it to inputs"
            self._fault(use, f"uses the input {quoted(rest[0])}, which is not declared; {fix}")
        elif root == "steps" and rest:
            self._of_step(use, rest)
        elif root == "people" and rest and rest[0] not in self.findings.known.people:
            near = self.findings.nearest(rest[0], self.findings.known.people)
            fix = f"did you mean {quoted(near)}?" if near else "ask pref set people names them"
            self._fault(use, f"uses {quoted(rest[0])}, who is not among your people; {fix}")

    def _unknown(self, use: Use, root: str) -> None:
        if root in ELSEWHERE:
            self._fault(use, f"uses {quoted(root)}, which is not known here; {ELSEWHERE[root]}")
            return
        near = self.findings.nearest(root, use.scope.names)
        fix = f"did you mean {quoted(near)}?" if near else f"known here are {', '.join(sorted(use.scope.names))}"
        if near is None and root in self.inputs:
            fix = f"write inputs.{root}"
        elif near is None and root in self.ids:
            fix = f"write steps.{root}"
        self._fault(use, f"uses {quoted(root)}, which is not known here; {fix}")

    def _event_of_start(self, use: Use) -> None:
        starts = [place for place, trigger in enumerate(self.triggers) if "event" in trigger]
        if not starts:
            self._fault(use, "uses 'event', but no event starts this workflow; add an event to on, or take an input")
        elif use.scope.step is None:
            for place, trigger in enumerate(self.triggers):
                if trigger and "event" not in trigger and use.path not in trigger:
                    fix = f"give on[{place}] a {use.path} of its own" if use.path == "subject" else "use an input"
                    self._fault(use, f"uses 'event', which the schedule of on[{place}] does not have; {fix}")

    def _of_step(self, use: Use, rest: list[str]) -> None:
        wanted, place = rest[0], use.scope.step
        ids = [step.id for step in self.steps]
        if wanted not in ids:
            near = self.findings.nearest(wanted, self.ids)
            fix = f"did you mean {quoted(near)}?" if near else f"steps are {', '.join(sorted(self.ids))}"
            self._fault(use, f"refers to the step {quoted(wanted)}, which is not there; {fix}")
            return
        at = ids.index(wanted)
        if place is not None and (at > place or (at == place and not use.scope.own)):
            said = "comes later" if at > place else "is this step itself"
            self._fault(use, f"refers to {quoted(wanted)}, which {said}; only earlier steps have an output")
            return
        self._field(use, self.steps[at], rest[1:])

    def _field(self, use: Use, step: Step, rest: list[str]) -> None:
        if rest and rest[0] not in OF_A_STEP:
            near = self.findings.nearest(rest[0], OF_A_STEP)
            fix = f"did you mean {quoted(near)}?" if near else f"write steps.{step.id}.output.{rest[0]}"
            self._fault(
                use, f"uses {quoted(rest[0])} of {quoted(str(step.id))}; a step has state, output and by; {fix}"
            )
        elif len(rest) > 1 and rest[0] == "output" and step.gives is not None and rest[1] not in step.gives:
            there = ", ".join(sorted(step.gives)) or "nothing"
            self._fault(use, f"uses {quoted(rest[1])}, but {quoted(str(step.id))} gives {there}")


def compared_states(source: str) -> list[tuple[str, str, str]]:
    """The steps whose state, or by, is compared with a fixed word.

    >>> compared_states("steps.a.state == 'complete'")
    [('a', 'state', 'complete')]
    """
    return re.findall(r"\bsteps\.(\w+)\.(state|by)\s*[=!]=\s*['\"](\w*)['\"]", source)


def people_by_input(source: str) -> set[str]:
    """The inputs by whose value a person is looked up.

    >>> people_by_input("{{ people[inputs.person].mail }}")
    {'person'}
    """
    return set(re.findall(r"\bpeople\s*\[\s*inputs\s*\.\s*(\w+)\s*\]", source))


def check_people(found: dict[str, Any], findings: Findings) -> None:
    """That a person who is named by a default or at a trigger is known, where a template looks them up."""
    wanted: set[str] = set()
    for use in findings.uses:
        wanted |= people_by_input(use.source)
    for given in findings.givens:
        if given.name in wanted and given.text not in findings.known.people:
            near = findings.nearest(given.text, findings.known.people)
            fix = f"did you mean {quoted(near)}?" if near else "ask pref set people names them"
            findings.fault(
                given.at, given.path, f"{given.path} is {quoted(given.text)}, who is not among your people; {fix}"
            )
