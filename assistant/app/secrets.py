"""Secrets as a person and a step see them: set, list, remove, read. A value is never kept in the store nor shown.

A value is looked for in this order: the environment (ASK_SECRET_NAME), a systemd credential (ask-NAME), the keyring,
and a file of mode 0600 in `$ASK_HOME/secrets/`, for who chose that. `$ASK_HOME/secrets/index` lists names and places.
"""

import os
from datetime import datetime

from assistant.app import secret_files as files
from assistant.app import vault
from assistant.app.session import Session
from assistant.errors import Locked, Missing, NotFound, NotPossible, UsageError
from assistant.instants import from_text, to_text
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
LONGEST_NAME = 64
LONGEST = 64 * 1024  # bytes of a value
ENVIRONMENT, CREDENTIAL, KEYRING, FILE = "environment", "credential", "keyring", "file"
PREFIX = "ASK_SECRET_"
CREDENTIAL_PREFIX = "ask-"


class SetSecret(Value):
    """A secret after `set`. `hidden_by`: a place that is looked at before, and has another value."""

    __slots__ = ("name", "source", "replaced", "hidden_by")
    name: str
    source: str
    replaced: bool
    hidden_by: str | None


class ListedSecret(Value):
    """A secret in the list: where it is read from, and when it was set here; None where it was not."""

    __slots__ = ("name", "source", "set_at")
    name: str
    source: str
    set_at: datetime | None


class RemovedSecret(Value):
    """A secret that was removed. `left_in`: a place that still has it, and is not ours to change."""

    __slots__ = ("name", "source", "left_in")
    name: str
    source: str
    left_in: str | None


class SecretReader:
    """`ports.action.SecretReader`: reads a value each time anew, and keeps none."""

    def __init__(self, environment: "Mapping[str, str]", home: str, deadline_s: float = vault.DEADLINE_S) -> None:
        self._environment = environment
        self._home = home
        self._vault = vault.Vault(home, deadline_s)

    def read(self, name: str) -> str:
        """The value. Missing where there is none; Locked where the keyring does not answer."""
        return self.find(name)[0]

    def find(self, name: str) -> tuple[str, str]:
        """The value, and the place it was found in."""
        check_name(name)
        outside = self.outside(name)
        if outside is not None:
            return outside
        kept_in = files.places(self._home).get(name)
        locked: Locked | None = None
        if kept_in is None or kept_in.source == KEYRING:  # one that is in a file needs no keyring, which may hang
            try:
                value = self._vault.read(name)
                if value is not None:
                    return value, KEYRING
            except Locked as error:
                locked = error
        value = files.read(self._home, name)
        if value is not None:
            return value, FILE
        if locked is not None:
            raise locked
        raise Missing(f"There is no secret {name!r}.", f"ask secret set {name}, or set {variable(name)}")

    def outside(self, name: str) -> tuple[str, str] | None:
        """The value that was given from outside, which wins, and how."""
        value = self._environment.get(variable(name))
        if value:
            return value, ENVIRONMENT
        folder = self._environment.get("CREDENTIALS_DIRECTORY")
        given = files.text_of(os.path.join(folder, CREDENTIAL_PREFIX + name)) if folder else None
        return (given, CREDENTIAL) if given else None


def read_secret(session: Session, name: str) -> str:
    """The value of a secret. Missing, with the fix, where there is none."""
    return SecretReader(session.environment, session.home).read(name)


def set_secret(session: Session, name: str, value: str, *, in_file: bool = False) -> SetSecret:
    """Keep a value: in the keyring, or where that was chosen in a file that only its owner may read."""
    check_name(name)
    _check_value(name, value)
    _check_twin(session, name)
    reader = SecretReader(session.environment, session.home)
    source = FILE if in_file else KEYRING
    before = files.places(session.home).get(name)
    if in_file:
        files.write(session.home, name, value)
    else:
        vault.Vault(session.home).write(name, value)
    files.note(session.home, name, source, to_text(session.now))
    if before is not None and before.source != source:
        _remove_from(session, name, before.source)
    outside = reader.outside(name)
    hidden_by = outside[1] if outside is not None and outside[0] != value else None
    return SetSecret(name, source, before is not None, hidden_by)


