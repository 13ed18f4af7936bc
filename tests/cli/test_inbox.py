"""Stories of the inbox: what needs the person, the most pressing first, in full, and how to answer."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.workflows import keep, run, started

if TYPE_CHECKING:
    from tests.conftest import Ask

ASKS = "name: {name}\npriority: {priority}\nsteps:\n  - {{id: act, run: [act, now], approve: {{expires: {expires}}}}}\n"


def asks(ask: "Ask", name: str, expires: str = "7d", priority: str = "normal") -> None:
    """A job that asks before it acts."""
    started(ask, ASKS.format(name=name, expires=expires, priority=priority), name)


def titles(ask: "Ask") -> list[str]:
    """The titles in the inbox, in order."""
    return [asked["title"] for asked in ask.json("inbox")]


def test_a_request_says_all_that_is_needed_to_answer_it(ask: "Ask") -> None:
    """CONTRACT `ask inbox`, with the step, its facts and what follows without an answer."""
    (ask.folder / "facts").write_text("1")
    number = started(
        ask,
        f"""
name: offer
steps:
  - {{id: thread, run: [cat, {ask.folder}/facts], effect: read}}
  - id: send
    mail: {{to: acme@example.com, subject: Offer, body: "a\\nb"}}
    approve: {{expires: 2d, recheck: [thread]}}
    fallback:
      - mail_draft: {{to: acme@example.com, subject: Offer, body: "a\\nb"}}
""",
        "offer",
    )
    (asked,) = ask.at("2026-11-23T16:22:00+01:00").json("inbox")
    expected: dict[str, Any] = {
        "kind": "approval", "job": number, "title": "offer: send", "because": "its workflow asks before it acts",
        "proposal": {"action": "mail", "to": "acme@example.com", "subject": "Offer", "body": "a\nb"},
        "expires_at": "2026-11-25T16:20:00+01:00", "on_expiry": "deny", "step": "send", "workflow": "offer",
        "facts": [{"step": "thread", "read_at": "2026-11-23T16:20:00+01:00"}], "instead": "kept as a draft",
    }  # fmt: skip
    assert {name: asked[name] for name in expected} == expected
    assert asked["actions"][0] == f"ask approve {asked['id']}"


def test_a_request_at_a_terminal_reads_as_a_person_needs_it(ask: "Ask") -> None:
    """EXPERIENCE "A person in charge"."""
    (ask.folder / "facts").write_text("1")
    started(
        ask,
        f"""
name: offer
steps:
  - {{id: thread, run: [cat, {ask.folder}/facts], effect: read}}
  - id: send
    mail: {{to: acme@example.com, subject: Offer, body: "a\\nb"}}
    approve: {{expires: 2d, recheck: [thread]}}
