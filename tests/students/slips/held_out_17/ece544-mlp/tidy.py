"""Multi-layer perceptron from scratch: forward, hand-written backward, mini-batch training with momentum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Iterator

import numpy as np

Params = dict[str, np.ndarray]


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)) without overflow for either sign."""
    exponential = np.exp(-np.abs(z))
    return np.where(z < 0, exponential, 1.0) / (1.0 + exponential)


@dataclass(frozen=True)
class Activation:
    """A function and its derivative, the latter in terms of the function's value a."""

    value: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]


ACTIVATIONS = {
    "relu": Activation(lambda z: np.maximum(z, 0.0), lambda a: (a > 0).astype(float)),
    "sigmoid": Activation(_sigmoid, lambda a: a * (1.0 - a)),
    "tanh": Activation(np.tanh, lambda a: 1.0 - a**2),
}


@dataclass
class Cache:
    """What backward needs: the parameters, and the input of every layer (the last entry are the probabilities)."""

    params: Params
    activation: Activation
    outputs: list[np.ndarray] = field(default_factory=list)


def num_layers(params: Params) -> int:
    """Number of weight matrices."""
    assert len(params) % 2 == 0
    return len(params) // 2


def softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise softmax."""
    exponential = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return exponential / np.sum(exponential, axis=1, keepdims=True)


def forward(X: np.ndarray, params: Params, act: str) -> tuple[np.ndarray, Cache]:
    """Probabilities (N, C) and the cache."""
    cache = Cache(params, ACTIVATIONS[act], [X])
    last = num_layers(params)
    for layer in range(1, last + 1):
        below = cache.outputs[-1]
        weight, bias = params[f"W{layer}"], params[f"b{layer}"]
        assert below.shape[1] == weight.shape[0], f"layer {layer}"
        z = below @ weight + bias
        cache.outputs.append(softmax(z) if layer == last else cache.activation.value(z))
    return cache.outputs[-1], cache


def backward(cache: Cache, T: np.ndarray) -> Params:
    """Gradients of the average negative log likelihood."""
    probs = cache.outputs[-1]
    assert probs.shape == T.shape
    delta = (probs - T) / T.shape[0]
    grads: Params = {}
    for layer in reversed(range(1, len(cache.outputs))):
        below = cache.outputs[layer - 1]
        grads[f"W{layer}"] = below.T @ delta
        grads[f"b{layer}"] = delta.sum(axis=0, keepdims=True)
        assert grads[f"W{layer}"].shape == cache.params[f"W{layer}"].shape
        if layer > 1:
            delta = (delta @ cache.params[f"W{layer}"].T) * cache.activation.slope(below)
    return grads


def predict(X: np.ndarray, params: Params, act: str) -> np.ndarray:
    """Most probable class of each row."""
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y: np.ndarray, yhat: np.ndarray, K: int) -> np.ndarray:
    """Counts: rows are true classes, columns predicted ones."""
    assert len(y) == len(yhat)
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (y, yhat), 1)
    return counts


def initial_params(sizes: list[int], act: str, rng: np.random.Generator) -> Params:
    """He for ReLU, Glorot otherwise; biases of zero."""
    params: Params = {}
    for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        params[f"W{layer}"] = rng.normal(0.0, np.sqrt(variance), size=(fan_in, fan_out))
        params[f"b{layer}"] = np.zeros((1, fan_out))
    return params


class Momentum:
    """v = momentum v + lr gradient; w = w - v."""

    def __init__(self, params: Params, lr: float, momentum: float) -> None:
        self.lr = lr
        self.momentum = momentum
        self.velocity = {name: np.zeros_like(value) for name, value in params.items()}

    def step(self, params: Params, grads: Params) -> Params:
        """The parameters after one step."""
        for name, grad in grads.items():
            self.velocity[name] = self.momentum * self.velocity[name] + self.lr * grad
        return {name: value - self.velocity[name] for name, value in params.items()}


def minibatches(num_examples: int, batch_size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Row numbers of the batches of one epoch, in a new random order."""
    order = rng.permutation(num_examples)
    for start in range(0, num_examples, batch_size):
        yield order[start : start + batch_size]


def train(
    X: np.ndarray,
    y: np.ndarray,
    Xv: np.ndarray,
    yv: np.ndarray,
    hidden: int | tuple[int, ...],
    act: str,
    rng: np.random.Generator,
    lr: float = 0.1,
    momentum: float = 0.9,
    batch_size: int = 32,
    epochs: int = 30,
) -> Params:
    """Trained parameters; the validation set only tells how many classes there are."""
    hidden_sizes = [int(size) for size in np.atleast_1d(hidden)]
    num_classes = int(max(y.max(), yv.max())) + 1
    targets = np.zeros((len(y), num_classes))
    targets[np.arange(len(y)), y] = 1.0

    params = initial_params([X.shape[1], *hidden_sizes, num_classes], act, rng)
    optimizer = Momentum(params, lr, momentum)
    for _ in range(epochs):
        for rows in minibatches(len(X), batch_size, rng):
            _, cache = forward(X[rows], params, act)
            params = optimizer.step(params, backward(cache, targets[rows]))
    return params
