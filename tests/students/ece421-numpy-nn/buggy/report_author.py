import numpy as np
import matplotlib.pyplot as plt

# grad_ce is averaged over the batch, the backward pass uses the total loss, weights start with the variance as std


def relu(x):
    return np.maximum(0, x)


def softmax(x):
    x = x - np.max(x, axis=1, keepdims=True)
    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)


def compute_layer(x, w, b):
    return np.matmul(x, w) + b


def average_ce(target, prediction):
    return -np.mean(np.sum(target * np.log(prediction), axis=1))


def grad_ce(target, logits):
    return np.mean(softmax(logits) - target, axis=0, keepdims=True)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, a_o = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = a_o - target
    dw_o = np.matmul(a_h.T, delta_o)
    db_o = np.sum(delta_o, axis=0, keepdims=True)
    delta_h = np.matmul(delta_o, w_o.T) * np.where(z_h > 0, 1, 0)
    dw_h = np.matmul(x.T, delta_h)
    db_h = np.sum(delta_h, axis=0, keepdims=True)
    return dw_h, db_h, dw_o, db_o


def train(x, t, xv, tv, hidden=64, lr=1e-5, gamma=0.99, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, 2 / (x.shape[1] + hidden), (x.shape[1], hidden))
    w_o = rng.normal(0, 2 / (hidden + t.shape[1]), (hidden, t.shape[1]))
    b_h, b_o = np.zeros((1, hidden)), np.zeros((1, t.shape[1]))
    v = [np.full(a.shape, 1e-5) for a in (w_h, b_h, w_o, b_o)]
    for epoch in range(epochs):
        g = backward_prop(x, t, w_h, b_h, w_o, b_o)
        v = [gamma * vi + lr * gi for vi, gi in zip(v, g)]
        w_h, b_h, w_o, b_o = w_h - v[0], b_h - v[1], w_o - v[2], b_o - v[3]
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
