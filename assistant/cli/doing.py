"""`ask do` and `ask "a sentence"`: understand, show, confirm, and run the plan as the commands that it is."""

import sys

from assistant.app.doing.plan import LOW, Act, Open, Plan
from assistant.app.doing.targets import Picked
from assistant.app.doing.understanding import understand
from assistant.app.session import Session
from assistant.cli.given import text_given
from assistant.cli.output import Output, bold, dim, talk
from assistant.cli.parse import Parsed, parse
from assistant.errors import AskError, NotPossible, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_QUESTIONS = 3
NOT_ASKED = "nothing was kept: say it with -y, or at a terminal"


class RiskNotTaken(NotPossible):
    """`-y` says yes to low risk alone. `answer`: the plan, for scripts."""

    answer: "dict[str, object] | None" = None


def do(parsed: Parsed, session: Session) -> Output:
    """Understand a sentence, and do it once the person has seen the plan."""
    text = text_given(parsed.words)
    there = _somebody(parsed)
    plan = _understood(session, text, there, parsed)
    if plan.only_reads:
        return _done(plan, session, parsed)
    if parsed.yes and plan.risk == LOW:
        return _done(plan, session, parsed)
    if there:
        talk(*_lines(plan))
        while True:
            answer = _typed("Do it? [y/N], or say it differently:")
            if answer.lower() in ("y", "yes"):
                return _done(plan, session, parsed)
            if answer.lower() in ("", "n", "no"):
                return _shown(plan, parsed, "nothing was kept")
            plan = _understood(session, answer, there, parsed)
            talk(*_lines(plan))
    if parsed.yes:
        error = RiskNotTaken(
            f"-y says yes to low risk alone; this is {plan.risk}. Nothing was done.",
            " && ".join(typed(act) for act in plan.acts),
        )
        error.answer = _document(plan, kept=False)
        raise error
    return _shown(plan, parsed, NOT_ASKED)


def _somebody(parsed: Parsed) -> bool:
    return not (parsed.json or parsed.quiet) and sys.stdin.isatty() and sys.stderr.isatty()


def _typed(question: str) -> str:
    sys.stderr.write(f"  {question} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _understood(session: Session, text: str, there: bool, parsed: Parsed) -> Plan:
    """The plan; what is open is asked back, where somebody is there."""
    picked = Picked()
    for _ in range(MOST_QUESTIONS):
        try:
            return understand(session, text, picked)
        except Open as error:
            answer = _typed(error.message) if there and not parsed.yes else ""
            if not answer:
                error.answer = _question(error)
                raise
            text = _answered(error, answer, text, picked)
    raise UsageError("That stays unclear. Nothing was kept.", "say it in one sentence, with its time and its name")


def _answered(error: Open, answer: str, text: str, picked: Picked) -> str:
    """The text with what was open: a time is put to it, a choice is kept beside it."""
    if not error.choices:
        return f"{text.rstrip(' .!?')} {answer}"
    numbers = {str(number) for number, _ in error.choices}
    if answer.lstrip("#") not in numbers:
        raise UsageError(f"{answer[:60]!r} is none of them. Nothing was kept.", f"say one of {', '.join(numbers)}")
    picked[error.about] = int(answer.lstrip("#"))
    return text


def _question(error: Open) -> "dict[str, object]":
    choices = [{"id": number, "title": title} for number, title in error.choices]
    return {"understood_by": "rules", "actions": [], "kept": False, "question": error.message, "choices": choices}


def _document(plan: Plan, *, kept: bool, results: "list[Any] | None" = None) -> "dict[str, object]":
    actions = [
        {"command": act.command, "args": list(act.args), "risk": act.risk, "says": act.says, "item": act.item}
        for act in plan.acts
    ]
    return {"understood_by": plan.by, "actions": actions, "kept": kept, "results": results or []}


def typed(act: Act) -> str:
    """An act as it would be typed."""
    from shlex import join

    return join(["ask", *act.command.split(), *act.args])


def _lines(plan: Plan) -> list[str]:
    by = "" if plan.by == "rules" else "  (understood by a model: look twice)"
    lines = [f"  {bold(act.says)}" + ("" if act.risk == LOW else f"   {act.risk} risk") for act in plan.acts]
    return [*lines, *([by] if by else []), *(dim(f"      {typed(act)}") for act in plan.acts)]


def _shown(plan: Plan, parsed: Parsed, note: str) -> Output:
    return Output(
        json=lambda: _document(plan, kept=False),
        plain=lambda: [[act.command, act.risk, act.says, typed(act)] for act in plan.acts],
        human=lambda: [] if _somebody(parsed) else _lines(plan),
        notes=(f"  {note}",),
    )


def _done(plan: Plan, session: Session, parsed: Parsed) -> Output:
    """Run the acts, one command each, in order. Where one is refused, those before it are kept, and it is said."""
    outputs: list[Output] = []
    for place, act in enumerate(plan.acts):
        try:
            outputs.append(_run(act, session, parsed))
        except AskError as error:
            if place:
                error.message = f"{error.message} {place} of {len(plan.acts)} were done before."
            raise
    return Output(
        json=lambda: _document(plan, kept=not plan.only_reads, results=[output.json() for output in outputs]),
        ids=lambda: [number for output in outputs for number in output.ids()],
        plain=lambda: [row for output in outputs for row in (output.plain() if output.plain is not None else [])],
        human=lambda: [line for output in outputs for line in output.human()],
        notes=tuple(dict.fromkeys(note for output in outputs for note in output.notes)),
        code=max(output.code for output in outputs),
    )


def _run(act: Act, session: Session, parsed: Parsed) -> Output:
    said = parse([*act.command.split(), *act.args])
    if said is None:
        raise AskError(f"{typed(act)} cannot be typed.", "say it as a command: ask --help")
    said = said.replace(json=parsed.json, quiet=parsed.quiet, tz=parsed.tz, yes=False)
    module, _, function = said.command.run.partition(":")
    output: Output = getattr(__import__(f"assistant.cli.{module}", fromlist=[function]), function)(said, session)
    return output
