"""The kept form: what the engine reads of a file without errors."""

from typing import Any

import pytest

from assistant.jsontext import dump, load
from tests.workflow_file.checking import KNOWN, at_top, checked, in_step

RENEWAL = """\
name: renew-contract
about: Two months before a contract ends, ask, then renew it.
title: Renew {{ inputs.contract }}
inputs:
  contract: {required: true, type: text}
  owner: {default: ada}
  limit: {default: 50, type: number}
on:
  - schedule: every first monday of the month at 10:00
    inputs: {contract: 007}
    if_late: brief
    useless_after: 2d
  - event: calendar.ended
    where: "'contract' in event.title | lower"
    after: 1 business day
    key: "{{ event.uid }}"
    inputs: {contract: "{{ event.title }}"}
  - cron: "30 8 * * 1-5"
    inputs: {contract: office}
subject: "{{ inputs.contract }}"
overlap: queue
deadline: 2w
budget: {failures: 3, window: 7d}
steps:
  - id: terms
    http: {url: "https://example.com/{{ inputs.contract | urlencode }}", headers: {Authorization: {secret: token}}}
    limit: {to: example.com, per: 10s}
    sample: {status: 200, json: {price: 12}}
  - id: pay
    when: steps.terms.output.json.price < inputs.limit
    run: [pay, "{{ inputs.contract }}", 1.50]
    env: {PIN: {secret: token, prefix: "x "}}
    approve: {expires: 2d, recheck: [terms]}
    retry: {attempts: 5, permanent: [2], park: 3d}
    timeout: 30s
    probe: {run: [was-paid, "{{ key }}"]}
    undo: {run: [refund, "{{ steps.pay.output.json.id }}"], effect: keyed}
    fallback:
      - mail_draft: {to: [ada@example.com], subject: Renew, body: "{{ inputs.contract }}"}
      - task: {title: "Renew {{ inputs.contract }} by hand", due: today 17:00, tags: [money]}
  - id: tell
    for_each: "['ada', 'bob']"
    at_once: 2
    notify: {text: "{{ item }}: {{ steps.pay.by }}", to: "{{ people[inputs.owner].manager }}"}
  - id: nudge
    notify: Is it signed?
    until: ack
    repeat: [15m, 1h]
    escalate:
      - {after: 1 business day, notify: {text: No answer, channel: phone}}
"""


def test_a_whole_file_is_kept_in_its_full_form() -> None:
    """Durations are counted, defaults are filled, words are read, texts stay as they were written."""
    document = checked(RENEWAL).document
    assert document is not None
    assert document == {
        "name": "renew-contract",
        "about": "Two months before a contract ends, ask, then renew it.",
        "title": "Renew {{ inputs.contract }}",
        "inputs": {
            "contract": {"required": True, "default": None, "type": "text"},
            "owner": {"required": False, "default": "ada", "type": None},
            "limit": {"required": False, "default": 50, "type": "number"},
        },
        "on": [
            {
                "schedule": {
                    "text": "every first monday of the month at 10:00",
                    "rule": "DTSTART:20261207T100000\nRRULE:FREQ=MONTHLY;BYDAY=1MO",
                    "wall": "2026-12-07T10:00:00", "zone": "Europe/Berlin", "pinned": False,
                },
                "inputs": {"contract": 7}, "if_late": "brief", "useless_after": 172_800,
            },
            {
                "event": "calendar.ended", "where": "'contract' in event.title | lower", "after": "1b",
                "key": "{{ event.uid }}", "inputs": {"contract": "{{ event.title }}"},
            },
            {
                "schedule": {
                    "text": "cron: 30 8 * * 1-5", "rule": "X-ASK-CRON:30 8 * * 1-5",
                    "wall": "2026-11-25T08:30:00", "zone": "Europe/Berlin", "pinned": False,
                },
                "inputs": {"contract": "office"}, "if_late": "run",
            },
        ],
        "subject": "{{ inputs.contract }}", "overlap": "queue", "priority": "normal", "deadline": "14d",
        "budget": {"failures": 3, "window": "7d"},
        "steps": [
            {
                "id": "terms", "kind": "http",
                "action": {
                    "method": "GET", "url": "https://example.com/{{ inputs.contract | urlencode }}",
                    "headers": {"Authorization": {"secret": "token"}},
                },
                "limit": {"to": "example.com", "per": 10}, "effect": "read",
                "sample": {"status": 200, "json": {"price": 12}},
            },
            {
                "id": "pay", "kind": "run", "when": "steps.terms.output.json.price < inputs.limit",
                "action": {
                    "argv": ["pay", "{{ inputs.contract }}", "1.50"],
                    "env": {"PIN": {"secret": "token", "prefix": "x "}},
                },
                "approve": {"mode": "always", "expires": "2d", "on_expiry": "deny", "recheck": ["terms"]},
                "retry": {"attempts": 5, "first": 30, "factor": 2, "max": 3600, "permanent": [2], "park": "3d"},
                "timeout": 30, "effect": "once",
                "probe": {"kind": "run", "action": {"argv": ["was-paid", "{{ key }}"]}},
                "undo": {
                    "kind": "run", "action": {"argv": ["refund", "{{ steps.pay.output.json.id }}"]}, "effect": "keyed",
                },
                "fallback": [
                    {
                        "kind": "mail_draft", "effect": "once",
                        "action": {"to": ["ada@example.com"], "subject": "Renew", "body": "{{ inputs.contract }}"},
                    },
                    {
                        "kind": "task",
                        "action": {
                            "title": "Renew {{ inputs.contract }} by hand", "due": "today 17:00", "tags": ["money"],
                        },
                    },
                ],
            },
            {
                "id": "tell", "kind": "notify", "for_each": "['ada', 'bob']", "at_once": 2,
                "action": {"text": "{{ item }}: {{ steps.pay.by }}", "to": "{{ people[inputs.owner].manager }}"},
            },
            {
                "id": "nudge", "kind": "notify", "action": {"text": "Is it signed?"}, "until": "ack",
                "repeat": [900, 3600],
                "escalate": [
                    {"after": "1b", "kind": "notify", "action": {"text": "No answer", "channel": "phone"}},
                ],
            },
        ],
    }  # fmt: skip


