"""A brief as text or Markdown, for the terminal and for messages. Marks in what it quotes are disarmed."""

from assistant.app.brief import Brief
from assistant.app.session import Session
from assistant.core.brief import Finding
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARKS = "\\`*_{}[]<>#|~!"
LONGEST = 100  # characters of a title


def message(made: Brief, session: Session, form: str | None = None) -> "dict[str, Any]":
    """What a step of the kind `brief` gives: the text, how much needs the person, and the held messages in it."""
    needs = sum(len(section.items) for section in made.sections if section.name == "needs you")
    shown = lines(made, session, form or form_of(session))
    if made.no_lead is not None:
        shown += [
            "",
            f"no paragraph by a model: {_safe(made.no_lead) if _is_markdown(form, session) else made.no_lead}",
        ]
    return {"text": "\n".join(shown), "needs_you": needs, "held": list(made.held)}


def _is_markdown(form: str | None, session: Session) -> bool:
    return (form or form_of(session)) == "markdown"


def form_of(session: Session) -> str:
    """How a brief is written, unless it is said: text or markdown."""
    return session.kept.get("brief_format", "text")


def lines(made: Brief, session: Session, form: str) -> list[str]:
    """The whole brief, line by line."""
    markdown = form == "markdown"
    head = _head(made, session)
    shown = [f"# {head}" if markdown else head]
    if made.lead:
        shown += ["", f"{_safe(made.lead)} ({made.lead_by})"] if markdown else [f"  {made.lead} ({made.lead_by})"]
    for section in made.sections:
        shown += ["", f"## {section.name}", ""] if markdown else [section.name]
        shown += [_line(item, session, markdown=markdown) for item in section.items]
    if not made.sections:
        shown.append("nothing needs you" if not markdown else "\nnothing needs you")
    if made.left_out:
        said = [f"{left.count} {left.what} ({left.see})" for left in made.left_out]
        shown += ["", "## left out", "", *(f"- {_safe(one)}" for one in said)] if markdown else [
            "left out", *(f"  {one}" for one in said)
        ]  # fmt: skip
    return shown


def _head(made: Brief, session: Session) -> str:
    items = [item for section in made.sections for item in section.items]
    needs = sum(item.section == "needs you" for item in items)
    late = sum(item.kind == "task" and item.at is not None and item.at < made.at for item in items)
    day = say.date(made.day.begins, session.zone)
    said = f"{needs} need you" if needs != 1 else "1 needs you"
    held = f", {len(made.held)} held by the attention limit" if made.held else ""
    return f"{day} · {said}, {late} overdue{held}"


def _line(item: Finding, session: Session, *, markdown: bool) -> str:
    title = " ".join(item.title.split())
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    number = f"{item.id}" if item.id is not None else ""
    when = _when(item, session)
    tail = f" · {item.ways[0]}" if item.ways else ""
    reason = " ".join(item.reason.split())
    if markdown:
        led = f"{number} · " if number else ""
        return f"- {led}{f'{when} · ' if when else ''}**{_safe(title)}** — {_safe(reason)}{tail}"
    return f"  {number:>5}  {f'{when}  ' if when else ''}{title}  ({reason}){tail}"


def _when(item: Finding, session: Session) -> str:
    """The time of what takes place; the others say theirs in the reason."""
    return item.at.astimezone(session.tzinfo).strftime("%H:%M") if item.kind == "event" and item.at else ""


def _safe(text: str) -> str:
    """Text in which no mark of Markdown works."""
    return "".join(f"\\{letter}" if letter in MARKS else letter for letter in text)
