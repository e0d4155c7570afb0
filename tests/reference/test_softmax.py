"""Softmax against its equation, where naive formulas overflow, and against autograd."""

from collections.abc import Callable

import autograd.numpy as anp
import numpy as np
from autograd import jacobian

from reference.arrays import Array
from reference.softmax import log_softmax, softmax, softmax_jacobian


def test_softmax_is_its_equation(rng: np.random.Generator) -> None:
    z = rng.normal(size=(5, 3))
    np.testing.assert_allclose(softmax(z), np.exp(z) / np.exp(z).sum(axis=1, keepdims=True), rtol=1e-14)
    np.testing.assert_allclose(log_softmax(z), np.log(softmax(z)), rtol=1e-13)


def test_huge_logits_and_offset_rows_stay_finite() -> None:
    z = np.array([[1000.0, 0.0, -1000.0], [-5000.0, -5000.0, -5001.0]])
    second = np.exp([0.0, 0.0, -1.0]) / np.exp([0.0, 0.0, -1.0]).sum()
    np.testing.assert_allclose(softmax(z), [[1.0, 0.0, 0.0], second], rtol=1e-14)
    np.testing.assert_allclose(log_softmax(z), [[0.0, -1000.0, -2000.0], np.log(second)], rtol=1e-14)


def test_jacobian_agrees_with_autograd(rng: np.random.Generator) -> None:
    z = rng.normal(size=4)
    expected = jacobian(lambda v: anp.exp(v) / anp.sum(anp.exp(v)))(z)
    np.testing.assert_allclose(softmax_jacobian(z), expected, rtol=1e-12, atol=1e-15)


def test_log_softmax_gradient_direction(
    rng: np.random.Generator, derivative: Callable[[Callable[..., object], Array], Array]
) -> None:
    z, dout = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    found = derivative(lambda v: anp.sum(dout * (v - anp.log(anp.sum(anp.exp(v), axis=1, keepdims=True)))), z)
    np.testing.assert_allclose(dout - softmax(z) * dout.sum(axis=1, keepdims=True), found, rtol=1e-12)
