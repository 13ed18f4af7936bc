"""Tokens: each fits one key, one request as it is asked, and one verb."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.core.token import LABELS, VERBS, fits, name_of, read_token, token_of, verbs_of
from assistant.ports.records import Request

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TEXT = st.text(max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
ASKED = st.fixed_dictionaries(
    {
        "id": st.integers(1, 99), "kind": st.sampled_from(sorted(VERBS)), "title": TEXT,
        "proposal": st.none() | st.dictionaries(TEXT, JSON, max_size=3), "hash": st.none() | TEXT,
        "because": st.none() | TEXT, "created_at": st.sampled_from([AT, AT.replace(minute=1)]),
        "expires_at": st.sampled_from([None, AT.replace(day=25), AT.replace(day=26)]),
    }
)  # fmt: skip
KEY = st.binary(min_size=32, max_size=32)
VERB = st.sampled_from(sorted(LABELS))


def request(asked: dict[str, Any], **more: Any) -> Request:
    """A request that asks this, open unless it is said."""
    rest = {
        "job_id": 1, "step_id": 1, "schedule_id": None, "state": "open", "on_expiry": None, "answer": None,
        "ended_at": None, "rev": 1, "snoozed_to": None, "rank": 8, "cause": None,
    }  # fmt: skip
    return Request(**{**rest, **asked, **more})


@given(ASKED, ASKED, VERB, VERB, KEY, KEY)
def test_no_token_fits_another_key_request_or_verb(
    one: dict[str, Any], other: dict[str, Any], verb: str, other_verb: str, key: bytes, other_key: bytes
) -> None:
    """It fits exactly where all that it was made of is the same."""
    token = token_of(key, request(one), verb)
    same = (one, verb, key) == (other, other_verb, other_key)
    assert fits(token, other_key, request(other), other_verb) is same
    assert fits(token, key, request(one), verb)


@given(ASKED, st.sampled_from(["id", "kind", "title", "proposal", "hash", "because", "created_at", "expires_at"]),
       st.data(), VERB, KEY)  # fmt: skip
def test_a_change_of_anything_that_was_asked_unmakes_its_token(
    one: dict[str, Any], name: str, data: st.DataObject, verb: str, key: bytes
) -> None:
    """Number, kind, words, action, hash, reason, and when it was asked and expires: all of it is signed."""
    other = {**one, name: data.draw(ASKED.map(lambda asked: asked[name]).filter(lambda value: value != one[name]))}
    assert not fits(token_of(key, request(one), verb), key, request(other), verb)


@given(ASKED, VERB, KEY, st.integers(0, 200), st.characters())
def test_a_token_with_a_letter_changed_does_not_fit(
    asked: dict[str, Any], verb: str, key: bytes, place: int, letter: str
) -> None:
    """Each of its letters counts, those of the number and the verb too."""
    token = token_of(key, request(asked), verb)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    assert fits(changed, key, request(asked), verb) is (changed == token)


@given(st.text(max_size=100) | st.from_regex(r"[0-9]{1,20}-[a-z]{2,8}-[a-z2-7]{0,40}", fullmatch=True))
def test_any_text_is_read_as_a_claim_or_as_nothing(text: str) -> None:
    """Nothing that is sent breaks the reader, and what it reads is a verb that tokens have."""
    claim = read_token(text)
    assert claim is None or (claim.verb in LABELS and claim.request >= 0 and text.endswith(f"-{claim.code}"))


@given(ASKED, VERB, KEY)
def test_a_token_reads_back_and_its_name_does_not_give_it_away(asked: dict[str, Any], verb: str, key: bytes) -> None:
    """32 letters are 160 bits, and fit a URL, a button and a line."""
    token = token_of(key, request(asked), verb)
    claim = read_token(token)
    assert claim is not None
    assert (claim.request, claim.verb, len(claim.code)) == (asked["id"], verb, 32)
    assert claim.code not in name_of(token)
    assert token.replace("-", "").isalnum()


@given(ASKED, st.sampled_from(["approved", "denied", "answered", "acknowledged", "resolved", "expired", "withdrawn"]))
def test_a_settled_request_takes_no_answer(asked: dict[str, Any], state: str) -> None:
    """Nor does one whose time is up."""
    assert verbs_of(request(asked, state=state), AT) == ()
    assert verbs_of(request(asked, expires_at=AT), AT) == ()


def test_what_expires_within_the_hour_offers_no_snooze() -> None:
    """What would be settled meanwhile cannot be put off beyond that."""
    asked = {
        "id": 1, "kind": "approval", "title": "t", "proposal": None, "hash": None, "because": None, "created_at": AT,
    }  # fmt: skip
    assert verbs_of(request(asked, expires_at=AT.replace(hour=9)), AT) == ("approve", "deny")
    assert verbs_of(request(asked, expires_at=AT.replace(hour=9, second=1)), AT) == ("approve", "deny", "snooze")
