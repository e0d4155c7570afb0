"""Every layer's value and gradient against autograd, and the places where naive code fails."""

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest

from reference.arrays import Array
from reference.layers import Activation, Linear, ReLU, Sigmoid, Tanh

Derivative = Callable[[Callable[..., object], Array], Array]
EQUATIONS: list[tuple[type[Activation], Callable[[Any], Any]]] = [
    (ReLU, lambda x: anp.maximum(x, 0.0)),
    (Sigmoid, lambda x: 1.0 / (1.0 + anp.exp(-x))),
    (Tanh, lambda x: (anp.exp(x) - anp.exp(-x)) / (anp.exp(x) + anp.exp(-x))),
]


@pytest.mark.parametrize(("kind", "equation"), EQUATIONS)
def test_activation_agrees_with_autograd(
    kind: type[Activation], equation: Callable[[Any], Any], rng: np.random.Generator, derivative: Derivative
) -> None:
    x, dout = 3.0 * rng.normal(size=(7, 5)), rng.normal(size=(7, 5))
    layer = kind()
    np.testing.assert_allclose(layer.forward(x), equation(x), rtol=1e-12)
    expected = derivative(lambda v: anp.sum(dout * equation(v)), x)
    np.testing.assert_allclose(layer.backward(dout), expected, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_linear_agrees_with_autograd(batch: int, rng: np.random.Generator, derivative: Derivative) -> None:
    x, w, b = rng.normal(size=(batch, 3)), rng.normal(size=(3, 5)), rng.normal(size=(1, 5))
    dout = rng.normal(size=(batch, 5))
    layer = Linear(w, b)
    np.testing.assert_allclose(layer.forward(x), anp.dot(x, w) + b, rtol=1e-13)
    dx = layer.backward(dout)
    np.testing.assert_allclose(dx, derivative(lambda v: anp.sum(dout * (anp.dot(v, w) + b)), x), rtol=1e-12, atol=1e-14)
    expected_weights = derivative(lambda v: anp.sum(dout * (anp.dot(x, v) + b)), w)
    expected_bias = derivative(lambda v: anp.sum(dout * (anp.dot(x, w) + v)), b)
    np.testing.assert_allclose(layer.gradients["weights"], expected_weights, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(layer.gradients["bias"], expected_bias, rtol=1e-12, atol=1e-14)


def test_relu_has_derivative_zero_at_the_kink() -> None:
    layer = ReLU()
    np.testing.assert_array_equal(layer.forward(np.array([[-1.0, 0.0, 2.0]])), [[0.0, 0.0, 2.0]])
    np.testing.assert_array_equal(layer.backward(np.array([[5.0, 5.0, 5.0]])), [[0.0, 0.0, 5.0]])


@pytest.mark.parametrize(("kind", "low"), [(Sigmoid, 0.0), (Tanh, -1.0)])
def test_saturated_activations_neither_overflow_nor_give_nan(kind: type[Activation], low: float) -> None:
    layer = kind()
    np.testing.assert_array_equal(layer.forward(np.array([[-1e4, 1e4]])), [[low, 1.0]])
    np.testing.assert_array_equal(layer.backward(np.ones((1, 2))), [[0.0, 0.0]])


@pytest.mark.parametrize(("kind", "scale"), [(Sigmoid, 1.0), (Tanh, 4.0)])
def test_small_derivatives_keep_their_digits(kind: type[Activation], scale: float) -> None:
    layer = kind()
    layer.forward(np.array([[40.0]]))
    exponent = -40.0 if kind is Sigmoid else -80.0
    np.testing.assert_allclose(layer.backward(np.ones((1, 1))), scale * np.exp(exponent), rtol=1e-12)


def test_shapes_that_cannot_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(3, 5\) with \(5,\)"):
        Linear(np.zeros((3, 5)), np.zeros(5))


@pytest.mark.parametrize("layer", [ReLU(), Linear(np.zeros((2, 2)), np.zeros((1, 2)))])
def test_backward_before_forward_is_said_plainly(layer: ReLU | Linear) -> None:
    with pytest.raises(RuntimeError, match="after forward"):
        layer.backward(np.ones((1, 2)))
