"""A network with one hidden ReLU layer, trained with momentum on the whole training set."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.random import Generator

Array = np.ndarray


@dataclass
class Parameters:
    """The weights and biases of both layers; also used for their gradients and velocities."""

    w_h: Array
    b_h: Array
    w_o: Array
    b_o: Array

    def as_dict(self) -> dict[str, Array]:
        """Name -> array, without copies."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def zeros_like(self) -> Parameters:
        """Zeros of the same shapes."""
        return Parameters(**{name: np.zeros_like(value) for name, value in self.as_dict().items()})


class MomentumOptimizer:
    """v = gamma v + lr gradient, w = w - v."""

    def __init__(self, parameters: Parameters, lr: float, gamma: float) -> None:
        self.parameters = parameters
        self.velocity = parameters.zeros_like()
        self.lr = lr
        self.gamma = gamma

    def step(self, gradients: Parameters) -> None:
        """Move every parameter once."""
        for name, gradient in gradients.as_dict().items():
            velocity = self.gamma * getattr(self.velocity, name) + self.lr * gradient
            setattr(self.velocity, name, velocity)
            setattr(self.parameters, name, getattr(self.parameters, name) - velocity)


def relu(x: Array) -> Array:
    """max(x, 0) for each entry."""
    return np.where(x > 0, x, 0.0)


def _relu_slope(pre_activation: Array) -> Array:
    """1 where the unit is on, 0 where it is off."""
    return (pre_activation > 0).astype(float)


def softmax(logits: Array) -> Array:
    """One distribution for each row."""
    assert logits.ndim == 2
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    """x w + b."""
    assert x.shape[1] == w.shape[0]
    return np.matmul(x, w) + b


def average_ce(target: Array, prediction: Array) -> float:
    """Average cross-entropy; only the true classes' probabilities are looked at."""
    assert target.shape == prediction.shape
    logarithms = np.zeros(target.shape)
    np.log(prediction, out=logarithms, where=target > 0)
    return float(-np.sum(target * logarithms) / target.shape[0])


def grad_ce(target: Array, logits: Array) -> Array:
    """Derivative of the average cross-entropy by the logits."""
    num_examples = target.shape[0]
    gradient = (softmax(logits) - target) / num_examples
    assert gradient.shape == logits.shape
    return gradient


def forward_prop(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> tuple[Array, Array, Array, Array]:
    """Pre-activations, activations, logits and probabilities."""
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def _layer_gradients(inputs: Array, delta: Array) -> tuple[Array, Array]:
    """Gradients by the weights and biases of a layer with these inputs and this delta at its outputs."""
    return inputs.T @ delta, np.sum(delta, axis=0, keepdims=True)


def backward_prop(
    x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array
) -> tuple[Array, Array, Array, Array]:
    """dW_h, db_h, dW_o, db_o."""
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    delta_h = (delta_o @ w_o.T) * _relu_slope(z_h)
    dW_o, db_o = _layer_gradients(a_h, delta_o)
    dW_h, db_h = _layer_gradients(x, delta_h)
    assert dW_h.shape == w_h.shape and dW_o.shape == w_o.shape
    return dW_h, db_h, dW_o, db_o


def _glorot(rng: Generator, inputs: int, outputs: int) -> Array:
    """Normal weights with variance 2 / (inputs + outputs)."""
    return rng.normal(loc=0.0, scale=np.sqrt(2 / (inputs + outputs)), size=(inputs, outputs))


def train(
    x: Array,
    t: Array,
    xv: Array,
    tv: Array,
    hidden: int = 64,
    lr: float = 0.1,
    gamma: float = 0.9,
    epochs: int = 200,
    seed: int = 0,
) -> dict[str, Array]:
    """Full-batch descent with momentum; the validation set is not used."""
    rng = np.random.default_rng(seed)
    parameters = Parameters(
        w_h=_glorot(rng, x.shape[1], hidden),
        b_h=np.zeros((1, hidden)),
        w_o=_glorot(rng, hidden, t.shape[1]),
        b_o=np.zeros((1, t.shape[1])),
    )
    optimizer = MomentumOptimizer(parameters, lr=lr, gamma=gamma)
    for _ in range(epochs):
        gradients = Parameters(*backward_prop(x, t, **parameters.as_dict()))
        optimizer.step(gradients)
    return parameters.as_dict()
