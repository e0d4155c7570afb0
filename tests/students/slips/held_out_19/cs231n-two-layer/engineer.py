"""Two-layer network: the class is a thin shell around layers, a loss, an optimiser and a sampler."""

from dataclasses import dataclass, field
from typing import Callable, Dict, Iterator, List, Tuple

import numpy as np

Grads = Dict[str, np.ndarray]
Pullback = Callable[[np.ndarray], Tuple[np.ndarray, Grads]]


def affine(x: np.ndarray, w: np.ndarray, b: np.ndarray, tag: str) -> Tuple[np.ndarray, Pullback]:
    def pullback(upstream: np.ndarray) -> Tuple[np.ndarray, Grads]:
        return upstream @ w.T, {f"W{tag}": x.T @ upstream, f"b{tag}": np.sum(upstream, axis=0)}

    return x @ w + b, pullback


def rectify(x: np.ndarray) -> Tuple[np.ndarray, Pullback]:
    positive = x > 0

    def pullback(upstream: np.ndarray) -> Tuple[np.ndarray, Grads]:
        return upstream * positive, {}

    return x * positive, pullback


@dataclass(frozen=True)
class SoftmaxLoss:
    labels: np.ndarray

    def __call__(self, scores: np.ndarray) -> Tuple[float, np.ndarray]:
        """Average loss, and its gradient by the scores."""
        rows = np.arange(len(scores))
        exps = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        probs = exps / np.sum(exps, axis=1, keepdims=True)
        value = -np.log(probs[rows, self.labels] + 1e-12).mean()
        grad = probs.copy()
        grad[rows, self.labels] -= 1.0
        return float(value), grad / len(scores)


@dataclass
class L2Penalty:
    strength: float
    names: Tuple[str, ...] = ("W1", "W2")

    def value(self, params: Grads) -> float:
        return sum(self.strength * float(np.sum(params[name] ** 2)) for name in self.names)

    def add_gradient(self, params: Grads, grads: Grads) -> Grads:
        return {k: g + 2 * self.strength * params[k] if k in self.names else g for k, g in grads.items()}


@dataclass
class Descent:
    rate: float
    decay: float
    period: int
    count: int = field(default=0)

    def step(self, params: Grads, grads: Grads) -> None:
        for name, grad in grads.items():
            params[name] = params[name] - self.rate * grad
        self.count += 1
        if self.end_of_pass:
            self.rate *= self.decay

    @property
    def end_of_pass(self) -> bool:
        return self.count % self.period == 0


def sampler(X: np.ndarray, y: np.ndarray, size: int) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Endless batches: shuffled passes over the data, each cut into batches."""
    size = min(size, len(X))
    while True:
        order = np.random.permutation(len(X))
        for start in range(0, len(X) - size + 1, size):
            chosen = order[start : start + size]
            yield X[chosen], y[chosen]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _forward(self, X) -> Tuple[np.ndarray, List[Pullback]]:
        p = self.params
        pre, back_first = affine(X, p["W1"], p["b1"], "1")
        hidden, back_relu = rectify(pre)
        scores, back_second = affine(hidden, p["W2"], p["b2"], "2")
        return scores, [back_first, back_relu, back_second]

    def loss(self, X, y=None, reg=0.0):
        scores, tape = self._forward(X)
        if y is None:
            return scores
        penalty = L2Penalty(reg)
        data_loss, upstream = SoftmaxLoss(y)(scores)
        grads: Grads = {}
        for pullback in reversed(tape):
            upstream, found = pullback(upstream)
            grads.update(found)
        return data_loss + penalty.value(self.params), penalty.add_gradient(self.params, grads)

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
        history: Dict[str, List[float]] = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        optimiser = Descent(learning_rate, learning_rate_decay, max(len(X) // batch_size, 1))
        for _, (inputs, labels) in zip(range(num_iters), sampler(X, y, batch_size)):
            loss, grads = self.loss(inputs, labels, reg)
            history["loss_history"].append(loss)
            optimiser.step(self.params, grads)
            if optimiser.end_of_pass:
                history["train_acc_history"].append(self._accuracy(X, y))
                history["val_acc_history"].append(self._accuracy(X_val, y_val))
                if verbose:
                    print(f"{optimiser.count}: loss {loss:.4f}")
        return history

    def _accuracy(self, X, y) -> float:
        return float(np.mean(self.predict(X) == y))

    def predict(self, X):
        return self._forward(X)[0].argmax(axis=1)
