"""Of quotients that were measured twice: which are a derivative, which a wrong one, and which say nothing."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks.values.quotients import FEWEST, Quotients, divisible, wrong_derivative

X = np.linspace(-2.0, 2.0, 12)
MASK = (X > 0).astype(np.float64)


def quotients(used: np.ndarray, again: np.ndarray | None = None) -> Quotients:
    return Quotients("relu", "dX", "X", X, used, used if again is None else again, np.ones(X.shape, bool))


def test_a_wrong_derivative_is_told_point_by_point_beside_the_right_one() -> None:
    found = wrong_derivative(quotients(np.ones(12)))

    assert found is not None
    assert (found.activation, found.tensor, found.at) == ("relu", "dX", "X")
    assert [(point.x, point.yours, point.right) for point in found.points[5:7]] == [
        (-0.181818, 1.0, 0.0),
        (0.181818, 1.0, 1.0),
    ]
    assert [point.wrong for point in found.points] == [True] * 6 + [False] * 6
    assert found.wrong == found.points[:6]


def test_points_come_in_the_order_of_their_inputs_whatever_was_measured_first() -> None:
    order = np.random.default_rng(1).permutation(12)
    shuffled = replace(quotients((1 - MASK)[order]), inputs=X[order])

    assert wrong_derivative(shuffled) == wrong_derivative(quotients(1 - MASK))


@pytest.mark.parametrize(
    ("used", "again"),
    [
        pytest.param(MASK, None, id="right"),
        pytest.param(MASK + 5e-5, None, id="right as far as can be seen"),
        pytest.param(np.zeros(12), None, id="nothing returned"),
        pytest.param(np.ones(12), np.where(X > 1.9, 2.0, 1.0), id="one point differs the second time"),
        pytest.param(np.ones(12), np.where(X > 1.9, np.nan, 1.0), id="no number the second time"),
        pytest.param(np.where(X > -1.0, np.nan, 1.0), None, id="hardly a number"),
        pytest.param(np.full(12, np.nan), None, id="no number"),
        pytest.param(np.full(12, np.inf), None, id="infinite"),
    ],
)
def test_nothing_is_said_where_nothing_is_known(used: np.ndarray, again: np.ndarray | None) -> None:
    assert wrong_derivative(quotients(used, again)) is None


def test_what_is_no_finite_number_is_a_point_without_a_value() -> None:
    found = wrong_derivative(quotients(np.where(X > 1.0, np.inf, MASK)))

    assert found is not None
    assert len(found.points) == 12
    assert [point.x > 1.0 for point in found.points] == [bool(np.isnan(point.yours)) for point in found.points]
    assert len(found.wrong) == 3


def test_points_that_could_not_be_divided_are_left_out() -> None:
    some = replace(quotients(np.ones(12)), divisible=np.arange(12) < FEWEST)
    few = replace(some, divisible=np.arange(12) < FEWEST - 1)
    found = wrong_derivative(some)

    assert found is not None
    assert len(found.points) == FEWEST
    assert wrong_derivative(few) is None


def test_a_factor_that_may_stand_elsewhere_is_no_derivative() -> None:
    assert wrong_derivative(quotients(-2 * MASK)) is not None
    assert wrong_derivative(replace(quotients(-2 * MASK), factor_elsewhere=True)) is None
    assert wrong_derivative(replace(quotients(np.ones(12)), factor_elsewhere=True)) is not None


def test_upstream_gradients_near_zero_or_not_finite_divide_nothing() -> None:
    assert divisible(np.array([5.0, -0.06, 0.04, 0.0])).tolist() == [True, True, False, False]
    assert divisible(np.zeros(2)).tolist() == [False, False]
    assert divisible(np.array([1.0, np.nan])).tolist() == [False, False]
    assert divisible(np.array([1.0, np.inf])).tolist() == [False, False]
