"""ECE421 network, one example per COLUMN throughout: x (D, N), w (H, D), b (H, 1), z = w x + b."""
from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np


@dataclass(frozen=True)
class Params:
    w_h: np.ndarray
    b_h: np.ndarray
    w_o: np.ndarray
    b_o: np.ndarray

    def as_dict(self) -> dict:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def combine(self, other: "Params", mine: float, theirs: float) -> "Params":
        """mine * self + theirs * other, field by field."""
        mixed = {name: mine * value + theirs * getattr(other, name) for name, value in self.as_dict().items()}
        return replace(self, **mixed)

    @classmethod
    def zeros_like(cls, other: "Params") -> "Params":
        return cls(**{name: np.zeros_like(value) for name, value in other.as_dict().items()})


def relu(x):
    return (x + np.abs(x)) / 2


def softmax(logits):
    """Columns are distributions."""
    biggest = np.take_along_axis(logits, logits.argmax(axis=0)[None, :], axis=0)
    shifted = logits - biggest
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=0)))


def compute_layer(x, w, b):
    return w @ x + b


def average_ce(target, prediction):
    N = target.shape[1]
    hit = target != 0
    return -(target[hit] * np.log(prediction[hit])).sum() / N


def grad_ce(target, logits):
    d = softmax(logits)
    d -= target
    d /= target.shape[1]
    return d


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    ones = np.ones((x.shape[1], 1))
    d_o = grad_ce(target, z_o)
    d_h = np.where(z_h > 0, w_o.T @ d_o, 0.0)
    return d_h @ x.T, d_h @ ones, d_o @ a_h.T, d_o @ ones


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[0], t.shape[0]
    params = Params(
        w_h=rng.normal(scale=(2 / (D + hidden)) ** 0.5, size=(hidden, D)),
        b_h=np.zeros((hidden, 1)),
        w_o=rng.normal(scale=(2 / (hidden + C)) ** 0.5, size=(C, hidden)),
        b_o=np.zeros((C, 1)),
    )
    velocity = Params.zeros_like(params)
    for _ in range(epochs):
        slope = Params(*backward_prop(x, t, **params.as_dict()))
        velocity = velocity.combine(slope, gamma, lr)
        params = params.combine(velocity, 1.0, -1.0)
    return params.as_dict()
