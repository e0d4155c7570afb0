"""Convolution against numpy.convolve and autograd."""

from collections.abc import Callable

import autograd.numpy as anp
import numpy as np
import pytest

from reference.arrays import Array
from reference.convolution import convolve, convolve_backward

Derivative = Callable[[Callable[..., object], Array], Array]


def _looped(x: Array, w: Array) -> Array:
    middle = w.shape[0] // 2
    n = x.shape[0]
    y: Array = anp.array(
        [sum(x[i - k] * w[k + middle] for k in range(-middle, middle + 1) if 0 <= i - k < n) for i in range(n)]
    )
    return y


@pytest.mark.parametrize("length", [1, 3, 5])
def test_convolution_agrees_with_numpy_and_autograd(
    length: int, rng: np.random.Generator, derivative: Derivative
) -> None:
    x, w, dout = rng.normal(size=7), rng.normal(size=length), rng.normal(size=7)
    np.testing.assert_allclose(convolve(x, w), np.convolve(x, w, mode="same"), rtol=1e-12)
    dx, dw = convolve_backward(dout, x, w)
    np.testing.assert_allclose(dx, derivative(lambda v: anp.sum(dout * _looped(v, w)), x), rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(dw, derivative(lambda v: anp.sum(dout * _looped(x, v)), w), rtol=1e-11, atol=1e-14)


def test_the_kernel_is_flipped() -> None:
    impulse = np.array([0.0, 0.0, 1.0, 0.0, 0.0])
    np.testing.assert_array_equal(convolve(impulse, np.array([1.0, 2.0, 3.0])), [0.0, 1.0, 2.0, 3.0, 0.0])


def test_an_input_shorter_than_the_kernel_keeps_its_size() -> None:
    np.testing.assert_array_equal(convolve(np.array([2.0]), np.array([1.0, 10.0, 100.0])), [20.0])


def test_an_even_kernel_is_refused() -> None:
    with pytest.raises(ValueError, match="odd length"):
        convolve(np.zeros(4), np.zeros(2))
