"""Secrets in a file: named, never written and never rendered."""

from typing import Any

from assistant.app.workflow_file.fields import ABSENT, Fields, Reader, text
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Mapping, Node, Scalar, quoted


def _prefix(node: Node, path: str, findings: Findings) -> Any:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.text
    return text("write what stands before the secret, such as 'Bearer '")(node, path, findings)


SECRET = Fields({"secret": text("name a secret"), "prefix": _prefix}, ("secret",), "{secret: NAME, prefix: 'Bearer '}")


def or_secret(reader: Reader) -> Reader:
    """A value, or the name of a secret whose value is read when the step runs."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        if not isinstance(node, Mapping) or not ({"secret", "prefix"} & node.nodes.keys()):
            return reader(node, path, findings)
        found = SECRET(node, path, findings)
        if found is not ABSENT and "secret" in found:
            _check(found["secret"], node, path, findings)
        return found

    return read


def _check(name: str, node: Mapping, path: str, findings: Findings) -> None:
    secrets = findings.known.secrets
    if secrets is not None and name not in secrets:
        near = findings.nearest(name, secrets)
        fix = f"did you mean {quoted(near)}?" if near else f"keep it first: ask secret set {name}"
        findings.fault(
            node.nodes["secret"].at, f"{path}.secret", f"{path}.secret: there is no secret {quoted(name)}; {fix}"
        )
