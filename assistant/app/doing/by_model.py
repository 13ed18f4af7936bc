"""What a model makes of a sentence that no rule places. Its answer is data: held against a schema, then against the
sentence and the store, as the same acts that the rules make. It never says a time: only which words do.
"""

import re

from assistant.app.doing import build
from assistant.app.doing.plan import Act, Open, Plan, Unplaced
from assistant.app.doing.targets import Picked
from assistant.app.session import Session
from assistant.app.words import shortened
from assistant.errors import AskError
from assistant.ports.model import Answered, Extract
from assistant.store.workflows import workflows_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_ACTS = 5
LONGEST = 500
COMMANDS = {
    "remind": "ring at a time; text: what of, when: the words for the time",
    "add": "keep a task; text: what, when: the words for its due date, if any",
    "done": "a task or reminder is done; target: its name",
    "cancel": "end a task, reminder or job; target: its name",
    "snooze": "ring later; target: its name, when: the words for the time",
    "list": "look up what is open; text: words to search for, if any",
    "run": "start a workflow; target: its name",
}
TEXT = {"type": ["string", "null"], "maxLength": LONGEST}


def schema(workflows: list[str]) -> "dict[str, Any]":
    """The form of an answer: our commands and nothing else."""
    told = "; ".join(f"{name}: {meaning}" for name, meaning in COMMANDS.items())
    known = f" Workflows: {', '.join(workflows[:50])}." if workflows else ""
    act = {
        "type": "object",
        "properties": {
            "command": {"type": "string", "enum": list(COMMANDS), "description": f"{told}.{known}"},
            "text": {**TEXT, "description": "words of the sentence, less those for the time"},
            "when": {**TEXT, "description": "the words for the time, copied from the sentence; null where it has none"},
            "target": {**TEXT, "description": "words of the sentence that name the item or workflow"},
        },
        "required": ["command", "text", "when", "target"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "actions": {
                "type": "array", "items": act, "maxItems": MOST_ACTS,
                "description": "what the sentence asks an assistant to do; empty where it asks for none of this",
            },
            "question": {**TEXT, "description": "one short question where something is open, else null"},
        },
        "required": ["actions", "question"],
        "additionalProperties": False,
    }  # fmt: skip


def plan(session: Session, text: str, picked: Picked) -> Plan:
    """The plan that a model reads in a sentence. Missing without a model; Open where it asks back; else refused."""
    from assistant.app.models import asked, required_chain

    required_chain(session)
    workflows = [kept.name for kept in workflows_there(session.reading)]
    answer = asked(session, Extract(text, {}, schema(workflows)))
    if not isinstance(answer, Answered):
        raise AskError(f"No rule places that, and no model did: {answer.error}.", f'as a task: ask add "{_cut(text)}"')
    fields = answer.fields or {}
    if not fields.get("actions"):
        if fields.get("question"):
            raise Open(shortened(fields["question"]), "say it anew, with that in it")
        raise Unplaced(f'Neither a rule nor {answer.model} can place "{shortened(text)}".', f'ask add "{_cut(text)}"')
    return Plan("model", tuple(act for one in fields["actions"] for act in _acts(session, text, one, picked)))


def _acts(session: Session, sentence: str, given: "dict[str, Any]", picked: Picked) -> list[Act]:
    """The acts of one answer. Refused where it brings words that the sentence does not have."""
    command = given["command"]
    when = _of(sentence, given["when"])
    text, target = _of(sentence, given["text"]), _of(sentence, given["target"])
    if command == "list":
        return [Act("list", tuple(re.findall(r"[^\W_]+", text or ""))[:3], f"lists {text or 'what is open'}")]
    if command == "remind":
        what = text or target
        if what is None:
            raise Open("What shall I remind you of?", "say it anew, with that in it")
        if when is None:
            raise Open(f'When shall I remind you of "{shortened(what)}"?', build.WHEN)
        return [build.reminder(session, what, when)]
    if command == "add":
        what = text or target
        if what is None:
            raise Open("What is to be done?", "say it anew, with that in it")
        return [build.task(session, what, when)]
    return _on(session, command, target or text, when, picked)


def _on(session: Session, command: str, target: str | None, when: str | None, picked: Picked) -> list[Act]:
    """The commands that take something that is there."""
    if target is None:
        raise Open(f"Which one do you mean ({command})?", "say its number or its name")
    if command == "run":
        return [build.run(session, target, ())]
    if command == "snooze":
        if when is None:
            raise Open(f'Until when shall "{shortened(target)}" wait?', build.WHEN)
        return [build.put_off(session, target, when, picked, by_its_own=False)]
    return build.change(session, command, target, picked)


def _of(sentence: str, given: str | None) -> str | None:
    """Words that the sentence has, in the same order and without a gap; anything else is the model's own invention."""
    if given is None or not given.strip():
        return None
    plain = " ".join(given.split()).strip(" .,!?\"'").casefold()
    whole = " ".join(sentence.split())
    at = whole.casefold().find(plain)
    if at >= 0:
        return whole[at : at + len(plain)] if len(whole.casefold()) == len(whole) else plain
    have = re.findall(r"[^\W_]+", whole.casefold())
    words = re.findall(r"[^\W_]+", plain)
    if words and all(word in have for word in words):
        return " ".join(given.split())
    raise Unplaced(
        f'The model read "{shortened(given)}" in it, which is not there. Nothing was kept.',
        f'ask add "{_cut(sentence)}"',
    )


def _cut(text: str) -> str:
    return shortened(" ".join(text.split()).replace('"', "'"))
