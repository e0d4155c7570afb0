"""One hidden ReLU layer, softmax output, full-batch gradient descent with momentum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weights = dict[str, Array]

PARAMETER_NAMES = ("w_h", "b_h", "w_o", "b_o")


def relu(x: Array) -> Array:
    return np.where(x > 0, x, 0.0)


def relu_derivative(x: Array) -> Array:
    return np.where(x > 0, 1.0, 0.0)


def softmax(logits: Array) -> Array:
    shifted = logits - np.amax(logits, axis=-1, keepdims=True)
    unnormalised = np.exp(shifted)
    return unnormalised / np.sum(unnormalised, axis=-1, keepdims=True)


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    return np.matmul(x, w) + b


def average_ce(target: Array, prediction: Array) -> float:
    """Average cross-entropy; entries with target 0 count as 0 whatever the prediction is."""
    is_target = target > 0
    log_likelihood = np.sum(target[is_target] * np.log(prediction[is_target]))
    return float(-log_likelihood / target.shape[0])


def grad_ce(target: Array, logits: Array) -> Array:
    return (softmax(logits) - target) / target.shape[0]


def forward_prop(
    x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array
) -> tuple[Array, Array, Array, Array]:
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def layer_gradients(layer_input: Array, delta: Array) -> tuple[Array, Array]:
    """Gradients of a layer's weights and bias, given the gradient of its output."""
    return layer_input.T @ delta, np.sum(delta, axis=0, keepdims=True)


def backward_prop(
    x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array
) -> tuple[Array, Array, Array, Array]:
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    delta_h = (delta_o @ w_o.T) * relu_derivative(z_h)
    grad_w_o, grad_b_o = layer_gradients(a_h, delta_o)
    grad_w_h, grad_b_h = layer_gradients(x, delta_h)
    return grad_w_h, grad_b_h, grad_w_o, grad_b_o


def xavier_normal(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    return rng.normal(0.0, np.sqrt(2.0 / (fan_in + fan_out)), size=(fan_in, fan_out))


def initial_weights(inputs: int, hidden: int, outputs: int, seed: int) -> Weights:
    rng = np.random.default_rng(seed)
    return {
        "w_h": xavier_normal(rng, inputs, hidden),
        "b_h": np.zeros((1, hidden)),
        "w_o": xavier_normal(rng, hidden, outputs),
        "b_o": np.zeros((1, outputs)),
    }


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    weights = initial_weights(x.shape[1], hidden, t.shape[1], seed)
    velocity = {name: np.zeros_like(weights[name]) for name in PARAMETER_NAMES}
    for _ in range(epochs):
        gradient = dict(zip(PARAMETER_NAMES, backward_prop(x, t, **weights)))
        for name in PARAMETER_NAMES:
            velocity[name] = gamma * velocity[name] + lr * gradient[name]
            weights[name] = weights[name] - velocity[name]
    return weights
