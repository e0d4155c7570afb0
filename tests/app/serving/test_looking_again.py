"""Looks at what waits: often near the head of the queue, seldom far back, and never very late."""

from datetime import timedelta
from typing import Any, cast

import pytest

from app.serving.looking_again import KEPT, QUICKEST_SECONDS, Pace, look_again_seconds
from submissions.transaction import Transaction


def seconds(place: int | None, typical: float | None = 0.2, slots: int = 4) -> float:
    return look_again_seconds(place, typical, slots, at_least=0.5, at_most=10.0)


@pytest.mark.parametrize("place", [None, 1, 10, 20])
def test_near_the_head_one_looks_as_often_as_one_likes(place: int | None) -> None:
    assert seconds(place) == 0.5


def test_far_back_half_of_what_remains() -> None:
    assert seconds(100) == pytest.approx(100 * 0.2 / 4 / 2)
    assert seconds(100, slots=8) == seconds(50)
    assert seconds(100, typical=None) == pytest.approx(100 * QUICKEST_SECONDS / 4 / 2)


def test_never_longer_than_one_likes() -> None:
    assert seconds(100_000) == 10.0


class Measured:
    """A transaction that knows how long gradings took, and counts how often it is asked."""

    def __init__(self, *took: float) -> None:
        self.took, self.asked = list(took), 0
        self.gradings = self

    def recent_seconds(self, _assignment: str) -> list[float]:
        self.asked += 1
        return self.took


def pace(clock: Any) -> Any:
    known = Pace(clock)
    return lambda measured, assignment="a": known.typical_seconds(cast(Transaction, measured), assignment)


def test_the_pace_is_the_median_of_enough(clock: Any) -> None:
    typical = pace(clock)

    assert typical(Measured(1.0, 9.0)) is None
    assert typical(Measured(1.0, 9.0, 2.0), "b") == 2.0


def test_the_pace_is_read_once_in_a_while(clock: Any) -> None:
    typical, measured = pace(clock), Measured(1.0, 2.0, 3.0)
    for _ in range(3):
        assert typical(measured) == 2.0
    measured.took = [5.0, 5.0, 5.0]
    assert (typical(measured), measured.asked) == (2.0, 1)

    clock.now += KEPT
    assert (typical(measured), measured.asked) == (5.0, 2)
    clock.now -= timedelta(days=1)
    assert (typical(measured), measured.asked) == (5.0, 3)
