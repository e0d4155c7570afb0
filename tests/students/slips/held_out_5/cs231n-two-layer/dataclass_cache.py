from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Optional

import numpy as np
import numpy.typing as npt

F = npt.NDArray[np.float64]


@dataclass
class Cache:
    x: F
    pre: F
    hid: F
    scores: F


def log_softmax(s: F) -> F:
    m = s.max(axis=1, keepdims=True)
    return s - m - np.log(np.exp(s - m).sum(axis=1, keepdims=True))


class TwoLayerNet:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        rand = np.random.standard_normal
        self.params: Dict[str, F] = dict(
            W1=std * rand((input_size, hidden_size)),
            b1=np.zeros(hidden_size),
            W2=std * rand((hidden_size, output_size)),
            b2=np.zeros(output_size),
        )

    def _forward(self, X: F) -> Cache:
        p = self.params
        pre = X @ p["W1"] + p["b1"]
        hid = np.where(pre > 0, pre, 0.0)
        return Cache(X, pre, hid, hid @ p["W2"] + p["b2"])

    def _backward(self, c: Cache, dscores: F, reg: float) -> Dict[str, F]:
        p = self.params
        dpre = np.where(c.pre > 0, dscores @ p["W2"].T, 0.0)
        return dict(
            W1=c.x.T @ dpre + 2 * reg * p["W1"],
            b1=np.ones(len(dpre)) @ dpre,
            W2=c.hid.T @ dscores + 2 * reg * p["W2"],
            b2=np.ones(len(dscores)) @ dscores,
        )

    def loss(self, X: F, y: Optional[npt.NDArray[np.int64]] = None, reg: float = 0.0):
        cache = self._forward(X)
        if y is None:
            return cache.scores
        logp = log_softmax(cache.scores)
        hot = np.eye(logp.shape[1])[y]
        nll = -(hot * logp).sum() / len(y)
        penalty = sum(float(np.vdot(self.params[k], self.params[k])) for k in ("W1", "W2"))
        return nll + reg * penalty, self._backward(cache, (np.exp(logp) - hot) / len(y), reg)

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        n = len(X)
        epoch = max(n // batch_size, 1)
        history: Dict[str, list] = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for t in range(1, num_iters + 1):
            rows = np.random.randint(0, n, size=batch_size)
            value, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(value)
            self.params = {k: w - learning_rate * grads[k] for k, w in self.params.items()}
            if t % epoch == 0:
                history["train_acc_history"].append(float(np.mean(self.predict(X) == y)))
                history["val_acc_history"].append(float(np.mean(self.predict(X_val) == y_val)))
                learning_rate = learning_rate * learning_rate_decay
        return history

    def predict(self, X: F):
        return self._forward(X).scores.argmax(axis=1)
