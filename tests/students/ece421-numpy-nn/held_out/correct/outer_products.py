"""Style: one sample at a time with np.outer, gradients accumulated; -= and += on own arrays."""
import numpy as np


def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y


def softmax(logits):
    return np.array([np.exp(z - z.max()) / np.exp(z - z.max()).sum() for z in logits])


def compute_layer(x, w, b):
    return np.vstack([np.dot(w.T, row) + b.reshape(-1) for row in x])


def average_ce(target, prediction):
    return np.mean([-np.log(p[t.argmax()] + 1e-10) for t, p in zip(target, prediction)])


def grad_ce(target, logits):
    grad = np.zeros(logits.shape)
    grad += softmax(logits)
    grad -= target
    grad /= len(grad)
    return grad


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dW_h = np.zeros(w_h.shape)
    db_h = np.zeros(b_h.shape)
    dW_o = np.zeros(w_o.shape)
    db_o = np.zeros(b_o.shape)
    for i in range(len(x)):
        err = p[i] - target[i]
        dW_o += np.outer(a_h[i], err)
        db_o += err
        hid = w_o.dot(err)
        hid[z_h[i] <= 0] = 0
        dW_h += np.outer(x[i], hid)
        db_h += hid
    n = float(len(x))
    return dW_h / n, db_h / n, dW_o / n, db_o / n


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    np.random.seed(seed)
    w_h = np.random.randn(x.shape[1], hidden) * 0.01
    b_h = np.zeros((1, hidden))
    w_o = np.random.randn(hidden, t.shape[1]) * 0.01
    b_o = np.zeros((1, t.shape[1]))
    v1 = np.zeros_like(w_h); v2 = np.zeros_like(b_h); v3 = np.zeros_like(w_o); v4 = np.zeros_like(b_o)
    N = x.shape[0]
    for i in range(epochs):
        z1 = np.dot(x, w_h) + b_h
        a1 = np.maximum(0, z1)
        z2 = np.dot(a1, w_o) + b_o
        ex = np.exp(z2 - np.max(z2, axis=1).reshape(-1, 1))
        p = ex / np.sum(ex, axis=1).reshape(-1, 1)
        d2 = (p - t) / N
        d1 = np.dot(d2, w_o.T) * (z1 > 0)
        v1 *= gamma; v1 += lr * np.dot(x.T, d1)
        v2 *= gamma; v2 += lr * np.sum(d1, axis=0, keepdims=True)
        v3 *= gamma; v3 += lr * np.dot(a1.T, d2)
        v4 *= gamma; v4 += lr * np.sum(d2, axis=0, keepdims=True)
        w_h -= v1
        b_h -= v2
        w_o -= v3
        b_o -= v4
    return {'w_h': w_h, 'b_h': b_h, 'w_o': w_o, 'b_o': b_o}
