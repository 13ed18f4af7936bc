"""A workflow as a state machine: which nodes it has, and what leads from each to which."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assistant.app.workflow_graph.build import graph_of
from assistant.app.workflow_graph.graph import Graph, Kind, Node
from tests.app.kept_workflows import kept_workflows
from tests.workflow_file.checking import at_top, checked
from tests.workflow_file.test_kept import RENEWAL

HELD = "may ask first: it acts on others"


def drawn(text: str) -> Graph:
    """The graph of a file without errors."""
    found = checked(text)
    assert found.document is not None, found.errors
    return graph_of(found.document)


def of_steps(*steps: str, top: str = "") -> Graph:
    """The graph of steps, each given by its lines."""
    shown = "".join(f"  - id: s{n}\n" + "".join(f"    {line}\n" for line in s.split("\n")) for n, s in enumerate(steps))
    return drawn(f"name: w\n{top}steps:\n{shown}")


def ways(graph: Graph, source: str) -> dict[str, str]:
    """Where one node leads, and when."""
    return {edge.target: edge.label for edge in graph.edges if edge.source == source}


def node(graph: Graph, name: str) -> Node:
    """The node of an id."""
    return next(one for one in graph.nodes if one.id == name)


def test_steps_follow_one_another_to_the_end() -> None:
    """A text cannot fail, so it has one way out; a program can."""
    graph = of_steps("text: Hello", "run: [ls]")
    assert ways(graph, "on.hand") == {"s0": ""}
    assert ways(graph, "s0") == {"s1": ""}
    assert ways(graph, "s1") == {"end.completed": "", "end.failed": "fails"}
    assert [one.id for one in graph.nodes if one.kind is Kind.END] == ["end.completed", "end.failed", "end.cancelled"]


def test_each_trigger_leads_to_the_first_step() -> None:
    """With its words, zone, condition and delay."""
    graph = drawn(RENEWAL)
    starts = [one for one in graph.nodes if one.kind is Kind.TRIGGER]
    assert [one.label for one in starts] == [
        "every first monday of the month at 10:00", "event calendar.ended", "cron: 30 8 * * 1-5",
    ]  # fmt: skip
    assert starts[0].details == ("zone Europe/Berlin", "if late: brief, useless after 2d", "inputs: contract=7")
    assert "where 'contract' in event.title | lower" in starts[1].details
    assert ways(graph, "on.2") == {"terms": "1 business day later"}


def test_a_condition_skips_the_whole_step() -> None:
    """Past its approval, its action and its fallbacks."""
    graph = of_steps(
        "text: Hi", "when: steps.s0.state == 'completed'\napprove: always\nrun: [ls]\nfallback: [text: No]", "text: Bye"
    )
    assert ways(graph, "s1.when") == {"s1.approve": "yes", "s2": "no: skipped"}
    assert node(graph, "s1.when").details == ("steps.s0.state == 'completed'",)


def test_a_denied_approval_leads_to_the_fallback_or_else_cancels() -> None:
    """WORKFLOW "Approval": also where nobody answers in time."""
    graph = of_steps("run: [ls]\napprove: {expires: 2d}\nfallback: [text: No]", "run: [ls]\napprove: always")
    assert ways(graph, "s0.approve") == {"s0": "approved", "s0.fallback1": "denied, or 2d over"}
    assert ways(graph, "s1.approve") == {"s1": "approved", "end.cancelled": "denied, or 7d over"}
    assert node(graph, "s0.approve").state == "waiting"


def test_an_approval_that_is_not_always_asked_for_says_when() -> None:
    """And one that is never asked for is not drawn."""
    graph = of_steps("run: [ls]\napprove: {when: 2 > 1}", "run: [ls]\napprove: never")
    assert "asks when 2 > 1" in node(graph, "s0.approve").details
    assert ways(graph, "s0.approve")["s0"] == "approved, or not asked"
    assert "s1.approve" not in {one.id for one in graph.nodes}


def test_fallbacks_are_tried_in_order_and_each_goes_on_with_the_next_step() -> None:
    """A fallback's own fallbacks come before the next one; the last may fail too."""
    graph = of_steps(
        "run: [a]\nfallback:\n  - run: [b]\n    fallback: [run: [c]]\n  - run: [d]", "text: Bye",
    )  # fmt: skip
    chain = ["s0", "s0.fallback1", "s0.fallback2", "s0.fallback3", "end.failed"]
    for one, other in pairwise(chain):
        assert set(ways(graph, one)) == {other, "s1"}
        assert ways(graph, one)[other] == "fails"
    assert [node(graph, one).details for one in chain[1:4]] == [("run: b",), ("run: c",), ("run: d",)]


def test_a_ladder_waits_and_each_rung_ends_when_somebody_answers() -> None:
    """After the last rung the step completes with or without an answer."""
    graph = drawn(RENEWAL)
    assert ways(graph, "nudge") == {"nudge.ack": "sent"}
    assert node(graph, "nudge.ack").details == ("rings again after 15m, 1h",)
    assert ways(graph, "nudge.ack") == {"end.completed": "acknowledged", "nudge.rung1": "after 1 business day"}
    assert ways(graph, "nudge.rung1") == {"end.completed": "acknowledged or not"}


def test_a_ladder_without_rungs_ends_with_an_answer_only() -> None:
    """Nothing but an acknowledgement leads on."""
    graph = of_steps("notify: Hi\nuntil: ack\nrepeat: [5m]")
    assert ways(graph, "s0.ack") == {"end.completed": "acknowledged"}


