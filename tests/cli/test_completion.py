"""Shell completion and `--help`: what a shell asks for, and what a person reads first."""

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from assistant.cli.table import COMMANDS, GROUPS

if TYPE_CHECKING:
    from tests.conftest import Ask


def completed(ask: "Ask", shell: str, line: str) -> str:
    """What the script answers a shell that completes the end of a line."""
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    answered = ask.script(_ASK_COMPLETE=f"complete_{shell}", **asked)
    assert (answered.code, answered.err) == (0, "")
    return answered.out


@pytest.fixture
def two_open(ask: "Ask") -> "Ask":
    """Two open tasks and one that is done."""
    for title in ("buy stamps", "it's due: pay $(now)", "old"):
        ask.ok("add", title)
    ask.ok("done", "3")
    return ask


@pytest.mark.parametrize(
    ("shell", "answer"),
    [
        ("bash", "1\n2\n"),
        ("fish", "1\tbuy stamps\n2\tit's due: pay $(now)\n"),
        ("zsh", '_arguments \'*: :(("1":"buy stamps"\n"2":"it\'\'s due\\\\: pay \\$(now)"))\'\n'),
    ],
)
def test_each_shell_completes_the_numbers_of_what_is_open(two_open: "Ask", shell: str, answer: str) -> None:
    """With their titles, where the shell shows them."""
    assert completed(two_open, shell, "ask done ") == answer


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("ask rem", ["remind"]),
        ("ask why ", ["1", "2"]),
        ("ask snooze 2", ["2"]),
        ("ask done 1 ", ["1", "2"]),
        ("ask remind tea --if-late ", ["run", "skip", "brief", "ask"]),
        ("ask add x --priority h", ["high"]),
        ("ask list --kind s", ["schedule"]),
        ("ask pref ", ["set", "get", "list", "unset"]),
        ("ask pref set time", ["timezone"]),
        ("ask channel test ", ["desktop", "terminal"]),
        ("ask remind --until", ["--until-ack"]),
    ],
)
def test_commands_options_and_names_are_completed(two_open: "Ask", line: str, answer: list[str]) -> None:
    """From the one table, and from the store."""
    assert completed(two_open, "bash", line).split() == answer


def test_completion_in_an_empty_home_offers_nothing_and_makes_nothing(ask: "Ask") -> None:
    """A shell that asks leaves no store behind."""
    assert completed(ask, "bash", "ask done ").split() == []
    assert not ask.home.exists()


def test_completion_with_a_store_that_cannot_be_read_is_silent(ask: "Ask") -> None:
    """No message is thrown into the line that a person types."""
    (ask.home / "ask.db").mkdir(parents=True)
    assert completed(ask, "bash", "ask done ").split() == []


def test_installed_in_bash_it_completes(two_open: "Ask") -> None:
    """`ask --install-completion` writes what the next bash reads, and that bash completes the numbers."""
    (two_open.folder / ".bashrc").touch()
    ran = _in_bash(two_open, "ask --install-completion")
    assert "completion installed" in ran.stdout
    line = 'COMP_WORDS=(ask done ""); COMP_CWORD=2; _ask_completion ask; echo "${COMPREPLY[*]}"'
    assert _in_bash(two_open, f"source ~/.bashrc; {line}").stdout.split() == ["1", "2"]


def _in_bash(ask: "Ask", script: str) -> "subprocess.CompletedProcess[str]":
    bash = shutil.which("bash")
    assert bash is not None
    place = ask.path.rpartition("/")[0]
    environment = {**ask.environment, "SHELL": bash, "PATH": f"{place}:{ask.environment['PATH']}"}
    return subprocess.run([bash, "-c", f"{script}\n:"], env=environment, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_says_what_a_shell_must_source(ask: "Ask", shell: str) -> None:
    """The other half of the protocol, for those who install by hand."""
    sourced = ask.script(_ASK_COMPLETE=f"source_{shell}")
    assert sourced.code == 0
    assert f"_ASK_COMPLETE=complete_{shell}" in sourced.out


@pytest.mark.parametrize("known", COMMANDS, ids=lambda known: known.name)
def test_help_of_each_command_shows_its_examples_first(ask: "Ask", known: object) -> None:
    """Examples, then what it does, then its options."""
    from assistant.cli.table import Command

    assert isinstance(known, Command)
    help_text = ask.ok(*known.name.split(), "--help").out
    assert known.examples
    places = [help_text.index(text) for text in (*known.examples, known.summary, "Options:")]
    assert places == sorted(places)
    for option in known.options:
        assert option.name in help_text
        assert option.help.split()[0] in help_text


@pytest.mark.parametrize("argv", [["--help"], ["-h"], *([group, "--help"] for group in GROUPS)])
def test_help_of_all_shows_examples_and_every_command(ask: "Ask", argv: list[str]) -> None:
    """`ask --help` and the help of a group."""
    help_text = ask.ok(*argv).out
    assert help_text.index("    ask ") < help_text.index("Options:") < help_text.index("Commands:")
    group = argv[0] if argv[0] in GROUPS else ""
    for known in COMMANDS:
        if known.name.rpartition(" ")[0] == group:
            assert f"  {known.name.rpartition(' ')[2]} " in help_text
