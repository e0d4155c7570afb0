"""Mistake: relu is called activation.
At fault: relu
"""
import numpy as np


def activation(x):
    return x * (x > 0)


def softmax(logits):
    shifted = logits - logits.max(1).reshape(-1, 1)
    return np.exp(shifted) / np.exp(shifted).sum(1).reshape(-1, 1)


def compute_layer(x, w, b):
    return x.dot(w) + b


def average_ce(target, prediction):
    p = np.clip(prediction, 1e-12, 1.0)
    return -np.mean(np.sum(target * np.log(p), axis=1))


def grad_ce(target, logits):
    n = len(target)
    return softmax(logits) / n - target / n


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = activation(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n = x.shape[0]
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    err = p - target
    hid = err.dot(w_o.T)
    hid[z_h <= 0] = 0
    return x.T.dot(hid) / n, hid.sum(0)[None] / n, a_h.T.dot(err) / n, err.sum(0)[None] / n


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    np.random.seed(seed)
    sizes = x.shape[1], hidden, t.shape[1]
    params = [np.random.randn(sizes[0], hidden) * np.sqrt(2 / (sizes[0] + hidden)), np.zeros((1, hidden)),
              np.random.randn(hidden, sizes[2]) * np.sqrt(2 / (hidden + sizes[2])), np.zeros((1, sizes[2]))]
    velocity = [np.zeros_like(p) for p in params]
    for _ in range(epochs):
        grads = backward_prop(x, t, *params)
        for i in range(4):
            velocity[i] = gamma * velocity[i] + lr * grads[i]
            params[i] = params[i] - velocity[i]
    return dict(zip(["w_h", "b_h", "w_o", "b_o"], params))
