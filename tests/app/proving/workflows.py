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
# One step that is asked about, a fact that it is based on, and what takes it back.
ASKED = """
name: asked
steps:
  - id: price
    http: {url: "https://api.example.com/price"}
  - id: first
    run: [first]
    undo: {run: [not-first]}
  - id: send
    http: {method: PUT, url: "https://api.example.com/offer", json: {text: hello}}
    approve: {expires: 1d, recheck: [price]}
    undo: {http: {method: DELETE, url: "https://api.example.com/offer"}}
  - id: last
    run: [last]
"""
SCANS = """
name: scans
inputs:
  name: {required: true}
on:
  - event: folder.new
    where: event.size > 100
    key: "{{ event.path }}"
    inputs: {name: "{{ event.name }}"}
steps:
  - id: read
    run: [read, "{{ inputs.name }}"]
    effect: read
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


# Small workflows that together have every action and every policy: a story of one of them is short.
GOODS = """
name: goods
inputs:
  who: {default: you}
on:
  - schedule: every day at 9:00
    if_late: ask
subject: "{{ inputs.who }}"
overlap: supersede
budget: {failures: 3, window: 7d}
steps:
  - id: look
    http: {url: "https://api.example.com/x"}
    retry: {attempts: 3, park: 3d}
  - id: book
    run: [book, "{{ key }}"]
    probe: {run: [was-booked, "{{ key }}"]}
    undo: {run: [unbook, "{{ key }}"]}
  - id: put
    http: {method: PUT, url: "https://api.example.com/y", json: {a: "{{ inputs.who }}"}}
    approve: {expires: 1d, on_expiry: deny, recheck: [look]}
    undo: {http: {method: DELETE, url: "https://api.example.com/y"}}
"""
ITEMS = """
name: items
inputs:
  things: {type: list, default: [a, b, c]}
deadline: 30d
steps:
  - id: note
    file: {path: a.txt, append: begun}
    undo: {file: {path: a.txt, append: undone}}
  - id: each
    for_each: inputs.things
    at_once: 2
    run: [do, "{{ item }}"]
    undo: {run: [undo-it, "{{ item }}"]}
    retry: {attempts: 2, first: 10s}
    limit: {to: workers, at_once: 1, per: 5s}
  - id: last
    http: {method: POST, url: "https://api.example.com/z", json: {n: 1}}
    approve: never
    fallback:
      - run: [by-hand]
        undo: {run: [not-by-hand]}
"""
TALK = """
name: talk
inputs:
  who: {default: you}
on:
  - event: thing.changed
    where: event.size > 3
    key: "{{ event.id }}"
steps:
  - id: question
    ask: {question: "Which?", choices: [x, y], expires: 2d}
    fallback:
      - set: {choice: x}
  - id: reply
    wait: {event: answer.came, where: event.who == inputs.who, within: 2d}
  - id: rest
    wait: 2h
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
PAPERS = """
name: papers
on:
  - event: folder.new
    key: "{{ event.path }}"
steps:
  - id: day
    calendar: {read: {days: 1}}
  - id: words
    model: {draft: "A note"}
    fallback:
      - text: Hello
  - id: draft
    mail_draft: {to: a@example.com, subject: hi, body: "{{ steps.words.output.text }}"}
  - id: send
    mail: {to: a@example.com, subject: hi, body: "{{ steps.words.output.text }}"}
    fallback:
      - mail_draft: {to: a@example.com, subject: hi, body: by hand}
  - id: add
    calendar: {add: {title: a call, start: "2026-12-01T09:00:00Z"}}
"""
FILES = """
name: files
on:
  - event: calendar.ended
    after: 1h
overlap: queue
subject: one
steps:
  - id: write
    file: {path: b.txt, write: x}
  - id: aside
    file: {path: b.txt, move: c.txt}
    undo: {file: {path: c.txt, move: b.txt}}
  - id: came
    wait: {event: folder.new, within: 1d}
  - id: next
    workflow: {name: child, inputs: {n: 1}}
"""
CHILD = """
name: child
inputs:
  n: {type: number, required: true}
steps:
  - id: act
    run: [act, "{{ inputs.n }}"]
    probe: {run: [has-acted]}
    undo: {run: [take-back]}
  - id: told
    notify: "{{ inputs.n }} is done"
"""
SMALL = (GOODS, ITEMS, TALK, PAPERS, FILES)


def document(file: str) -> dict[str, Any]:
    """A file without faults, as the store keeps it."""
    known = Known(START, Conventions("UTC"), frozenset({"terminal", "file"}), workflows={"child": ()})
    checked = check_file(file, "test.yaml", known)
    assert checked.document is not None, checked.errors
    return checked.document


def prepared(file: str, **more: Any) -> Prepared:
    """A file without faults, ready to be played; what it calls is there."""
    if "workflow: {name: child" in file:
        more["others"] = (document(CHILD),)
    return Prepared(document(file), **more)
