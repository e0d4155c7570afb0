"""A two-layer neural network in NumPy with hand-derived gradients.

The module is organised bottom-up: element-wise functions, the affine layer, the loss, the network, the optimiser.
Rows are examples everywhere.  Nothing in here changes its arguments.
"""

from __future__ import annotations

from typing import Dict, Tuple

import numpy as np

Array = np.ndarray

PARAMETER_NAMES: Tuple[str, ...] = ("w_h", "b_h", "w_o", "b_o")
PROBABILITY_FLOOR: float = 1e-15


def _require_matrix(name: str, value: Array) -> None:
    """Raise a ValueError unless `value` is two-dimensional."""
    if np.ndim(value) != 2:
        raise ValueError(f"{name} must be two-dimensional, got {np.ndim(value)} dimension(s)")


def relu(x: Array) -> Array:
    """Rectified linear unit, entry by entry.

    Args:
        x: array of shape (N, D).

    Returns:
        A new array of the same shape with the negative entries replaced by zero.
    """
    is_positive = x > 0
    return np.where(is_positive, x, 0.0)


def softmax(logits: Array) -> Array:
    """Row-wise softmax.

    Args:
        logits: array of shape (N, C).

    Returns:
        Array of shape (N, C); every row is a probability distribution.
    """
    _require_matrix("logits", logits)
    row_maxima = np.amax(logits, axis=1, keepdims=True)
    numerators = np.exp(logits - row_maxima)
    denominators = np.sum(numerators, axis=1, keepdims=True)
    return numerators / denominators


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    """Affine layer `x w + b` for x (N, D), w (D, H) and b (1, H) or (H,)."""
    linear_part = np.matmul(x, w)
    return linear_part + np.reshape(b, (1, -1))


def average_ce(target: Array, prediction: Array) -> float:
    """Average cross-entropy of one-hot targets and predicted probabilities.

    Probabilities are kept away from zero by PROBABILITY_FLOOR so that 0 log 0 counts as 0.
    """
    number_of_examples = target.shape[0]
    safe_prediction = np.maximum(prediction, PROBABILITY_FLOOR)
    log_likelihood = np.sum(target * np.log(safe_prediction))
    return float(-log_likelihood / number_of_examples)


def grad_ce(target: Array, logits: Array) -> Array:
    """Derivative of `average_ce(target, softmax(logits))` with respect to the logits, shape (N, C)."""
    number_of_examples = target.shape[0]
    residual = softmax(logits) - target
    return residual / number_of_examples


def forward_prop(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> Tuple[Array, Array, Array, Array]:
    """Forward pass; returns (z_h, a_h, z_o, p)."""
    hidden_pre_activation = compute_layer(x, w_h, b_h)
    hidden_activation = relu(hidden_pre_activation)
    output_logits = compute_layer(hidden_activation, w_o, b_o)
    probabilities = softmax(output_logits)
    return hidden_pre_activation, hidden_activation, output_logits, probabilities


def backward_prop(
    x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array
) -> Tuple[Array, Array, Array, Array]:
    """Gradients (dW_h, db_h, dW_o, db_o) of the average cross-entropy."""
    hidden_pre_activation, hidden_activation, output_logits, _ = forward_prop(x, w_h, b_h, w_o, b_o)

    # ---- output layer --------------------------------------------------------------------
    d_output_logits = grad_ce(target, output_logits)
    d_output_weights = np.matmul(hidden_activation.T, d_output_logits)
    d_output_bias = np.sum(d_output_logits, axis=0, keepdims=True)

    # ---- hidden layer --------------------------------------------------------------------
    d_hidden_activation = np.matmul(d_output_logits, w_o.T)
    d_hidden_pre_activation = np.where(hidden_pre_activation > 0, d_hidden_activation, 0.0)
    d_hidden_weights = np.matmul(x.T, d_hidden_pre_activation)
    d_hidden_bias = np.sum(d_hidden_pre_activation, axis=0, keepdims=True)

    return d_hidden_weights, d_hidden_bias, d_output_weights, d_output_bias


def _glorot_normal(generator: np.random.Generator, *, fan_in: int, fan_out: int) -> Array:
    """Normal weights of variance 2 / (fan_in + fan_out)."""
    standard_deviation = np.sqrt(2.0 / (fan_in + fan_out))
    return generator.normal(loc=0.0, scale=standard_deviation, size=(fan_in, fan_out))


def _initial_parameters(*, inputs: int, hidden: int, classes: int, seed: int) -> Dict[str, Array]:
    """First weights and zero biases, by name."""
    generator = np.random.default_rng(seed)
    return {
        "w_h": _glorot_normal(generator, fan_in=inputs, fan_out=hidden),
        "b_h": np.zeros((1, hidden)),
        "w_o": _glorot_normal(generator, fan_in=hidden, fan_out=classes),
        "b_o": np.zeros((1, classes)),
    }


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
) -> Dict[str, Array]:
    """Full-batch gradient descent with momentum.

    The validation set is accepted for the sake of the signature only: there is no early stopping.
    """
    parameters = _initial_parameters(inputs=x.shape[1], hidden=hidden, classes=t.shape[1], seed=seed)
    velocities = {name: np.zeros_like(parameters[name]) for name in PARAMETER_NAMES}

    for _ in range(epochs):
        current = [parameters[name] for name in PARAMETER_NAMES]
        gradients = dict(zip(PARAMETER_NAMES, backward_prop(x, t, *current)))
        for name in PARAMETER_NAMES:
            velocities[name] = gamma * velocities[name] + lr * gradients[name]
            parameters[name] = parameters[name] - velocities[name]

    return parameters


def _check_gradients() -> None:
    """Compare backward_prop with central differences on a small random problem."""
    generator = np.random.default_rng(1)
    x = generator.normal(size=(6, 4))
    t = np.eye(3)[generator.integers(0, 3, 6)]
    weights = list(_initial_parameters(inputs=4, hidden=5, classes=3, seed=2).values())
    step = 1e-6
    for name, array, analytical in zip(PARAMETER_NAMES, weights, backward_prop(x, t, *weights)):
        numerical = np.zeros_like(array)
        for index in np.ndindex(*array.shape):
            kept = array[index]
            array[index] = kept + step
            above = average_ce(t, forward_prop(x, *weights)[-1])
            array[index] = kept - step
            below = average_ce(t, forward_prop(x, *weights)[-1])
            array[index] = kept
            numerical[index] = (above - below) / (2 * step)
        print(f"{name}: largest difference {np.max(np.abs(numerical - analytical)):.2e}")


if __name__ == "__main__":
    _check_gradients()
