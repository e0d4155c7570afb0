"""Classes inside, the asked functions as thin doors to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Tuple

import numpy as np

Params = Dict[str, np.ndarray]


class Activation:
    """One subclass for each; looked up by name."""

    NAME = ""

    @classmethod
    def named(cls, name: str) -> "Activation":
        for kind in cls.__subclasses__():
            if kind.NAME == name:
                return kind()
        raise ValueError(f"no activation {name!r}")

    def spread(self, before: int, after: int) -> float:
        """Standard deviation of the first weights."""
        return float(np.sqrt(2 / (before + after)))


class Relu(Activation):
    NAME = "relu"

    def value(self, z):
        return np.where(z > 0, z, 0.0)

    def slope(self, z, a):
        return np.where(z > 0, 1.0, 0.0)

    def spread(self, before, after):
        return float(np.sqrt(2 / before))


class Sigmoid(Activation):
    NAME = "sigmoid"

    def value(self, z):
        return np.exp(-np.logaddexp(0, -z))

    def slope(self, z, a):
        return a * (1 - a)


class Tanh(Activation):
    NAME = "tanh"

    def value(self, z):
        return np.tanh(z)

    def slope(self, z, a):
        return 1 - a * a


@dataclass
class Record:
    """What one pass forward leaves behind."""

    entered: List[np.ndarray]
    pre: List[np.ndarray]
    probs: np.ndarray
    weights: List[np.ndarray]
    activation: Activation


class Perceptron:
    def __init__(self, layers: List[Tuple[np.ndarray, np.ndarray]], activation: Activation):
        self.layers = layers
        self.activation = activation

    @classmethod
    def from_params(cls, params: Params, act: str) -> "Perceptron":
        depth = len(params) // 2
        return cls([(params[f"W{i}"], params[f"b{i}"]) for i in range(1, depth + 1)], Activation.named(act))

    def __call__(self, X: np.ndarray) -> Record:
        entered, pre = [], []
        A = X
        for W, b in self.layers:
            entered.append(A)
            pre.append(A @ W + b)
            A = self.activation.value(pre[-1])
        logits = pre[-1]
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        return Record(entered, pre, e / e.sum(axis=1, keepdims=True), [W for W, _ in self.layers], self.activation)


def forward(X, params, act):
    record = Perceptron.from_params(params, act)(X)
    return record.probs, record


def backward(cache, T):
    d = (cache.probs - T) / T.shape[0]
    grads = {}
    last = len(cache.weights)
    for number, (A, W) in zip(range(last, 0, -1), zip(reversed(cache.entered), reversed(cache.weights))):
        grads[f"W{number}"] = A.T @ d
        grads[f"b{number}"] = d.sum(axis=0, keepdims=True)
        if number > 1:
            d = (d @ W.T) * cache.activation.slope(cache.pre[number - 2], A)
    return grads


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], axis=1)


def confusion_matrix(y, yhat, K):
    pairs = np.asarray(y, dtype=np.int64) * K + np.asarray(yhat, dtype=np.int64)
    return np.bincount(pairs, minlength=K * K).reshape(K, K)


class Momentum:
    def __init__(self, params: Params, lr: float, momentum: float):
        self.lr, self.momentum = lr, momentum
        self.velocity = {name: 0.0 * value for name, value in params.items()}

    def apply(self, params: Params, grads: Params) -> Params:
        self.velocity = {name: self.momentum * v + self.lr * grads[name] for name, v in self.velocity.items()}
        return {name: w - self.velocity[name] for name, w in params.items()}


def first_params(sizes: List[int], act: str, rng: np.random.Generator) -> Params:
    activation, params = Activation.named(act), {}
    for i, (before, after) in enumerate(zip(sizes, sizes[1:]), start=1):
        params[f"W{i}"] = activation.spread(before, after) * rng.standard_normal((before, after))
        params[f"b{i}"] = np.zeros((1, after))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    classes = 1 + int(max(np.max(y), np.max(yv)))
    targets = np.eye(classes)[y]
    sizes = [X.shape[1], *np.atleast_1d(hidden).tolist(), classes]
    params = first_params(sizes, act, rng)
    rule = Momentum(params, lr, momentum)
    order = np.arange(X.shape[0])
    for _ in range(epochs):
        rng.shuffle(order)
        for rows in np.split(order, np.arange(batch_size, order.size, batch_size)):
            _, record = forward(X[rows], params, act)
            params = rule.apply(params, backward(record, targets[rows]))
    return params


def tdnn1d(x, w, b):
    """Window by window with tensordot over the inputs and the window."""
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)  # (N, D, V, W)
    return np.moveaxis(np.tensordot(windows, w, axes=([1, 3], [1, 2])), 2, 1) + b.reshape(1, -1, 1)


def tdnn1d_backward(dout, x, w):
    width = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, width, axis=2)
    dw = np.tensordot(dout, windows, axes=([0, 2], [0, 2]))
    padded = np.pad(dout, ((0, 0), (0, 0), (width - 1, width - 1)))
    around = np.lib.stride_tricks.sliding_window_view(padded, width, axis=2)  # (N, H, L, W)
    dx = np.moveaxis(np.tensordot(around, w[:, :, ::-1], axes=([1, 3], [0, 2])), 2, 1)
    return dx, dw, dout.sum(axis=(0, 2))
