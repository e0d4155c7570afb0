"""CS231n assignment 1: a two-layer fully connected network with a softmax loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass
class AffineCache:
    """Inputs of an affine layer, saved for the backward pass."""

    x: np.ndarray
    w: np.ndarray


@dataclass
class TrainState:
    """Mutable state of the optimisation loop."""

    learning_rate: float
    loss_history: list[float] = field(default_factory=list)
    train_acc_history: list[float] = field(default_factory=list)
    val_acc_history: list[float] = field(default_factory=list)

    def result(self) -> dict[str, list[float]]:
        """Histories in the format required by the assignment."""
        return {
            "loss_history": self.loss_history,
            "train_acc_history": self.train_acc_history,
            "val_acc_history": self.val_acc_history,
        }


def affine_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, AffineCache]:
    """Compute ``x @ w + b``."""
    return x @ w + b, AffineCache(x, w)


def affine_backward(dout: np.ndarray, cache: AffineCache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients of an affine layer with respect to its input, weight and bias."""
    dx = dout @ cache.w.T
    dw = cache.x.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db


def relu_forward(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """ReLU and the boolean mask of the active units."""
    mask = x > 0
    return np.where(mask, x, 0.0), mask


def relu_backward(dout: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Gradient of the ReLU."""
    return np.where(mask, dout, 0.0)


def softmax_loss(scores: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Average softmax loss and its gradient with respect to the scores."""
    num = scores.shape[0]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    loss = -np.sum(log_probs[np.arange(num), y]) / num
    dscores = np.exp(log_probs)
    dscores[np.arange(num), y] -= 1.0
    dscores /= num
    return float(loss), dscores


def l2_penalty(reg: float, *weights: np.ndarray) -> float:
    """L2 penalty ``reg * sum ||W||^2``."""
    return float(sum(reg * np.sum(w * w) for w in weights))


def l2_gradient(reg: float, weight: np.ndarray) -> np.ndarray:
    """Gradient of :func:`l2_penalty` with respect to one weight matrix."""
    return 2.0 * reg * weight


def accuracy(predicted: np.ndarray, labels: np.ndarray) -> float:
    """Share of correct predictions."""
    return float(np.mean(predicted == labels)) if len(labels) else 0.0


class TwoLayerNet:
    """input - affine - ReLU - affine - softmax."""

    params: dict[str, np.ndarray]

    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        """Initialise the weights with small random values and the biases with zero."""
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _scores(self, X: np.ndarray) -> tuple[np.ndarray, tuple[Any, ...]]:
        """Forward pass: scores and caches."""
        pre, first = affine_forward(X, self.params["W1"], self.params["b1"])
        hidden, mask = relu_forward(pre)
        scores, second = affine_forward(hidden, self.params["W2"], self.params["b2"])
        return scores, (first, mask, second)

    def loss(self, X: np.ndarray, y: np.ndarray | None = None, reg: float = 0.0) -> Any:
        """Scores if ``y`` is None, else the loss and the gradients."""
        scores, (first, mask, second) = self._scores(X)
        if y is None:
            return scores

        data_loss, dscores = softmax_loss(scores, y)
        total = data_loss + l2_penalty(reg, self.params["W1"], self.params["W2"])

        dhidden, dW2, db2 = affine_backward(dscores, second)
        dpre = relu_backward(dhidden, mask)
        _, dW1, db1 = affine_backward(dpre, first)

        grads = {
            "W1": dW1 + l2_gradient(reg, self.params["W1"]),
            "b1": db1,
            "W2": dW2 + l2_gradient(reg, self.params["W2"]),
            "b2": db2,
        }
        return total, grads

    def _sample_batch(self, X: np.ndarray, y: np.ndarray, batch_size: int) -> tuple[np.ndarray, np.ndarray]:
        """Draw a random mini-batch without replacement."""
        size = min(batch_size, X.shape[0])
        indices = np.random.permutation(X.shape[0])[:size]
        return X[indices], y[indices]

    def _apply_gradients(self, grads: dict[str, np.ndarray], learning_rate: float) -> None:
        """One step of vanilla SGD."""
        for name, grad in grads.items():
            self.params[name] = self.params[name] - learning_rate * grad

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
        """Train with SGD and return the histories."""
        state = TrainState(learning_rate=learning_rate)
        iterations_per_epoch = max(X.shape[0] // batch_size, 1)

        for iteration in range(num_iters):
            X_batch, y_batch = self._sample_batch(X, y, batch_size)
            loss, grads = self.loss(X_batch, y_batch, reg=reg)
            state.loss_history.append(loss)
            self._apply_gradients(grads, state.learning_rate)

            if verbose and iteration % 100 == 0:
                print(f"iteration {iteration} / {num_iters}: loss {loss:.6f}")

            is_epoch_end = (iteration + 1) % iterations_per_epoch == 0
            if is_epoch_end:
                state.train_acc_history.append(accuracy(self.predict(X_batch), y_batch))
                state.val_acc_history.append(accuracy(self.predict(X_val), y_val))
                state.learning_rate *= learning_rate_decay

        return state.result()

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Class with the highest score for every row of ``X``."""
        scores, _ = self._scores(X)
        return np.argmax(scores, axis=1)
