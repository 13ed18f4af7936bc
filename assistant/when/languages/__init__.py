"""Time words of other languages, turned into tokens of the English grammar: a table a language, loaded when asked."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.languages.table import Language

KNOWN = frozenset(("de", "fr", "es", "it", "nl", "pt"))
_loaded: "dict[str, Language]" = {}


def language_of(code: str) -> "Language | None":
    """The tables of a language by its ISO 639-1 code, or none where there are none.

    >>> language_of("de").code, language_of("en")
    ('de', None)
    """
    if code not in KNOWN:
        return None
    if code not in _loaded:
        _loaded[code] = _load(code)
    return _loaded[code]


def _load(code: str) -> "Language":
    if code == "de":
        from assistant.when.languages.german import GERMAN

        return GERMAN
    if code == "fr":
        from assistant.when.languages.french import FRENCH

        return FRENCH
    if code == "es":
        from assistant.when.languages.spanish import SPANISH

        return SPANISH
    if code == "it":
        from assistant.when.languages.italian import ITALIAN

        return ITALIAN
    if code == "nl":
        from assistant.when.languages.dutch import DUTCH

        return DUTCH
    from assistant.when.languages.portuguese import PORTUGUESE

    return PORTUGUESE
