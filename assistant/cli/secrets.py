"""`ask secret`. A value is read from stdin or typed unseen; it is never a word of the command line."""

import sys

from assistant.app.session import Session
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, jsonable
from assistant.errors import UsageError

MOST = 1 << 20  # bytes that are read; far more than a secret may have


def secret_set(parsed: Parsed, session: Session) -> Output:
    """Keep a secret."""
    from assistant.app.secrets import check_name, set_secret

    (name,) = parsed.words
    check_name(name)
    made = set_secret(session, name, _value_of(name), in_file=bool(parsed.get("file")))
    hidden = f"; the {made.hidden_by} has another value, which wins" if made.hidden_by else ""
    return Output(
        json=lambda: jsonable(made, session.tzinfo),
        ids=lambda: [made.name],
        plain=lambda: [[made.name, made.source]],
        human=lambda: [
            f"  {made.name} is kept in {_place(made.source)}{hidden}",
            dim(f"      use it: {{secret: {made.name}}} in headers, env, stdin · see that ticks reach it: ask doctor"),
        ],
    )


def secret_list(_parsed: Parsed, session: Session) -> Output:
    """All secrets, by name."""
    from assistant.app.secrets import list_secrets

    shown = list_secrets(session)
    return Output(
        json=lambda: [jsonable(one, session.tzinfo) for one in shown],
        ids=lambda: [one.name for one in shown],
        plain=lambda: [[one.name, one.source, in_zone(one.set_at, session.tzinfo)] for one in shown],
        human=lambda: (
            [f"  {one.name:<20}  {_place(one.source)}" for one in shown]
            or ["  No secrets. Keep one: ask secret set NAME"]
        ),
    )


def secret_remove(parsed: Parsed, session: Session) -> Output:
    """Remove a secret."""
    from assistant.app.secrets import remove_secret

    gone = remove_secret(session, parsed.words[0])
    left = f"; {_place(gone.left_in)} still has it" if gone.left_in else ""
    return Output(
        json=lambda: jsonable(gone, session.tzinfo),
        ids=lambda: [gone.name],
        plain=lambda: [[gone.name, gone.source]],
        human=lambda: [f"  {gone.name} is removed from {_place(gone.source)}{left}"],
    )


def _place(source: str) -> str:
    words = {
        "environment": "the environment", "credential": "a systemd credential", "keyring": "the keyring",
        "file": "a file of mode 0600",
    }  # fmt: skip
    return words[source]


def _value_of(name: str) -> str:
    """The value: typed unseen at a terminal, else all of stdin less one line end."""
    from assistant.app.secret_files import without_line_end

    if sys.stdin.isatty():
        from getpass import getpass

        try:
            return getpass(f"  The secret {name} (what you type is not shown): ", sys.stderr)
        except EOFError:
            return ""
    try:
        return without_line_end(sys.stdin.buffer.read(MOST).decode())
    except UnicodeDecodeError:
        raise UsageError(f"The secret {name!r} is not UTF-8.", "encode it, for example by base64") from None
