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
        if bases:  # from `Value` itself: what a parent got when it was hot does not know the fields of its child
            general: Any = bases[0].__mro__[-2]
            space["__init__"], space["_copied"] = general.__init__, general._copied
        space["_defaults"] = inherited
        space["_fields"] = fields + own
        made = super().__new__(mcls, name, bases, space)
        # A slot's own setter is not kept back by the class's frozen __setattr__, and is the fastest there is.
        made._setters = {field: getattr(made, field).__set__ for field in fields + own}  # type: ignore[attr-defined]
        trailing: list[object] = []
        for field in reversed(fields + own):
            if field not in inherited:
                break
            trailing.insert(0, inherited[field])
        made._trailing = tuple(trailing)  # type: ignore[attr-defined]  # the defaults of the last fields
        made._until_hot = [HOT]  # type: ignore[attr-defined]
        return made


HOT = 200  # so many records in, a class gets methods of its own


def _make_hot(cls: "type[Any]") -> None:
    """Give a class a constructor and a copier that name its fields: they take half the time of the general ones.

    Compiling them costs as much as a few hundred records, and so is left until a tick makes that many.
    """
    fields, trailing = cls._fields, cls._trailing
    if not fields or len(trailing) < len(cls._defaults):
        return  # nothing to gain; or a default before a field without one, which Python cannot say
    first = len(fields) - len(trailing)
    given = [*fields[:first], *(f"{field}=default_{field}" for field in fields[first:])]
    lines = [f"def __init__(self, {', '.join(given)}):", *(f" put_{field}(self, {field})" for field in fields)]
    lines += ["def _copied(self):", f" return cls({', '.join(f'self.{field}' for field in fields)})"]
    names = {"cls": cls, **{f"put_{field}": put_own for field, put_own in cls._setters.items()}}
    names.update({f"default_{field}": default for field, default in zip(fields[first:], trailing, strict=True)})
    exec("\n".join(lines), names)  # noqa: S102 - nothing but the names of fields, which stand in our own code
    cls.__init__, cls._copied = names["__init__"], names["_copied"]


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
        _setters: dict[str, Any]

        def _copied(self) -> Self: ...
    else:

        def __init__(self, *args, **named):
            fields = self._fields
            lacking = len(fields) - len(args)
            if not named and 0 <= lacking <= len(self._trailing):
                if lacking:
                    args += self._trailing[-lacking:]
                for put_own, given in zip(self._setters.values(), args, strict=True):
                    put_own(self, given)
                left = self._until_hot
                left[0] -= 1
                if left[0] == 0:
                    _make_hot(type(self))
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

        def _copied(self):
            return type(self)(*[getattr(self, field) for field in self._fields])

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; make a new one with replace({name}=…)")

    def replace(self, **changes: "Any") -> "Self":
        """The same record with some fields changed."""
        new = self._copied()
        setters = self._setters
        for field, given in changes.items():
            if field not in setters:
                raise TypeError(f"{type(self).__name__} has no field {field}")
            setters[field](new, given)
        return new

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
