"""Guessing is slowed down for one account from one address, and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import TooManyAttempts
from app.login_throttle import MOST_REMEMBERED, LoginThrottle

NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def throttle() -> LoginThrottle:
    throttle = LoginThrottle(3, timedelta(seconds=60))
    for _ in range(3):
        throttle.check("ada", "here", NOW)
        throttle.wrong("ada", "here", NOW)
    return throttle


def test_after_some_wrong_passwords_there_is_a_pause(throttle: LoginThrottle) -> None:
    with pytest.raises(TooManyAttempts) as caught:
        throttle.check("ada", "here", NOW + timedelta(seconds=20))

    assert caught.value.retry_seconds == 40


def test_the_pause_ends(throttle: LoginThrottle) -> None:
    throttle.check("ada", "here", NOW + timedelta(seconds=61))


@pytest.mark.parametrize(("email", "address"), [("ada", "there"), ("bashir", "here")])
def test_others_are_not_slowed_down(throttle: LoginThrottle, email: str, address: str) -> None:
    throttle.check(email, address, NOW)


def test_a_right_password_forgets_the_wrong_ones(throttle: LoginThrottle) -> None:
    throttle.right("ada", "here")
    throttle.check("ada", "here", NOW)


def test_memory_stays_bounded() -> None:
    throttle = LoginThrottle(1, timedelta(seconds=60))
    throttle.wrong("first", "here", NOW)
    for number in range(MOST_REMEMBERED):
        throttle.wrong(f"person {number}", "here", NOW)

    throttle.check("first", "here", NOW)
    with pytest.raises(TooManyAttempts):
        throttle.check("person 1", "here", NOW)