def test_the_kept_form_is_plain_json() -> None:
    """What the store writes, it reads back."""
    document = checked(RENEWAL).document
    assert load(dump(document)) == document


def _step(lines: str) -> Any:
    found = checked(in_step(lines))
    assert found.document is not None, found.errors
    return found.document["steps"][2]


@pytest.mark.parametrize(
    ("lines", "action"),
    [
        ("notify: on", {"text": "on"}),
        ("notify: {text: Hi, to: [ada], severity: high}", {"text": "Hi", "to": ["ada"], "severity": "high"}),
        ("run: [sleep, 012]\nstdin: Hi", {"argv": ["sleep", "012"], "stdin": "Hi"}),
        ("run: {argv: [ls], cwd: /}", {"argv": ["ls"], "cwd": "/"}),
        ("run: [sh, -c, 'echo \"$1\"', '{{ inputs.who }}']", {"argv": ["sh", "-c", 'echo "$1"', "{{ inputs.who }}"]}),
        ("run: [bash, f.sh, -c, '{{ inputs.who }}']", {"argv": ["bash", "f.sh", "-c", "{{ inputs.who }}"]}),
        ("run: [grep, -c, '{{ inputs.who }}', f]", {"argv": ["grep", "-c", "{{ inputs.who }}", "f"]}),
        (
            "http: {url: https://e.com, json: {a: [1, on]}}",
            {"method": "POST", "url": "https://e.com", "json": {"a": [1, "on"]}},
        ),
        ("file: {path: f, append: x}", {"path": "f", "append": "x"}),
        ("calendar: {read: {days: 1}}", {"read": {"days": 1}}),
        ("calendar: {add: {title: t, start: tomorrow 9:00}}", {"add": {"title": "t", "start": "tomorrow 9:00"}}),
        ("model: {classify: x, labels: [a, b]}", {"classify": "x", "labels": ["a", "b"]}),
        ("ask: {question: q, choices: [yes, no]}", {"question": "q", "choices": ["yes", "no"]}),
        ("ask: {question: q, expires: 1d}", {"question": "q", "expires": "1d"}),
        ("wait: 2h", {"for": "7200s"}),
        ("wait: {until: next monday 9am}", {"until": "next monday 9am"}),
        ("wait: {event: x, where: event.id == 1}", {"event": "x", "where": "event.id == 1"}),
        ("wait: {event: x, within: 2d}", {"event": "x", "within": "2d"}),
        ("emit: {event: x, data: {a: '{{ inputs.who }}'}}", {"event": "x", "data": {"a": "{{ inputs.who }}"}}),
        ("workflow: {name: child, inputs: {a: 1}}", {"name": "child", "inputs": {"a": 1}}),
        ("text: '{{ inputs.who }}'", {"text": "{{ inputs.who }}"}),
        ("set: {a: '{{ 1 + 1 }}', b: [x]}", {"a": "{{ 1 + 1 }}", "b": ["x"]}),
    ],
)  # fmt: skip
def test_an_action_is_kept_in_its_full_form(lines: str, action: dict[str, Any]) -> None:
    """However short it was written, the engine finds every part under its name."""
    assert _step(lines)["action"] == action


