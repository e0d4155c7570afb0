"""A two-layer network (affine - ReLU - affine - softmax) with hand-written gradients."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Activations(NamedTuple):
    """What the forward pass computes on its way."""

    z1: np.ndarray
    a1: np.ndarray
    scores: np.ndarray


def cross_entropy(scores: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Average softmax loss over the rows, and its gradient with respect to the scores."""
    num_examples = scores.shape[0]
    assert y.shape == (num_examples,)
    shifted = scores - scores.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    normaliser = exponentials.sum(axis=1, keepdims=True)

    picked = shifted[np.arange(num_examples), y]
    loss = float(np.mean(np.log(normaliser[:, 0]) - picked))

    gradient = exponentials / normaliser
    gradient[np.arange(num_examples), y] -= 1.0
    return loss, gradient / num_examples


def l2_penalty(weight: np.ndarray, reg: float) -> tuple[float, np.ndarray]:
    """reg * sum(W^2) and its gradient."""
    return float(reg * np.sum(weight**2)), 2.0 * reg * weight


def accuracy(predicted: np.ndarray, actual: np.ndarray) -> float:
    """Share of right predictions."""
    return float(np.mean(predicted == actual))


class TwoLayerNet:
    """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        self.params: dict[str, np.ndarray] = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _forward(self, X: np.ndarray) -> Activations:
        """Scores of X and everything the backward pass needs."""
        z1 = X @ self.params["W1"] + self.params["b1"]
        a1 = np.maximum(z1, 0.0)
        scores = a1 @ self.params["W2"] + self.params["b2"]
        assert scores.shape == (X.shape[0], self.params["W2"].shape[1])
        return Activations(z1, a1, scores)

    def loss(self, X: np.ndarray, y: np.ndarray | None = None, reg: float = 0.0):
        """Scores if y is None, otherwise (loss, gradients)."""
        z1, a1, scores = self._forward(X)
        if y is None:
            return scores

        data_loss, delta2 = cross_entropy(scores, y)
        penalty1, decay1 = l2_penalty(self.params["W1"], reg)
        penalty2, decay2 = l2_penalty(self.params["W2"], reg)

        delta1 = delta2 @ self.params["W2"].T
        delta1 *= z1 > 0
        grads = {
            "W1": X.T @ delta1 + decay1,
            "b1": delta1.sum(axis=0),
            "W2": a1.T @ delta2 + decay2,
            "b2": delta2.sum(axis=0),
        }
        for name, grad in grads.items():
            assert grad.shape == self.params[name].shape, name
        return data_loss + penalty1 + penalty2, grads

    def _step(self, grads: dict[str, np.ndarray], learning_rate: float) -> None:
        """Plain gradient descent."""
        for name, grad in grads.items():
            self.params[name] = self.params[name] - learning_rate * grad

    def train(
        self,
        X: np.ndarray,
        y: np.ndarray,
        X_val: np.ndarray,
        y_val: np.ndarray,
        learning_rate: float = 1e-3,
        learning_rate_decay: float = 0.95,
        reg: float = 5e-6,
        num_iters: int = 100,
        batch_size: int = 200,
        verbose: bool = False,
    ) -> dict[str, list[float]]:
        """Stochastic gradient descent; the rate decays at the end of every pass over the data."""
        num_train = X.shape[0]
        iterations_per_pass = max(num_train // batch_size, 1)
        history: dict[str, list[float]] = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}

        for iteration in range(1, num_iters + 1):
            rows = np.random.randint(0, num_train, size=batch_size)
            X_batch, y_batch = X[rows], y[rows]
            loss, grads = self.loss(X_batch, y_batch, reg=reg)
            history["loss_history"].append(loss)
            self._step(grads, learning_rate)

            if verbose and iteration % 100 == 0:
                print(f"iteration {iteration} / {num_iters}: loss {loss:.6f}")
            if iteration % iterations_per_pass == 0:
                history["train_acc_history"].append(accuracy(self.predict(X_batch), y_batch))
                history["val_acc_history"].append(accuracy(self.predict(X_val), y_val))
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Class with the largest score, for every row."""
        return self._forward(X).scores.argmax(axis=1)
