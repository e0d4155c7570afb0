"""Tests of ece421-numpy-nn as staff would write them for any autograder, with Chainrule's points for the same parts.

This file runs beside the student's code, as these autograders ask for, and imports nothing of ours. Each test takes
the student's names as a dict and raises AssertionError.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Array = Any
Names = Mapping[str, Any]


def _drawn() -> tuple[Array, ...]:
    rng = np.random.default_rng(7)
    x, w_h, b_h = rng.normal(size=(7, 5)), rng.normal(size=(5, 11)), rng.normal(size=(1, 11))
    w_o, b_o = rng.normal(size=(11, 3)), rng.normal(size=(1, 3))
    return x, np.eye(3)[rng.integers(0, 3, 7)], w_h, b_h, w_o, b_o


def _probabilities(logits: Array) -> Array:
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _loss(x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> float:
    p = _probabilities(np.maximum(x @ w_h + b_h, 0.0) @ w_o + b_o)
    return float(-np.mean(np.log(np.sum(target * p, axis=1))))


def _slope(loss: Callable[[Array], float], at: Array, step: float = 1e-6) -> Array:
    slope = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        there = at.copy()
        there[place] += step
        back = at.copy()
        back[place] -= step
        slope[place] = (loss(there) - loss(back)) / (2 * step)
    return slope


def check_relu(names: Names) -> None:
    x = _drawn()[0]
    assert np.allclose(names["relu"](x), np.maximum(x, 0.0))


def check_softmax(names: Names) -> None:
    logits = _drawn()[0]
    assert np.allclose(names["softmax"](logits), _probabilities(logits))
    assert np.allclose(names["softmax"](logits + 1000.0), _probabilities(logits))


def check_compute_layer(names: Names) -> None:
    x, _, w_h, b_h, _, _ = _drawn()
    assert np.allclose(names["compute_layer"](x, w_h, b_h), x @ w_h + b_h)


def check_average_ce(names: Names) -> None:
    _, target, *_ = _drawn()
    p = _probabilities(np.random.default_rng(8).normal(size=target.shape))
    assert np.allclose(names["average_ce"](target, p), -np.mean(np.log(np.sum(target * p, axis=1))))
    assert np.allclose(names["average_ce"](np.eye(2), np.eye(2)), 0.0)


def check_grad_ce(names: Names) -> None:
    _, target, *_ = _drawn()
    logits = np.random.default_rng(9).normal(size=target.shape)

    def loss(at: Array) -> float:
        return float(-np.mean(np.log(np.sum(target * _probabilities(at), axis=1))))

    assert np.allclose(names["grad_ce"](target, logits), _slope(loss, logits), atol=1e-6)


def check_backward_prop(names: Names) -> None:
    x, target, *weights = _drawn()
    assert np.allclose(names["forward_prop"](x, *weights)[3], _probabilities(_hidden(x, *weights)))
    for place, gradient in enumerate(names["backward_prop"](x, target, *weights)):

        def loss(at: Array, place: int = place) -> float:
            moved = list(weights)
            moved[place] = at
            return _loss(x, target, *moved)

        assert np.allclose(gradient, _slope(loss, weights[place]), atol=1e-6)


def _hidden(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> Array:
    return np.maximum(x @ w_h + b_h, 0.0) @ w_o + b_o


CASES = {
    "relu": 8,
    "softmax": 12,
    "compute_layer": 8,
    "average_ce": 14,
    "grad_ce": 18,
    "backward_prop": 25,
}
