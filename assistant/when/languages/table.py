"""The tables of one language and how their lines are written. Knows no text.

A line of rules is `pattern = words of the English grammar`. In a pattern, `a|b` is either word, `(a)` may be missing
and `{w}` is a class: `n` a number, `h` an hour, `m` minutes, `ord` a place, `d` a day of the month, `year`, `clock`,
`timed` (a clock that is no bare hour), `amount`, `date`, `dated` (a date that is no bare day), or a list of words the
language names. A word with `!` is meant with its accents, and a hyphen in a word may be missing. To the right of `=`,
`{w}` stands for what the class means, `{n:th}` for the place of that number, `{n:n}` for its figures and `@h+30` for a
clock time counted from an hour. Of the rules that fit at a place, the longest wins, and of those the first.
"""

from assistant.when.languages.source import fold
from assistant.when.tokens import tokenize

SPECIAL = frozenset(
    ("n", "h", "m", "ord", "d", "year", "clock", "timed", "amount", "date", "dated")
)  # figures may begin these
PLAIN = ("w", "ws", "M", "u")  # the classes whose words stand for themselves; the others only inside a rule
SHARED = """
    {d} {M} = {d} {M}
    {d} {M} {year} = {d} {M} {year}
    {M} {d} = {M} {d}
    {d} {M} {part} = {d} {M} in the {part}
    {amount} = {amount}
    {ord} = {ord}
    {which} = {which}
    {all} = {all}
"""


class Item:
    """One place of a pattern: some words, or a class of them."""

    __slots__ = ("exact", "name", "ref", "words")

    def __init__(self, words: frozenset[str], ref: str = "", exact: str = "") -> None:
        self.words = words
        self.exact = exact  # the word with its accents, where they matter
        self.ref = ref  # the name on the right side, for example h2
        self.name = ref.rstrip("0123456789")


class Part:
    """One piece of what a rule gives: a word, a class, or a clock time counted from an hour."""

    __slots__ = ("glued", "kind", "text")

    def __init__(self, kind: str, text: str, glued: bool = False) -> None:
        self.kind = kind  # word | ref | place | figure | clock
        self.text = text
        self.glued = glued


class Rule:
    """A pattern and what it means."""

    __slots__ = ("items", "parts")

    def __init__(self, items: tuple[Item, ...], parts: tuple[Part, ...]) -> None:
        self.items = items
        self.parts = parts


class Name:
    """What a phrase of a class means; a weak one counts only beside a number or another of its kind."""

    __slots__ = ("phrase", "said", "weak")

    def __init__(self, phrase: tuple[str, ...], said: str, weak: bool) -> None:
        self.phrase = phrase
        self.said = said
        self.weak = weak


class Language:
    """All that is known of one language."""

    __slots__ = (
        "after_openers", "amounts", "before_days", "capitals", "classes", "clocks", "code", "date_sign", "heads",
        "hours", "joins", "links", "names", "openers", "ordinal_endings", "own",
    )  # fmt: skip

    def __init__(
        self, code: str, *, numbers: "dict[str, int]", ordinals: "dict[str, int]", classes: "dict[str, str]",
        amounts: str, clocks: str, rules: str, openers: str, after_openers: str, ordinal_endings: str, hours: str,
        joins: str, links: str = "", before_days: str, capitals: bool = False, date_sign: str = "",
    ) -> None:  # fmt: skip
        self.code = code
        self.classes: dict[str, dict[str, list[Name]]] = {"number": _counted(numbers), "place": _counted(ordinals)}
        self.classes.update({name: {} for name in ("w", "ws", "M", "u", "per", "part", "article", "which", "all")})
        for name, lines in classes.items():
            self.classes[name] = _names(lines)
        self.ordinal_endings = frozenset(ordinal_endings.split())
        self.hours = frozenset(hours.split())  # the signs that follow an hour in figures
        self.joins = frozenset(joins.split())
        self.links = frozenset(links.split())  # what may stand between day, month and year
        self.before_days = frozenset(fold(word) for word in before_days.split())
        self.capitals = capitals  # whether short names of days are written with a capital
        self.date_sign = date_sign  # between day and month, where two figures with it are no time of day
        self.openers = tuple(_pattern(line) for line in _lines(openers))
        self.after_openers = frozenset(fold(word) for word in after_openers.split())
        self.amounts: dict[str, list[Rule]] = {}
        self.clocks: dict[str, list[Rule]] = {}
        self.heads: dict[str, list[Rule]] = {}
        amount_rules, clock_rules, others = _rules(amounts), _rules(clocks), _rules(rules + SHARED)
        self._index(self.amounts, amount_rules)
        self._index(self.clocks, clock_rules)
        self._index(self.heads, [*others, *clock_rules, *amount_rules, *self._plain_names()])
        self.own = self._own_words()
        spelled = {fold(one): one for one in _lone_words(" ".join((rules, *classes.values())))}
        self.names = {one: spelled.get(one, one) for one in self._long_names()}

    def _plain_names(self) -> list[Rule]:
        """A rule for each class of words that means itself."""
        return [Rule((Item(frozenset(), name),), (Part("ref", name),)) for name in PLAIN]

    def _index(self, heads: "dict[str, list[Rule]]", rules: list[Rule]) -> None:
        """Each rule under every word that it may begin with; `0` stands for figures."""
        for rule in rules:
            for word in self._first_words(rule.items[0]):
                heads.setdefault(word, []).append(rule)

    def _first_words(self, item: Item) -> "set[str] | frozenset[str]":
        if not item.name:
            return item.words
        found: set[str] = {"0"} if item.name in SPECIAL else set()
        if item.name in ("ord", "d", "date", "dated"):
            found.update(self.classes["place"])
        if item.name not in ("ord", "year") and item.name in SPECIAL:
            found.update(self.classes["number"])
        if item.name == "amount":
            found.update(self.amounts)
        if item.name in ("clock", "timed"):
            found.update(self.clocks)
        if item.name in ("date", "dated"):
            found.update(self.classes["w"], self.classes["M"])
        if item.name not in SPECIAL:
            found.update(self.classes[item.name])
        return found

    def _long_names(self) -> list[str]:
        """The days, months and lone words of time that are long enough to know them by most of their letters."""
        found = {one for name in ("w", "ws", "M") for one in self.classes[name]}
        for rules in self.heads.values():
            for rule in rules:
                if len(rule.items) == 1 and rule.parts[0].kind == "word":
                    found.update(rule.items[0].words)
        return sorted(word for word in found if len(word) >= 6)

    def _own_words(self) -> frozenset[str]:
        """The words that mean a time in this language, those that every sentence is full of left out."""
        found: set[str] = set()
        for name in PLAIN:
            for names in self.classes.get(name, {}).values():
                found.update(word for one in names for word in one.phrase if not one.weak)
        for rules in self.heads.values():
            for rule in rules:
                for item in rule.items:
                    found.update(item.words)
        return frozenset(word for word in found if word.isalpha())


