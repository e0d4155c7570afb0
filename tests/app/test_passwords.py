"""Passwords are hashed, and an unknown account says no like a wrong password."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.errors import BadForm
from app.passwords import Passwords


class CountingHasher:
    """Hashes by reversing, and counts how often it is asked."""

    def __init__(self) -> None:
        self.verified = 0

    def hash(self, password: str) -> str:
        return password[::-1]

    def verify(self, password: str, stored: str) -> bool:
        self.verified += 1
        return password[::-1] == stored


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def passwords(hasher: CountingHasher) -> Passwords:
    return Passwords(hasher)  # type: ignore[arg-type]  # the two methods are all that is used


def test_a_password_matches_its_own_hash_only(passwords: Passwords) -> None:
    stored = passwords.hash("correct horse")

    assert passwords.matches("correct horse", stored)
    assert not passwords.matches("correct hors", stored)


def test_an_unknown_account_costs_a_hash_too(passwords: Passwords, hasher: CountingHasher) -> None:
    assert not passwords.matches("correct horse", None)
    assert hasher.verified == 1


def test_what_was_hashed_with_less_work_is_hashed_anew() -> None:
    less = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash("correct horse")
    real = Passwords.recommended()
    renewed = real.renewed("correct horse", less)

    assert renewed is not None
    assert real.matches("correct horse", renewed)
    assert real.renewed("correct horse", renewed) is None


@pytest.mark.parametrize("password", ["", "short", "x" * 1025])
def test_too_short_or_too_long_is_refused(passwords: Passwords, password: str) -> None:
    with pytest.raises(BadForm):
        passwords.hash(password)


def test_a_very_long_guess_is_cut_before_it_is_hashed(passwords: Passwords) -> None:
    assert not passwords.matches("x" * 10_000_000, passwords.hash("x" * 1024))


def test_the_real_one_is_argon2() -> None:
    real = Passwords.recommended()
    stored = real.hash("correct horse")

    assert stored.startswith("$argon2id$")
    assert real.matches("correct horse", stored)
    assert not real.matches("wrong horse", stored)
    assert not real.matches("correct horse", "not a hash")
