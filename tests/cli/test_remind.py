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
