"""The verbs that sum up: brief, agenda, stats."""

from datetime import timedelta

from assistant.app.session import Session
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, jsonable
from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.agenda import Agenda, Entry
    from assistant.app.brief import Brief
    from assistant.app.stats import Stats
    from assistant.core.brief import Finding, LeftOut

DAYS = 7
SINCE = "30d"


def brief(parsed: Parsed, session: Session) -> Output:
    """The day on one screen."""
    if parsed.get("install") or parsed.get("uninstall"):
        return _installing(parsed, session)
    if parsed.words:
        said = parsed.words[0]
        raise UsageError(
            f"{said!r} has no meaning here.", f"of a day: ask brief --day {said} · ask brief --install {said}"
        )
    from assistant.app import brief as use
    from assistant.app.brief_lead import led
    from assistant.app.brief_text import form_of, lines
    from assistant.app.day import day_of
    from assistant.cli.away import news_first

    made = use.brief(session, day_of(session, parsed.get("day")), with_seen=bool(parsed.get("all")))
    made = led(session, made)
    notes: tuple[str, ...] = () if made.no_lead is None else (dim(f"  no paragraph by a model: {made.no_lead}"),)
    if parsed.get("ack"):
        count = use.acknowledge(session, made)
        notes += (f"  {count} stay away until they change · all: ask brief --all · undo: ask undo",)
    form = "markdown" if parsed.get("markdown") else form_of(session)
    return Output(
        json=lambda: _brief_json(made, session),
        ids=lambda: [item.id for section in made.sections for item in section.items],
        human=lambda: [*news_first(session), *_indented(lines(made, session, form), form)],
        notes=notes,
        after=lambda: use.shown_at_terminal(session, made),
    )


def _indented(lines: list[str], form: str) -> list[str]:
    return lines if form == "markdown" else [f"  {line}" for line in lines]


def _brief_json(made: "Brief", session: Session) -> "dict[str, Any]":
    place = session.tzinfo
    return {
        "at": in_zone(made.at, place),
        "day": made.day.begins.astimezone(place).date().isoformat(),
        "lead": made.lead,
        "lead_by": made.lead_by,
        "no_lead": made.no_lead,
        "sections": [
            {"name": section.name, "items": [_finding(item, session) for item in section.items]}
            for section in made.sections
        ],
        "left_out": _left_json(made.left_out),
        "held": len(made.held),
    }


def _finding(item: "Finding", session: Session) -> "dict[str, Any]":
    return {
        "kind": item.kind, "id": item.id, "title": item.title, "at": in_zone(item.at, session.tzinfo),
        "reason": item.reason, "actions": list(item.ways),
    }  # fmt: skip


def _left_json(left: "tuple[LeftOut, ...]") -> "list[dict[str, Any]]":
    return [{"what": one.what, "count": one.count, "see": one.see} for one in left]


def _installing(parsed: Parsed, session: Session) -> Output:
    """Let the brief come by itself, or no more."""
    from assistant.app import brief_install
    from assistant.cli.show import short, way_back

    if parsed.get("uninstall"):
        if parsed.get("install") or parsed.words:
            raise UsageError("--install and --uninstall exclude each other.", "give one of them")
        brief_install.uninstall(session)
        return Output(
            json=lambda: {"installed": False, "next_at": None},
            human=lambda: [f"  No brief is sent any more{way_back(session)}"],
        )
    added = brief_install.install(session, parsed.words[0] if parsed.words else None)
    trigger = added.triggers[0]
    next_at = trigger.next[0] if trigger.next else None
    channel = session.channels[0]
    return Output(
        json=lambda: {
            "installed": True, "id": trigger.number, "next_at": in_zone(next_at, session.tzinfo), "channel": channel,
        },
        ids=lambda: [trigger.number],
        human=lambda: [
            f"  {trigger.number}  brief",
            f"      every day, next {short(next_at, session) if next_at else 'never'} · {channel}"
            f" · up to 4 h late, then not at all{way_back(session)}",
        ],
    )  # fmt: skip


