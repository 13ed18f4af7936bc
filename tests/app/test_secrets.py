"""Secrets: kept where others cannot read them, found in a stated order, and never shown."""

import os
import select
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.app.checks.check import Check
from assistant.app.doctor import doctor
from assistant.app.schedulers.order import this_program
from assistant.app.secrets import SecretReader, read_secret, set_secret
from assistant.app.session import Session
from assistant.errors import Locked, Missing
from tests.conftest import SCRIPT, Ask

NAME, VALUE = "github-token", "ghp_5ä\"secret'"


class Vault:
    """A person with a keyring, which is chosen by the environment, as keyring itself does."""

    def __init__(self, ask: Ask, folder: Path) -> None:
        self.ask = ask
        self.file = folder / "keyring.json"
        ask.environment["FILE_KEYRING"] = str(self.file)
        ask.environment["PYTHONPATH"] = str(Path(__file__).parent.parent.parent)

    def use(self, kind: str) -> None:
        """Another keyring."""
        self.ask.environment["PYTHON_KEYRING_BACKEND"] = f"tests.app.file_keyring.{kind}"

    @property
    def kept(self) -> str:
        """All that it holds."""
        return self.file.read_text() if self.file.exists() else ""


@pytest.fixture
def vault(ask, tmp_path, monkeypatch):
    """A keyring in a file; `keyring` keeps the one it has found, so each test makes it look anew."""
    made = Vault(ask, tmp_path)
    made.use("FileKeyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    return made


@pytest.fixture
def person(vault, monkeypatch):
    """A session in which the keyring sees the same environment."""
    for name, value in vault.ask.environment.items():
        monkeypatch.setenv(name, value)
    return Session(vault.ask.environment)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def reader(session: Session, **more: str) -> SecretReader:
    return SecretReader({**session.environment, **more}, session.home)


# Keeping


def test_a_secret_goes_from_stdin_into_the_keyring_and_nowhere_else(ask, vault):
    """Less the line end that `echo` adds; the store and the journal hold no value."""
    made = ask.json("secret", "set", NAME, stdin=f"{VALUE}\n")
    assert made == {"name": NAME, "source": "keyring", "replaced": False, "hidden_by": None}
    assert "ghp_5" in vault.kept
    ask.ok("add", "buy stamps")
    assert b"ghp_5" not in everything_in(ask.home)


def test_a_secret_goes_into_a_file_for_its_owner_alone_where_that_is_chosen(ask):
    """Folder, list and value."""
    ask.ok("secret", "set", NAME, "--file", stdin=VALUE)
    folder = ask.home / "secrets"
    assert (folder / NAME).read_text() == VALUE
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes == {"secrets": 0o700, "index": 0o600, NAME: 0o600}


def test_without_a_keyring_the_way_out_is_named(ask, vault):
    """A server has none; nothing is kept in a file that nobody asked for."""
    vault.ask.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    said = ask.refused(5, "secret", "set", NAME, stdin=VALUE)
    assert f"ask secret set {NAME} --file" in said
    assert not (ask.home / "secrets").exists()


def test_a_keyring_that_keeps_nothing_is_found_out(ask, vault):
    """What was put there is read back."""
    vault.use("ForgetfulKeyring")
    assert "does not give it back" in ask.refused(1, "secret", "set", NAME, stdin=VALUE)


def test_a_second_value_replaces_the_first_also_in_the_other_place(ask, vault):
    """There is one value, where it was put last."""
    ask.ok("secret", "set", NAME, stdin="first")
    assert ask.json("secret", "set", NAME, "--file", stdin="second")["replaced"]
    assert "first" not in vault.kept
    ask.ok("secret", "set", NAME, stdin="third")
    assert "third" in vault.kept
    assert not (ask.home / "secrets" / NAME).exists()


def test_two_homes_have_two_secrets_of_one_name(ask, vault, person, tmp_path):
    """A trial elsewhere does not overwrite the real one."""
    set_secret(person, NAME, "real")
    other = Session({**vault.ask.environment, "ASK_HOME": str(tmp_path / "other")})
    set_secret(other, NAME, "trial")
    assert (read_secret(person, NAME), read_secret(other, NAME)) == ("real", "trial")


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", "ä", "x" * 65, "index", "Index", "a.b"])
def test_a_name_that_could_be_a_path_is_refused(ask, name):
    """Letters, digits, _ and -."""
    assert "cannot name a secret" in ask.refused(2, "secret", "set", "--file", name, stdin=VALUE)


@pytest.mark.parametrize("value", [b"", b"\n", b"a\0b", b"\xff\xfe", b"x" * 70_000])
def test_a_value_that_cannot_be_one_is_refused_and_not_shown(ask, value):
    """Empty, binary, or far too long."""
    said = ask.refused(2, "secret", "set", NAME, "--file", stdin=value)
    assert "xxxx" not in said
    assert not (ask.home / "secrets").exists()


def test_a_value_on_the_command_line_is_refused_and_not_repeated(ask):
    """Everyone on the machine sees it there, and the shell's history keeps it."""
    said = ask.refused(2, "secret", "set", NAME, "hunter2")
    assert "on stdin" in said
    assert "hunter2" not in said


def test_two_names_that_would_share_a_variable_are_refused(ask):
    """`a-b` and `A_B` are both ASK_SECRET_A_B."""
    ask.ok("secret", "set", "a-b", "--file", stdin="1")
    assert "ASK_SECRET_A_B" in ask.refused(2, "secret", "set", "A_B", "--file", stdin="2")


def test_at_a_terminal_a_value_is_typed_unseen(ask):
    """Neither echoed nor in the history of the shell."""
    import pty

    ours, theirs = pty.openpty()
    try:
        child = subprocess.Popen(
            [str(SCRIPT), "secret", "set", NAME, "--file"], stdin=theirs, stdout=theirs, stderr=theirs,
            env=ask.environment, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        seen = shown_until(ours, b"not shown")
        time.sleep(0.1)  # getpass says so before it stops the echo
        os.write(ours, b"typed-value\n")
        seen += shown_until(ours, b"is kept")
        assert child.wait(10) == 0
    finally:
        os.close(ours)
    assert b"typed-value" not in seen
    assert (ask.home / "secrets" / NAME).read_text() == "typed-value"


def shown_until(terminal: int, words: bytes) -> bytes:
    seen = b""
    while words not in seen and select.select([terminal], [], [], 10)[0]:
        seen += os.read(terminal, 4096)
    return seen


def test_many_may_set_secrets_at_once(person):
    """None is lost from the list."""
    threads = [
        threading.Thread(target=set_secret, args=(person, f"s{number}", "v"), kwargs={"in_file": True})
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [read_secret(person, f"s{number}") for number in range(8)] == ["v"] * 8


# Reading


def test_the_places_are_looked_at_in_a_stated_order(person, tmp_path):
    """Environment, systemd credential, keyring, file: what is given for this run wins over what is kept."""
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / f"ask-{NAME}").write_text("from systemd\n")
    credential = {"CREDENTIALS_DIRECTORY": str(tmp_path / "credentials")}
    variable = {"ASK_SECRET_GITHUB_TOKEN": "from environment"}
    set_secret(person, NAME, "from keyring")
    assert reader(person, **credential, **variable).find(NAME) == ("from environment", "environment")
    assert reader(person, **credential).find(NAME) == ("from systemd", "credential")
    assert reader(person).find(NAME) == ("from keyring", "keyring")
    set_secret(person, NAME, "from file", in_file=True)
    assert reader(person).find(NAME) == ("from file", "file")


def test_a_missing_secret_says_how_to_set_it(person):
    """Exit code 5, with the fix."""
    with pytest.raises(Missing) as raised:
        read_secret(person, NAME)
    assert raised.value.exit_code == 5
    assert raised.value.hint == f"ask secret set {NAME}, or set ASK_SECRET_GITHUB_TOKEN"


def test_a_locked_keyring_is_not_waited_for_for_ever_and_asked_only_once(vault, person, monkeypatch):
    """A tick has other things to do; later it may be open, so that is no reason to give up."""
    set_secret(person, NAME, VALUE)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.app.file_keyring.LockedKeyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    locked = SecretReader(person.environment, person.home, deadline_s=0.2)
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(Locked, match="does not answer"):
            locked.read(NAME)
    assert time.monotonic() - began < 2


def test_a_keyring_that_fails_says_what_it_said(vault, person, monkeypatch):
    """As one without a session does."""
    set_secret(person, NAME, VALUE)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.app.file_keyring.BrokenKeyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    with pytest.raises(Locked, match="no session bus"):
        read_secret(person, NAME)


def test_a_secret_in_a_file_is_read_without_the_keyring(vault, person, monkeypatch):
    """That is why it was put there."""
    set_secret(person, NAME, VALUE, in_file=True)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.app.file_keyring.LockedKeyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    began = time.monotonic()
    assert read_secret(person, NAME) == VALUE
    assert time.monotonic() - began < 1


def test_a_file_that_others_may_read_is_not_used(person):
    """It may be known already; the fix is named."""
    set_secret(person, NAME, VALUE, in_file=True)
    path = f"{person.home}/secrets/{NAME}"
    os.chmod(path, 0o644)
    with pytest.raises(Missing) as raised:
        read_secret(person, NAME)
    assert raised.value.hint == f"chmod 600 {path}"


# Listing and removing


def test_the_list_shows_names_and_places_and_no_value(ask, vault):
    """Also what is given from outside."""
    ask.ok("secret", "set", NAME, "--file", stdin=VALUE)
    ask.ok("secret", "set", "other", stdin="hidden")
    ask.environment["ASK_SECRET_FROM_SHELL"] = "hidden too"
    listed = ask.json("secret", "list")
    assert [(one["name"], one["source"]) for one in listed] == [
        ("from_shell", "environment"), (NAME, "file"), ("other", "keyring"),
    ]  # fmt: skip
    assert [one["set_at"] for one in listed] == [None, "2026-11-23T16:20:00+01:00", "2026-11-23T16:20:00+01:00"]
    assert "hidden" not in ask.ok("secret", "list").out
    assert ask.ok("secret").out == ask.ok("secret", "list").out


@pytest.mark.parametrize("place", [[], ["--file"]])
def test_a_removed_secret_is_gone(ask, vault, place):
    """From its place and from the list."""
    ask.ok("secret", "set", NAME, *place, stdin=VALUE)
    assert ask.json("secret", "remove", NAME)["left_in"] is None
    assert ask.json("secret", "list") == []
    assert "ghp_5" not in vault.kept
    assert b"ghp_5" not in everything_in(ask.home)


def test_a_secret_that_is_not_there_cannot_be_removed(ask):
    """The nearest name is told."""
    ask.ok("secret", "set", NAME, "--file", stdin=VALUE)
    assert f"did you mean {NAME}?" in ask.refused(3, "secret", "remove", "github-tokem")


def test_a_secret_from_outside_is_not_ours_to_remove(ask):
    """The way to do it is named; and one that stays there after a removal is told."""
    ask.environment["ASK_SECRET_GITHUB_TOKEN"] = "outside"
    assert "unset ASK_SECRET_GITHUB_TOKEN" in ask.refused(4, "secret", "remove", NAME)
    assert ask.json("secret", "set", NAME, "--file", stdin=VALUE)["hidden_by"] == "environment"
    assert ask.json("secret", "remove", NAME)["left_in"] == "environment"


# Doctor


def secrets_check(environment: dict[str, str]) -> Check:
    found = doctor(Session(environment), this_program(sys.executable, str(SCRIPT)))
    (check,) = [check for check in found.checks if check.name == "secrets"]
    return check


def test_the_doctor_says_which_secrets_a_tick_cannot_read(ask, vault):
    """A scheduler's environment is bare: a keyring that only the shell names is not there."""
    ask.ok("secret", "set", NAME, stdin=VALUE)
    check = secrets_check(ask.environment)
    assert not check.ok
    assert f"a tick cannot read {NAME}" in check.detail
    assert check.fix == f"ask secret set {NAME} --file"


def test_the_doctor_is_content_with_secrets_that_a_tick_can_read(ask):
    """Those in files; what the person's shell holds does not count."""
    ask.ok("secret", "set", NAME, "--file", stdin=VALUE)
    assert secrets_check(ask.environment) == Check("secrets", True, "ticks can read 1 secret (file)")


def test_the_doctor_misses_a_secret_that_a_workflow_takes(ask):
    """Before the first job needs it."""
    keep_workflow(ask, {"name": "w", "steps": [{"id": "a", "http": {"headers": {"X": {"secret": "missing"}}}}]})
    check = secrets_check({**ask.environment, "ASK_SECRET_MISSING": "only in the shell"})
    assert not check.ok
    assert "a tick cannot read missing" in check.detail


def keep_workflow(ask: Ask, spec: dict[str, Any]) -> None:
    from assistant.store.write import Writing
    from tests.person import keep_workflow as keep

    session = Session(ask.environment)
    with Writing(session.con, "", session.now, command="workflow add") as writing:
        keep(writing, spec["name"], spec["steps"])
    session.close()
