"""Stand-ins for what a workflow needs and does outside: inputs, events, people, and the output of each action."""

from typing import Any

from assistant.app.proving.feed import realistic, source_of
from assistant.app.proving.uses import Uses
from assistant.app.proving.world import START
from assistant.core.spec import Spec
from assistant.ports.action import Call

PERSON = "ada"
BY_TYPE: dict[str | None, Any] = {"number": 5, "date": "2026-12-01", "list": ["one", "two"]}


class StandIns:
    """Plausible values for one document. What a step's `sample` says stands as it is."""

    def __init__(self, document: dict[str, Any], people: dict[str, Any], given_event: dict[str, Any] | None) -> None:
        self.document = document
        self.uses = Uses(document)
        self.given_event = given_event or {}
        self.named = _people_inputs(self.uses)
        self.people = {**_stand_in_people(self, document), **people} if self.uses_people() else people

    def uses_people(self) -> bool:
        """Whether any template asks for people."""
        return any("people" in source for source in self.uses.sources)

    def inputs(self, given: dict[str, Any]) -> dict[str, Any]:
        """The inputs of a job that is started by hand: what is given, and stand-ins for what is required."""
        made = dict(given)
        for name, one in self.document["inputs"].items():
            if name not in made and one.get("required"):
                made[name] = self.input(name, one.get("type"))
        return made

    def input(self, name: str, kind: str | None) -> Any:
        """A stand-in for one input."""
        if name in self.named:
            return PERSON
        if kind in BY_TYPE:
            return BY_TYPE[kind]
        value = self.uses.filled(f"inputs.{name}", None)
        return self.uses.guess(f"inputs.{name}") if value is None else value

    def event(self, trigger: dict[str, Any]) -> dict[str, Any]:
        """Data of an event that starts a job."""
        uses = Uses(trigger)
        asked = Uses(trigger, self.document["steps"])
        data = _like_a_source(trigger["event"], asked, asked.filled("event", None) or {})
        for name in self.named:
            for path in Uses({"x": (trigger.get("inputs") or {}).get(name, "")}).below("event"):
                _put(data, path, PERSON)
        for path in uses.below("event"):
            _put(data, path, _at(data, path) if _at(data, path) is not None else uses.guess(f"event.{path}"))
        return {**data, **self.given_event}

    def awaited(self, step: str, action: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
        """Data of an event that a wait is for."""
        uses = Uses({"where": action.get("where")})
        data = _like_a_source(action["event"], uses, uses.filled("event", None) or {})
        for path in self.uses.below(f"steps.{step}.output.event"):
            if _at(data, path) is None:
                _put(data, path, self.uses.guess(f"steps.{step}.output.event.{path}"))
        for path in uses.below("event"):
            found = _equal_to(action.get("where") or "", path, names)
            if found is not None:
                _put(data, path, found)
        return {**data, **self.given_event}

    def output(self, spec: Spec, kind: str, call: Call) -> Any:
        """What an outside step gives when it works."""
        step = spec.at(call.step)
        if step.sample is not None:
            return step.sample
        base = call.step.partition("/")[0]
        made = usual_output(kind, call)
        return made if "/undo" in call.step else self.uses.filled(f"steps.{base}.output", made)

    def answer(self, step: str, proposal: dict[str, Any]) -> Any:
        """What a person answers a question."""
        if proposal.get("choices"):
            return proposal["choices"][0]
        fields = proposal.get("fields")
        if fields:
            return {name: _field(self, f"steps.{step}.output.{name}", one) for name, one in fields.items()}
        found = self.uses.filled(f"steps.{step}.output", None)
        return self.uses.guess(f"steps.{step}.output") if found is None else found


def usual_output(kind: str, call: Call) -> Any:
    """The output of an action where its file gives no sample: WORKFLOW's table of actions."""
    if kind == "run":
        return {"exit": 0, "stdout": "", "stderr": "", "json": None}
    if kind == "http":
        return {"status": 200, "headers": {}, "text": "", "json": None}
    if kind == "file":
        return {"path": str(call.action.get("move") or call.action.get("path"))}
    if kind in ("mail", "mail_draft"):
        return {"message_id": f"<{call.key}@stand-in>"}
    if kind == "calendar":
        return {"events": []} if "read" in call.action else {"uid": call.key}
    return _of_model(call.action)


def _of_model(action: dict[str, Any]) -> Any:
    if "classify" in action:
        return {"label": (action.get("labels") or ["a label"])[0], "text": "a label"}
    if "extract" in action:
        return {name: _field(None, name, one) for name, one in (action.get("fields") or {}).items()}
    return {"text": "a text of the model"}


def _field(stand_ins: StandIns | None, path: str, kind: Any) -> Any:
    named = kind.get("type") if isinstance(kind, dict) else kind
    if named in ("number", "integer"):
        return 5
    if named in BY_TYPE:
        return BY_TYPE[named]
    return stand_ins.uses.guess(path) if stand_ins is not None else path


def _like_a_source(event: str, asked: Uses, data: dict[str, Any]) -> dict[str, Any]:
    """Data as a source tells it, but for what a condition asks of it."""
    if source_of(event) is None:
        return data
    told = {name: value for name, value in realistic(event, START).items() if asked.compared(f"event.{name}") is None}
    return {**data, **told}


# People


def _people_inputs(uses: Uses) -> set[str]:
    """The inputs that name a person."""
    import re

    found: set[str] = set()
    for source in uses.sources:
        found |= set(re.findall(r"people\[\s*inputs\.(\w+)", source))
    return found


def _stand_in_people(stand_ins: StandIns, document: dict[str, Any]) -> dict[str, Any]:
    import re

    names = {PERSON, "grace"}
    for trigger in document.get("on", ()):
        given = trigger.get("inputs") or {}
        names |= {
            given[name] for name in stand_ins.named if isinstance(given.get(name), str) and "{" not in given[name]
        }
    for source in stand_ins.uses.sources:
        names |= {name for name in re.findall(r"people\.(\w+)", source) if name not in ("items", "get")}
        names |= set(re.findall(r"people\[\s*['\"]([^'\"]+)", source))
    names |= {
        one["default"] for name, one in document["inputs"].items()
        if name in stand_ins.named and isinstance(one.get("default"), str)
    }  # fmt: skip
    return {
        name: {
            "mail": f"{name}@example.com", "channel": "file", "manager": "grace", "deputy": "grace", "owner": "grace",
        }
        for name in sorted(names)
    }  # fmt: skip


# Maps by dotted names


def _at(data: Any, path: str) -> Any:
    for word in path.split("."):
        data = data.get(word) if isinstance(data, dict) else None
    return data


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    *words, last = path.split(".")
    for word in words:
        below = data.get(word)
        if not isinstance(below, dict):
            below = data[word] = {}
        data = below
    data[last] = value


def _equal_to(where: str, path: str, names: dict[str, Any]) -> Any:
    """What a name of the event must equal, where the other side of `==` is an expression of the job."""
    import re

    from assistant.core.template import render

    found = re.search(rf"event\.{re.escape(path)}\s*==\s*([\w.\[\]'\"]+)", where)
    found = found or re.search(rf"([\w.\[\]'\"]+)\s*==\s*event\.{re.escape(path)}(?![\w.])", where)
    if not found or found[1].startswith("event."):
        return None
    try:
        return render(f"{{{{ {found[1]} }}}}", names)
    except ValueError:
        return None
