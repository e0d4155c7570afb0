"""Multi-layer perceptron with a softmax output, written with small pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
Params = dict[str, Array]


@dataclass(frozen=True)
class Activation:
    """A hidden non-linearity; `slope` gets the input z and the value a = value(z)."""

    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Cache:
    activation: Activation
    inputs: tuple[Array, ...]  # A_0 .. A_(L-1), the input of each layer
    preactivations: tuple[Array, ...]  # Z_1 .. Z_(L-1)
    weights: tuple[Array, ...]
    probs: Array


def logistic(z: Array) -> Array:
    """Numerically stable 1 / (1 + exp(-z))."""
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, decay) / (1.0 + decay)


def activation_named(name: str) -> Activation:
    if name == "relu":
        return Activation(lambda z: np.maximum(z, 0.0), lambda z, a: (z > 0).astype(z.dtype))
    if name == "sigmoid":
        return Activation(logistic, lambda z, a: a * (1.0 - a))
    if name == "tanh":
        return Activation(np.tanh, lambda z, a: 1.0 - a**2)
    raise ValueError(f"unknown activation {name!r}")


def softmax(logits: Array) -> Array:
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def num_layers(params: Params) -> int:
    return len(params) // 2


def affine(x: Array, weight: Array, bias: Array) -> Array:
    return x @ weight + bias


def forward(X: Array, params: Params, act: str) -> tuple[Array, Cache]:
    activation = activation_named(act)
    depth = num_layers(params)
    inputs: list[Array] = [X.copy()]
    preactivations: list[Array] = []
    for layer in range(1, depth):
        z = affine(inputs[-1], params[f"W{layer}"], params[f"b{layer}"])
        preactivations.append(z)
        inputs.append(activation.value(z))
    probs = softmax(affine(inputs[-1], params[f"W{depth}"], params[f"b{depth}"]))
    weights = tuple(params[f"W{layer}"].copy() for layer in range(1, depth + 1))
    return probs, Cache(activation, tuple(inputs), tuple(preactivations), weights, probs.copy())


def backward(cache: Cache, T: Array) -> Params:
    grads: Params = {}
    delta = (cache.probs - T) / len(T)
    for layer in reversed(range(len(cache.weights))):
        grads[f"W{layer + 1}"] = cache.inputs[layer].T @ delta
        grads[f"b{layer + 1}"] = delta.sum(axis=0, keepdims=True)
        if layer > 0:
            upstream = delta @ cache.weights[layer].T
            delta = upstream * cache.activation.slope(cache.preactivations[layer - 1], cache.inputs[layer])
    return grads


def predict(X: Array, params: Params, act: str) -> Array:
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y: Array, yhat: Array, K: int) -> Array:
    """Counts with the true class as row and the predicted class as column."""
    flat = np.asarray(y).ravel() * K + np.asarray(yhat).ravel()
    return np.bincount(flat, minlength=K * K).reshape(K, K)


def one_hot(labels: Array, num_classes: int) -> Array:
    return np.eye(num_classes)[labels]


def init_params(sizes: list[int], act: str, rng: np.random.Generator) -> Params:
    params: Params = {}
    for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        params[f"W{layer}"] = np.sqrt(variance) * rng.standard_normal((fan_in, fan_out))
        params[f"b{layer}"] = np.zeros((1, fan_out))
    return params


def minibatches(num_examples: int, batch_size: int, rng: np.random.Generator) -> Iterator[Array]:
    """Index arrays that cover every example once, in random order."""
    order = rng.permutation(num_examples)
    for start in range(0, num_examples, batch_size):
        yield order[start : start + batch_size]


def momentum_step(
    params: Params, velocity: Params, grads: Params, lr: float, momentum: float
) -> tuple[Params, Params]:
    """The next parameters and velocities; nothing is changed in place."""
    new_velocity = {name: momentum * velocity[name] + lr * grads[name] for name in params}
    new_params = {name: params[name] - new_velocity[name] for name in params}
    return new_params, new_velocity


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    hidden_sizes = [hidden] if np.isscalar(hidden) else list(hidden)
    num_classes = int(max(y.max(), yv.max() if len(yv) else 0)) + 1
    targets = one_hot(y, num_classes)

    params = init_params([X.shape[1], *hidden_sizes, num_classes], act, rng)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    for _ in range(epochs):
        for batch in minibatches(len(X), batch_size, rng):
            _, cache = forward(X[batch], params, act)
            grads = backward(cache, targets[batch])
            params, velocity = momentum_step(params, velocity, grads, lr, momentum)
    return params


def windows(x: Array, width: int) -> Array:
    """View (N, D, V, W) of all windows of a signal (N, D, L)."""
    return np.lib.stride_tricks.sliding_window_view(x, width, axis=2)


def tdnn1d(x: Array, w: Array, b: Array) -> Array:
    return np.einsum("ndtk,hdk->nht", windows(x, w.shape[2]), w) + b[None, :, None]


def tdnn1d_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    width = w.shape[2]
    places = dout.shape[2]
    dx = np.zeros_like(x)
    for k in range(width):
        dx[:, :, k : k + places] += np.einsum("nht,hd->ndt", dout, w[:, :, k])
    dw = np.einsum("nht,ndtk->hdk", dout, windows(x, width))
    return dx, dw, dout.sum(axis=(0, 2))
