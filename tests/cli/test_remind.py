"""Stories of `ask remind`: from one sentence to the ring."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Ask

ITEM = {
    "id", "kind", "title", "state", "next_at", "due_at", "priority", "project", "tags", "rule", "timezone",
    "created_at", "workflow", "why",
}  # fmt: skip


def test_words_and_time_mix_in_one_sentence_without_quotes(ask: "Ask") -> None:
    """`ask remind me to call the dentist tomorrow at 9` keeps the text and the time."""
    made = ask.json("remind", "me", "to", "call", "the", "dentist", "tomorrow", "at", "9")
    assert made["title"] == "call the dentist"
    assert made["next_at"] == "2026-11-24T09:00:00+01:00"


def test_a_reminder_is_an_item_with_its_next_times_and_the_scheduler(ask: "Ask") -> None:
    """CONTRACT `ask remind`: the item, `next`, `scheduler`, `duplicate`."""
    made = ask.json("remind", "stand-up", "every", "weekday", "at", "9:25")
    assert made.keys() >= ITEM | {"next", "scheduler", "duplicate"}
    assert made["kind"] == "schedule"
    assert made["state"] == "active"
    assert made["workflow"] == "reminder"
    assert made["timezone"] == "Europe/Berlin"
    assert made["created_at"] == "2026-11-23T16:20:00+01:00"
    assert made["next"] == [f"2026-11-{day}T09:25:00+01:00" for day in (24, 25, 26)]
    assert made["scheduler"] == {"installed": False, "last_tick_at": None}
    assert made["duplicate"] is False
    assert made["due_at"] is None


def test_with_at_the_text_is_kept_word_for_word(ask: "Ask") -> None:
    """With `--at` or `--every` no time is read in TEXT."""
    assert ask.json("remind", "meet", "tomorrow's", "heroes", "at", "9", "--at", "friday 10:00")["title"] == (
        "meet tomorrow's heroes at 9"
    )
    made = ask.json("remind", "every day is a gift", "--every", "day at 9:00")
    assert made["title"] == "every day is a gift"


def test_every_may_be_left_out_of_a_rule_that_a_flag_names(ask: "Ask") -> None:
    """`--every "day at 9:00"` and `"every day at 9:00"` are the same."""
    first = ask.json("remind", "a", "--every", "day at 9:00")
    second = ask.json("remind", "b", "--every", "every day at 9:00")
    assert first["rule"] == second["rule"]
    assert first["next"] == second["next"]
    assert first["next_at"] == "2026-11-24T09:00:00+01:00"


def test_a_rule_takes_its_time_of_day_from_at(ask: "Ask") -> None:
    """`--every weekday --at 9:25` is one rule."""
    assert (
        ask.json("remind", "stand-up", "--every", "weekday", "--at", "9:25")["next"][0] == "2026-11-24T09:25:00+01:00"
    )


def test_a_zone_in_the_command_is_the_zone_of_the_reminder(ask: "Ask") -> None:
    """`--tz` says in which zone times are meant, and shows them in it; a changed preference does not move it."""
    made = ask.json("--tz", "America/New_York", "remind", "call", "Ada", "tomorrow", "at", "9")
    assert made["next_at"] == "2026-11-24T09:00:00-05:00"
    assert made["timezone"] == "America/New_York"
    ask.ok("pref", "set", "timezone", "Asia/Tokyo")
    assert ask.json("show", str(made["id"]))["next_at"] == "2026-11-24T23:00:00+09:00"


def test_a_changed_zone_moves_what_floats(ask: "Ask") -> None:
    """A reminder said without a zone keeps its wall time."""
    number = ask.number("remind", "lunch", "--every", "day at 12:00")
    assert ask.json("pref", "set", "timezone", "Asia/Tokyo")["moved"] == 1
    assert ask.json("show", number)["next_at"] == "2026-11-24T12:00:00+09:00"


def test_a_known_key_makes_nothing_new(ask: "Ask") -> None:
    """A key is held while the item is open; then the first item comes back as a duplicate, with exit 0."""
    first = ask.json("remind", "rotate keys tomorrow at 9", "--key", "rotate")
    again = ask.json("remind", "rotate keys tomorrow at 10", "--key", "rotate")
    assert (again["id"], again["duplicate"], again["next_at"]) == (first["id"], True, first["next_at"])
    ask.ok("cancel", str(first["id"]))
    assert ask.json("remind", "rotate keys tomorrow at 9", "--key", "rotate")["id"] != first["id"]


def test_keys_of_tasks_and_reminders_are_two_spaces(ask: "Ask") -> None:
    """One space of keys per kind."""
    ask.ok("remind", "a tomorrow at 9", "--key", "k")
    task = ask.json("add", "b", "--key", "k")
    assert task["duplicate"] is False
    assert ask.json("add", "c", "--key", "k")["id"] == task["id"]


def test_what_is_said_of_a_reminder_is_kept_with_it(ask: "Ask") -> None:
    """Priority, project, tags, channel and severity."""
    ask.ok("channel", "add", "phone", f"file://{ask.folder}/phone.jsonl")
    made = ask.json(
        "remind", "pay", "--at", "tomorrow 9:00", "--priority", "high", "--project", "home", "--tag", "a", "--tag=b",
        "--channel", "phone", "--severity", "high",
    )  # fmt: skip
    assert (made["priority"], made["project"], made["tags"]) == ("high", "home", ["a", "b"])
    ask.tick("2026-11-24T09:00:00+01:00")
    (message,) = ask.json("show", str(made["id"]))["messages"]
    assert (message["channel"], message["severity"], message["state"]) == ("phone", "high", "sent")


def test_text_comes_from_stdin_where_a_dash_stands(ask: "Ask") -> None:
    """`ask remind -` and `ask add -` read their text from stdin."""
    assert ask.json("remind", "-", stdin="call Ada tomorrow at 9\n")["title"] == "call Ada"
    assert ask.json("add", "-", stdin="of many\nlines\n")["title"] == "of many lines"


def test_a_task_that_is_added_is_an_item_and_reads_no_times(ask: "Ask") -> None:
    """`add` reads no times in TEXT; a due date without a clock time is the end of that day."""
    made = ask.json("add", "prepare", "tomorrow", "at", "9", "--due", "friday", "--priority", "urgent", "--tag", "x")
    assert made.keys() >= ITEM
    assert made["title"] == "prepare tomorrow at 9"
    assert (made["kind"], made["state"], made["next_at"], made["rule"]) == ("task", "open", None, None)
    assert made["due_at"] == "2026-11-27T23:59:59+01:00"
    assert ask.json("add", "b", "--due", "friday 10:00")["due_at"] == "2026-11-27T10:00:00+01:00"
    assert ask.json("add", "c")["due_at"] is None
