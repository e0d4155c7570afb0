"""
Two-layer fully-connected neural network (CS231n assignment 1).

Architecture: input -> fully connected -> ReLU -> fully connected -> softmax
"""

import logging
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

logging.basicConfig(level=logging.WARNING)
logger = logging.getLogger(__name__)


class TwoLayerNet:
    """Two-layer fully-connected network with softmax loss and L2 regularization."""

    EPS = 1e-15

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    # ------------------------------------------------------------------ #
    # Building blocks
    # ------------------------------------------------------------------ #
    @staticmethod
    def _affine_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> Tuple[np.ndarray, Dict[str, Any]]:
        out = np.dot(x, w) + b
        cache = {"x": x, "w": w}
        return out, cache

    @staticmethod
    def _affine_backward(dout: np.ndarray, cache: Dict[str, Any]) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
        x, w = cache["x"], cache["w"]
        dx = np.dot(dout, w.T)
        dw = np.dot(x.T, dout)
        db = np.sum(dout, axis=0)
        return dx, dw, db

    @staticmethod
    def _relu_forward(x: np.ndarray) -> Tuple[np.ndarray, Dict[str, Any]]:
        return np.maximum(0, x), {"x": x}

    @staticmethod
    def _relu_backward(dout: np.ndarray, cache: Dict[str, Any]) -> np.ndarray:
        dx = dout.copy()
        dx[cache["x"] <= 0] = 0
        return dx

    def _softmax_loss(self, scores: np.ndarray, y: np.ndarray) -> Tuple[float, np.ndarray]:
        num_examples = scores.shape[0]
        stable_scores = scores - np.max(scores, axis=1, keepdims=True)
        exp_scores = np.exp(stable_scores)
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        correct_probs = np.clip(probs[np.arange(num_examples), y], self.EPS, 1.0)
        loss = np.sum(-np.log(correct_probs)) / num_examples

        dscores = probs.copy()
        dscores[np.arange(num_examples), y] -= 1
        dscores /= num_examples
        return loss, dscores

    # ------------------------------------------------------------------ #
    # Public API
    # ------------------------------------------------------------------ #
    def loss(self, X: np.ndarray, y: Optional[np.ndarray] = None, reg: float = 0.0):
        """Compute the loss and gradients (or only the scores if ``y`` is None)."""
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]

        # Forward pass
        caches = {}
        hidden, caches["fc1"] = self._affine_forward(X, W1, b1)
        activated, caches["relu"] = self._relu_forward(hidden)
        scores, caches["fc2"] = self._affine_forward(activated, W2, b2)

        if y is None:
            return scores

        # Loss
        data_loss, dscores = self._softmax_loss(scores, y)
        reg_loss = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        total_loss = data_loss + reg_loss

        # Backward pass
        grads = {}
        dactivated, grads["W2"], grads["b2"] = self._affine_backward(dscores, caches["fc2"])
        dhidden = self._relu_backward(dactivated, caches["relu"])
        _, grads["W1"], grads["b1"] = self._affine_backward(dhidden, caches["fc1"])

        # Regularization gradient
        for name in ("W1", "W2"):
            grads[name] += 2 * reg * self.params[name]

        return total_loss, grads

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
        """Train the network with mini-batch SGD."""
        num_train = X.shape[0]
        iterations_per_epoch = int(max(num_train / batch_size, 1))

        loss_history: List[float] = []
        train_acc_history: List[float] = []
        val_acc_history: List[float] = []

        for it in range(num_iters):
            # Sample a mini-batch
            batch_indices = np.random.choice(num_train, batch_size, replace=True)
            X_batch = X[batch_indices]
            y_batch = y[batch_indices]

            # Compute loss and gradients
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)

            # SGD update
            for key in self.params:
                self.params[key] -= learning_rate * grads[key]

            if verbose and it % 100 == 0:
                print(f"iteration {it} / {num_iters}: loss {loss:f}")

            # Every epoch: check accuracy and decay the learning rate
            if it % iterations_per_epoch == 0:
                train_acc = np.mean(self.predict(X_batch) == y_batch)
                val_acc = np.mean(self.predict(X_val) == y_val)
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)
                logger.debug("train acc %.3f, val acc %.3f", train_acc, val_acc)
                learning_rate *= learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        """Predict the class labels."""
        scores = self.loss(X)
        y_pred = np.argmax(scores, axis=1)
        return y_pred


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(300, 20)
    y = np.random.randint(0, 4, 300)
    net = TwoLayerNet(20, 16, 4, std=1e-1)
    stats = net.train(X[:200], y[:200], X[200:], y[200:], learning_rate=1e-1, num_iters=500, batch_size=50, verbose=True)
    try:
        import matplotlib.pyplot as plt

        plt.subplot(2, 1, 1)
        plt.plot(stats["loss_history"])
        plt.subplot(2, 1, 2)
        plt.plot(stats["train_acc_history"], label="train")
        plt.plot(stats["val_acc_history"], label="val")
        plt.legend()
        plt.show()
    except ImportError:
        logger.warning("matplotlib not available")
