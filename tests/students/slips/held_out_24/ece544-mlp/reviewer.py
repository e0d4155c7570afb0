"""Multi-layer perceptron: pure functions around small immutable records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator, NamedTuple

import numpy as np

Array = np.ndarray


class Activation(NamedTuple):
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]  # as a function of the pre-activation


def _sigmoid(z: Array) -> Array:
    return 0.5 * (1.0 + np.tanh(0.5 * z))


ACTIVATIONS = {
    "relu": Activation(lambda z: np.maximum(z, 0.0), lambda z: (z > 0).astype(float)),
    "sigmoid": Activation(_sigmoid, lambda z: _sigmoid(z) * _sigmoid(-z)),
    "tanh": Activation(np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
}


@dataclass(frozen=True)
class Layer:
    """One layer as it went forward."""

    inputs: Array
    weights: Array
    pre: Array


@dataclass(frozen=True)
class Cache:
    layers: tuple[Layer, ...]
    probabilities: Array
    activation: Activation


def _depth(params: dict[str, Array]) -> int:
    assert len(params) % 2 == 0, "weights and biases come in pairs"
    return len(params) // 2


def _softmax(logits: Array) -> Array:
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def forward(X, params, act):
    assert act in ACTIVATIONS, act
    activation = ACTIVATIONS[act]
    depth = _depth(params)
    layers: list[Layer] = []
    current = X
    for number in range(1, depth + 1):
        weights = params[f"W{number}"]
        pre = current @ weights + params[f"b{number}"]
        layers.append(Layer(inputs=current, weights=weights, pre=pre))
        if number == depth:
            break
        current = activation.value(pre)
    probabilities = _softmax(pre)
    return probabilities, Cache(tuple(layers), probabilities, activation)


def _bias_gradient(delta: Array) -> Array:
    return np.sum(delta, axis=0, keepdims=True)


def backward(cache, T):
    assert cache.probabilities.shape == T.shape
    delta = (cache.probabilities - T) / T.shape[0]
    gradients: dict[str, Array] = {}
    for index in range(len(cache.layers) - 1, -1, -1):
        layer = cache.layers[index]
        gradients[f"W{index + 1}"] = layer.inputs.T @ delta
        gradients[f"b{index + 1}"] = _bias_gradient(delta)
        if index == 0:
            break
        before = cache.layers[index - 1]
        delta = (delta @ layer.weights.T) * cache.activation.slope(before.pre)
    return gradients


def predict(X, params, act):
    probabilities, _ = forward(X, params, act)
    return probabilities.argmax(axis=1)


def confusion_matrix(y, yhat, K):
    assert len(y) == len(yhat)
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (y, yhat), 1)
    return counts


@dataclass(frozen=True)
class Optimiser:
    rate: float
    momentum: float

    def velocity(self, old: Array, gradient: Array) -> Array:
        return self.momentum * old + self.rate * gradient

    def moved(self, weights: Array, velocity: Array) -> Array:
        assert weights.shape == velocity.shape
        return weights - velocity


def _initial(rng: np.random.Generator, *, sizes: tuple[int, ...], act: str) -> dict[str, Array]:
    params = {}
    for number, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        params[f"W{number}"] = np.sqrt(variance) * rng.standard_normal((fan_in, fan_out))
        params[f"b{number}"] = np.zeros((1, fan_out))
    return params


def _batches(rng: np.random.Generator, *, examples: int, size: int) -> Iterator[Array]:
    order = rng.permutation(examples)
    for first in range(0, examples, size):
        yield order[first : first + size]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    assert len(X) == len(y)
    classes = int(y.max()) + 1
    widths = (hidden,) if isinstance(hidden, (int, np.integer)) else tuple(hidden)
    targets = np.identity(classes)[y]
    params = _initial(rng, sizes=(X.shape[1], *widths, classes), act=act)
    optimiser = Optimiser(rate=lr, momentum=momentum)
    velocities = {name: np.zeros_like(array) for name, array in params.items()}
    for _ in range(epochs):
        for rows in _batches(rng, examples=len(X), size=batch_size):
            _, cache = forward(X[rows], params, act)
            gradients = backward(cache, targets[rows])
            for name in params:
                velocities[name] = optimiser.velocity(velocities[name], gradients[name])
                params[name] = optimiser.moved(params[name], velocities[name])
    return params


def tdnn1d(x, w, b):
    assert x.shape[1] == w.shape[1]
    places = x.shape[2] - w.shape[2] + 1
    columns = [np.tensordot(x[:, :, t : t + w.shape[2]], w, axes=([1, 2], [1, 2])) for t in range(places)]
    return np.stack(columns, axis=2) + np.reshape(b, (1, -1, 1))


def tdnn1d_backward(dout, x, w):
    width = w.shape[2]
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for t in range(dout.shape[2]):
        upstream = dout[:, :, t]
        dx[:, :, t : t + width] += np.tensordot(upstream, w, axes=(1, 0))
        dw += np.tensordot(upstream, x[:, :, t : t + width], axes=(0, 0))
    return dx, dw, dout.sum(axis=2).sum(axis=0)
