"""Network classifier. Parameters are immutable tuples inside; the dictionaries of the interface are only at its edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Params(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


class Activations(NamedTuple):
    z1: np.ndarray
    a1: np.ndarray
    z2: np.ndarray


@dataclass
class History:
    train_loss: list[float] = field(default_factory=list)
    train_acc: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_acc: list[float] = field(default_factory=list)

    def as_dict(self) -> dict:
        return {name: list(values) for name, values in vars(self).items()}


def one_in_k_encoding(vec, k):
    return np.eye(k)[vec]


def softmax(X):
    assert X.ndim == 2
    exps = np.exp(X - np.max(X, axis=1, keepdims=True))
    return exps / np.sum(exps, axis=1, keepdims=True)


def relu(x):
    return np.clip(x, 0, None)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def _from_dict(params: dict) -> Params:
    return Params(*(np.array(params[name], dtype=float) for name in Params._fields))


def _forward(X: np.ndarray, params: Params) -> Activations:
    z1 = X @ params.W1 + params.b1.reshape(1, -1)
    a1 = relu(z1)
    return Activations(z1=z1, a1=a1, z2=a1 @ params.W2 + params.b2.reshape(1, -1))


def _cross_entropy(*, logits: np.ndarray, y: np.ndarray) -> float:
    row_max = logits.max(axis=1)
    log_norm = row_max + np.log(np.exp(logits - row_max[:, None]).sum(axis=1))
    return float(np.mean(log_norm - logits[np.arange(len(y)), y]))


def _l2(params: Params) -> float:
    return float(sum(np.sum(np.square(w)) for w in (params.W1, params.W2)))


def _backward(X: np.ndarray, acts: Activations, params: Params, *, y: np.ndarray, reg: float) -> Params:
    n, k = acts.z2.shape
    d_z2 = (softmax(acts.z2) - one_in_k_encoding(y, k)) / n
    d_z1 = np.where(acts.z1 > 0, d_z2 @ params.W2.T, 0.0)
    return Params(
        W1=X.T @ d_z1 + 2 * reg * params.W1,
        b1=d_z1.sum(axis=0, keepdims=True),
        W2=acts.a1.T @ d_z2 + 2 * reg * params.W2,
        b2=d_z2.sum(axis=0, keepdims=True),
    )


def _descend(params: Params, grads: Params, *, lr: float) -> Params:
    return Params(*(value - lr * slope.reshape(value.shape) for value, slope in zip(params, grads)))


def _minibatches(*, n: int, batch_size: int) -> Iterator[np.ndarray]:
    order = np.random.permutation(n)
    start = 0
    while start < n:
        yield order[start : start + batch_size]
        start += batch_size


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        assert params is not None, "call fit first or give params"
        return _forward(X, _from_dict(params)).z2.argmax(axis=1)

    def score(self, X, y, params=None):
        hits = self.predict(X, params) == y
        return float(hits.mean())

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        p = _from_dict(params)
        acts = _forward(X, p)
        cost = _cross_entropy(logits=acts.z2, y=y) + reg * _l2(p)
        grads = _backward(X, acts, p, y=y, reg=reg)
        return cost, {"d_" + name.lower(): value for name, value in grads._asdict().items()}

    def _record(self, history: History, *, params: Params, train, val, reg: float) -> None:
        as_dict = params._asdict()
        history.train_loss.append(self.cost_grad(*train, as_dict, reg=reg)[0])
        history.train_acc.append(self.score(*train, params=as_dict))
        history.val_loss.append(self.cost_grad(*val, as_dict, reg=reg)[0])
        history.val_acc.append(self.score(*val, params=as_dict))

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        assert len(X_train) == len(y_train)
        params = _from_dict(init_params)
        history = History()
        best, best_loss = params, np.inf
        for _ in range(epochs):
            for rows in _minibatches(n=len(X_train), batch_size=batch_size):
                X, y = X_train[rows], y_train[rows]
                grads = _backward(X, _forward(X, params), params, y=y, reg=reg)
                params = _descend(params, grads, lr=lr)
            self._record(history, params=params, train=(X_train, y_train), val=(X_val, y_val), reg=reg)
            if history.val_loss[-1] < best_loss:
                best, best_loss = params, history.val_loss[-1]
        self.params = best._asdict()
        self.history = history.as_dict()
