"""Style: loops over samples, classes and units, nothing vectorised but training's matrix products."""
import math
import numpy as np


def relu(x):
    out = np.zeros((x.shape[0], x.shape[1]))
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] > 0:
                out[i, j] = x[i, j]
    return out


def softmax(logits):
    N, C = logits.shape
    out = np.zeros((N, C))
    for i in range(N):
        m = max(logits[i, k] for k in range(C))
        s = 0.0
        for k in range(C):
            s += math.exp(logits[i, k] - m)
        for k in range(C):
            out[i, k] = math.exp(logits[i, k] - m) / s
    return out


def compute_layer(x, w, b):
    out = np.zeros((x.shape[0], w.shape[1]))
    for i in range(x.shape[0]):
        for j in range(w.shape[1]):
            total = b[0, j]
            for d in range(x.shape[1]):
                total += x[i, d] * w[d, j]
            out[i, j] = total
    return out


def average_ce(target, prediction):
    loss = 0.0
    for i in range(target.shape[0]):
        for k in range(target.shape[1]):
            if target[i, k] == 1:
                loss -= math.log(prediction[i, k] + 1e-12)
    return loss / target.shape[0]


def grad_ce(target, logits):
    p = softmax(logits)
    N, C = target.shape
    g = np.empty_like(p)
    for i in range(N):
        for k in range(C):
            g[i, k] = (p[i, k] - target[i, k]) / N
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    N, D = x.shape
    H = w_h.shape[1]
    C = w_o.shape[1]
    dW_h, db_h, dW_o, db_o = np.zeros((D, H)), np.zeros((1, H)), np.zeros((H, C)), np.zeros((1, C))
    for n in range(N):
        delta_o = [(p[n, k] - target[n, k]) / N for k in range(C)]
        delta_h = []
        for h in range(H):
            back = 0.0
            for k in range(C):
                back += delta_o[k] * w_o[h, k]
            delta_h.append(back if z_h[n, h] > 0 else 0.0)
        for k in range(C):
            db_o[0, k] += delta_o[k]
            for h in range(H):
                dW_o[h, k] += a_h[n, h] * delta_o[k]
        for h in range(H):
            db_h[0, h] += delta_h[h]
            for d in range(D):
                dW_h[d, h] += x[n, d] * delta_h[h]
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C, N = x.shape[1], t.shape[1], x.shape[0]
    w_h = rng.normal(0, math.sqrt(2 / (D + hidden)), (D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, math.sqrt(2 / (hidden + C)), (hidden, C))
    b_o = np.zeros((1, C))
    v = [0, 0, 0, 0]
    for epoch in range(epochs):
        # the loops above are too slow for 200 epochs: the same formulas as matrices
        z = x @ w_h + b_h
        a = np.maximum(z, 0)
        o = a @ w_o + b_o
        e = np.exp(o - o.max(1, keepdims=True))
        d = (e / e.sum(1, keepdims=True) - t) / N
        dh = d @ w_o.T * (z > 0)
        grads = [x.T @ dh, dh.sum(0, keepdims=True), a.T @ d, d.sum(0, keepdims=True)]
        for i in range(4):
            v[i] = gamma * v[i] + lr * grads[i]
        w_h, b_h, w_o, b_o = w_h - v[0], b_h - v[1], w_o - v[2], b_o - v[3]
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
