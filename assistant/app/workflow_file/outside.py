"""Actions on the world beside people and programs: a request, a file, a calendar, a model."""

from typing import Any

from assistant.app.workflow_file.fields import (
    Fields,
    anything,
    exactly_one,
    listing,
    named,
    number,
    one_of,
    structure,
    template,
    text,
    whole,
    wrong,
)
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar
from assistant.app.workflow_file.secrets import or_secret
from assistant.app.workflow_file.times import moment
from assistant.core.template_text import is_template

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


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
    return exactly_one(FILE(node, path, findings), node, path, findings, ("write", "append", "move"))


def brief(node: Node, path: str, findings: Findings) -> Any:
    """What `ask brief` says when the step runs."""
    return BRIEF(node, path, findings)


def calendar(node: Node, path: str, findings: Findings) -> Any:
    """Either adds an event or reads events."""
    return exactly_one(CALENDAR(node, path, findings), node, path, findings, ("add", "read"))


def model(node: Node, path: str, findings: Findings) -> Any:
    """One task for the model, and its bounds."""
    return exactly_one(MODEL(node, path, findings), node, path, findings, MODEL_TASKS)


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
BRIEF = Fields({"format": one_of("text", "markdown")}, example="{format: text}")
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