def test_what_completed_is_undone_latest_first_before_a_bad_end() -> None:
    """WORKFLOW "Undo": then the job ends as its cause says."""
    graph = of_steps(
        "run: [a]\nundo: {run: [un-a]}",
        "run: [b]\nundo: {run: [un-b]}\nfallback: [{run: [c], undo: {run: [un-c]}}]",
        "run: [d]",
        top="on: [event: x]\nsubject: x\noverlap: supersede\n",
    )
    assert ways(graph, "s2") == {"end.completed": "", "job.undoing": "fails"}
    path = ["job.undoing", "s1.undo", "s1.fallback1.undo", "s0.undo"]
    for one, other in pairwise(path):
        assert set(ways(graph, one)) == {other}
    assert ways(graph, "s0.undo") == {
        "end.failed": "failed", "end.cancelled": "cancelled", "end.superseded": "superseded",
    }  # fmt: skip


def test_every_step_may_be_cancelled_and_run_out_of_time() -> None:
    """Without undos these lead to their ends at once."""
    graph = drawn(at_top("deadline: 10d"))
    assert ways(graph, "job.any") == {
        "end.failed": "deadline of 10d, or a template that cannot be filled", "end.cancelled": "ask cancel",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "kind", "details", "onwards"),
    [
        ("wait: 2h", Kind.WAIT, ("wait: 2h",), ""),
        ("wait: {until: next monday 9am}", Kind.WAIT, ("wait: until next monday 9am",), ""),
        (
            "wait: {event: x, where: event.id == 1, within: 2d}", Kind.WAIT,
            ("wait: for the event x", "where event.id == 1", "within 2d"), "the event, or 2d over",
        ),
        ("workflow: {name: child, inputs: {a: 1}}", Kind.CHILD, ("workflow: child", "inputs: a=1"), ""),
        (
            "ask: {question: Which?, choices: [red, blue], expires: 2d}", Kind.QUESTION,
            ("ask: Which?", "choices: red | blue"), "answered",
        ),
        (
            "for_each: \"['a', 'b']\"\nat_once: 2\ntext: Hi", Kind.STEP,
            ("text: Hi", "for each item of ['a', 'b'], 2 at once"), "all items done",
        ),
        (
            "title: Back up\nrun: [tar, a b]\nretry: {attempts: 5, permanent: [2], park: 3d}\ntimeout: 30s", Kind.STEP,
            (
                "Back up", "run: tar 'a b'",
                "retry: 5 attempts, first after 30s, times 2, at most 1h, not after 2, parked up to 3d", "timeout: 30s",
            ), "",
        ),
        (
            "run: [pay]\nprobe: {run: [was-paid]}\nlimit: {to: bank, at_once: 1, per: 10s}", Kind.STEP,
            ("run: pay", "limit bank: 1 at once, per 10s", "if cut off, probe by run: was-paid"), "",
        ),
        ("file: {path: a, move: b}", Kind.STEP, ("file: move a to b",), ""),
        ("http: {url: https://e.com, method: PUT}", Kind.STEP, ("http: PUT https://e.com", HELD), ""),
    ],
)  # fmt: skip
def test_a_step_says_what_it_does(lines: str, kind: Kind, details: tuple[str, ...], onwards: str) -> None:
    """Its title, action, items and policies, a line each."""
    graph = of_steps(lines)
    assert (node(graph, "s0").kind, node(graph, "s0").details) == (kind, details)
    assert ways(graph, "s0")["end.completed"] == onwards


def test_what_acts_on_others_says_that_it_may_ask() -> None:
    """The floor of approvals holds whatever a file says; reading, and an approval that is drawn, need no such line."""
    mail = "mail: {to: ada@example.com, subject: Hi, body: Hi}"
    graph = of_steps(mail, f"{mail}\napprove: never", f"{mail}\napprove: always", "http: {url: https://e.com}")
    assert [HELD in node(graph, f"s{n}").details for n in range(4)] == [True, True, False, False]


def test_an_unanswered_question_cancels_unless_there_is_a_fallback() -> None:
    """Like an approval that expires."""
    graph = of_steps("ask: {question: Q, expires: 2d}", "ask: {question: Q, expires: 1d}\nfallback: [text: No]")
    assert ways(graph, "s0")["end.cancelled"] == "no answer in 2d"
    assert ways(graph, "s1")["s1.fallback1"] == "no answer in 1d"


def test_the_head_says_what_holds_for_all_of_it() -> None:
    """Inputs, overlap, budget."""
    graph = drawn(RENEWAL)
    assert graph.notes == (
        "inputs: contract (required), owner = ada, limit = 50",
        "overlap: queue, where a job of the subject {{ inputs.contract }} is under way",
        "budget: 3 failures in 7d; then it asks first, then drafts only",
    )


def _reached(graph: Graph, begin: set[str]) -> set[str]:
    found, left = set(begin), list(begin)
    while left:
        here = left.pop()
        new = {edge.target for edge in graph.edges if edge.source == here} - found
        found |= new
        left += new
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept_workflows())
def test_every_node_is_reached_and_leads_to_an_end(document: dict[str, Any]) -> None:
    """No edge hangs in the air, no two nodes share an id, and every text is one printable line."""
    graph = graph_of(document)
    ids = [one.id for one in graph.nodes]
    assert len(ids) == len(set(ids))
    assert all({edge.source, edge.target} <= set(ids) for edge in graph.edges)
    begin = {one.id for one in graph.nodes if one.kind in (Kind.TRIGGER, Kind.ANY)}
    assert _reached(graph, begin) == set(ids)
    ends = {one.id for one in graph.nodes if one.kind is Kind.END}
    for one in graph.nodes:
        assert _reached(graph, {one.id}) & ends
        assert all(text.isprintable() for text in (one.label, *one.details))
    for end in ends:
        assert not ways(graph, end)
