"""ECE421 assignment 2: a neural network with one hidden layer in NumPy."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import numpy as np

EPS = 1e-12


@dataclass
class Parameters:
    """Weights and biases of the network (also used for gradients and velocities)."""

    w_h: np.ndarray
    b_h: np.ndarray
    w_o: np.ndarray
    b_o: np.ndarray

    def as_tuple(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The four arrays in the order of the assignment."""
        return self.w_h, self.b_h, self.w_o, self.b_o

    @classmethod
    def zeros_like(cls, other: "Parameters") -> "Parameters":
        """Zeros of the same shapes as ``other``."""
        return cls(*(np.zeros_like(array) for array in other.as_tuple()))


class MomentumSGD:
    """Gradient descent with classical momentum."""

    def __init__(self, params: Parameters, lr: float, gamma: float) -> None:
        self.lr = lr
        self.gamma = gamma
        self.velocity = Parameters.zeros_like(params)

    def step(self, params: Parameters, grads: Parameters) -> None:
        """Update the velocity and the parameters."""
        for f in fields(params):
            velocity = self.gamma * getattr(self.velocity, f.name) - self.lr * getattr(grads, f.name)
            setattr(self.velocity, f.name, velocity)
            setattr(params, f.name, getattr(params, f.name) + velocity)


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit."""
    return np.where(x > 0, x, 0.0)


def relu_grad(z: np.ndarray) -> np.ndarray:
    """Derivative of the ReLU with respect to its input."""
    return np.where(z > 0, 1.0, 0.0)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise, numerically stable softmax."""
    shifted = logits - np.max(logits, axis=-1, keepdims=True)
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=-1, keepdims=True)


def compute_layer(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Affine transformation."""
    return np.matmul(x, w) + b


def average_ce(target: np.ndarray, prediction: np.ndarray) -> float:
    """Average cross-entropy, safe for probabilities of zero."""
    safe = np.clip(prediction, EPS, 1.0)
    per_example = -np.sum(target * np.log(safe), axis=1)
    return float(np.mean(per_example))


def grad_ce(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Gradient of the average cross-entropy with respect to the logits."""
    num_examples = target.shape[0]
    return (softmax(logits) - target) / num_examples


def forward_prop(
    x: np.ndarray, w_h: np.ndarray, b_h: np.ndarray, w_o: np.ndarray, b_o: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Forward pass."""
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def _layer_gradients(inputs: np.ndarray, delta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gradients of a layer's weights and biases from its inputs and its error."""
    return inputs.T @ delta, delta.sum(axis=0, keepdims=True)


def backward_prop(
    x: np.ndarray, target: np.ndarray, w_h: np.ndarray, b_h: np.ndarray, w_o: np.ndarray, b_o: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Backward pass: gradients of the average cross-entropy."""
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    delta_h = (delta_o @ w_o.T) * relu_grad(z_h)
    dW_o, db_o = _layer_gradients(a_h, delta_o)
    dW_h, db_h = _layer_gradients(x, delta_h)
    return dW_h, db_h, dW_o, db_o


def _xavier(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """Xavier-normal initialisation."""
    return rng.normal(loc=0.0, scale=np.sqrt(2.0 / (fan_in + fan_out)), size=(fan_in, fan_out))


def _init_parameters(rng: np.random.Generator, inputs: int, hidden: int, classes: int) -> Parameters:
    """Initial parameters."""
    return Parameters(
        w_h=_xavier(rng, inputs, hidden),
        b_h=np.zeros((1, hidden)),
        w_o=_xavier(rng, hidden, classes),
        b_o=np.zeros((1, classes)),
    )


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
) -> dict[str, np.ndarray]:
    """Train the network with full-batch momentum and return its weights."""
    rng = np.random.default_rng(seed)
    params = _init_parameters(rng, x.shape[1], hidden, t.shape[1])
    optimizer = MomentumSGD(params, lr, gamma)
    val_losses: list[float] = []

    for _ in range(epochs):
        grads = Parameters(*backward_prop(x, t, *params.as_tuple()))
        optimizer.step(params, grads)
        val_losses.append(average_ce(tv, forward_prop(xv, *params.as_tuple())[-1]))

    return asdict(params)
