"""Take back the latest command."""

from assistant.app.items import Item, find_row, item_of
from assistant.app.session import Session
from assistant.store.undo import undo_latest
from assistant.value import Value


class TakenBack(Value):
    """The command that was taken back, and the items it had touched, as they are now."""

    __slots__ = ("words", "items")
    words: str
    items: list[Item]


def undo(session: Session) -> TakenBack:
    """Undo the latest command that is not yet undone, whole."""
    session.words = "undo"
    with session.writing() as writing:
        undone = undo_latest(writing)
    session.forget()
    if undone.versions:
        from assistant.app.workflow_keep import keep_files

        keep_files(session, undone.versions)
    return TakenBack(undone.words, [item_of(session, find_row(session.con, number)) for number in undone.numbers])
