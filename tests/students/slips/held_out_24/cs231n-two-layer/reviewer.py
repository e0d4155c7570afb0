"""Two-layer network: pure functions on named tuples; the class only wires them to self.params."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Forward(NamedTuple):
    X: np.ndarray
    pre: np.ndarray
    hidden: np.ndarray
    scores: np.ndarray


@dataclass
class StepDecay:
    """A rate that is multiplied by decay after every pass over the data."""

    rate: float
    decay: float
    steps_per_pass: int
    steps: int = 0

    def advance(self) -> bool:
        """Counts a step; True where a pass has ended."""
        self.steps += 1
        if self.steps % self.steps_per_pass:
            return False
        self.rate *= self.decay
        return True


def _forward(X: np.ndarray, params: dict) -> Forward:
    assert X.shape[1] == params["W1"].shape[0]
    pre = X @ params["W1"] + params["b1"]
    hidden = np.maximum(pre, 0.0)
    return Forward(X=X, pre=pre, hidden=hidden, scores=hidden @ params["W2"] + params["b2"])


def _softmax_loss(scores: np.ndarray, *, y: np.ndarray) -> tuple[float, np.ndarray]:
    """The average loss and its derivative by the scores."""
    n = scores.shape[0]
    stable = scores - scores.max(axis=1, keepdims=True)
    probs = np.exp(stable)
    partition = probs.sum(axis=1, keepdims=True)
    probs = probs / partition
    picked = np.take_along_axis(stable, y[:, np.newaxis], axis=1)
    loss = float((np.log(partition) - picked).mean())
    d_scores = probs.copy()
    d_scores[np.arange(n), y] -= 1.0
    return loss, d_scores / n


def _backward(cache: Forward, d_scores: np.ndarray, params: dict) -> dict:
    d_hidden = d_scores @ params["W2"].T
    d_pre = d_hidden * (cache.pre > 0)
    return {
        "W1": cache.X.T @ d_pre,
        "b1": d_pre.sum(axis=0),
        "W2": cache.hidden.T @ d_scores,
        "b2": d_scores.sum(axis=0),
    }


def _penalised(loss: float, grads: dict, params: dict, *, reg: float) -> tuple[float, dict]:
    if reg == 0:
        return loss, grads
    total = loss
    result = dict(grads)
    for name in ("W1", "W2"):
        total += reg * float(np.sum(params[name] * params[name]))
        result[name] = grads[name] + 2.0 * reg * params[name]
    return total, result


def _accuracy(predicted: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean(predicted == y))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        cache = _forward(X, self.params)
        if y is None:
            return cache.scores
        data_loss, d_scores = _softmax_loss(cache.scores, y=y)
        grads = _backward(cache, d_scores, self.params)
        return _penalised(data_loss, grads, self.params, reg=reg)

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        assert len(X) == len(y)
        size = min(batch_size, len(X))
        schedule = StepDecay(rate=learning_rate, decay=learning_rate_decay, steps_per_pass=max(len(X) // size, 1))
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for _ in range(num_iters):
            chosen = np.random.choice(len(X), size=size, replace=False)
            batch, targets = X[chosen], y[chosen]
            loss, grads = self.loss(batch, targets, reg=reg)
            history["loss_history"].append(loss)
            self.params = {name: value - schedule.rate * grads[name] for name, value in self.params.items()}
            if schedule.advance():
                history["train_acc_history"].append(_accuracy(self.predict(batch), targets))
                history["val_acc_history"].append(_accuracy(self.predict(X_val), y_val))
        return history

    def predict(self, X):
        return _forward(X, self.params).scores.argmax(axis=1)