@pytest.mark.parametrize(
    ("lines", "effect"),
    [
        ("run: [ls]", "once"),
        ("mail: {to: a@b.c, subject: s, body: b}", "once"),
        ("model: {draft: x}", "once"),
        ("http: {url: https://e.com}", "read"),
        ("http: {url: https://e.com, method: HEAD}", "read"),
        ("http: {url: https://e.com, method: PUT}", "keyed"),
        ("http: {url: https://e.com, method: DELETE}", "keyed"),
        ("http: {url: https://e.com, method: POST}", "once"),
        ("http: {url: https://e.com, body: x}", "once"),
        ("http: {url: https://e.com, method: PATCH}", "once"),
        ("file: {path: f, write: x}", "keyed"),
        ("file: {path: f, append: x}", "once"),
        ("file: {path: f, move: x}", "once"),
        ("calendar: {read: {}}", "read"),
        ("calendar: {add: {title: t, start: tomorrow}}", "once"),
        ("run: [ls]\neffect: read", "read"),
        ("text: x", None),
    ],
)
def test_the_effect_is_as_the_action_says_unless_the_file_says_another(lines: str, effect: str | None) -> None:
    """WORKFLOW "Effects" gives the defaults; what changes nothing outside has none."""
    assert _step(lines).get("effect") == effect


@pytest.mark.parametrize(
    ("words", "kept"),
    [("90s", "90s"), ("5m", "300s"), ("1h30m", "5400s"), ("2d", "2d"), ("1 week", "7d"), ("3 business days", "3b")],
)
def test_a_duration_keeps_its_measure(words: str, kept: str) -> None:
    """Hours go by the clock, days by the calendar, business days by the days off."""
    document = checked(at_top(f"deadline: {words}")).document
    assert document is not None
    assert document["deadline"] == kept


@pytest.mark.parametrize(
    "start",
    [
        "schedule: weekday at 8:30", "schedule: 'cron: 30 8 * * 1-5'", "schedule: {cron: 30 8 * * 1-5}",
        "rrule: FREQ=WEEKLY;BYDAY=MO", "schedule: every day at 9:00 Asia/Tokyo", "schedule: 3 december 2026 9:00",
    ],
)  # fmt: skip
def test_a_schedule_is_said_in_words_or_as_a_rule(start: str) -> None:
    """The same words as on the command line; the rule, the wall time and the zone are kept."""
    document = checked(at_top(f"on: [{{{start}}}]" if "{" not in start else f"on:\n  - {start}")).document
    assert document is not None
    kept = document["on"][0]["schedule"]
    assert kept["pinned"] is ("Tokyo" in start)
    assert (kept["rule"] is None) is ("2026" in start)
    assert kept["wall"].startswith("202")


@pytest.mark.parametrize(
    ("approve", "mode"),
    [
        ("always", "always"),
        ("never", "never"),
        ("{when: inputs.who == 'ada'}", "when"),
        ("{on_expiry: deny}", "always"),
    ],
)
def test_an_approval_says_when_it_is_asked_for(approve: str, mode: str) -> None:
    """Without an expiry it holds for seven days."""
    kept = _step(f"run: [ls]\napprove: {approve}")["approve"]
    assert kept["mode"] == mode
    assert kept.get("expires", "7d") == "7d"


def test_an_event_may_be_used_in_steps_where_one_starts_the_workflow() -> None:
    """A job that a schedule started has none; the step says so when it runs."""
    text = "name: w\non: [{event: x}]\nsteps: [{id: a, text: '{{ event.title }}'}]\n"
    assert checked(text).ok


def test_a_person_of_a_default_is_looked_for_where_a_template_looks_them_up() -> None:
    """`people[inputs.person]` with a person who is not there would fail at its first use."""
    text = RENEWAL.replace("owner: {default: ada}", "owner: {default: eve}")
    assert [error.message for error in checked(text).errors] == [
        "inputs.owner.default is 'eve', who is not among your people; ask pref set people names them"
    ]


def test_a_secret_is_not_looked_for_where_nobody_can_tell() -> None:
    """Without a list of secrets none is missing."""
    from dataclasses import replace

    text = in_step("run: [ls]\nenv: {A: {secret: unheard}}")
    assert checked(text, replace(KNOWN, secrets=None)).ok
