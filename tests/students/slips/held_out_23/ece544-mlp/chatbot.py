"""A multi-layer perceptron from scratch.

The network supports an arbitrary number of hidden layers with ReLU, sigmoid or tanh
activations, and a softmax output trained with the average negative log likelihood.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, Sequence, Tuple, Union

import numpy as np

Params = Dict[str, np.ndarray]


# --------------------------------------------------------------------------- activations


def _relu(z: np.ndarray) -> np.ndarray:
    """Rectified linear unit."""
    return np.maximum(0.0, z)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """Numerically stable logistic function."""
    positive = z >= 0
    result = np.empty_like(z, dtype=np.float64)
    result[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    exp_z = np.exp(z[~positive])
    result[~positive] = exp_z / (1.0 + exp_z)
    return result


def _relu_grad(a: np.ndarray) -> np.ndarray:
    """Derivative of ReLU expressed through its output."""
    return (a > 0).astype(np.float64)


def _sigmoid_grad(a: np.ndarray) -> np.ndarray:
    """Derivative of the sigmoid expressed through its output."""
    return a * (1.0 - a)


def _tanh_grad(a: np.ndarray) -> np.ndarray:
    """Derivative of tanh expressed through its output."""
    return 1.0 - np.square(a)


ACTIVATIONS: Dict[str, Tuple[Callable, Callable]] = {
    "relu": (_relu, _relu_grad),
    "sigmoid": (_sigmoid, _sigmoid_grad),
    "tanh": (np.tanh, _tanh_grad),
}


def _get_activation(act: str) -> Tuple[Callable, Callable]:
    """Look up an activation by name and fail loudly for unknown names."""
    if act not in ACTIVATIONS:
        raise ValueError(f"Unknown activation {act!r}; choose from {sorted(ACTIVATIONS)}")
    return ACTIVATIONS[act]


def _softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise softmax with the maximum subtracted for stability."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


# ------------------------------------------------------------------------------ network


def forward(X: np.ndarray, params: Params, act: str) -> Tuple[np.ndarray, Dict[str, Any]]:
    """Compute class probabilities and the cache that :func:`backward` needs."""
    activation, _ = _get_activation(act)
    num_layers = len(params) // 2
    activations: List[np.ndarray] = [X]
    for layer in range(1, num_layers):
        z = activations[-1] @ params[f"W{layer}"] + params[f"b{layer}"]
        activations.append(activation(z))
    logits = activations[-1] @ params[f"W{num_layers}"] + params[f"b{num_layers}"]
    probs = _softmax(logits)
    cache = {
        "activations": activations,
        "probs": probs,
        "params": params,
        "act": act,
    }
    return probs, cache


def backward(cache: Dict[str, Any], T: np.ndarray) -> Params:
    """Back-propagate and return the gradients of the average negative log likelihood."""
    _, activation_grad = _get_activation(cache["act"])
    activations, params = cache["activations"], cache["params"]
    num_layers = len(activations)
    num_examples = T.shape[0]

    grads: Params = {}
    delta = (cache["probs"] - T) / num_examples
    for layer in reversed(range(1, num_layers + 1)):
        layer_input = activations[layer - 1]
        grads[f"W{layer}"] = layer_input.T @ delta
        grads[f"b{layer}"] = np.sum(delta, axis=0, keepdims=True)
        if layer > 1:
            delta = (delta @ params[f"W{layer}"].T) * activation_grad(layer_input)
    return grads


def predict(X: np.ndarray, params: Params, act: str) -> np.ndarray:
    """Return the most likely class of every example."""
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y: np.ndarray, yhat: np.ndarray, K: int) -> np.ndarray:
    """Count (true class, predicted class) pairs."""
    matrix = np.zeros((K, K), dtype=np.int64)
    for true_class, predicted_class in zip(y, yhat):
        matrix[int(true_class), int(predicted_class)] += 1
    return matrix


# ----------------------------------------------------------------------------- training


def _init_params(sizes: Sequence[int], act: str, rng: np.random.Generator) -> Params:
    """He initialisation for ReLU, Xavier initialisation otherwise."""
    params: Params = {}
    for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        params[f"W{layer}"] = rng.standard_normal((fan_in, fan_out)) * np.sqrt(variance)
        params[f"b{layer}"] = np.zeros((1, fan_out))
    return params


def _minibatch_indices(
    num_examples: int, batch_size: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield shuffled index arrays that together cover all examples once."""
    permutation = rng.permutation(num_examples)
    for begin in range(0, num_examples, batch_size):
        yield permutation[begin : begin + batch_size]


def train(
    X: np.ndarray,
    y: np.ndarray,
    Xv: np.ndarray,
    yv: np.ndarray,
    hidden: Union[int, Sequence[int]],
    act: str,
    rng: np.random.Generator,
    lr: float = 0.1,
    momentum: float = 0.9,
    batch_size: int = 32,
    epochs: int = 30,
) -> Params:
    """Train with mini-batch gradient descent and momentum."""
    hidden_sizes = [int(hidden)] if np.isscalar(hidden) else [int(h) for h in hidden]
    num_classes = int(max(y.max(), yv.max())) + 1
    params = _init_params([X.shape[1], *hidden_sizes, num_classes], act, rng)
    targets = np.eye(num_classes)[y]
    velocity = {name: np.zeros_like(value) for name, value in params.items()}

    for _ in range(epochs):
        for indices in _minibatch_indices(X.shape[0], batch_size, rng):
            _, cache = forward(X[indices], params, act)
            grads = backward(cache, targets[indices])
            for name in params:
                velocity[name] = momentum * velocity[name] + lr * grads[name]
                params[name] = params[name] - velocity[name]
    return params
