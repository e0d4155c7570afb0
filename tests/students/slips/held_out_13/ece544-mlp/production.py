"""A multi-layer perceptron trained by mini-batch gradient descent with momentum.

The implementation favours explicit, validated helpers. All numerical work is done in double precision and no argument
is ever modified.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

_SUPPORTED = ("relu", "sigmoid", "tanh")


def _as_float(values, name: str, ndim: int) -> np.ndarray:
    """Convert to float64 and verify the number of dimensions."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimensions, got {array.ndim}")
    return array


def _check_activation(act: str) -> str:
    """Normalise and verify the activation's name."""
    name = str(act).lower()
    if name not in _SUPPORTED:
        raise ValueError(f"act must be one of {_SUPPORTED}, got {act!r}")
    return name


def _activate(z: np.ndarray, act: str) -> np.ndarray:
    """Apply the activation entry by entry."""
    if act == "relu":
        return np.maximum(z, 0.0)
    if act == "tanh":
        return np.tanh(z)
    decayed = np.exp(-np.abs(z))
    return np.divide(np.where(z >= 0, 1.0, decayed), 1.0 + decayed)


def _slope(a: np.ndarray, act: str) -> np.ndarray:
    """Derivative of the activation expressed by its value."""
    if act == "relu":
        # a is positive exactly where z is.
        return np.where(a > 0, 1.0, 0.0)
    if act == "sigmoid":
        return np.subtract(a, np.square(a))
    return 1.0 - np.square(a)


def _softmax(logits: np.ndarray) -> np.ndarray:
    """Numerically stable softmax of every row."""
    shifted = logits - np.amax(logits, axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def _depth(params) -> int:
    """Number of layers; verifies that weights and biases come in pairs."""
    depth, rest = divmod(len(params), 2)
    if rest or any(f"{letter}{i + 1}" not in params for i in range(depth) for letter in "Wb"):
        raise ValueError("params must hold W1, b1, W2, b2, ...")
    return depth


def forward(X, params, act):
    """Return the class probabilities and a cache for :func:`backward`."""
    features = _as_float(X, "X", 2)
    name = _check_activation(act)
    depth = _depth(params)
    weights = [np.asarray(params[f"W{i}"], dtype=np.float64) for i in range(1, depth + 1)]
    biases = [np.reshape(params[f"b{i}"], (1, -1)) for i in range(1, depth + 1)]
    if features.shape[1] != weights[0].shape[0]:
        raise ValueError(f"X has {features.shape[1]} columns, W1 has {weights[0].shape[0]} rows")
    activations = [features]
    for weight, bias in zip(weights[:-1], biases[:-1]):
        activations.append(_activate(activations[-1] @ weight + bias, name))
    probabilities = _softmax(activations[-1] @ weights[-1] + biases[-1])
    cache = {"activations": activations, "weights": weights, "probabilities": probabilities, "act": name}
    return probabilities.copy(), cache


def backward(cache, T):
    """Return the gradients of the average negative log likelihood."""
    targets = _as_float(T, "T", 2)
    probabilities = cache["probabilities"]
    if targets.shape != probabilities.shape:
        raise ValueError("T must have the shape of the probabilities")
    activations, weights, act = cache["activations"], cache["weights"], cache["act"]
    gradients: dict[str, np.ndarray] = {}
    delta = np.divide(probabilities - targets, targets.shape[0])
    for index in range(len(weights) - 1, -1, -1):
        inputs = activations[index]
        gradients[f"W{index + 1}"] = inputs.T @ delta
        gradients[f"b{index + 1}"] = delta.sum(axis=0, keepdims=True)
        if index > 0:
            delta = np.multiply(delta @ weights[index].T, _slope(inputs, act))
    return gradients


def predict(X, params, act):
    """Return the most probable class of every row."""
    probabilities, _ = forward(X, params, act)
    return np.argmax(probabilities, axis=1).astype(np.int64)


def confusion_matrix(y, yhat, K):
    """Return counts with true classes in rows and predicted ones in columns."""
    true = np.asarray(y, dtype=np.int64).ravel()
    predicted = np.asarray(yhat, dtype=np.int64).ravel()
    if true.shape != predicted.shape:
        raise ValueError("y and yhat must have the same length")
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (true, predicted), 1)
    return counts


@dataclass
class _Momentum:
    """Gradient descent with momentum."""

    rate: float
    gamma: float
    velocity: dict = field(default_factory=dict)

    def step(self, params: dict, gradients: dict) -> None:
        """Update the parameters in place."""
        for name, gradient in gradients.items():
            velocity = self.velocity.setdefault(name, np.zeros_like(params[name]))
            velocity *= self.gamma
            velocity += self.rate * gradient
            params[name] -= velocity


def _initialise(sizes, act: str, rng) -> dict[str, np.ndarray]:
    """Draw the first weights; biases start at zero."""
    params = {}
    for i, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        params[f"W{i}"] = rng.normal(0.0, np.sqrt(variance), size=(fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out), dtype=np.float64)
    return params


def _batches(count: int, size: int, rng):
    """Yield the shuffled row numbers of an epoch in batches; the last may be smaller."""
    order = rng.permutation(count)
    yield from np.split(order, range(size, count, size))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    """Train a perceptron and return its parameters."""
    features = _as_float(X, "X", 2)
    labels = np.asarray(y, dtype=np.int64).ravel()
    if len(features) != len(labels):
        raise ValueError("X and y must have the same number of rows")
    if batch_size < 1 or epochs < 0:
        raise ValueError("batch_size must be positive and epochs not negative")
    name = _check_activation(act)
    units = tuple(int(h) for h in np.ravel(hidden))
    classes = int(max(labels.max(), np.max(yv, initial=0))) + 1
    targets = np.eye(classes, dtype=np.float64)[labels]
    params = _initialise((features.shape[1], *units, classes), name, rng)
    optimiser = _Momentum(lr, momentum)
    for _ in range(epochs):
        for rows in _batches(len(features), batch_size, rng):
            _, cache = forward(features[rows], params, name)
            optimiser.step(params, backward(cache, targets[rows]))
    return params


def tdnn1d(x, w, b):
    """Time-delay layer: a convolution over time that is not turned round."""
    signals, kernels, bias = _as_float(x, "x", 3), _as_float(w, "w", 3), np.ravel(b)
    width = kernels.shape[2]
    places = signals.shape[2] - width + 1
    if places < 1 or signals.shape[1] != kernels.shape[1]:
        raise ValueError("w does not fit x")
    out = np.empty((signals.shape[0], kernels.shape[0], places))
    for t in range(places):
        window = signals[:, :, t : t + width]
        out[:, :, t] = np.tensordot(window, kernels, axes=((1, 2), (1, 2))) + bias
    return out


def tdnn1d_backward(dout, x, w):
    """Derivatives of the time-delay layer by x, w and b."""
    upstream, signals, kernels = _as_float(dout, "dout", 3), _as_float(x, "x", 3), _as_float(w, "w", 3)
    width = kernels.shape[2]
    dx, dw = np.zeros_like(signals), np.zeros_like(kernels)
    for t in range(upstream.shape[2]):
        at_t = upstream[:, :, t]
        dx[:, :, t : t + width] += np.tensordot(at_t, kernels, axes=(1, 0))
        dw += np.tensordot(at_t, signals[:, :, t : t + width], axes=(0, 0))
    return dx, dw, upstream.sum(axis=(0, 2))
