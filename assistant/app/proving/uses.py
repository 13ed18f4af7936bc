"""What the templates and conditions of a workflow ask of values that are not there yet: names, and what they equal.

Best effort: what is found here fills stand-ins, and is judged by the engine itself when it is used.
"""

import re
from typing import Any

from assistant.core.template import TemplateFault, engine
from assistant.core.template_text import is_template

CONDITIONS = frozenset({"when", "where", "for_each"})
NUMBERS = frozenset({"amount", "total", "price", "sum", "count", "number", "size", "days", "score", "index"})
# What a text is like, where its name tells.
TEXTS = {
    "to": "acme@example.com", "mail": "ada@example.com", "email": "ada@example.com", "organizer": "ada@example.com",
    "path": "/home/you/file.txt", "file": "file.txt", "folder": "/home/you", "url": "https://example.com/",
    "what": "the offer", "topic": "the offer", "title": "the offer", "subject": "the offer", "who": "ada",
}  # fmt: skip
LITERAL = r"('[^']*'|\"[^\"]*\"|-?\d+(?:\.\d+)?|true|false)"


class Uses:
    """The expressions of a document, and the dotted names in them."""

    def __init__(self, *parts: Any) -> None:
        self.sources: list[str] = []
        self.lists: set[str] = set()
        for part in parts:
            self._gather(part, "")
        self.paths = {path for source in self.sources for path in _paths(source)}

    def _gather(self, part: Any, key: str) -> None:
        if isinstance(part, dict):
            for name, value in part.items():
                self._gather(value, name)
        elif isinstance(part, list):
            for value in part:
                self._gather(value, key)
        elif isinstance(part, str) and key in CONDITIONS and part:
            self.sources.append(f"{{{{ {part} }}}}")
            if key == "for_each":
                self.lists.add(part.strip())
        elif isinstance(part, str) and is_template(part):
            self.sources.append(part)

    def below(self, prefix: str) -> list[str]:
        """What is asked of a name: the dotted names below it."""
        return sorted(path[len(prefix) + 1 :] for path in self.paths if path.startswith(f"{prefix}."))

    def filled(self, prefix: str, value: Any) -> Any:
        """A value with what is asked of it, where it is a map that lacks it."""
        if prefix in self.lists and not isinstance(value, list):
            return [self._item(1), self._item(2)]
        for path in self.below(prefix):
            word, _, _rest = path.partition(".")
            if value is None:
                value = {}
            if not isinstance(value, dict) or word.isdigit():
                break
            below = f"{prefix}.{word}"
            if value.get(word) is None:
                value[word] = self.filled(below, None)
                if value[word] is None:
                    value[word] = self.guess(below)
            else:
                value[word] = self.filled(below, value[word])
        return value

    def _item(self, number: int) -> Any:
        """An item of a list; a map where its fields are asked for."""
        found = self.filled("item", None)
        return f"item {number}" if found is None else found

    def guess(self, path: str) -> Any:
        """A value for a name that fits what it is compared with; else a text like its name."""
        word = path.rpartition(".")[2]
        found = self.compared(path)
        if found is not None:
            return found
        return 5 if word in NUMBERS else TEXTS.get(word, word)

    def compared(self, path: str) -> Any:
        """A value for a name that fits what it is compared with; None where it is compared with nothing."""
        name = re.escape(path)
        for source in self.sources:
            found = re.search(rf"(?<![\w.]){name}(?:\s*\|\s*\w+)*\s*(==|>=?|<=?)\s*{LITERAL}", source)
            if found:
                return _beyond(found[1], _value(found[2]))
            found = re.search(rf"{LITERAL}\s*(?:==|in)\s*{name}(?![\w.])", source)
            if found:
                return _value(found[1])
            found = re.search(rf"(?<![\w.]){name}(?:\s*\|\s*\w+)*\s+in\s+\[\s*{LITERAL}", source)
            if found:
                return _value(found[1])
        return None


def _paths(source: str) -> set[str]:
    try:
        return set(engine().undeclared_variables_in_str(source, nested=True))
    except (TemplateFault, ValueError, RuntimeError):
        return set()


def _value(text: str) -> Any:
    """What a literal says.

    >>> [_value(text) for text in ("'a'", "3", "2.5", "true")]
    ['a', 3, 2.5, True]
    """
    if text[0] in "'\"":
        return text[1:-1]
    if text in ("true", "false"):
        return text == "true"
    return float(text) if "." in text else int(text)


def _beyond(operator: str, value: Any) -> Any:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return value
    return value + {">": 1, "<": -1}.get(operator, 0)
