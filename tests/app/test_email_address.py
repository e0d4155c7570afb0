"""One address is one address: no list of them, no words beside it, nothing that cannot be shown."""

import pytest

from app.email_address import LONGEST_ADDRESS, is_address, is_reached_anywhere, is_sender

NONE = (
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@@example.org",
    "a@x.org,b@y.org",
    "a@x.org;b@y.org",
    "Ada <ada@example.org>",
    '"ada"@example.org',
    "ada@example.org\nBcc: eve@example.org",
    "a da@example.org",
    "ada@example.org\0",
    "ada\u202e@example.org",
    "a" * LONGEST_ADDRESS + "@example.org",
)


@pytest.mark.parametrize("text", ["ada@example.org", "a.d+a@mail.example.org", "jörg@müller.example"])
def test_an_address_is_one(text: str) -> None:
    assert is_address(text)
    assert is_reached_anywhere(text)


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_none(text: str) -> None:
    assert not is_address(text)
    assert not is_reached_anywhere(text)


def test_a_machine_without_a_domain_is_reached_from_there_alone() -> None:
    assert is_address("root@localhost")
    assert not is_reached_anywhere("root@localhost")


@pytest.mark.parametrize("text", ["grader@example.org", "Chainrule <grader@example.org>", '"Networks, 1" <g@x.org>'])
def test_a_sender_may_have_a_name(text: str) -> None:
    assert is_sender(text)


@pytest.mark.parametrize(
    "text",
    ["", "Chainrule", "a@x.org, b@y.org", "A <a@x.org>, B <b@y.org>", "A <a@x.org>\nBcc: e@x.org"],
)
def test_a_sender_is_one_address(text: str) -> None:
    assert not is_sender(text)
