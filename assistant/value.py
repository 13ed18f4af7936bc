"""`Value`: the frozen, slotted record that crosses every border. Imports nothing, so that it costs nothing."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        return lambda cls: cls


class _Slotted(type):
    """Move class-level defaults aside: a slot and a class attribute of one name exclude each other."""

    def __new__(mcls, name: str, bases: "tuple[type, ...]", space: "dict[str, Any]") -> "_Slotted":
        own: tuple[str, ...] = space.get("__slots__", ())
        inherited: dict[str, Any] = {}
        fields: tuple[str, ...] = ()
        for base in bases:
            inherited.update(getattr(base, "_defaults", {}))
            fields += getattr(base, "_fields", ())
        inherited.update({field: space.pop(field) for field in own if field in space})
        space["__slots__"] = own
        space["_defaults"] = inherited
        space["_fields"] = fields + own
        made = super().__new__(mcls, name, bases, space)
        # A slot's own setter is not kept back by the class's frozen __setattr__, and is the fastest there is.
        made._setters = tuple(getattr(made, field).__set__ for field in fields + own)  # type: ignore[attr-defined]
        return made


@dataclass_transform(frozen_default=True)
class Value(metaclass=_Slotted):
    """A frozen record of named fields, in the order of its `__slots__`; a class attribute gives a field's default.

    `dataclasses` would say the same, but importing it costs as much as starting Python without it.

    >>> class Point(Value):
    ...     __slots__ = ("x", "y")
    ...     x: int
    ...     y: int = 0
    >>> Point(1)
    Point(x=1, y=0)
    >>> Point(1, y=2).replace(x=3) == Point(3, 2)
    True
    """

    __slots__ = ()
    if TYPE_CHECKING:
        _fields: tuple[str, ...]
        _defaults: dict[str, Any]
    else:

        def __init__(self, *args, **named):
            fields = self._fields
            if len(args) == len(fields) and not named:
                for put_own, given in zip(self._setters, args, strict=True):
                    put_own(self, given)
                return
            put = object.__setattr__
            if len(args) > len(fields):
                raise TypeError(f"{type(self).__name__} takes {len(fields)} fields, {len(args)} were given")
            for field, given in zip(fields, args, strict=False):
                put(self, field, given)
            for field in fields[len(args) :]:
                if field in named:
                    put(self, field, named.pop(field))
                elif field in self._defaults:
                    put(self, field, self._defaults[field])
                else:
                    raise TypeError(f"{type(self).__name__} needs {field}")
            if named:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(named)}")

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; make a new one with replace({name}=…)")

    def replace(self, **changes: "Any") -> "Self":
        """The same record with some fields changed."""
        kept = [changes.pop(field) if field in changes else getattr(self, field) for field in self._fields]
        return type(self)(*kept, **changes)

    def as_tuple(self) -> "tuple[Any, ...]":
        """All fields, in order."""
        return tuple(getattr(self, field) for field in self._fields)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.as_tuple() == other.as_tuple()

    def __hash__(self) -> int:
        return hash((type(self), self.as_tuple()))

    def __repr__(self) -> str:
        inside = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({inside})"
