"""Workflows in their kept form, of any shape and with any texts: what a drawing must bear."""

from typing import Any

from hypothesis import strategies as st

NASTY = (
    '"', "]", "})", "<script>", "&amp;", "-->", "%%{init: {}}%%", "end", "#quot;", "`x`", "]]>", "a\nb",
    "\x1b[2J", "\x00", "\u202e", "\ud83d", "\ufffe", "承認済みの請求書", "👩‍💻 e\u0301", "style:#1;",
    "|x|", "\\", "{{ inputs.who }}", "x" * 300, "",
)  # fmt: skip
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.lists(st.sampled_from(NASTY)).map(" ".join))
LENGTHS = st.sampled_from(["90s", "7200s", "2d", "1b", "30b"])
SECONDS = st.integers(1, 10**9)


def _action(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), "action": st.fixed_dictionaries(fields)})


def _merged(*parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


MANY = st.lists(TEXTS, min_size=1, max_size=3)
NAMED = st.dictionaries(TEXTS, TEXTS, max_size=2)
ACTIONS = st.one_of(
    _action("notify", text=TEXTS), _action("notify", text=TEXTS, to=MANY, channel=TEXTS),
    _action("task", title=TEXTS, due=TEXTS), _action("run", argv=MANY),
    _action("http", method=st.just("GET"), url=TEXTS),
    _action("file", path=TEXTS, move=TEXTS), _action("file", path=TEXTS, append=TEXTS),
    _action("mail", subject=TEXTS, to=MANY), _action("mail_draft", subject=TEXTS, to=TEXTS),
    _action("calendar", add=st.fixed_dictionaries({"title": TEXTS, "start": TEXTS})),
    _action("calendar", read=st.fixed_dictionaries({"days": SECONDS})), _action("model", draft=TEXTS),
    _action("ask", question=TEXTS, choices=MANY, expires=LENGTHS), _action("ask", question=TEXTS),
    _action("wait", **{"for": LENGTHS}), _action("wait", until=TEXTS), _action("wait", event=TEXTS, where=TEXTS),
    _action("wait", event=TEXTS, within=LENGTHS), _action("emit", event=TEXTS),
    _action("workflow", name=st.just("child"), inputs=NAMED), _action("text", text=TEXTS), _action("set", a=TEXTS),
)  # fmt: skip
RETRY = st.fixed_dictionaries(
    {"attempts": SECONDS, "first": SECONDS, "factor": st.just(1.5), "max": SECONDS, "permanent": st.just([2])},
    optional={"park": LENGTHS},
)
APPROVE = st.one_of(
    st.just({"mode": "never"}),
    st.fixed_dictionaries({
        "mode": st.sampled_from(["always", "when"]), "when": TEXTS, "expires": LENGTHS, "on_expiry": st.just("deny"),
        "recheck": st.lists(TEXTS, max_size=1),
    }),
)  # fmt: skip
LIMIT = st.fixed_dictionaries({"to": TEXTS}, optional={"at_once": SECONDS, "per": SECONDS})
UNDO = st.fixed_dictionaries({}, optional={"retry": RETRY, "limit": LIMIT, "timeout": SECONDS, "title": TEXTS})
PROBE = _action("run", argv=MANY)
RUNG = st.builds(_merged, st.fixed_dictionaries({"after": LENGTHS}), ACTIONS)
LADDER = st.fixed_dictionaries(
    {"until": st.just("ack")},
    optional={"repeat": st.lists(SECONDS, min_size=1), "escalate": st.lists(RUNG, min_size=1, max_size=3)},
)


def _with_policies(more: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    optional = {
        "when": TEXTS, "undo": st.builds(_merged, ACTIONS, UNDO), "retry": RETRY, "limit": LIMIT, "timeout": SECONDS,
        "title": TEXTS, "effect": st.just("once"), "probe": PROBE, **more,
    }  # fmt: skip
    own = st.fixed_dictionaries({}, optional=optional)
    return st.builds(_merged, ACTIONS, own, st.one_of(st.just({}), LADDER))


ENTRIES = _with_policies({"fallback": st.lists(_with_policies({}), max_size=2)})
STEPS = _with_policies(
    {
        "fallback": st.lists(ENTRIES, min_size=1, max_size=3),
        "for_each": TEXTS, "at_once": SECONDS, "approve": APPROVE,
    }
)  # fmt: skip
SLOTS = st.fixed_dictionaries({"text": TEXTS, "zone": st.just("Europe/Berlin"), "rule": st.none(), "wall": TEXTS})
GIVEN = {"inputs": NAMED, "key": TEXTS, "subject": TEXTS}
TRIGGERS = st.one_of(
    st.fixed_dictionaries({"schedule": SLOTS, "if_late": st.just("run")}, optional={**GIVEN, "useless_after": SECONDS}),
    st.fixed_dictionaries({"event": TEXTS}, optional={**GIVEN, "where": TEXTS, "after": LENGTHS}),
)
INPUT = st.fixed_dictionaries({"required": st.booleans(), "default": TEXTS})


@st.composite
def kept_workflows(draw: st.DrawFn, most: int = 5) -> dict[str, Any]:
    """A whole kept workflow of at most so many steps; ids that look like others of the drawing are among them."""
    ids = st.sampled_from(["a", "b", "on", "end", "job", "any", "completed", "failed", "undo", "when", "x" * 60])
    names = draw(st.lists(ids, min_size=1, max_size=most, unique=True))
    steps = [{"id": name, **draw(STEPS)} for name in names]
    more = st.fixed_dictionaries(
        {}, optional={
            "about": TEXTS, "subject": TEXTS, "deadline": LENGTHS,
            "budget": st.just({"failures": 3, "window": "7d"}),
        },
    )  # fmt: skip
    return {
        "name": "w", "inputs": draw(st.dictionaries(TEXTS, INPUT, max_size=2)),
        "on": draw(st.lists(TRIGGERS, max_size=4)),
        "overlap": draw(st.sampled_from(["allow", "skip", "queue", "supersede"])),
        "priority": draw(st.sampled_from(["normal", "high"])), **draw(more), "steps": steps,
    }  # fmt: skip
