"""What a template or a condition uses, told by the template engine without any values."""

import re
from typing import TYPE_CHECKING

from assistant.core.template import engine
from assistant.core.template_text import code_of, unbounded, without_strings

if TYPE_CHECKING:
    from minijinja import Environment

MOST_LOOKED_AT = 2_000
_NAMES = re.compile(r"\b(inputs|steps|people)\s*\[\s*(?:'(\w+)'|\"(\w+)\")\s*\]((?:\s*\.\s*\w+)*)")
_readers: "list[Environment]" = []
_known_words: dict[tuple[str, str], bool] = {}


def compile_fault(source: str, *, is_condition: bool) -> str | None:
    """Why the engine cannot read a text; None where it can."""
    code = without_strings(source) if is_condition else code_of(source)
    why = unbounded(source, code)
    if why is not None:
        return why
    return _syntax_fault(source, is_condition=is_condition)


def _syntax_fault(source: str, *, is_condition: bool) -> str | None:
    from minijinja import TemplateError

    try:
        if is_condition:
            _reader().eval_expr(source)
        else:
            engine().undeclared_variables_in_str(source)
    except TemplateError as error:
        if error.kind != "SyntaxError":
            return None
        said = str(error).split("\n", 1)[0].partition(" (in <")[0].removeprefix("syntax error: ")
        return f"{said} (line {error.line} of it)" if error.line and error.line > 1 else said
    except (ValueError, RecursionError) as error:
        return str(error)
    return None


def _reader() -> "Environment":
    """An engine that reads an expression and has no fuel to work it out."""
    if not _readers:
        from minijinja import Environment

        made = Environment()
        made.fuel = 1
        _readers.append(made)
    return _readers[0]


def paths_in(source: str, *, is_condition: bool) -> set[str]:
    """The names that a text takes from outside, with the attributes that follow.

    >>> sorted(paths_in("{{ inputs.a }}{% for x in steps.b.output %}{{ x }}{% endfor %}", is_condition=False))
    ['inputs.a', 'steps.b.output']
    """
    return set(engine().undeclared_variables_in_str(_as_template(source, is_condition=is_condition), nested=True))


def subscripts_in(source: str, paths: set[str]) -> set[str]:
    """What is taken by a name in brackets from one of the paths, written with a dot.

    >>> subscripts_in("people['ada'].mail ~ 'inputs[a]'", {"people"})
    {'people.ada.mail'}
    """
    found = set()
    for root, single, double, rest in _NAMES.findall(source):
        if root in paths:  # else it is a name of the template's own, or stands in a text
            found.add(f"{root}.{single or double}" + "".join(rest.split()))
    return found


def unknown_words(source: str, *, is_condition: bool) -> list[tuple[str, str]]:
    """Filters and tests that the engine does not have.

    >>> unknown_words("'a' | lowr", is_condition=True)
    [('lowr', 'filter')]
    """
    code = without_strings(source) if is_condition else code_of(source)
    words = [(word, "filter") for word in re.findall(r"\|\s*([A-Za-z_]\w*)", code)]
    words += [(word, "test") for word in re.findall(r"\bis\s+(?:not\s+)?([A-Za-z_]\w*)", code)]
    return [word for word in dict.fromkeys(words[:MOST_LOOKED_AT]) if not _is_known(*word)]


def _is_known(word: str, kind: str) -> bool:
    from minijinja import TemplateError

    if (word, kind) not in _known_words:
        try:
            engine().eval_expr(f"1 | {word}" if kind == "filter" else f"1 is {word}")
            known = True
        except TemplateError as error:
            known = error.kind not in ("UnknownFilter", "UnknownTest", "SyntaxError")
        _known_words[word, kind] = known
    return _known_words[word, kind]


def _as_template(source: str, *, is_condition: bool) -> str:
    return f"{{{{ {source} }}}}" if is_condition else source
