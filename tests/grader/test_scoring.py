"""Points add up, whatever the order, without the dust of binary fractions."""

import random

from hypothesis import given
from hypothesis import strategies as st

from grader import scoring
from grader.report import CheckResult, Score, Verdict

TENTHS = st.lists(st.integers(0, 1000).map(lambda n: n / 10), max_size=30)


@given(TENTHS, st.randoms())
def test_the_order_changes_nothing(points: list[float], order: random.Random) -> None:
    shuffled = list(points)
    order.shuffle(shuffled)

    assert scoring.total(Score(p, 2 * p) for p in points) == scoring.total(Score(p, 2 * p) for p in shuffled)


@given(TENTHS)
def test_tenths_add_up_to_tenths(points: list[float]) -> None:
    assert scoring.total(Score(p, p) for p in points).given == round(sum(round(10 * p) for p in points) / 10, 1)


def test_nothing_is_nothing() -> None:
    assert scoring.total(()) == Score(0.0, 0.0)


def test_a_part_has_the_points_of_its_checks() -> None:
    checks = tuple(CheckResult("forward", "relu", Verdict.PASSED, Score(given, 6.0), 0.0) for given in (0.1, 0.2, 6.0))

    part = scoring.part("relu", checks)

    assert (part.name, part.checks, part.points) == ("relu", checks, Score(6.3, 18.0))
