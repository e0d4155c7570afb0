"""ECE421 A2, part 1. Frozen records in, frozen records out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields
from itertools import islice

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    w_h: Array
    b_h: Array
    w_o: Array
    b_o: Array

    def __iter__(self) -> Iterator[Array]:
        return (getattr(self, f.name) for f in fields(self))

    def as_dict(self) -> dict[str, Array]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def zip_with(self, fn: Callable[[Array, Array], Array], other: Weights) -> Weights:
        return Weights(*(fn(mine, yours) for mine, yours in zip(self, other)))


@dataclass(frozen=True)
class State:
    weights: Weights
    velocity: Weights


@dataclass(frozen=True)
class Hyper:
    lr: float
    gamma: float


def relu(x: Array) -> Array:
    return np.where(x > 0, x, 0.0)


def softmax(logits: Array) -> Array:
    shifted = logits - np.amax(logits, axis=1, keepdims=True)
    return (e := np.exp(shifted)) / np.sum(e, axis=1, keepdims=True)


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    return b + np.matmul(x, w)


def average_ce(target: Array, prediction: Array) -> float:
    per_row = -np.log(np.clip(prediction, 1e-15, None))
    return float(np.einsum("nc,nc->n", target, per_row).mean())


def grad_ce(target: Array, logits: Array) -> Array:
    match logits.shape:
        case (n, _):
            return (softmax(logits) - target) / n
        case shape:
            raise ValueError(f"two axes expected, got {shape}")


def forward_prop(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> tuple[Array, ...]:
    z_h = compute_layer(x, w_h, b_h)
    z_o = compute_layer(a_h := relu(z_h), w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def layer_gradient(inputs: Array, delta: Array) -> tuple[Array, Array]:
    """Weights' and biases' derivative of one affine layer."""
    return inputs.T @ delta, delta.sum(axis=0, keepdims=True)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    delta_h = (delta_o @ w_o.T) * np.heaviside(z_h, 0.0)
    return (*layer_gradient(x, delta_h), *layer_gradient(a_h, delta_o))


def glorot(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    return rng.normal(scale=(2 / (fan_in + fan_out)) ** 0.5, size=(fan_in, fan_out))


def first(rng: np.random.Generator, sizes: tuple[int, int, int]) -> State:
    d, h, c = sizes
    weights = Weights(glorot(rng, d, h), np.zeros((1, h)), glorot(rng, h, c), np.zeros((1, c)))
    return State(weights, Weights(*map(np.zeros_like, weights)))


def advance(state: State, gradient: Weights, hyper: Hyper) -> State:
    velocity = state.velocity.zip_with(lambda v, g: hyper.gamma * v + hyper.lr * g, gradient)
    return State(state.weights.zip_with(np.subtract, velocity), velocity)


def descent(state: State, x: Array, t: Array, hyper: Hyper) -> Iterator[State]:
    while True:
        yield state
        state = advance(state, Weights(*backward_prop(x, t, *state.weights)), hyper)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    start = first(np.random.default_rng(seed), (x.shape[1], hidden, t.shape[1]))
    last = next(islice(descent(start, x, t, Hyper(lr, gamma)), epochs, None))
    return last.weights.as_dict()
