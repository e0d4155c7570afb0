"""A perceptron of any depth as a tuple of frozen layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Activation:
    value: Callable[[Array], Array]
    slope_from_value: Callable[[Array], Array]


@dataclass(frozen=True)
class Trace:
    """What one layer has seen: its input, its weights, and how its own input was activated."""

    inputs: Array
    weights: Array
    activation: Activation | None


@dataclass(frozen=True)
class Cache:
    traces: tuple[Trace, ...]
    probs: Array


def activation(act: str) -> Activation:
    match act:
        case "relu":
            return Activation(lambda z: np.maximum(z, 0.0), lambda a: (a > 0).astype(float))
        case "sigmoid":
            return Activation(lambda z: 0.5 * (1.0 + np.tanh(0.5 * z)), lambda a: a * (1.0 - a))
        case "tanh":
            return Activation(np.tanh, lambda a: 1.0 - a**2)
        case other:
            raise ValueError(f"unknown activation {other!r}")


def depth(params: dict[str, Array]) -> int:
    return len(params) // 2


def normalise(logits: Array) -> Array:
    return (e := np.exp(logits - logits.max(axis=1, keepdims=True))) / e.sum(axis=1, keepdims=True)


def forward(X: Array, params: dict[str, Array], act: str) -> tuple[Array, Cache]:
    chosen, a, traces = activation(act), X, []
    for i in range(1, (last := depth(params)) + 1):
        W, b = params[f"W{i}"], params[f"b{i}"]
        traces.append(Trace(a, W, chosen if i > 1 else None))
        z = a @ W + b
        a = z if i == last else chosen.value(z)
    probs = normalise(a)
    return probs, Cache(tuple(traces), probs)


def backward(cache: Cache, T: Array) -> dict[str, Array]:
    delta = (cache.probs - T) / T.shape[0]
    grads: dict[str, Array] = {}
    for i, trace in reversed(list(enumerate(cache.traces, start=1))):
        grads |= {f"W{i}": trace.inputs.T @ delta, f"b{i}": delta.sum(axis=0, keepdims=True)}
        if trace.activation is not None:
            delta = (delta @ trace.weights.T) * trace.activation.slope_from_value(trace.inputs)
    return grads


def predict(X: Array, params: dict[str, Array], act: str) -> NDArray[np.int64]:
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y, yhat, K: int) -> NDArray[np.int64]:
    return np.bincount(np.asarray(y) * K + np.asarray(yhat), minlength=K * K).reshape(K, K)


def initial(sizes: tuple[int, ...], act: str, rng: np.random.Generator) -> dict[str, Array]:
    params = {}
    for i, (fan_in, fan_out) in enumerate(pairwise(sizes), start=1):
        variance = 2 / fan_in if act == "relu" else 2 / (fan_in + fan_out)
        params[f"W{i}"] = rng.normal(0.0, variance**0.5, (fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out))
    return params


def shuffled(n: int, size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    order = rng.permutation(n)
    yield from (order[i : i + size] for i in range(0, n, size))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    middle = tuple(hidden) if isinstance(hidden, (tuple, list)) else (int(hidden),)
    classes = int(max(y.max(), yv.max())) + 1
    params = initial((X.shape[1], *middle, classes), act, rng)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    targets = np.eye(classes)[y]
    for _ in range(epochs):
        for rows in shuffled(len(X), batch_size, rng):
            _, cache = forward(X[rows], params, act)
            grads = backward(cache, targets[rows])
            velocity = {k: momentum * v + lr * grads[k] for k, v in velocity.items()}
            params = {k: p - velocity[k] for k, p in params.items()}
    return params
