"""The actions by name: how each is read, and what each gives to later steps. Reads nothing itself."""

from assistant.app.workflow_file.fields import Reader
from assistant.app.workflow_file.flow import ASK, EMIT, TASK, plain_text, values, wait, workflow
from assistant.app.workflow_file.messages import mail, notify
from assistant.app.workflow_file.outside import brief, calendar, file, http, model
from assistant.app.workflow_file.programs import run

ACTIONS: dict[str, Reader] = {
    "notify": notify, "task": TASK, "run": run, "http": http, "file": file, "mail": mail, "mail_draft": mail,
    "calendar": calendar, "model": model, "brief": brief, "ask": ASK, "wait": wait, "emit": EMIT, "workflow": workflow,
    "text": plain_text, "set": values,
}  # fmt: skip
# What each action gives: None where nobody can tell before it ran.
OUTPUTS: dict[str, frozenset[str] | None] = {
    "notify": frozenset({"message", "acknowledged"}), "task": frozenset({"id"}),
    "run": frozenset({"exit", "stdout", "stderr", "json", "notes"}),
    "http": frozenset({"status", "headers", "text", "json", "notes"}), "file": frozenset({"path"}),
    "mail": frozenset({"message_id"}), "mail_draft": frozenset({"message_id", "path"}),
    "calendar": frozenset({"uid", "events"}), "model": None, "ask": None,
    "wait": frozenset({"woke_by", "event"}), "emit": frozenset({"event"}), "workflow": None,
    "text": frozenset({"text"}), "set": None, "brief": frozenset({"text", "needs_you", "held"}),
}  # fmt: skip
INLINE = frozenset({"notify", "task", "text", "set", "ask", "wait", "emit", "workflow"})
