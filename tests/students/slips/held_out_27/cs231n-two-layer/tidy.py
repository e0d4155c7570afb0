"""Two-layer network (affine - ReLU - affine - softmax) trained by stochastic gradient descent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def log_softmax(scores: Array) -> Array:
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def cross_entropy(log_probs: Array, labels: Labels) -> float:
    """Average negative log-probability of the correct classes."""
    rows = np.arange(len(labels))
    return float(-np.mean(log_probs[rows, labels]))


def cross_entropy_gradient(log_probs: Array, labels: Labels) -> Array:
    """Derivative of the average cross-entropy by the scores."""
    delta = np.exp(log_probs)
    delta[np.arange(len(labels)), labels] -= 1.0
    return delta / len(labels)


def squared_norm(weights: Array) -> float:
    return float(np.sum(weights * weights))


def accuracy(predicted: Labels, labels: Labels) -> float:
    return float(np.mean(predicted == labels))


def draw_batch(X: Array, y: Labels, batch_size: int) -> tuple[Array, Labels]:
    """A random batch, drawn with replacement."""
    chosen = np.random.choice(X.shape[0], size=batch_size, replace=True)
    return X[chosen], y[chosen]


class TwoLayerNet:
    """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        self.params: dict[str, Array] = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _forward(self, X: Array) -> tuple[Array, Array]:
        """Hidden activations and scores."""
        hidden = np.maximum(X @ self.params["W1"] + self.params["b1"], 0.0)
        scores = hidden @ self.params["W2"] + self.params["b2"]
        return hidden, scores

    def _backward(self, X: Array, hidden: Array, delta_scores: Array, reg: float) -> dict[str, Array]:
        W1, W2 = self.params["W1"], self.params["W2"]
        delta_hidden = (delta_scores @ W2.T) * (hidden > 0)
        return {
            "W1": X.T @ delta_hidden + 2.0 * reg * W1,
            "b1": delta_hidden.sum(axis=0),
            "W2": hidden.T @ delta_scores + 2.0 * reg * W2,
            "b2": delta_scores.sum(axis=0),
        }

    def loss(self, X, y=None, reg=0.0):
        hidden, scores = self._forward(X)
        if y is None:
            return scores

        log_probs = log_softmax(scores)
        penalty = reg * (squared_norm(self.params["W1"]) + squared_norm(self.params["W2"]))
        grads = self._backward(X, hidden, cross_entropy_gradient(log_probs, y), reg)
        return cross_entropy(log_probs, y) + penalty, grads

    def _sgd_step(self, grads: dict[str, Array], rate: float) -> None:
        for name, grad in grads.items():
            self.params[name] = self.params[name] - rate * grad

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        iterations_per_epoch = max(X.shape[0] // batch_size, 1)
        rate = learning_rate
        history: dict[str, list[float]] = {
            "loss_history": [],
            "train_acc_history": [],
            "val_acc_history": [],
        }
        for iteration in range(num_iters):
            X_batch, y_batch = draw_batch(X, y, batch_size)
            loss, grads = self.loss(X_batch, y_batch, reg=reg)
            history["loss_history"].append(loss)
            self._sgd_step(grads, rate)

            if verbose and iteration % 100 == 0:
                print(f"iteration {iteration} / {num_iters}: loss {loss:.4f}")

            if (iteration + 1) % iterations_per_epoch == 0:
                history["train_acc_history"].append(accuracy(self.predict(X_batch), y_batch))
                history["val_acc_history"].append(accuracy(self.predict(X_val), y_val))
                rate *= learning_rate_decay
        return history

    def predict(self, X):
        _, scores = self._forward(X)
        return np.argmax(scores, axis=1)
