"""Everyday requests with the plans that a person would call right: read from text, held against what is planned."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.keeping import keep, simple
from tests.conftest import Ask

NOW = "2026-11-25T10:00:00+01:00"
ASKS = "asks"
VENDOR = "{id: go, run: ['true']}"


@dataclass(frozen=True, slots=True)
class Request:
    """What was said, and the plans that would be right: lines of acts, or `asks`."""

    said: str
    plans: tuple[tuple[str, ...], ...]


def requests(name: str) -> list[Request]:
    """The requests of a file beside this one."""
    found: list[Request] = []
    said, plans = "", [[]]  # type: tuple[str, list[list[str]]]
    for line in [*(Path(__file__).parent / name).read_text().splitlines(), "end"]:
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            plans.append([]) if line.strip() == "or" else plans[-1].append(line.strip())
            continue
        if said:
            found.append(Request(said, tuple(tuple(plan) for plan in plans)))
        said, plans = line.strip(), [[]]
    return found


def furnish(ask: Ask) -> dict[str, str]:
    """A person with a few things under way: their names in the files, and their numbers."""
    ask.at(NOW)
    numbers = {
        "bill": ask.number("add", "Pay the electricity bill"),
        "flights": ask.number("add", "Book flights to Lisbon"),
        "report": ask.number("add", "Write the quarterly report"),
        "garage": ask.number("add", "Clean out the garage"),
        "dentist": ask.number("remind", "call the dentist", "--at", "2026-11-26 09:00"),
        "standup": ask.number("remind", "stand-up", "--every", "weekday at 9:25"),
        "plants": ask.number("remind", "water the plants", "--every", "sunday at 10:00"),
    }
    keep(ask, simple("weekly-report", VENDOR))
    keep(ask, simple("vendor-follow-up", VENDOR, "inputs:\n  person: {required: true}\n"))
    keep(ask, simple("backup-photos", VENDOR))
    return numbers


def planned(ask: Ask, text: str, numbers: dict[str, str]) -> tuple[str, ...]:
    """What `ask do` makes of a text, as the lines of the files; (`asks`,) where it refuses or asks back."""
    result = ask("do", "--json", "--", text)
    if result.code != 0:
        return (ASKS,)
    names = {number: f"#{name}" for name, number in numbers.items()}
    return tuple(_line(ask, act["command"], list(act["args"]), names) for act in result.json["actions"])


def right(plan: tuple[str, ...], request: Request) -> bool:
    """Whether a plan is one of those expected, whatever its capitals."""
    return tuple(map(_plain, plan)) in {tuple(map(_plain, one)) for one in request.plans}


def _plain(line: str) -> str:
    head, at, times = line.partition(" @ ")
    return f"{re.sub(r'[.!?]+$', '', head.lower())}{at}{times}"


def _line(ask: Ask, command: str, args: list[str], names: dict[str, str]) -> str:
    options: dict[str, str] = {}
    words: list[str] = []
    while args:
        one = args.pop(0)
        if one.startswith("--") and args:
            options[one] = args.pop(0)
        else:
            words.append(one)
    timed = next((options.pop(flag) for flag in ("--at", "--every", "--due", "--day") if flag in options), None)
    if command == "snooze":
        timed = words.pop()
    if command == "remind" and timed is None:
        read = _when(ask, words[0])
        words = [read["message"]]
    elif timed is not None:
        read = _when(ask, timed) if "--every" not in options else _when(ask, f"every {timed}")
    else:
        read = None
    words = [names.get(word, word) for word in words]
    rest = [f"{name} {value}" for name, value in sorted(options.items())]
    return " ".join([command, *words, *(["@", *_times(command, read)] if read else []), *rest])


def _when(ask: Ask, text: str) -> Any:
    result = ask("when", text, "--json")
    if not result.out or result.json["kind"] == "none":
        result = ask("when", f"every {text}", "--json")
    return result.json


def _times(command: str, read: Any) -> list[str]:
    if read["kind"] == "recurrence":
        return [at[:16] for at in read["occurrences"][:2]]
    clock = command == "remind" or any(
        mark in read["text"] for mark in (":", "am", "pm", " at ", "hour", "minute", "noon", "in ")
    )
    return [read["at"][: 16 if clock else 10]]
