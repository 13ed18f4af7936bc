"""Fill templates and judge conditions, by minijinja: strict about unknown names, bounded in time and memory.

What an input says is a value and never read as a template. Reads no clock.
"""

from assistant.core.template_text import code_of, is_template, unbounded, without_marks, without_strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from minijinja import Environment

FUEL = 100_000
LARGEST = 1_048_576  # characters of all that one rendering gives
SHOWN = 60
_made: "list[Environment]" = []


class TemplateFault(ValueError):
    """A template that cannot be rendered. `template` is its text; the message names it and says why."""

    syntax = False

    def __init__(self, template: str, why: str) -> None:
        quoted = template if len(template) <= SHOWN else f"{template[: SHOWN - 1]}…"
        super().__init__(f"{quoted!r}: {why}")
        self.template = template
        self.why = why


def render(value: "Any", names: "dict[str, Any]") -> "Any":
    """A structure with its templates filled. A text that is exactly one expression gives the value as it is.

    >>> render({"to": "{{ inputs.who }}", "text": "Hello {{ inputs.who[0] }}"}, {"inputs": {"who": ["Ada"]}})
    {'to': ['Ada'], 'text': 'Hello Ada'}
    """
    return _filled(value, names, _Room(LARGEST))


def holds(expression: str, names: "dict[str, Any]") -> bool:
    """Whether a condition is true.

    >>> holds("inputs.amount > 50", {"inputs": {"amount": 60}})
    True
    """
    return bool(_value_of(expression, expression, names, _Room(LARGEST)))


def engine() -> "Environment":
    """The one environment of this process, made when first needed."""
    if not _made:
        from minijinja import Environment

        made = Environment(undefined_behavior="strict", auto_escape_callback=_never, keep_trailing_newline=True)
        made.fuel = FUEL
        made.debug = True  # else an error does not name what is unknown; only its first line is used, without values
        made.remove_global("debug")
        made.remove_global("namespace")
        for name in ("batch", "slice"):  # they fill up to any length
            made.remove_filter(name)
        _made.append(made)
    return _made[0]


class _Room:
    """What a rendering may still give."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, size: int, template: str) -> None:
        self.left -= size
        if self.left < 0:
            raise TemplateFault(template, f"what it gives is larger than {LARGEST:,} characters")


def _never(_name: str) -> bool:
    return False


def _filled(value: "Any", names: "dict[str, Any]", room: _Room) -> "Any":
    if isinstance(value, dict):
        return {name: _filled(part, names, room) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, names, room) for part in value]
    if isinstance(value, str) and is_template(value):
        return _text_or_value(value, names, room)
    return value


def _text_or_value(template: str, names: "dict[str, Any]", room: _Room) -> "Any":
    if template.startswith("{{") and template.endswith("}}"):
        inner = without_marks(template[2:-2])
        try:
            return _value_of(inner, template, names, room)
        except TemplateFault as fault:
            if not fault.syntax:
                raise  # else there is more than one expression
    _refuse_unbounded(template, template, code_of(template))
    text = str(_done(template, lambda: engine().render_str(template, **names)))
    room.take(len(text), template)
    return text


def _value_of(expression: str, template: str, names: "dict[str, Any]", room: _Room) -> "Any":
    _refuse_unbounded(template, expression, without_strings(expression))
    value = _done(template, lambda: engine().eval_expr(expression, **names))
    if value is None:
        _refuse_undefined(expression, template, names)
    elif isinstance(value, (list, dict)):
        _refuse_unknown(expression, template, names)
    return _plain(value, template, room)


def _refuse_unbounded(template: str, source: str, code: str) -> None:
    why = unbounded(source, code)
    if why is not None:
        raise TemplateFault(template, why)


def _refuse_undefined(expression: str, template: str, names: "dict[str, Any]") -> None:
    """An expression gives None for none and for what is not known: only the first is a value."""
    if not _done(template, lambda: engine().eval_expr(f"({expression}) is none", **names)):
        _done(template, lambda: engine().render_str(f"{{{{ ({expression}) }}}}", **names))  # names what is unknown
        raise TemplateFault(template, "it gives nothing")


def _refuse_unknown(expression: str, template: str, names: "dict[str, Any]") -> None:
    """A list or map made here takes what is not known for none; it is looked up once more."""
    code = without_strings(expression)
    if "default" in code or "defined" in code or code.replace("_", "").replace(".", "").isalnum():
        return
    for path in engine().undeclared_variables_in_str(f"{{{{ {expression} }}}}", nested=True):
        found: Any = {**dict.fromkeys(("range", "dict"), ()), **names}
        for name in path.split("."):
            if isinstance(found, dict) and name not in found:
                raise TemplateFault(template, f"'{path}' is undefined")
            found = found.get(name) if isinstance(found, dict) else None


def _done(template: str, work: "Callable[[], Any]") -> "Any":
    from minijinja import TemplateError

    try:
        return work()
    except TemplateError as error:
        fault = TemplateFault(template, _why(error))
        fault.syntax = error.kind == "SyntaxError"
        raise fault from None
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise TemplateFault(template, str(error)) from None


def _why(error: "Any") -> str:
    """The engine's reason in one line, without the name of the place and without values."""
    if error.kind == "OutOfFuel":
        return "it takes too long or gives too much"
    text = str(error).split("\n", 1)[0].partition(" (in <")[0].replace("`", "'")
    return text.removeprefix("undefined value: ").removeprefix("syntax error: ").removeprefix("invalid operation: ")


def _plain(value: "Any", template: str, room: _Room) -> "Any":
    """The value as JSON can hold it."""
    room.take(len(value) if isinstance(value, str) else 8, template)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return str(value)  # a marked text, such as tojson gives, is a text
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise TemplateFault(template, "it gives no number")
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(part, template, room) for part in value]
    if isinstance(value, dict):
        return {str(name): _plain(part, template, room) for name, part in value.items()}
    raise TemplateFault(template, f"it gives a {type(value).__name__}, which is no plain value")