""",
        "offer",
    )
    shown = ask.at("2026-11-23T16:22:00+01:00").terminal("inbox", NO_COLOR="1").out
    assert shown.startswith(
        "  2  approval · offer (job 1), step send\n"
        '      mail  to acme@example.com  ·  "Offer"  ·  2 lines, 3 characters: ask show 2\n'
        "      because  its workflow asks before it acts (thread, last read 2 min ago)\n"
        "      no answer by Wed 25 Nov 16:20: the job is cancelled\n"
        "      ask approve 2 · ask approve 2 --edit body=@- · ask deny 2\n"
    )


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("run: [pay, 'a b', \"it's\"]", "run  pay 'a b' 'it'\\''s'"),
        ("http: {method: POST, url: 'https://example.com/pay', json: {amount: 5}}",
         'http  POST https://example.com/pay  ·  {"amount":5}'),
        ("file: {path: /nowhere/notes.txt, append: one}", "append to /nowhere/notes.txt  ·  1 line, 3 characters"),
        ("file: {path: /nowhere/a, move: /nowhere/b}", "move  /nowhere/a → /nowhere/b"),
    ],
)  # fmt: skip
def test_each_action_says_what_exactly_will_happen(ask: "Ask", step: str, line: str) -> None:
    """The command line, the URL and what is sent, the paths."""
    started(ask, f"name: flow\nsteps:\n  - {{id: act, {step}, approve: always}}\n")
    assert f"      {line}" in ask.terminal("inbox", NO_COLOR="1").out


def test_a_file_is_shown_as_what_would_change_in_it(ask: "Ask") -> None:
    """A difference from the present file, bounded."""
    path = ask.folder / "notes.txt"
    path.write_text("".join(f"line {number}\n" for number in range(40)))
    text = "\\n".join(f"line {number}" if number != 20 else "other" for number in range(40)) + "\\n"
    started(ask, f'name: flow\nsteps:\n  - {{id: act, file: {{path: {path}, write: "{text}"}}, approve: always}}\n')
    shown = ask.terminal("inbox", NO_COLOR="1").out
    assert "        -line 20\n        +other\n" in shown
    assert "line 3\n" not in shown
    path.unlink()
    assert "        a new file\n" in ask.terminal("inbox", NO_COLOR="1").out


def test_what_is_hostile_in_a_proposal_moves_no_cursor(ask: "Ask") -> None:
    """Untrusted text is shown, never obeyed."""
    started(ask, 'name: flow\nsteps:\n  - {id: act, run: [echo, "a\\e[2Jb"], approve: always}\n')
    assert "\x1b[2J" not in ask.terminal("inbox", NO_COLOR="1").out


# Order


def test_what_is_in_doubt_comes_first_then_what_expires_soon_then_by_priority_and_age(ask: "Ask") -> None:
    """The order in which a person should look."""
    asks(ask, "old")
    asks(ask, "newer")
    asks(ask, "low", priority="low")
    asks(ask, "urgent", priority="urgent")
    asks(ask, "tonight", expires="6h")
    asks(ask, "sooner", expires="2h")
    ask.ok("remind", "pill at 16:21", "--until-ack")
    ask.tick("2026-11-23T16:21:00+01:00")
    assert titles(ask) == ["sooner: act", "tonight: act", "urgent: act", "old: act", "newer: act", "pill", "low: act"]
    first = ask("inbox", "--limit", "3").lines
    assert [line.split("\t")[2] for line in first] == ["sooner: act", "tonight: act", "urgent: act"]


def test_alike_requests_stand_together_and_are_settled_by_one_command(ask: "Ask") -> None:
    """The same step of the same workflow, for the same reason."""
    keep(ask, ASKS.format(name="pay", expires="7d", priority="normal"))
    for _ in range(3):
        run(ask, "pay")
    ask.ok("run-due")
    numbers = " ".join(str(asked["id"]) for asked in ask.json("inbox"))
    shown = ask.terminal("inbox", NO_COLOR="1").out
    assert shown.count("because") == 1
    assert "3 alike, by the same cause: " in shown
    assert f"all: ask approve {numbers}\n" in shown
    ask.ok("approve", *numbers.split())
    assert ask.json("inbox") == []


def test_a_screen_holds_what_fits_and_the_others_are_a_line_each(ask: "Ask") -> None:
    """One screen: the most pressing in full."""
    for number in range(14):
        asks(ask, f"w{number}")
    lines = ask.terminal("inbox", NO_COLOR="1").out.splitlines()
    told = [line for line in lines if " approval · w" in line]
    assert len(told) == 14
    assert told[-1].endswith("step act  by Mon 30 Nov 16:20")
    assert lines[lines.index(told[0]) + 1].strip() == "run  act now"


# Snooze


def test_a_snoozed_request_is_hidden_until_then(ask: "Ask") -> None:
    """Under the same number; `ask list` still knows it."""
    asks(ask, "pay")
    (asked,) = ask.json("inbox")
    number = str(asked["id"])
    (item,) = ask.json("snooze", number, "tomorrow at 9:00")
    assert item["next_at"] == "2026-11-24T09:00:00+01:00"
    assert ask.json("inbox") == []
    assert ask.json()["needs_you"] == []
    assert [one["id"] for one in ask.json("list", "--kind", "request")] == [asked["id"]]
    assert [one["id"] for one in ask.at("2026-11-24T09:00:00+01:00").json("inbox")] == [asked["id"]]
    ask.ok("undo")
    assert len(ask.at("2026-11-23T16:20:00+01:00").json("inbox")) == 1


def test_a_request_is_never_snoozed_beyond_its_expiry(ask: "Ask") -> None:
    """It would be settled without the person ever seeing it again."""
    asks(ask, "pay", expires="2h")
    number = str(ask.json("inbox")[0]["id"])
    assert "expires Mon 23 Nov 2026 18:20" in ask.refused(4, "snooze", number, "tomorrow")
    assert len(ask.json("inbox")) == 1


def test_a_snoozed_request_can_be_answered_all_the_same(ask: "Ask") -> None:
    """Hidden is not closed."""
    asks(ask, "pay")
    number = str(ask.json("inbox")[0]["id"])
    ask.ok("snooze", number, "tomorrow")
    assert ask.json("approve", number)[0]["state"] == "approved"


def test_the_job_of_a_slot_keeps_its_schedule_when_its_question_is_snoozed(ask: "Ask") -> None:
    """A reminder that is asked about rings later; the question of a workflow only hides."""
    job = started(ask, "name: q\nsteps:\n  - {id: a, ask: {question: Which?, choices: [x, y]}}\n", "q")
    ask.ok("snooze", str(job), "1h")
    assert ask.json("show", str(job))["state"] == "awaiting_input"
    assert ask.json("inbox") == []
