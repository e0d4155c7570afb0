"""Two-layer neural network classifier for hand-in 2.

This module implements a fully connected network with one hidden ReLU layer, trained with
mini-batch stochastic gradient descent on the L2-regularised cross-entropy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

Params = dict[str, np.ndarray]


def one_in_k_encoding(vec: np.ndarray, k: int) -> np.ndarray:
    """Return the one-hot encoding of ``vec`` with ``k`` columns."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    """Numerically stable row-wise log-softmax."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(X: np.ndarray) -> np.ndarray:
    """Row-wise softmax."""
    return np.exp(_log_softmax(X))


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit."""
    return np.where(x > 0, x, 0.0)


def relu_derivative(x: np.ndarray) -> np.ndarray:
    """Derivative of the ReLU with respect to its pre-activation."""
    return (x > 0).astype(np.float64)


def get_init_params(input_dim: int, hidden_size: int, output_size: int) -> Params:
    """He-initialised parameters."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


@dataclass(frozen=True)
class ForwardCache:
    """Intermediate values of the forward pass that the backward pass needs."""

    inputs: np.ndarray
    pre_hidden: np.ndarray
    hidden: np.ndarray
    log_probs: np.ndarray


@dataclass
class TrainingLog:
    """Per-epoch metrics."""

    train_loss: list[float] = field(default_factory=list)
    train_acc: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_acc: list[float] = field(default_factory=list)

    def as_dict(self) -> dict[str, list[float]]:
        """Return the log as a plain dictionary."""
        return {
            "train_loss": self.train_loss,
            "train_acc": self.train_acc,
            "val_loss": self.val_loss,
            "val_acc": self.val_acc,
        }


def _forward(X: np.ndarray, params: Params) -> ForwardCache:
    """Run the forward pass and cache the intermediate values."""
    pre_hidden = X @ params["W1"] + params["b1"]
    hidden = relu(pre_hidden)
    logits = hidden @ params["W2"] + params["b2"]
    return ForwardCache(inputs=X, pre_hidden=pre_hidden, hidden=hidden, log_probs=_log_softmax(logits))


def _l2_penalty(params: Params) -> float:
    """Sum of squared weights (biases excluded)."""
    return sum(float(np.sum(params[key] ** 2)) for key in ("W1", "W2"))


def _nll(log_probs: np.ndarray, y: np.ndarray) -> float:
    """Mean negative log-likelihood."""
    return -float(log_probs[np.arange(y.shape[0]), y].mean())


def _backward(cache: ForwardCache, y: np.ndarray, params: Params, reg: float) -> Params:
    """Backpropagate through the network."""
    batch = y.shape[0]
    num_classes = params["W2"].shape[1]
    d_logits = (np.exp(cache.log_probs) - one_in_k_encoding(y, num_classes)) / batch
    d_hidden = d_logits @ params["W2"].T
    d_pre_hidden = d_hidden * relu_derivative(cache.pre_hidden)
    return {
        "d_w1": cache.inputs.T @ d_pre_hidden + 2 * reg * params["W1"],
        "d_w2": cache.hidden.T @ d_logits + 2 * reg * params["W2"],
        "d_b1": d_pre_hidden.sum(axis=0, keepdims=True),
        "d_b2": d_logits.sum(axis=0, keepdims=True),
    }


def _iterate_minibatches(X: np.ndarray, y: np.ndarray, batch_size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield shuffled mini-batches; the last one may be smaller."""
    indices = np.random.permutation(len(X))
    for start in range(0, len(indices), batch_size):
        chosen = indices[start : start + batch_size]
        yield X[chosen], y[chosen]


def _sgd_update(params: Params, grads: Params, lr: float) -> Params:
    """Return the parameters after one gradient-descent step."""
    return {key: value - lr * grads[f"d_{key.lower()}"] for key, value in params.items()}


class NetClassifier:
    """Neural network with a single hidden layer."""

    def __init__(self) -> None:
        self.params: Params | None = None
        self.history: dict[str, list[float]] | None = None

    def predict(self, X: np.ndarray, params: Params | None = None) -> np.ndarray:
        """Predict the most likely class of every row of ``X``."""
        used = params if params is not None else self.params
        return _forward(X, used).log_probs.argmax(axis=1)

    def score(self, X: np.ndarray, y: np.ndarray, params: Params | None = None) -> float:
        """Classification accuracy."""
        return float(np.mean(self.predict(X, params) == np.asarray(y).ravel()))

    @staticmethod
    def cost_grad(X: np.ndarray, y: np.ndarray, params: Params, reg: float = 0.0) -> tuple[float, Params]:
        """Regularised cost and its gradients."""
        cache = _forward(X, params)
        cost = _nll(cache.log_probs, y) + reg * _l2_penalty(params)
        return cost, _backward(cache, y, params, reg)

    def _record(self, log: TrainingLog, params: Params, train: tuple, val: tuple, reg: float) -> None:
        """Append the metrics of the current epoch."""
        log.train_loss.append(self.cost_grad(*train, params, reg)[0])
        log.train_acc.append(self.score(*train, params))
        log.val_loss.append(self.cost_grad(*val, params, reg)[0])
        log.val_acc.append(self.score(*val, params))

    def fit(
        self,
        X_train: np.ndarray,
        y_train: np.ndarray,
        X_val: np.ndarray,
        y_val: np.ndarray,
        init_params: Params,
        batch_size: int = 32,
        lr: float = 0.1,
        reg: float = 1e-4,
        epochs: int = 30,
    ) -> None:
        """Train with mini-batch SGD and keep the parameters with the lowest validation loss."""
        params = {key: np.copy(value) for key, value in init_params.items()}
        log = TrainingLog()
        best_loss = np.inf
        best_params = params

        for _ in range(epochs):
            for X_batch, y_batch in _iterate_minibatches(X_train, y_train, batch_size):
                _, grads = self.cost_grad(X_batch, y_batch, params, reg)
                params = _sgd_update(params, grads, lr)

            self._record(log, params, (X_train, y_train), (X_val, y_val), reg)
            if log.val_loss[-1] < best_loss:
                best_loss = log.val_loss[-1]
                best_params = params

        self.params = best_params
        self.history = log.as_dict()
