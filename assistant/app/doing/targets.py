"""Which item a sentence means: by its number, or by the words of its title. One that is not sure asks."""

import re

from assistant.app.doing.plan import Open
from assistant.app.items import Item, find_row, item_of, list_items
from assistant.app.session import Session
from assistant.app.words import shortened
from assistant.errors import NotFound
from assistant.store.find import Filter

NUMBER = re.compile(r"(?:(?:no|number|task|reminder|item|job|request|question)\.? )?#?(\d{1,9})")
NUMBERS = re.compile(r"#?\d{1,9}(?:(?:\s*,\s*|\s+and\s+|\s+)#?\d{1,9})+")
AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
FILLING = re.compile(
    r"^(?:(?:the|my|our|this|that|a|an|reminding me|reminder|task|to-?do|item|job|alarm|about|to|for|of|with)\s+)+"
    r"|\s+(?:reminder|task|to-?do|item|job|alarm|one|question|request)$",
    re.IGNORECASE,
)
VAGUE = frozenset((
    "it", "that", "this", "them", "these", "those", "one", "all", "everything", "anything", "every", "each", "my",
    "the", "of", "task", "tasks", "reminder", "reminders", "item", "items", "job", "jobs", "today", "tomorrow", "now",
    "here", "everybody", "last", "first", "next", "other", "others", "rest",
))  # fmt: skip
SHORTEST = 4  # letters with which a word of a title may begin
MOST = 6


class Picked(dict[str, int]):
    """What the person chose where several items fitted: the words, and the number."""


def items_meant(session: Session, said: str, picked: Picked, kinds: tuple[str, ...] = Filter().kinds) -> list[Item]:
    """The items: several only where each is said by its number or its name."""
    if NUMBERS.fullmatch(said.strip()):
        return [item_of(session, find_row(session.reading, int(number))) for number in re.findall(r"\d+", said)]
    try:
        return [item_meant(session, said, picked, kinds)]
    except NotFound:
        named = AND.split(said.strip())
        if len(named) == 1:
            raise
        return [item_meant(session, one, picked, kinds) for one in named]


def item_meant(session: Session, said: str, picked: Picked, kinds: tuple[str, ...] = Filter().kinds) -> Item:
    """The one open item that is meant. NotFound where none fits, Open where several do."""
    said = said.strip().strip("\"'“”‘’ ")
    number = NUMBER.fullmatch(said)
    if number is not None or said in picked:
        return item_of(session, find_row(session.reading, picked.get(said) or int(number[1] if number else 0)))
    title = FILLING.sub("", said).strip() or said
    words = tuple(re.findall(r"[^\W_]+", title))
    if VAGUE.issuperset(word.lower() for word in words):
        raise Open(f'Which one is "{shortened(said)}"?', "say its number, or words of its title: ask list")
    found = list_items(session, Filter(kinds=kinds, words=words, limit=MOST))
    found = [item for item in found if _bears(item.title, words)]
    same = [item for item in found if item.title.casefold() == title.casefold()]
    if len(same) == 1 or len(found) == 1:
        return (same or found)[0]
    if not found:
        raise NotFound(f'Nothing open is called "{shortened(title)}".', "ask list shows what is open, with its number")
    choices = tuple((item.id, item.title) for item in found if item.id is not None)
    listed = "; ".join(f"{one} {title}" for one, title in choices)
    raise Open(f'"{shortened(said)}" may be several: {listed}. Which one?', "say its number", choices, said)


def _bears(title: str, words: tuple[str, ...]) -> bool:
    """Whether a title has each word, or one that begins with it: `dent` names the dentist, `it` not the Italian."""
    have = [word.casefold() for word in re.findall(r"[^\W_]+", title)]
    return all(
        word.casefold() in have or (len(word) >= SHORTEST and any(one.startswith(word.casefold()) for one in have))
        for word in words
    )
