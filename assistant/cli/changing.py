"""The verbs that change items: parse, call, show."""

from assistant.app import change
from assistant.app import snooze as put_off_until
from assistant.app.items import Item
from assistant.app.session import Session
from assistant.cli.given import numbers_given, one_number_given
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import item_json, item_row, next_words, short, way_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def changed(
    items: list[Item],
    session: Session,
    said: "Callable[[Item], str]",
    more: "Callable[[Item], dict[str, Any]] | None" = None,
) -> Output:
    """What was changed, what it does next, and the way back. `more` is what else JSON says of an item."""
    return Output(
        json=lambda: [{**item_json(item, session), **(more(item) if more is not None else {})} for item in items],
        ids=lambda: [item.id for item in items],
        plain=lambda: [item_row(item, session) for item in items],
        human=lambda: [
            line
            for item in items
            for line in (
                f"  {item.id}  {bold(item.title)}",
                f"      {' · '.join(filter(None, (said(item), next_words(item, session))))}" + dim(way_back(session)),
            )
        ],
    )


def ended(item: Item, what: str) -> str:
    """What was done to it; of a reminder that has ended, that it is over."""
    over = item.kind == "schedule" and item.state == "ended"
    does = "rings" if item.workflow in (None, "reminder") else "starts"
    return f"{what}; it {does} no more" if over else what


def done(parsed: Parsed, session: Session) -> Output:
    """It is done."""
    return changed(change.done(session, numbers_given(parsed.words)), session, lambda item: ended(item, "done"))


def ack(parsed: Parsed, session: Session) -> Output:
    """It was seen."""
    return changed(change.ack(session, numbers_given(parsed.words)), session, lambda item: ended(item, "seen"))


def cancel(parsed: Parsed, session: Session) -> Output:
    """It ends."""
    items = change.cancel(session, numbers_given(parsed.words), keep=bool(parsed.get("keep")))
    return changed(
        items, session, _cancelled, lambda item: {"stopping": _is_stopping(item)} if item.kind == "job" else {}
    )


def _cancelled(item: Item) -> str:
    if _is_stopping(item):
        return f"stopping · {item.why}"
    return ended(item, "cancelled" if item.kind == "schedule" else item.state)


def _is_stopping(item: Item) -> bool:
    """Whether a job that was cancelled has something under way that must be settled first."""
    return item.kind == "job" and item.state in ("pending", "in_progress", "awaiting_input")


def pause(parsed: Parsed, session: Session) -> Output:
    """It rests."""
    items = change.pause(session, numbers_given(parsed.words))
    said = {"job": "paused: nothing of it begins until"}
    return changed(
        items, session, lambda item: f"{said.get(item.kind, 'paused, and skipped until')}: ask resume {item.id}"
    )


def resume(parsed: Parsed, session: Session) -> Output:
    """It goes on."""
    return changed(change.resume(session, numbers_given(parsed.words)), session, lambda _item: "goes on")


def snooze(parsed: Parsed, session: Session) -> Output:
    """It rings later."""
    put_off = put_off_until.snooze(session, numbers_given(parsed.words[:1]), " ".join(parsed.words[1:]))
    items = [one.item for one in put_off]

    return Output(
        json=lambda: [item_json(item, session) for item in items],
        ids=lambda: [item.id for item in items],
        plain=lambda: [item_row(item, session) for item in items],
        human=lambda: [
            f"  {one.item.id}  {bold(one.item.title)} {_later(one, session)}{dim(way_back(session))}" for one in put_off
        ],
    )


def _later(one: put_off_until.Snoozed, session: Session) -> str:
    """When it rings instead, or also; of a series that it goes on."""
    from assistant.when import say

    was = f" (was {short(one.was, session)})" if one.was is not None else ""
    if one.series is None:
        return f"→ {next_words(one.item, session)}{was}"
    at = say.instant(one.to, one.item.timezone or session.zone, session.now)
    if one.series.anyway:
        said = f"→ {at}{was}, when the series rings anyway"
    else:
        said = f"→ {at}{was}" if was else f"also rings {at}"
    if one.series.next not in (None, one.to):
        said += f"; the series goes on: next {short(one.series.next, session)}"
    return f"{said}; paused, and skipped until: ask resume {one.item.id}" if one.item.state == "paused" else said


def edit(parsed: Parsed, session: Session) -> Output:
    """It is changed."""
    from assistant.app.edit import Edit
    from assistant.app.edit import edit as keep

    number = one_number_given(parsed.words[0])
    fields = {name: parsed.get(name) for name in Edit._fields if name not in ("title", "tags")}
    wish = Edit(title=" ".join(parsed.words[1:]) or None, tags=parsed.get("tag"), **fields)
    return changed([keep(session, number, wish)], session, lambda _item: "")


def undo(_parsed: Parsed, session: Session) -> Output:
    """The latest command is taken back."""
    from assistant.app.undo import undo as take_back

    undone = take_back(session)
    return Output(
        json=lambda: (
            [{**item_json(item, session), "undone": undone.words} for item in undone.items]
            or [{"id": None, "undone": undone.words}]
        ),
        ids=lambda: [item.id for item in undone.items],
        plain=lambda: [item_row(item, session) for item in undone.items],
        human=lambda: [
            f"  taken back: ask {undone.words}",
            *(f"  {item.id}  {item.title} · {item.state}" for item in undone.items),
        ],
    )
