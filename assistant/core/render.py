"""Fill an action's blanks. What needs no template engine does without it, so that a reminder never loads one.

A blank that is a whole value, `{{ inputs.text }}`, gives that input as it is; text from a person is never read as a
template.
"""

from assistant.core.template_text import is_template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def rendered(value: "Any", inputs: "dict[str, Any]", names: "Callable[[], dict[str, Any]]") -> "Any":
    """The value with its blanks filled. `names` is asked only where a template needs more than an input.

    >>> rendered({"text": "{{ inputs.text }}", "to": ["{{ inputs.who }}"]}, {"text": "{{ x }}", "who": 3}, dict)
    {'text': '{{ x }}', 'to': [3]}
    """
    if not _needs_engine(value, inputs):
        return _filled(value, inputs)
    from assistant.core.template import render

    return render(value, names())


def as_text(value: "Any") -> str:
    """What a template gave where a text is wanted: a text as it is, anything else as JSON.

    >>> as_text("3"), as_text([3, None])
    ('3', '[3,null]')
    """
    if isinstance(value, str):
        return value
    from assistant.jsontext import dump

    return dump(value)


def _needs_engine(value: "Any", inputs: "dict[str, Any]") -> bool:
    if isinstance(value, dict):
        return any(_needs_engine(part, inputs) for part in value.values())
    if isinstance(value, list):
        return any(_needs_engine(part, inputs) for part in value)
    return isinstance(value, str) and is_template(value) and _input(value) not in inputs


def _filled(value: "Any", inputs: "dict[str, Any]") -> "Any":
    if isinstance(value, dict):
        return {name: _filled(part, inputs) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, inputs) for part in value]
    if isinstance(value, str) and is_template(value):
        return inputs[_input(value)]
    return value


def _input(template: str) -> str:
    """The input that a template is the blank of; no name where it is more than that."""
    if template.startswith("{{ inputs.") and template.endswith(" }}"):
        return template[10:-3]
    return ""
