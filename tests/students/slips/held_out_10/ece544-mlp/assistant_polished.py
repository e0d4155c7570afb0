"""Feed-forward neural network implemented from scratch with NumPy.

Features
--------
* Arbitrary depth with ReLU, sigmoid or tanh hidden units
* Numerically stable softmax output
* Mini-batch SGD with classical (heavy-ball) momentum
* Confusion matrix

The public API follows the assignment: :func:`forward`, :func:`backward`,
:func:`predict`, :func:`confusion_matrix` and :func:`train`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

Params = dict[str, np.ndarray]


@dataclass
class ForwardCache:
    """Intermediate results that the backward pass needs."""

    params: Params
    act: str
    activations: list[np.ndarray] = field(default_factory=list)
    pre_activations: list[np.ndarray] = field(default_factory=list)
    probs: np.ndarray | None = None


def _num_layers(params: Params) -> int:
    """Return the number of weight layers."""
    return sum(key.startswith("W") for key in params)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """Numerically stable logistic function."""
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    exp_z = np.exp(z[~positive])
    out[~positive] = exp_z / (1.0 + exp_z)
    return out


def _activate(z: np.ndarray, act: str) -> np.ndarray:
    """Apply the activation function element-wise."""
    match act:
        case "relu":
            return np.where(z > 0, z, 0.0)
        case "sigmoid":
            return _sigmoid(z)
        case "tanh":
            return np.tanh(z)
        case _:
            raise ValueError(f"Unsupported activation: {act!r}")


def _backprop_activation(upstream: np.ndarray, z: np.ndarray, a: np.ndarray, act: str) -> np.ndarray:
    """Multiply the upstream gradient by the activation's derivative."""
    match act:
        case "relu":
            grad = upstream.copy()
            grad[z <= 0] = 0.0
            return grad
        case "sigmoid":
            return upstream * a * (1.0 - a)
        case "tanh":
            return upstream * (1.0 - np.square(a))
        case _:
            raise ValueError(f"Unsupported activation: {act!r}")


def _softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise softmax with the log-sum-exp trick."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    exp_shifted = np.exp(shifted)
    return exp_shifted / np.sum(exp_shifted, axis=1, keepdims=True)


def forward(X: np.ndarray, params: Params, act: str) -> tuple[np.ndarray, ForwardCache]:
    """Perform a forward pass and return class probabilities and a cache."""
    cache = ForwardCache(params=dict(params), act=act)
    num_layers = _num_layers(params)

    a = np.asarray(X, dtype=np.float64)
    cache.activations.append(a)
    for layer in range(1, num_layers):
        z = a @ params[f"W{layer}"] + params[f"b{layer}"]
        a = _activate(z, act)
        cache.pre_activations.append(z)
        cache.activations.append(a)

    logits = a @ params[f"W{num_layers}"] + params[f"b{num_layers}"]
    cache.probs = _softmax(logits)
    return cache.probs, cache


def backward(cache: ForwardCache, T: np.ndarray) -> Params:
    """Compute the gradients of the average negative log-likelihood."""
    batch_size = T.shape[0]
    num_layers = _num_layers(cache.params)
    grads: Params = {}

    # Gradient of softmax + cross-entropy w.r.t. the logits
    delta = cache.probs.copy()
    delta[np.arange(batch_size), T.argmax(axis=1)] -= 1.0

    for layer in range(num_layers, 0, -1):
        grads[f"W{layer}"] = np.einsum("ni,no->io", cache.activations[layer - 1], delta) / batch_size
        grads[f"b{layer}"] = np.mean(delta, axis=0, keepdims=True)
        if layer == 1:
            break
        upstream = delta @ cache.params[f"W{layer}"].T
        delta = _backprop_activation(
            upstream, cache.pre_activations[layer - 2], cache.activations[layer - 1], cache.act
        )

    return {name: grads[name] for name in cache.params}


def predict(X: np.ndarray, params: Params, act: str) -> np.ndarray:
    """Predict class labels."""
    return np.argmax(forward(X, params, act)[0], axis=1)


def confusion_matrix(y: np.ndarray, yhat: np.ndarray, K: int) -> np.ndarray:
    """Count how often class ``i`` was predicted as class ``j``."""
    flat = np.asarray(y, dtype=np.intp) * K + np.asarray(yhat, dtype=np.intp)
    return np.bincount(flat, minlength=K * K).reshape(K, K)


def _init_params(layer_sizes: Sequence[int], act: str, rng: np.random.Generator) -> Params:
    """Initialize weights with He (ReLU) or Xavier (otherwise) scaling."""
    params: Params = {}
    for layer, (fan_in, fan_out) in enumerate(zip(layer_sizes, layer_sizes[1:]), start=1):
        if act == "relu":
            std = np.sqrt(2.0 / fan_in)
        else:
            std = np.sqrt(2.0 / (fan_in + fan_out))
        params[f"W{layer}"] = rng.normal(0.0, std, size=(fan_in, fan_out))
        params[f"b{layer}"] = np.zeros((1, fan_out))
    return params


def _iterate_minibatches(
    X: np.ndarray, T: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield shuffled mini-batches covering the whole data set."""
    indices = np.arange(X.shape[0])
    rng.shuffle(indices)
    for start in range(0, X.shape[0], batch_size):
        batch = indices[start : start + batch_size]
        yield X[batch], T[batch]


def _accuracy(X: np.ndarray, y: np.ndarray, params: Params, act: str) -> float:
    return float(np.mean(predict(X, params, act) == y))


def train(
    X: np.ndarray,
    y: np.ndarray,
    Xv: np.ndarray,
    yv: np.ndarray,
    hidden: int | Sequence[int],
    act: str,
    rng: np.random.Generator,
    lr: float = 0.1,
    momentum: float = 0.9,
    batch_size: int = 32,
    epochs: int = 30,
) -> Params:
    """Train the network with mini-batch SGD and momentum."""
    hidden_sizes = [hidden] if isinstance(hidden, (int, np.integer)) else list(hidden)
    num_classes = int(max(np.max(y), np.max(yv))) + 1
    params = _init_params([X.shape[1], *hidden_sizes, num_classes], act, rng)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    targets = np.eye(num_classes)[y]
    logger = logging.getLogger(__name__)

    for epoch in range(1, epochs + 1):
        for X_batch, T_batch in _iterate_minibatches(X, targets, batch_size, rng):
            _, cache = forward(X_batch, params, act)
            grads = backward(cache, T_batch)
            for name, gradient in grads.items():
                velocity[name] *= momentum
                velocity[name] += lr * gradient
                params[name] = params[name] - velocity[name]
        if epoch % 10 == 0:
            logger.debug("epoch %d: validation accuracy %.4f", epoch, _accuracy(Xv, yv, params, act))

    return params


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    demo_X = generator.normal(size=(60, 4))
    demo_y = (demo_X[:, 0] > 0).astype(int)
    trained = train(demo_X, demo_y, demo_X, demo_y, 8, "relu", generator)
    print(confusion_matrix(demo_y, predict(demo_X, trained, "relu"), 2))
