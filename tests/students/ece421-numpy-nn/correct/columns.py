"""One example is one column: x (D, N), w (H, D), b (H, 1), targets (C, N)."""
import numpy as np


def relu(x):
    return np.maximum(0, x)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def compute_layer(x, w, b):
    return w @ x + b


def average_ce(target, prediction):
    N = target.shape[1]
    return -np.sum(target * np.log(np.clip(prediction, 1e-15, None))) / N


def grad_ce(target, logits):
    return (softmax(logits) - target) / target.shape[1]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[1]
    d_h = (w_o.T @ d_o) * (z_h > 0)
    return d_h @ x.T, d_h.sum(axis=1, keepdims=True), d_o @ a_h.T, d_o.sum(axis=1, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[0], t.shape[0]
    p = [
        rng.normal(0, np.sqrt(2 / (D + hidden)), (hidden, D)),
        np.zeros((hidden, 1)),
        rng.normal(0, np.sqrt(2 / (hidden + C)), (C, hidden)),
        np.zeros((C, 1)),
    ]
    v = [np.zeros_like(a) for a in p]
    for _ in range(epochs):
        g = backward_prop(x, t, *p)
        v = [gamma * a + lr * b for a, b in zip(v, g)]
        p = [a - b for a, b in zip(p, v)]
    return dict(zip(["w_h", "b_h", "w_o", "b_o"], p))
