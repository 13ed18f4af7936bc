"""The system's keyring, with a deadline: one that is locked may wait for a person who is not there.

Keyring is imported here and nowhere else, and only when a secret is asked of it.
"""

import os
import threading

from assistant.app.home import home_folder
from assistant.errors import AskError, Locked, Missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

DEADLINE_S = 10.0
NONE = ("keyring.backends.fail", "keyring.backends.null")
IN_A_FILE = "ask secret set NAME --file keeps it in a file of mode 0600"


class Vault:
    """The keyring's entries of one home. After one call without an answer, it is not asked again."""

    def __init__(self, home: str, deadline_s: float = DEADLINE_S) -> None:
        self._service = "ask" if home == home_folder({}) else f"ask:{home}"
        self._deadline_s = deadline_s
        self._silent = False

    def read(self, name: str) -> str | None:
        """The value, or None where there is none, or no keyring. Locked where it does not answer."""
        found = self._asked(lambda keyring: keyring.get_password(self._service, name))
        return str(found) if found is not None else None

    def write(self, name: str, value: str) -> None:
        """Keep a value, and read it back. Missing where there is no keyring that keeps secrets."""

        def put(keyring: "Any") -> bool:
            keyring.set_password(self._service, name, value)
            return bool(keyring.get_password(self._service, name) == value)

        kept = self._asked(put)
        if kept is None:
            raise Missing("There is no keyring here that keeps secrets.", IN_A_FILE.replace("NAME", name))
        if not kept:
            raise AskError("The keyring took the secret, and does not give it back.", IN_A_FILE.replace("NAME", name))

    def remove(self, name: str) -> None:
        """Take a value away, if it is there."""

        def take(keyring: "Any") -> None:
            if keyring.get_password(self._service, name) is not None:
                keyring.delete_password(self._service, name)

        self._asked(take)

    def _asked(self, question: "Callable[[Any], Any]") -> "Any":
        """What the keyring answers within the deadline; None where there is no keyring."""
        if self._silent:
            raise _locked("does not answer")
        ended: list[Any] = []
        failed: list[Exception] = []
        thread = threading.Thread(target=_ask, args=(question, ended, failed), name="keyring", daemon=True)
        thread.start()
        thread.join(self._deadline_s)
        if failed:
            raise _locked(f"says: {type(failed[0]).__name__}: {failed[0]}"[:200]) from failed[0]
        if not ended:
            self._silent = True
            raise _locked(f"does not answer within {self._deadline_s:g} s")
        return ended[0]


def _ask(question: "Callable[[Any], Any]", ended: "list[Any]", failed: list[Exception]) -> None:
    try:
        keyring = _backend()
        ended.append(question(keyring) if keyring is not None else None)
    except Exception as error:  # noqa: BLE001 - it would end with the thread; it is told by the one who waits
        failed.append(error)


def _backend() -> "Any":
    """The keyring, or None where there is none that keeps secrets from others.

    One that is only a readable file (a priority below 1) is taken where the person named it.
    """
    import keyring

    backend = keyring.get_keyring()
    if type(backend).__module__ in NONE:
        return None
    return backend if float(backend.priority) >= 1 or os.environ.get("PYTHON_KEYRING_BACKEND") else None


def _locked(what: str) -> Locked:
    return Locked(f"The keyring {what}.", f"unlock it; {IN_A_FILE}")