def _lone_words(text: str) -> list[str]:
    return text.replace("|", " ").replace("(", " ").replace(")", " ").lower().split()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase as they are looked up; `_` parts two of them.

    >>> _phrase("fin_de_semana"), _phrase("aujourd'hui")
    (('fin', 'de', 'semana'), ("aujourd'", 'hui'))
    """
    return tuple(word for word in fold(text).replace("'", "' ").replace("_", " ").replace("-", " - ").split())


def spellings(word: str) -> list[str]:
    """A word with its umlauts as they are, and as two letters.

    >>> spellings("fünf"), spellings("vier")
    (['fünf', 'fuenf'], ['vier'])
    """
    spelled = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return [word] if spelled == word else [word, spelled]


def _counted(numbers: "dict[str, int]") -> "dict[str, list[Name]]":
    table: dict[str, list[Name]] = {}
    for said, value in numbers.items():
        for spelled in spellings(said):
            _put(table, _phrase(spelled), str(value), weak=False)
    return table


def _names(lines: str) -> "dict[str, list[Name]]":
    """A class: `english words: phrase phrase …` a line; `*` marks a weak phrase."""
    table: dict[str, list[Name]] = {}
    said = ""
    for line in _lines(lines):
        named, colon, phrases = line.partition(":")
        said, phrases = (named, phrases) if colon else (said, line)  # a line without a name goes on
        for phrase in phrases.split():
            for spelled in spellings(phrase.rstrip("*")):
                _put(table, _phrase(spelled), said.strip(), weak=phrase.endswith("*"))
    return table


def _put(table: "dict[str, list[Name]]", phrase: tuple[str, ...], said: str, *, weak: bool) -> None:
    """Longer phrases stand before shorter ones; a hyphen may be missing."""
    for one in {phrase, tuple(word for word in phrase if word != "-")}:
        names = table.setdefault(one[0], [])
        names.append(Name(one, said, weak))
        names.sort(key=lambda name: -len(name.phrase))


def _rules(text: str) -> list[Rule]:
    found: list[Rule] = []
    for line in _lines(text):
        pattern, _, said = line.partition(" = ")
        parts = _said(said.split())
        found.extend(Rule(items, parts) for items in _choices(pattern.split()))
    return found


def _choices(words: list[str]) -> "list[tuple[Item, ...]]":
    """A pattern with and without each of the words that may be missing."""
    found: list[tuple[Item, ...]] = [()]
    for word in words:
        optional = word.startswith("(")
        items = _items(word.strip("()"))
        longer = [have + more for have in found for more in items]
        found = found + longer if optional else longer
    return [items for items in found if items]


def _items(word: str) -> "list[tuple[Item, ...]]":
    if word.startswith("{"):
        return [(Item(frozenset(), word[1:-1]),)]
    singles: set[str] = set()
    found: list[tuple[Item, ...]] = []
    for choice in word.split("|"):
        if choice.endswith("!"):
            found.append((Item(frozenset((fold(choice[:-1]),)), exact=choice[:-1]),))
            continue
        for spelled in spellings(choice):
            phrase = _phrase(spelled)
            if len(phrase) == 1:
                singles.add(phrase[0])
                continue
            found.append(tuple(Item(frozenset((one,))) for one in phrase))
            if "-" in phrase:
                found.append(tuple(Item(frozenset((one,))) for one in phrase if one != "-"))
    return [*found, (Item(frozenset(singles)),)] if singles else found


def _pattern(line: str) -> "list[tuple[Item, ...]]":
    return _choices(line.split())


def _said(words: list[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for word in words:
        if word.startswith("@"):
            parts.append(Part("clock", word[1:]))
            continue
        for place, piece in enumerate(word.replace("{", " {").replace("}", "} ").split()):
            if piece.startswith("{"):
                ref, _, form = piece[1:-1].partition(":")
                parts.append(Part({"": "ref", "th": "place", "n": "figure"}[form], ref, place > 0))
            else:
                parts.extend(Part("word", token.text, token.glued or place > 0) for token in tokenize(piece))
    return tuple(parts)
