"""A keyring backend for tests: a JSON file; and one that never answers, as a locked one does."""

import json
import os
import time

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Keeps everything in the file that FILE_KEYRING names."""

    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        """The value, or None."""
        return self._kept().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a value."""
        self._keep({**self._kept(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Take a value away."""
        self._keep({name: value for name, value in self._kept().items() if name != f"{service}/{username}"})

    def _kept(self) -> dict[str, str]:
        try:
            with open(os.environ["FILE_KEYRING"]) as file:
                found: dict[str, str] = json.load(file)
                return found
        except FileNotFoundError:
            return {}

    def _keep(self, values: dict[str, str]) -> None:
        with open(os.environ["FILE_KEYRING"], "w") as file:
            json.dump(values, file)


class LockedKeyring(FileKeyring):
    """Waits for a person who is not there."""

    def get_password(self, service: str, username: str) -> str | None:
        """Nothing, for long."""
        time.sleep(3)
        return None


class ForgetfulKeyring(FileKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Say nothing, do nothing."""


class BrokenKeyring(FileKeyring):
    """Fails, as one without a session does."""

    def get_password(self, service: str, username: str) -> str | None:
        """Fail."""
        raise RuntimeError("no session bus")
