"""Each layer is a function that returns its value and its pullback; the network is their composition."""

from functools import reduce
from itertools import accumulate
from typing import Callable, NamedTuple

import numpy as np

Params = dict[str, np.ndarray]


def one_in_k_encoding(vec, k):
    """One-hot rows by comparison."""
    return (np.asarray(vec)[:, None] == np.arange(k)[None, :]).astype(np.float64)


def softmax(X):
    """exp(log_softmax)."""
    return np.exp(log_softmax(X))


def log_softmax(X: np.ndarray) -> np.ndarray:
    shifted = X - np.max(X, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def relu(x):
    """x where it is positive."""
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    he = lambda rows, cols: np.random.normal(0, np.sqrt(2 / rows), (rows, cols))  # noqa: E731
    return {
        "W1": he(input_dim, hidden_size),
        "b1": np.zeros((1, hidden_size)),
        "W2": he(hidden_size, output_size),
        "b2": np.zeros((1, output_size)),
    }


class Node(NamedTuple):
    """A value and the function that carries a gradient by it back to the arguments."""

    value: np.ndarray
    pull: Callable


def affine(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> Node:
    def pull(upstream):
        d_x = np.einsum("nk,hk->nh", upstream, w)
        d_w = np.einsum("nh,nk->hk", x, upstream)
        d_b = np.einsum("nk->k", upstream)[None, :]
        return d_x, d_w, d_b

    return Node(x @ w + b, pull)


def rectify(z: np.ndarray) -> Node:
    on = z > 0
    return Node(relu(z), lambda upstream: np.where(on, upstream, 0.0))


def cross_entropy(z: np.ndarray, y: np.ndarray) -> Node:
    n, k = z.shape
    log_p = log_softmax(z)
    hot = one_in_k_encoding(y, k)
    value = -np.einsum("nk,nk->", hot, log_p) / n
    return Node(value, lambda upstream=1.0: upstream * (np.exp(log_p) - hot) / n)


def ridge(w: np.ndarray, strength: float) -> Node:
    return Node(strength * np.vdot(w, w), lambda upstream=1.0: upstream * 2 * strength * w)


def slices(n: int, size: int):
    """Yields the slices of an epoch; the last may be shorter."""
    yield from (slice(lo, lo + size) for lo in range(0, n, size))


class NetClassifier:
    """Fitted state is only written at the end of fit."""

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        p = params or self.params
        stages = [
            lambda x: affine(x, p["W1"], p["b1"]).value,
            relu,
            lambda a: affine(a, p["W2"], p["b2"]).value,
            softmax,
            lambda probs: probs.argmax(axis=-1),
        ]
        return reduce(lambda state, stage: stage(state), stages, X)

    def score(self, X, y, params=None):
        return float(np.mean(np.equal(self.predict(X, params), y)))

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = map(params.__getitem__, ("W1", "b1", "W2", "b2"))

        lower = affine(X, W1, b1)
        hidden = rectify(lower.value)
        upper = affine(hidden.value, W2, b2)
        data = cross_entropy(upper.value, y)
        penalties = [ridge(W1, reg), ridge(W2, reg)]
        cost = data.value + sum(node.value for node in penalties)

        d_hidden, d_w2, d_b2 = upper.pull(data.pull())
        _, d_w1, d_b1 = lower.pull(hidden.pull(d_hidden))
        r1, r2 = (node.pull() for node in penalties)
        return cost, {"d_w1": d_w1 + r1, "d_w2": d_w2 + r2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        n = X_train.shape[0]

        def step(theta: Params, rows: np.ndarray) -> Params:
            _, grads = self.cost_grad(X_train[rows], y_train[rows], theta, reg)
            return {name: w - lr * grads[f"d_{name.lower()}"] for name, w in theta.items()}

        def epoch(theta: Params, _: int) -> Params:
            order = np.random.permutation(n)
            return reduce(step, (order[s] for s in slices(n, batch_size)), theta)

        start = {name: np.array(w, dtype=np.float64) for name, w in init_params.items()}
        _, *after = accumulate(range(epochs), epoch, initial=start)

        def curve(measure: Callable, X: np.ndarray, y: np.ndarray) -> list[float]:
            return [float(measure(X, y, theta)) for theta in after]

        loss = lambda X, y, theta: self.cost_grad(X, y, theta, reg)[0]  # noqa: E731
        self.history = {
            "train_loss": curve(loss, X_train, y_train),
            "train_acc": curve(self.score, X_train, y_train),
            "val_loss": (val_loss := curve(loss, X_val, y_val)),
            "val_acc": curve(self.score, X_val, y_val),
        }
        self.params = after[int(np.argmin(val_loss))]
