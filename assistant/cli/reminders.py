"""`ask remind` and `ask add`: parse, call, show."""

from datetime import timedelta

from assistant.app.session import Session
from assistant.cli.given import text_given
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import due_words, in_zone, item_json, item_row, way_back
from assistant.errors import NoTime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.remind import Reminded, Wish

LATE_WORDS = {
    "run": "if late: rings once and says so",
    "skip": "if late: skipped",
    "brief": "if late: into the next brief",
    "ask": "if late: asks first",
}
NOT_TICKING = "! Nothing ticks yet: `ask install` (or `ask watch` in this window)"


def remind(parsed: Parsed, session: Session) -> Output:
    """Make a reminder."""
    from assistant.app.remind import Wish

    wish = Wish(
        text=text_given(parsed.words),
        at=parsed.get("at"),
        every=parsed.get("every"),
        until_ack=bool(parsed.get("until_ack")) or parsed.get("repeat") is not None,
        repeat=parsed.get("repeat"),
        if_late=parsed.get("if_late", "run"),
        useless_after=parsed.get("useless_after"),
        channel=parsed.get("channel"),
        severity=parsed.get("severity", "normal"),
        key=parsed.get("key"),
        priority=parsed.get("priority", "normal"),
        project=parsed.get("project"),
        tags=tuple(parsed.get("tag", ())),
    )
    return reminded_output(_kept(session, wish), session)


def _kept(session: Session, wish: "Wish") -> "Reminded":
    """Keep it; where it names no time, the person is asked, if one is there to be asked."""
    from assistant.app.remind import remind as keep
    from assistant.app.remind import with_time

    try:
        return keep(session, wish)
    except NoTime as error:
        if session.choose is None:
            raise
        from assistant.cli.person import ask_time

        missing = error
    made: Reminded = ask_time(missing, lambda phrase: keep(session, with_time(session, wish, missing, phrase)))
    return made


def reminded_output(made: "Reminded", session: Session) -> Output:
    """A reminder as it was understood."""
    item, place = made.item, session.tzinfo
    return Output(
        json=lambda: {
            **item_json(item, session),
            "next": [in_zone(at, place) for at in made.next],
            "scheduler": {
                "installed": made.scheduler.installed,
                "last_tick_at": _stored(made.scheduler.last_tick_at, session),
            },
            "duplicate": made.duplicate,
            "notes": list(made.notes),
        },
        ids=lambda: [item.id],
        plain=lambda: [item_row(item, session)],
        human=lambda: reminder_lines(made, session),
        notes=() if made.scheduler.installed else (f"      {NOT_TICKING}",),
    )


def _stored(text: str | None, session: Session) -> str | None:
    from assistant.instants import from_text

    return None if text is None else in_zone(from_text(text), session.tzinfo)


def reminder_lines(made: "Reminded", session: Session) -> list[str]:
    """What was understood in full: when, the rule and its next times, lateness, channel, and the way back."""
    from assistant.when import say

    item = made.item
    lines = [f"  {item.id}  {bold(item.title)}"]
    zone = item.timezone or session.zone
    channel = ", then ".join(made.channel)
    if made.duplicate:
        lines.append(dim("      known under this key: nothing new was made"))
    if item.rule:
        lines.append(f"      {say.rule(item.rule, zone, session.conventions)} · {zone}")
        days = ", ".join(_slot_words(made, zone))
        lines.append(f"      next: {days or 'none'} · {channel}")
    elif item.next_at is not None:
        lines.append(f"      {say.instant(item.next_at, zone, session.now)} · once · {channel}")
    more = [LATE_WORDS[made.if_late]]
    if made.useless_after is not None:
        more[0] += f", up to {say.distance(timedelta(seconds=made.useless_after))}"
    if made.until_ack:
        more.insert(0, f"rings until answered: ask done {item.id}")
    lines.append(dim(f"      {' · '.join([*more, *made.notes])}{way_back(session)}"))
    return lines


def _slot_words(made: "Reminded", zone: str) -> list[str]:
    """The next slots: with the time of day where they differ in it."""
    from assistant.when import say

    clocks = {say.clock(at) for at in made.next}
    dates = [say.date(at, zone).rsplit(" ", 1)[0] for at in made.next]
    if len(clocks) <= 1:
        return dates
    return [f"{date} {say.clock(at)}" for date, at in zip(dates, made.next, strict=True)]


def add(parsed: Parsed, session: Session) -> Output:
    """Make a task."""
    from assistant.app.tasks import add as keep

    made = keep(
        session,
        text_given(parsed.words),
        due=parsed.get("due"),
        priority=parsed.get("priority", "normal"),
        project=parsed.get("project"),
        tags=tuple(parsed.get("tag", ())),
        key=parsed.get("key"),
    )
    item = made.item

    return Output(
        json=lambda: {**item_json(item, session), "duplicate": made.duplicate},
        ids=lambda: [item.id],
        plain=lambda: [item_row(item, session)],
        human=lambda: [
            f"  {item.id}  {bold(item.title)}",
            *([dim("      known under this key: nothing new was made")] if made.duplicate else []),
            dim(f"      {due_words(item.due_at, session)} · done: ask done {item.id}{way_back(session)}"),
        ],
    )
