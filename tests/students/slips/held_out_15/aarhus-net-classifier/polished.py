"""A small neural-network classifier: one hidden ReLU layer, a softmax output and L2-regularised cross-entropy.

Shapes used throughout
    n  examples in a batch (rows)      d  inputs
    h  hidden units                    k  classes
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

import numpy as np

ParameterDict = Dict[str, np.ndarray]

PARAMETER_TO_GRADIENT: Dict[str, str] = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}
HISTORY_KEYS: Tuple[str, ...] = ("train_loss", "train_acc", "val_loss", "val_acc")


def one_in_k_encoding(vec: np.ndarray, k: int) -> np.ndarray:
    """Encode class numbers (n,) as one-hot rows (n, k)."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    """Logarithm of the softmax of each row, without overflow and without log(0)."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_partition = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return shifted - log_partition


def softmax(X: np.ndarray) -> np.ndarray:
    """Softmax of each row.

    Parameters
    ----------
    X : array of shape (n, k)

    Returns
    -------
    array of shape (n, k) whose rows are probability distributions
    """
    shifted = X - np.max(X, axis=1, keepdims=True)
    unnormalised = np.exp(shifted)
    return unnormalised / np.sum(unnormalised, axis=1, keepdims=True)


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit, entry by entry; the argument is left alone."""
    return np.clip(x, 0.0, None)


def get_init_params(input_dim: int, hidden_size: int, output_size: int) -> ParameterDict:
    """He-initialised weights and zero biases."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    """Two-layer classifier.

    Attributes
    ----------
    params : the parameters found by `fit`, None before
    history : dictionary of the four learning curves, None before `fit`
    """

    def __init__(self) -> None:
        self.params: Optional[ParameterDict] = None
        self.history: Optional[Dict[str, List[float]]] = None

    # ------------------------------------------------------------------ prediction

    def _resolve_params(self, params: Optional[ParameterDict]) -> ParameterDict:
        """The given parameters, or the fitted ones where none are given."""
        if params is not None:
            return params
        if self.params is None:
            raise RuntimeError("call fit first or pass params")
        return self.params

    @staticmethod
    def _forward(X: np.ndarray, params: ParameterDict) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Hidden pre-activations, hidden activations and logits."""
        hidden_pre = X @ params["W1"] + params["b1"]
        hidden = relu(hidden_pre)
        logits = hidden @ params["W2"] + params["b2"]
        return hidden_pre, hidden, logits

    def predict(self, X: np.ndarray, params: Optional[ParameterDict] = None) -> np.ndarray:
        """Most probable class of each row, shape (n,)."""
        _, _, logits = self._forward(X, self._resolve_params(params))
        return np.argmax(softmax(logits), axis=1)

    def score(self, X: np.ndarray, y: np.ndarray, params: Optional[ParameterDict] = None) -> float:
        """Share of rows whose predicted class is y."""
        is_correct = self.predict(X, params) == y
        return float(np.mean(is_correct))

    # ------------------------------------------------------------------ cost

    @staticmethod
    def cost_grad(
        X: np.ndarray, y: np.ndarray, params: ParameterDict, reg: float = 0.0
    ) -> Tuple[float, Dict[str, np.ndarray]]:
        """Regularised average cross-entropy and its gradients."""
        num_examples = X.shape[0]
        num_classes = params["W2"].shape[1]
        labels = one_in_k_encoding(y, num_classes)

        # forward
        hidden_pre, hidden, logits = NetClassifier._forward(X, params)
        log_probabilities = _log_softmax(logits)
        data_cost = -np.sum(labels * log_probabilities) / num_examples
        weight_penalty = np.sum(np.square(params["W1"])) + np.sum(np.square(params["W2"]))
        cost = data_cost + reg * weight_penalty

        # backward
        output_delta = (np.exp(log_probabilities) - labels) / num_examples
        hidden_delta = (output_delta @ params["W2"].T) * (hidden_pre > 0)
        gradients = {
            "d_w1": X.T @ hidden_delta + 2 * reg * params["W1"],
            "d_b1": np.sum(hidden_delta, axis=0, keepdims=True),
            "d_w2": hidden.T @ output_delta + 2 * reg * params["W2"],
            "d_b2": np.sum(output_delta, axis=0, keepdims=True),
        }
        return float(cost), gradients

    # ------------------------------------------------------------------ training

    def fit(
        self,
        X_train: np.ndarray,
        y_train: np.ndarray,
        X_val: np.ndarray,
        y_val: np.ndarray,
        init_params: ParameterDict,
        batch_size: int = 32,
        lr: float = 0.1,
        reg: float = 1e-4,
        epochs: int = 30,
    ) -> None:
        """Mini-batch gradient descent; keeps the parameters of the epoch with the best validation accuracy."""
        if batch_size < 1:
            raise ValueError("batch_size must be positive")

        current: ParameterDict = {name: np.copy(value) for name, value in init_params.items()}
        best: ParameterDict = {name: np.copy(value) for name, value in current.items()}
        best_accuracy = -1.0
        history: Dict[str, List[float]] = {key: [] for key in HISTORY_KEYS}
        num_examples = len(X_train)

        for _ in range(epochs):
            permutation = np.random.permutation(num_examples)
            for first in range(0, num_examples, batch_size):
                chosen = permutation[first : first + batch_size]
                _, gradients = self.cost_grad(X_train[chosen], y_train[chosen], current, reg)
                for name, gradient_name in PARAMETER_TO_GRADIENT.items():
                    current[name] = current[name] - lr * gradients[gradient_name].reshape(current[name].shape)

            train_loss, _ = self.cost_grad(X_train, y_train, current, reg)
            val_loss, _ = self.cost_grad(X_val, y_val, current, reg)
            val_accuracy = self.score(X_val, y_val, current)
            history["train_loss"].append(train_loss)
            history["train_acc"].append(self.score(X_train, y_train, current))
            history["val_loss"].append(val_loss)
            history["val_acc"].append(val_accuracy)

            if val_accuracy > best_accuracy:
                best_accuracy = val_accuracy
                best = {name: np.copy(value) for name, value in current.items()}

        self.params = best
        self.history = history


def _gradient_check(*, step: float = 1e-6) -> Dict[str, Any]:
    """Largest difference between analytical and central-difference gradients, per parameter."""
    X, y = np.random.randn(6, 4), np.random.randint(0, 3, 6)
    params = get_init_params(4, 5, 3)
    _, gradients = NetClassifier.cost_grad(X, y, params, reg=0.3)
    worst = {}
    for name, gradient_name in PARAMETER_TO_GRADIENT.items():
        numerical = np.zeros_like(params[name])
        for index in np.ndindex(*params[name].shape):
            kept = params[name][index]
            params[name][index] = kept + step
            above, _ = NetClassifier.cost_grad(X, y, params, reg=0.3)
            params[name][index] = kept - step
            below, _ = NetClassifier.cost_grad(X, y, params, reg=0.3)
            params[name][index] = kept
            numerical[index] = (above - below) / (2 * step)
        worst[name] = np.max(np.abs(numerical - gradients[gradient_name]))
    return worst


if __name__ == "__main__":
    print(_gradient_check())
