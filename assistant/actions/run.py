"""The action `run: [argv…]` with `cwd`, `env`, `stdin`: a program, never through a shell.

It runs in the person's home folder unless `cwd` says otherwise, with the environment of `ask` (less the secrets in it),
what `env` says, and ASK_JOB, ASK_STEP, ASK_ATTEMPT and ASK_KEY. Exit 0 is done, 75 (EX_TEMPFAIL of sysexits.h) and any
other are not. One that was cut off, by its time or by a signal, may have taken effect.
"""

import os

from assistant.actions.effects import Running, still_runs
from assistant.actions.reading import as_json, decoded, size
from assistant.actions.secret_values import SecretValues, Unusable, is_secret, named, plain_text
from assistant.errors import Locked, Missing
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.program import NotStarted, Output, Ran

GRACE_S = 5.0
KEPT = 1 << 20  # bytes of each output
TRY_LATER = 75
DID_NOT = 1  # what a probe exits with where it did not happen
OURS = "ASK_SECRET_"


class Order(Value):
    """What to run, with the secrets in it."""

    __slots__ = ("argv", "cwd", "environment", "given")
    argv: list[str]
    cwd: str
    environment: dict[str, str]
    given: bytes


class RunAction:
    """Runs one program a call."""

    def __init__(self, grace_s: float = GRACE_S) -> None:
        self.grace_s = grace_s

    def perform(self, call: Call) -> ActionOutcome:
        """Run it to its end, or to the end of its time."""
        secrets = SecretValues(call.secrets)
        ran = self._run(call, secrets)
        if isinstance(ran, NotDone):
            return ran
        return _outcome(call, ran, secrets)

    def probe(self, call: Call) -> ActionOutcome:
        """Run the program of a probe: exit 0, it happened; 1, it did not; anything else, nobody knows."""
        if call.home and still_runs(call.home, call.key):
            return Unsure("the program of the attempt that was cut off still runs")
        secrets = SecretValues(call.secrets)
        ran = self._run(call.replace(home=""), secrets)
        if isinstance(ran, NotDone):
            return Unsure(f"the probe {ran.error}")
        name = call.action["argv"][0]
        if ran.code == 0:
            return Done()
        if ran.code == DID_NOT:
            return NotDone(f"the probe {name} says that it did not happen")
        return Unsure(f"the probe {name} {_end(call, ran)}{_said(ran, secrets)}")

    def _run(self, call: Call, secrets: SecretValues) -> "Ran | NotDone":
        from assistant import program

        try:
            order = _order(call, secrets)
            running = Running(call.home, call.key)
        except (Unusable, Missing) as error:
            return NotDone(_with_fix(error), permanent=not isinstance(error, Locked))
        except OSError as error:
            return NotDone(f"cannot be marked as running: {error.filename}: {error.strerror}")
        with running:
            if not running.alone:
                return NotDone(f"an earlier attempt of {order.argv[0]} still runs")
            ran = program.run(
                order.argv,
                order.given,
                order.environment,
                call.timeout.total_seconds(),
                self.grace_s,
                cwd=order.cwd,
                first=KEPT,
                inherited=running.inherited,
                stop=call.stop,
            )
            running.goes_on = isinstance(ran, program.Ran) and not ran.dead
        return ran if isinstance(ran, program.Ran) else _not_started(ran, secrets)


def _order(call: Call, secrets: SecretValues) -> Order:
    action = call.action
    words = action.get("argv")
    if not isinstance(words, list) or not words or not words[0]:
        raise Unusable(f"run is {words!r:.80}, which names no program; write a list of words")
    argv = [_argument(value, number) for number, value in enumerate(words)]
    home = os.path.expanduser("~")
    there = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    more = {name: secrets.text(value, f"env.{name}") for name, value in named(action.get("env"), "env").items()}
    about = {"ASK_JOB": str(call.job), "ASK_STEP": call.step, "ASK_ATTEMPT": str(call.attempt), "ASK_KEY": call.key}
    given = action.get("stdin")
    return Order(
        argv,
        os.path.join(home, os.path.expanduser(plain_text(action["cwd"], "cwd"))) if action.get("cwd") else _there(home),
        {**there, **more, **about},
        secrets.text(given, "stdin").encode("utf-8", "replace") if given is not None else b"",
    )


def _there(home: str) -> str:
    return home if os.path.isdir(home) else "/"


def _argument(value: "Any", number: int) -> str:
    if is_secret(value):
        raise Unusable(f"argv[{number}] is a secret, and everyone on this machine can read arguments; use env or stdin")
    return SecretValues(None).text(value, f"argv[{number}]")


def _outcome(call: Call, ran: "Ran", secrets: SecretValues) -> ActionOutcome:
    said = f"{call.action['argv'][0]} {_end(call, ran)}{_said(ran, secrets)}"
    if ran.code is None or ran.code < 0:
        return Unsure(said if ran.dead else f"{said}; something of it may still run")
    if ran.code == 0:
        return Done(_output(ran, secrets))
    return NotDone(said, permanent=ran.code in call.permanent, down=ran.code == TRY_LATER)


def _end(call: Call, ran: "Ran") -> str:
    if ran.code is None:
        return "was stopped" if ran.asked else f"was stopped after {call.timeout.total_seconds():g} s"
    if ran.code < 0:
        return f"was ended by signal {-ran.code}"
    return "asks to try later (exit 75)" if ran.code == TRY_LATER else f"exit {ran.code}"


def _said(ran: "Ran", secrets: SecretValues) -> str:
    from assistant.program import LAST, LINE

    said = secrets.hide(ran.last_words, cut=max(ran.out.total, ran.err.total) > LAST)[:LINE]
    return f": {said}" if said else ""


def _output(ran: "Ran", secrets: SecretValues) -> "dict[str, Any]":
    notes: list[str] = []
    out = _text("stdout", ran.out, notes)
    err = _text("stderr", ran.err, notes)
    return {
        "exit": 0,
        "stdout": secrets.hide(out, cut=ran.out.total > KEPT),
        "stderr": secrets.hide(err, cut=ran.err.total > KEPT),
        "json": secrets.hide_all(as_json(out)) if ran.out.total <= KEPT else None,
        "notes": notes,
    }


def _text(name: str, output: "Output", notes: list[str]) -> str:
    text, readable = decoded(output.first)
    if output.total > len(output.first):
        notes.append(f"{name}: the first {size(len(output.first))} of {size(output.total)} are kept")
    elif not readable:
        notes.append(f"{name}: {size(output.total)} that are not UTF-8; what cannot be read stands as U+FFFD")
    return text


def _not_started(ran: "NotStarted", secrets: SecretValues) -> NotDone:
    return NotDone(secrets.hide(f"cannot be started: {ran.reason}"), permanent=not ran.passing)


def _with_fix(error: Exception) -> str:
    hint = getattr(error, "hint", None)
    return f"{error}; {hint}" if hint else str(error)
