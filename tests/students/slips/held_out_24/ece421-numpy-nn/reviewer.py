"""One-hidden-layer classifier: hand-written derivatives and heavy-ball training."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

TINY = 1e-12


@dataclass(frozen=True)
class Parameters:
    w_h: np.ndarray
    b_h: np.ndarray
    w_o: np.ndarray
    b_o: np.ndarray

    def map(self, function, *others: Parameters) -> Parameters:
        """Apply `function` field by field."""
        return Parameters(
            **{f.name: function(getattr(self, f.name), *(getattr(o, f.name) for o in others)) for f in fields(self)}
        )

    def as_dict(self) -> dict[str, np.ndarray]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True)
class Affine:
    """Gradients of one affine layer."""

    weights: np.ndarray
    bias: np.ndarray


def relu(x):
    return x.clip(min=0)


def relu_slope(x):
    return np.heaviside(x, 0.0)


def softmax(logits):
    assert logits.ndim == 2
    weights = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return weights / np.sum(weights, axis=1, keepdims=True)


def compute_layer(x, w, b):
    assert x.shape[1] == w.shape[0], "inputs and weights do not fit"
    return np.matmul(x, w) + b


def average_ce(target, prediction):
    assert target.shape == prediction.shape
    per_example = -np.sum(target * np.log(prediction + TINY), axis=1)
    return float(np.mean(per_example))


def grad_ce(target, logits):
    assert target.shape == logits.shape
    examples = logits.shape[0]
    return (softmax(logits) - target) / examples


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def _affine_gradients(*, inputs: np.ndarray, upstream: np.ndarray) -> Affine:
    assert len(inputs) == len(upstream)
    return Affine(weights=inputs.T @ upstream, bias=upstream.sum(axis=0, keepdims=True))


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    at_logits = grad_ce(target, z_o)
    output = _affine_gradients(inputs=a_h, upstream=at_logits)
    at_hidden = at_logits @ w_o.T
    at_preactivation = at_hidden * relu_slope(z_h)
    hidden = _affine_gradients(inputs=x, upstream=at_preactivation)
    return hidden.weights, hidden.bias, output.weights, output.bias


def _glorot(rng: np.random.Generator, *, inputs: int, outputs: int) -> np.ndarray:
    variance = 2.0 / (inputs + outputs)
    return rng.normal(scale=variance**0.5, size=(inputs, outputs))


def _initial(rng: np.random.Generator, *, inputs: int, hidden: int, classes: int) -> Parameters:
    return Parameters(
        w_h=_glorot(rng, inputs=inputs, outputs=hidden),
        b_h=np.zeros((1, hidden)),
        w_o=_glorot(rng, inputs=hidden, outputs=classes),
        b_o=np.zeros((1, classes)),
    )


def _step(
    parameters: Parameters, velocity: Parameters, gradient: Parameters, *, lr: float, gamma: float
) -> tuple[Parameters, Parameters]:
    velocity = velocity.map(lambda v, g: gamma * v + lr * g, gradient)
    return parameters.map(lambda w, v: w - v, velocity), velocity


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    parameters = _initial(rng, inputs=x.shape[1], hidden=hidden, classes=t.shape[1])
    velocity = parameters.map(np.zeros_like)
    for _ in range(epochs):
        gradient = Parameters(*backward_prop(x, t, **parameters.as_dict()))
        parameters, velocity = _step(parameters, velocity, gradient, lr=lr, gamma=gamma)
    return parameters.as_dict()
