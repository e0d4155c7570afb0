from __future__ import annotations

import copy
import logging
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from functools import wraps
from typing import TypedDict

import numpy as np

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())
TIMES: dict[str, list[float]] = {}


class Params(TypedDict):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


@contextmanager
def timed(what):
    begin = time.perf_counter()
    try:
        yield
    finally:
        TIMES.setdefault(what, []).append(time.perf_counter() - begin)


def stopwatch(what):
    def decorate(f):
        @wraps(f)
        def inner(*args, **kwargs):
            with timed(what):
                return f(*args, **kwargs)

        return inner

    return decorate


@dataclass
class History:
    train_loss: list[float] = field(default_factory=list)
    train_acc: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_acc: list[float] = field(default_factory=list)

    def append(self, *numbers):
        for f, number in zip(fields(self), numbers):
            getattr(self, f.name).append(number)

    @property
    def is_best(self):
        return len(self.val_acc) == 1 or self.val_acc[-1] > max(self.val_acc[:-1])


def softmax(X):
    p = np.array(X, dtype=float, copy=True)
    for row in p:
        row -= row.max()
        np.exp(row, out=row)
        row /= row.sum()
    return p


def relu(x):
    out = np.array(x, dtype=float)
    out[out < 0] = 0
    return out


@dataclass(eq=False)
class NetClassifier:
    params: Params | None = None
    history: dict | None = None

    def predict(self, X, params=None):
        params = params or self.params
        if params is None:
            raise ValueError("no parameters: call fit first, or give some")
        return softmax(relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]).argmax(1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == y) / len(y)

    @staticmethod
    @stopwatch("cost_grad")
    def cost_grad(X, y, params, reg=0.0):
        W1, W2 = params["W1"], params["W2"]
        a = relu(z := X @ W1 + params["b1"])
        p = softmax(a @ W2 + params["b2"])
        right = p[np.arange(len(y)), y]
        cost = -np.log(right + 1e-15).mean() + reg * (np.square(W1).sum() + np.square(W2).sum())
        delta = p.copy()
        delta[np.arange(len(y)), y] -= 1
        delta = delta / len(y)
        back = np.einsum("nk,hk,nh->nh", delta, W2, (z > 0).astype(float))
        return cost, dict(
            d_w1=np.einsum("nd,nh->dh", X, back) + 2 * reg * W1,
            d_b1=back.sum(0)[None],
            d_w2=np.einsum("nh,nk->hk", a, delta) + 2 * reg * W2,
            d_b2=delta.sum(0)[None],
        )

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        now, history = copy.deepcopy(dict(init_params)), History()
        best = copy.deepcopy(now)
        for epoch in range(1, epochs + 1):
            with timed("epoch"):
                for rows in self._batches(len(X_train), batch_size):
                    grads = self.cost_grad(X_train[rows], y_train[rows], now, reg)[1]
                    for key in now:
                        now[key] = now[key] - lr * grads[f"d_{key.lower()}"]
            history.append(
                float(self.cost_grad(X_train, y_train, now, reg)[0]),
                self.score(X_train, y_train, now),
                float(self.cost_grad(X_val, y_val, now, reg)[0]),
                self.score(X_val, y_val, now),
            )
            if history.is_best:
                best = copy.deepcopy(now)
            log.info("epoch %d: %s", epoch, history.val_acc[-1])
        self.params, self.history = best, asdict(history)

    @staticmethod
    def _batches(n, size):
        """Shuffled, and of nearly equal size."""
        return np.array_split(np.random.permutation(n), max(1, -(-n // size)))
