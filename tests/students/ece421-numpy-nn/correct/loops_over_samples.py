# ECE421 A2 - everything sample by sample, the way it was derived on paper
import math

import numpy as np


def relu(x):
    out = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in np.where(x[i] > 0)[0]:
            out[i, j] = x[i, j]
    return out


def softmax(logits):
    out = np.empty(logits.shape)
    for i, row in enumerate(logits):
        biggest = max(row)
        powers = [math.exp(v - biggest) for v in row]
        total = sum(powers)
        for j, power in enumerate(powers):
            out[i, j] = power / total
    return out


def compute_layer(x, w, b):
    z = np.empty((x.shape[0], w.shape[1]))
    bias = np.ravel(b)
    for i in range(x.shape[0]):
        z[i] = x[i].dot(w) + bias
    return z


def average_ce(target, prediction):
    loss = 0.0
    for i in range(target.shape[0]):
        for k in range(target.shape[1]):
            if target[i, k] == 1:
                p = prediction[i, k]
                loss -= math.log(p) if p > 0 else -math.inf
    return loss / target.shape[0]


def grad_ce(target, logits):
    p = softmax(logits)
    grad = np.zeros(logits.shape)
    for i in range(logits.shape[0]):
        for k in range(logits.shape[1]):
            grad[i, k] = (p[i, k] - target[i, k]) / logits.shape[0]
    return grad


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n = x.shape[0]
    dwh, dbh = np.zeros(w_h.shape), np.zeros((1, w_h.shape[1]))
    dwo, dbo = np.zeros(w_o.shape), np.zeros((1, w_o.shape[1]))
    for i in range(n):
        z = x[i] @ w_h + np.ravel(b_h)
        a = np.where(z > 0, z, 0.0)
        o = a @ w_o + np.ravel(b_o)
        e = np.exp(o - o.max())
        delta = e / e.sum() - target[i]
        dwo += np.outer(a, delta)
        dbo += delta
        hidden_delta = w_o @ delta
        hidden_delta[z <= 0] = 0.0
        dwh += np.outer(x[i], hidden_delta)
        dbh += hidden_delta
    return dwh / n, dbh / n, dwo / n, dbo / n


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h = rng.standard_normal((x.shape[1], hidden)) * math.sqrt(2.0 / (x.shape[1] + hidden))
    w_o = rng.standard_normal((hidden, t.shape[1])) * math.sqrt(2.0 / (hidden + t.shape[1]))
    b_h, b_o = np.zeros((1, hidden)), np.zeros((1, t.shape[1]))
    v1, v2, v3, v4 = 0, 0, 0, 0
    for epoch in range(epochs):
        g1, g2, g3, g4 = backward_prop(x, t, w_h, b_h, w_o, b_o)
        v1 = gamma * v1 + lr * g1
        v2 = gamma * v2 + lr * g2
        v3 = gamma * v3 + lr * g3
        v4 = gamma * v4 + lr * g4
        w_h, b_h, w_o, b_o = w_h - v1, b_h - v2, w_o - v3, b_o - v4
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
