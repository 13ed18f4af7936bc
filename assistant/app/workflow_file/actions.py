"""The actions of a step: what each takes, in its full form. Policies stand beside them, in `steps`."""

from typing import Any

from assistant.app.workflow_file.fields import (
    ABSENT,
    Fields,
    Reader,
    anything,
    condition,
    duration,
    is_empty,
    listing,
    named,
    number,
    one_of,
    one_or_list,
    structure,
    template,
    text,
    whole,
    wrong,
)
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.inputs import one_input
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, Sequence
from assistant.app.workflow_file.programs import run
from assistant.app.workflow_file.secrets import or_secret
from assistant.app.workflow_file.times import moment
from assistant.core.template_text import is_template

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
EVENT_NAME = "write the name of an event, such as calendar.ended"


def notify(node: Node, path: str, findings: Findings) -> Any:
    """A text alone, or a map with where it goes."""
    if isinstance(node, Scalar):
        said = template("write the text of the message")(node, path, findings)
        return said if said is ABSENT else {"text": said}
    found = NOTIFY(node, path, findings)
    if found:
        _check_channel(node, path, findings)
        _check_person(node, path, findings)
    return found


def _check_channel(node: Node, path: str, findings: Findings) -> None:
    channel = node.nodes.get("channel") if isinstance(node, Mapping) else None
    if not isinstance(channel, Scalar) or is_empty(channel) or is_template(channel.text):
        return
    if channel.text not in findings.known.channels:
        there = ", ".join(sorted(findings.known.channels))
        wrong(channel, f"{path}.channel", findings, f"there is no such channel; there are {there}")


def _check_person(node: Node, path: str, findings: Findings) -> None:
    to = node.nodes.get("to") if isinstance(node, Mapping) else None
    for one in to.items if isinstance(to, Sequence) else (to,) if to is not None else ():
        if not isinstance(one, Scalar) or is_empty(one) or is_template(one.text) or "@" in one.text:
            continue
        if one.text not in findings.known.people:
            wrong(one, f"{path}.to", findings, "there is no such person; ask pref set people names them")


def http(node: Node, path: str, findings: Findings) -> Any:
    """A request; without a method it reads, or posts what it carries."""
    found = HTTP(node, path, findings)
    if not found or not isinstance(node, Mapping):
        return found
    if "json" in found and "body" in found:
        findings.fault(node.at, path, f"{path} has json and body; a request carries one of them")
    url = found.get("url", "https://")
    if not url.startswith(("http://", "https://", "{{", "{%")):
        wrong(node.nodes["url"], f"{path}.url", findings, "write an address that begins with https:// or http://")
    if "@" in url.partition("://")[2].partition("/")[0] and not is_template(url):
        wrong(
            node.nodes["url"],
            f"{path}.url",
            findings,
            "it names a user; headers: {Authorization: {secret: NAME}} keeps it secret",
        )
    return {"method": "POST" if {"json", "body"} & found.keys() else "GET", **found}


def method(node: Node, path: str, findings: Findings) -> Any:
    """An HTTP method; it decides what a repetition may do, and so cannot be a template."""
    if isinstance(node, Scalar) and node.text.upper() in METHODS:
        return node.text.upper()
    return wrong(node, path, findings, f"write one of {', '.join(METHODS)}")


def file(node: Node, path: str, findings: Findings) -> Any:
    """Exactly one of write, append and move."""
    return _exactly_one(FILE(node, path, findings), node, path, findings, ("write", "append", "move"))


def calendar(node: Node, path: str, findings: Findings) -> Any:
    """Either adds an event or reads events."""
    return _exactly_one(CALENDAR(node, path, findings), node, path, findings, ("add", "read"))


def model(node: Node, path: str, findings: Findings) -> Any:
    """One task for the model, and its bounds."""
    return _exactly_one(MODEL(node, path, findings), node, path, findings, MODEL_TASKS)


