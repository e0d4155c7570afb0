"""A one-hidden-layer neural network implemented from scratch with NumPy.

Architecture: input -> linear -> ReLU -> linear -> softmax, trained with full-batch
gradient descent and classical momentum on the average cross-entropy loss.
"""

from __future__ import annotations

from typing import Dict, Tuple

import numpy as np

EPSILON: float = 1e-12
PARAMETER_NAMES: Tuple[str, ...] = ("w_h", "b_h", "w_o", "b_o")


def relu(x: np.ndarray) -> np.ndarray:
    """Apply the rectified linear unit element-wise."""
    return x * (x > 0)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Apply the softmax function to every row.

    The row maximum is subtracted first in order to avoid overflow.
    """
    shifted_logits = logits - np.max(logits, axis=1, keepdims=True)
    exponentials = np.exp(shifted_logits)
    normalizer = np.sum(exponentials, axis=1, keepdims=True)
    return exponentials / normalizer


def compute_layer(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Compute the affine transformation ``x w + b``."""
    if x.shape[1] != w.shape[0]:
        raise ValueError(f"Incompatible shapes: {x.shape} and {w.shape}")
    return np.matmul(x, w) + b


def average_ce(target: np.ndarray, prediction: np.ndarray) -> float:
    """Compute the average cross-entropy between one-hot targets and predictions."""
    num_samples = target.shape[0]
    clipped = np.clip(prediction, EPSILON, 1.0)
    log_likelihood = np.sum(target * np.log(clipped))
    return float(-log_likelihood / num_samples)


def grad_ce(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Gradient of the average cross-entropy with respect to the logits."""
    num_samples = target.shape[0]
    return (softmax(logits) - target) / num_samples


def relu_derivative(pre_activation: np.ndarray) -> np.ndarray:
    """Derivative of ReLU: one where the pre-activation is positive, zero elsewhere."""
    return (pre_activation > 0).astype(np.float64)


def forward_prop(
    x: np.ndarray, w_h: np.ndarray, b_h: np.ndarray, w_o: np.ndarray, b_o: np.ndarray
) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Run the forward pass and return every intermediate result."""
    hidden_pre = compute_layer(x, w_h, b_h)
    hidden_act = relu(hidden_pre)
    output_pre = compute_layer(hidden_act, w_o, b_o)
    prediction = softmax(output_pre)
    return hidden_pre, hidden_act, output_pre, prediction


def backward_prop(
    x: np.ndarray,
    target: np.ndarray,
    w_h: np.ndarray,
    b_h: np.ndarray,
    w_o: np.ndarray,
    b_o: np.ndarray,
) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Back-propagate the loss and return the gradients of all parameters."""
    hidden_pre, hidden_act, output_pre, _ = forward_prop(x, w_h, b_h, w_o, b_o)

    # Output layer
    output_delta = grad_ce(target, output_pre)
    grad_w_o = hidden_act.T @ output_delta
    grad_b_o = np.sum(output_delta, axis=0, keepdims=True)

    # Hidden layer
    hidden_delta = (output_delta @ w_o.T) * relu_derivative(hidden_pre)
    grad_w_h = x.T @ hidden_delta
    grad_b_h = np.sum(hidden_delta, axis=0, keepdims=True)

    return grad_w_h, grad_b_h, grad_w_o, grad_b_o


class MomentumOptimizer:
    """Gradient descent with classical momentum."""

    def __init__(self, learning_rate: float, gamma: float) -> None:
        self.learning_rate = learning_rate
        self.gamma = gamma
        self.velocity: Dict[str, np.ndarray] = {}

    def step(self, params: Dict[str, np.ndarray], grads: Dict[str, np.ndarray]) -> None:
        """Apply one update to every parameter."""
        for name, grad in grads.items():
            previous = self.velocity.get(name, np.zeros_like(grad))
            self.velocity[name] = self.gamma * previous + self.learning_rate * grad
            params[name] = params[name] - self.velocity[name]


def xavier_init(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """Draw weights with standard deviation sqrt(2 / (fan_in + fan_out))."""
    standard_deviation = np.sqrt(2.0 / (fan_in + fan_out))
    return rng.normal(loc=0.0, scale=standard_deviation, size=(fan_in, fan_out))


def train(
    x: np.ndarray,
    t: np.ndarray,
    xv: np.ndarray,
    tv: np.ndarray,
    hidden: int = 64,
    lr: float = 0.1,
    gamma: float = 0.9,
    epochs: int = 200,
    seed: int = 0,
) -> Dict[str, np.ndarray]:
    """Train the network and return its parameters."""
    rng = np.random.default_rng(seed)
    params: Dict[str, np.ndarray] = {
        "w_h": xavier_init(rng, x.shape[1], hidden),
        "b_h": np.zeros((1, hidden)),
        "w_o": xavier_init(rng, hidden, t.shape[1]),
        "b_o": np.zeros((1, t.shape[1])),
    }
    optimizer = MomentumOptimizer(learning_rate=lr, gamma=gamma)
    for _ in range(epochs):
        gradients = backward_prop(x, t, **params)
        optimizer.step(params, dict(zip(PARAMETER_NAMES, gradients)))
    return params
