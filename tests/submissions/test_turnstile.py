"""Turns: one at a time, in the order of arrival, and nobody waits for ever."""

import threading
import time

import pytest

from submissions.turnstile import Turnstile

LONG = 30.0


def waiting(turnstile: Turnstile, count: int) -> None:
    """Return once so many wait for their turn."""
    deadline = time.monotonic() + LONG
    while len(turnstile._waiting) < count:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_turns_come_in_the_order_of_arrival_and_one_at_a_time() -> None:
    turnstile = Turnstile(LONG)
    order: list[int] = []
    inside: list[int] = []

    def take(number: int) -> None:
        with turnstile.turn():
            inside.append(number)
            order.append(number)
            time.sleep(0.002)
            assert inside == [number]
            inside.clear()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    with turnstile.turn():
        for place, thread in enumerate(threads, 1):
            thread.start()
            waiting(turnstile, place)
    for thread in threads:
        thread.join(LONG)

    assert order == list(range(8))


def test_a_turn_ends_with_its_block_however_it_is_left() -> None:
    turnstile = Turnstile(LONG)
    with pytest.raises(ZeroDivisionError), turnstile.turn():
        raise ZeroDivisionError
    with turnstile.turn():
        pass


def test_who_has_waited_long_enough_goes_on_and_leaves_the_turn_with_its_owner() -> None:
    turnstile = Turnstile(0.01)
    with turnstile.turn():
        with turnstile.turn():  # a transaction within another one: the database says what becomes of it
            assert turnstile._taken
        assert turnstile._taken
    with turnstile.turn():
        pass
    assert not turnstile._taken
