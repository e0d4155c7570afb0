"""Pooling against loops written from the equations, autograd, and the errors printed in course reports."""

from collections.abc import Callable

import autograd.numpy as anp
import numpy as np
import pytest

from reference.arrays import Array
from reference.pooling import average_pool, average_pool_backward, max_pool, max_pool_backward

Derivative = Callable[[Callable[..., object], Array], Array]


def _looped(reduce: Callable[..., object], x: Array, window: int) -> Array:
    y: Array = anp.array([reduce(x[i : i + window]) for i in range(x.shape[0] - window + 1)])
    return y


@pytest.mark.parametrize("window", [1, 3, 8])
def test_average_pool_agrees_with_autograd(window: int, rng: np.random.Generator, derivative: Derivative) -> None:
    x, dout = rng.normal(size=8), rng.normal(size=9 - window)
    np.testing.assert_allclose(average_pool(x, window), _looped(anp.mean, x, window), rtol=1e-12)
    expected = derivative(lambda v: anp.sum(dout * _looped(anp.mean, v, window)), x)
    np.testing.assert_allclose(average_pool_backward(dout, 8, window), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("window", [1, 3, 8])
def test_max_pool_agrees_with_autograd(window: int, rng: np.random.Generator, derivative: Derivative) -> None:
    x, dout = rng.permutation(8).astype(np.float64), rng.normal(size=9 - window)
    np.testing.assert_array_equal(max_pool(x, window), _looped(anp.max, x, window))
    expected = derivative(lambda v: anp.sum(dout * _looped(anp.max, v, window)), x)
    np.testing.assert_allclose(max_pool_backward(dout, x, window), expected, rtol=1e-12, atol=1e-15)


def test_the_average_of_ones_is_one() -> None:
    np.testing.assert_array_equal(average_pool(np.ones(5), 3), np.ones(3))


def test_of_equal_entries_the_first_takes_the_gradient() -> None:
    np.testing.assert_array_equal(max_pool_backward(np.array([7.0]), np.array([2.0, 2.0, 1.0]), 3), [7.0, 0.0, 0.0])


def test_an_equal_entry_outside_the_window_takes_nothing() -> None:
    x = np.array([5.0, 1.0, 0.0, 5.0])
    np.testing.assert_array_equal(max_pool_backward(np.array([1.0, 0.0, 0.0]), x, 2), [1.0, 0.0, 0.0, 0.0])


def test_rows_of_a_batch_are_pooled_apart(rng: np.random.Generator) -> None:
    x, dout = rng.normal(size=(4, 6)), rng.normal(size=(4, 4))
    for row in range(4):
        np.testing.assert_array_equal(max_pool(x, 3)[row], max_pool(x[row], 3))
        np.testing.assert_array_equal(max_pool_backward(dout, x, 3)[row], max_pool_backward(dout[row], x[row], 3))
        np.testing.assert_array_equal(average_pool_backward(dout, 6, 3)[row], average_pool_backward(dout[row], 6, 3))


@pytest.mark.parametrize("window", [0, 5])
def test_a_window_that_does_not_fit_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match="does not fit a length of 4"):
        average_pool(np.zeros(4), window)
