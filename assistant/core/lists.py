"""A step for each item of a list: every item is a row of its own, with its own attempts and its own end."""

from assistant.core import flow
from assistant.core.plan import Plan
from assistant.core.spec import StepSpec, parent_of
from assistant.core.states import ENDED_STEP, StepState
from assistant.ports.records import Step

MOST_ITEMS = 1000


def begin(plan: Plan, spec: StepSpec) -> None:
    """Make the rows of all items, and begin as many as may be under way at once."""
    assert spec.for_each is not None  # noqa: S101 - asked only where there is one
    plan.open_step(spec.id, spec, {}, StepState.WAITING, "step began")
    try:
        items = plan.rendered(f"{{{{ {spec.for_each} }}}}", spec.id)
        if not isinstance(items, list):
            raise ValueError(f"for_each: {spec.for_each!r} gives {_kind_of(items)}, and a list is needed")
        if len(items) > MOST_ITEMS:
            raise ValueError(
                f"for_each: {len(items):,} items are more than {MOST_ITEMS:,}; give a part of them at a time"
            )
    except ValueError as fault:
        plan.set_step(spec.id, "failed for good", state=StepState.FAILED, error=str(fault))
        flow.fail_job(plan, spec.id, str(fault))
        return
    for index, item in enumerate(items):
        _make_row(plan, spec, f"{spec.id}/{index}", item)
    go_on(plan, spec.id)


def _kind_of(value: object) -> str:
    return {"str": "a text", "dict": "a map", "int": "a number", "float": "a number"}.get(
        type(value).__name__, repr(value)
    )


def _make_row(plan: Plan, spec: StepSpec, path: str, item: object) -> None:
    if path in plan.steps:
        step = plan.steps[path]
        if step.state == StepState.PENDING:
            plan.set_step(path, "item is there again", about=[item])
        return
    plan.open_step(path, spec, {}, StepState.PENDING, "item is there", about=[item])


def item_ended(plan: Plan, path: str) -> None:
    """An item has its end: the next ones begin, or the list has its end too."""
    owner = parent_of(path)
    assert owner is not None  # noqa: S101 - an item is one of a list
    if plan.steps[owner].state == StepState.WAITING:
        go_on(plan, owner)


def items_of(plan: Plan, owner: str) -> list[Step]:
    """The rows of the items of a list, in its order."""
    found = [step for path, step in plan.steps.items() if _is_item(path, owner)]
    return sorted(found, key=lambda step: int(step.path.rpartition("/")[2]))


def _is_item(path: str, owner: str) -> bool:
    head, _, last = path.rpartition("/")
    return head == owner and last.isdigit()


def go_on(plan: Plan, owner: str) -> None:
    """Begin what may begin. An inline item ends while it begins: the loop that is at it sees that, not another."""
    if owner in plan.at_work:
        return
    plan.at_work.add(owner)
    while plan.job.ending is None and _begin_next(plan, owner):
        pass
    plan.at_work.discard(owner)
    _end(plan, owner)


def _begin_next(plan: Plan, owner: str) -> bool:
    spec = plan.spec_of(owner)
    rows = items_of(plan, owner)
    if any(row.state == StepState.FAILED for row in rows):
        return False
    under_way = sum(row.state not in ENDED_STEP and row.state != StepState.PENDING for row in rows)
    waiting = next((row for row in rows if row.state == StepState.PENDING), None)
    if waiting is None or under_way >= spec.at_once:
        return False
    flow.start(plan, waiting.path, spec)
    return True


def _end(plan: Plan, owner: str) -> None:
    rows = items_of(plan, owner)
    failed = next((row for row in rows if row.state == StepState.FAILED), None)
    left = [row for row in rows if row.state not in ENDED_STEP]
    if plan.job.ending is not None or plan.steps[owner].state != StepState.WAITING:
        return
    if failed is not None and all(row.state == StepState.PENDING for row in left):
        for row in left:
            plan.set_step(row.path, "an item before it failed", state=StepState.CANCELLED)
        error = f"item {failed.path.rpartition('/')[2]}: {failed.error}"
        plan.set_step(owner, "failed for good", state=StepState.FAILED, error=error)
        flow.fail_job(plan, owner, error)
    elif not left and failed is None:
        by = "fallback" if any(row.done_by == "fallback" for row in rows) else "action"
        flow.completed(plan, owner, [row.output for row in rows], "all items are done", by)
