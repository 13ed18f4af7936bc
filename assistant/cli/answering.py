"""The verbs by which a person answers: approve, deny, answer, retry, resolve."""

import sys

from assistant.app import answers
from assistant.app.answers import Settled
from assistant.app.session import Session
from assistant.cli.given import given_values, numbers_given, one_number_given, text_given
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import item_json, item_row, jsonable, way_back
from assistant.errors import NotPossible, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.app.since_asked import SinceAsked


def _settled(found: list[Settled], session: Session, said: "Callable[[Settled], str]") -> Output:
    """What was answered, what follows, and the way back."""
    return Output(
        json=lambda: [_json(one, session) for one in found],
        ids=lambda: [one.item.id for one in found],
        plain=lambda: [item_row(one.item, session) for one in found],
        human=lambda: [line for one in found for line in lines_of(one, session, said(one))],
    )


def _json(one: Settled, session: Session) -> "dict[str, Any]":
    entry = one.entry
    more = {"request": entry.id, "job": entry.job, "proposal": entry.proposal, "hash": entry.hash}
    more |= {"again": one.again, "because": entry.because, "offer": one.offer}
    return {**item_json(one.item, session), **jsonable(more, session.tzinfo)}


def lines_of(one: Settled, session: Session, said: str) -> list[str]:
    """One answer for people."""
    entry, shown = one.entry, one.entry.shown()
    lines = [f"  {entry.id}  {bold(entry.title)}"]
    if shown is not None:
        lines.append(f"      {shown.line}")
        lines += [f"        {line}" for line in shown.more]
    lines.append(f"      {said}{dim(way_back(session))}")
    if one.offer:
        lines.append(f"      approved five times as it was: {one.offer} asks no more")
    return lines


def approve(parsed: Parsed, session: Session) -> Output:
    """It may be done."""
    edits, numbers = given_values(parsed.get("edit") or []), numbers_given(parsed.words)
    if not (parsed.json or parsed.quiet):
        _show_what_changed(parsed, session, numbers)
    return _settled(answers.approve(session, numbers, edits), session, approved_words)


def _show_what_changed(parsed: Parsed, session: Session, numbers: list[int]) -> None:
    """Of what was asked days ago: what changed since; a person at a terminal says once more that they mean it."""
    from assistant.app.since_asked import since_asked
    from assistant.cli.output import talk

    found = since_asked(session, numbers)
    talk(*(line for one in found for line in since_lines(one)))
    if any(one.changes for one in found) and sys.stdin.isatty() and not parsed.yes:
        from assistant.cli.person import confirm

        if not confirm("Approve it all the same?", parsed):
            raise NotPossible("Nothing was approved.", f"see it: ask show {numbers[0]}")


def since_lines(one: "SinceAsked") -> list[str]:
    """What changed since an old question was asked."""
    return [
        f"  {one.request.id}  {one.request.title} was asked {one.age} ago; since then:",
        *(f"      {line}" for line in one.changes or ("nothing changed, as far as is known here",)),
        *(f"      {fact}: read again before it is done, and a difference is asked" for fact in one.facts),
    ]


def approved_words(one: Settled) -> str:
    """What follows an approval: it asks again, its facts are read first, or a tick does it."""
    if one.again:
        return f"asks again, since {one.entry.because} · yes: ask approve {one.entry.id}"
    if one.entry.facts:
        facts = ", ".join(fact.step for fact in one.entry.facts)
        return f"approved; the next tick reads {facts} again, and acts if nothing changed"
    return "approved; the next tick does it"


def deny(parsed: Parsed, session: Session) -> Output:
    """It must not be done."""
    return _settled(answers.deny(session, numbers_given(parsed.words), parsed.get("why")), session, denied_words)


def denied_words(one: Settled) -> str:
    """What follows a denial."""
    return f"denied; {one.entry.instead or 'it is not done'}"


def answer(parsed: Parsed, session: Session) -> Output:
    """A question is answered."""
    words = list(parsed.words[1:])
    if words == ["-"]:
        words = [text_given(("-",)).rstrip("\n")]
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (parsed.json or parsed.quiet or parsed.yes)
    ask = None
    if asks:
        from assistant.cli.person import typed

        ask = typed
    one = answers.answer(session, one_number_given(parsed.words[0]), words, ask)
    if one.item.kind == "schedule":
        from assistant.cli.changing import changed, ended

        return changed([one.item], session, lambda item: ended(item, f"answered: {' '.join(words)}"))
    return _settled([one], session, lambda one: f"answered: {one.answer}")


def retry(parsed: Parsed, session: Session) -> Output:
    """It is tried again."""
    from assistant.cli.changing import changed

    items = answers.retry(session, numbers_given(parsed.words))
    return changed(items, session, lambda _item: "tried again with the next tick, from the step that failed")


def resolve(parsed: Parsed, session: Session) -> Output:
    """What was in doubt is settled."""
    number, happened = one_number_given(parsed.words[0]), bool(parsed.get("happened"))
    ways = f"ask resolve {number} --happened, or ask resolve {number} --did-not"
    if happened == bool(parsed.get("did_not")):
        raise UsageError("Did it happen or not? One of both is needed.", ways)
    output = parsed.get("output")
    if output is not None and not happened:
        raise UsageError("--output is what it gave; what did not happen gave nothing.", ways)
    one = answers.resolve(session, number, happened, _json_given(output))
    return _settled([one], session, lambda _one: "it happened: not done again" if happened else "it runs again")


def _json_given(text: str | None) -> "Any":
    if text is None:
        return None
    from assistant.jsontext import load

    try:
        return load(text_given((text,)))
    except ValueError as error:
        raise UsageError(f"--output is no JSON: {error}.", "write it as --output '{\"id\": 5}'") from None
