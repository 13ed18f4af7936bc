"""`ask run-due` and `ask watch`."""

import os
import sys

from assistant.cli.parse import Parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.session import Session
    from assistant.cli.output import Output
    from assistant.ports.records import Message


def run_due(parsed: Parsed) -> int:
    """One tick. Says nothing when all is well, so that cron sends no mail."""
    if parsed.get("dry_run"):
        return _dry_run(parsed)
    from assistant.app.run_due import run_due as tick

    budget = None
    if parsed.get("budget") is not None:
        from assistant.app.words import duration

        budget = duration(parsed.get("budget"), "--budget")
    if parsed.tz is not None:
        from assistant.app.session import Session

        _ = Session(os.environ, tz=parsed.tz).tzinfo  # a wrong zone is refused before anything is done
    ticked = tick(os.environ, budget)
    if parsed.json:
        import json

        sys.stdout.write(json.dumps(_document(ticked, parsed)) + "\n")
    elif parsed.verbose:
        did = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in ticked.counts.items() if count)
        following = _document(ticked, parsed)["next_at"] or "nothing"
        sys.stdout.write(f"  {did or 'nothing was due'} · {ticked.elapsed_ms} ms · next {following}\n")
    return 0


def _document(ticked, parsed: Parsed) -> "dict[str, object]":  # type: ignore[no-untyped-def]
    from assistant.app.session import Session
    from assistant.cli.show import in_zone
    from assistant.instants import from_text

    session = Session(os.environ, tz=parsed.tz)
    try:
        place = session.tzinfo
        next_at = in_zone(from_text(ticked.next_at), place) if ticked.next_at else None
        return {
            "at": in_zone(from_text(ticked.at), place),
            "tick": ticked.tick,
            **ticked.counts,
            "next_at": next_at,
            "elapsed_ms": ticked.elapsed_ms,
        }
    finally:
        session.close()


def _dry_run(parsed: Parsed) -> int:
    """What the next tick would do, without doing it."""
    from assistant.app.dry_run import what_is_due
    from assistant.app.session import Session
    from assistant.cli.output import Output, print_output
    from assistant.cli.show import in_zone

    session = Session(os.environ, tz=parsed.tz)
    try:
        found = what_is_due(session)
        output = Output(
            json=lambda: [{**entry, "at": in_zone(entry["at"], session.tzinfo)} for entry in found],
            plain=lambda: [[entry["item"], entry["what"], in_zone(entry["at"], session.tzinfo)] for entry in found],
            human=lambda: [f"  {entry['item'] or ''}  {entry['what']}" for entry in found] or ["  nothing is due"],
        )
        print_output(output, parsed)
        return 0
    finally:
        session.close()


def watch(parsed: Parsed, session: "Session") -> "Output":
    """Tick in this window, and show what rings, until it is interrupted."""
    from assistant.app.watch import watch as keep_watching
    from assistant.cli.news import line_of, settle
    from assistant.cli.output import Output, say, talk
    from assistant.cli.show import in_zone

    shown: list[dict[str, object]] = []

    def ring(messages: "list[Message]", at: "Session") -> None:
        for message in messages:
            if parsed.json:
                shown.append({"item": message.item, "text": message.text, "at": in_zone(message.at, at.tzinfo)})
            elif parsed.quiet:
                say(str(message.item or ""))
            else:
                say(line_of(message, at))
        settle(at, messages)

    def sent(count: int) -> None:
        talk(f"  {count} message{'s' if count > 1 else ''} went out to other channels")

    talk("  watching; Ctrl-C ends it")
    rung = keep_watching(session, ring, sent, parsed.get("rings"))
    return Output(json=lambda: {"rings": rung, "shown": shown})
