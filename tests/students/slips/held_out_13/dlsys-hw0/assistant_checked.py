"""Softmax regression and a two-layer ReLU network trained with mini-batch SGD."""

import numpy as np


def _validate(X, y, batch):
    """Check the shapes of a data set and return float inputs and integer labels."""
    X = np.asarray(X, dtype=np.float64)
    y = np.asarray(y).astype(np.intp)
    if X.ndim != 2:
        raise ValueError("X must be a matrix of shape (N, D)")
    if y.shape != (X.shape[0],):
        raise ValueError("y must hold one label for each row of X")
    if int(batch) < 1:
        raise ValueError("batch must be at least 1")
    return X, y


def _log_softmax(logits):
    """Stable logarithm of the row-wise softmax."""
    centred = logits - np.max(logits, axis=1, keepdims=True)
    return centred - np.log(np.exp(centred).sum(axis=1, keepdims=True))


def _logit_gradient(logits, labels):
    """Gradient of the summed loss with respect to the logits."""
    gradient = np.exp(_log_softmax(logits))
    np.add.at(gradient, (np.arange(labels.shape[0]), labels), -1.0)
    return gradient


def _forward(inputs, W1, W2):
    """Forward pass; returns a cache for the backward pass."""
    pre_activation = inputs @ W1
    active = pre_activation > 0.0
    hidden = np.multiply(pre_activation, active)
    return {"inputs": inputs, "active": active, "hidden": hidden, "logits": hidden @ W2}


def _backward(cache, labels, W2):
    """Average gradients of the two weight matrices."""
    scale = 1.0 / labels.shape[0]
    upstream = _logit_gradient(cache["logits"], labels)
    grad_W2 = scale * (cache["hidden"].T @ upstream)
    downstream = np.zeros_like(cache["hidden"])
    np.matmul(upstream, W2.T, out=downstream)
    downstream[~cache["active"]] = 0.0
    grad_W1 = scale * (cache["inputs"].T @ downstream)
    return {"W1": grad_W1, "W2": grad_W2}


def softmax_loss(Z, y):
    """Average softmax (cross-entropy) loss.

    Args:
        Z: logits of shape (N, C).
        y: integer labels of shape (N,).

    Returns:
        The loss as a float.
    """
    Z = np.asarray(Z, dtype=np.float64)
    y = np.asarray(y).astype(np.intp)
    if Z.ndim != 2 or y.shape != (Z.shape[0],):
        raise ValueError("Z must be (N, C) and y (N,)")
    picked = np.take_along_axis(_log_softmax(Z), y[:, np.newaxis], axis=1)
    return float(-picked.mean())


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """Run a single epoch of SGD for softmax regression (theta changes in place)."""
    X, y = _validate(X, y, batch)
    start = 0
    while start < X.shape[0]:
        stop = start + int(batch)
        inputs, labels = X[start:stop], y[start:stop]
        gradient = inputs.T @ _logit_gradient(inputs @ theta, labels)
        gradient /= labels.shape[0]
        theta[...] = theta - lr * gradient
        start = stop


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """Run a single epoch of SGD for the two-layer network (W1, W2 change in place)."""
    X, y = _validate(X, y, batch)
    if W1.shape[1] != W2.shape[0]:
        raise ValueError("W1 and W2 do not fit")
    weights = {"W1": W1, "W2": W2}
    start = 0
    while start < X.shape[0]:
        stop = start + int(batch)
        cache = _forward(X[start:stop], W1, W2)
        gradients = _backward(cache, y[start:stop], W2)
        for name, weight in weights.items():
            weight[...] = weight - lr * gradients[name]
        start = stop
