"""The action mail_draft: a file that any mail program opens."""

import email
from email.policy import default
from pathlib import Path

from assistant.actions.draft import DraftAction
from assistant.ports.action import Done, NotDone

DRAFT = {"to": ["ada@example.com", "Bob <bob@example.com>"], "subject": "Grüße", "body": "Hello,\nÄÖÜ €\n"}


def test_a_draft_is_a_mail_that_other_programs_read(call):
    """Recipients, subject, text and a stable Message-ID."""
    outcome = DraftAction().perform(call(DRAFT))
    assert isinstance(outcome, Done)
    path = Path(outcome.output["path"])
    read = email.message_from_bytes(path.read_bytes(), policy=default)
    assert (read["To"], read["Subject"]) == ("ada@example.com, Bob <bob@example.com>", "Grüße")
    assert read.get_content().replace("\r\n", "\n") == DRAFT["body"]
    assert read["Message-ID"] == outcome.output["message_id"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_draft_that_is_written_twice_is_one(call):
    """Its name and its Message-ID come from its key."""
    first, second = DraftAction().perform(call(DRAFT)), DraftAction().perform(call(DRAFT, attempt=2))
    assert first == second
    assert len(list(Path(first.output["path"]).parent.iterdir())) == 1


def test_whether_a_draft_was_written_can_be_looked_up(call):
    """Before it was: it did not happen; after it: what it gave."""
    wanted = call(DRAFT)
    assert isinstance(DraftAction().probe(wanted), NotDone)
    done = DraftAction().perform(wanted)
    assert DraftAction().probe(wanted) == done


def test_a_header_cannot_be_smuggled_in(call):
    """Line breaks in a subject or an address are blanks."""
    outcome = DraftAction().perform(call({**DRAFT, "subject": "a\r\nBcc: eve@example.com"}))
    read = email.message_from_bytes(Path(outcome.output["path"]).read_bytes(), policy=default)
    assert (read["Bcc"], read["Subject"]) == (None, "a Bcc: eve@example.com")


def test_what_is_no_address_is_refused_for_good(call):
    """With the value."""
    outcome = DraftAction().perform(call({**DRAFT, "to": "ada"}))
    assert outcome == NotDone(
        "the draft cannot be written: mail_draft.to is 'ada', which is no mail address", permanent=True
    )
