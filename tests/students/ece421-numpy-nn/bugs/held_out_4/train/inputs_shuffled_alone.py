"""Mistake: the inputs are shuffled and the targets are not.
True: OTHER_DATA, OTHER_FORMULA, LABELS_OF_OTHERS
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
        x = x[rng.permutation(len(x))]
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)
        v_wh = gamma * v_wh + lr * dW_h
        v_bh = gamma * v_bh + lr * db_h
        v_wo = gamma * v_wo + lr * dW_o
        v_bo = gamma * v_bo + lr * db_o
        w_h = w_h - v_wh
        b_h = b_h - v_bh
        w_o = w_o - v_wo
        b_o = b_o - v_bo
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
