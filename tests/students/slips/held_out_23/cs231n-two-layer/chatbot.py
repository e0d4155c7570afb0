"""A two-layer fully connected network with a softmax loss (CS231n style)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple, Union

import numpy as np

Array = np.ndarray
LossResult = Union[Array, Tuple[float, Dict[str, Array]]]


def affine_forward(x: Array, w: Array, b: Array) -> Array:
    """Affine transformation x w + b."""
    return x.dot(w) + b


def relu_forward(x: Array) -> Array:
    """Elementwise maximum with zero."""
    return np.maximum(0, x)


def affine_backward(upstream: Array, x: Array, w: Array) -> Tuple[Array, Array, Array]:
    """Return the gradients with respect to x, w and b."""
    dx = upstream.dot(w.T)
    dw = x.T.dot(upstream)
    db = upstream.sum(axis=0)
    return dx, dw, db


def relu_backward(upstream: Array, pre_activation: Array) -> Array:
    """Zero the upstream gradient where the unit was not active."""
    dx = upstream.copy()
    dx[pre_activation <= 0] = 0
    return dx


def softmax_loss(scores: Array, y: Array) -> Tuple[float, Array]:
    """Average softmax loss and its gradient with respect to the scores."""
    num_train = scores.shape[0]
    shifted_scores = scores - scores.max(axis=1, keepdims=True)
    exp_scores = np.exp(shifted_scores)
    probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    correct_logprobs = -np.log(probs[np.arange(num_train), y] + 1e-15)
    loss = correct_logprobs.sum() / num_train
    dscores = probs.copy()
    dscores[np.arange(num_train), y] -= 1
    dscores /= num_train
    return loss, dscores


class TwoLayerNet:
    """Affine - ReLU - affine - softmax."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        """Initialise small random weights and zero biases."""
        self.params: Dict[str, Array] = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def _regularization_loss(self, reg: float) -> float:
        """L2 penalty of the weights (not of the biases)."""
        return reg * sum(float(np.sum(self.params[name] ** 2)) for name in ("W1", "W2"))

    def loss(self, X: Array, y: Optional[Array] = None, reg: float = 0.0) -> LossResult:
        """Return the scores, or the loss and the gradients if labels are given."""
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]

        # Forward pass
        hidden_pre = affine_forward(X, W1, b1)
        hidden = relu_forward(hidden_pre)
        scores = affine_forward(hidden, W2, b2)

        # Without labels we are done
        if y is None:
            return scores

        # Loss
        data_loss, dscores = softmax_loss(scores, y)
        total_loss = data_loss + self._regularization_loss(reg)

        # Backward pass
        grads: Dict[str, Array] = {}
        dhidden, grads["W2"], grads["b2"] = affine_backward(dscores, hidden, W2)
        dhidden_pre = relu_backward(dhidden, hidden_pre)
        _, grads["W1"], grads["b1"] = affine_backward(dhidden_pre, X, W1)

        # Regularization gradient
        for name in ("W1", "W2"):
            grads[name] += 2 * reg * self.params[name]

        return total_loss, grads

    @staticmethod
    def _sample_batch(X: Array, y: Array, batch_size: int) -> Tuple[Array, Array]:
        """Draw a random batch with replacement."""
        batch_indices = np.random.choice(X.shape[0], batch_size, replace=True)
        return X[batch_indices], y[batch_indices]

    def _sgd_step(self, grads: Dict[str, Array], learning_rate: float) -> None:
        """Perform one step of gradient descent."""
        for name, grad in grads.items():
            self.params[name] = self.params[name] - learning_rate * grad

    def _accuracy(self, X: Array, y: Array) -> float:
        """Fraction of correct predictions."""
        return float((self.predict(X) == y).mean())

    def train(
        self,
        X: Array,
        y: Array,
        X_val: Array,
        y_val: Array,
        learning_rate: float = 1e-3,
        learning_rate_decay: float = 0.95,
        reg: float = 5e-6,
        num_iters: int = 100,
        batch_size: int = 200,
        verbose: bool = False,
    ) -> Dict[str, List[Any]]:
        """Train with stochastic gradient descent."""
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        loss_history: List[float] = []
        train_acc_history: List[float] = []
        val_acc_history: List[float] = []

        for it in range(num_iters):
            X_batch, y_batch = self._sample_batch(X, y, batch_size)
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)
            self._sgd_step(grads, learning_rate)

            if verbose and it % 100 == 0:
                print(f"iteration {it} / {num_iters}: loss {loss:.6f}")

            # End of an epoch: check the accuracy and decay the learning rate
            if (it + 1) % iterations_per_epoch == 0:
                train_acc_history.append(self._accuracy(X_batch, y_batch))
                val_acc_history.append(self._accuracy(X_val, y_val))
                learning_rate *= learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X: Array) -> Array:
        """Return the class with the largest score for every row."""
        scores = self.loss(X)
        return np.argmax(scores, axis=1)
