"""
Softmax Classifier (Multinomial Logistic Regression)
====================================================

A numerically stable, fully vectorized implementation in NumPy.
"""

import logging

import numpy as np

logging.getLogger(__name__).addHandler(logging.NullHandler())
logger = logging.getLogger(__name__)

EPSILON = 1e-12


def _forward(W, X):
    """Forward pass.

    Returns:
        cache (dict): scores, shifted scores, and probabilities
    """
    scores = np.dot(X, W)
    # Subtract the row-wise max for numerical stability
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    exp_scores = np.exp(shifted)
    sum_exp = np.sum(exp_scores, axis=1, keepdims=True)
    cache = {
        "X": X,
        "W": W,
        "shifted": shifted,
        "probs": exp_scores / sum_exp,
        "log_norm": np.log(sum_exp),
    }
    return cache


def _compute_loss(cache, label, lamda):
    """Cross-entropy loss with L2 regularization."""
    log_probs = cache["shifted"] - cache["log_norm"]
    data_loss = -np.mean(np.sum(label * log_probs, axis=1))
    reg_loss = 0.5 * lamda * np.sum(cache["W"] ** 2)
    return data_loss + reg_loss


def _backward(cache, label, lamda):
    """Backward pass."""
    num_samples = cache["X"].shape[0]
    dscores = cache["probs"].copy()
    dscores -= label
    dscores /= num_samples
    dW = np.dot(cache["X"].T, dscores)
    dW += lamda * cache["W"]
    return dW


def softmax_classifier(W, input, label, lamda):
    """
    Softmax classifier.

    Args:
        W: (D, C) weights
        input: (N, D) data
        label: (N, C) one-hot labels
        lamda: regularization strength

    Returns:
        loss, gradient, prediction
    """
    cache = _forward(W, input)
    loss = _compute_loss(cache, label, lamda)
    gradient = _backward(cache, label, lamda)
    prediction = np.argmax(cache["probs"], axis=1)
    logger.debug("loss=%.6f |grad|=%.6f", loss, np.linalg.norm(gradient))
    return loss, gradient, prediction


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    rng = np.random.default_rng(0)
    X = np.hstack([rng.normal(size=(300, 2)), np.ones((300, 1))])
    T = np.eye(3)[rng.integers(0, 3, 300)]
    W = 0.01 * rng.normal(size=(3, 3))
    losses = []
    for step in range(100):
        loss, grad, _ = softmax_classifier(W, X, T, 1e-3)
        losses.append(loss)
        W -= 0.1 * grad
    logger.info("Final loss: %.4f", losses[-1])
    try:
        import matplotlib.pyplot as plt

        plt.plot(losses)
        plt.xlabel("Iteration")
        plt.ylabel("Loss")
        plt.show()
    except ImportError:
        print("matplotlib not installed")
