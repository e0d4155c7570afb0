"""One-hidden-layer neural network classifier.

Architecture: input -> linear -> ReLU -> linear -> softmax, trained with
mini-batch gradient descent on the regularised cross-entropy.
"""

from __future__ import annotations

from typing import Dict, Iterator, List, Optional, Tuple

import numpy as np

Params = Dict[str, np.ndarray]
Grads = Dict[str, np.ndarray]

# Maps the name of each parameter to the name of its gradient.
GRADIENT_NAMES: Dict[str, str] = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}


def one_in_k_encoding(vec: np.ndarray, k: int) -> np.ndarray:
    """Encode class numbers as one-hot rows."""
    vec = np.asarray(vec).astype(int).ravel()
    if vec.size and (vec.min() < 0 or vec.max() >= k):
        raise ValueError("class number out of range")
    return np.eye(k)[vec]


def softmax(X: np.ndarray) -> np.ndarray:
    """Compute row-wise softmax in a numerically stable way."""
    shifted = X - np.max(X, axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    normaliser = np.sum(exponentials, axis=1, keepdims=True)
    return exponentials / normaliser


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit."""
    return np.where(x > 0, x, 0.0)


def relu_derivative(x: np.ndarray) -> np.ndarray:
    """Derivative of the ReLU: 1 for positive entries, 0 elsewhere."""
    return (x > 0).astype(np.float64)


def get_init_params(input_dim: int, hidden_size: int, output_size: int) -> Params:
    """He initialisation for the weights, zeros for the biases."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def iterate_minibatches(X: np.ndarray, y: np.ndarray, batch_size: int) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Yield shuffled mini-batches that together cover the whole data set."""
    num_examples = X.shape[0]
    indices = np.arange(num_examples)
    np.random.shuffle(indices)
    for start in range(0, num_examples, batch_size):
        batch = indices[start : min(start + batch_size, num_examples)]
        yield X[batch], y[batch]


class NetClassifier:
    """Neural network with one hidden layer."""

    def __init__(self) -> None:
        self.params: Optional[Params] = None
        self.history: Optional[Dict[str, List[float]]] = None

    def _resolve_params(self, params: Optional[Params]) -> Params:
        """Use the given parameters, or fall back on the fitted ones."""
        if params is not None:
            return params
        if self.params is None:
            raise RuntimeError("fit the classifier first or pass params")
        return self.params

    @staticmethod
    def _forward(X: np.ndarray, params: Params) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return pre-activation, hidden activation and probabilities."""
        pre_activation = np.dot(X, params["W1"]) + params["b1"]
        hidden = relu(pre_activation)
        logits = np.dot(hidden, params["W2"]) + params["b2"]
        return pre_activation, hidden, softmax(logits)

    @staticmethod
    def _penalty(params: Params, reg: float) -> float:
        """L2 penalty on the weights; biases are not regularised."""
        return reg * (np.sum(np.square(params["W1"])) + np.sum(np.square(params["W2"])))

    def predict(self, X: np.ndarray, params: Optional[Params] = None) -> np.ndarray:
        """Predict the class of every row of X."""
        used_params = self._resolve_params(params)
        _, _, probabilities = NetClassifier._forward(X, used_params)
        return np.argmax(probabilities, axis=1)

    def score(self, X: np.ndarray, y: np.ndarray, params: Optional[Params] = None) -> float:
        """Return the accuracy on (X, y)."""
        predictions = self.predict(X, params)
        correct = np.sum(predictions == y)
        return float(correct / len(y))

    @staticmethod
    def cost_grad(X: np.ndarray, y: np.ndarray, params: Params, reg: float = 0.0) -> Tuple[float, Grads]:
        """Compute the regularised cost and its gradients."""
        num_examples = X.shape[0]
        num_classes = params["W2"].shape[1]
        labels = one_in_k_encoding(y, num_classes)

        # ----- forward -----
        pre_activation, hidden, probabilities = NetClassifier._forward(X, params)
        picked = np.sum(probabilities * labels, axis=1)
        data_cost = -np.mean(np.log(np.maximum(picked, 1e-15)))
        cost = float(data_cost + NetClassifier._penalty(params, reg))

        # ----- backward -----
        error_output = (probabilities - labels) / num_examples
        error_hidden = np.dot(error_output, params["W2"].T) * relu_derivative(pre_activation)
        grads: Grads = {
            "d_w2": np.dot(hidden.T, error_output) + 2.0 * reg * params["W2"],
            "d_b2": np.sum(error_output, axis=0, keepdims=True),
            "d_w1": np.dot(X.T, error_hidden) + 2.0 * reg * params["W1"],
            "d_b1": np.sum(error_hidden, axis=0, keepdims=True),
        }
        return cost, grads

    def _record(self, params: Params, X: np.ndarray, y: np.ndarray, prefix: str, reg: float) -> None:
        """Append loss and accuracy of one data set to the history."""
        loss, _ = self.cost_grad(X, y, params, reg)
        self.history[prefix + "_loss"].append(loss)
        self.history[prefix + "_acc"].append(self.score(X, y, params))

    def fit(
        self,
        X_train: np.ndarray,
        y_train: np.ndarray,
        X_val: np.ndarray,
        y_val: np.ndarray,
        init_params: Params,
        batch_size: int = 32,
        lr: float = 0.1,
        reg: float = 1e-4,
        epochs: int = 30,
    ) -> None:
        """Train with mini-batch gradient descent and record the history."""
        if batch_size <= 0:
            raise ValueError("batch_size must be positive")
        params = {name: value.copy() for name, value in init_params.items()}
        self.history = {key: [] for key in ("train_loss", "train_acc", "val_loss", "val_acc")}

        for _epoch in range(epochs):
            for X_batch, y_batch in iterate_minibatches(X_train, y_train, batch_size):
                _, grads = self.cost_grad(X_batch, y_batch, params, reg)
                for name, gradient_name in GRADIENT_NAMES.items():
                    params[name] -= lr * grads[gradient_name]
            self._record(params, X_train, y_train, "train", reg)
            self._record(params, X_val, y_val, "val", reg)

        self.params = params
