"""What a change of an event means for a reminder that is bound to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.core.bound import GONE, UNSURE, Binding, after, binding_of

AT = datetime(2026, 11, 30, 11, tzinfo=UTC)
SINGLE = Binding("work", "v", None, "end", 0, "Vendor call", AT - timedelta(hours=1), AT)
OCCURRENCE = SINGLE.replace(occurrence=AT - timedelta(hours=1))


def data(hours: int, **more: Any) -> dict[str, Any]:
    """What an event says that takes place so many hours later."""
    start = AT + timedelta(hours=hours - 1)
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    return {"uid": "v", "title": "Vendor call", "recurring": False, "recurrence_id": None, **times, **more}


SERIES = {"recurring": True, "old_start": OCCURRENCE.start.isoformat(), "changed": ["rule"]}


@pytest.mark.parametrize(
    ("binding", "name", "said", "expected"),
    [
        (SINGLE, "calendar.changed", data(2), AT + timedelta(hours=2)),
        (SINGLE, "calendar.added", data(2), AT + timedelta(hours=2)),
        (SINGLE, "calendar.cancelled", data(0), GONE),
        (OCCURRENCE, "calendar.changed", data(2, recurrence_id=OCCURRENCE.start.isoformat()), AT + timedelta(hours=2)),
        (OCCURRENCE, "calendar.changed", data(2, recurrence_id=AT.isoformat()), None),
        (OCCURRENCE, "calendar.cancelled", data(0, recurrence_id=AT.isoformat()), None),
        (OCCURRENCE, "calendar.cancelled", data(0, recurring=True), GONE),
        (OCCURRENCE, "calendar.changed", data(1, **SERIES), AT + timedelta(hours=1)),
        (OCCURRENCE, "calendar.changed", data(1, **{**SERIES, "old_start": AT.isoformat()}), UNSURE),
        (OCCURRENCE, "calendar.changed", data(1, **{**SERIES, "old_start": None, "changed": ["title"]}), None),
    ],
)  # fmt: skip
def test_a_change_moves_what_is_bound_to_it_and_nothing_else(
    binding: Binding, name: str, said: dict[str, Any], expected: Any
) -> None:
    """Of a series, the occurrence that is meant; where that cannot be told, it is said."""
    found = after(binding, name, said)
    assert (found.at if isinstance(found, Binding) else found) == expected


@given(st.integers(-86400, 86400), st.sampled_from(["start", "end"]), st.none() | st.just(AT))
def test_a_binding_is_kept_and_read_back(offset: int, side: str, occurrence: datetime | None) -> None:
    """Among the inputs of its schedule, as plain JSON."""
    binding = SINGLE.replace(offset=offset, side=side, occurrence=occurrence)
    assert binding_of({"text": "x", "bound": binding.as_input()}) == binding


@pytest.mark.parametrize("kept", [None, "x", {}, {**SINGLE.as_input(), "at": 5}, {**SINGLE.as_input(), "start": "?"}])
def test_what_cannot_be_read_binds_nothing(kept: Any) -> None:
    """An import may bring anything."""
    assert binding_of({"bound": kept}) is None
