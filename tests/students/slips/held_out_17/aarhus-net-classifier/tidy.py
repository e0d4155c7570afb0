"""Hand-in 2: a network classifier with one hidden ReLU layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

Array = np.ndarray
Parameters = dict[str, Array]

GRADIENT_NAMES = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}


def one_in_k_encoding(vec: Array, k: int) -> Array:
    """Class numbers (n,) as one-hot rows (n, k)."""
    return np.eye(k)[vec]


def softmax(X: Array) -> Array:
    """Row-wise softmax, shifted by the maximum of each row."""
    shifted = X - np.amax(X, axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def relu(x: Array) -> Array:
    """max(x, 0), entry by entry."""
    return np.maximum(x, 0.0)


def get_init_params(input_dim: int, hidden_size: int, output_size: int) -> Parameters:
    """First parameters with He's variance."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class Forward(NamedTuple):
    """What a forward pass computes on its way."""

    z1: Array
    a1: Array
    p: Array


def _forward(X: Array, params: Parameters) -> Forward:
    """Inputs to probabilities."""
    assert X.shape[1] == params["W1"].shape[0]
    z1 = X @ params["W1"] + params["b1"]
    a1 = relu(z1)
    p = softmax(a1 @ params["W2"] + params["b2"])
    return Forward(z1, a1, p)


def _cross_entropy(p: Array, y: Array) -> float:
    """Mean of minus the log probability of the right class."""
    of_the_label = p[np.arange(len(y)), y]
    return float(np.mean(-np.log(of_the_label)))


def _penalty(params: Parameters, reg: float) -> float:
    """reg times the sum of all squared weights; biases are free."""
    return reg * sum(float(np.sum(params[name] ** 2)) for name in ("W1", "W2"))


def _batches(n: int, batch_size: int) -> Iterator[Array]:
    """The row numbers of each mini-batch of a shuffled epoch; the last may be smaller."""
    order = np.random.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


class NetClassifier:
    """A classifier; ``params`` and ``history`` are set by :meth:`fit`."""

    def __init__(self) -> None:
        self.params: Parameters | None = None
        self.history: dict[str, list[float]] | None = None

    def predict(self, X: Array, params: Parameters | None = None) -> Array:
        """Most probable class of each row."""
        used = self.params if params is None else params
        assert used is not None, "call fit first, or give params"
        return np.argmax(_forward(X, used).p, axis=1)

    def score(self, X: Array, y: Array, params: Parameters | None = None) -> float:
        """Share of rows that are predicted right."""
        return float(np.mean(self.predict(X, params) == y))

    @staticmethod
    def cost_grad(X: Array, y: Array, params: Parameters, reg: float = 0.0) -> tuple[float, dict[str, Array]]:
        """Regularised cost and its derivatives."""
        n = X.shape[0]
        W1, W2 = params["W1"], params["W2"]
        z1, a1, p = _forward(X, params)
        cost = _cross_entropy(p, y) + _penalty(params, reg)

        delta2 = (p - one_in_k_encoding(y, W2.shape[1])) / n
        delta1 = np.where(z1 > 0, delta2 @ W2.T, 0.0)
        grads = {
            "d_w1": X.T @ delta1 + 2 * reg * W1,
            "d_b1": delta1.sum(axis=0, keepdims=True),
            "d_w2": a1.T @ delta2 + 2 * reg * W2,
            "d_b2": delta2.sum(axis=0, keepdims=True),
        }
        assert grads["d_w1"].shape == W1.shape and grads["d_w2"].shape == W2.shape
        return cost, grads

    def _record(self, part: str, X: Array, y: Array, reg: float) -> None:
        """One more entry in the history for the present parameters."""
        cost, _ = self.cost_grad(X, y, self.params, reg)
        self.history[f"{part}_loss"].append(cost)
        self.history[f"{part}_acc"].append(self.score(X, y))

    def fit(
        self,
        X_train: Array,
        y_train: Array,
        X_val: Array,
        y_val: Array,
        init_params: Parameters,
        batch_size: int = 32,
        lr: float = 0.1,
        reg: float = 1e-4,
        epochs: int = 30,
    ) -> None:
        """Mini-batch gradient descent."""
        self.params = {name: value.copy() for name, value in init_params.items()}
        self.history = {key: [] for key in ("train_loss", "train_acc", "val_loss", "val_acc")}
        for _ in range(epochs):
            for rows in _batches(len(X_train), batch_size):
                _, grads = self.cost_grad(X_train[rows], y_train[rows], self.params, reg)
                for name, gradient_name in GRADIENT_NAMES.items():
                    self.params[name] -= lr * grads[gradient_name]
            self._record("train", X_train, y_train, reg)
            self._record("val", X_val, y_val, reg)
