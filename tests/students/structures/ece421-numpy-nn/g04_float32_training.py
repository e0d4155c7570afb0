"""Neural network with one hidden ReLU layer in plain NumPy: batches are rows, losses and gradients are averages."""

import numpy as np


def relu(x):
    """max(x, 0), entry by entry."""
    return np.maximum(x, 0)


def softmax(logits):
    """Each row's exponentials over their sum; the shift by the row's maximum keeps them finite."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def compute_layer(x, w, b):
    """x w + b: (N, D), (D, H), (1, H) -> (N, H)."""
    return x @ w + b


def average_ce(target, prediction):
    """-1/N sum t log p; where t is 0 the logarithm is not asked, so that 0 log 0 is 0."""
    log_p = np.log(np.where(target > 0, prediction, 1.0))
    return -np.sum(target * log_p) / len(target)


def grad_ce(target, logits):
    """Derivative of the average loss by the logits: (N, C)."""
    return (softmax(logits) - target) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    """z_h (N, H), a_h (N, H), z_o (N, C), p (N, C)."""
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    """dW_h (D, H), db_h (1, H), dW_o (H, C), db_o (1, C) of the average loss."""
    z_h, a_h, _, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """Full batch, v = gamma v + lr gradient, w = w - v; (xv, tv) would serve early stopping, which is not asked."""
    rng = np.random.default_rng(seed)
    D, C = x.shape[1], t.shape[1]
    w_h = rng.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + C)), (hidden, C))
    w_h, w_o = w_h.astype(np.float32), w_o.astype(np.float32)
    x, t = x.astype(np.float32), t.astype(np.float32)
    weights = [w_h, np.zeros((1, hidden), np.float32), w_o, np.zeros((1, C), np.float32)]
    velocities = [np.zeros_like(w) for w in weights]
    for _ in range(epochs):
        gradients = backward_prop(x, t, *weights)
        velocities = [gamma * v + lr * g for v, g in zip(velocities, gradients, strict=True)]
        weights = [w - v for w, v in zip(weights, velocities, strict=True)]
    weights = [w.astype(float) for w in weights]
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), weights, strict=True))
