"""Whole networks against autograd of the same equations."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from reference.data import one_hot
from reference.initialization import he, xavier
from reference.layers import Activation, Linear, ReLU, Sigmoid, Tanh
from reference.losses import SOFTMAX_CROSS_ENTROPY
from reference.network import Network

EQUATIONS: list[tuple[type[Activation], Callable[[Any], Any]]] = [
    (ReLU, lambda x: anp.maximum(x, 0.0)),
    (Sigmoid, lambda x: 1.0 / (1.0 + anp.exp(-x))),
    (Tanh, anp.tanh),
]


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize(("kind", "equation"), EQUATIONS)
def test_every_gradient_of_a_network_agrees_with_autograd(
    kind: type[Activation], equation: Callable[[Any], Any], depth: int, rng: np.random.Generator
) -> None:
    sizes = (5, 7, 4, 3) if depth == 2 else (5, 7, 3)
    x, t = rng.normal(size=(6, 5)), one_hot(rng.integers(0, 3, 6), 3)
    layers: list[Linear | Activation] = []
    for wide, narrow in pairwise(sizes):
        layers += [Linear(xavier(rng, wide, narrow), rng.normal(size=(1, narrow))), kind()]
    network = Network(layers[:-1])

    def loss(parameters: Sequence[Any], x: Any) -> Any:
        for index in range(0, len(parameters), 2):
            z = anp.dot(x, parameters[index]) + parameters[index + 1]
            x = equation(z)
        return -anp.sum(t * (z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True)))) / 6

    outputs = network.forward(x)
    dx = network.backward(SOFTMAX_CROSS_ENTROPY.gradient(outputs, t))
    assert SOFTMAX_CROSS_ENTROPY.value(outputs, t) == pytest.approx(float(loss(network.parameters(), x)), rel=1e-12)
    np.testing.assert_allclose(dx, grad(loss, 1)(list(network.parameters()), x), rtol=1e-9, atol=1e-14)
    expected = grad(loss)(list(network.parameters()), x)
    assert len(expected) == 2 * (depth + 1)
    for found, right in zip(network.gradients(), expected, strict=True):
        np.testing.assert_allclose(found, right, rtol=1e-9, atol=1e-14)


def test_pre_activations_are_what_each_activation_receives(rng: np.random.Generator) -> None:
    first, second = Linear(he(rng, 4, 6), rng.normal(size=(1, 6))), Linear(he(rng, 6, 3), np.zeros((1, 3)))
    x = rng.normal(size=(5, 4))
    network = Network([first, ReLU(), second])
    z_h, a_h, z_o = network.outputs(x)
    (pre,) = network.pre_activations(x)
    np.testing.assert_array_equal(pre, z_h)
    np.testing.assert_array_equal(a_h, np.maximum(z_h, 0.0))
    np.testing.assert_array_equal(z_o, network.forward(x))


def test_initial_weights_have_the_stated_spread(rng: np.random.Generator) -> None:
    assert xavier(rng, 300, 100).std() == pytest.approx(np.sqrt(2 / 400), rel=0.02)
    assert he(rng, 300, 100).std() == pytest.approx(np.sqrt(2 / 300), rel=0.02)
