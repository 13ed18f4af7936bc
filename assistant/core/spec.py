"""What a workflow asks for, as values. Reads the canonical JSON of the store; checks nothing a person typed."""

from datetime import timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Inline actions have no effect outside the store: they are decided and applied in one commit.
INLINE = frozenset({"notify", "task", "text", "set", "ask", "wait", "emit", "workflow"})
OUTSIDE = frozenset({"run", "http", "file", "mail", "mail_draft", "calendar", "model", "brief"})
METHODS = {"GET": "read", "HEAD": "read", "PUT": "keyed", "DELETE": "keyed"}


class Retry(Value):
    """How often and when a step is tried again. WORKFLOW "Retry" gives the defaults."""

    __slots__ = ("attempts", "first", "factor", "longest", "permanent", "park")
    attempts: int = 3
    first: timedelta = timedelta(seconds=30)
    factor: float = 2.0
    longest: timedelta = timedelta(hours=1)
    permanent: tuple[int, ...] = ()  # exit codes after which no other try helps
    park: str | None = None  # how long it waits, as a kept duration, for a service that is down


class Approval(Value):
    """Whether a person is asked before the step acts: WORKFLOW "Approval"."""

    __slots__ = ("mode", "when", "expires", "on_expiry", "recheck")
    mode: str = "always"  # always | never | when
    when: str | None = None
    expires: str = "7d"
    on_expiry: str = "deny"
    recheck: tuple[str, ...] = ()


class Limit(Value):
    """How many steps of a service run at once, and how far apart they begin."""

    __slots__ = ("to", "at_once", "per")
    to: str
    at_once: int | None = None
    per: timedelta | None = None


class StepSpec(Value):
    """One step as written: its action and its policies. A fallback, an undo, a probe and a rung have the same form."""

    __slots__ = (
        "id", "kind", "action", "until", "repeat", "retry", "effect", "timeout", "title", "when", "for_each",
        "at_once", "probe", "approve", "limit", "fallback", "undo", "escalate", "sample",
    )  # fmt: skip
    id: str
    kind: str
    action: "dict[str, Any]"
    until: str | None = None  # sent: its message must be settled; ack: a person must answer
    repeat: tuple[timedelta, ...] = ()
    retry: Retry = Retry()
    effect: str = "once"
    timeout: timedelta = timedelta(minutes=10)
    title: str | None = None
    when: str | None = None
    for_each: str | None = None
    at_once: int = 1
    probe: "StepSpec | None" = None
    approve: Approval | None = None
    limit: Limit | None = None
    fallback: "tuple[StepSpec, ...]" = ()
    undo: "StepSpec | None" = None
    escalate: "tuple[Rung, ...]" = ()
    sample: "Any" = None


class Rung(Value):
    """One rung of a ladder: so long after the one before it, this is done."""

    __slots__ = ("after", "step")
    after: str  # a kept duration
    step: StepSpec


class Spec(Value):
    """One version of a workflow."""

    __slots__ = ("name", "steps", "title", "priority", "overlap", "deadline", "inputs", "subject", "needs", "budget")
    name: str
    steps: tuple[StepSpec, ...]
    title: str | None = None
    priority: str = "normal"
    overlap: str = "allow"
    deadline: str | None = None
    inputs: "dict[str, Any]" = {}
    subject: str | None = None
    needs: frozenset[str] = frozenset()  # the kinds of its actions, and people: what a decision must know beside it
    budget: "dict[str, Any] | None" = None  # so many failures in such a window

    def at(self, path: str) -> StepSpec:
        """The step that a path names: `send`, `send/3`, `send/fallback/1`, `send/undo`, `send/probe`, a rung.

        >>> spec = read_spec({"name": "x", "steps": [{"id": "a", "kind": "run", "action": {"argv": ["true"]},
        ...     "fallback": [{"kind": "text", "action": {"text": "no"}}]}]})
        >>> spec.at("a/3/fallback/1").kind
        'text'
        """
        name, *rest = path.split("/")
        step = next(step for step in self.steps if step.id == name)
        while rest:
            word = rest.pop(0)
            if word == "fallback":
                step = step.fallback[int(rest.pop(0)) - 1]
            elif word == "rung":
                step = step.escalate[int(rest.pop(0)) - 1].step
            elif word == "recheck":
                name = rest.pop(0)
                step = next(step for step in self.steps if step.id == name)
            elif word == "undo":
                assert step.undo is not None  # noqa: S101 - a path names what its version has
                step = step.undo
            elif word == "probe":
                step = step.probe or step  # an action may look for itself
        return step


def base_of(path: str) -> str:
    """The id of the step that a path belongs to.

    >>> base_of("send/3/fallback/1")
    'send'
    """
    return path.partition("/")[0]


def parent_of(path: str) -> str | None:
    """The path that a path hangs on: of a fallback, what it stands in for; of an item, its list.

    >>> [parent_of(path) for path in ("send", "send/3", "send/fallback/1", "send/3/undo", "send/recheck/x")]
    [None, 'send', 'send', 'send/3', 'send']
    """
    head = path.rpartition("/")[0]
    if not head:
        return None
    before, _, word = head.rpartition("/")
    return before if word in ("fallback", "rung", "recheck") and before else head


