"""What stays open is counted; what is on its way to be closed is not."""

import os
import threading
from collections.abc import Iterator

import pytest

from tests.fakes.descriptors import descriptors_at_rest, left_open


@pytest.fixture
def opened() -> Iterator[int]:
    descriptor = os.open("/dev/null", os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def test_one_more_is_seen(opened: int) -> None:
    with_it = descriptors_at_rest()
    twin = os.dup(opened)

    assert descriptors_at_rest() == with_it + 1
    os.close(twin)
    assert descriptors_at_rest() == with_it


def test_one_that_is_closed_a_moment_later_is_waited_for(opened: int) -> None:
    before, twin = descriptors_at_rest(), os.dup(opened)
    closing = threading.Timer(0.2, os.close, (twin,))
    closing.start()

    assert descriptors_at_rest() == before
    closing.join()


class Holder:
    """Refers to itself, so only the collector ends it."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor, self.itself = descriptor, self

    def __del__(self) -> None:
        os.close(self.descriptor)


def test_what_waits_for_the_collector_does_not_count(opened: int) -> None:
    before = descriptors_at_rest()
    Holder(os.dup(opened))

    assert descriptors_at_rest() == before


def test_what_is_left_open_every_time_is_counted(opened: int) -> None:
    twins = list[int]()

    assert left_open(lambda: twins.append(os.dup(opened))) == 1
    for twin in twins:
        os.close(twin)


def test_what_others_open_once_meanwhile_is_not(opened: int) -> None:
    twins = list[int]()

    def act() -> None:
        if not twins:
            twins.append(os.dup(opened))

    assert left_open(act) == 0
    os.close(twins[0])
