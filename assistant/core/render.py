"""Fill an action's blanks. Reads no clock and no preference.

A blank that is a whole value, `{{ inputs.text }}`, gives that input as it is; text from a person is never read as a
template.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def rendered(value: "Any", inputs: "dict[str, Any]") -> "Any":
    """The value with its blanks filled.

    >>> rendered({"text": "{{ inputs.text }}", "to": ["{{ inputs.who }}"]}, {"text": "{{ x }}", "who": 3})
    {'text': '{{ x }}', 'to': [3]}
    """
    if isinstance(value, dict):
        return {name: rendered(part, inputs) for name, part in value.items()}
    if isinstance(value, list):
        return [rendered(part, inputs) for part in value]
    if isinstance(value, str) and value.startswith("{{ inputs.") and value.endswith(" }}"):
        return inputs[value[10:-3]]
    return value
