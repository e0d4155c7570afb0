"""A tiny framework: layer objects with their own caches, a batch stream, a meter of seen examples."""

import logging
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from typing import Optional

import numpy as np


class Layer(ABC):
    @abstractmethod
    def forward(self, x: np.ndarray) -> np.ndarray: ...

    @abstractmethod
    def backward(self, upstream: np.ndarray) -> np.ndarray: ...


class Affine(Layer):
    __slots__ = ("weight", "bias", "seen", "grad_weight", "grad_bias")

    def __init__(self, weight: np.ndarray, bias: np.ndarray):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.seen = x
        return np.add(np.matmul(x, self.weight), self.bias)

    def backward(self, upstream):
        self.grad_weight = np.matmul(self.seen.T, upstream)
        self.grad_bias = np.add.reduce(upstream, axis=0)
        return np.matmul(upstream, self.weight.T)


class Rectifier(Layer):
    __slots__ = ("gate",)

    def forward(self, x):
        self.gate = np.heaviside(x, 0.0)
        return x * self.gate

    def backward(self, upstream):
        return upstream * self.gate


class SoftmaxLoss:
    """Average negative log likelihood."""

    def __init__(self, scores: np.ndarray, labels: np.ndarray):
        self.n = scores.shape[0]
        self.labels = labels
        top = scores.max(axis=1, keepdims=True)
        self.log_p = scores - (top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True)))

    @property
    def value(self) -> float:
        return -sum(row[label] for row, label in zip(self.log_p, self.labels)) / self.n

    @property
    def derivative(self) -> np.ndarray:
        hot = np.eye(self.log_p.shape[1])[self.labels]
        return (np.exp(self.log_p) - hot) / self.n


@dataclass
class Journal:
    loss_history: list = field(default_factory=list)
    train_acc_history: list = field(default_factory=list)
    val_acc_history: list = field(default_factory=list)


class IndexStream:
    """An endless sequence of indices, permutation after permutation, from which batches are cut."""

    def __init__(self, n: int):
        self.n = n
        self.rest = np.empty(0, dtype=int)

    def take(self, count: int) -> np.ndarray:
        while self.rest.size < count:
            self.rest = np.append(self.rest, np.random.permutation(self.n))
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _build(self):
        return [
            Affine(self.params["W1"], self.params["b1"]),
            Rectifier(),
            Affine(self.params["W2"], self.params["b2"]),
        ]

    def loss(self, X: np.ndarray, y: Optional[np.ndarray] = None, reg: float = 0.0):
        layers = self._build()
        out = X
        for layer in layers:
            out = layer.forward(out)
        if y is None:
            return out

        criterion = SoftmaxLoss(out, y)
        upstream = criterion.derivative
        for layer in reversed(layers):
            upstream = layer.backward(upstream)

        value, grads = criterion.value, {}
        for number, layer in enumerate((layers[0], layers[2]), start=1):
            value += reg * np.sum(layer.weight * layer.weight)
            grads[f"W{number}"] = layer.grad_weight + 2 * reg * layer.weight
            grads[f"b{number}"] = layer.grad_bias
        return value, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = len(X)
        batch = min(batch_size, n)
        journal, stream = Journal(), IndexStream(n)
        seen_in_pass = 0
        for i in range(num_iters):
            rows = stream.take(batch)
            value, grads = self.loss(X[rows], y[rows], reg)
            journal.loss_history.append(value)
            self.params = {key: old - learning_rate * grads[key] for key, old in self.params.items()}

            seen_in_pass += batch
            if seen_in_pass >= n:  # a pass over the data is complete
                seen_in_pass -= n
                learning_rate *= learning_rate_decay
                journal.train_acc_history.append(np.mean(self.predict(X) == y))
                journal.val_acc_history.append(np.mean(self.predict(X_val) == y_val))
                if verbose:
                    logging.getLogger(__name__).info("iteration %d, loss %.4f", i, value)
        return asdict(journal)

    def predict(self, X):
        return self.loss(X).argmax(axis=-1)
