"""Net classifier: frozen records, generators and pure functions; the class is a thin shell."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class Weights:
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    def moved(self, grads: dict[str, np.ndarray], lr: float) -> "Weights":
        return Weights(**{name: value - lr * grads[f"d_{name.lower()}"] for name, value in vars(self).items()})

    def square(self) -> float:
        return sum(float(np.vdot(w, w)) for w in (self.W1, self.W2))


@dataclass(frozen=True)
class Epoch:
    train_loss: float
    train_acc: float
    val_loss: float
    val_acc: float


@dataclass(frozen=True)
class Pass:
    """A forward pass."""

    z1: np.ndarray
    a1: np.ndarray
    p: np.ndarray


def relu(x):
    return np.where(np.greater(x, 0), x, np.zeros_like(x))


def softmax(X):
    return (e := np.exp(X - np.max(X, axis=-1, keepdims=True))) / np.sum(e, axis=-1, keepdims=True)


def one_in_k_encoding(vec, k):
    return np.eye(k)[vec]


def forward(X: np.ndarray, w: Weights) -> Pass:
    z1 = X @ w.W1 + w.b1
    return Pass(z1, a1 := relu(z1), softmax(a1 @ w.W2 + w.b2))


def batches(X: np.ndarray, y: np.ndarray, size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    order = np.random.permutation(len(y))
    X, y = X[order], y[order]
    for first in range(0, len(y), size):
        yield X[first : first + size], y[first : first + size]


class NetClassifier:
    def __init__(self) -> None:
        self.params: dict | None = None
        self.history: dict | None = None

    def predict(self, X, params=None):
        match params:
            case None:
                chosen = self.params
            case _:
                chosen = params
        return forward(X, Weights(**chosen)).p.argmax(axis=-1)

    def score(self, X, y, params=None):
        return float((self.predict(X, params) == y).mean())

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        w = Weights(**params)
        seen = forward(X, w)
        n = X.shape[0]
        hits = seen.p[range(n), y]
        cost = -np.log(hits).mean() + reg * w.square()
        delta2 = (seen.p - one_in_k_encoding(y, w.W2.shape[1])) / n
        delta1 = np.where(seen.z1 > 0, delta2 @ w.W2.T, 0.0)
        grads = {
            "d_w1": X.T @ delta1 + 2 * reg * w.W1,
            "d_w2": seen.a1.T @ delta2 + 2 * reg * w.W2,
            "d_b1": delta1.sum(axis=0).reshape(w.b1.shape),
            "d_b2": delta2.sum(axis=0).reshape(w.b2.shape),
        }
        return cost, grads

    def report(self, X, y, X_val, y_val, w: Weights, reg: float) -> Epoch:
        params = asdict(w)
        return Epoch(
            train_loss=self.cost_grad(X, y, params, reg)[0],
            train_acc=self.score(X, y, params),
            val_loss=self.cost_grad(X_val, y_val, params, reg)[0],
            val_acc=self.score(X_val, y_val, params),
        )

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        w = Weights(**init_params)
        told: list[Epoch] = []
        for _ in range(epochs):
            for X, y in batches(X_train, y_train, batch_size):
                _, grads = self.cost_grad(X, y, vars(w), reg)
                w = w.moved(grads, lr)
            told.append(self.report(X_train, y_train, X_val, y_val, w, reg))
        self.params = asdict(w)
        self.history = {name: [getattr(epoch, name) for epoch in told] for name in Epoch.__annotations__}
