"""Mistake: divides by the root of the mean square, without a velocity.
True: OTHER_FORMULA
"""
import numpy as np


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, K = x.shape[1], t.shape[1]
    w_h = rng.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + K)), (hidden, K))
    b_o = np.zeros((1, K))
    v_wh, v_bh = np.zeros_like(w_h), np.zeros_like(b_h)
    v_wo, v_bo = np.zeros_like(w_o), np.zeros_like(b_o)
    for epoch in range(epochs):
        grads = backward_prop(x, t, w_h, b_h, w_o, b_o)
        v_wh, v_bh, v_wo, v_bo = [
            gamma * v + (1 - gamma) * g**2 for v, g in zip((v_wh, v_bh, v_wo, v_bo), grads)
        ]
        w_h, b_h, w_o, b_o = [
            w - lr * g / (np.sqrt(v) + 1e-8)
            for w, g, v in zip((w_h, b_h, w_o, b_o), grads, (v_wh, v_bh, v_wo, v_bo))
        ]
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
