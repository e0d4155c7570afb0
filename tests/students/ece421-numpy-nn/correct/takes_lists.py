"""Accepts nested lists as well as arrays, and works with flat biases."""
import numpy as np


def as_matrix(a):
    return np.atleast_2d(np.array(a, dtype=float))


def relu(x):
    x = as_matrix(x)
    return (np.abs(x) + x) / 2


def softmax(logits):
    z = as_matrix(logits)
    top = np.max(z, axis=1).reshape(-1, 1)
    e = np.exp(z - top)
    return np.divide(e, np.sum(e, axis=1).reshape(-1, 1))


def compute_layer(x, w, b):
    return np.add(np.dot(as_matrix(x), as_matrix(w)), np.array(b, dtype=float).ravel())


def average_ce(target, prediction):
    t, p = as_matrix(target), as_matrix(prediction)
    picked = p[np.arange(len(t)), np.argmax(t, axis=1)]
    return float(np.mean(-np.log(np.where(picked == 0, 1e-15, picked))))


def grad_ce(target, logits):
    t = as_matrix(target)
    g = softmax(logits)
    g[np.arange(len(t)), np.argmax(t, axis=1)] -= 1
    g /= len(t)
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return [z_h, a_h, z_o, softmax(z_o)]


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = np.multiply(np.dot(d_o, as_matrix(w_o).T), np.sign(a_h))
    return [np.dot(as_matrix(x).T, d_h), np.sum(d_h, axis=0), np.dot(a_h.T, d_o), np.sum(d_o, axis=0)]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    x, t = as_matrix(x), as_matrix(t)
    theta = {
        "w_h": rng.uniform(-0.5, 0.5, (x.shape[1], hidden)),
        "b_h": np.zeros(hidden),
        "w_o": rng.uniform(-0.5, 0.5, (hidden, t.shape[1])),
        "b_o": np.zeros(t.shape[1]),
    }
    speed = {k: np.zeros_like(v) for k, v in theta.items()}
    for _ in range(epochs):
        grads = backward_prop(x, t, theta["w_h"], theta["b_h"], theta["w_o"], theta["b_o"])
        for k, g in zip(theta, grads):
            speed[k] = speed[k] * gamma + g * lr
            theta[k] = theta[k] - speed[k]
    return theta
