from typing import Callable, Iterable, NamedTuple

import numpy as np
from numpy.typing import NDArray

A = NDArray[np.float64]


class Weights(NamedTuple):
    w_h: A
    b_h: A
    w_o: A
    b_o: A

    def map(self, f: Callable, *others: "Weights") -> "Weights":
        return Weights(*(f(*xs) for xs in zip(self, *others)))


def relu(x: A) -> A:
    return np.clip(x, 0.0, np.inf)


def log_softmax(z: A) -> A:
    z = z - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def softmax(logits: A) -> A:
    return np.exp(log_softmax(logits))


def compute_layer(x: A, w: A, b: A) -> A:
    return np.einsum("ni,io->no", x, w) + np.reshape(b, (1, -1))


def average_ce(target: A, prediction: A) -> float:
    with np.errstate(divide="ignore"):
        logs = np.log(prediction)
    return float(-np.mean(np.sum(np.multiply(target, logs, where=target > 0, out=np.zeros_like(logs)), axis=1)))


def grad_ce(target: A, logits: A) -> A:
    return np.subtract(softmax(logits), target) / float(len(logits))


def forward_prop(x: A, w_h: A, b_h: A, w_o: A, b_o: A) -> tuple[A, A, A, A]:
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return (z_h, a_h, z_o, softmax(z_o))


def backward_prop(x: A, target: A, w_h: A, b_h: A, w_o: A, b_o: A) -> tuple[A, A, A, A]:
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    gate = (z_h > 0).astype(float)
    d_h = gate * (d_o @ w_o.T)
    ones = np.ones(len(x))
    return x.T @ d_h, ones @ d_h, a_h.T @ d_o, ones @ d_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0) -> dict[str, A]:
    rng = np.random.default_rng(seed)
    layers: Iterable[tuple[int, int]] = ((x.shape[1], hidden), (hidden, t.shape[1]))
    first: list[A] = []
    for i, o in layers:
        first += [rng.normal(0.0, np.sqrt(2.0 / (i + o)), (i, o)), np.zeros(o)]
    w = Weights(*first)
    v = w.map(np.zeros_like)
    for _ in range(epochs):
        grads = Weights(*backward_prop(x, t, *w))
        v = v.map(lambda vel, g: gamma * vel + lr * g, grads)
        w = w.map(lambda a, vel: a - vel, v)
    return w._asdict()
