"""What the text of a template shows before it runs: its code, its tags, and what fuel would not bound. Runs nothing.

Fuel counts steps and characters, not lists that hold themselves many times. What could double a value again and again
(set, with, macro, namespace, multiplied lists) is therefore refused.
"""

LONGEST_SOURCE = 65_536  # characters of one template
LONGEST_CODE = 800  # of one expression, strings aside: the engine reads a chain of operators by recursion
DEEPEST_LOOP = 4
TAGS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "raw", "endraw"})
# A string that does not end reaches to the end of the text, so that looking stays linear.
STRING = r"'(?:[^'\\]|\\.)*+(?:'|\Z)|\"(?:[^\"\\]|\\.)*+(?:\"|\Z)"
ENDS = {"{{": "}}", "{%": "%}"}


def is_template(text: str) -> bool:
    """Whether there is anything to fill in a text.

    >>> is_template("{{ x }}"), is_template("{x}")
    (True, False)
    """
    return "{" in text and ("{{" in text or "{%" in text or "{#" in text)


def code_of(source: str) -> str:
    """What is code in a template, without its literal texts, comments and strings; a part a line, tags with their %.

    >>> code_of("a {{ b | c('d') }} {# e #}{% if f %}")
    "b | c('')\\n% if f"
    """
    parts = []
    at = 0
    while (begin := _next_mark(source, at)) is not None:
        mark = source[begin : begin + 2]
        if mark == "{#":
            end = source.find("#}", begin)
            at = len(source) if end < 0 else end + 2
            continue
        end = _end_of_code(source, begin + 2, ENDS[mark])
        code = without_strings(without_marks(source[begin + 2 : end]))
        parts.append(f"% {code}" if mark == "{%" else code)
        at = end + 2
        if parts[-1] == "% raw":
            at = _end_of_raw(source, at)
    return "\n".join(parts)


def without_marks(inner: str) -> str:
    """What stands between the braces, without the marks that take or keep blanks around them.

    >>> without_marks("- a -"), without_marks(" -1 ")
    ('a', '-1')
    """
    for mark in ("-", "+"):
        inner = inner.removeprefix(mark).removesuffix(mark)
    return inner.strip()


def _next_mark(source: str, at: int) -> int | None:
    import re

    found = re.compile(r"\{[{%#]").search(source, at)
    return found.start() if found else None


def _end_of_code(source: str, at: int, mark: str) -> int:
    """Where an expression or a tag ends; brackets in it, and its strings, may hold the mark."""
    import re

    depth = 0
    for token in re.compile(rf"{STRING}|[([{{]|%\}}|[)\]}}]", re.DOTALL).finditer(source, at):
        if depth == 0 and source.startswith(mark, token.start()):
            return token.start()
        if token[0] in ("(", "[", "{"):
            depth += 1
        elif token[0] in (")", "]", "}"):
            depth = max(0, depth - 1)
    return len(source)


def _end_of_raw(source: str, at: int) -> int:
    import re

    found = re.compile(r"\{%[-+]?\s*endraw").search(source, at)
    return found.start() if found else len(source)


def without_strings(code: str) -> str:
    """An expression with its strings emptied.

    >>> without_strings("a['b'] ~ \\"c\\"")
    "a[''] ~ ''"
    """
    import re

    return " ".join(re.sub(STRING, "''", code, flags=re.DOTALL).split())


def unbounded(source: str, code: str) -> str | None:
    """Why a template is refused by its looks; None where nothing speaks against it.

    >>> unbounded("{% set a = [b, b] %}", "% set a = [b, b]")
    "'set' is not available here; compute values in a step of their own (set: {name: …})"
    """
    import re

    if len(source) > LONGEST_SOURCE:
        return f"it has {len(source):,} characters; {LONGEST_SOURCE:,} can be read"
    if any(len(part) > LONGEST_CODE for part in code.split("\n")):
        return f"an expression has more than {LONGEST_CODE} characters; compute it in steps (set: {{name: …}})"
    depth = deepest = 0
    for tag in re.findall(r"^% (\w+)", code, flags=re.MULTILINE):
        if tag not in TAGS:
            return f"'{tag}' is not available here; compute values in a step of their own (set: {{name: …}})"
        depth += (tag == "for") - (tag == "endfor")
        deepest = max(deepest, depth)
    if deepest > DEEPEST_LOOP:
        return f"loops stand in loops {deepest} deep; {DEEPEST_LOOP} are allowed"
    if re.search(r"\.\s*format\s*\(", code):
        return "'.format' is not available here; write '%s' | format(x)"
    if re.search(r"(?:^|[^\w\])'\s])\s*\[[^\n]*\*|\*[*\s(]*\[", code, flags=re.MULTILINE):
        return "a list cannot be multiplied here"
    return None