def agenda(parsed: Parsed, session: Session) -> Output:
    """What comes, day by day."""
    from assistant.app.agenda import agenda as find

    made = find(session, parsed.get("days", DAYS))
    return Output(
        json=lambda: {
            "at": in_zone(made.at, session.tzinfo),
            "sections": [
                {
                    "name": day.day.begins.astimezone(session.tzinfo).date().isoformat(),
                    "items": jsonable(day.items, session.tzinfo),
                }
                for day in made.days
            ],
            "left_out": _left_json(made.left_out),
        },
        ids=lambda: [item.id for day in made.days for item in day.items],
        plain=lambda: [
            [item.id, item.kind, item.title, in_zone(item.at, session.tzinfo)]
            for day in made.days
            for item in day.items
        ],
        human=lambda: _agenda_lines(made, session),
    )


def _agenda_lines(made: "Agenda", session: Session) -> list[str]:
    from assistant.when import say

    lines = []
    for day in made.days:
        lines.append(f"  {bold(say.date(day.day.begins, session.zone))}")
        lines += [_agenda_line(item, session) for item in day.items]
    lines += [dim(f"  left out  {left.count} {left.what} ({left.see})") for left in made.left_out]
    return lines or ["  nothing comes · ask remind … · ask add … --due …"]


def _agenda_line(item: "Entry", session: Session) -> str:
    from assistant.cli.show import is_end_of_day

    place = session.tzinfo
    begins = "" if is_end_of_day(item.at, session) else item.at.astimezone(place).strftime("%H:%M")
    until = f"-{item.ends.astimezone(place):%H:%M}" if item.ends is not None else ""
    number = "" if item.id is None else str(item.id)
    where = f" · {item.where}" if item.where else ""
    return f"  {number:>5}  {begins + until:<11}  {item.title}  {dim(item.kind + where)}"


def stats(parsed: Parsed, session: Session) -> Output:
    """How well it goes."""
    from assistant.app.stats import since_of, stats_of

    made = stats_of(session, since_of(session, parsed.get("since", SINCE)))
    return Output(
        json=lambda: jsonable(made, session.tzinfo),
        plain=lambda: [[name, getattr(made, name)] for name in _FIGURES],
        human=lambda: _stats_lines(made, session),
    )


_FIGURES = (
    "completion_rate", "retry_success_rate", "mean_time_to_completion_s", "duplicate_action_rate", "interventions",
    "missed_slots", "late_p95_s", "model_cost_usd",
)  # fmt: skip


def _stats_lines(made: "Stats", session: Session) -> list[str]:
    from assistant.cli.show import short

    lines = [
        f"  since {short(made.since, session)}",
        f"  completed     {_percent(made.completion_rate)} of the jobs that completed or failed"
        f", after {_length(made.mean_time_to_completion_s)} on average",
        f"  retried       {_percent(made.retry_success_rate)} of the steps that were tried again worked",
        f"  done twice    {_percent(made.duplicate_action_rate)} of the effects",
        f"  questions     {_number(made.interventions)} answered for each job that ended",
        f"  slots         {made.missed_slots} missed; 95 of 100 began within {_length(made.late_p95_s)}",
        f"  models        {made.model_cost_usd:.2f} USD",
    ]
    for one in made.by_workflow:
        budget = f" · budget: {one.budget.failures} of {one.budget.allowed} failures" if one.budget else ""
        lines.append(
            f"  {bold(one.name)}  {one.completed} completed, {one.failed} failed{budget}"
            + ("" if one.standing == "acts" else f" · {one.standing}")
        )
    return lines


def _percent(part: float | None) -> str:
    return "–" if part is None else f"{100 * part:.1f} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _length(seconds: float | None) -> str:
    from assistant.when import say

    return "–" if seconds is None else say.distance(timedelta(seconds=round(seconds)))