def role_of(path: str) -> str:
    """What a path is to the one that it hangs on: step, item, fallback, undo, probe, rung or recheck.

    >>> [role_of(path) for path in ("send", "send/3", "send/3/fallback/1", "send/probe")]
    ['step', 'item', 'fallback', 'probe']
    """
    words = path.split("/")
    if len(words) == 1:
        return "step"
    if words[-1].isdigit():
        return words[-2] if words[-2] in ("fallback", "rung") and len(words) > 2 else "item"
    return "recheck" if len(words) > 2 and words[-2] == "recheck" else words[-1]


def read_spec(document: "dict[str, Any]") -> Spec:
    """The spec that a stored document says.

    >>> read_spec({"name": "x", "steps": [{"id": "a", "run": ["true"]}]}).steps[0].effect
    'once'
    """
    steps = tuple(_read_step(step) for step in document["steps"])
    return Spec(
        name=document["name"],
        steps=steps,
        title=document.get("title"),
        priority=document.get("priority", "normal"),
        overlap=document.get("overlap", "allow"),
        deadline=document.get("deadline"),
        inputs=document.get("inputs", {}),
        subject=document.get("subject"),
        needs=frozenset().union(*map(_kinds, steps)),
        budget=document.get("budget"),
    )


def _kinds(step: StepSpec) -> set[str]:
    found = {step.kind}
    if step.kind == "notify" and step.action.get("to"):
        found.add("people")
    for entry in step.fallback:
        found |= _kinds(entry)
    for rung in step.escalate:
        found |= _kinds(rung.step)
    return found | (_kinds(step.undo) if step.undo is not None else set())


def usual_effect(kind: str, action: "Any") -> str:
    """What a step may leave outside unless it says otherwise. WORKFLOW "Effects" gives the defaults.

    >>> usual_effect("run", ["true"]), usual_effect("http", {"method": "PUT"}), usual_effect("http", {"url": "x"})
    ('once', 'keyed', 'read')
    """
    if kind == "http":
        return METHODS.get(str(action.get("method", "GET")).upper(), "once")
    if kind == "file":
        return "keyed" if "write" in action else "once"
    if kind == "calendar":
        return "read" if "read" in action else "once"
    if kind == "brief":
        return "read"
    return "once" if kind in OUTSIDE else "repeatable"


def _read_step(step: "dict[str, Any]") -> StepSpec:
    if "kind" not in step:
        step = _from_short(step)
    kind, action = step["kind"], step["action"]
    if step.keys() <= _FEW:
        repeat = tuple(timedelta(seconds=seconds) for seconds in step.get("repeat", ()))
        effect = step.get("effect") or usual_effect(kind, action)
        return StepSpec(step.get("id", ""), kind, action, step.get("until"), repeat, effect=effect)
    return StepSpec(
        id=step.get("id", ""),
        kind=kind,
        action=action,
        until=step.get("until"),
        repeat=tuple(timedelta(seconds=seconds) for seconds in step.get("repeat", ())),
        retry=_read_retry(step["retry"]) if step.get("retry") else Retry(),
        effect=step.get("effect") or usual_effect(kind, action),
        timeout=timedelta(seconds=step.get("timeout", 600)),
        title=step.get("title"),
        when=step.get("when"),
        for_each=step.get("for_each"),
        at_once=step.get("at_once", 1),
        probe=_read_probe(step["probe"]) if step.get("probe") else None,
        approve=_read_approval(step["approve"]) if step.get("approve") else None,
        limit=_read_limit(step["limit"]) if step.get("limit") else None,
        fallback=tuple(_read_step(entry) for entry in step.get("fallback", ())),
        undo=_read_step(step["undo"]) if step.get("undo") else None,
        escalate=tuple(Rung(rung["after"], _read_step(rung)) for rung in step.get("escalate", ())),
        sample=step.get("sample"),
    )


_FEW = frozenset({"id", "kind", "action", "until", "repeat", "effect"})


def _from_short(step: "dict[str, Any]") -> "dict[str, Any]":
    """A built-in workflow names its action by a key of its own, as the first stores did for all."""
    kind = next(name for name in step if name in INLINE or name in OUTSIDE)
    action = step[kind] if isinstance(step[kind], dict) else {"argv": step[kind]}
    rest = {key: value for key, value in step.items() if key != kind}
    return {**rest, "kind": kind, "action": action}


def _read_retry(retry: "dict[str, Any]") -> Retry:
    return Retry(
        attempts=retry.get("attempts", 3),
        first=timedelta(seconds=retry.get("first", 30)),
        factor=retry.get("factor", 2.0),
        longest=timedelta(seconds=retry.get("max", 3600)),
        permanent=tuple(retry.get("permanent", ())),
        park=retry.get("park"),
    )


def _read_probe(probe: "dict[str, Any]") -> StepSpec:
    return StepSpec("", probe["kind"], probe["action"], effect="read")


def _read_approval(approve: "dict[str, Any]") -> Approval:
    return Approval(
        mode=approve["mode"],
        when=approve.get("when"),
        expires=approve.get("expires", "7d"),
        on_expiry=approve.get("on_expiry", "deny"),
        recheck=tuple(approve.get("recheck", ())),
    )


def _read_limit(limit: "dict[str, Any]") -> Limit:
    per = limit.get("per")
    return Limit(limit["to"], limit.get("at_once"), timedelta(seconds=per) if per else None)