def list_secrets(session: Session) -> list[ListedSecret]:
    """All names that are known here, and where each is read from. Asks no keyring."""
    reader = SecretReader(session.environment, session.home)
    known = files.places(session.home)
    names = {**_outside(session.environment, known), **{name: place.source for name, place in known.items()}}
    listed = []
    for name, source in sorted(names.items()):
        outside = reader.outside(name)
        set_at = from_text(known[name].at) if name in known else None
        listed.append(ListedSecret(name, outside[1] if outside else source, set_at))
    return listed


def remove_secret(session: Session, name: str) -> RemovedSecret:
    """Take a value away. NotFound where none is known, NotPossible where it is only given from outside."""
    check_name(name)
    known = files.places(session.home)
    outside = SecretReader(session.environment, session.home).outside(name)
    if name not in known:
        if outside is not None:
            way = f"unset {variable(name)}" if outside[1] == ENVIRONMENT else "take LoadCredential= out of its unit"
            raise NotPossible(f"The secret {name!r} is not kept here: it comes from the {outside[1]}.", way)
        raise _not_found(name, list(known))
    _remove_from(session, name, known[name].source)
    files.note(session.home, name, None, "")
    return RemovedSecret(name, known[name].source, outside[1] if outside else None)


def check_name(name: str) -> None:
    """UsageError where a text cannot name a secret."""
    if (
        not name
        or name[0] == "-"
        or len(name) > LONGEST_NAME
        or not LETTERS.issuperset(name)
        or name.lower() == files.INDEX
    ):
        raise UsageError(
            f"{name[:80]!r} cannot name a secret.",
            f"letters, digits, _ and -, at most {LONGEST_NAME}, not {files.INDEX}",
        )


def variable(name: str) -> str:
    """The variable of the environment that holds a secret.

    >>> variable("github-token")
    'ASK_SECRET_GITHUB_TOKEN'
    """
    return PREFIX + name.upper().replace("-", "_")


def _check_value(name: str, value: str) -> None:
    if not value:
        raise UsageError(f"The secret {name!r} is empty.", f"ask secret set {name} < FILE, or type it when asked")
    if "\0" in value or len(value.encode("utf-8", "surrogatepass")) > LONGEST:
        raise UsageError(f"The secret {name!r} is no text of at most {LONGEST} bytes.", "set the text alone")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(f"The secret {name!r} is not UTF-8.", "encode it, for example by base64") from None


def _check_twin(session: Session, name: str) -> None:
    for known in files.places(session.home):
        if known != name and variable(known) == variable(name):
            raise UsageError(f"{name!r} and {known!r} would share {variable(name)}.", f"use {known}, or another name")


def _outside(environment: "Mapping[str, str]", known: "Mapping[str, object]") -> dict[str, str]:
    """The names of what is given from outside and not known by a name of its own."""
    variables = {variable(name) for name in known}
    given = [name for name, value in environment.items() if name.startswith(PREFIX) and value]
    found = {name.removeprefix(PREFIX).lower(): ENVIRONMENT for name in given if name not in variables}
    folder = environment.get("CREDENTIALS_DIRECTORY")
    names = os.listdir(folder) if folder and os.path.isdir(folder) else []
    credentials = [name.removeprefix(CREDENTIAL_PREFIX) for name in names if name.startswith(CREDENTIAL_PREFIX)]
    return {**dict.fromkeys(credentials, CREDENTIAL), **{name: place for name, place in found.items() if name}}


def _remove_from(session: Session, name: str, source: str) -> None:
    if source == FILE:
        files.remove(session.home, name)
    else:
        vault.Vault(session.home).remove(name)


def _not_found(name: str, known: list[str]) -> NotFound:
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return NotFound(f"There is no secret {name!r}.", f"did you mean {near[0]}?" if near else "ask secret list")
