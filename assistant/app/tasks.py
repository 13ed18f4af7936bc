"""Make a task. It waits for a person; nothing happens to it by itself."""

from assistant.app import words
from assistant.app.items import Item, item_of
from assistant.app.session import Session
from assistant.core.moves import New, Ref
from assistant.ports.records import Task
from assistant.store import find
from assistant.value import Value


class Added(Value):
    """A task that was made, or was there already under the same key."""

    __slots__ = ("item", "duplicate")
    item: Item
    duplicate: bool


def add(
    session: Session,
    text: str,
    due: str | None = None,
    priority: str = "normal",
    project: str | None = None,
    tags: tuple[str, ...] = (),
    key: str | None = None,
) -> Added:
    """Keep a task. TEXT is kept word for word; no time is read in it."""
    title = words.title(text)
    words.one_of("--priority", priority, words.PRIORITIES)
    due_at, due_wall = words.due(session, due) if due is not None else (None, None)
    if project is not None:
        project = words.title(project, "the project")
    if key is not None:
        words.title(key, "the key")
    with session.writing() as writing:
        if key:
            known = find.by_key(session.con, "task", key)
            if known is not None:
                return Added(item_of(session, known), duplicate=True)
        number, ref = Ref("number"), Ref("task")
        values = {
            "id": number,
            "title": title,
            "state": "open",
            "due_at": due_at,
            "due_wall": due_wall,
            "zone": session.zone if due_at else None,
            "priority": priority,
            "project": project,
            "tags": [words.title(tag, "the tag") for tag in tags],
            "key": key,
            "created_at": session.now,
        }
        writing.apply(
            [New("number", number, {"kind": "task"}, "task has a number"), New("task", ref, values, "task added")]
        )
        made = find.item(session.con, writing.id_of(ref))
    assert isinstance(made, Task)  # noqa: S101 - it was made in the transaction above
    return Added(item_of(session, made), duplicate=False)
