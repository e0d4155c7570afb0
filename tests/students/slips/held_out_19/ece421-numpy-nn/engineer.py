"""Two-layer perceptron, structured as immutable layer parameters, pure functions and a momentum optimiser."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Callable, Dict, Iterator, NamedTuple, Tuple

import numpy as np

Array = np.ndarray
Gradients = Tuple[Array, Array, Array, Array]


@dataclass(frozen=True)
class Parameters:
    w_h: Array
    b_h: Array
    w_o: Array
    b_o: Array

    @staticmethod
    def xavier(n_in: int, n_hidden: int, n_out: int, seed: int) -> "Parameters":
        rng = np.random.default_rng(seed)

        def draw(fan_in: int, fan_out: int) -> Array:
            return rng.normal(loc=0.0, scale=np.sqrt(2.0 / (fan_in + fan_out)), size=(fan_in, fan_out))

        return Parameters(draw(n_in, n_hidden), np.zeros((1, n_hidden)), draw(n_hidden, n_out), np.zeros((1, n_out)))

    @staticmethod
    def zeros_like(other: "Parameters") -> "Parameters":
        return other.map(np.zeros_like)

    def map(self, function: Callable[..., Array], *others: "Parameters") -> "Parameters":
        names = [f.name for f in fields(self)]
        return Parameters(**{n: function(getattr(self, n), *(getattr(o, n) for o in others)) for n in names})

    def as_dict(self) -> Dict[str, Array]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def __iter__(self) -> Iterator[Array]:
        return iter((self.w_h, self.b_h, self.w_o, self.b_o))


class Activations(NamedTuple):
    z_h: Array
    a_h: Array
    z_o: Array
    p: Array


@dataclass(frozen=True)
class Momentum:
    rate: float
    decay: float

    def step(self, params: Parameters, velocity: Parameters, gradient: Parameters) -> Tuple[Parameters, Parameters]:
        new_velocity = velocity.map(lambda v, g: self.decay * v + self.rate * g, gradient)
        new_params = params.map(np.subtract, new_velocity)
        return new_params, new_velocity


class Linear:
    """Stateless affine map and its three derivatives."""

    @staticmethod
    def forward(x: Array, w: Array, b: Array) -> Array:
        return np.matmul(x, w) + b

    @staticmethod
    def backward(x: Array, w: Array, upstream: Array) -> Tuple[Array, Array, Array]:
        d_x = np.matmul(upstream, w.T)
        d_w = np.matmul(x.T, upstream)
        d_b = np.sum(upstream, axis=0, keepdims=True)
        return d_x, d_w, d_b


class Rectifier:
    @staticmethod
    def forward(z: Array) -> Array:
        return np.where(z > 0, z, 0.0)

    @staticmethod
    def backward(z: Array, upstream: Array) -> Array:
        return np.where(z > 0, upstream, 0.0)


def relu(x):
    return Rectifier.forward(x)


def softmax(logits):
    row_max = np.max(logits, axis=1, keepdims=True)
    unnormalised = np.exp(logits - row_max)
    return unnormalised / np.sum(unnormalised, axis=1, keepdims=True)


def compute_layer(x, w, b):
    return Linear.forward(x, w, b)


def average_ce(target, prediction):
    batch_size = target.shape[0]
    log_likelihood = np.zeros_like(prediction)
    np.log(prediction, out=log_likelihood, where=target > 0)
    return float(-(target * log_likelihood).sum() / batch_size)


def grad_ce(target, logits):
    batch_size = target.shape[0]
    return (softmax(logits) - target) / batch_size


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return tuple(Activations(z_h, a_h, z_o, softmax(z_o)))


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    acts = Activations(*forward_prop(x, w_h, b_h, w_o, b_o))
    d_logits = grad_ce(target, acts.z_o)
    d_a_h, d_w_o, d_b_o = Linear.backward(acts.a_h, w_o, d_logits)
    d_z_h = Rectifier.backward(acts.z_h, d_a_h)
    _, d_w_h, d_b_h = Linear.backward(x, w_h, d_z_h)
    return d_w_h, d_b_h, d_w_o, d_b_o


def trajectory(x: Array, t: Array, start: Parameters, optimiser: Momentum) -> Iterator[Parameters]:
    """Endless generator of parameters, the first of them untouched."""
    params, velocity = start, Parameters.zeros_like(start)
    while True:
        yield params
        gradient = Parameters(*backward_prop(x, t, *params))
        params, velocity = optimiser.step(params, velocity, gradient)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    start = Parameters.xavier(x.shape[1], hidden, t.shape[1], seed)
    steps = trajectory(x, t, start, Momentum(rate=lr, decay=gamma))
    final = next(steps)
    for _ in range(epochs):
        final = next(steps)
    return final.as_dict()
