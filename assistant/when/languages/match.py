"""Where a language's tables fit a text: its patterns and classes, place by place. Decides nothing about time."""

from assistant.when.languages.figures import figures_of_date, hours_and_minutes
from assistant.when.languages.found import PLACES, Found, as_hour, copy, place, spelled, word
from assistant.when.languages.source import Source
from assistant.when.languages.table import Item, Language, Name, Part, Rule
from assistant.when.lexicon import words
from assistant.when.tokens import Token

# What is counted and no time, in any of the languages.
MEASURES = words(
    "euro euros eur dollar dollars dolares dollari cent cents centavos kg kilo kilos chili quilos g gramm km m meter"
    " metros metri metres prozent percent personen personnes personas persone pessoas leute grad grados gradi graden"
    " prozent mal fois veces volte keer vezes"
)

SHORT = 3  # letters of a unit that may have a point: `Std.`


class Matcher:
    """A text under one language's tables."""

    __slots__ = ("language", "memo", "source")

    def __init__(self, source: Source, language: Language) -> None:
        self.source = source
        self.language = language
        self.memo: dict[tuple[str, int], Found | None] = {}

    def best(self, at: int, heads: "dict[str, list[Rule]]") -> Found | None:
        """The rule that fits here and reaches furthest; the first of them where two reach as far."""
        head = "0" if self.source.number(at) >= 0 else self.source.key(at)
        best: tuple[int, Rule, dict[str, Found]] | None = None
        for rule in heads.get(head, ()):
            if not self._may_fit(rule.items, at):
                continue
            got = self._fit(rule.items, at)
            if got is not None and (best is None or got[0] > best[0]):
                best = (got[0], rule, got[1])
        return self._made(best[1], best[2], at, best[0]) if best else None

    def _may_fit(self, items: tuple[Item, ...], at: int) -> bool:
        """Whether the first two places fit: most rules end here, at no cost."""
        end = at + 1
        if items[0].name:
            first = self.of_class(items[0].name, at)
            if first is None:
                return False
            end = first.end
        return len(items) == 1 or bool(items[1].name) or self.source.key(end) in items[1].words

    def _fit(self, items: tuple[Item, ...], at: int) -> "tuple[int, dict[str, Found]] | None":
        found: dict[str, Found] = {}
        for item in items:
            if not item.name:
                if self.source.key(at) not in item.words or (item.exact and self.source.tokens[at].text != item.exact):
                    return None
                at += 1
                continue
            one = self.of_class(item.name, at)
            if one is None:
                return None
            found[item.ref] = one
            at = one.end
        return at, found

    def of_class(self, name: str, at: int) -> Found | None:
        known = (name, at)
        if known not in self.memo:
            self.memo[known] = self._find(name, at)
        return self.memo[known]

    def _find(self, name: str, at: int) -> Found | None:
        if at >= len(self.source.tokens):
            return None
        if name == "n":
            return self._number(at)
        if name in ("h", "m"):
            return self._small(at, 24) if name == "h" else self._small(at, 59, before="minutes")
        if name in ("ord", "d"):
            return self._place(at) or (self._day(at) if name == "d" else None)
        if name == "year":
            return self._year(at)
        if name in ("clock", "timed"):
            return self._clock(at, bare=name == "clock")
        if name == "amount":
            return self._amount(at)
        if name in ("date", "dated"):
            return self._date(at, bare=name == "date")
        return self._named(name, at)

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _named_number(self, at: int, table: str) -> "tuple[int, int] | None":
        for name in self.language.classes[table].get(self.source.key(at), ()):
            if self._stands(name.phrase, at):
                return at + len(name.phrase), int(name.said)
        return None

    def _stands(self, phrase: tuple[str, ...], at: int) -> bool:
        return all(self.source.key(at + n) == one for n, one in enumerate(phrase))

    def _number(self, at: int) -> Found | None:
        """`2`, `2,5`, `drei`: as it is, or its English word."""
        source = self.source
        value = source.number(at)
        if value >= 0:
            end = at + 1
            if (
                source.key(end) in (",", ".")
                and source.glued(end)
                and source.glued(end + 1)
                and source.number(end + 1) >= 0
            ):
                if source.digits(end + 1) > 2:
                    return None
                end, value = end + 2, -1
            elif source.key(end) in ("½", "¼", "¾"):
                end, value = end + 1, -1
            return Found(end, source.tokens[at:end], value)
        counted = self._named_number(at, "number")
        if counted is None:
            return None
        end, value = counted
        return Found(end, spelled(source, value, at, end), value)

    def _small(self, at: int, most: int, *, before: str = "", of_month: bool = False) -> Found | None:
        """An hour or minutes: a whole number that is not the beginning of something else."""
        found = self._number(at)
        if found is None or not 0 <= found.value <= most or self.source.digits(at) > 2:
            return None
        source, end = self.source, found.end
        if source.glued(at) and source.key(at - 1) in ("/", ".", ":", "-") and source.number(at - 2) >= 0:
            return None  # inside a date or a range
        if source.number(at) < 0 and source.key(at) in self.language.classes.get("article", {}) and most == 59:
            return None
        unit = self._unit_at(end)
        if unit is not None and not self._is_hour_sign(end) and unit.tokens[0].text != before:
            return None
        if source.key(end) in MEASURES or (not of_month and self._begins_date(at, end)):
            return None
        if source.glued(end) and (
            source.key(end) in ("%", "€", "$", "/") or (source.is_word(end) and not self._is_hour_sign(end))
        ):
            return None
        return found

    def _begins_date(self, at: int, end: int) -> bool:
        """`1. Dezember`, `5 de mayo`: a day, no hour."""
        source = self.source
        if source.key(end) == "." and source.glued(end) and self._counts(end + 1):
            return True
        after = end + (source.key(end) in self.language.links)
        return self.of_class("M", after) is not None

    def _is_hour_sign(self, at: int) -> bool:
        return self.source.key(at) in self.language.hours

    def _unit_at(self, at: int) -> Found | None:
        return self.of_class("u", at) if self.source.is_word(at) else None

    def _place(self, at: int) -> Found | None:
        """`2.` before a word, `1er`, `3º`, `dritte`: a place, as `3rd` is one."""
        source = self.source
        value, end = source.number(at), at + 1
        if value >= 0:
            sign = source.key(end)
            if not 1 <= value <= 366 or source.digits(at) > 3:
                return None
            if sign == "." and source.glued(end) and "." in self.language.ordinal_endings:
                if source.glued(end + 1) or not self._counts(end + 1):
                    return None
                end += 1
            elif sign in self.language.ordinal_endings and source.glued(end) and sign != ".":
                end += 1 + (source.key(end + 1) == "." and source.glued(end + 1))
            else:
                return None
        else:
            counted = self._named_number(at, "place")
            if counted is None:
                return None
            end, value = counted
            if value < len(PLACES):
                return Found(end, [word(PLACES[value], source.tokens[at].start, source.tokens[end - 1].end)], value)
        return Found(end, place(source, value, at, end), value)

    def _counts(self, at: int) -> bool:
        """Whether what follows `2.` is something that has places."""
        source = self.source
        if source.key(at) in self.language.joins:
            return source.number(at + 1) >= 0 and source.key(at + 2) == "."
        return source.is_word(at) and any(
            source.key(at) in self.language.classes.get(name, {}) for name in ("w", "M", "u", "per")
        )

    def _day(self, at: int) -> Found | None:
        """A day of the month, `15` or `quince`, as a place."""
        found = self._small(at, 31, of_month=True)
        if found is None or found.value < 1 or self._is_hour_sign(found.end):
            return None
        source, end = self.source, found.end
        if source.key(end) in (":", "/", ".", "-") and source.glued(end) and source.number(end + 1) >= 0:
            return None
        if source.number(at) < 0 and found.value < len(PLACES):
            start, stop = source.tokens[at].start, source.tokens[end - 1].end
            return Found(end, [word(PLACES[found.value], start, stop)], found.value)
        return Found(end, place(source, found.value, at, end), found.value)

    def _year(self, at: int) -> Found | None:
        value = self.source.number(at)
        if self.source.digits(at) != 4 or not 1900 <= value <= 2199:
            return None
        return Found(at + 1, [self.source.tokens[at]], value)

    def _date(self, at: int, *, bare: bool) -> Found | None:
        """`lundi 3 juin 2027`, `3.6.`, `montag`: a day as dates are written, its parts in a row."""
        source, start = self.source, at
        tokens: list[Token] = []
        is_bare = True
        for name in ("w", "figures", "d", "M", "year"):
            if name in ("M", "year") and tokens and source.key(at) in self.language.links:
                at += 1
            found = figures_of_date(source, at) if name == "figures" else self.of_class(name, at)
            if found is None:
                if tokens and source.key(at - 1) in self.language.links:
                    at -= 1
                continue
            tokens.extend(found.tokens)
            at = found.end
            is_bare = is_bare and name in ("d", "year")
            if name == "w" and source.key(at) == ",":
                at += 1
            if name == "figures":
                break
        if tokens and source.key(at - 1) == ",":
            at -= 1
        return Found(at, tokens) if tokens and at > start and (bare or not is_bare) else None

    # --- clocks and amounts -------------------------------------------------------------------------------------------

    def _clock(self, at: int, *, bare: bool) -> Found | None:
        """A time of day after a word that leads one: with minutes, by the language's own ways, or a bare hour."""
        spoken = self.best(at, self.language.clocks)
        figures = self.figures(at, pointed=True)
        if figures is not None and (spoken is None or figures.end >= spoken.end):
            return figures
        hour = self._small(at, 24) if spoken is None and bare else None
        if hour is None:
            return spoken
        start, stop = hour.tokens[0].start, hour.tokens[-1].end
        return Found(hour.end, [*hour.tokens, word("o'clock", start, stop)], hour.value)

    def figures(self, at: int, *, pointed: bool = False) -> Found | None:
        """`9:30`, `9h30`, `9h`, `9.30`: an hour in figures, which counts to 24."""
        source = self.source
        hour, end = source.number(at), at + 1
        if not 0 <= hour <= 24 or source.digits(at) > 2:
            return None
        sign, minute = source.key(end), 0
        with_minutes = (
            source.glued(end) and source.digits(end + 1) == 2 and source.glued(end + 1) and source.number(end + 1) < 60
        )
        if sign in (":", ".") and with_minutes:
            minute, end = source.number(end + 1), end + 2
            if source.key(end) == sign and source.glued(end) and source.number(end + 1) >= 0:
                return None  # seconds, or a date
            if self._is_hour_sign(end):
                end += 1
            elif sign == "." and not pointed:
                return None
        elif sign in self.language.hours and len(sign) <= 3 and (len(sign) < 3 or with_minutes):
            if not source.glued(end):
                return None
            if with_minutes:
                minute, end = source.number(end + 1), end + 2
            else:
                end += 1
                if source.glued(end) and (source.is_word(end) or source.number(end) >= 0):
                    return None
        else:
            return None
        return Found(end, self._clock_tokens(hour, minute, at, end, literal=True), hour)

    def _clock_tokens(self, hour: int, minute: int, at: int, end: int, *, literal: bool = False) -> list[Token]:
        start, stop = self.source.tokens[at].start, self.source.tokens[end - 1].end
        padded = literal or hour == 0
        first = word(f"{hour:02}" if padded else str(hour), start, stop, glued=self.source.glued(at))
        if literal:
            first = as_hour(first)
        return [first, word(":", start, stop, glued=True), word(f"{minute:02}", start, stop, glued=True)]

    def _amount(self, at: int) -> Found | None:
        """`3 Tage und 2 Stunden`: numbers of units, or the language's own ways to say such."""
        first = self._one_amount(at)
        if first is None:
            return None
        tokens, end = list(first.tokens), first.end
        for _ in range(3):
            after = end
            while self.source.key(after) in self.language.joins or self.source.key(after) == ",":
                after += 1
                if after - end == 2:
                    break
            more = self._one_amount(after)
            if more is None:
                break
            tokens.extend(more.tokens)
            end = more.end
        return Found(end, tokens)

    def _one_amount(self, at: int) -> Found | None:
        special = self.best(at, self.language.amounts)
        if special is not None:
            return special
        count = hours_and_minutes(self.source, at)
        if count is not None:
            return count
        count = self._number(at)
        if count is None:
            return None
        unit = self._unit_at(count.end)
        if unit is None or (self.source.glued(unit.end) and self.source.number(unit.end) >= 0):
            return None
        return Found(unit.end, [*count.tokens, *unit.tokens])

    # --- names --------------------------------------------------------------------------------------------------------

    def _named(self, name: str, at: int) -> Found | None:
        for one in self.language.classes[name].get(self.source.key(at), ()):
            end = at + len(one.phrase)
            if not self._stands(one.phrase, at) or not (not one.weak or self._is_backed(one, at, end)):
                continue
            short = one.weak or (name == "u" and len(one.phrase[0]) <= SHORT and end + 1 < len(self.source.tokens))
            if short and self.source.key(end) == "." and self.source.glued(end) and not self.source.glued(end + 1):
                end += 1
            start, stop = self.source.tokens[at].start, self.source.tokens[end - 1].end
            return Found(end, [word(text, start, stop) for text in one.said.split()])
        return None

    def _is_backed(self, name: Name, at: int, end: int) -> bool:
        """Whether a short name stands where a day or month would: with its point, beside a number or another one."""
        source = self.source
        pointed = source.key(end) == "." and source.glued(end)
        after = end + pointed
        if at == 0 and after >= len(source.tokens):
            return True
        if pointed and after < len(source.tokens) and not source.glued(after):
            return True
        if self.language.capitals and not source.is_capital(at):
            return False
        if source.key(at - 1) in self.language.before_days:
            return True
        between = (",", "-", "/", "+", "a", "al", "au", "bis", "tot", *self.language.joins)
        if source.key(after) in between and self._is_near_name(after + 1):
            return True
        if source.key(at - 1) in between and self._is_near_name(at - 2):
            return True
        if source.key(after) == ",":
            after += 1
        return source.number(after) >= 0 or source.number(at - 1) >= 0

    def _is_near_name(self, at: int) -> bool:
        classes = self.language.classes
        return self.source.key(at) in classes["w"] or self.source.key(at) in classes["M"] or self.source.number(at) >= 0

    # --- what a rule gives --------------------------------------------------------------------------------------------

    def _made(self, rule: Rule, found: "dict[str, Found]", at: int, end: int) -> Found:
        start, stop = self.source.tokens[at].start, self.source.tokens[end - 1].end
        tokens: list[Token] = []
        for part in rule.parts:
            tokens.extend(self._part(part, found, at, end))
        # Words that changed places cover all that lies between, so that what is left is left word for word.
        reach = stop
        for token in reversed(tokens):
            token.start = reach = min(token.start, reach)
        reach = start
        for token in tokens:
            token.end = reach = max(token.end, reach)
        if tokens:
            tokens[0].start, tokens[-1].end = start, stop
        return Found(end, tokens)

    def _part(self, part: Part, found: "dict[str, Found]", at: int, end: int) -> list[Token]:
        start, stop = self.source.tokens[at].start, self.source.tokens[end - 1].end
        if part.kind == "word":
            return [word(part.text, start, stop, part.glued)]
        if part.kind == "place":
            return place(self.source, found[part.text].value, at, end)
        if part.kind == "figure":
            return [word(str(found[part.text].value), start, stop, part.glued)]
        if part.kind == "clock":
            hour, minute = self._counted(part.text, found)
            return self._clock_tokens(hour, minute, at, end)
        copies = [copy(token) for token in found[part.text].tokens]
        if part.glued:
            copies[0].glued = True
        return copies

    def _counted(self, said: str, found: "dict[str, Found]") -> "tuple[int, int]":
        """`h-30-m`: an hour and the minutes before or after it."""
        terms = said.replace("-", "+-").split("+")
        first = terms[0]
        hour = int(first) if first.isdigit() else found[first].value
        minutes = hour * 60
        for term in terms[1:]:
            sign, name = (-1, term[1:]) if term[0] == "-" else (1, term)
            minutes += sign * (int(name) if name.isdigit() else found[name].value)
        hour, minute = divmod(minutes, 60)
        return 12 if hour == 0 and not first.isdigit() else hour % 24, minute
