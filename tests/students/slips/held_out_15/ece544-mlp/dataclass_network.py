"""Multi-layer perceptron with a softmax output, written from scratch in NumPy.

The network has any number of hidden layers, all with the same activation
(``"relu"``, ``"sigmoid"`` or ``"tanh"``). It is trained with mini-batches and
classical momentum on the average negative log likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Tuple, Union

import numpy as np

Parameters = Dict[str, np.ndarray]
SUPPORTED_ACTIVATIONS: Tuple[str, ...] = ("relu", "sigmoid", "tanh")
PARAMETERS_PER_LAYER: int = 2


@dataclass
class ForwardCache:
    """Everything that the backward pass needs."""

    activation_name: str
    weights: List[np.ndarray]
    probabilities: np.ndarray = None
    layer_inputs: List[np.ndarray] = field(default_factory=list)
    pre_activations: List[np.ndarray] = field(default_factory=list)


def _check_activation(name: str) -> None:
    """Raise ``ValueError`` for an activation that is not supported."""
    if name not in SUPPORTED_ACTIVATIONS:
        raise ValueError(f"unknown activation {name!r}")


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """Logistic function; the exponential only ever sees numbers up to 0."""
    decay = np.exp(-np.abs(z))
    numerator = np.where(z >= 0.0, 1.0, decay)
    return numerator / (1.0 + decay)


def _apply_activation(z: np.ndarray, *, name: str) -> np.ndarray:
    """Return the activation of ``z``, entry by entry."""
    if name == "relu":
        return np.where(z > 0.0, z, 0.0)
    if name == "sigmoid":
        return _sigmoid(z)
    return np.tanh(z)


def _activation_slope(z: np.ndarray, a: np.ndarray, *, name: str) -> np.ndarray:
    """Return the derivative of the activation, from its input and its value."""
    if name == "relu":
        return (z > 0.0).astype(np.float64)
    if name == "sigmoid":
        return a * (1.0 - a)
    return 1.0 - np.square(a)


def _softmax(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of every row."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def forward(X: np.ndarray, params: Parameters, act: str) -> Tuple[np.ndarray, ForwardCache]:
    """Return the class probabilities of ``X`` and the cache for :func:`backward`."""
    _check_activation(act)
    num_layers = len(params) // PARAMETERS_PER_LAYER
    cache = ForwardCache(
        activation_name=act,
        weights=[params[f"W{layer}"].copy() for layer in range(1, num_layers + 1)],
    )
    current = np.asarray(X, dtype=np.float64)
    for layer in range(1, num_layers + 1):
        bias = np.reshape(params[f"b{layer}"], (1, -1))
        z = current @ cache.weights[layer - 1] + bias
        cache.layer_inputs.append(current)
        cache.pre_activations.append(z)
        is_output_layer = layer == num_layers
        current = _softmax(z) if is_output_layer else _apply_activation(z, name=act)
    cache.probabilities = current
    return current.copy(), cache


def backward(cache: ForwardCache, T: np.ndarray) -> Parameters:
    """Return the gradients of the average negative log likelihood."""
    num_examples = T.shape[0]
    num_layers = len(cache.weights)
    gradients: Parameters = {}
    delta = (cache.probabilities - T) / num_examples
    for layer in range(num_layers, 0, -1):
        layer_input = cache.layer_inputs[layer - 1]
        gradients[f"W{layer}"] = layer_input.T @ delta
        gradients[f"b{layer}"] = np.sum(delta, axis=0, keepdims=True)
        if layer > 1:
            slope = _activation_slope(cache.pre_activations[layer - 2], layer_input, name=cache.activation_name)
            delta = (delta @ cache.weights[layer - 1].T) * slope
    return gradients


def predict(X: np.ndarray, params: Parameters, act: str) -> np.ndarray:
    """Return the most probable class of every row of ``X``."""
    probabilities, _ = forward(X, params, act)
    return np.argmax(probabilities, axis=1)


def confusion_matrix(y: np.ndarray, yhat: np.ndarray, K: int) -> np.ndarray:
    """Return the counts; rows are true classes, columns predicted ones."""
    counts = np.zeros((K, K), dtype=np.int64)
    for true_class in range(K):
        for predicted_class in range(K):
            hits = np.logical_and(y == true_class, yhat == predicted_class)
            counts[true_class, predicted_class] = np.count_nonzero(hits)
    return counts


def _initial_parameters(sizes: List[int], act: str, rng: np.random.Generator) -> Parameters:
    """He initialisation for ReLU, Glorot for the others; biases are zero."""
    parameters: Parameters = {}
    for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        parameters[f"W{layer}"] = np.sqrt(variance) * rng.standard_normal((fan_in, fan_out))
        parameters[f"b{layer}"] = np.zeros((1, fan_out))
    return parameters


def train(
    X: np.ndarray,
    y: np.ndarray,
    Xv: np.ndarray,
    yv: np.ndarray,
    hidden: Union[int, Tuple[int, ...]],
    act: str,
    rng: np.random.Generator,
    lr: float = 0.1,
    momentum: float = 0.9,
    batch_size: int = 32,
    epochs: int = 30,
) -> Parameters:
    """Train the network and return its parameters.

    ``Xv`` and ``yv`` only tell how many classes there are.
    """
    _check_activation(act)
    hidden_sizes = [int(units) for units in np.ravel(hidden)]
    num_examples, num_inputs = X.shape
    num_classes = int(max(np.max(y), np.max(yv))) + 1
    one_hot = np.zeros((num_examples, num_classes))
    one_hot[np.arange(num_examples), y] = 1.0

    params = _initial_parameters([num_inputs, *hidden_sizes, num_classes], act, rng)
    velocities = {name: np.zeros_like(value) for name, value in params.items()}

    for _ in range(epochs):
        order = rng.permutation(num_examples)
        for start in range(0, num_examples, batch_size):
            batch = order[start : start + batch_size]
            _, cache = forward(X[batch], params, act)
            gradients = backward(cache, one_hot[batch])
            for name in params:
                velocities[name] = momentum * velocities[name] + lr * gradients[name]
                params[name] = params[name] - velocities[name]
    return params


def _numerical_gradient(X, T, params, act, name, *, step=1e-6):
    """Central differences of the loss by one parameter."""
    result = np.zeros_like(params[name])
    for index in np.ndindex(*result.shape):
        losses = []
        for sign in (1, -1):
            moved = {key: value.copy() for key, value in params.items()}
            moved[name][index] += sign * step
            losses.append(-np.sum(T * np.log(forward(X, moved, act)[0])) / len(T))
        result[index] = (losses[0] - losses[1]) / (2 * step)
    return result


if __name__ == "__main__":
    demo_rng = np.random.default_rng(0)
    demo_params = _initial_parameters([4, 5, 3], "tanh", demo_rng)
    demo_X, demo_T = demo_rng.normal(size=(6, 4)), np.eye(3)[demo_rng.integers(0, 3, 6)]
    demo_gradients = backward(forward(demo_X, demo_params, "tanh")[1], demo_T)
    for demo_name in demo_params:
        numeric = _numerical_gradient(demo_X, demo_T, demo_params, "tanh", demo_name)
        print(demo_name, np.abs(numeric - demo_gradients[demo_name]).max())
