"""`run`: a program with its arguments, never through a shell that a template could write for."""

from typing import Any

from assistant.app.workflow_file.fields import ABSENT, Fields, listing, named, structure, template
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, Sequence
from assistant.app.workflow_file.secrets import or_secret
from assistant.core.template_text import is_template

# Programs that take program text as an argument, and the letter of the option that says so.
SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "pwsh", "su"})
INTERPRETERS = {"python": "c", "perl": "eE", "ruby": "e", "node": "ep", "php": "r", "lua": "e", "osascript": "e"}
WITH_ARGUMENT = frozenset({"-o", "+o", "-O", "-W", "-X", "-I", "-M", "--rcfile", "--init-file"})
ARGV = "write a list, the program first, such as [backup, --all]"
INSTEAD = 'pass the value as an argument of its own ("$1") or by env'


def run(node: Node, path: str, findings: Findings) -> Any:
    """A list of arguments, or a map with argv and what the program is given."""
    if isinstance(node, Mapping):
        found = FORM(node, path, findings)
        if found:
            check_stdin(found, node, path, findings)
        return found
    argv = _argv(node, path, findings)
    return argv if argv is ABSENT else {"argv": argv}


def _argv(node: Node, path: str, findings: Findings) -> Any:
    found = listing(_argument, ARGV, least=1)(node, path, findings)
    if isinstance(node, Sequence) and found:
        _check_text(node, path, findings)
    return found


def _argument(node: Node, path: str, findings: Findings) -> Any:
    """An argument as written; an empty one may be meant."""
    if isinstance(node, Scalar) and node.text == "" and node.value == "":
        return ""
    return template("write an argument as text")(node, path, findings)


def _check_text(node: Sequence, path: str, findings: Findings) -> None:
    """Refuse a template inside program text."""
    words = [item.text if isinstance(item, Scalar) else "" for item in node.items]
    for place, program in _program_texts(words):
        if is_template(words[place]):
            what = f"{path}[{place}]"
            said = f"{what} is program text for {program} with a template in it; {INSTEAD}"
            findings.fault(node.items[place].at, what, said)


def _program_texts(words: list[str]) -> list[tuple[int, str]]:
    """The places of arguments that a shell or an interpreter reads as program text, and which one does.

    >>> _program_texts(["env", "A=1", "bash", "-o", "pipefail", "-c", "echo $1", "me"])
    [(5, 'bash'), (6, 'bash')]
    >>> _program_texts(["bash", "script.sh", "-c", "a text"])
    []
    """
    found: list[tuple[int, str]] = []
    letters = program = ""
    for place, word in enumerate(words):
        name = word.replace("\\", "/").rpartition("/")[2].removesuffix(".exe")
        kind = name.rstrip("0123456789.")
        if not letters and (name in SHELLS or kind in INTERPRETERS):
            program, letters = name, "c" if name in SHELLS else INTERPRETERS[kind]
        elif letters and word in ("--command", "-Command", "--eval"):
            found.append((place + 1, program))
        elif letters and word.startswith("-"):
            if word[1:2] != "-" and any(letter in letters for letter in word[1:]):
                found += [(place, program), (place + 1, program)]  # the text may stand in the same word
        elif letters and program != "su" and words[place - 1] not in WITH_ARGUMENT:
            letters = ""  # a file: what follows is its own
    return [(place, program) for place, program in found if place < len(words)]


def check_stdin(found: dict[str, Any], node: Mapping, path: str, findings: Findings) -> None:
    """A shell without a file reads its program from stdin."""
    argv = found.get("argv") or [""]
    reads = argv[0].rpartition("/")[2] in SHELLS - {"su"} and all(word.startswith("-") for word in argv[1:])
    stdin = found.get("stdin")
    if reads and isinstance(stdin, str) and is_template(stdin) and not _program_texts(argv):
        findings.fault(
            node.nodes["stdin"].at,
            f"{path}.stdin",
            f"{path}.stdin is program text for {argv[0]} with a template in it; {INSTEAD}",
        )


def _stdin(node: Node, path: str, findings: Findings) -> Any:
    """A text, or a value that the program reads as JSON."""
    if isinstance(node, Scalar):
        return template("write what the program reads")(node, path, findings)
    return structure(node, path, findings)


BESIDE = {
    "cwd": template("write the folder that the program runs in"),
    "env": named(or_secret(template("write the value of the variable")), "write a map such as {LANG: C}"),
    "stdin": or_secret(_stdin),
}
FORM = Fields({"argv": _argv, **BESIDE}, ("argv",), "{argv: [backup, --all], cwd: …}")
