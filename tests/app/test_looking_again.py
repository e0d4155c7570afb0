"""Looks at what waits: often near the head of the queue, seldom far back, and never very late."""

import pytest

from app.looking_again import MOST_SECONDS, QUICKEST_SECONDS, look_again_seconds


@pytest.mark.parametrize("place", [None, 1, 10, 20])
def test_near_the_head_one_looks_as_often_as_asked(place: int | None) -> None:
    assert look_again_seconds(place, 2, at_least=0.5) == 0.5


def test_far_back_half_of_the_least_that_remains() -> None:
    assert look_again_seconds(200, 4, at_least=0.5) == pytest.approx(100 * QUICKEST_SECONDS / 4)
    assert look_again_seconds(200, 8, at_least=0.0) == look_again_seconds(100, 4, at_least=0.0)


def test_never_much_later_than_another_host_may_be_through() -> None:
    assert look_again_seconds(100_000, 1, at_least=0.5) == MOST_SECONDS
