"""Style: from __future__ annotations, type hints, numpy.typing, dataclass, defaults, keyword-only options."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Iterator, NamedTuple, Tuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Gradients(NamedTuple):
    dW_h: Array
    db_h: Array
    dW_o: Array
    db_o: Array


@dataclass
class Parameters:
    w_h: Array
    b_h: Array
    w_o: Array
    b_o: Array
    velocity: Dict[str, Array] = field(default_factory=dict)

    @classmethod
    def xavier(cls, d: int, h: int, c: int, rng: np.random.Generator) -> "Parameters":
        return cls(rng.normal(0, np.sqrt(2 / (d + h)), (d, h)), np.zeros((1, h)),
                   rng.normal(0, np.sqrt(2 / (h + c)), (h, c)), np.zeros((1, c)))

    def __iter__(self) -> Iterator[Array]:
        yield from (self.w_h, self.b_h, self.w_o, self.b_o)


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def softmax(logits: Array, *, axis: int = 1) -> Array:
    e: Array = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    return x @ w + b


def average_ce(target: Array, prediction: Array, *, eps: float = 1e-15) -> float:
    return float(-(target * np.log(np.clip(prediction, eps, 1 - eps))).sum() / len(target))


def grad_ce(target: Array, logits: Array) -> Array:
    return (softmax(logits) - target) / len(target)


def forward_prop(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> Tuple[Array, Array, Array, Array]:
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> Gradients:
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return Gradients(x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True))


def train(
    x: Array, t: Array, xv: Array, tv: Array,
    hidden: int = 64, lr: float = 0.1, gamma: float = 0.9, epochs: int = 200, seed: int = 0,
) -> Dict[str, Array]:
    p = Parameters.xavier(x.shape[1], hidden, t.shape[1], np.random.default_rng(seed))
    for _ in range(epochs):
        gradients = backward_prop(x, t, *p)
        for name, gradient in zip(("w_h", "b_h", "w_o", "b_o"), gradients):
            p.velocity[name] = gamma * p.velocity.get(name, np.zeros_like(gradient)) + lr * gradient
            setattr(p, name, getattr(p, name) - p.velocity[name])
    return {"w_h": p.w_h, "b_h": p.b_h, "w_o": p.w_o, "b_o": p.b_o}
