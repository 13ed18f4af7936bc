"""Actions that reach a person: a notification, a mail or its draft. Their texts are templates."""

from typing import Any

from assistant.app.workflow_file.fields import (
    ABSENT,
    Fields,
    is_empty,
    one_of,
    one_or_list,
    template,
    wrong,
)
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, Sequence
from assistant.core.template_text import is_template


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


def mail(node: Node, path: str, findings: Findings) -> Any:
    """A mail, sent or kept as a draft."""
    return MAIL(node, path, findings)


def address(node: Node, path: str, findings: Findings) -> Any:
    """A mail address, or a template for one."""
    found = template("write a mail address")(node, path, findings)
    if found is not ABSENT and not is_template(found) and "@" not in found:
        return wrong(node, path, findings, "write a mail address such as ada@example.com")
    return found


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
MAIL = Fields(
    {
        "to": one_or_list(address, "write a list of mail addresses"),
        "subject": template("write the subject"),
        "body": template("write the text of the mail"),
    },
    ("to", "subject", "body"),
    "{to: …, subject: …, body: …}",
)
