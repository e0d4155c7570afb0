"""Every loss's gradient against autograd of its equation, and the logarithm of zero."""

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest

from reference import losses
from reference.arrays import Array
from reference.data import one_hot
from reference.softmax import softmax

Derivative = Callable[[Callable[..., object], Array], Array]


def _ce(p: Any, t: Any) -> Any:
    return -anp.sum(t * anp.log(p))


def _softmax(z: Any) -> Any:
    return anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True)


CASES: list[tuple[Callable[..., float], Callable[..., Array], Callable[[Any, Any], Any], bool]] = [
    (losses.total_cross_entropy, losses.total_cross_entropy_gradient, _ce, True),
    (
        losses.average_cross_entropy,
        losses.average_cross_entropy_gradient,
        lambda p, t: _ce(p, t) / p.shape[0],
        True,
    ),
    (
        losses.total_softmax_cross_entropy,
        losses.total_softmax_cross_entropy_gradient,
        lambda z, t: _ce(_softmax(z), t),
        False,
    ),
    (
        losses.average_softmax_cross_entropy,
        losses.average_softmax_cross_entropy_gradient,
        lambda z, t: _ce(_softmax(z), t) / z.shape[0],
        False,
    ),
    (
        losses.euclidean,
        losses.euclidean_gradient,
        lambda z, t: anp.sum((z - t) ** 2) / 2.0 / z.shape[0],
        False,
    ),
]


@pytest.mark.parametrize("shape", [(1, 2), (7, 3), (5, 10)])
@pytest.mark.parametrize(("value", "gradient", "equation", "of_probabilities"), CASES)
def test_loss_and_gradient_agree_with_autograd(
    value: Callable[..., float],
    gradient: Callable[..., Array],
    equation: Callable[[Any, Any], Any],
    of_probabilities: bool,
    shape: tuple[int, int],
    rng: np.random.Generator,
    derivative: Derivative,
) -> None:
    z = rng.normal(size=shape)
    x = softmax(z) if of_probabilities else z
    t = one_hot(rng.integers(0, shape[1], shape[0]), shape[1])
    assert value(x, t) == pytest.approx(float(equation(x, t)), rel=1e-12)
    np.testing.assert_allclose(gradient(x, t), derivative(lambda v: equation(v, t), x), rtol=1e-10, atol=1e-14)


def test_nll_agrees_with_autograd(rng: np.random.Generator, derivative: Derivative) -> None:
    p, labels = softmax(rng.normal(size=(6, 4))), rng.integers(0, 4, 6)
    rows = np.arange(6)
    assert losses.nll(p, labels) == pytest.approx(losses.total_cross_entropy(p, one_hot(labels, 4)), rel=1e-14)
    expected = derivative(lambda v: -anp.sum(anp.log(v[rows, labels])), p)
    np.testing.assert_allclose(losses.nll_gradient(p, labels), expected, rtol=1e-12)


def test_l2_agrees_with_autograd(rng: np.random.Generator, derivative: Derivative) -> None:
    w = rng.normal(size=(3, 5))
    assert losses.l2_penalty(w, 0.7) == pytest.approx(0.7 * float((w * w).sum()), rel=1e-13)
    expected = derivative(lambda v: 0.7 * anp.sum(v * v), w)
    np.testing.assert_allclose(losses.l2_penalty_gradient(w, 0.7), expected, rtol=1e-12)


def test_zero_times_log_zero_is_zero() -> None:
    t, p = np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])
    assert losses.average_cross_entropy(p, t) == 0.0
    np.testing.assert_array_equal(losses.average_cross_entropy_gradient(p, t), [[-1.0, 0.0]])


def test_a_certain_miss_costs_infinitely_much() -> None:
    t, p = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    assert losses.average_cross_entropy(p, t) == np.inf
    assert losses.nll(p, np.array([1])) == np.inf
    np.testing.assert_array_equal(losses.total_cross_entropy_gradient(p, t), [[0.0, -np.inf]])
    np.testing.assert_array_equal(losses.nll_gradient(p, np.array([1])), [[0.0, -np.inf]])


def test_logits_of_a_thousand_give_a_finite_loss() -> None:
    z, t = np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]])
    assert losses.average_softmax_cross_entropy(z, t) == 1000.0
    np.testing.assert_array_equal(losses.average_softmax_cross_entropy_gradient(z, t), [[1.0, -1.0]])
