"""A record behaves the same before and after its class got methods of its own."""

from collections.abc import Callable

import pytest

from assistant.value import HOT, Value


def new_class() -> type:
    """A class that has made no record yet."""

    class Pair(Value):
        __slots__ = ("left", "right", "more")
        left: int
        right: int = 2
        more: tuple[int, ...] = ()

    return Pair


@pytest.fixture(params=["cold", "hot"])
def pair(request: pytest.FixtureRequest) -> type:
    """A class, and the same after it made many records."""
    cls = new_class()
    if request.param == "hot":
        general = cls.__init__
        for number in range(HOT):
            cls(number)
        assert cls.__init__ is not general
    return cls


def test_fields_are_given_by_place_by_name_or_by_default(pair: Callable[..., Value]) -> None:
    """As a function's parameters are."""
    assert pair(1).as_tuple() == (1, 2, ())
    assert pair(1, more=(3,)).as_tuple() == (1, 2, (3,))
    assert pair(left=1, right=5) == pair(1, 5)
    assert hash(pair(1)) == hash(pair(1, 2))


def test_replace_changes_what_it_names_and_nothing_else(pair: Callable[..., Value]) -> None:
    """The first record stays as it was."""
    first = pair(1)
    assert first.replace(right=3).as_tuple() == (1, 3, ())
    assert first.as_tuple() == (1, 2, ())


def test_a_record_refuses_what_it_has_no_field_for_and_what_it_lacks(pair: Callable[..., Value]) -> None:
    """A wrong name, too many, too few."""
    for wrong in (lambda: pair(1, other=2), lambda: pair(1, 2, (), 4), pair, lambda: pair(1).replace(other=2)):
        with pytest.raises(TypeError):
            wrong()


def test_a_record_is_frozen(pair: Callable[..., Value]) -> None:
    """A changed one is a new one."""
    with pytest.raises(AttributeError, match="frozen"):
        pair(1).left = 3  # type: ignore[attr-defined]


def test_a_child_of_a_hot_class_has_all_its_fields(pair: type) -> None:
    """What its parent got does not know them."""

    class Triple(pair):  # type: ignore[misc]
        __slots__ = ("last",)
        last: int = 9

    assert repr(Triple(1)) == "Triple(left=1, right=2, more=(), last=9)"


def test_a_class_without_fields_may_make_many_records() -> None:
    """There is nothing to name, and nothing breaks."""

    class Nothing(Value):
        __slots__ = ()

    assert {Nothing() for _ in range(2 * HOT)} == {Nothing()}
