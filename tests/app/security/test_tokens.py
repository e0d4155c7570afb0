"""Secrets are long, different each time, and recognisable."""

from app.security.tokens import API_PREFIX, digest, new_api_token, new_secret


def test_secrets_differ_and_are_long() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) >= 43


def test_an_api_token_is_recognisable() -> None:
    assert new_api_token().startswith(API_PREFIX)


def test_the_digest_is_sha256() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_secret_that_is_no_text_has_a_digest_too() -> None:
    assert len(digest("\udc80")) == 64
