"""`ask install`, `uninstall`, `doctor`, `backup`, `restore`, `export` and `import`."""

import os
import sys
from datetime import datetime

from assistant.app.session import Session
from assistant.cli.output import Output, dim, talk
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, way_back
from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.transfer import Taken


def install(parsed: Parsed, session: Session) -> Output:
    """Let the system's scheduler tick, and wait for the first tick."""
    from assistant.app.install import install as put_in

    kinds = [kind for kind in ("cron", "launchd", "systemd") if parsed.get(kind)]
    if len(kinds) > 1:
        raise UsageError(f"--{' and --'.join(kinds)} cannot both be meant.", f"ask install --{kinds[0]}")
    dry_run = bool(parsed.get("dry_run"))
    made = put_in(session, kinds[0] if kinds else None, dry_run=dry_run)
    if dry_run:
        return Output(
            json=lambda: {"kind": made.kind, "entry": made.entry},
            ids=lambda: [made.kind],
            plain=lambda: [[made.kind, made.entry]],
            human=lambda: [f"  {made.said}", *made.entry.splitlines()],
        )
    came = None
    if not parsed.get("no_wait") and not parsed.quiet:
        talk(f"  {made.said}", *(f"  {note}" for note in made.notes))
        came = _first_tick(session, made.at, made.ways)
    return Output(
        json=lambda: {"kind": made.kind, "entry": made.entry, "first_tick_at": in_zone(came, session.tzinfo)},
        ids=lambda: [made.kind],
        plain=lambda: [[made.kind, made.entry]],
        human=lambda: [f"  {made.said}"] if parsed.get("no_wait") else [],
        code=1 if came is None and not parsed.get("no_wait") and not parsed.quiet else 0,
    )


def _first_tick(session: Session, after: str, ways: tuple[str, ...]) -> datetime | None:
    """Wait for the proof that it works: the first real tick."""
    from assistant.app.install import wait_for_tick
    from assistant.cli.show import short
    from assistant.instants import from_text

    talk("  waiting for the first tick, at most two minutes (Ctrl-C: it stays installed) …")
    beat = wait_for_tick(session.home, after)
    if beat is None:
        talk("  no tick came. What to look at:", *(f"  - {way}" for way in ways))
        return None
    came = from_text(beat.ended_at)
    talk(f"  it came at {short(came, session)}. You can close the lid.")
    return came


def uninstall(_parsed: Parsed, session: Session) -> Output:
    """Take the scheduler's entry out."""
    from assistant.app.install import uninstall as take_out

    gone = take_out(session)
    return Output(
        json=lambda: {"kinds": list(gone.kinds), "said": gone.said},
        plain=lambda: [[kind, gone.said] for kind in gone.kinds or ("none",)],
        human=lambda: [f"  {gone.said}"],
    )


def doctor(_parsed: Parsed, session: Session) -> Output:
    """Check all that a ring depends on."""
    from assistant.app.doctor import doctor as examine

    found = examine(session)
    return Output(
        json=lambda: {
            "ok": found.ok,
            "checks": [
                {"name": check.name, "ok": check.ok, "detail": check.detail, "fix": check.fix} for check in found.checks
            ],
        },
        plain=lambda: [["ok" if check.ok else "bad", check.name, check.detail, check.fix] for check in found.checks],
        human=lambda: [
            line
            for check in found.checks
            for line in (
                f"  {'ok ' if check.ok else '✗  '} {check.name:<20} {check.detail}",
                *([f"      fix: {check.fix}"] if check.fix and not check.ok else []),
            )
        ],
        code=0 if found.ok else 1,
    )


def backup(parsed: Parsed, session: Session) -> Output:
    """Copy the store, and check the copy."""
    from assistant.app.backups import backup as copy

    made = copy(session, parsed.words[0] if parsed.words else None)
    return Output(
        json=lambda: {"path": made.path, "bytes": made.bytes},
        ids=lambda: [made.path],
        plain=lambda: [[made.path, made.bytes]],
        human=lambda: [f"  {made.path} · {made.bytes:,} bytes, checked" + dim(f" · back: ask restore {made.path}")],
    )


def restore(parsed: Parsed, session: Session) -> Output:
    """Put a good copy in the store's place."""
    from assistant.app.backups import restore as put_back
    from assistant.cli.person import confirm

    path = parsed.words[0]
    if not confirm(f"Put {path} in the place of the store? The store as it is now is kept beside it.", parsed):
        return Output(json=lambda: {"path": None, "aside": None}, human=lambda: ["  nothing was changed"])
    done = put_back(session, path)
    aside = f" · as it was: {done.aside}" if done.aside else ""
    return Output(
        json=lambda: {"path": done.path, "aside": done.aside, "replies_dropped": done.replies_dropped},
        ids=lambda: [done.path],
        plain=lambda: [[done.path, done.aside]],
        human=lambda: [f"  restored from {done.path}{aside}"],
        notes=("  answers by the tokens of earlier messages count no more: ask inbox",) if done.replies_dropped else (),
    )


def export(parsed: Parsed, session: Session) -> Output:
    """All that is kept, as JSON."""
    from assistant.app.transfer import export as write_out

    if parsed.words and parsed.words[0] != "-":
        path = os.path.abspath(parsed.words[0])
        counted = write_out(session, path)
        return Output(
            json=lambda: {"path": path, "rows": counted},
            ids=lambda: [path],
            plain=lambda: [[path, counted]],
            human=lambda: [f"  {path} · {counted:,} rows"],
        )
    write_out(session, None, sys.stdout)
    return Output(json=lambda: None, code=-1)


def import_file(parsed: Parsed, session: Session) -> Output:
    """Take in the tasks and reminders of an export."""
    from assistant.app.transfer import import_file as take_in

    taken = take_in(session, parsed.words[0])
    return Output(
        json=lambda: {field: getattr(taken, field) for field in taken._fields},
        plain=lambda: [[taken.tasks, taken.schedules, taken.known]],
        human=lambda: [
            f"  {taken.tasks} tasks and {taken.schedules} reminders taken in, {taken.known} were here already"
            + way_back(session),
            *([f"  {told}"] if (told := _set_up(taken)) else []),
        ],
        notes=tuple(f"  left out: {one}" for one in taken.left_out),
    )


def _set_up(taken: "Taken") -> str:
    """What came along beside tasks and reminders."""
    counts = {name: getattr(taken, name) for name in ("workflows", "preferences", "channels", "sources")}
    return " · ".join(f"{count} {name}" for name, count in counts.items() if count)
