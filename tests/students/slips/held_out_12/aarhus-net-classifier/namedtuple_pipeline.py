"""Network classifier. Immutable parameter tuples inside, dictionaries only where the hand-in asks for them."""

from typing import Iterator, NamedTuple, Optional, Tuple

import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def log_softmax(X: np.ndarray) -> np.ndarray:
    return X - np.logaddexp.reduce(X, axis=1, keepdims=True)


def softmax(X: np.ndarray) -> np.ndarray:
    return np.exp(log_softmax(X))


def relu(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, x, np.zeros_like(x))


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class Params(NamedTuple):
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    @classmethod
    def of(cls, mapping) -> "Params":
        return cls(*(mapping[name] for name in cls._fields))

    def stepped(self, grads: "Params", lr: float) -> "Params":
        return Params(*(w - lr * g for w, g in zip(self, grads)))


class Activations(NamedTuple):
    z1: np.ndarray
    a1: np.ndarray
    z2: np.ndarray


def _forward(X: np.ndarray, p: Params) -> Activations:
    z1 = X @ p.W1 + p.b1
    a1 = relu(z1)
    return Activations(z1, a1, a1 @ p.W2 + p.b2)


def _cost(z2: np.ndarray, y: np.ndarray, p: Params, reg: float) -> float:
    chosen = np.take_along_axis(log_softmax(z2), np.reshape(y, (-1, 1)), axis=1)
    return float(-chosen.mean() + reg * ((p.W1 * p.W1).sum() + (p.W2 * p.W2).sum()))


def _gradients(X: np.ndarray, y: np.ndarray, acts: Activations, p: Params, reg: float) -> Params:
    delta2 = (softmax(acts.z2) - one_in_k_encoding(y, acts.z2.shape[1])) / X.shape[0]
    delta1 = np.where(acts.z1 > 0, delta2 @ p.W2.T, 0.0)
    return Params(
        W1=X.T @ delta1 + 2 * reg * p.W1,
        b1=delta1.sum(axis=0, keepdims=True),
        W2=acts.a1.T @ delta2 + 2 * reg * p.W2,
        b2=delta2.sum(axis=0, keepdims=True),
    )


def _batches(X, y, size: int) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    order = np.random.permutation(X.shape[0])
    cuts = np.arange(size, X.shape[0], size)
    for block in np.split(order, cuts):
        yield X[block], y[block]


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def _chosen(self, params: Optional[dict]) -> Params:
        chosen = params if params is not None else self.params
        assert chosen is not None, "call fit first, or pass params"
        return Params.of(chosen)

    def predict(self, X, params=None):
        return _forward(X, self._chosen(params)).z2.argmax(axis=1)

    def score(self, X, y, params=None):
        return float(np.count_nonzero(self.predict(X, params) == y) / len(y))

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        p = Params.of(params)
        acts = _forward(X, p)
        g = _gradients(X, y, acts, p, reg)
        return _cost(acts.z2, y, p, reg), {f"d_{name.lower()}": value for name, value in g._asdict().items()}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        p = Params.of({name: np.copy(value) for name, value in init_params.items()})
        table = np.zeros((epochs, 4))
        for epoch in range(epochs):
            for X, y in _batches(X_train, y_train, batch_size):
                p = p.stepped(_gradients(X, y, _forward(X, p), p, reg), lr)
            now = p._asdict()
            table[epoch] = (
                self.cost_grad(X_train, y_train, now, reg)[0],
                self.score(X_train, y_train, now),
                self.cost_grad(X_val, y_val, now, reg)[0],
                self.score(X_val, y_val, now),
            )
        self.params = dict(p._asdict())
        columns = ("train_loss", "train_acc", "val_loss", "val_acc")
        self.history = {name: table[:, i].tolist() for i, name in enumerate(columns)}
