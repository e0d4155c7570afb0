"""
Homework 0 - Softmax Regression & Two-Layer Neural Network
==========================================================

This module implements:
    1. A numerically stable softmax cross-entropy loss
    2. One epoch of mini-batch SGD for softmax regression
    3. One epoch of mini-batch SGD for a two-layer ReLU network
"""

import logging
from typing import Dict, Tuple

import numpy as np

logger = logging.getLogger(__name__)

EPS = 1e-12  # avoids log(0)


def _stable_softmax(logits: np.ndarray) -> np.ndarray:
    """Compute the softmax along the last axis in a numerically stable way."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    exp_scores = np.exp(shifted)
    return exp_scores / np.sum(exp_scores, axis=1, keepdims=True)


def _forward(X: np.ndarray, params: Dict[str, np.ndarray]) -> Tuple[np.ndarray, Dict[str, np.ndarray]]:
    """Forward pass. Returns the probabilities and a cache for the backward pass."""
    Z1 = np.dot(X, params["W1"])
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(A1, params["W2"])
    A2 = _stable_softmax(Z2)
    cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def _backward(y: np.ndarray, params: Dict[str, np.ndarray], cache: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """Backward pass. Returns a dictionary of gradients."""
    m = cache["X"].shape[0]

    dZ2 = cache["A2"].copy()
    dZ2[np.arange(m), y] -= 1
    dZ2 /= m

    dW2 = np.dot(cache["A1"].T, dZ2)
    dA1 = np.dot(dZ2, params["W2"].T)
    dZ1 = dA1.copy()
    dZ1[cache["Z1"] <= 0] = 0
    dW1 = np.dot(cache["X"].T, dZ1)

    return {"W1": dW1, "W2": dW2}


def softmax_loss(Z, y):
    """
    Compute the average softmax (cross-entropy) loss.

    Args:
        Z (np.ndarray): logits of shape (N, C)
        y (np.ndarray): integer labels of shape (N,)

    Returns:
        float: average loss over the batch
    """
    N = Z.shape[0]
    probs = _stable_softmax(Z)
    correct_class_probs = probs[np.arange(N), y]
    loss = -np.sum(np.log(correct_class_probs + EPS)) / N
    return loss


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """
    Run a single epoch of SGD for softmax regression (modifies theta in place).
    """
    N = X.shape[0]
    for step, start in enumerate(range(0, N, batch)):
        end = min(start + batch, N)
        X_batch = X[start:end]
        y_batch = y[start:end]
        m = end - start

        probs = _stable_softmax(np.dot(X_batch, theta))
        one_hot = np.eye(theta.shape[1])[y_batch]
        grad = np.dot(X_batch.T, probs - one_hot) / m

        theta -= lr * grad
        logger.debug("step %d: grad norm %.4f", step, np.linalg.norm(grad))


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """
    Run a single epoch of SGD for the two-layer network (modifies W1 and W2 in place).
    """
    params = {"W1": W1, "W2": W2}
    N = X.shape[0]
    for start in range(0, N, batch):
        end = min(start + batch, N)
        X_batch, y_batch = X[start:end], y[start:end]

        # 1. Forward pass
        _, cache = _forward(X_batch, params)
        # 2. Backward pass
        grads = _backward(y_batch, params, cache)
        # 3. Parameter update (in place!)
        for key in params:
            params[key] -= lr * grads[key]


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(500, 64))
    y = rng.integers(0, 10, size=500)
    W1 = rng.normal(size=(64, 32)) / 8
    W2 = rng.normal(size=(32, 10)) / 6
    losses = []
    for epoch in range(20):
        nn_epoch(X, y, W1, W2, lr=0.2, batch=50)
        losses.append(softmax_loss(np.maximum(X @ W1, 0) @ W2, y))
        print(f"Epoch {epoch + 1:2d} | loss {losses[-1]:.4f}")
    try:
        import matplotlib.pyplot as plt

        plt.plot(losses)
        plt.xlabel("Epoch")
        plt.ylabel("Loss")
        plt.show()
    except ImportError:
        print("matplotlib is not installed, skipping the plot")
