"""Network classifier composed of small, testable pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

Params = dict[str, np.ndarray]


class Split(Enum):
    TRAIN = "train"
    VAL = "val"


def softmax(X: np.ndarray) -> np.ndarray:
    shifted = np.subtract(X, np.max(X, axis=-1, keepdims=True))
    weights = np.exp(shifted)
    return np.divide(weights, np.sum(weights, axis=-1, keepdims=True))


def relu(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, x, np.zeros_like(x))


@dataclass(frozen=True)
class Affine:
    """X W + b, and its pullback."""

    weight: np.ndarray
    bias: np.ndarray

    def __call__(self, inputs: np.ndarray) -> np.ndarray:
        return inputs @ self.weight + self.bias

    def pullback(self, inputs: np.ndarray, upstream: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Gradients by weight, bias and inputs."""
        return inputs.T @ upstream, upstream.sum(axis=0, keepdims=True), upstream @ self.weight.T


@dataclass
class Tape:
    """Everything the backward pass needs from the forward pass."""

    inputs: np.ndarray
    pre: np.ndarray
    hidden: np.ndarray
    probabilities: np.ndarray


def layers_of(params: Mapping[str, np.ndarray]) -> tuple[Affine, Affine]:
    return Affine(params["W1"], params["b1"]), Affine(params["W2"], params["b2"])


def run_forward(X: np.ndarray, params: Mapping[str, np.ndarray]) -> Tape:
    first, second = layers_of(params)
    pre = first(X)
    hidden = relu(pre)
    return Tape(X, pre, hidden, softmax(second(hidden)))


def cross_entropy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    chosen = probabilities[np.arange(labels.size), labels]
    return float(np.mean(-np.log(np.clip(chosen, 1e-15, None))))


def ridge(params: Mapping[str, np.ndarray], strength: float) -> float:
    return strength * sum(float(np.sum(np.square(value))) for name, value in params.items() if name.startswith("W"))


def minibatches(X: np.ndarray, y: np.ndarray, size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    indices = np.arange(X.shape[0])
    np.random.shuffle(indices)
    for first in range(0, indices.size, size):
        chosen = indices[first : first + size]
        yield X[chosen], y[chosen]


@dataclass
class Recorder:
    series: dict[str, list[float]] = field(default_factory=dict)

    def add(self, split: Split, loss: float, accuracy: float) -> None:
        self.series.setdefault(f"{split.value}_loss", []).append(loss)
        self.series.setdefault(f"{split.value}_acc", []).append(accuracy)


class NetClassifier:
    def __init__(self) -> None:
        self.params: Params | None = None
        self.history: dict[str, list[float]] | None = None

    def predict(self, X: np.ndarray, params: Params | None = None) -> np.ndarray:
        used = params if params is not None else self.params
        return np.argmax(run_forward(X, used).probabilities, axis=-1)

    def score(self, X: np.ndarray, y: np.ndarray, params: Params | None = None) -> float:
        hits = np.equal(self.predict(X, params), y)
        return float(np.mean(hits))

    @staticmethod
    def cost_grad(X: np.ndarray, y: np.ndarray, params: Params, reg: float = 0.0) -> tuple[float, Params]:
        tape = run_forward(X, params)
        first, second = layers_of(params)
        cost = cross_entropy(tape.probabilities, y) + ridge(params, reg)
        targets = np.eye(second.weight.shape[1])[y]
        delta2 = (tape.probabilities - targets) / len(targets)
        d_w2, d_b2, upstream = second.pullback(tape.hidden, delta2)
        delta1 = np.where(tape.pre > 0, upstream, 0.0)
        d_w1, d_b1, _ = first.pullback(tape.inputs, delta1)
        grads = {"d_w1": d_w1, "d_b1": d_b1, "d_w2": d_w2, "d_b2": d_b2}
        for name in ("W1", "W2"):
            grads[f"d_{name.lower()}"] = grads[f"d_{name.lower()}"] + 2.0 * reg * params[name]
        return cost, grads

    @staticmethod
    def _descend(params: Params, grads: Params, rate: float) -> Params:
        return {name: value - rate * grads[f"d_{name.lower()}"] for name, value in params.items()}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30) -> None:
        current: Params = {name: value.copy() for name, value in init_params.items()}
        recorder = Recorder()
        splits = {Split.TRAIN: (X_train, y_train), Split.VAL: (X_val, y_val)}
        best, best_accuracy = current, -1.0
        for _ in range(epochs):
            for inputs, labels in minibatches(X_train, y_train, batch_size):
                _, grads = self.cost_grad(inputs, labels, current, reg)
                current = self._descend(current, grads, lr)
            for split, (inputs, labels) in splits.items():
                loss, _ = self.cost_grad(inputs, labels, current, reg)
                recorder.add(split, loss, self.score(inputs, labels, current))
            if recorder.series["val_acc"][-1] >= best_accuracy:
                best, best_accuracy = current, recorder.series["val_acc"][-1]
        self.params = best
        self.history = recorder.series
