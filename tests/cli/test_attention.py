"""Stories of attention: who is reached, when it is quiet, how much may interrupt, what repeats."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.workflows import check_journal, keep, run

if TYPE_CHECKING:
    from tests.conftest import Ask

PEOPLE = (
    '{"ada": {"channel": "out", "mail": "ada@example.com", "deputy": "bob", "manager": "eve"},'
    ' "bob": {"channel": "out"}, "eve": {"channel": "out"}, "invoices": {"owner": "ada"}}'
)
TELL = """
name: tell
inputs: {who: {required: true}, severity: {default: normal}}
steps:
  - {id: say, notify: {to: "{{ inputs.who }}", text: "hello {{ inputs.who }}"}}
"""
LOW = """
name: chatter
inputs: {text: {required: true}}
steps:
  - {id: say, notify: {text: "{{ inputs.text }}", severity: low}}
"""
SHAKY = """
name: shaky
steps:
  - {id: go, run: ["test", "-e", "FOLDER/there"], retry: {attempts: 1}}
"""


def texts(ask: "Ask") -> list[str]:
    """What reached the file channel."""
    return [message["text"] for message in ask.rang]


# Preferences


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("quiet_hours", "22:00-07:00", "22:00-07:00"),
        ("quiet_hours", "22–7", "22:00-07:00"),
        ("quiet_hours", "sat,sun 00:00-24:00; out 20:00-08:00", "saturday,sunday 00:00-24:00; out 20:00-08:00"),
        ("quiet_hours", "mon-fri HIGH 23:00-06:00", "monday,tuesday,wednesday,thursday,friday high 23:00-06:00"),
        ("attention_limit", "6", "6/h"),
        ("attention_limit", "20/day, 6/hour", "6/h, 20/d"),
        ("attention_limit", "off", "off"),
    ],
)
def test_what_is_set_is_said_back_in_its_right_form(ask: "Ask", name: str, said: str, kept: str) -> None:
    """Days by their names, windows in one order; it is used."""
    ask.with_file_channel()
    assert ask.json("pref", "set", name, said)["value"] == kept
    assert "nothing uses it" not in ask.json("pref", "get", name)["meaning"]


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("quiet_hours", "22:00-22:00", "22:00-22:00"),
        ("quiet_hours", "staurday 00:00-24:00", "staurday"),
        ("quiet_hours", "sat sun 00:00-24:00", "sat,sun 00:00-24:00"),
        ("quiet_hours", "00:00-24:00", "for ever"),
        ("quiet_hours", "00:00-12:00; out 12:00-24:00", "for ever"),
        ("quiet_hours", ";", "22:00-07:00"),
        ("quiet_hours", "", "22:00-07:00"),
        ("attention_limit", "0/h", "6/h, 20/d"),
        ("attention_limit", "6/week", "6/h, 20/d"),
        ("attention_limit", "6/h, 7/h", "6/h, 20/d"),
        ("people", '["ada"]', "ada@example.com"),
        ("people", '{"ada": {"manger": "eve"}}', "did you mean manager?"),
        ("people", '{"ada": {"manager": "eve"}}', "there is nobody of that name (ada)"),
        ("people", '{"ada": {"mail": "ada"}}', "an address is ada@example.com"),
        ("people", '{"ada": {"away_until": "soon"}}', "a day is 2026-12-01"),
        ("people", '{"ada": {"channel": "pigeon"}}', "pigeon"),
    ],
)
def test_what_cannot_be_meant_is_refused(ask: "Ask", name: str, said: str, told: str) -> None:
    """With the value and the right form; nothing is kept."""
    ask.with_file_channel()
    result = ask("pref", "set", name, said, "--json")
    assert result.code in (2, 3), result
    assert told in f"{result.error['message']} | {result.error['hint']}"
    assert ask.json("pref", "get", name)["value"] is None


# People


def test_the_owner_of_a_thing_and_the_deputy_of_who_is_away_are_reached(ask: "Ask") -> None:
    """And the message says for whom."""
    ask.with_file_channel().ok("pref", "set", "people", PEOPLE.replace('"mail"', '"away_until": "2026-11-25", "mail"'))
    keep(ask, TELL)
    run(ask.at("2026-11-24T23:59:00+01:00"), "tell", who="invoices")
    ask.tick("2026-11-24T23:59:00+01:00")
    run(ask.at("2026-11-25T00:00:00+01:00"), "tell", who="ada")
    ask.tick("2026-11-25T00:00:00+01:00")
    assert texts(ask) == ["hello invoices (to bob: ada is away until 2026-11-25)", "hello ada"]
    check_journal(ask)


# Quiet


def test_a_weekend_is_quiet_and_why_says_until_when(ask: "Ask") -> None:
    """What is due on a Saturday rings on Monday; what is high rings at once."""
    ask.with_file_channel().ok("pref", "set", "quiet_hours", "sat,sun 00:00-24:00; 22:00-07:00")
    number = ask.number("remind", "call Ada", "--at", "2026-11-28 10:00")
    ask.ok("remind", "fire", "--at", "2026-11-28 10:00", "--severity", "high")
    ask.tick("2026-11-28T10:00:00+01:00")
    assert texts(ask) == ["fire"]
    assert "held by quiet hours, goes out Mon 30 Nov 2026 07:00" in ask.json("why", number)["why"]
    ask.tick("2026-11-30T06:59:00+01:00")
    assert texts(ask) == ["fire"]
    ask.tick("2026-11-30T07:00:00+01:00")
    assert texts(ask) == ["fire", "call Ada"]


def test_a_span_may_hold_only_what_is_low_and_another_one_even_what_is_high(ask: "Ask") -> None:
    """Per severity, per channel."""
    ask.with_file_channel().ok("pref", "set", "quiet_hours", "low 09:00-17:00; out high 03:00-04:00")
    for severity in ("low", "normal"):
        ask.ok("remind", f"{severity} one", "--at", "2026-11-24 10:00", "--severity", severity)
    ask.ok("remind", "fire", "--at", "2026-11-25 03:30", "--severity", "high")
    ask.tick("2026-11-24T10:00:00+01:00")
    assert texts(ask) == ["normal one"]
    ask.tick("2026-11-24T17:00:00+01:00")
    assert texts(ask) == ["normal one", "low one"]
    ask.tick("2026-11-25T03:30:00+01:00")
    assert texts(ask) == ["normal one", "low one"]
    ask.tick("2026-11-25T04:00:00+01:00")
    assert texts(ask) == ["normal one", "low one", "fire"]


# Limit


def test_over_the_limit_low_messages_wait_and_go_out_as_one(ask: "Ask") -> None:
    """A reminder rings when it is due whatever the limit says."""
    ask.with_file_channel().ok("pref", "set", "attention_limit", "1/h")
    keep(ask, LOW)
    numbers = [run(ask, "chatter", text=text) for text in ("a", "b", "c")]
    ask.ok("remind", "call Ada", "--at", "2026-11-23 16:30")
    ask.tick("2026-11-23T16:21:00+01:00")
    assert texts(ask) == ["a"]
    held = "nothing more happens; its message for out is held by the attention limit, and goes out"
    assert f"{held} Mon 23 Nov 2026 17:21" in ask.json("why", str(numbers[1]))["why"]
    ask.tick("2026-11-23T16:30:00+01:00")
    assert texts(ask) == ["a", "call Ada"]
    ask.tick("2026-11-23T17:29:00+01:00")
    assert texts(ask) == ["a", "call Ada"]
    ask.tick("2026-11-23T17:30:00+01:00")
    assert texts(ask) == ["a", "call Ada", "2 messages that the attention limit held:\n- b\n- c"]
    check_journal(ask)


def test_a_limit_that_is_taken_back_lets_what_it_held_go_at_its_time(ask: "Ask") -> None:
    """Nothing is lost."""
    ask.with_file_channel().ok("pref", "set", "attention_limit", "1/d")
    keep(ask, LOW)
    for text in ("a", "b"):
        run(ask, "chatter", text=text)
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.ok("pref", "set", "attention_limit", "off")
    ask.tick("2026-11-24T16:21:00+01:00")
    assert texts(ask) == ["a", "b"]


# Repeats


def test_failures_that_repeat_are_counted_and_their_recovery_is_said_once(ask: "Ask") -> None:
    """The first is told at once; then one message says that it works again, and how often it had not."""
    ask.with_file_channel()
    keep(ask, SHAKY.replace("FOLDER", str(ask.folder)))
    for minute in (21, 22, 23):
        run(ask, "shaky")
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    assert len(texts(ask)) == 1
    (ask.folder / "there").write_text("")
    for minute in (24, 25):
        run(ask, "shaky")
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    assert texts(ask)[1:] == [
        "workflow shaky works again: it had failed 3 times since Mon 23 Nov 2026 16:21 Europe/Berlin"
    ]
    check_journal(ask)


def test_failures_that_go_on_all_day_are_said_once_more(ask: "Ask") -> None:
    """With how often, and since when."""
    ask.with_file_channel()
    keep(ask, SHAKY.replace("FOLDER", str(ask.folder)))
    for minute in (21, 22, 23):
        run(ask, "shaky")
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    ask.tick("2026-11-24T16:21:00+01:00")
    assert len(texts(ask)) == 2
    assert texts(ask)[1].endswith("again 2 times since Mon 23 Nov 2026 16:21 Europe/Berlin")


# The rest goes into the brief


def held(ask: "Ask", *more: str) -> list[str]:
    """Three jobs that say something, of which a limit of one a day lets the first through: their numbers."""
    ask.with_file_channel().ok("pref", "set", "attention_limit", "1/d")
    keep(ask, LOW.replace("severity: low", "severity: normal"))
    numbers = [str(run(ask, "chatter", text=text)) for text in ("a", "b", "c", *more)]
    ask.tick("2026-11-23T16:21:00+01:00")
    assert texts(ask) == ["a"]
    return numbers


def test_what_the_limit_holds_is_told_in_the_daily_brief_with_its_numbers_and_not_again(ask: "Ask") -> None:
    """The brief itself comes at its time; its message carries what was held, and nothing of that goes out later."""
    _, b, c = held(ask)
    ask.ok("brief", "--install", "8:00")
    ask.tick("2026-11-24T08:00:00+01:00")
    ask.tick("2026-11-24T08:01:00+01:00")
    (_, brief) = texts(ask)
    assert brief.startswith("Tue 24 Nov 2026 · 0 need you, 0 overdue, 2 held by the attention limit\n")
    assert all(f"{number}  {text}  (held by the attention limit" in brief for number, text in ((b, "b"), (c, "c")))
    ask.ok("brief", "--uninstall")
    ask.tick("2026-11-26T07:00:00+01:00")
    assert texts(ask)[2:] == []
    (message,) = ask.json("show", b)["messages"]
    assert (message["state"], message["reason"].partition(": ")[0]) == ("dead", "told in a brief")
    assert ask.json("brief")["held"] == 0
    check_journal(ask)


def test_a_brief_at_a_terminal_delivers_what_the_limit_held(ask: "Ask") -> None:
    """A script that reads it as JSON, or through a pipe, delivers nothing."""
    _, b, _ = held(ask)
    assert ask.json("brief")["held"] == 2
    ask.ok("brief")
    assert "2 held by the attention limit" in ask.terminal("brief").out
    (message,) = ask.json("show", b)["messages"]
    assert (message["state"], message["channel"], message["reason"]) == ("sent", "terminal", "told in a brief")
    assert "held by the attention limit" not in ask.terminal("brief").out
    ask.tick("2026-11-26T07:00:00+01:00")
    assert texts(ask) == ["a"]
    check_journal(ask)


def test_a_brief_that_a_person_must_approve_first_takes_no_message_with_it(ask: "Ask") -> None:
    """What was read of the store is not told yet: the messages go out at their time."""
    held(ask)
    keep(
        ask,
        """
name: mine
steps:
  - {id: read, brief: {}}
  - {id: may, ask: {question: "Send it?", choices: ["yes", "no"]}}
  - {id: tell, notify: "{{ steps.read.output.text }}"}
""",
    )
    run(ask, "mine")
    for _ in range(2):
        ask.tick("2026-11-23T16:22:00+01:00")
    assert ask.json("brief")["held"] == 2
    for day in (24, 25, 26):
        ask.tick(f"2026-11-{day}T16:23:00+01:00")
    assert {"b", "c"} <= set(texts(ask))


def test_what_does_not_fit_into_a_brief_goes_out_at_its_time(ask: "Ask") -> None:
    """Eight of a section: the ninth is counted as left out, and told later."""
    held(ask, *"defghij")
    ask.ok("brief", "--install", "8:00")
    ask.tick("2026-11-24T08:00:00+01:00")
    ask.tick("2026-11-24T08:01:00+01:00")
    assert "8 held by the attention limit" in texts(ask)[1]
    assert "1 more of 'held back'" in texts(ask)[1]
    ask.tick("2026-11-25T08:02:00+01:00")
    assert "j" in texts(ask)
