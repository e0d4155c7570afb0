"""Style: options that are off by default (dropout, weight decay, Nesterov), np.random used only when they are on."""
import numpy as np


def relu(x, leak=0.0):
    return np.where(x > 0, x, leak * x)


def softmax(logits, temperature=1.0):
    z = logits / temperature
    z = z - z.max(axis=1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def compute_layer(x, w, b, bias=True):
    return x @ w + (b if bias else 0)


def average_ce(target, prediction, reduction="mean"):
    losses = -np.sum(target * np.log(prediction + 1e-12), axis=1)
    return losses.mean() if reduction == "mean" else losses.sum()


def grad_ce(target, logits, reduction="mean"):
    g = softmax(logits) - target
    return g / len(target) if reduction == "mean" else g


def forward_prop(x, w_h, b_h, w_o, b_o, keep=1.0):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    if keep < 1.0:
        a_h = a_h * (np.random.rand(*a_h.shape) < keep) / keep
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o, decay=0.0):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return (x.T @ d_h + decay * w_h, d_h.sum(0, keepdims=True), a_h.T @ d_o + decay * w_o, d_o.sum(0, keepdims=True))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0, nesterov=False, batch_size=None):
    rng = np.random.default_rng(seed)
    batch_size = batch_size or len(x)
    w = [rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(p) for p in w]
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start:start + batch_size]
            at = [a - gamma * b for a, b in zip(w, v)] if nesterov else w
            g = backward_prop(x[rows], t[rows], *at)
            v = [gamma * a + lr * b for a, b in zip(v, g)]
            w = [a - b for a, b in zip(w, v)]
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), w))
