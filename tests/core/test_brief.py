"""Ranking and cutting of a brief: what is shown is what presses most, and nothing gets lost unsaid."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.core.brief import A_SCREEN, A_SECTION, SECTIONS, Finding, compose, rank

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def finding(section: str, number: int, urgency: int, importance: int, minutes: int) -> Finding:
    """A finding that differs in what it is ranked by."""
    at = NOON + timedelta(minutes=minutes)
    return Finding(section, "task", number, f"t{number}", at, "", urgency, importance, NOON, f"m{number}", ())


FOUND = st.lists(
    st.tuples(st.sampled_from(SECTIONS), st.integers(0, 3), st.integers(0, 3), st.integers(-99, 99)), max_size=60
).map(lambda rows: [finding(row[0], number, *row[1:]) for number, row in enumerate(rows)])
WANTED = st.permutations(SECTIONS).flatmap(lambda order: st.integers(1, 6).map(lambda size: tuple(order[:size])))


@given(found=FOUND, wanted=WANTED, seen=st.frozensets(st.integers(0, 60)), most=st.integers(1, 30))
def test_what_is_not_shown_is_counted(
    found: list[Finding], wanted: tuple[str, ...], seen: frozenset[int], most: int
) -> None:
    """Shown and left out together are all that was found in the wanted sections."""
    made = compose(found, wanted, frozenset(f"m{number}" for number in seen), most=most)
    shown = [item for section in made.sections for item in section.items]
    there = [one for one in found if one.section in wanted]
    assert len(shown) + sum(left.count for left in made.left_out) == len(there)
    assert len(shown) <= most
    assert all(len(section.items) <= A_SECTION for section in made.sections)
    assert not any(item.id in seen for item in shown)


@given(found=FOUND)
def test_nothing_that_presses_less_is_shown_instead_of_what_presses_more(found: list[Finding]) -> None:
    """Within a section the order is urgency, importance, time; the cut takes the end of it."""
    for section in compose(found).sections:
        ordered = sorted((one for one in found if one.section == section.name), key=rank)
        assert list(section.items) == ordered[: len(section.items)]


@given(found=FOUND)
def test_no_section_starves(found: list[Finding]) -> None:
    """Each section of which anything was found is shown, in the order that is wanted."""
    names = [section.name for section in compose(found).sections]
    assert names == [name for name in SECTIONS if any(one.section == name for one in found)]


def test_a_screen_is_filled_by_turns() -> None:
    """Where two sections have more than fits, both get as much as a section may hold."""
    found = [finding(name, number, 0, 0, 0) for name in SECTIONS[:3] for number in range(10)]
    sizes = [len(section.items) for section in compose(found).sections]
    assert sum(sizes) == A_SCREEN
    assert sizes == [7, 7, 6]
