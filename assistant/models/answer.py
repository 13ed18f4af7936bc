"""From what a model wrote to what the work wanted, or what is wrong with it. Nothing that it wrote is ever run."""

import json

from assistant.models import schema
from assistant.ports.model import Classify, Draft, Extract, Summarise, Work
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


DEEPEST = 64  # levels of an answer


class Found(Value):
    """What the work wanted: a text, fields, or both."""

    __slots__ = ("text", "fields")
    text: str | None
    fields: "dict[str, Any] | None" = None


class Faulty(Value):
    """The answer does not fit; the model may be shown why."""

    __slots__ = ("faults",)
    faults: tuple[str, ...]


class Unsaid(Value):
    """The answer fits, and says that the text lacks these fields. Asking again would only have it guess."""

    __slots__ = ("names",)
    names: tuple[str, ...]


def read(work: Work, form: "dict[str, Any] | None", text: str) -> Found | Faulty | Unsaid:
    """Hold an answer against the schema of the work, and take from it what was wanted."""
    if isinstance(work, Draft) or form is None:
        return Found(str(_writable(text.strip(), 1)))
    value = json_in(text)
    if isinstance(value, Faulty):
        return value
    if isinstance(work, Classify):
        value = _with_label(value, work.labels)
    faults = schema.faults(value, form)
    if faults:
        return Faulty(tuple(faults))
    if isinstance(work, Summarise):
        return Found(" ".join(sentence.strip() for sentence in value["sentences"]))
    if isinstance(work, Classify):
        return Found(value["label"], {"text": value["label"], "label": value["label"]})
    return _extracted(work, value)


def json_in(text: str) -> "Any":
    """The JSON of an answer, also where the model put a fence or a remark around it; Faulty where there is none.

    >>> json_in('Sure! ```json {"a": 1} ```'), json_in("no")
    ({'a': 1}, Faulty(faults=('the answer holds no JSON object',)))
    """
    begin = text.find("{")
    if begin < 0:
        return Faulty(("the answer holds no JSON object",))
    try:
        value, _ = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite).raw_decode(text, begin)
        return _writable(value, DEEPEST)
    except RecursionError:
        return Faulty(("the answer is nested too deeply",))
    except ValueError as error:
        return Faulty((f"the answer is no JSON: {error}"[:200],))


def _writable(value: "Any", deepest: int) -> "Any":
    """The same without halves of characters, which no file and no store takes."""
    if deepest == 0:
        raise RecursionError
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_writable(part, deepest - 1) for part in value]
    if isinstance(value, dict):
        return {_writable(name, 1): _writable(part, deepest - 1) for name, part in value.items()}
    return value


def _finite(digits: str) -> float:
    number = float(digits)
    return number if abs(number) != float("inf") else _refuse(digits)


def _refuse(name: str) -> "NoReturn":
    raise ValueError(f"{name} has no place in JSON")


def _with_label(value: "Any", labels: tuple[str, ...]) -> "Any":
    """Big and small letters are forgiven, and blanks; another word is not."""
    label = value.get("label") if isinstance(value, dict) else None
    if not isinstance(label, str) or label in labels:
        return value
    alike = [known for known in labels if known.casefold() == label.strip().casefold()]
    return {**value, "label": alike[0]} if len(alike) == 1 else value


def _extracted(work: Extract, value: "dict[str, Any]") -> Found | Unsaid:
    if work.schema is not None:
        return Found(None, value)
    unsaid = tuple(name for name in schema.needed(work.fields) if value[name] is None)
    return Unsaid(unsaid) if unsaid else Found(None, value)
