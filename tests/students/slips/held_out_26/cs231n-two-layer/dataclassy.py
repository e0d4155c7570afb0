"""Two-layer net: frozen settings, a generator of batches and pure functions around the params dictionary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a training goes."""

    rate: float
    decay: float
    reg: float
    size: int
    per_pass: int

    def rate_at(self, iteration: int) -> float:
        """The rate after as many whole passes as lie behind this iteration."""
        return self.rate * self.decay ** (iteration // self.per_pass)


@dataclass(frozen=True)
class Activity:
    z1: np.ndarray
    a1: np.ndarray
    scores: np.ndarray


def activity(X: np.ndarray, params: Mapping[str, np.ndarray]) -> Activity:
    z1 = np.add(X @ params["W1"], params["b1"])
    a1 = np.maximum(z1, 0.0)
    scores = np.add(a1 @ params["W2"], params["b2"])
    return Activity(z1, a1, scores)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    return (low := scores - scores.max(axis=1, keepdims=True)) - np.log(np.exp(low).sum(axis=1, keepdims=True))


def penalty(params: Mapping[str, np.ndarray], reg: float) -> float:
    return reg * sum(float((params[name] ** 2).sum()) for name in ("W1", "W2"))


def gradients(X: np.ndarray, seen: Activity, delta2: np.ndarray, params: Mapping[str, np.ndarray], reg: float) -> dict[str, np.ndarray]:
    delta1 = (delta2 @ params["W2"].T) * (seen.a1 > 0)
    return {
        "W1": X.T @ delta1 + 2 * reg * params["W1"],
        "b1": delta1.sum(axis=0),
        "W2": seen.a1.T @ delta2 + 2 * reg * params["W2"],
        "b2": delta2.sum(axis=0),
    }


def draws(n: int, size: int) -> Iterator[np.ndarray]:
    while True:
        yield np.random.permutation(n)[:size]


class TwoLayerNet:
    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        seen = activity(X, self.params)
        match y:
            case None:
                return seen.scores
            case _:
                n, k = seen.scores.shape
                logs = log_softmax(seen.scores)
                cost = -float(logs[np.arange(n), y].mean()) + penalty(self.params, reg)
                delta2 = (np.exp(logs) - np.eye(k)[y]) / n
                return cost, gradients(X, seen, delta2, self.params, reg)

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        n = X.shape[0]
        plan = Plan(rate=learning_rate, decay=learning_rate_decay, reg=reg, size=batch_size, per_pass=max(n // batch_size, 1))
        losses, on_train, on_val = [], [], []
        for iteration, rows in enumerate(islice(draws(n, plan.size), num_iters)):
            cost, grads = self.loss(X[rows], y[rows], plan.reg)
            losses.append(cost)
            rate = plan.rate_at(iteration)
            self.params |= {name: self.params[name] - rate * grads[name] for name in self.params}
            if (iteration + 1) % plan.per_pass == 0:
                on_train.append(float((self.predict(X[rows]) == y[rows]).mean()))
                on_val.append(float((self.predict(X_val) == y_val).mean()))
        return {"loss_history": losses, "train_acc_history": on_train, "val_acc_history": on_val}

    def predict(self, X):
        return activity(X, self.params).scores.argmax(axis=1)
