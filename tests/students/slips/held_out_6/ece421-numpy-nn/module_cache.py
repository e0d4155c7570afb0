"""Assignment 2: a dictionary cache between the passes, weights and velocities in dictionaries by name."""

import numpy as np

NAMES = ("w_h", "b_h", "w_o", "b_o")


def relu(x):
    return np.where(x > 0, x, 0.0)


def softmax(logits):
    top = np.amax(logits, axis=1).reshape((-1, 1))
    log_sum = top + np.log(np.sum(np.exp(logits - top), axis=1)).reshape((-1, 1))
    return np.exp(logits - log_sum)


def compute_layer(x, w, b):
    return np.matmul(x, w) + np.reshape(b, (1, -1))


def average_ce(target, prediction):
    """Only the probabilities of the right classes are looked at."""
    n = target.shape[0]
    right = prediction[np.arange(n), np.argmax(target, axis=1)]
    return -1.0 / n * np.sum(np.log(right + 1e-15))


def grad_ce(target, logits):
    out = softmax(logits)
    out -= target
    out /= target.shape[0]
    return out


def forward_prop(x, w_h, b_h, w_o, b_o):
    cache = {"z_h": compute_layer(x, w_h, b_h)}
    cache["a_h"] = relu(cache["z_h"])
    cache["z_o"] = compute_layer(cache["a_h"], w_o, b_o)
    cache["p"] = softmax(cache["z_o"])
    return cache["z_h"], cache["a_h"], cache["z_o"], cache["p"]


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = np.subtract(p, target) / x.shape[0]
    d_a = np.matmul(delta_o, np.transpose(w_o))
    d_a[z_h <= 0] = 0
    ones = np.ones((1, x.shape[0]))
    grad_wo = np.matmul(np.transpose(a_h), delta_o)
    grad_bo = np.matmul(ones, delta_o)
    grad_wh = np.matmul(np.transpose(x), d_a)
    grad_bh = np.matmul(ones, d_a)
    return grad_wh, grad_bh, grad_wo, grad_bo


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    np.random.seed(seed)
    d, c = x.shape[1], t.shape[1]
    weights = {
        "w_h": np.random.randn(d, hidden) * np.sqrt(2.0 / (d + hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": np.random.randn(hidden, c) * np.sqrt(2.0 / (hidden + c)),
        "b_o": np.zeros((1, c)),
    }
    velocity = {name: np.zeros(weights[name].shape) for name in NAMES}
    for epoch in range(epochs):
        grads = backward_prop(x, t, weights["w_h"], weights["b_h"], weights["w_o"], weights["b_o"])
        for name, grad in zip(NAMES, grads):
            velocity[name] *= gamma
            velocity[name] += lr * grad
            weights[name] -= velocity[name]
    return weights
