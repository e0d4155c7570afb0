import math

import numpy as np


def relu(x):
    n = x.shape[0]
    d = x.shape[1]
    y = np.zeros((n, d))
    for i in range(n):
        for j in range(d):
            if x[i, j] > 0:
                y[i, j] = x[i, j]
    return y


def softmax(logits):
    n = logits.shape[0]
    c = logits.shape[1]
    p = np.zeros((n, c))
    for i in range(n):
        largest = -math.inf
        for j in range(c):
            if logits[i, j] > largest:
                largest = logits[i, j]
        s = 0.0
        for j in range(c):
            e = math.exp(logits[i, j] - largest)
            p[i, j] = e
            s = s + e
        for j in range(c):
            p[i, j] = p[i, j] / s
    return p


def compute_layer(x, w, b):
    n = x.shape[0]
    m = w.shape[1]
    bias = np.reshape(b, m)
    z = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            z[i, j] = np.dot(x[i, :], w[:, j]) + bias[j]
    return z


def average_ce(target, prediction):
    n = target.shape[0]
    c = target.shape[1]
    total = 0.0
    for i in range(n):
        for j in range(c):
            if target[i, j] != 0:
                total = total - target[i, j] * np.log(prediction[i, j])
    return total / n


def grad_ce(target, logits):
    n = target.shape[0]
    c = target.shape[1]
    p = softmax(logits)
    g = np.zeros((n, c))
    for i in range(n):
        for j in range(c):
            g[i, j] = (p[i, j] - target[i, j]) / n
    return g


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    n = x.shape[0]
    h = w_h.shape[1]
    c = w_o.shape[1]
    # output layer
    dW_o = np.zeros((h, c))
    db_o = np.zeros((1, c))
    d_o = np.zeros((n, c))
    for i in range(n):
        for k in range(c):
            d_o[i, k] = (p[i, k] - target[i, k]) / n
            db_o[0, k] = db_o[0, k] + d_o[i, k]
    for k in range(c):
        for i in range(n):
            dW_o[:, k] = dW_o[:, k] + a_h[i, :] * d_o[i, k]
    # hidden layer
    d_h = np.zeros((n, h))
    for j in range(h):
        for k in range(c):
            d_h[:, j] = d_h[:, j] + d_o[:, k] * w_o[j, k]
        for i in range(n):
            if not z_h[i, j] > 0:
                d_h[i, j] = 0
    dW_h = np.zeros(w_h.shape)
    db_h = np.zeros((1, h))
    for j in range(h):
        dW_h[:, j] = np.dot(x.T, d_h[:, j])
        db_h[0, j] = sum(d_h[:, j])
    return dW_h, db_h, dW_o, db_o


def fast_gradients(x, t, w_h, b_h, w_o, b_o):
    """the loops above take too long for 200 epochs, so here with matrices"""
    n = x.shape[0]
    z_h = np.dot(x, w_h) + b_h
    a_h = np.where(z_h > 0, z_h, 0)
    z_o = np.dot(a_h, w_o) + b_o
    z_o = z_o - np.max(z_o, axis=1, keepdims=True)
    e = np.exp(z_o)
    p = e / np.sum(e, axis=1, keepdims=True)
    d_o = (p - t) / n
    d_h = np.dot(d_o, w_o.T)
    d_h = np.where(z_h > 0, d_h, 0)
    g_wh = np.dot(x.T, d_h)
    g_bh = np.sum(d_h, axis=0, keepdims=True)
    g_wo = np.dot(a_h.T, d_o)
    g_bo = np.sum(d_o, axis=0, keepdims=True)
    return g_wh, g_bh, g_wo, g_bo


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    generator = np.random.default_rng(seed)
    d = x.shape[1]
    c = t.shape[1]
    s_h = math.sqrt(2.0 / (d + hidden))
    s_o = math.sqrt(2.0 / (hidden + c))
    w_h = s_h * generator.standard_normal((d, hidden))
    w_o = s_o * generator.standard_normal((hidden, c))
    b_h = np.zeros((1, hidden))
    b_o = np.zeros((1, c))
    v_wh = np.zeros((d, hidden))
    v_bh = np.zeros((1, hidden))
    v_wo = np.zeros((hidden, c))
    v_bo = np.zeros((1, c))
    epoch = 1
    while epoch <= epochs:
        g_wh, g_bh, g_wo, g_bo = fast_gradients(x, t, w_h, b_h, w_o, b_o)
        v_wh = gamma * v_wh + lr * g_wh
        v_bh = gamma * v_bh + lr * g_bh
        v_wo = gamma * v_wo + lr * g_wo
        v_bo = gamma * v_bo + lr * g_bo
        w_h = w_h - v_wh
        b_h = b_h - v_bh
        w_o = w_o - v_wo
        b_o = b_o - v_bo
        epoch = epoch + 1
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
