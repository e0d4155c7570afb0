"""Style: biases are 1-D, as results and in training, whatever shape they come in."""
import numpy as np


def relu(x):
    return np.where(x > 0, x, 0)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1)[:, np.newaxis])
    return e / e.sum(axis=1)[:, np.newaxis]


def compute_layer(x, w, b):
    return np.dot(x, w) + b.flatten()


def average_ce(target, prediction):
    return np.array([-np.mean(np.sum(target * np.log(prediction + 1e-8), axis=1))])


def grad_ce(target, logits):
    return 1.0 / len(target) * (softmax(logits) - target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = np.where(z_h > 0, np.dot(d_o, w_o.T), 0)
    return np.dot(x.T, d_h), d_h.sum(axis=0), np.dot(a_h.T, d_o), d_o.sum(axis=0)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.RandomState(seed)
    w_h = rng.normal(0.0, np.sqrt(2.0 / (x.shape[1] + hidden)), size=(x.shape[1], hidden))
    w_o = rng.normal(0.0, np.sqrt(2.0 / (hidden + t.shape[1])), size=(hidden, t.shape[1]))
    b_h = np.zeros(hidden)
    b_o = np.zeros(t.shape[1])
    vw_h, vb_h, vw_o, vb_o = np.zeros_like(w_h), np.zeros_like(b_h), np.zeros_like(w_o), np.zeros_like(b_o)
    for _ in range(epochs):
        gw_h, gb_h, gw_o, gb_o = backward_prop(x, t, w_h, b_h, w_o, b_o)
        vw_h = gamma * vw_h + lr * gw_h
        vb_h = gamma * vb_h + lr * gb_h
        vw_o = gamma * vw_o + lr * gw_o
        vb_o = gamma * vb_o + lr * gb_o
        w_h = w_h - vw_h
        b_h = b_h - vb_h
        w_o = w_o - vw_o
        b_o = b_o - vb_o
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
