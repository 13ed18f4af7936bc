"""Workflow files that the proofs play."""

from typing import Any

from assistant.app.proving.prepare import Prepared
from assistant.app.workflow_file.check import check_file
from assistant.app.workflow_file.findings import Known
from assistant.when.values import Conventions
from tests.world import START

PLAIN = """
name: plain
steps:
  - {id: pay, run: [pay]}
  - {id: note, file: {path: a.txt, append: paid}}
"""
REPEATABLE = """
name: repeatable
steps:
  - id: note
    file: {path: a.txt, append: x}
    effect: repeatable
"""
ENDLESS = """
name: endless
steps:
  - id: hear
    wait: {event: answer.came}
"""
# Every action, and every policy, at least once.
WIDE = """
name: wide
inputs:
  who: {default: you}
  things: {type: list, default: [a, b, c]}
on:
  - schedule: every day at 9:00
    if_late: ask
  - event: thing.changed
    where: event.size > 3
    key: "{{ event.id }}"
subject: "{{ inputs.who }}"
overlap: supersede
deadline: 30d
budget: {failures: 3, window: 7d}
steps:
  - id: look
    http: {url: "https://api.example.com/x"}
    retry: {attempts: 3, park: 3d}
  - id: book
    run: [book, "{{ key }}"]
    probe: {run: [was-booked, "{{ key }}"]}
    undo: {run: [unbook, "{{ key }}"]}
  - id: note
    file: {path: a.txt, append: "{{ steps.look.output.status }}"}
    undo: {file: {path: a.txt, append: undone}}
  - id: each
    for_each: inputs.things
    at_once: 2
    run: [do, "{{ item }}"]
    undo: {run: [undo-it, "{{ item }}"]}
    retry: {attempts: 2, first: 10s}
  - id: question
    ask: {question: "Which?", choices: [x, y], expires: 2d}
    fallback:
      - set: {choice: x}
  - id: reply
    wait: {event: answer.came, where: event.who == inputs.who, within: 2d}
  - id: put
    http: {method: PUT, url: "https://api.example.com/y", json: {a: 1}}
    approve: {expires: 1d, on_expiry: deny, recheck: [look]}
    undo: {http: {method: DELETE, url: "https://api.example.com/y"}}
  - id: words
    model: {draft: "A note to {{ inputs.who }}"}
    fallback:
      - text: "Hello"
  - id: day
    calendar: {read: {days: 1}}
  - id: draft
    mail_draft: {to: a@example.com, subject: hi, body: "{{ steps.reply.output.woke_by }}"}
  - id: out
    emit: {event: done.it, data: {x: 1}}
  - id: todo
    task: {title: "Do {{ inputs.who }}"}
  - id: tell
    notify: {text: done, severity: high}
    until: ack
    repeat: [15m, 30m]
    escalate:
      - {after: 2h, task: {title: chase}}
"""


def prepared(file: str, **more: Any) -> Prepared:
    """A file without faults, ready to be played."""
    checked = check_file(file, "test.yaml", Known(START, Conventions("UTC"), frozenset({"terminal", "file"})))
    assert checked.document is not None, checked.errors
    return Prepared(checked.document, **more)
