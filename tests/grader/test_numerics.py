"""Errors are relative to the largest entry, NaN never agrees, and error maps are bounded and finite."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader import numerics
from grader.numerics import agrees, error_map, largest, largest_error

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("yours", "right", "typical", "error"),
    [
        ([1.0, 2.0], [1.0, 4.0], 0.0, 0.5),
        ([1.0, 2.0], [1.0, 4.0], 8.0, 0.25),
        ([0.0, 0.0], [0.0, 0.0], 0.0, 0.0),
        ([INF, 1.0], [INF, 1.0], 0.0, 0.0),
        ([1.0, 1.0], [INF, 2.0], 0.0, INF),
        ([INF, 1.0], [INF, 2.0], 0.0, 0.5),
        ([-INF, 2.0], [INF, 2.0], 0.0, INF),
        ([-1e308, 0.0], [1.7e308, 1.0], 0.0, INF),
        ([-3.0, 1.0], [-4.0, 1.0], 0.0, 0.25),
        ([], [], 0.0, 0.0),
    ],
)
def test_the_error_is_relative_to_the_largest_or_typical_entry(
    yours: list[float], right: list[float], typical: float, error: float
) -> None:
    assert error == largest_error(np.array(yours), np.array(right), typical)


@pytest.mark.parametrize("entry", [NAN, INF, -INF])
def test_one_entry_that_is_not_finite_never_agrees(entry: float) -> None:
    right = np.ones(5)
    yours = right.copy()
    yours[3] = entry

    assert not agrees(largest_error(yours, right), 1e300)


def test_nan_does_not_agree_with_nan() -> None:
    assert not agrees(largest_error(np.array([NAN]), np.array([NAN])), 1.0)
    assert not agrees(NAN, INF)


def test_the_tolerances_lie_between_rounding_and_the_smallest_bug() -> None:
    assert np.finfo(np.float64).eps * 1e5 < numerics.FLOAT64_TOLERANCE < numerics.FLOAT32_TOLERANCE < 3e-4
    assert np.finfo(np.float32).eps * 10 < numerics.FLOAT32_TOLERANCE


def test_largest_of_nothing_is_zero() -> None:
    assert largest(np.empty((0, 3))) == 0.0
    assert largest(np.array([-3.0, 2.0])) == 3.0


def test_a_map_shows_the_decade_of_each_entry() -> None:
    right = np.array([[1.0, 10.0], [100.0, 1.0]])
    yours = np.array([[1.0, 10.1], [101.0, NAN]])

    assert error_map(yours, right) == ((-16.0, -2.0), (-2.0, 16.0))


def test_an_entry_near_zero_is_measured_against_a_millionth_of_the_largest() -> None:
    ((_, small),) = error_map(np.array([1.0, 1e-7]), np.array([1.0, 0.0]))

    assert small == -1.0


def test_a_map_of_a_number_is_one_row_and_of_other_shapes_is_empty() -> None:
    assert error_map(np.array(1.1), np.array(1.0)) == ((-1.0,),)
    assert error_map(np.ones((2, 3)), np.ones((3, 2))) == ()
    assert error_map(np.ones((2, 2, 2)), np.ones((2, 2, 2))) == ()


def test_a_large_map_is_cut() -> None:
    rows = error_map(np.ones((50, 40)), np.zeros((50, 40)))

    assert (len(rows), len(rows[0])) == (24, 24)


@given(arrays(np.float64, array_shapes(max_dims=2, max_side=4)), st.floats(allow_nan=True))
def test_every_map_is_finite(right: np.ndarray[tuple[int, ...], np.dtype[np.float64]], entry: float) -> None:
    yours = np.full_like(right, entry)
    rows = error_map(yours, right)

    assert all(-16.0 <= number <= 16.0 for row in rows for number in row)
