"""Style: float32 in, inside and out."""
import numpy as np

F = np.float32


def relu(x):
    return np.maximum(x.astype(F), F(0))


def softmax(logits):
    z = logits.astype(F)
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def compute_layer(x, w, b):
    return x.astype(F) @ w.astype(F) + b.astype(F)


def average_ce(target, prediction):
    p = np.clip(prediction.astype(F), F(1e-7), F(1))
    return -np.sum(target.astype(F) * np.log(p)) / F(len(target))


def grad_ce(target, logits):
    return (softmax(logits) - target.astype(F)) / F(target.shape[0])


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    x, target, w_o = x.astype(F), target.astype(F), w_o.astype(F)
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / F(x.shape[0])
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)).astype(F)
    w_o = rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])).astype(F)
    w = [w_h, np.zeros((1, hidden), F), w_o, np.zeros((1, t.shape[1]), F)]
    v = [np.zeros_like(p) for p in w]
    for _ in range(epochs):
        g = backward_prop(x, t, *w)
        v = [F(gamma) * a + F(lr) * b for a, b in zip(v, g)]
        w = [a - b for a, b in zip(w, v)]
    return dict(zip(["w_h", "b_h", "w_o", "b_o"], w))
