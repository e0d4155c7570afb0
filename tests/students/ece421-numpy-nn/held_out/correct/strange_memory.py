"""Style: results in Fortran order, with negative strides, as broadcast views, as np.matrix-free subclasses."""
import numpy as np


def relu(x):
    return np.asfortranarray(np.fmax(x, 0.0))


def softmax(logits):
    e = np.exp(logits - np.max(logits, 1, keepdims=True))
    return (e / e.sum(1, keepdims=True))[::-1][::-1]


def compute_layer(x, w, b):
    big = np.zeros((2 * len(x), w.shape[1] + 3))
    big[::2, :-3] = x @ w + b
    return big[::2, :-3]


def average_ce(target, prediction):
    total = -np.sum(np.log(np.where(target == 1, prediction, 1) + 1e-12))
    return np.broadcast_to(total / target.shape[0], (1, 1))


def grad_ce(target, logits):
    return np.array((softmax(logits) - target) / len(target), order="F")


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = np.asfortranarray(compute_layer(x, w_h, b_h))
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = (w_o @ d_o.T).T * (z_h > 0)
    return (d_h.T @ x).T, d_h.sum(0, keepdims=True)[:, ::-1][:, ::-1], (d_o.T @ a_h).T, np.asfortranarray(d_o.sum(0)[None])


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (hidden, x.shape[1])).T
    w_o = rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (t.shape[1], hidden)).T
    w = [w_h, np.zeros((1, hidden)), w_o, np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(p) for p in w]
    for _ in range(epochs):
        g = backward_prop(x, t, *w)
        v = [gamma * a + lr * b for a, b in zip(v, g)]
        w = [a - b for a, b in zip(w, v)]
    return {k: np.asfortranarray(p) for k, p in zip(("w_h", "b_h", "w_o", "b_o"), w)}
