"""Style: the whole file in the column convention, at the interface too: x (D, N), w (H, D), b (H, 1)."""
import numpy as np


def relu(x):
    return np.maximum(0.0, x)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def compute_layer(x, w, b):
    return w @ x + b


def average_ce(target, prediction):
    m = target.shape[1]
    return float(-np.sum(target * np.log(np.maximum(prediction, 1e-12))) / m)


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
    w_h = rng.normal(size=(hidden, D)) * np.sqrt(2 / (D + hidden))
    b_h = np.zeros((hidden, 1))
    w_o = rng.normal(size=(C, hidden)) * np.sqrt(2 / (hidden + C))
    b_o = np.zeros((C, 1))
    weights = [w_h, b_h, w_o, b_o]
    speed = [0 * w for w in weights]
    for _ in range(epochs):
        gradient = backward_prop(x, t, *weights)
        speed = [gamma * s + lr * g for s, g in zip(speed, gradient)]
        weights = [w - s for w, s in zip(weights, speed)]
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), weights))