def _exactly_one(found: Any, node: Node, path: str, findings: Findings, choices: tuple[str, ...]) -> Any:
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    there = [key for key in choices if key in node.nodes]
    if len(there) != 1:
        told = f"{', '.join(choices[:-1])} or {choices[-1]}"
        said = f"has {' and '.join(there)}" if there else "says not what to do"
        findings.fault(node.at, path, f"{path} {said}; give one of {told}")
    return found


def mail(node: Node, path: str, findings: Findings) -> Any:
    """A mail, sent or kept as a draft."""
    return MAIL(node, path, findings)


def address(node: Node, path: str, findings: Findings) -> Any:
    """A mail address, or a template for one."""
    found = template("write a mail address")(node, path, findings)
    if found is not ABSENT and not is_template(found) and "@" not in found:
        return wrong(node, path, findings, "write a mail address such as ada@example.com")
    return found


def wait(node: Node, path: str, findings: Findings) -> Any:
    """A length of time, a moment, or an event."""
    if isinstance(node, Scalar):
        said = duration(node, path, findings)
        return said if said is ABSENT else {"for": said}
    found = WAIT(node, path, findings)
    if found is ABSENT or not isinstance(node, Mapping):
        return found
    _exactly_one(found, node, path, findings, ("for", "until", "event"))
    for key in ("where", "within"):
        if key in node.nodes and "event" not in node.nodes:
            findings.fault(node.nodes[key].at, f"{path}.{key}", f"{path}.{key} needs an event to wait for; add event")
    return found


def _where(node: Node, path: str, findings: Findings) -> Any:
    """A condition on the event that is waited for."""
    outer = findings.scope
    findings.scope = outer.with_own_event()
    found = condition("write a condition such as event.id == inputs.id")(node, path, findings)
    findings.scope = outer
    return found


def workflow(node: Node, path: str, findings: Findings) -> Any:
    """A child job. Its name is no template, so that circles can be seen before anything runs."""
    found = WORKFLOW(node, path, findings)
    if found and "name" in found and isinstance(node, Mapping):
        findings.calls.append((found["name"], node.nodes["name"].at, f"{path}.name"))
    return found


def plain_text(node: Node, path: str, findings: Findings) -> Any:
    """A text that other steps use."""
    said = template("write the text")(node, path, findings)
    return said if said is ABSENT else {"text": said}


def values(node: Node, path: str, findings: Findings) -> Any:
    """Values that other steps use, by name."""
    return named(structure, "write names and values, such as {total: '{{ inputs.a + inputs.b }}'}")(
        node, path, findings
    )


def _choices(node: Node, path: str, findings: Findings) -> Any:
    return listing(template("write a choice"), "write a list such as [yes, no]", least=1)(node, path, findings)


