"""Perceptron: activations in an enum with their derivatives, an immutable cache, a batch generator, an optimiser."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Dict, Iterator, List, Sequence, Tuple, Union

import numpy as np

Array = np.ndarray
Params = Dict[str, Array]


class Activation(Enum):
    RELU = "relu"
    SIGMOID = "sigmoid"
    TANH = "tanh"

    def apply(self, z: Array) -> Array:
        if self is Activation.RELU:
            return np.maximum(z, 0.0)
        if self is Activation.TANH:
            return np.tanh(z)
        decayed = np.exp(-np.abs(z))
        return np.where(z < 0, decayed / (1.0 + decayed), 1.0 / (1.0 + decayed))

    def slope(self, a: Array) -> Array:
        """Derivative, as a function of the activation's value."""
        if self is Activation.RELU:
            return (a > 0).astype(a.dtype)
        if self is Activation.TANH:
            return 1.0 - np.square(a)
        return a * (1.0 - a)


@dataclass(frozen=True)
class Layer:
    weights: Array
    bias: Array

    @staticmethod
    def unpack(params: Params) -> List["Layer"]:
        depth = len(params) // 2
        return [Layer(params[f"W{i + 1}"], params[f"b{i + 1}"]) for i in range(depth)]

    def __call__(self, inputs: Array) -> Array:
        return inputs @ self.weights + self.bias


@dataclass(frozen=True)
class Cache:
    layers: Tuple[Layer, ...]
    inputs: Tuple[Array, ...]
    probabilities: Array
    activation: Activation


@dataclass
class Momentum:
    rate: float
    decay: float
    velocity: Params = field(default_factory=dict)

    def step(self, params: Params, grads: Params) -> Params:
        updated = {}
        for name, value in params.items():
            previous = self.velocity.get(name, 0.0)
            self.velocity[name] = self.decay * previous + self.rate * grads[name]
            updated[name] = value - self.velocity[name]
        return updated


def softmax(logits: Array) -> Array:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def one_hot(labels: Array, classes: int) -> Array:
    return np.identity(classes)[labels]


def initialise(sizes: Sequence[int], activation: Activation, rng: np.random.Generator) -> Params:
    params: Params = {}
    for index, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
        fan = fan_in if activation is Activation.RELU else fan_in + fan_out
        params[f"W{index}"] = rng.normal(0.0, np.sqrt(2.0 / fan), size=(fan_in, fan_out))
        params[f"b{index}"] = np.zeros((1, fan_out))
    return params


def minibatches(x: Array, t: Array, size: int, rng: np.random.Generator) -> Iterator[Tuple[Array, Array]]:
    shuffled = rng.permutation(len(x))
    for begin in range(0, len(shuffled), size):
        chosen = shuffled[begin : begin + size]
        yield x[chosen], t[chosen]


def forward(X, params, act):
    activation = Activation(act)
    layers = Layer.unpack(params)
    inputs = [X]
    for layer in layers[:-1]:
        inputs.append(activation.apply(layer(inputs[-1])))
    probabilities = softmax(layers[-1](inputs[-1]))
    return probabilities, Cache(tuple(layers), tuple(inputs), probabilities, activation)


def backward(cache, T):
    delta = (cache.probabilities - T) / T.shape[0]
    grads: Params = {}
    for index in reversed(range(len(cache.layers))):
        inputs = cache.inputs[index]
        grads[f"W{index + 1}"] = inputs.T @ delta
        grads[f"b{index + 1}"] = delta.sum(axis=0, keepdims=True)
        if index > 0:
            delta = (delta @ cache.layers[index].weights.T) * cache.activation.slope(inputs)
    return grads


def predict(X, params, act):
    probabilities, _ = forward(X, params, act)
    return np.argmax(probabilities, axis=1)


def confusion_matrix(y, yhat, K):
    matrix = [[0] * K for _ in range(K)]
    for actual, predicted in zip(y, yhat):
        matrix[actual][predicted] += 1
    return np.array(matrix)


def train(X, y, Xv, yv, hidden: Union[int, Tuple[int, ...]], act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    classes = int(max(np.max(y), np.max(yv))) + 1
    hidden_sizes = (hidden,) if np.ndim(hidden) == 0 else tuple(hidden)
    targets = one_hot(y, classes)
    params = initialise((X.shape[1], *hidden_sizes, classes), Activation(act), rng)
    optimiser = Momentum(rate=lr, decay=momentum)
    for _ in range(epochs):
        for inputs, wanted in minibatches(X, targets, batch_size, rng):
            _, cache = forward(inputs, params, act)
            params = optimiser.step(params, backward(cache, wanted))
    return params
