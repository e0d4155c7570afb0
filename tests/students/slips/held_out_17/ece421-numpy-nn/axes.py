"""Axes: n example, d input, h hidden unit, c (k) class."""
import math

import numpy as np


def ein(spec, *arrays):
    return np.einsum(spec, *arrays, optimize=True)


def relu(x):
    y_nd = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            if x[n, d] > 0:
                y_nd[n, d] = x[n, d]
    return y_nd


def softmax(logits):
    rows = []
    for z_c in logits:
        biggest = max(z_c)
        e_c = [math.exp(z - biggest) for z in z_c]
        total = sum(e_c)
        rows.append([e / total for e in e_c])
    return np.array(rows)


def compute_layer(x, w, b):
    return np.tensordot(x, w, axes=(1, 0)) + np.reshape(b, (1, -1))


def average_ce(target, prediction):
    loss = 0.0
    for t_c, p_c in zip(target, prediction):
        for t, p in zip(t_c, p_c):
            if t != 0:
                loss -= t * math.log(p)
    return loss / len(target)


def grad_ce(target, logits):
    p_nc = softmax(logits)
    # dlog p[n, k] / dz[n, c] = 1[k = c] - p[n, c]
    k_kc = np.eye(logits.shape[1])
    dlog_nkc = k_kc[None, :, :] - p_nc[:, None, :]
    return -ein("nk,nkc->nc", target, dlog_nkc) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_nh = ein("nd,dh->nh", x, w_h) + np.reshape(b_h, (1, -1))
    a_nh = ein("nh,nh->nh", z_nh, z_nh > 0)
    z_nc = ein("nh,hc->nc", a_nh, w_o) + np.reshape(b_o, (1, -1))
    m_n = np.max(z_nc, axis=1)
    e_nc = np.exp(z_nc - m_n[:, None])
    p_nc = ein("nc,n->nc", e_nc, 1 / ein("nc->n", e_nc))
    return z_nh, a_nh, z_nc, p_nc


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_nh, a_nh, _, p_nc = forward_prop(x, w_h, b_h, w_o, b_o)
    one_over_n = 1 / len(x)
    d_nc = p_nc - target
    on_nh = (z_nh > 0) * 1.0
    dW_hc = one_over_n * ein("nh,nc->hc", a_nh, d_nc)
    db_c = one_over_n * ein("nc->c", d_nc)
    d_nh = ein("nc,hc,nh->nh", d_nc, w_o, on_nh)
    dW_dh = one_over_n * ein("nd,nh->dh", x, d_nh)
    db_h = one_over_n * ein("nh->h", d_nh)
    return dW_dh, db_h[None, :], dW_hc, db_c[None, :]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    n_d, n_c = x.shape[1], t.shape[1]
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, math.sqrt(2 / (n_d + hidden)), (n_d, hidden))
    w_o = rng.normal(0, math.sqrt(2 / (hidden + n_c)), (hidden, n_c))
    b_h = np.zeros((1, hidden))
    b_o = np.zeros((1, n_c))

    v_w_h = np.zeros((n_d, hidden))
    v_b_h = np.zeros((1, hidden))
    v_w_o = np.zeros((hidden, n_c))
    v_b_o = np.zeros((1, n_c))

    for epoch in range(epochs):
        g_w_h, g_b_h, g_w_o, g_b_o = backward_prop(x, t, w_h, b_h, w_o, b_o)

        v_w_h = gamma * v_w_h + lr * g_w_h
        v_b_h = gamma * v_b_h + lr * g_b_h
        v_w_o = gamma * v_w_o + lr * g_w_o
        v_b_o = gamma * v_b_o + lr * g_b_o

        w_h = w_h - v_w_h
        b_h = b_h - v_b_h
        w_o = w_o - v_w_o
        b_o = b_o - v_b_o

    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
