"""What a workflow asks for, as values. Reads the canonical JSON of the store; checks nothing a person typed."""

from datetime import timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Inline actions have no effect outside the store: they are decided and applied in one commit.
INLINE = frozenset({"notify", "task", "text", "set"})
OUTSIDE = frozenset({"run", "http"})


class Retry(Value):
    """How often and when a step is tried again. WORKFLOW "Retry" gives the defaults."""

    __slots__ = ("attempts", "first", "factor", "longest")
    attempts: int = 3
    first: timedelta = timedelta(seconds=30)
    factor: float = 2.0
    longest: timedelta = timedelta(hours=1)


class StepSpec(Value):
    """One step as written: its action and its policies."""

    __slots__ = ("id", "kind", "action", "until", "repeat", "retry", "effect", "timeout")
    id: str
    kind: str
    action: "dict[str, Any]"
    until: str | None = None  # sent: its message must be settled; ack: a person must answer
    repeat: tuple[timedelta, ...] = ()
    retry: Retry = Retry()
    effect: str = "once"
    timeout: timedelta = timedelta(minutes=10)


class Spec(Value):
    """One version of a workflow."""

    __slots__ = ("name", "steps")
    name: str
    steps: tuple[StepSpec, ...]


def read_spec(document: "dict[str, Any]") -> Spec:
    """The spec that a stored document says.

    >>> read_spec({"name": "x", "steps": [{"id": "a", "run": ["true"]}]}).steps[0].effect
    'once'
    """
    return Spec(document["name"], tuple(_read_step(step) for step in document["steps"]))


def usual_effect(kind: str, action: "Any") -> str:
    """What a step may leave outside unless it says otherwise. WORKFLOW "Effects" gives the defaults.

    >>> usual_effect("run", ["true"]), usual_effect("http", {"method": "PUT"}), usual_effect("http", {"url": "x"})
    ('once', 'keyed', 'read')
    """
    if kind == "http":
        method = str(action.get("method", "GET")).upper()
        return {"GET": "read", "HEAD": "read", "PUT": "keyed", "DELETE": "keyed"}.get(method, "once")
    return "once" if kind == "run" else "repeatable"


def _read_step(step: "dict[str, Any]") -> StepSpec:
    kind = next(name for name in step if name in INLINE or name in OUTSIDE)
    retry = step.get("retry", {})
    return StepSpec(
        id=step["id"],
        kind=kind,
        action=step[kind] if isinstance(step[kind], dict) else {"argv": step[kind]},
        until=step.get("until"),
        repeat=tuple(timedelta(seconds=seconds) for seconds in step.get("repeat", ())),
        retry=Retry(
            attempts=retry.get("attempts", 3),
            first=timedelta(seconds=retry.get("first", 30)),
            factor=retry.get("factor", 2.0),
            longest=timedelta(seconds=retry.get("max", 3600)),
        )
        if retry
        else Retry(),
        effect=step.get("effect") or usual_effect(kind, step[kind]),
        timeout=timedelta(seconds=step.get("timeout", 600)),
    )
