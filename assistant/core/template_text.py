"""What the text of a template shows before it runs: its code, its tags, and what fuel would not bound. Runs nothing.

Fuel counts steps and characters, not lists that hold themselves many times. What could double a value again and again
(set, with, macro, namespace, multiplied lists) is therefore refused.
"""

LONGEST_SOURCE = 65_536  # characters of one template
DEEPEST_LOOP = 4
TAGS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "raw", "endraw"})
# A string that does not end reaches to the end of the text, so that looking stays linear.
STRING = r"'(?:[^'\\]|\\.)*+(?:'|\Z)|\"(?:[^\"\\]|\\.)*+(?:\"|\Z)"
PARTS = rf"\{{#.*?(?:#\}}|\Z)|\{{\{{((?:{STRING}|(?!\}}\}}).)*+)|\{{(%(?:{STRING}|(?!%\}}).)*+)"


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
    import re

    found = re.finditer(PARTS, source, flags=re.DOTALL)
    parts = (match[1] or match[2] for match in found if match[1] or match[2])
    return "\n".join(" ".join(without_strings(part).strip("-+ ").split()) for part in parts)


def without_strings(code: str) -> str:
    """An expression with its strings emptied.

    >>> without_strings("a['b'] ~ \\"c\\"")
    "a[''] ~ ''"
    """
    import re

    return re.sub(STRING, "''", code, flags=re.DOTALL)


def unbounded(source: str, code: str) -> str | None:
    """Why a template is refused by its looks; None where nothing speaks against it.

    >>> unbounded("{% set a = [b, b] %}", "% set a = [b, b]")
    "'set' is not available here; compute values in a step of their own (set: {name: …})"
    """
    import re

    if len(source) > LONGEST_SOURCE:
        return f"it has {len(source):,} characters; {LONGEST_SOURCE:,} can be read"
    depth = deepest = 0
    for tag in re.findall(r"^%[-+ ]*(\w+)", code, flags=re.MULTILINE):
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