_SUBJECT = template("write the subject")
NOTIFY = Fields(
    {
        "text": template("write the text of the message"),
        "to": one_or_list(template("name a person"), "name people, such as [ada, bob]"),
        "channel": template("name a channel; ask channel list shows them"),
        "severity": one_of("low", "normal", "high"),
    },
    ("text",),
    "{text: …, severity: high}",
)
TASK = Fields(
    {
        "title": template("write what is to be done"),
        "due": moment("write a time such as today 17:00"),
        "priority": one_of("low", "normal", "high", "urgent"),
        "project": template("name a project"),
        "tags": listing(template("write a tag"), "write a list such as [home, phone]"),
    },
    ("title",),
    "{title: …, due: tomorrow 17:00}",
)
HTTP = Fields(
    {
        "method": method,
        "url": template("write an address such as https://example.com/hook"),
        "headers": named(
            or_secret(template("write the value of the header")), "write a map such as {Accept: text/plain}"
        ),
        "json": structure,
        "body": template("write the text to send"),
    },
    ("url",),
    "{method: POST, url: https://…, json: {…}}",
)
FILE = Fields(
    {
        "path": template("write the path of a file"),
        "write": template("write what the file is to hold"),
        "append": template("write what is added to the file"),
        "move": template("write the path that the file moves to"),
    },
    ("path",),
    "{path: …, write: …}",
)
MAIL = Fields(
    {
        "to": one_or_list(address, "write a list of mail addresses"),
        "subject": _SUBJECT,
        "body": template("write the text of the mail"),
    },
    ("to", "subject", "body"),
    "{to: …, subject: …, body: …}",
)
CALENDAR = Fields(
    {
        "add": Fields(
            {
                "title": template("write what the event is called"),
                "start": moment("write a time such as next monday 9am"),
                "end": moment("write a time such as next monday 10am"),
                "location": template("write where it is"),
                "description": template("write what it is about"),
                "calendar": template("name a calendar"),
            },
            ("title", "start"),
            "{title: …, start: next monday 9am}",
        ),
        "read": Fields({"days": whole(1, 366, "7"), "calendar": template("name a calendar")}, example="{days: 1}"),
    },
    example="{read: {days: 1}} or {add: {title: …, start: …}}",
)
MODEL_TASKS = ("draft", "summarise", "classify", "extract")
MODEL = Fields(
    {
        **dict.fromkeys(MODEL_TASKS, template("write what the model is given")),
        "labels": listing(template("write a label"), "write a list such as [urgent, later]", least=2),
        "fields": named(anything, "write a map of fields, such as {amount: number}"),
        "schema": named(anything, "write a JSON schema"),
        "model": text("name a model, as litellm names it"),
        "max_cost_usd": number(0, 1_000, "0.02"),
    },
    example="{draft: …, max_cost_usd: 0.02}",
)
ASK = Fields(
    {
        "question": template("write the question"),
        "choices": _choices,
        "fields": named(one_input, "write a map of fields, such as {amount: {type: number}}"),
        "expires": duration,
        "on_expiry": one_of("deny", "fallback"),
    },
    ("question",),
    "{question: …, choices: [yes, no], expires: 2d}",
)
WAIT = Fields(
    {
        "for": duration,
        "until": moment("write a time such as next monday 9am"),
        "event": text(EVENT_NAME),
        "where": _where,
        "within": duration,
    },
    example="2h, {until: next monday 9am} or {event: …, within: 2d}",
)
EMIT = Fields(
    {"event": template(EVENT_NAME), "data": structure, "key": template("write the key of the event")},
    ("event",),
    "{event: …, data: {…}}",
)
WORKFLOW = Fields(
    {
        "name": text("name a workflow; ask workflow list shows them"),
        "inputs": named(structure, "write names and values, such as {person: ada}"),
    },
    ("name",),
    "{name: …, inputs: {…}}",
)
ACTIONS: dict[str, Reader] = {
    "notify": notify, "task": TASK, "run": run, "http": http, "file": file, "mail": mail, "mail_draft": mail,
    "calendar": calendar, "model": model, "ask": ASK, "wait": wait, "emit": EMIT, "workflow": workflow,
    "text": plain_text, "set": values,
}  # fmt: skip
# What each action gives: None where nobody can tell before it ran.
OUTPUTS: dict[str, frozenset[str] | None] = {
    "notify": frozenset({"message", "acknowledged"}), "task": frozenset({"id"}),
    "run": frozenset({"exit", "stdout", "stderr", "json"}),
    "http": frozenset({"status", "headers", "text", "json"}), "file": frozenset({"path"}),
    "mail": frozenset({"message_id"}), "mail_draft": frozenset({"message_id"}),
    "calendar": frozenset({"uid", "events"}), "model": None, "ask": None,
    "wait": frozenset({"woke_by", "event"}), "emit": frozenset({"event"}), "workflow": None,
    "text": frozenset({"text"}), "set": None,
}  # fmt: skip
INLINE = frozenset({"notify", "task", "text", "set", "ask", "wait", "emit", "workflow"})
