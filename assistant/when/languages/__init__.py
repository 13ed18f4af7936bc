"""Other languages as tables onto English words: what `translate` puts in their place, the one grammar reads.

A table is text, a line an entry: the phrase, ` = `, and the English it stands for. `<` before the English says that it
goes before the word in front of the phrase ("semaine prochaine", "next week"); an empty English drops the phrase.
A number stands for itself, `3rd` for an ordinal. Accents and capitals do not matter.
"""

KNOWN = ("de", "es", "fr", "it", "nl", "pt")


def table(language: str) -> str | None:
    """The table of a language, or none where it is English or not known.

    >>> table("en") is None
    True
    """
    if language not in KNOWN:
        return None
    from importlib import import_module

    found: str = import_module(f"assistant.when.languages.{language}").TABLE
    return found
