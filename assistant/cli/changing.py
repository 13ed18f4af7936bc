"""The verbs that change items: parse, call, show."""

from assistant.app import change
from assistant.app.items import Item
from assistant.app.session import Session
from assistant.cli.given import numbers_given
from assistant.cli.output import Output, bold
from assistant.cli.parse import Parsed
from assistant.cli.show import item_json, item_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def _changed(items: list[Item], session: Session) -> Output:
    return Output(
        json=lambda: [item_json(item, session) for item in items],
        ids=lambda: [item.id for item in items],
        plain=lambda: [item_row(item, session) for item in items],
        human=lambda: [line for item in items for line in (f"  {item.id}  {bold(item.title)}", f"      {item.why}")],
    )


def _each(act: "Callable[[Session, list[int]], list[Item]]", parsed: Parsed, session: Session) -> Output:
    return _changed(act(session, numbers_given(parsed.words)), session)


def done(parsed: Parsed, session: Session) -> Output:
    """It is done."""
    return _each(change.done, parsed, session)


def ack(parsed: Parsed, session: Session) -> Output:
    """It was seen."""
    return _each(change.ack, parsed, session)


def cancel(parsed: Parsed, session: Session) -> Output:
    """It ends."""
    return _each(change.cancel, parsed, session)


def pause(parsed: Parsed, session: Session) -> Output:
    """It rests."""
    return _each(change.pause, parsed, session)


def resume(parsed: Parsed, session: Session) -> Output:
    """It goes on."""
    return _each(change.resume, parsed, session)


def answer(parsed: Parsed, session: Session) -> Output:
    """A question is answered."""
    number, word = parsed.words
    return _changed(change.answer(session, numbers_given((number,))[0], word), session)


def snooze(parsed: Parsed, session: Session) -> Output:
    """It rings later."""
    (number,) = numbers_given(parsed.words[:1])
    return _changed(change.snooze(session, number, " ".join(parsed.words[1:])), session)


def edit(parsed: Parsed, session: Session) -> Output:
    """It is changed."""
    from assistant.app.edit import Edit
    from assistant.app.edit import edit as keep

    (number,) = numbers_given(parsed.words[:1])
    fields = {name: parsed.get(name) for name in Edit._fields if name not in ("title", "tags")}
    wish = Edit(title=" ".join(parsed.words[1:]) or None, tags=parsed.get("tag"), **fields)
    return _changed([keep(session, number, wish)], session)


def undo(_parsed: Parsed, session: Session) -> Output:
    """The latest command is taken back."""
    from assistant.app.undo import undo as take_back

    undone = take_back(session)
    return Output(
        json=lambda: {
            "undone": undone.words,
            "items": [item_json(item, session) for item in undone.items],
        },
        ids=lambda: [item.id for item in undone.items],
        plain=lambda: [item_row(item, session) for item in undone.items],
        human=lambda: [
            f"  taken back: ask {undone.words}",
            *(f"  {item.id}  {item.title} · {item.state}" for item in undone.items),
        ],
    )
