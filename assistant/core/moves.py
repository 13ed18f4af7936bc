"""Moves: what a decision wants written. Holds no decision and writes nothing.

A move names one row. A row that is new has a `Ref`, by which later moves of the same batch name it.
"""

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Row = TypeVar("Row", bound=Value)


class Ref(Value):
    """The id of a row that the same batch makes."""

    __slots__ = ("name",)
    name: str

    def __hash__(self) -> int:
        return hash(self.name)


class Joined(Value):
    """Text that names rows which the same batch makes: its parts are put together when their ids are known."""

    __slots__ = ("parts",)
    parts: "tuple[str | int | Ref, ...]"


class New(Value):
    """Make a row. `what` says why, in the journal's words. `unless` names a column: no row is made where one has it."""

    __slots__ = ("table", "ref", "values", "what", "unless")
    table: str
    ref: Ref
    values: "dict[str, Any]"
    what: str
    unless: str | None = None


class Put(Value):
    """Change a row, if it still is what the decision was based on.

    `expect` is the fence: columns that must hold these values, a lease for outcomes, a revision for everything else.
    `before` is what the changed columns hold, where the decision read it in the very transaction that writes the move;
    the store then need not look again. It holds `rev` too where the table has one.
    """

    __slots__ = ("table", "row", "changes", "what", "expect", "before")
    table: str
    row: "int | str | Ref | tuple[Any, ...]"
    changes: "dict[str, Any]"
    what: str
    expect: "dict[str, Any]" = {}
    before: "dict[str, Any] | None" = None


Move = New | Put


def record(cls: "type[Row]", values: "dict[str, Any]") -> "Row":
    """A record of a row that is not written yet: its id is a `Ref`, and what was not given is None."""
    return cls(*(values.get(field) for field in cls._fields))


def merged(moves: "list[Move]") -> "list[Move]":
    """The same moves with changes of a new row folded into its making, so that it is written once."""
    if all(type(move) is Put for move in moves):
        return moves
    made: dict[Ref, int] = {}
    out: list[Move] = []
    for move in moves:
        if isinstance(move, Put) and isinstance(move.row, Ref) and move.row in made:
            place = made[move.row]
            first = out[place]
            assert isinstance(first, New)  # noqa: S101 - `made` holds the places of New only
            out[place] = first.replace(values={**first.values, **move.changes})
            continue
        if isinstance(move, New):
            made[move.ref] = len(out)
        out.append(move)
    return out
