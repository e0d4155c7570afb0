"""One hidden layer classifier, NumPy only.

Conventions (see handout): one example per row, losses and gradients are batch averages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Parameters:
    """The four arrays of the network; also used for gradients and velocities."""

    w_h: NDArray[np.float64]
    b_h: NDArray[np.float64]
    w_o: NDArray[np.float64]
    b_o: NDArray[np.float64]

    def __iter__(self) -> Iterator[NDArray[np.float64]]:
        yield self.w_h
        yield self.b_h
        yield self.w_o
        yield self.b_o

    @classmethod
    def random(cls, n_in: int, n_hidden: int, n_out: int, rng: np.random.Generator) -> Parameters:
        """Xavier weights, zero biases."""
        return cls(
            w_h=rng.normal(loc=0.0, scale=xavier_std(n_in, n_hidden), size=(n_in, n_hidden)),
            b_h=np.zeros((1, n_hidden)),
            w_o=rng.normal(loc=0.0, scale=xavier_std(n_hidden, n_out), size=(n_hidden, n_out)),
            b_o=np.zeros((1, n_out)),
        )

    def zeros(self) -> Parameters:
        return Parameters(*(np.zeros_like(array) for array in self))

    def as_dict(self) -> dict[str, NDArray[np.float64]]:
        return {"w_h": self.w_h, "b_h": self.b_h, "w_o": self.w_o, "b_o": self.b_o}


@dataclass
class MomentumOptimizer:
    """Heavy ball: v <- gamma v + lr g, w <- w - v."""

    learning_rate: float
    momentum: float
    velocity: Parameters

    def update(self, parameters: Parameters, gradients: Parameters) -> Parameters:
        self.velocity = Parameters(
            *(self.momentum * v + self.learning_rate * g for v, g in zip(self.velocity, gradients))
        )
        return Parameters(*(w - v for w, v in zip(parameters, self.velocity)))


def xavier_std(fan_in: int, fan_out: int) -> float:
    return float(np.sqrt(2.0 / (fan_in + fan_out)))


def relu(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(x > 0, x, 0.0)


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    assert logits.ndim == 2, f"expected (N, C), got {logits.shape}"
    row_max = np.max(logits, axis=1, keepdims=True)
    exponentials = np.exp(logits - row_max)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def compute_layer(
    x: NDArray[np.float64], w: NDArray[np.float64], b: NDArray[np.float64]
) -> NDArray[np.float64]:
    assert x.shape[1] == w.shape[0], f"cannot multiply {x.shape} by {w.shape}"
    return np.add(np.matmul(x, w), b)


def average_ce(target: NDArray[np.float64], prediction: NDArray[np.float64]) -> float:
    assert target.shape == prediction.shape
    n_examples = target.shape[0]
    log_prediction = np.zeros(prediction.shape, dtype=np.float64)
    np.log(prediction, out=log_prediction, where=target > 0)
    return float(-np.sum(target * log_prediction) / n_examples)


def grad_ce(target: NDArray[np.float64], logits: NDArray[np.float64]) -> NDArray[np.float64]:
    assert target.shape == logits.shape
    n_examples = target.shape[0]
    difference = softmax(logits) - target
    return difference / n_examples


def forward_prop(
    x: NDArray[np.float64],
    w_h: NDArray[np.float64],
    b_h: NDArray[np.float64],
    w_o: NDArray[np.float64],
    b_o: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    hidden_in = compute_layer(x, w_h, b_h)
    hidden_out = relu(hidden_in)
    logits = compute_layer(hidden_out, w_o, b_o)
    return hidden_in, hidden_out, logits, softmax(logits)


def backward_prop(
    x: NDArray[np.float64],
    target: NDArray[np.float64],
    w_h: NDArray[np.float64],
    b_h: NDArray[np.float64],
    w_o: NDArray[np.float64],
    b_o: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    hidden_in, hidden_out, logits, _ = forward_prop(x, w_h, b_h, w_o, b_o)

    grad_logits = grad_ce(target, logits)
    grad_w_o = np.matmul(hidden_out.T, grad_logits)
    grad_b_o = np.sum(grad_logits, axis=0, keepdims=True)

    grad_hidden_out = np.matmul(grad_logits, w_o.T)
    grad_hidden_in = np.where(hidden_in > 0, grad_hidden_out, 0.0)
    grad_w_h = np.matmul(x.T, grad_hidden_in)
    grad_b_h = np.sum(grad_hidden_in, axis=0, keepdims=True)

    assert grad_w_h.shape == w_h.shape and grad_w_o.shape == w_o.shape
    return grad_w_h, grad_b_h, grad_w_o, grad_b_o


def train(
    x: NDArray[np.float64],
    t: NDArray[np.float64],
    xv: NDArray[np.float64],
    tv: NDArray[np.float64],
    hidden: int = 64,
    lr: float = 0.1,
    gamma: float = 0.9,
    epochs: int = 200,
    seed: int = 0,
) -> dict[str, NDArray[np.float64]]:
    assert len(x) == len(t) and epochs >= 0
    rng = np.random.default_rng(seed)
    parameters = Parameters.random(x.shape[1], hidden, t.shape[1], rng)
    optimizer = MomentumOptimizer(lr, gamma, parameters.zeros())
    for _epoch in range(epochs):
        gradients = Parameters(*backward_prop(x, t, *parameters))
        parameters = optimizer.update(parameters, gradients)
    return parameters.as_dict()


def _self_test() -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(size=(4, 3))
    target = np.eye(3)[[0, 2, 1, 1]]
    analytic = grad_ce(target, logits)
    step = 1e-6
    for index in np.ndindex(*logits.shape):
        up, down = logits.copy(), logits.copy()
        up[index] += step
        down[index] -= step
        slope = (average_ce(target, softmax(up)) - average_ce(target, softmax(down))) / (2 * step)
        assert abs(slope - analytic[index]) < 1e-8
    print("ok")


if __name__ == "__main__":
    _self_test()
