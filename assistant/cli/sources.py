"""`ask source`: parse, call, show."""

from assistant.app.session import Session
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, jsonable, short, way_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.source_rows import AddedSource, ListedSource, TestedSource

SHOWN = 20  # events of a test


def source_add(parsed: Parsed, session: Session) -> Output:
    """Add a source of events."""
    from assistant.app.home import read_scheduler
    from assistant.app.source_rows import add_source
    from assistant.cli.reminders import NOT_TICKING

    name, url = parsed.words
    made = add_source(session, name, url, parsed.get("every"))
    return Output(
        json=lambda: {
            **jsonable(made.source, session.tzinfo),
            "changed": made.changed,
            "replaced": made.replaced,
            "events": list(made.events),
        },
        ids=lambda: [name],
        plain=lambda: [_row(made.source, session)],
        human=lambda: _added_lines(made, session),
        notes=() if read_scheduler(session.home) is not None else (f"      {NOT_TICKING}",),
    )


def _added_lines(made: "AddedSource", session: Session) -> list[str]:
    source = made.source
    was = f"   (was {made.replaced})" if made.replaced else ""
    tells, example = _events(made.events)
    first = "takes stock at the next tick, then tells" if source.last_success_at is None else "tells"
    look = f"ask source test {source.name}"
    return [
        f"  {source.name}  {source.url} · every {source.every}{was}",
        f"      {first} {tells}",
        dim(f"      in a workflow: on: [{{event: {example}}}] · look now: {look}{way_back(session)}"),
    ]


def _events(names: tuple[str, ...]) -> tuple[str, str]:
    """The names of events in short, `folder.new, changed, gone`, and the one that most workflows wait for."""
    if not names:
        return "what it names itself", "NAME"
    kind = names[0].partition(".")[0]
    short_names = [name if place == 0 else name.removeprefix(f"{kind}.") for place, name in enumerate(names)]
    return ", ".join(short_names), next((name for name in names if name.endswith((".ended", ".new"))), names[0])


def source_list(_parsed: Parsed, session: Session) -> Output:
    """All sources of events."""
    from assistant.app.source_rows import list_sources

    shown = list_sources(session)
    return Output(
        json=lambda: [jsonable(one, session.tzinfo) for one in shown],
        ids=lambda: [one.name for one in shown],
        plain=lambda: [_row(one, session) for one in shown],
        human=lambda: [line for one in shown for line in _lines(one, session)],
        notes=() if shown else ("  there is none · ask source add work calendar:///path.ics",),
    )


def _row(one: "ListedSource", session: Session) -> "list[object]":
    return [one.name, one.url, one.every, in_zone(one.last_success_at, session.tzinfo), one.last_error]


def _lines(one: "ListedSource", session: Session) -> list[str]:
    read = f"read {short(one.last_success_at, session)}" if one.last_success_at else "not read yet"
    lines = [f"  {one.name:<12}  {one.url} · every {one.every} · {read}{' · stale' if one.stale else ''}"]
    if one.last_error:
        lines.append(f"      fails: {one.last_error} · tried again {short(one.next_at, session)}")
    if one.note:
        lines.append(dim(f"      {one.note}"))
    return lines


def source_test(parsed: Parsed, session: Session) -> Output:
    """Look at a source now, and show what it would tell."""
    from assistant.app.source_rows import test_source

    tried = test_source(session, parsed.words[0])
    return Output(
        json=lambda: {
            "name": tried.source.name,
            "url": tried.source.url,
            "ok": tried.error is None,
            "first": tried.first,
            "events": jsonable(tried.events, session.tzinfo),
            "more": tried.more,
            "note": tried.note,
            "error": tried.error,
        },
        ids=lambda: [tried.source.name],
        plain=lambda: [[event["event"], in_zone(event["at"], session.tzinfo), event["key"]] for event in tried.events],
        human=lambda: _tested_lines(tried, session),
        notes=() if tried.error is None else (f"  {tried.source.name} cannot be read: {tried.error}",),
        code=0 if tried.error is None else 1,
    )


def _tested_lines(tried: "TestedSource", session: Session) -> list[str]:
    name, count = tried.source.name, len(tried.events)
    lines = []
    for event in tried.events[:SHOWN]:
        data = event["data"] if isinstance(event["data"], dict) else {}
        about = data.get("title") or data.get("path", "")
        lines.append(f"  {event['event']}  {short(event['at'], session)}  {about}")
    if count > SHOWN:
        lines.append(f"  and {count - SHOWN} more: ask source test {name} --json")
    if tried.note:
        lines.append(f"  {tried.note}")
    if not lines and tried.error is None:
        found = "can be read; it takes stock at the next tick" if tried.first else "can be read; nothing new"
        lines.append(f"  {name} {found}")
    return [*lines, dim("      only looked at: nothing was kept")]


def source_remove(parsed: Parsed, session: Session) -> Output:
    """Remove a source of events."""
    from assistant.app.source_rows import remove_source

    gone = remove_source(session, parsed.words[0])
    return Output(
        json=lambda: jsonable(gone, session.tzinfo),
        ids=lambda: [gone.name],
        plain=lambda: [[gone.name, gone.url]],
        human=lambda: [f"  {gone.name} is removed; what it told stays{way_back(session)}"],
    )
