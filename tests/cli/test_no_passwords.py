"""A password in a channel's URL is kept where it is needed and goes to no stream and no file that leaves."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

URL = "mailto://ada:hunter2@example.com"


@pytest.mark.parametrize(
    "words",
    [
        ["channel", "list"], ["channel", "list", "--json"], ["log"], ["log", "--json"], ["export"],
        ["doctor", "--json"], ["channel", "add", "mail", URL, "--json"], ["channel", "remove", "mail", "--json"],
    ],
)  # fmt: skip
def test_no_command_shows_a_password_of_a_channel(ask: "Ask", words: list[str]) -> None:
    """Also not of one that was replaced, in the journal's images or in an export."""
    ask.ok("channel", "add", "mail", "mailto://ada:swordfish@example.com")
    ask.ok("channel", "add", "mail", URL)
    result = ask(*words)
    for secret in ("hunter2", "swordfish"):
        assert secret not in result.out + result.err
