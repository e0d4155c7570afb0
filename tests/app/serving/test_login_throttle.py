"""Guessing is slowed down for an account and for an address, in every process, and nobody is locked out by others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import TooManyAttempts
from app.serving.login_throttle import ACROSS_ACCOUNTS, ACROSS_ADDRESSES, KNOWN_FOR, LoginThrottle, network
from submissions.clock import system_clock
from submissions.database import Database

NOW = datetime(2026, 9, 1, tzinfo=UTC)
THROTTLE = LoginThrottle(3, timedelta(seconds=60))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url, system_clock)
    yield opened
    opened.close()


def attempt(database: Database, email: str = "ada", address: str = "10.0.0.1", after: float = 0) -> None:
    """A try whose password turns out to be wrong."""
    with database.transaction() as tx:
        THROTTLE.begin(tx, email, address, NOW + timedelta(seconds=after))


def succeed(database: Database, email: str = "ada", address: str = "10.0.0.1", after: float = 0) -> None:
    with database.transaction() as tx:
        THROTTLE.right(tx, email, address, NOW + timedelta(seconds=after))


def test_after_some_wrong_passwords_there_is_a_pause(database: Database) -> None:
    for _ in range(3):
        attempt(database)
    with pytest.raises(TooManyAttempts) as caught:
        attempt(database, after=20)

    assert caught.value.retry_seconds == 40
    assert caught.value.sentence == "Too many tries in a short time. Try again in 40 seconds."
    attempt(database, after=60)


def test_the_pause_is_counted_from_the_tries_that_cause_it(database: Database) -> None:
    for after in (0, 30, 50):
        attempt(database, after=after)
    with pytest.raises(TooManyAttempts) as caught:
        attempt(database, after=55)

    assert caught.value.retry_seconds == 5


def test_another_process_counts_on(database: Database, database_url: str) -> None:
    for _ in range(3):
        attempt(database)
    other = Database.open(database_url, system_clock)
    with pytest.raises(TooManyAttempts):
        attempt(other)
    other.close()


def test_others_are_not_slowed_down(database: Database) -> None:
    for _ in range(3):
        attempt(database)
    attempt(database, email="bashir")
    attempt(database, address="10.0.0.2")


def test_a_right_password_forgets_the_wrong_ones(database: Database) -> None:
    for _ in range(3):
        attempt(database)
    succeed(database, "ADA ")
    attempt(database)


def test_many_addresses_that_guess_one_account_are_counted_together(database: Database) -> None:
    for number in range(3 * ACROSS_ADDRESSES):
        attempt(database, address=f"10.0.1.{number}")
    with pytest.raises(TooManyAttempts):
        attempt(database, address="10.0.2.1")
    attempt(database, email="bashir", address="10.0.2.1")


def test_where_the_password_was_right_nobody_is_locked_out_by_strangers(database: Database) -> None:
    succeed(database, address="10.0.0.9")
    for number in range(3 * ACROSS_ADDRESSES):
        attempt(database, address=f"10.0.1.{number}")
    attempt(database, address="10.0.0.9")
    with pytest.raises(TooManyAttempts):
        attempt(database, address="10.0.0.8")


def test_an_address_is_not_known_for_ever(database: Database) -> None:
    succeed(database, address="10.0.0.9", after=-KNOWN_FOR.total_seconds())
    for number in range(3 * ACROSS_ADDRESSES):
        attempt(database, address=f"10.0.1.{number}")
    with pytest.raises(TooManyAttempts):
        attempt(database, address="10.0.0.9")


def test_one_address_that_guesses_many_accounts_is_counted_together(database: Database) -> None:
    for number in range(3 * ACROSS_ACCOUNTS):
        attempt(database, email=f"person {number}")
    with pytest.raises(TooManyAttempts):
        attempt(database, email="somebody else")
    attempt(database, email="somebody else", address="10.0.0.2")


def test_what_is_too_old_to_count_is_deleted(database: Database) -> None:
    attempt(database)
    succeed(database, "bashir")
    attempt(database, after=KNOWN_FOR.total_seconds() + 61)
    with database.reading() as tx:
        kept = tx.password_tries.wrong_at(NOW - timedelta(days=1), 10)

    assert len(kept) == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str) -> None:
    assert network(address) == counted


def test_longer_waits_are_said_in_minutes() -> None:
    assert TooManyAttempts(300).sentence.endswith("in 5 minutes.")
    assert TooManyAttempts(119).sentence.endswith("in 119 seconds.")
