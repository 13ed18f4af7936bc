"""JSON Schema, the part that answers of a model are held against: is a schema of this part, does a value fit it.

Keywords that this part lacks are refused rather than passed over: no answer is to be taken for checked
that is not.
"""

from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

MOST = 8  # faults that are told
SHOWN = 60  # characters of a value
DEEPEST = 32
TYPES: "dict[str, Callable[[Any], bool]]" = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: not isinstance(value, bool) and isinstance(value, int | float) and value == int(value),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
TELLS = frozenset({"title", "description", "default", "examples", "$schema", "$id", "$comment"})
CHECKS = frozenset({
    "type", "enum", "const", "properties", "required", "additionalProperties", "items", "minItems", "maxItems",
    "minLength", "maxLength", "minimum", "maximum", "format",
})  # fmt: skip
FORMATS = ("date", "date-time")
# What an author may write for the type of a field, and what it is called in JSON Schema.
WORDS = {
    "text": "string", "string": "string", "number": "number", "whole": "integer", "integer": "integer",
    "yes_no": "boolean", "boolean": "boolean", "date": "date", "list": "list",
}  # fmt: skip


def of_fields(fields: "dict[str, Any]") -> "dict[str, Any]":
    """The schema for fields by name. Each may be null, for what a text does not say. UsageError where one is no type.

    >>> of_fields({"amount": "number?"})["properties"]
    {'amount': {'type': ['number', 'null']}}
    """
    return {
        "type": "object",
        "properties": {name: _or_null(_of_field(name, told)) for name, told in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def needed(fields: "dict[str, Any]") -> list[str]:
    """The fields that a text must say: all whose type does not end in `?`.

    >>> needed({"amount": "number", "due": "date?"})
    ['amount']
    """
    return [name for name, told in fields.items() if not (isinstance(told, str) and told.endswith("?"))]


def _of_field(name: str, told: "Any") -> "dict[str, Any]":
    if isinstance(told, list) and told and all(isinstance(choice, str) for choice in told):
        return {"type": "string", "enum": list(told)}
    if isinstance(told, dict):
        check(told, f"fields.{name}")
        return dict(told)
    word = WORDS.get(told.removesuffix("?").strip()) if isinstance(told, str) else None
    if word is None:
        raise UsageError(
            f"fields.{name} is {_shown(told)}; write text, number, whole, yes_no, date, list, or a list of choices"
        )
    if word == "date":
        return {"type": "string", "format": "date", "description": "YYYY-MM-DD"}
    if word == "list":
        return {"type": "array", "items": {"type": "string"}}
    return {"type": word}


def _or_null(schema: "dict[str, Any]") -> "dict[str, Any]":
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind] if kind else []
    more: dict[str, Any] = {"type": [*kinds, "null"]} if kinds and "null" not in kinds else {}
    if "enum" in schema and None not in schema["enum"]:
        more["enum"] = [*schema["enum"], None]
    return {**schema, **more}


def check(schema: "Any", path: str = "schema", depth: int = 0) -> None:
    """UsageError where a schema is none, or says what is not checked here.

    >>> check({"type": "string", "pattern": "a+"})
    Traceback (most recent call last):
    assistant.errors.UsageError: schema.pattern is not checked here; leave it out
    """
    if not isinstance(schema, dict) or depth > DEEPEST:
        raise UsageError(f"{path} is no JSON schema; write a map such as {{type: string}}")
    for word in schema:
        if word not in CHECKS and word not in TELLS:
            raise UsageError(f"{path}.{word} is not checked here; leave it out")
    kinds = schema.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if kind not in TYPES:
            raise UsageError(f"{path}.type is {_shown(kind)}; write one of {', '.join(TYPES)}")
    for word in ("minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"):
        if word in schema and not TYPES["number"](schema[word]):
            raise UsageError(f"{path}.{word} is {_shown(schema[word])}; write a number")
    for word in ("enum", "required"):
        if word in schema and not isinstance(schema[word], list):
            raise UsageError(f"{path}.{word} is {_shown(schema[word])}; write a list")
    if "format" in schema and schema["format"] not in FORMATS:
        raise UsageError(f"{path}.format is {_shown(schema['format'])}; write date or date-time")
    if not isinstance(schema.get("properties", {}), dict):
        raise UsageError(f"{path}.properties is no map; write names and their schemas")
    for name, part in schema.get("properties", {}).items():
        check(part, f"{path}.properties.{name}", depth + 1)
    if "items" in schema:
        check(schema["items"], f"{path}.items", depth + 1)
    if not isinstance(schema.get("additionalProperties", True), bool):
        raise UsageError(f"{path}.additionalProperties is no yes or no; write false")


def faults(value: "Any", schema: "dict[str, Any]") -> list[str]:
    """What of a value does not fit a schema that `check` let pass, each fault with its place; at most eight.

    >>> faults({"n": "two"}, {"type": "object", "properties": {"n": {"type": "number"}}, "required": ["n", "m"]})
    ['m is missing', 'n is "two", not a number']
    """
    found = []
    for fault in _faults(value, schema, ""):
        found.append(fault)
        if len(found) == MOST:
            break
    return found


def _faults(value: "Any", schema: "dict[str, Any]", path: str) -> "Iterator[str]":
    place = path or "the answer"
    kinds = schema.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds and not any(TYPES[kind](value) for kind in kinds):
        yield f"{place} is {_shown(value)}, not {' or '.join(map(_with_article, kinds))}"
        return
    if "enum" in schema and not any(_same(value, choice) for choice in schema["enum"]):
        yield f"{place} is {_shown(value)}, none of {', '.join(_shown(choice) for choice in schema['enum'])}"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{place} is {_shown(value)}, not {_shown(schema['const'])}"
    if isinstance(value, str):
        yield from _of_text(value, schema, place)
    elif isinstance(value, dict):
        yield from _of_object(value, schema, path)
    elif isinstance(value, list):
        yield from _bounds(len(value), schema, place, "minItems", "maxItems", " items")
        for number, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), f"{path}[{number}]")
    elif TYPES["number"](value):
        yield from _bounds(value, schema, place, "minimum", "maximum", "")


def _of_object(value: "dict[str, Any]", schema: "dict[str, Any]", path: str) -> "Iterator[str]":
    before = f"{path}." if path else ""
    parts = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{before}{name} is missing"
    for name, part in value.items():
        if name in parts:
            yield from _faults(part, parts[name], f"{before}{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{before}{name[:SHOWN]} was not asked for"


def _of_text(value: str, schema: "dict[str, Any]", place: str) -> "Iterator[str]":
    yield from _bounds(len(value), schema, place, "minLength", "maxLength", " characters")
    form = schema.get("format")
    if form is None:
        return
    from datetime import date, datetime

    try:
        if form == "date":
            if date.fromisoformat(value).isoformat() != value:  # it reads 20261124 and 2026-W48-2 too
                raise ValueError
        elif datetime.fromisoformat(value).tzinfo is None:
            raise ValueError
    except ValueError:
        example = "2026-11-24" if form == "date" else "2026-11-24T09:00:00Z"
        yield f"{place} is {_shown(value)}, not a {form} such as {example}"


def _bounds(size: float, schema: "dict[str, Any]", place: str, least: str, most: str, unit: str) -> "Iterator[str]":
    if least in schema and size < schema[least]:
        yield f"{place} has {size}{unit}, fewer than {schema[least]}" if unit else f"{place} is under {schema[least]}"
    if most in schema and size > schema[most]:
        yield f"{place} has {size}{unit}, more than {schema[most]}" if unit else f"{place} is over {schema[most]}"


def _same(value: "Any", other: "Any") -> bool:
    """Equal as JSON: true is not 1."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _with_article(kind: str) -> str:
    return kind if kind == "null" else f"{'an' if kind[0] in 'aoi' else 'a'} {kind}"


def _shown(value: "Any") -> str:
    import json

    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = repr(type(value))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
